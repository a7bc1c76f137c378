"""What `scenes/learning_rate.py` shows: its first step, how high above the minimum walks are."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from gdstage.layout import Box
from gdstage.look.text import math, number
from gdstage.look.ticks import nice_ticks
from gdstage.plane.axes import Plane
from gdstage.proof.fact import WalkFacts
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.statement import stated, word
from gdstage.walks.chart import goal_line

if TYPE_CHECKING:
    from gdmath import ScalarField, Walk
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact
    from gdstage.walks.graph_walk import GraphWalk

BOX = Box(left=-5.6, right=1.75, bottom=-2.35, top=1.9)


def height_plane(theme: Theme, field: ScalarField, least: Fact, longest: Walk) -> Plane:
    """Axes for height above the minimum, and how low its tolerance asks the longest walk to come.

    `least` is where the minimum is.
    """
    steps, tolerance = longest.stopped_at, WalkFacts(longest).tolerance()
    plane = Plane(
        theme, BOX, (0, steps + 2), (1e-13, 10.0),
        x_ticks=[tick for tick in nice_ticks(0, steps) if tick == int(tick)],
        y_ticks=[10.0**power for power in range(-12, 1, 3)],
        x_name="k", y_name="f(x_k) - f(x^*)", log_y=True,
    )  # fmt: skip
    goal = FieldFacts(field).height_at_slope(least, tolerance)
    code = f"abs(f') = 10^({round(log10(tolerance.value))})"
    return plane.add(*goal_line(plane, goal, code, tolerance))


def first_step(figure: GraphWalk) -> Typeset:
    """The first step of a walk as the rule makes it, written left of where it lands."""
    plane, step = figure.plane, figure.facts.step(1)
    code = "-alpha thin f'(x_0)" + number(step.value, 4)
    label = math(code, size=30, colour=plane.theme.iterate)
    stated(label, word("number", step))
    return label.rest(figure.on_axis(1)[0] - 0.2, plane.floor + 0.35, anchor="right")
