"""Read finished clips back: every number against gdmath, all ink against the decoded picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from pathlib import Path

from gdlecture.deck.checks import check_deck
from gdlecture.dist import Dist, DistError
from gdlecture.explorer.build import PAGE as EXPLORER
from gdlecture.gallery.check import check_gallery, has_gallery
from gdlecture.handout.checks import check_handout
from gdlecture.media.video import MediaError, video_facts
from gdlecture.render.pool import LocalPool
from gdlecture.verify import checks
from gdlecture.verify.brands import FaceError, set_in, wrong_brand
from gdlecture.verify.brief import circle
from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import Evidence, EvidenceError, Mark, read_evidence
from gdlecture.verify.film_checks import check_lecture
from gdlecture.verify.heard import check_phrases, check_sound
from gdlecture.verify.ink import tolerance
from gdlecture.verify.prove import Failure, Proof, Prover
from gdlecture.verify.report import Report, tallied, walked
from gdlecture.verify.retake import differences
from gdlecture.verify.rules import broken_rules
from gdlecture.verify.shapes import Shape, Style
from gdlecture.verify.shots import shots_of
from gdlecture.verify.sighting import Sighting, frames_of, plausible_area
from gdlecture.verify.standing import Standing
from gdlecture.verify.taught import taught_in


def verify_dist(dist: Dist, jobs: int = 1, *, pictures: bool = False) -> Iterator[Report]:
    """Verify the clips of a folder, `jobs` at a time, and that they are what its manifest says.

    The reports come in the clips' order, each when it is ready; with `pictures` they have pictures
    of what failed. The joined lecture and the pages come last, where there are such.

    Raises:
        DistError: there is no manifest, or no clip.
    """
    manifest = dist.manifest()
    names = sorted({*dist.clip_names(), *manifest["clips"]})
    if not names:
        raise DistError(f"{dist.clips}: there are no clips; render first")
    for name, report in zip(names, _reports(dist, names, jobs, pictures=pictures), strict=True):
        more = tuple(checks.check_files(dist, name, manifest))
        yield replace(report, failures=report.failures + more)
    if "lecture" in manifest:
        yield Report("lecture", tuple(check_lecture(dist, manifest)), kind="film")
    if "deck" in manifest:
        yield Report("deck.html", tuple(check_deck(dist, manifest)), kind="page")
    if "handout" in manifest:
        yield Report("handout.pdf", tuple(check_handout(dist, manifest)), kind="page")
    if EXPLORER in manifest["files"]:
        yield Report(EXPLORER, tuple(checks.check_entry(dist, EXPLORER, manifest)), kind="page")
    if has_gallery(dist, manifest):
        yield Report("index.html", tuple(check_gallery(dist, manifest)), kind="page")


def _reports(dist: Dist, names: Sequence[str], jobs: int, *, pictures: bool) -> Iterator[Report]:
    """The clips' reports in their order; those that take longest are begun first."""
    calls = {name: (dist.video(name), dist.clips / f"{name}.json", pictures) for name in names}
    if min(jobs, len(names)) == 1:
        yield from (report_of(*call) for call in calls.values())
        return
    seconds = dist.durations()
    pool = LocalPool(min(jobs, len(names)), lambda *_: None)
    try:
        begun = sorted(names, key=lambda name: -seconds.get(name, math.inf))
        asked = {name: pool.submit(report_of, *calls[name]) for name in begun}
        for name in names:
            try:
                yield asked[name].result()
            except BrokenExecutor:
                yield Report(name, ("expected a report, found its process dead",))
    finally:
        pool.shutdown(cancel_futures=True)


def report_of(video: Path, evidence: Path, pictures: bool = False) -> Report:  # noqa: FBT001, FBT002 (sent to processes)
    """What `verify_clip` says, or that it broke down: what spoilt files set off is open."""
    try:
        return verify_clip(video, evidence, pictures=pictures)
    except Exception as error:  # noqa: BLE001
        said = (str(error) or "no more").splitlines()[0]
        return Report(video.stem, (f"expected a report, found {type(error).__name__}: {said}",))


