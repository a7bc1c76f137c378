"""Lies about time: a walk that goes back, walks side by side of which one hurries."""

import manim as mn
import numpy as np
import pytest
from clips_with_lies import Brisk, Race, Slow
from ways_of_lying import replaced

from gdmath import Verdict
from gdstage.motion import Drawn
from gdstage.pace import paced, total
from gdstage.props import momentum as props
from gdstage.walks.chart import Chart

STEPS = 12


class Beside(Brisk, props.MomentumClip):
    """Three rates on three maps, step by step."""

    topic = "Maps"

    def construct(self):
        rates = {"small": 0.004, "bold": 0.024, "bolder": 0.0245}
        spent = Verdict.BUDGET_SPENT
        walks = {name: self.cast(name, spent, rate, steps=STEPS) for name, rate in rates.items()}
        self.beat("on maps", "Walks on a bowl.")
        strips = props.Strips(self.theme, walks)
        self.add(strips, *strips.walkers)
        self.hold(0.6)
        self.play(*strips.walk())
        self.hold(0.4)


def one_hurries(_, strips):
    one, *others = strips.walkers
    hurried = [2 * k for k in range(1, STEPS // 2 + 1)]
    return [
        one.descend(paced([*hurried, *[STEPS] * (STEPS - len(hurried))], props.SLOW)),
        *(walker.descend(paced(range(1, STEPS + 1), props.SLOW)) for walker in others),
    ]


def unevenly(_, chart, run_time):
    """Each line is drawn at a pace of its own, though all end together."""
    parts = [Chart(chart.plane, [run], chart.measure) for run in chart.runs]
    chart.remove(*chart.submobjects)
    chart.add(*parts)

    def draw(share):
        for i, part in enumerate(parts):
            part.draw_to(share ** (1 + i) * (part.length + 1))

    return Drawn(chart, draw, run_time=4 * run_time, rate_func=mn.linear)


def walked_back(_, figure, moments, reader=None):
    """The dot comes from the end to the start, and is at the end again."""
    count = len(moments)

    def draw(share):
        left = count * (1 - share)
        k = min(int(left), count - 1)
        if share == 1:
            figure.stand_between(moments[-1].k, 1.0)
            figure.stand_on(moments[-1].k)
        else:
            figure.stand_between(moments[k].k, float(np.clip(left - k, 0.01, 0.99)))

    moved = mn.Group(*figure.moving, *([] if reader is None else [reader.numbers]))
    return Drawn(moved, draw, run_time=total(moments), rate_func=mn.linear)


LIES = {
    "one of three walks takes two steps at a time": (
        Beside, replaced("gdstage.props.momentum:Strips.walk", one_hurries), "as those beside it"),
    "a line of a chart hurries": (
        Race, replaced("gdstage.walks.chart:Chart.race", unevenly), "as those beside it"),
    "a walk goes back to its start": (
        Slow, replaced("gdstage.walks.stepping:Stepper.descend", walked_back), "to go on from"),
}  # fmt: skip


def test_walks_side_by_side_are_true(film):
    assert film(Beside) == []


@pytest.mark.parametrize(("clip", "lie", "expected"), LIES.values(), ids=LIES)
def test_strides(caught, clip, lie, expected):
    caught(clip, lie, expected)
