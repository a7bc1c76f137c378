"""The explorer's page, made and put in its place; not again while nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gdlecture.dist import Dist, NoManifestError, sha256, write_whole
from gdlecture.inputs import inputs_hash

PAGE = "explorer.html"

Window = tuple[float, float]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Explorer:
    """What became of making the page: its functions, its bytes, and whether it was so before."""

    functions: int
    size: int
    unchanged: bool


def build_explorer(
    dist: Dist, expressions: Sequence[str] = (), window: Window | None = None
) -> Explorer:
    """Write explorer.html with the labs' functions and these; into the manifest, if there is one.

    Raises:
        ExpressionError, ExperimentError: one of them cannot be read, or drawn.
        DistError, OSError: the page cannot be written.
    """
    try:
        manifest = dist.manifest()
    except NoManifestError:
        functions, data = _made(expressions, window)
        write_whole(dist.root / PAGE, data)
        return Explorer(functions, len(data), unchanged=False)
    entry = {
        "expressions": list(expressions),
        "window": list(window) if window else None,
        "inputs": _inputs(expressions, window),
    }
    known = manifest.get("pages", {}).get(PAGE, {})
    if {**known, "functions": None} == {**entry, "functions": None} and dist.holds_page(PAGE):
        return Explorer(known["functions"], (dist.root / PAGE).stat().st_size, unchanged=True)
    functions, data = _made(expressions, window)
    with dist.writing() as parts:
        dist.put_page(PAGE, data, {**entry, "functions": functions}, parts)
    return Explorer(functions, len(data), unchanged=False)


def build_explorer_again(dist: Dist) -> Explorer:
    """Write the page of a folder as it was asked for the last time; at first, of the labs only.

    Raises: as `build_explorer`.
    """
    known: Mapping[str, Any] = dist.manifest().get("pages", {}).get(PAGE, {})
    window = known.get("window")
    return build_explorer(dist, known.get("expressions", ()), tuple(window) if window else None)


def _made(expressions: Sequence[str], window: Window | None) -> tuple[int, bytes]:
    from gdlecture.explorer.page import page  # noqa: PLC0415 (Bokeh)
    from gdlecture.explorer.subject import lab_subjects, typed_subject  # noqa: PLC0415 (sympy)

    typed = [
        typed_subject(text, f"typed_{number}", window) for number, text in enumerate(expressions, 1)
    ]
    subjects = [*lab_subjects(), *typed]
    return len(subjects), page(subjects).encode()


def _inputs(expressions: Sequence[str], window: Window | None) -> str:
    parts = [path for path in sorted(_HERE.iterdir()) if path.suffix in {".css", ".jinja", ".js"}]
    return inputs_hash(
        "gdlecture.explorer.build",
        {
            "expressions": list(expressions),
            "window": window,
            "parts": {path.name: sha256(path.read_bytes()) for path in parts},
            "versions": {name: version(name) for name in ("bokeh", "jinja2")},
        },
    )
