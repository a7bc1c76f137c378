"""How a field and a walk show themselves in a notebook: formula, a small picture, the verdict.

The pictures are SVG in the colour of the text around them, so they suit light and dark pages.
Fields and walks are given as such; this module imports neither, for both call it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import sympy as sp

from gdmath.fields.evaluation import FloatArray
from gdmath.level_lines import join, level_segments

_WIDTH, _HEIGHT, _PAD = 360, 200, 12
_SAMPLES, _GRID, _LEVELS = 241, 61, 12
# Around a walk, in widths of it, where its field has no window of its own.
_ROOM = 0.35

Window = tuple[tuple[float, float], ...]


class Rows(list[dict[str, Any]]):
    """The rows of a table, each by the names of its columns; in a notebook, a table."""

    def _repr_html_(self) -> str:
        names = list(self[0]) if self else []
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        lines = ("".join(f"<td>{row[name]!r}</td>" for name in names) for row in self)
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def table(walk: Any) -> Any:
    """A row an iterate: k, the point, f, the parts of its gradient; pandas' if it is there."""
    names = [v.name for v in walk.field.variables]
    slopes = [f"df/d{name}" if len(names) == 1 else f"∂f/∂{name}" for name in names]
    columns = ["k", *names, "f", *slopes]
    numbers = np.column_stack([walk.points, walk.values, walk.gradients]).tolist()
    rows = Rows(dict(zip(columns, [k, *row], strict=True)) for k, row in enumerate(numbers))
    if find_spec("pandas"):
        import pandas as pd  # noqa: PLC0415 (not needed otherwise)

        return pd.DataFrame(rows).set_index("k")
    return rows


def field_latex(field: Any) -> str:
    """The field's formula, "f(x, y) = …", between dollars."""
    names = ", ".join(sp.latex(v) for v in field.variables)
    return f"$f({names}) = {sp.latex(field.expr, ln_notation=True)}$"


def field_html(field: Any) -> str:
    """The formula, and a picture if the field has a window."""
    drawn = _picture(field, field.window, None) if field.window else ""
    return f"<p>{html.escape(field_latex(field))}</p>{drawn}"


def walk_html(walk: Any) -> str:
    """The formula, the walk on the function's graph or map, and what became of it."""
    field = walk.field
    drawn = _picture(field, field.window or _around(walk.points), walk.points)
    return f"<p>{html.escape(field_latex(field))}</p>{drawn}<p>{html.escape(walk_text(walk))}</p>"


def walk_text(walk: Any) -> str:
    """What became of a walk, in a line."""
    names = ", ".join(v.name for v in walk.field.variables)
    last = ", ".join(f"{c:.6g}" for c in walk.points[-1])
    is_one = walk.field.dimension == 1
    place = f"{names} = {last}" if is_one else f"({names}) = ({last})"
    k = walk.stopped_at
    steps = f"{k} step" if k == 1 else f"{k} steps"
    return f"{walk.verdict.value} after {steps}, at {place} with f = {walk.values[-1]:.6g}"


def _around(points: FloatArray) -> Window:
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.maximum((high - low) * _ROOM, 1e-3 * np.maximum(1, np.abs(high)))
    ends = zip(low - room, high + room, strict=True)
    return tuple((float(lo), float(hi)) for lo, hi in ends)


def _picture(field: Any, window: Window, points: FloatArray | None) -> str:
    if field.dimension > 2:
        return ""
    return (_graph if field.dimension == 1 else _map)(field, window, points)


def _graph(field: Any, window: Window, points: FloatArray | None) -> str:
    ((left, right),) = window
    x = np.linspace(left, right, _SAMPLES)
    y = field.at(x[:, np.newaxis])
    finite = y[np.isfinite(y)]
    if not finite.size:
        return ""
    # Beside a wall values have no top: what the middle of them needs is seen, and a little more.
    low, high = float(finite.min()), float(np.quantile(finite, 0.97))
    high = high if high > low else low + 1.0
    frame = ((left, right), (low - 0.08 * (high - low), high))
    curve = _lines(_pieces(x, y), frame, "stroke-width='2' opacity='.55'")
    marks = ""
    if points is not None:
        marks = _marks(np.column_stack([points, field.at(points)]), frame)
    return _svg(curve + marks, frame)


