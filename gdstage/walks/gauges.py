"""Scales with a knob: where a learning rate stands, where a start stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import manim as mn

from gdmath import Verdict
from gdstage.look.fitting import fitted
from gdstage.look.rounding import as_chosen, floored
from gdstage.look.signs import SIGNS, strokes
from gdstage.look.text import SMALLEST, digits, math, number
from gdstage.motion import Drawn
from gdstage.proof import field_facts
from gdstage.proof.fact import Fact, given
from gdstage.proof.statement import Statement, point, segment, stated, word
from gdstage.walks.readouts import COLUMN, EDGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import RateZone
    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.field_facts import ZoneFacts
    from gdstage.proof.lens import Lens
    from gdstage.walks.fates import Fate


LABEL_HEIGHT, SIGN_HEIGHT = 0.27, 0.6
"""How far above a value its label is, and the sign of a walk from there, in scene units."""


class Gauge(mn.VGroup):
    """A level scale from `low` to `high` between two x of the frame, with some of its values named.

    The scale is at height `y`, in scene units, and goes leftward if the x of its `low` end, the
    first of its `sides`, is the right one; a knob is on the first of the values. It is a pair of
    axes of its own that has only the one: what stands on it states its place in it.
    """

    def __init__(
        self,
        theme: Theme,
        values: Sequence[float],
        ends: tuple[float, float],
        sides: tuple[float, float],
        y: float,
    ) -> None:
        super().__init__()
        self.theme, self.ends, self.sides, self.y = theme, ends, sides, y
        self.named = mn.VGroup()
        self._ticks: list[tuple[mn.Dot, Typeset]] = []
        for value in values:
            label = math(digits(as_chosen(value)), size=SMALLEST, colour=theme.label)
            stated(label.rest(self.at(value)[0], y + LABEL_HEIGHT, anchor="centre"), word("tick"))
            dot = mn.Dot(self.at(value), radius=0.055, color=theme.ink)
            self._ticks.append((dot, label))
            self.named.add(dot, label)
        stated(self.named, Statement("axes", "scale", self))
        self.knob = mn.Circle(0.15, stroke_color=theme.iterate, stroke_width=4).set_fill(opacity=0)
        self.add(self.named, self.put_knob(values[0]).knob)

    def scale_seen(self, lens: Lens) -> dict[str, Any]:
        """Its ticks for the evidence, as a plane's: what is written at each, and the pixel.

        They are dots, and their labels stand above them.
        """
        (left, low), (right, high) = sorted(zip(self.sides, self.ends, strict=True))
        box = [
            *lens.to_pixel((left, self.y + LABEL_HEIGHT)),
            *lens.to_pixel((right, self.y - LABEL_HEIGHT)),
        ]
        ticks = [
            {"label": label.code, "pixel": list(lens.to_pixel(tuple(dot.get_center())))}
            for dot, label in self._ticks
        ]
        plain = {"name": "", "log": False, "power": 0, "offset": 0.0, "note": "", "above": True}
        window = [[low, high], [0.0, 1.0]]
        return {"window": window, "box": box, "x": plain | {"ticks": ticks}}

    def at(self, value: float) -> mn.typing.Point3D:
        """Where a value is on the scale, in scene units (3,)."""
        (low, high), (left, right) = self.ends, self.sides
        return mn.RIGHT * (left + (value - low) / (high - low) * (right - left)) + mn.UP * self.y

    def put_knob(self, value: float | Fact) -> Self:
        """Put the knob on a value, or on what a fact is."""
        chosen = value if isinstance(value, Fact) else given("chosen", value)
        stated(self.knob.move_to(self.at(chosen.value)), point(self, "knob", (chosen, None)))
        return self

    def choose(self, value: float | Fact) -> mn.Animation:
        """Move the knob to a value."""
        (low, high), (left, right) = self.ends, self.sides
        start = low + (self.knob.get_center()[0] - left) / (right - left) * (high - low)
        end = _size(value)
        there = abs(start - end) < 1e-9 * (high - low)
        if there:  # what need not move states all the while where it is
            self.put_knob(value)

        def draw(share: float) -> None:
            if not there:
                self.put_knob(value if share > 1 - 1e-9 else start + share * (end - start))

        return Drawn(self.knob, draw)

    def stretch_of(
        self, low: float | Fact, high: float | Fact, colour: str, **more: Any
    ) -> mn.Line:
        """A part of the scale, in a colour."""
        part = mn.Line(self.at(_size(low)), self.at(_size(high)), color=colour, stroke_width=7)
        ends = ((_known(low), None), (_known(high), None))
        return stated(part, segment(self, "stretch", *ends, **more))

    def fence(self, value: float | Fact, below: float) -> mn.Line:
        """A post at a value, which reaches so far below the scale (scene units)."""
        at = self.at(_size(value))
        post = mn.Line(at + below * mn.DOWN, at + 0.14 * mn.UP).set_stroke(self.theme.ink, 3)
        return stated(post, segment(self, "post", (_known(value), None), (_known(value), None)))


def _size(value: float | Fact) -> float:
    return float(value.value if isinstance(value, Fact) else value)


def _known(value: float | Fact) -> Fact:
    return value if isinstance(value, Fact) else given("on the scale", value)


class RateGauge(Gauge):
    """A scale of learning rates in the zones of one start, a knob at α, a post at the local bound.

    Green rates arrive, red ones leave the domain or every bound, amber ones do neither. The bound
    2/f″ is none of the zones' borders: it holds near the minimum. `answer` is all that tells what
    becomes of rates: `zones`, `post` and `rows` of words, the lower first; `arriving` are the words
    before the largest rate that arrives.
    """

    arriving = '"arrives in the end:" '
    decimals = 4
    """Of the bound's number."""

    def __init__(
        self,
        theme: Theme,
        rates: Sequence[float],
        zones: Sequence[RateZone],
        bound: float | Fact,
        *,
        known: ZoneFacts | None = None,
        sides: tuple[float, float] = (COLUMN, COLUMN + 4.0),
        y: float = -1.72,
    ) -> None:
        super().__init__(theme, rates, (0.0, zones[-1].high), sides, y)
        self.zones = mn.VGroup(*(self._zone(i, zone, known) for i, zone in enumerate(zones)))
        self.post = self.fence(bound, 0.14)
        self.rows = mn.VGroup()
        local = f"2 \\/ f''(x^*) {number(_size(bound), self.decimals)}"
        rows: list[tuple[str, str, tuple[Fact, ...]]]
        rows = [(local, theme.label, (given("2", 2), _known(bound)))]
        if zones[0].verdict is Verdict.CONVERGED:
            most = floored(zones[0].high, 4)
            edge = given("edge", zones[0].high) if known is None else known.edge(0, "high")
            all_below = f"{self.arriving}alpha <= {most}"
            told = (field_facts.floored(edge, 4, float(most)),)
            rows.insert(0, (all_below, theme.minimum, told))
        for row, (code, colour, facts) in enumerate(rows):
            line = fitted(math(code, size=SMALLEST, colour=colour), EDGE - COLUMN)
            stated(line, word("number", *facts))
            self.rows.add(line.rest(COLUMN, y - 0.45 - 0.42 * row))
        self.answer = mn.VGroup(self.zones, self.post, self.rows)
        self.add_to_back(self.answer)

    def _zone(self, index: int, zone: RateZone, known: ZoneFacts | None) -> mn.Line:
        colour = _colour(self.theme, zone)
        if known is None:
            return self.stretch_of(zone.low, zone.high, colour)
        low, high = known.edge(index, "low"), known.edge(index, "high")
        return self.stretch_of(low, high, colour, verdict=known.verdict(index))


