"""Writes the folder: a clip, a test, a workflow and a README that work as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from jinja2 import Template

COURSE = Path(__file__).with_name("course")
"""What the folder is made of. `dot-` stands for the dot of a hidden file, `.jinja` is filled in."""

_PARTS = ".part"


class NewError(ValueError):
    """The folder cannot be made; the message says why, on one line."""


def make_course(folder: Path) -> list[str]:
    """Make `folder` that of a new course, and give back the paths in it.

    Raises:
        NewError: it is there and not empty, or cannot be written; it is then as it was.
    """
    is_new = not folder.exists()
    try:
        if not is_new and (not folder.is_dir() or any(folder.iterdir())):
            what = "is there, and not empty" if folder.is_dir() else "is a file"
            raise NewError(f"{folder}: {what}; name a folder that is new or empty")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            written = sorted(_write(folder / _PARTS, folder.resolve().name))
            for path in (folder / _PARTS).iterdir():
                path.rename(folder / path.name)
            (folder / _PARTS).rmdir()
        except OSError:
            shutil.rmtree(folder if is_new else folder / _PARTS, ignore_errors=True)
            raise
    except OSError as error:
        raise NewError(f"cannot write {folder}: {error.strerror or error}") from error
    return written


def _write(target: Path, name: str) -> Iterator[str]:
    """Write all files, and tell the path of each."""
    told = {
        "title": " ".join(name.replace("_", " ").replace("-", " ").split()).capitalize(),
        "version": version("gradient-lecture"),
    }
    for source in COURSE.rglob("*"):
        if source.is_dir() or "__pycache__" in source.parts:
            continue
        parts = [part.replace("dot-", ".") for part in source.relative_to(COURSE).parts]
        path, text = Path(*parts), source.read_text(encoding="utf-8")
        if path.suffix == ".jinja":
            path, text = path.with_suffix(""), Template(text).render(told) + "\n"
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8")
        yield str(path)