def _map(field: Any, window: Window, points: FloatArray | None) -> str:
    x, y = (np.linspace(lo, hi, _GRID) for lo, hi in window)
    z = field(*np.meshgrid(x, y, indexing="ij"))
    finite = z[np.isfinite(z)]
    if not finite.size or finite.max() == finite.min():
        return ""
    heights = np.quantile(finite, np.linspace(0, 1, _LEVELS + 2)[1:-1])
    lines = [line for h in heights for line in join(level_segments(x, y, z, float(h)))]
    drawn = _lines(lines, window, "stroke-width='1' opacity='.4'")
    if points is not None:
        way = _lines([points], window, "stroke-width='1.5'")
        drawn += way + _marks(points, window)
    return _svg(drawn, window)


def _pieces(x: FloatArray, y: FloatArray) -> list[FloatArray]:
    """The graph's points (n, 2), cut where there is no value."""
    whole = np.column_stack([x, y])
    gaps = np.flatnonzero(~np.isfinite(y))
    pieces = np.split(whole, gaps)
    return [kept for piece in pieces if len(kept := piece[np.isfinite(piece[:, 1])]) > 1]


def _pixels(points: FloatArray, window: Window) -> FloatArray:
    (left, right), (bottom, top) = window
    across = (points[:, 0] - left) / (right - left) * (_WIDTH - 2 * _PAD) + _PAD
    down = (top - points[:, 1]) / (top - bottom) * (_HEIGHT - 2 * _PAD) + _PAD
    # An SVG far out of its view box is cut off, but numbers of any size are not read.
    return np.clip(np.column_stack([across, down]), -1e5, 1e5)


def _lines(lines: Iterable[FloatArray], window: Window, look: str) -> str:
    paths = (
        " ".join(f"{px:.1f},{py:.1f}" for px, py in _pixels(np.asarray(line), window))
        for line in lines
    )
    return "".join(
        f"<polyline points='{path}' fill='none' stroke='currentColor' {look}/>" for path in paths
    )


def _marks(points: FloatArray, window: Window) -> str:
    """Rings for what is past, a disc for the last; what has no place is not drawn."""
    places = _pixels(points, window)
    seen = np.isfinite(points).all(axis=1)
    dots = []
    for k in np.flatnonzero(seen):
        is_last = k == len(points) - 1
        fill = "currentColor" if is_last else "none"
        size = 4.5 if is_last else 3
        px, py = places[k]
        dots.append(
            f"<circle cx='{px:.1f}' cy='{py:.1f}' r='{size}' stroke='currentColor' fill='{fill}'/>"
        )
    return "".join(dots)


def _svg(inside: str, window: Window) -> str:
    labels = "".join(_label(i, ends) for i, ends in enumerate(window))
    box = f"0 0 {_WIDTH} {_HEIGHT + 14}"
    return (
        f"<svg viewBox='{box}' width='{_WIDTH}' role='img' aria-label='f, and the walk on it'>"
        f"<svg width='{_WIDTH}' height='{_HEIGHT}' overflow='hidden'>{inside}</svg>{labels}</svg>"
    )


def _label(axis: int, ends: Sequence[float]) -> str:
    """The ends of an axis, as numbers at the picture's edge."""
    low, high = (f"{end:.4g}".replace("-", "−") for end in ends)
    style = "font-size='11' fill='currentColor' opacity='.8'"
    if axis == 0:
        below = _HEIGHT + 11
        return (
            f"<text x='{_PAD}' y='{below}' {style}>{low}</text>"
            f"<text x='{_WIDTH - _PAD}' y='{below}' text-anchor='end' {style}>{high}</text>"
        )
    return (
        f"<text x='2' y='{_HEIGHT - _PAD}' {style}>{low}</text>"
        f"<text x='2' y='{_PAD}' {style}>{high}</text>"
    )