def _colour(theme: Theme, zone: RateZone) -> str:
    if zone.verdict is Verdict.CONVERGED:
        return theme.minimum
    gone = (Verdict.LEFT_DOMAIN, Verdict.DIVERGED, Verdict.FALLING)
    return theme.danger if zone.verdict in gone else theme.tangent


class StartGauge(Gauge):
    """An axis of starts x₀ from `low` to `high`; signs and colours come as the walks are seen."""

    def __init__(
        self, theme: Theme, starts: Sequence[float], low: float, high: float, *, y: float = -2.05
    ) -> None:
        super().__init__(theme, starts, (low, high), (COLUMN + 0.45, COLUMN + 3.95), y)
        self.line = self.stretch_of(low, high, theme.dim)
        name = math("x_0", size=28, colour=theme.label)
        self.add_to_back(self.line, name.rest(COLUMN, y - 0.07))

    def sign(self, start: float | Fact, fate: Fate) -> mn.VMobject:
        """What became of the walk from a start, above its label."""
        sign = strokes(SIGNS[fate.sign], 0.1, getattr(self.theme, fate.tone), 5)
        known = point(self, "fate", (_known(start), None), aside=(0.0, SIGN_HEIGHT), sign=fate.sign)
        return stated(sign.shift(self.at(_size(start)) + SIGN_HEIGHT * mn.UP), known)

    def part(self, threshold: float | Fact, digits: str, *numbers: Fact) -> mn.VGroup:
        """The scale in two colours, which meet at the threshold, with the threshold's digits.

        `numbers` are the facts in these.
        """
        (low, high), at = self.ends, self.at(_size(threshold))
        name = math(digits, size=30, colour=self.theme.ink)
        stated(name, word("number", *numbers))
        name.rest(max(at[0] - 0.5, COLUMN), self.y - 0.55)
        return mn.VGroup(
            self.stretch_of(low, threshold, self.theme.danger),
            self.stretch_of(threshold, high, self.theme.minimum),
            self.fence(threshold, 0.2),
            name,
        )
