"""What the manifest of a folder of clips says, read and checked; see docs/manifest.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gdlecture.schema import Record, SchemaError, read_record
from gdlecture.settings import FORMATS, QUALITIES, SHAPES, THEMES

SCHEMA = 1
"""The version of the format; it grows when a reader of before could not read what is written."""

POSTERS = ("last", "first")
"""Which picture of a slide's film is shown before it plays."""

_MOST_SECONDS = 1e6
_SHA256 = re.compile("[0-9a-f]{64}")


def empty_manifest() -> dict[str, Any]:
    """The manifest of a folder in which there is nothing yet."""
    return {"schema": SCHEMA, "files": {}, "clips": {}}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest as plain data, in which every key of docs/manifest.md is what it should be.

    Raises:
        SchemaError: it is not; the message says where.
        FileNotFoundError: there is none.
    """
    manifest = read_record(path, SCHEMA, "render again")
    for name, entry in manifest.record("files").entries():
        _check_path(manifest.at("files"), name)
        entry.whole("size")
        if not _SHA256.fullmatch(entry.text("sha256")):
            raise entry.unlike("sha256", "64 hexadecimal digits", entry.items["sha256"])
        if entry.has("duration"):
            entry.within("duration", 0, _MOST_SECONDS)
    for name, entry in manifest.record("clips").entries():
        _check_names(manifest.at("clips"), [name])
        _check_clip(entry)
    if "lecture" in manifest.items:
        _check_lecture(manifest.record("lecture"))
    if "deck" in manifest.items:
        _check_deck(manifest.record("deck"))
    if "handout" in manifest.items:
        _check_handout(manifest.record("handout"))
    if "pages" in manifest.items:
        for name, entry in manifest.record("pages").entries():
            _check_path(manifest.at("pages"), name)
            _check_page(entry)
    return manifest.items


def _check_clip(entry: Record) -> None:
    entry.text("inputs")
    entry.text("description")
    entry.positive("duration", _MOST_SECONDS)
    entry.one_of("quality", QUALITIES)
    entry.one_of("theme", THEMES)
    entry.maybe(lambda key: entry.one_of(key, SHAPES), "shape")
    entry.one_of("format", FORMATS)
    entry.maybe(entry.text, "voice")
    entry.maybe(entry.text, "voice_command")
    versions = entry.record("versions")
    for package in versions.items:
        versions.text(package)


def _check_lecture(entry: Record) -> None:
    entry.positive("duration", _MOST_SECONDS)
    _check_names(entry.at("clips"), entry.texts("clips"))
    _check_set(entry)


def _check_deck(entry: Record) -> None:
    clips = entry.record("clips")
    _check_names(clips.place, clips.items)
    for name in clips.items:
        clips.text(name)
    entry.whole("slides")
    _check_names(entry.at("chosen"), entry.texts("chosen"))
    entry.get("one_file", bool)
    entry.one_of("poster", POSTERS)
    _check_set(entry)


def _check_handout(entry: Record) -> None:
    clips = entry.record("clips")
    _check_names(clips.place, clips.items)
    for _, clip in clips.entries():
        clip.text("inputs")
        for beat in clip.records("beats"):
            beat.text("title")
            beat.text("text")
    _check_names(entry.at("chosen"), entry.texts("chosen"))
    _check_set(entry)


def _check_set(entry: Record) -> None:
    entry.text("inputs")
    for path in entry.texts("files"):
        _check_path(entry.at("files"), path)


def _check_page(entry: Record) -> None:
    """What there is of a page: what it is of, or what it was asked for."""
    entry.maybe(entry.text, "of")
    if "inputs" in entry.items:
        entry.text("inputs")
        entry.texts("expressions")
        entry.whole("functions")
    if entry.has("window") and not (
        len(window := entry.numbers("window")) == 2 and window[0] < window[1]
    ):
        raise entry.unlike("window", "two rising numbers", entry.items["window"])


def _check_names(place: str, names: Iterable[str]) -> None:
    for name in names:
        if not is_clip_name(name):
            raise Record(place, {name: name}).unlike(name, "the name of a clip", name)


def _check_path(place: str, path: str) -> None:
    """A path is one in the folder: it goes down only."""
    parts = path.split("/")
    if "\\" in path or not path or {"", ".", ".."} & set(parts):
        raise SchemaError(f"{place}: expected paths within the folder, found {path!r}")


def is_clip_name(name: str) -> bool:
    """Whether a clip can be called so: its files would stand in the folder of clips, in sight."""
    return name.isprintable() and bool(name) and name[0] != "." and not set(name) & set("/\\")
