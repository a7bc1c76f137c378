"""The exact way: set both partial derivatives to zero, solve, and check the candidates."""

from __future__ import annotations

import manim as mn

from gdmath import Kind, Verdict, stationary_points
from gdstage.props import sauna_candidates as props
from gdstage.walks.sauna_clip import SaunaClip


class SaunaCandidates(SaunaClip):
    """The sauna's stationary points, found exactly and checked one by one."""

    on_the_wall, seen_at = 2.5, 3.0
    space: props.RoomAndBeyond

    def construct(self) -> None:
        self.compute()
        self.level_along_x()
        self.level_along_both()
        self.check_outside()
        self.check_the_walls()
        self.check_the_other_walls()
        self.check_the_inside()
        self.ask_the_hessian()

    def compute(self) -> None:
        found = stationary_points(self.field)
        (self.outside,) = (p for p in found.points if p.kind is Kind.SADDLE)
        points = self.outside, self.lowest
        self.spots = props.spots_of(self.field, self.room, self.on_the_wall, *points)
        props.require_story(self.facts, self.field, self.room, found, self.spots)
        self.cast("wall", Verdict.STUCK, 0.25, (0.0, self.on_the_wall))

    def level_along_x(self) -> None:
        self.beat(
            "level along x: on these lines",
            "The slope along x is a product, zero where a factor is: on these lines.",
            say="The room is a map of its heat, and lines cross it. {caption}",
        )
        look = self.span, self.palette()
        self.space = props.RoomAndBeyond(self.theme, self.field, self.room, *look)
        self.show(self.space)
        self.zeros = [self.light_up(axis=0, top=props.TOP)]
        self.cut = self.space.cut_at(self.seen_at, self.zeros[0])
        self.play(mn.FadeIn(*self.cut), run_time=1.4)

    def level_along_both(self) -> None:
        self.beat(
            "four candidates",
            "Along y likewise. The slopes are zero together on two walls and at two points.",
            say="Lines the other way cross them. {caption}",
        )
        self.hide(*self.cut)
        self.zeros.append(self.light_up(axis=1, top=props.TOP - 1.9))
        names, self.warmth = props.candidates(self.field, self.spots, self.outside, self.lowest)
        self.table = props.CandidateTable(self.theme, names)
        self.dots = [*map(self.space.mark, (self.spots.outside, self.spots.coldest))]
        self.play(*(mn.GrowFromCenter(dot) for dot in self.dots), mn.FadeIn(self.table.names))
        self.hold(1.2)
        self.dismiss(*(part for each in self.zeros for part in each.words), *self.space.coloured())

    def check_outside(self) -> None:
        self.beat(
            "one lies outside",
            f"{self.facts.spot(self.spots.outside)} is not in the room, and it is a saddle.",
            say="The map becomes a landscape, which goes on beyond the walls. {caption}",
        )
        space, far = self.space, self.spots.outside
        turned = space.go(props.ASLANT, props.BEYOND)
        self.play(turned, *self.table.stack(), *space.light_border(), run_time=2.4)
        names = [*map(space.name_wall, self.spots.edges), space.name_spot(far)]
        self.play(*space.rise(), *map(mn.FadeIn, names), run_time=0.4)
        self.play(*map(mn.Create, ways := space.up_and_down(far)), run_time=1.2)
        self.play(*self.table.check(2, self.warmth[2].outside, self.theme.label), run_time=0.6)
        self.hold(1)
        self.dismiss(*ways, *names, self.dots[0], *space.beyond)

    def check_the_walls(self) -> None:
        facts, (left, front), space = self.facts, self.spots.walls, self.space
        self.beat(
            "two walls are the hottest",
            f"On x = {facts.chosen(left.coordinate(0))} and y = {facts.chosen(front.coordinate(1))}"
            f" T = {facts.chosen(left.value())} degrees. "
            f"A walk that starts there is {facts.fate('wall', 'stuck')}.",
            say="The landscape ends at the walls again, and a dot rests on an edge. {caption}",
        )
        self.play(space.go(props.ASLANT, self.room[0][1]), run_time=2.4)
        self.show(dot := props.start_dot(space, "wall", self.evidence.walks["wall"]))
        for row in (0, 1):
            told = self.table.check(row, self.warmth[row], self.theme.danger)
            self.play(*told, space.redden(row), run_time=0.8)
        self.show(*(corners := space.tell_corners()))
        self.dismiss(dot, *corners)

    def check_the_other_walls(self) -> None:
        (_, right), (_, back) = self.room
        facts, edges, space = self.facts, self.spots.edges, self.space
        one, other = (edge.facts for edge in edges)
        self.beat(
            f"the other {facts.dimension(self.field)} walls: T ≥ "
            f"{(least := facts.up_to(one.value(), 1))}",
            f"On x = {facts.given('wall', right)} and y = {facts.given('wall', back)} the least is "
            f"at {facts.place(one.on_map())} and {facts.place(other.on_map())}.",
            say="The landscape turns, and its other edges light. {caption}",
        )
        self.play(space.go(props.ASKANCE, self.room[0][1]), run_time=3)
        self.far = [part for edge in edges for part in space.tell_wall(edge)]
        self.show(*self.far, *self.table.add_rows(props.other_walls(self.room, edges, least)))

    def check_the_inside(self) -> None:
        facts, cold, space = self.facts, self.spots.coldest, self.space
        exact = facts.say(cold.value(), str(self.lowest.value))
        self.beat(
            "the coldest place",
            f"Inside, {facts.spot(cold)} is left: T = {exact} ≈ {facts.number(cold.value(), 1)}.",
            say="In the hollow a dot is marked. {caption}",
            poster=True,
        )
        self.play(space.go(props.DEEP, self.room[0][1]), run_time=3)
        green = map(mn.FadeIn, space.mark_minimum(self.lowest))
        checked = self.table.check(3, self.warmth[3], self.theme.minimum)
        self.play(*checked, *green, mn.FadeOut(self.dots[1]), run_time=0.6)
        self.dismiss(self.table, *self.far, *space.lines.values())

    def ask_the_hessian(self) -> None:
        spots, space = self.spots, self.space
        self.beat(
            "the Hessian is sure inside, silent on a wall",
            f"At {self.facts.spot(spots.coldest)} both curvatures are positive: a minimum. "
            "On the walls one is zero: there it cannot tell.",
            say="Curves cross in the hollow, and on an edge. {caption}",
        )
        tones = self.theme.minimum, self.theme.label
        said = props.hessians(self.theme, self.field, self.lowest)
        places = (spots.coldest, self.room[0][1]), (spots.walls[0], self.on_the_wall)
        for (spot, reach), tone, lines in zip(places, tones, said, strict=True):
            self.play(*map(mn.Create, space.bends(spot, reach, tone)), run_time=1.4)
            self.show(*lines, run_time=0.8)
            self.hold(1)

    def light_up(self, axis: int, top: float) -> props.Roots:
        """Draw the lines on which the slope along an axis is zero, each with its name."""
        colour = (self.theme.tangent, self.theme.runs[0])[axis]
        zeros = props.roots(self.field, self.spots, axis, colour, top)
        self.show(zeros.equation)
        for name, line in zip(zeros.names, zeros.lines, strict=True):
            self.play(self.space.light(*line, colour), mn.FadeIn(name), run_time=1)
        return zeros
