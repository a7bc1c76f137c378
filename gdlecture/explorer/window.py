"""What the picture of a function shows: which part of it, and lines of height on a map.

Which part of a typed function is worth showing is for `gdstage.any` to say, as for its clip.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from gdmath import ScalarField, Walk
from gdmath.fields.scalar_field import Window
from gdmath.stationary.valleys import Valley
from gdstage.any.window import values_window

# Shares of a graph's width at its sides, beyond them where there is no value, of its height below.
_MARGIN, _FORBIDDEN, _ARCS = 0.03, 0.33, 0.16


def as_wide_as_high(window: Window) -> Window:
    """A map's window with all sides as wide as the widest, about the same middles: one scale."""
    widest = max(high - low for low, high in window)
    if all(high - low == widest for low, high in window):
        return window
    middles = [(low + high) / 2 for low, high in window]
    return tuple((middle - widest / 2, middle + widest / 2) for middle in middles)


def with_forbidden(field: ScalarField) -> tuple[float, float]:
    """The sides of a graph's picture: the field's window, and a forbidden part beside it."""
    assert field.window is not None  # noqa: S101 (given by the caller)
    ((low, high),) = field.window
    width = high - low
    left, right = low - _MARGIN * width, high + _MARGIN * width
    if not field.contains([[low - 0.05 * width]]).any():
        left = low - _FORBIDDEN * width
    if not field.contains([[high + 0.05 * width]]).any():
        right = high + _FORBIDDEN * width
    return left, right


def view_of_line(
    field: ScalarField, sides: tuple[float, float], walks: Sequence[Walk],
    valleys: Sequence[Valley],
) -> list[list[float]]:  # fmt: skip
    """What a graph's picture shows of x and of y: below the graph the arcs of the steps."""
    low, high = values_window(field, sides, walks, valleys)
    return [list(sides), [float(low - _ARCS * (high - low)), float(high)]]


def heights_of(field: ScalarField, samples: int = 121) -> dict[str, Any]:
    """Of a field of two variables: lowest, highest, how much to stretch, and lines of height.

    Heights are coloured by t = log1p(stretch*u)/log1p(stretch), where u in 0…1 is the share of
    the way up; stretch 0 means t = u. `lines` are polylines (m, 2) at evenly spaced t.
    """
    from contourpy import contour_generator  # noqa: PLC0415 (Bokeh brings it)

    assert field.window is not None  # noqa: S101 (given by the caller)
    x, y = (np.linspace(lo, hi, samples) for lo, hi in field.window)
    z = field(*np.meshgrid(x, y))
    finite = z[np.isfinite(z)]
    low, high = float(finite.min()), float(np.quantile(finite, 0.995))
    if not high > low:
        return {"low": low, "high": low + 1.0, "stretch": 0.0, "lines": []}
    middle = (float(np.median(finite)) - low) / (high - low)
    # A narrow valley between cliffs: half of the colours for the lower half of the points.
    stretch = 0.0 if middle > 0.15 else float(max(1.0, 1 / max(middle, 1e-4) ** 2))
    levels = np.linspace(0, 1, 16)[1:-1]
    shares = np.expm1(levels * np.log1p(stretch)) / stretch if stretch else levels
    generator: Any = contour_generator(x, y, np.ma.masked_invalid(z), line_type="Separate")
    lines = [line for share in shares for line in generator.lines(low + share * (high - low))]
    scale = max(hi - lo for lo, hi in field.window)
    digits = max(0, 3 - int(np.floor(np.log10(scale))))
    rounded = [np.round(line, digits).tolist() for line in itertools.chain(lines)]
    return {"low": low, "high": high, "stretch": stretch, "lines": rounded}
