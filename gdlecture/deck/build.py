"""The deck's files, made of a folder's clips and put beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from gdlecture import catalogue
from gdlecture.deck.checks import clip_hash
from gdlecture.deck.powerpoint import powerpoint
from gdlecture.deck.presentation import presentation
from gdlecture.deck.slides import FOLDER, DeckError, Slide, make_slides, mp4_of
from gdlecture.deck.web import TEMPLATES, assets, page
from gdlecture.dist import Dist
from gdlecture.inputs import inputs_hash
from gdlecture.media.joining import TITLE

HTML, PPTX = "deck.html", "deck.pptx"

# What a file of the deck can depend on, besides the sources and what clips depend on.
_PACKAGES = ("jinja2", "python-pptx", "sphinx-revealjs")


@dataclass(frozen=True)
class Deck:
    """What became of building: of which clips, how many slides, and whether it was so before.

    `sizes` are those of the two decks, in bytes; the page's with the files that it needs, which
    are inside it if it is `one_file`.
    """

    clips: tuple[str, ...]
    slides: int
    sizes: Mapping[str, int]
    one_file: bool
    unchanged: bool


def build_deck(
    dist: Dist, names: Sequence[str] = (), *, one_file: bool = False, poster: str = "last"
) -> Deck:
    """Write deck.html, deck.pptx and slides/*.json of these clips; without names, of all.

    Raises:
        DeckError: a clip is not there, or is no mp4; or there is none at all.
        DistError: there is no manifest, or nothing can be written.
        EvidenceError, MediaError: a clip is broken.
    """
    with dist.writing() as folder:
        manifest = dist.manifest()
        chosen = list(dict.fromkeys(names)) or deck_clips(manifest)
        if not chosen:
            raise DeckError(f"{dist.clips}: there are no clips; render first")
        options = {"one_file": one_file, "poster": poster}
        inputs = _inputs(dist, chosen, options)
        if dist.holds_set("deck", inputs):
            return _told(dist, manifest["deck"], unchanged=True)
        slides = _write(dist, chosen, folder, one_file=one_file, poster=poster)
        entry = {
            "inputs": inputs,
            "clips": {name: clip_hash(manifest, name) for name in chosen},
            "slides": len(slides),
            "chosen": list(names),
            **options,
        }
        dist.put_set(
            "deck", folder, entry, {f"{FOLDER}/{s.piece.name}": s.duration for s in slides}
        )
        return _told(dist, dist.manifest()["deck"], unchanged=False)


def build_deck_again(dist: Dist) -> Deck:
    """Write the deck of a folder as it was asked for the last time; at first, of all clips.

    Raises: as `build_deck`.
    """
    manifest = dist.manifest()
    known = manifest.get("deck", {})
    names = [name for name in known.get("chosen", ()) if name in manifest["clips"]]
    one_file, poster = known.get("one_file", False), known.get("poster", "last")
    return build_deck(dist, names, one_file=one_file, poster=poster)


def deck_clips(manifest: Mapping[str, Any]) -> list[str]:
    """Names of all finished clips: those of the lecture in its order, then the others."""
    names = manifest["clips"]
    ordered = [name for name in catalogue.ORDER if name in names]
    return ordered + sorted(set(names) - set(ordered))


def _inputs(dist: Dist, names: Sequence[str], options: Mapping[str, object]) -> str:
    """What the deck is made from, as one hash."""
    manifest = dist.manifest()
    themes = {name: manifest["clips"].get(name, {}).get("theme") for name in names}
    films = {}
    for name in names:
        video = mp4_of(dist, name)
        films[name] = [_hash(video), _hash(video.with_suffix(".json")), themes[name]]
    return inputs_hash(
        "gdlecture.deck.build",
        {
            "clips": list(films.items()),
            "options": dict(options),
            "templates": {path.name: _hash(path) for path in sorted(TEMPLATES.iterdir())},
            "versions": {package: version(package) for package in _PACKAGES},
        },
    )


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "none"  # whoever reads it says what is wrong


def _write(
    dist: Dist, names: Sequence[str], folder: Path, *, one_file: bool, poster: str
) -> list[Slide]:
    """Write all files in a folder, in the places that they will have beside the clips."""
    for name in (FOLDER, "slides"):
        (folder / name).mkdir()
    slides = make_slides(dist, names, folder / FOLDER)
    for path, text in _texts(slides, one_file=one_file):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / PPTX).write_bytes(powerpoint(slides, TITLE, poster=poster))
    return slides


def _texts(slides: Sequence[Slide], *, one_file: bool) -> Iterator[tuple[str, str]]:
    yield HTML, page(slides, TITLE, one_file=one_file)
    if not one_file:
        yield from ((asset.path, asset.text) for asset in assets())
    for clip, own in groupby(slides, key=lambda slide: slide.clip):
        yield f"slides/{clip}.json", presentation(list(own))


def _told(dist: Dist, entry: Mapping[str, Any], *, unchanged: bool) -> Deck:
    needed = [HTML] if entry["one_file"] else [HTML, *_within(entry["files"])]
    sizes = {
        HTML: sum((dist.root / path).stat().st_size for path in needed),
        PPTX: (dist.root / PPTX).stat().st_size,
    }
    return Deck(tuple(entry["clips"]), entry["slides"], sizes, entry["one_file"], unchanged)


def _within(files: Sequence[str]) -> list[str]:
    return [path for path in files if path.startswith(f"{FOLDER}/")]
