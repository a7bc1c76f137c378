"""Which clips there are, in the order in which the lecture tells them.

Nothing is imported to find out: a clip's description is read from its source.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from gdlecture.inputs import SourceError, parsed

PACKAGE = "scenes"
"""The package whose modules are the clips."""

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
    "newton",
    "network_descent",
    "one_rule",
)
"""A question; slopes, surfaces; one rule; minima that are solved for, or walked to; all walks."""


DESCENDED = "descend_"
"""How the names of clips begin that `lecture descend` made, of no scene."""


class UnknownClipError(ValueError):
    """There is no clip of that name; the message names the nearest one."""


@dataclass(frozen=True)
class ClipSource:
    """Where one clip is written: `module` can be imported, `class_name` is the scene in it."""

    name: str
    module: str
    class_name: str
    path: Path
    description: str


def clips() -> list[ClipSource]:
    """All clips: first those of the lecture's order, then the others by name."""
    found = {path.stem: path for path in _folder().glob("*.py") if not path.stem.startswith("_")}
    names = [name for name in ORDER if name in found]
    names += sorted(set(found) - set(ORDER))
    return [_source(name, found[name]) for name in names]


def find_clip(name: str) -> ClipSource:
    """The clip of that name.

    Raises:
        UnknownClipError: there is none.
    """
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


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"there is no package {PACKAGE!r} to find clips in")
    return Path(next(iter(spec.submodule_search_locations)))


def _source(name: str, path: Path) -> ClipSource:
    return ClipSource(name, f"{PACKAGE}.{name}", camel_case(name), path, _description(path))


def _description(path: Path) -> str:
    try:
        told = ast.get_docstring(parsed(path))
    except SourceError as error:
        where = f", line {error.line}" if error.line else ""
        return f"(cannot be read: {error.reason}{where})"
    return told.splitlines()[0] if told else ""
