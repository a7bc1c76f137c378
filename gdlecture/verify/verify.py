"""Read finished clips back: every number against gdmath, every dot against the decoded picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gdlecture.deck.checks import check_deck
from gdlecture.dist import Dist, DistError
from gdlecture.explorer.build import PAGE as EXPLORER
from gdlecture.gallery.check import check_gallery, has_gallery
from gdlecture.media.video import MediaError, video_facts
from gdlecture.verify import checks
from gdlecture.verify.evidence import EvidenceError, read_evidence
from gdlecture.verify.film_checks import check_lecture
from gdlecture.verify.ink import tolerance
from gdlecture.verify.prove import Failure, Proof, Prover
from gdlecture.verify.retake import differences
from gdlecture.verify.sighting import PLAUSIBLE_AREA, Sighting, frames_of


@dataclass(frozen=True)
class Report:
    """What became of verifying one clip, the film or the page of them all; failures are lines.

    Each says what was expected and what was found.

    `marks` were looked for in the picture, `off_screen` ones could not be; `worst` is the largest
    distance of a dot from its pixel and `limit` the largest allowed, in px of this video.
    """

    clip: str
    failures: tuple[str, ...]
    kind: str = "clip"
    marks: int = 0
    off_screen: int = 0
    worst: float = 0.0
    limit: float = 0.0
    walks: int = 0
    beats: int = 0
    proof: Proof | None = None


def verify_dist(dist: Dist) -> Iterator[Report]:
    """Verify the clips of a folder one after the other, and that they are what its manifest says.

    The joined lecture and the gallery come last, where there are such.

    Raises:
        DistError: there is no manifest, or no clip.
    """
    manifest = dist.manifest()
    names = sorted({*dist.clip_names(), *manifest["clips"]})
    if not names:
        raise DistError(f"{dist.clips}: there are no clips; render first")
    for name in names:
        report = verify_clip(dist.video(name), dist.clips / f"{name}.json")
        more = tuple(checks.check_files(dist, name, manifest))
        yield replace(report, failures=report.failures + more)
    if "lecture" in manifest:
        yield Report("lecture", tuple(check_lecture(dist, manifest)), kind="film")
    if "deck" in manifest:
        yield Report("deck.html", tuple(check_deck(dist, manifest)), kind="page")
    if EXPLORER in manifest["files"]:
        yield Report(EXPLORER, tuple(checks.check_entry(dist, EXPLORER, manifest)), kind="page")
    if has_gallery(dist, manifest):
        yield Report("index.html", tuple(check_gallery(dist, manifest)), kind="page")


def verify_clip(video: Path, evidence: Path) -> Report:
    """Verify one video against its evidence, with the captions and the poster beside it.

    In a GIF no marks are looked for: its dots are small, and of other colours.
    """
    name = video.stem
    try:
        told = read_evidence(evidence)
        facts = video_facts(video)
    except (EvidenceError, MediaError) as error:
        return Report(name, (str(error),))
    failures = [
        *checks.check_video(told, facts, video),
        *(line for walk in told.walks.values() for line in differences(walk)),
        *checks.check_claims(told),
        *checks.check_beats(told),
        *checks.check_captions(told, video),
        *checks.check_poster(told, video),
    ]
    if video.suffix == ".gif":
        return Report(name, tuple(failures), walks=len(told.walks), beats=len(told.beats))
    limit = tolerance(told.height)
    try:
        proof = Prover(told).prove(video)
    except MediaError as error:
        proof = Proof(failures=[Failure(str(error))])
    failures += [failure.text for failure in proof.failures]
    failures += [line for sighting in proof.sightings for line in _unlike(sighting, limit)]
    visible = [mark for mark in told.marks if mark.on_screen]
    unseen = sum(len(frames_of(mark, told.fps)) for mark in visible) - len(proof.sightings)
    if unseen:
        failures.append(f"marks: expected {unseen} more frames to look at, found none")
    return Report(
        clip=name,
        failures=tuple(failures),
        marks=len(visible),
        off_screen=len(told.marks) - len(visible),
        worst=max((sighting.error for sighting in proof.sightings), default=0.0),
        limit=limit,
        walks=len(told.walks),
        beats=len(told.beats),
        proof=proof,
    )


def _unlike(sighting: Sighting, limit: float) -> Iterator[str]:
    """How a dot differs from what its mark says."""
    mark, (low, high) = sighting.mark, PLAUSIBLE_AREA
    x, y = mark.pixel
    where = f"{checks.mark_name(mark)}, frame {sighting.frame}"
    expected = f"{where}: expected its dot at ({x:.2f}, {y:.2f})"
    if sighting.area == 0:
        yield f"{expected}, found nothing of {mark.color} within {2 * mark.radius:.1f} px"
        return
    if sighting.error > limit:
        right, down = sighting.offset
        yield (
            f"{expected} ± {limit:.2f} px, found it at ({x + right:.2f}, {y + down:.2f}), "
            f"{sighting.error:.2f} px off"
        )
    if not low <= sighting.area <= high:
        yield (
            f"{where}: expected {low:g}…{high:g} of a disc of {mark.radius:.1f} px in "
            f"{mark.color}, found {sighting.area:.2f}"
        )
