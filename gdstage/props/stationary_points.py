"""What `scenes/stationary_points.py` shows: where slopes are 0, and which way surfaces curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn
import numpy as np
import sympy as sp

from gdmath import Kind
from gdstage.look.printing import matrix, typst
from gdstage.look.text import Typeset, math, words
from gdstage.motion import Drawn
from gdstage.proof.fact import given
from gdstage.proof.in_space import slice_of
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.statement import stated, word
from gdstage.proof.truths import eigenvalue, kind_there, ordered, signs, stationary_sets
from gdstage.space.slices import draw_slice, draw_spot, draw_tangent_plane, slice_curve
from gdstage.walks.readouts import live_number
from gdstage.walks.space_clip import COLUMN, SIZE, TOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gdmath import ScalarField, StationaryPoint
    from gdstage.facts import Facts
    from gdstage.look.readout import Readout
    from gdstage.look.theme import Theme
    from gdstage.proof.map_facts import SpotFacts
    from gdstage.space.solids import Curve, Mesh
    from gdstage.space.space import Space

FLAT = 1e-9


class Curvatures:
    """The slices of a surface along x and y through a point: green where it curves up, red down.

    The surface may turn from one field into another; in between it is their mixture, whose Hessian
    is the mixture of theirs. `values` (2,) are the second derivatives along x and y now: the
    eigenvalues of the Hessian, which must be diagonal.
    """

    def __init__(
        self, space: Space, surface: Mesh, field: ScalarField, at: tuple[float, float], reach: float
    ) -> None:
        self.space, self.surface, self.at, self.reach = space, surface, at, reach
        self.field = self.goal = field
        self.curves = [space.curve(np.zeros((2, 3)), self._colour(1.0), width=8) for _ in (0, 1)]
        self.draw(0.0)

    def draw(self, share: float) -> None:
        """Be at this share (0…1) of the way from the field to its goal."""
        start, end = (field.hessian(self.at) for field in (self.field, self.goal))
        hessian = start + share * (end - start)
        if abs(hessian[0, 1]) > FLAT:
            raise ValueError(f"Hessian {hessian.tolist()} at {self.at} must be diagonal")
        self.values = np.diag(hessian)
        for axis, (curve, value) in enumerate(zip(self.curves, self.values, strict=True)):
            window = (-self.reach, self.reach)
            one, other = (slice_curve(f, self.at, axis, window) for f in (self.field, self.goal))
            curve.put((1 - share) * one + share * other)
            curve.set_fill(self._colour(float(value)))
            now = self.field if share < 1 else self.goal
            stated(curve, slice_of(self.space, now, self.at, axis, window, what="curvature"))

    def turn_into(self, goal: ScalarField, live: Readout, run_time: float) -> mn.Animation:
        """Let the surface become another field's, while a readout tells the value along y."""
        self.goal = goal

        def draw(share: float) -> None:
            mixed = goal if share == 1 else lambda x, y: self._mixed(x, y, share)
            self.surface.set_field(mixed)
            self.draw(share)
            bend = SpotFacts(goal, self.at, "").curvature(1, 1)
            live.write(bend if share == 1 else round(float(self.values[1]), 2))

        moving = mn.Group(self.space, live)
        return Drawn(moving, draw, run_time=run_time, rate_func=mn.smooth)

    def _mixed(
        self, x: NDArray[np.float64], y: NDArray[np.float64], share: float
    ) -> NDArray[np.float64]:
        return (1 - share) * self.field(x, y) + share * self.goal(x, y)

    def _colour(self, value: float) -> str:
        theme = self.space.world.theme
        if abs(value) < FLAT:
            return theme.ink
        return theme.minimum if value > 0 else theme.danger


def level_line(space: Space, field: ScalarField, axis: int, reach: float) -> Curve:
    """Where the slope along an axis is 0: a line over the surface, for the other variable is free.

    The slope depends on its own variable only; the line goes over ± `reach` of the other.
    """
    variable = field.variables[axis]
    (zero,) = sp.solve(field.partial(variable).expr, variable)
    at, tangent = (float(zero), float(zero)), space.world.theme.tangent
    return draw_slice(space, field, at, 1 - axis, (-reach, reach), colour=tangent, width=5)


