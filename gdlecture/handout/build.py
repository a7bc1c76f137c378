"""The handout of a folder's clips, put beside them, with a PDF of pictures for each clip."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gdlecture import catalogue
from gdlecture.catalogue import ClipSource, title_of
from gdlecture.deck.build import deck_clips
from gdlecture.dist import Dist
from gdlecture.handout.paper import Chapter, paper
from gdlecture.inputs import SourceError, inputs_hash
from gdlecture.media.joining import TITLE
from gdlecture.render.pool import LocalPool
from gdlecture.render.work import RenderError, RenderRequest
from gdlecture.settings import Settings
from gdlecture.still.taking import NoBeatError, Pages, Words, take_all
from gdlecture.verify.checks import check_entry

SET, PDF, FOLDER = "handout", "handout.pdf", "stills"
"""What it is called in the manifest and in the folder, and where the clips' pictures are."""

PAPER = Settings(theme="light")
"""How it is drawn, whatever the films are: for paper, which is white itself."""

_MODULES = ("gdlecture.still.taking", "gdlecture.handout.build")


class HandoutError(Exception):
    """There is no handout to be made; the message says why."""


@dataclass(frozen=True)
class Handout:
    """What became of building: of how many clips and pictures, in how many bytes."""

    clips: int
    pictures: int
    size: int
    unchanged: bool


def build_handout(
    dist: Dist,
    names: Sequence[str] = (),
    *,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda _: None,
) -> Handout:
    """Write handout.pdf of these clips; without names, of all finished ones that have a scene.

    Pictures are drawn anew of clips of which something has changed, `jobs` at a time. `tell` hears
    of each clip that is drawn.

    Raises:
        HandoutError: there is no such clip, or one cannot be drawn.
        DistError: there is no manifest, or nothing can be written.
        OSError: nothing can be written.
    """
    with dist.writing() as folder:
        manifest = dist.manifest()
        sources = _sources(manifest, names)
        if not sources:
            raise HandoutError(f"{dist.clips}: there are no clips of scenes that are here")
        requests = [RenderRequest.of(source, PAPER) for source in sources]
        hashes = {request.name: _hash_of(request) for request in requests}
        inputs = _paper_hash(hashes)
        if dist.holds_set(SET, inputs):
            return _told(dist, manifest[SET], unchanged=True)
        drawn = _kept(dist, manifest, hashes)
        due = [request for request in requests if request.name not in drawn]
        drawn |= _drawn(due, jobs, tell)
        (folder / FOLDER).mkdir()
        chapters = []
        for source in sources:
            pages = drawn[source.name]
            (folder / FOLDER / f"{source.name}.pdf").write_bytes(pages.pdf)
            about = source.description
            chapters.append(Chapter(title_of(source.name), about, pages.words, pages.pdf))
        (folder / PDF).write_bytes(paper(TITLE, chapters))
        entry = {
            "inputs": inputs,
            "clips": {
                name: {
                    "inputs": hashes[name],
                    "beats": [asdict(word) for word in drawn[name].words],
                }
                for name in hashes
            },
            "chosen": list(names),
        }
        dist.put_set(SET, folder, entry, {})
        return _told(dist, dist.manifest()[SET], unchanged=False)


def build_handout_again(dist: Dist, *, jobs: int = 1) -> Handout:
    """Write the handout of a folder as it was asked for the last time.

    Raises: as `build_handout`.
    """
    manifest = dist.manifest()
    known = manifest.get(SET, {})
    names = [name for name in known.get("chosen", ()) if name in manifest["clips"]]
    return build_handout(dist, names, jobs=jobs)


def _sources(manifest: Mapping[str, Any], names: Sequence[str]) -> list[ClipSource]:
    known = {clip.name: clip for clip in catalogue.clips()}
    if names:
        return [known[name] for name in dict.fromkeys(names) if name in known]
    return [known[name] for name in deck_clips(manifest) if name in known]


def _hash_of(request: RenderRequest) -> str:
    """What a clip's pictures are made from."""
    try:
        own = inputs_hash(request.module, asdict(request.settings), request.folder)
        return hashlib.sha256(f"{own} {inputs_hash(_MODULES[0], {})}".encode()).hexdigest()
    except SourceError as error:
        raise HandoutError(f"{request.name}: failed: {error}") from error


def _paper_hash(hashes: Mapping[str, str]) -> str:
    templates = sorted(Path(__file__).parent.glob("*.typ"))
    told = [hashlib.sha256(path.read_bytes()).hexdigest() for path in templates]
    settings = {"clips": list(hashes.items()), "templates": told, "typst": version("typst")}
    return inputs_hash(_MODULES[1], settings)


def _kept(dist: Dist, manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> dict[str, Pages]:
    """The pictures that are there, whole, and of clips that are what they were."""
    kept = {}
    for name, entry in manifest.get(SET, {}).get("clips", {}).items():
        path = f"{FOLDER}/{name}.pdf"
        if entry["inputs"] == hashes.get(name) and not list(check_entry(dist, path, manifest)):
            words = tuple(Words(beat["title"], beat["text"]) for beat in entry["beats"])
            kept[name] = Pages(words, (dist.root / path).read_bytes())
    return kept


def _drawn(
    requests: Sequence[RenderRequest], jobs: int, tell: Callable[[str], None]
) -> dict[str, Pages]:
    if not requests:
        return {}
    drawn: dict[str, Pages] = {}
    pool = LocalPool(min(jobs, len(requests)), lambda *_: None)
    try:
        asked = {pool.submit(take_all, request, transparent=True): request for request in requests}
        for future in as_completed(asked):
            name = asked[future].name
            try:
                drawn[name] = future.result()
            except BrokenExecutor:
                raise HandoutError(f"{name}: failed: its process died") from None
            except (NoBeatError, RenderError) as error:
                raise HandoutError(str(error)) from error
            tell(f"{name}: {len(drawn[name].words)} pictures")
    finally:
        pool.shutdown(cancel_futures=True)
    return drawn


def _told(dist: Dist, entry: Mapping[str, Any], *, unchanged: bool) -> Handout:
    pictures = sum(len(clip["beats"]) for clip in entry["clips"].values())
    size = (dist.root / PDF).stat().st_size
    return Handout(len(entry["clips"]), pictures, size, unchanged)
