"""Which clips there are, in the order in which the lecture tells them.

Nothing is imported to find out: a clip's description is read from its source.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from gdlecture.folders import folder_here, package_of
from gdlecture.inputs import SourceError, parsed

ORDER = (
    "sauna_question",
    "derivatives",
    "slicing",
    "partial_derivatives",
    "tangent_plane",
    "gradient_vector",
    "update_rule",
    "stationary_points",
    "sauna_walk",
    "sauna_candidates",
    "learning_rate",
    "starting_point",
    "local_minima",
    "sauna_descent",
    "many_minima",
    "momentum",
    "adaptive_rates",
    "newton",
    "network_descent",
    "one_rule",
)
"""A question; slopes, surfaces; one rule; minima that are solved for, or walked to; all walks."""

_chosen: ContextVar[Path | None] = ContextVar("folder of clips", default=None)


DESCENDED = "descend_"
"""How the names of clips begin that `lecture descend` made, of no scene."""


class UnknownClipError(ValueError):
    """There is no such clip; the message names the nearest one, or says what is wrong."""


@dataclass(frozen=True)
class ClipSource:
    """Where one clip is written: `module` is what its folder calls it, `class_name` its scene."""

    name: str
    module: str
    class_name: str
    path: Path
    description: str


@contextmanager
def clips_in(folder: Path) -> Iterator[None]:
    """Have the clips be those of a folder, as long as this is open."""
    before = _chosen.set(folder.resolve())
    try:
        yield
    finally:
        _chosen.reset(before)


def folder() -> Path:
    """Where the clips are: where `clips_in` says, in `scenes` here, or the lecture's own."""
    return _chosen.get() or folder_here()


def clips() -> list[ClipSource]:
    """All clips: first those of the lecture's order, then the others by name."""
    found = {path.stem: path for path in folder().glob("*.py") if not path.stem.startswith("_")}
    names = [name for name in ORDER if name in found]
    names += sorted(set(found) - set(ORDER))
    return [_source(found[name]) for name in names]


def find_clip(name: str) -> ClipSource:
    """The clip of that name, or in the file of that path, wherever it is.

    Raises:
        UnknownClipError: there is none.
    """
    if name.endswith(".py") or "/" in name:
        return _clip_at(Path(name))
    known = {clip.name: clip for clip in clips()}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "`lecture list` names them."
    raise UnknownClipError(f"there is no clip {name!r}; {hint}")


def gone(names: Iterable[str]) -> list[str]:
    """Those of some finished clips that no scene makes any more."""
    known = {clip.name for clip in clips()}
    return sorted(name for name in {*names} - known if not name.startswith(DESCENDED))


def camel_case(name: str) -> str:
    """The class that a clip's file holds: learning_rate has LearningRate."""
    return "".join(word.capitalize() for word in name.split("_"))


def title_of(name: str) -> str:
    """A clip's name in words: "Learning rate"."""
    return name.replace("_", " ").capitalize()


def _clip_at(path: Path) -> ClipSource:
    if path.is_dir():
        raise UnknownClipError(f"{path}: is a folder; for the clips in it: --scenes {path}")
    if path.suffix != ".py":
        raise UnknownClipError(f"{path}: a clip is a Python file, such as my_clip.py")
    if not path.is_file():
        raise UnknownClipError(f"{path}: there is no such file")
    if not re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", path.stem):
        raise UnknownClipError(
            f"{path}: a clip's file is named in lower case, as my_clip.py, and the class in it "
            "alike, as MyClip"
        )
    return _source(path.parent.resolve() / path.name)


def _source(path: Path) -> ClipSource:
    name = path.stem
    module = f"{package_of(path.parent)}.{name}"
    return ClipSource(name, module, camel_case(name), path, _description(path))


def _description(path: Path) -> str:
    try:
        told = ast.get_docstring(parsed(path))
    except SourceError as error:
        where = f", line {error.line}" if error.line else ""
        return f"(cannot be read: {error.reason}{where})"
    return told.splitlines()[0] if told else ""