def mark_point(
    space: Space, field: ScalarField, found: StationaryPoint, colour: str
) -> list[mn.Mobject]:
    """A dot on a stationary point, and at a saddle its tangent plane.

    That one cuts the surface; at a minimum it would lie beneath, where nobody sees it.
    """
    x, y = (float(c) for c in found.point)
    dot = draw_spot(space, field, found, colour, radius=0.13)
    if found.kind is not Kind.SADDLE:
        return [dot]
    return [dot, draw_tangent_plane(space, field, (x, y), reach=0.5)]


class Eigenvalues(mn.VGroup):
    """Both eigenvalues of the Hessian at a point; the smaller, `live`, may change."""

    def __init__(self, theme: Theme, field: ScalarField, found: StationaryPoint) -> None:
        super().__init__()
        _, first = sorted(hessian_at(field, found).eigenvals(multiple=True))
        label = _row(3.2, "lambda_2", theme.ink)
        self.live = live_number(label, theme.ink, decimals=2)
        place = [float(c) for c in found.point]
        # The Hessian is diagonal: its eigenvalues are the curvatures along x and y.
        axis = int(np.argmin(np.diag(field.hessian(place))))
        self.live.write(SpotFacts(field, place, found.kind.name).curvature(axis, axis))
        row = _row(2.45, f"lambda_1 = {typst(first)}", theme.ink)
        self.add(row, _meaning(theme, 2.45, float(first)), label, self.live)


class Judgement(mn.VGroup):
    """What changes with the field: formula, Hessian, the smaller eigenvalue's meaning, the kind."""

    def __init__(self, theme: Theme, field: ScalarField, found: StationaryPoint) -> None:
        hessian = hessian_at(field, found)
        colour = theme.minimum if found.kind is Kind.MINIMUM else theme.danger
        super().__init__(
            stated(
                _row(0, f"f(x, y) = {typst(field.expr)}", theme.function),
                word("formula", field=field),
            ),
            _row(1.3, f"H = {matrix(hessian)}", theme.ink),
            _meaning(theme, 3.2, float(min(hessian.eigenvals()))),
            words(found.kind.value, size=40, colour=colour, bold=True).rest(COLUMN, TOP - 4.2),
        )


def hessian_at(field: ScalarField, found: StationaryPoint) -> sp.Matrix:
    """The exact Hessian (2, 2) of a field at a stationary point."""
    at = dict(zip(field.variables, found.point, strict=True))
    return sp.hessian(field.expr, field.variables).subs(at)


def _row(down: float, code: str, colour: str) -> Typeset:
    return math(code, size=SIZE, colour=colour).rest(COLUMN, TOP - down)


def _meaning(theme: Theme, down: float, value: float) -> Typeset:
    """Beside an eigenvalue, which way the surface curves."""
    said, colour = ("> 0: curves up", theme.minimum)
    if value < 0:
        said, colour = ("< 0: curves down", theme.danger)
    return words(said, size=30, colour=colour).rest(COLUMN + 1.75, TOP - down)


def require_story(facts: Facts, bottom: SpotFacts, flat: SpotFacts) -> None:
    """See that one field has one stationary point, a minimum, and the other one, a saddle.

    And that the walk "on the ridge" ends at that saddle.
    """
    for _ in ("title", "caption"):
        facts.level(bottom)
    facts.require("one point", stationary_sets(flat.field, points=True, curves=True, value=1))
    end, name = facts.end_of("on the ridge"), "on the ridge"
    for said in ("can stop", "ends at the saddle"):
        facts.fate(name, said)
    for said in ("a saddle", "the saddle", "no minimum"):
        facts.say(end.kind(), said)
    facts.require("the gradient is almost 0", end.is_level())
    nothing = given("level", 0.0)
    one, other = (eigenvalue(flat.field, flat.near, i) for i in (0, 1))
    facts.say(signs(one, other), "of two signs at a saddle")
    facts.say(kind_there(flat.field, flat.near, "SADDLE"), "a saddle")
    least = eigenvalue(bottom.field, bottom.near, 0)
    facts.require("both positive at a minimum", ordered(">", least, nothing))
    facts.say(kind_there(bottom.field, bottom.near, "MINIMUM"), "a minimum")
