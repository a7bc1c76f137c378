"""Small pairs of a graph and its slope, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.printing import typst
from gdstage.look.text import math
from gdstage.plane.axes import Box, Plane, dashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import ScalarField
    from gdstage.look.theme import Theme
    from gdstage.props.slope_figure import Window

WIDTH, PITCH = 2.05, 2.6
UPPER, LOWER = (0.15, 1.3), (-1.75, -0.6)
SIZE = 28


class SlopeGallery(mn.VGroup):
    """Pairs in a row, each a field over its derivative, its formula above and the slope's below.

    Every exhibit is a field with the windows of x, of its values and of its slopes.
    """

    def __init__(
        self, theme: Theme, exhibits: Sequence[tuple[ScalarField, Window, Window, Window]]
    ) -> None:
        super().__init__()
        left = -(PITCH * (len(exhibits) - 1) + WIDTH) / 2
        for i, (field, x, height, slopes) in enumerate(exhibits):
            start = left + i * PITCH
            pair = mn.VGroup()
            for graph, name, window, (bottom, top), colour, baseline in (
                (field, "f", height, UPPER, theme.function, 2.05),
                (field.partial("x"), "f'", slopes, LOWER, theme.tangent, -2.6),
            ):
                box = Box(left=start, right=start + WIDTH, bottom=bottom, top=top)
                plane = Plane(theme, box, x, window, x_name="")
                pair.add(plane)
                if window[0] < 0:
                    zero, end = plane.at(x, 0.0)
                    pair.add(dashed(zero, end, theme.dim))
                pair.add(plane.graph(graph, colour, 4.0))
                code = f"{name} = {typst(graph.expr)}"
                text = math(code, size=SIZE, colour=colour)
                pair.add(text.rest(box.left + WIDTH / 2, baseline, anchor="centre"))
            self.add(pair)
