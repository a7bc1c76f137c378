"""The exact way: set both partial derivatives to zero, solve, and check the candidates."""

from __future__ import annotations

import manim as mn

from gdmath import Kind, Verdict, stationary_points
from gdstage.props import sauna_candidates as props
from gdstage.space.slices import draw_tangent_plane, draw_touch
from gdstage.space.solids import Curve
from gdstage.space.space import DEGREE
from gdstage.walks.sauna_clip import SaunaClip

COLUMN = 1.55
TOP = 2.05


class SaunaCandidates(SaunaClip):
    """The sauna's stationary points, found exactly and checked one by one."""

    on_the_wall = 2.5
    theta, phi = 30 * DEGREE, 58 * DEGREE

    def construct(self) -> None:
        self.compute()
        self.set_to_zero()
        self.list_the_candidates()
        self.check_the_walls()
        self.check_the_other_walls()
        self.check_outside()
        self.check_the_inside()
        self.ask_the_hessian()

    def compute(self) -> None:
        found = stationary_points(self.field)
        (self.outside,) = (p for p in found.points if p.kind is Kind.SADDLE)
        self.edges = [props.least_on_edge(self.field, axis, self.room) for axis in (0, 1)]
        self.spots = props.spots_of(self.field, self.on_the_wall, self.outside, self.lowest)
        props.require_story(self.facts, self.field, self.room, found, self.spots)
        self.cast("coldest", Verdict.CONVERGED, 0.25, tuple(map(float, self.lowest.point)))
        self.cast("wall", Verdict.STUCK, 0.25, (0.0, self.on_the_wall))

    def set_to_zero(self) -> None:
        self.beat(
            "where nothing changes",
            "At the coldest place both partial derivatives are zero. Factored, they say where.",
        )
        self.draw_space(place=(-3.1, -0.35), zoom=0.86)
        self.equations = props.level_equations(self.theme, self.field, COLUMN, TOP - 0.25)
        for row, line in enumerate(self.equations):
            self.play(mn.FadeIn(line, shift=0.1 * mn.DOWN), run_time=0.8)
            self.hold(1.2 + row)

    def list_the_candidates(self) -> None:
        self.beat(
            "four candidates",
            "A product is zero where a factor is: on two walls, and at two points.",
        )
        points = (self.outside, self.lowest)
        names, self.warmth = props.candidates(self.field, self.on_the_wall, points)
        self.table = props.CandidateTable(self.theme, names, x=COLUMN, top=TOP - 2.35)
        self.play(mn.FadeIn(self.table.names, lag_ratio=0.3), run_time=1.6)
        self.hold(1.6)

    def check_the_walls(self) -> None:
        facts, (left, front) = self.facts, self.spots.walls
        self.beat(
            "two walls are the hottest",
            f"On x = {facts.chosen(left.coordinate(0))} and y = {facts.chosen(front.coordinate(1))}"
            f" T = {facts.chosen(left.value())} degrees. "
            f"A walk that starts there is {facts.fate('wall', 'stuck')}: no slope.",
        )
        edges = self.light_up((0.0, 0.0))
        dot = self.put_dot("wall")
        for row in (0, 1):
            self.play(*self.table.check(row, self.warmth[row], self.theme.danger), run_time=0.4)
        self.hold(2)
        self.hide(dot, *edges, run_time=0.5)

    def check_the_other_walls(self) -> None:
        (_, right), (_, back) = self.room
        facts, (one, other) = self.facts, (edge.facts for edge in self.edges)
        self.beat(
            f"the other {facts.dimension(self.field)} walls",
            f"On x = {facts.given('wall', right)} and y = {facts.given('wall', back)} T is over "
            f"{(least := facts.up_to(one.value(), 1))}: the least is at {facts.place(one.on_map())}"
            f" and {facts.place(other.on_map())}.",
        )
        edges = self.light_up((right, back))
        dots = [draw_touch(self.space, self.field, edge[:2], radius=0.11) for edge in self.edges]
        row = props.other_walls(self.room, self.edges, least)
        self.show(*dots, *self.table.add_row(*row))
        self.hold(2)
        self.dismiss(*edges, *dots)

    def check_outside(self) -> None:
        self.beat(
            "one lies outside",
            f"{self.facts.spot(self.spots.outside)} is not in the room, "
            "and no coldest place either: a saddle.",
        )
        out = self.warmth[2]._replace(text=f"{self.warmth[2].text}, outside")
        self.play(*self.table.check(2, out, self.theme.dim), run_time=2)

    def check_the_inside(self) -> None:
        warm, facts, cold = self.warmth[3], self.facts, self.spots.coldest
        exact = facts.say(cold.value(), str(self.lowest.value))
        self.beat(
            "the coldest place",
            f"Inside only {facts.spot(cold)} is left: T = {exact} ≈ {facts.number(cold.value(), 1)}"
            ". The tangent plane there is level.",
            poster=True,
        )
        self.put_dot("coldest")
        patch = draw_tangent_plane(self.space, self.field, (cold.near[0], cold.near[1]), reach=0.8)
        self.show(patch, run_time=0.6)
        self.play(*self.table.check(3, warm, self.theme.minimum), run_time=0.4)
        self.play(self.space.camera.animate.set(theta=self.theta + 26 * DEGREE), run_time=2)
        self.hold(1.4)
        self.hide(patch, run_time=0.5)

    def ask_the_hessian(self) -> None:
        self.beat(
            "the Hessian’s word",
            f"At {self.facts.spot(self.spots.coldest)} both curvatures are positive: a minimum. "
            "On the walls one is zero: there it cannot tell.",
        )
        self.hide(self.table, self.equations, run_time=0.5)
        for formula, said in props.hessians(self.theme, self.field, self.lowest, COLUMN, TOP - 0.5):
            self.show(formula, run_time=0.6)
            self.hold(0.8)
            self.show(said)
            self.hold(2)

    # What the beats are made of

    def light_up(self, corner: tuple[float, float]) -> list[Curve]:
        """Draw the two walls that meet in a corner."""
        edges = [props.wall_edge(self.space, self.field, self.room, corner, k) for k in (1, 0)]
        self.play(*(mn.Create(edge) for edge in edges), run_time=1)
        return edges

    def put_dot(self, name: str) -> mn.Mobject:
        """A dot on the start of a walk that goes nowhere, on the surface."""
        dot = props.start_dot(self.space, name, self.evidence.walks[name])
        self.show(dot)
        return dot