def verify_clip(video: Path, evidence: Path, *, pictures: bool = False) -> Report:
    """Verify one video against its evidence, with the captions and the poster beside it.

    In a GIF no ink is looked for: it is small, and has other colours. With `pictures` the report
    has pictures of what failed.
    """
    name = video.stem
    try:
        told = read_evidence(evidence)
        facts = video_facts(video)
    except (EvidenceError, MediaError) as error:
        return Report(name, (str(error),))
    lines = [
        *checks.check_video(told, facts, video),
        *(line for walk in told.walks.values() for line in differences(walk)),
        *wrong_brand(told),
        *checks.check_claims(told),
        *checks.check_beats(told),
        *checks.check_captions(told, video),
        *check_phrases(told),
        *(check_sound(told, video) if video.suffix != ".gif" else ()),
        *checks.check_poster(told, video),
    ]
    report = Report(
        name, tuple(lines), walks=len(told.walks), beats=len(told.beats),
        records=tuple(map(walked, told.walks.values())), taught=taught_in(told),
        phrases=len(told.phrases),
    )  # fmt: skip
    if video.suffix == ".gif":
        failures = [failure.text for failure in broken_rules(told, Proof())]
        return replace(report, failures=(*lines, *failures))
    try:
        with set_in(told.brand, evidence):
            return _proved(report, video, told, pictures=pictures)
    except FaceError as error:
        return replace(report, failures=(*lines, str(error)))


def _proved(report: Report, video: Path, told: Evidence, *, pictures: bool) -> Report:
    """The report with what became of the clip's claims and dots."""
    prover = Prover(told)
    try:
        proof = prover.prove(video)
    except MediaError as error:
        proof = Proof(failures=[Failure(str(error))])
    failures = [
        *proof.failures,
        *(failure for sighting in proof.sightings for failure in _unlike(sighting, told)),
        *broken_rules(told, proof),
    ]
    visible = [mark for mark in told.marks if mark.on_screen]
    unseen = sum(len(frames_of(mark, told.fps)) for mark in visible) - len(proof.sightings)
    if unseen:
        failures.append(Failure(f"marks: expected {unseen} more frames to look at, found none"))
    return replace(
        report,
        failures=(*report.failures, *(failure.text for failure in failures)),
        tallies=tuple(tallied(told, prover.cast.all, proof.sightings)),
        off_screen=len(told.marks) - len(visible),
        accounted=None if math.isnan(proof.accounted) else float(proof.accounted),
        shots=shots_of(video, told, prover.record, failures) if pictures else (),
    )


def _unlike(sighting: Sighting, told: Evidence) -> Iterator[Failure]:
    """How a dot differs from what its mark says."""
    mark, (low, high) = sighting.mark, plausible_area(sighting.mark.radius)
    limit, (x, y) = tolerance(told.stature), mark.pixel
    where = f"{checks.mark_name(mark)}, frame {sighting.frame}"
    expected = f"{where}: expected its dot at ({x:.2f}, {y:.2f})"
    lines = []
    if sighting.area == 0:
        lines.append(f"{expected}, found nothing of {mark.color} within {2 * mark.radius:.1f} px")
    elif sighting.error > limit:
        right, down = sighting.offset
        lines.append(
            f"{expected} ± {limit:.2f} px, found it at ({x + right:.2f}, {y + down:.2f}), "
            f"{sighting.error:.2f} px off"
        )
    if sighting.area and not low <= sighting.area <= high:
        lines.append(
            f"{where}: expected {low:.2g}…{high:g} of a disc of {mark.radius:.1f} px in "
            f"{mark.color}, found {sighting.area:.2f}"
        )
    for line in lines:
        yield Failure(line, sighting.frame, standing=_disc_of(mark, told.fps))


def _disc_of(mark: Mark, fps: float) -> Standing:
    """A mark's dot as it ought to stand, for the pictures."""
    around = circle(mark.pixel, mark.radius)
    claim = Claim("dot", mark.walk, mark.t0, mark.t1, None, {"path": [around.tolist()]})
    shape = Shape((around,), (Style((mark.color, 1.0), None),))
    return Standing(claim, round(mark.t0 * fps), round(mark.t1 * fps), shape)
