"""The same rule in two variables: gradient descent finds the coldest place of the sauna."""

from __future__ import annotations

from gdmath import Verdict, stability_bound
from gdstage.pace import paced
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import stability_bound_at
from gdstage.props import sauna_descent as props
from gdstage.walks.map_walk import MapWalk


class SaunaDescent(props.StridesClip):
    """Gradient descent in the sauna: one step in parts, then the lab's starts and rates."""

    start, near, aside = (0.5, 0.6), (3.5, 3.6), (2.0, 4.8)
    good, large, small = 0.25, 0.5, 0.15
    close = (1.8, 4.8), (2.0, 5.0)

    def construct(self) -> None:
        self.compute()
        self.split_a_step()
        self.step_again()
        self.arrive()
        self.run_side_by_side()
        self.judge_all()
        self.start_nearer()

    def compute(self) -> None:
        self.cast("good", Verdict.CONVERGED, self.good)
        self.cast("large", Verdict.OSCILLATING, self.large)
        self.cast("small", Verdict.BUDGET_SPENT, self.small)
        self.cast("near", Verdict.CONVERGED, self.small, self.near)
        self.cast("aside", Verdict.CONVERGED, self.good, self.aside)
        self.cold = SpotFacts(self.field, self.lowest.point)
        self.bound = stability_bound(self.field, self.lowest.point)
        self.most = stability_bound_at(self.field, self.cold.near, float(self.bound))
        props.require_story(self.facts, self.room, self.cold, self.most)

    def split_a_step(self) -> None:
        walk = self.evidence.walks["aside"]
        self.beat(
            f"one step, {self.facts.dimension(self.field)} parts",
            "A coordinate steps against its own slope; together they go against the gradient.",
            say="On a map of the heat, an arrow goes along x, another along y. {caption}",
        )
        heat, plane = props.close_up(self, *self.close)
        self.show(heat, plane)
        self.figure = MapWalk(plane, "aside", walk)
        self.show(props.rule(self.theme), self.figure)
        self.show(numbers := props.step_in_numbers(self.theme, walk, 1), run_time=0.6)
        self.step_in_parts(1, slow=True)
        self.hold(1)
        self.dismiss(numbers)

    def step_again(self) -> None:
        facts, walk = self.facts, self.evidence.walks["aside"]
        self.beat(
            "and again",
            f"From {facts.start_point('aside')} with α = {facts.rate('aside')} it "
            f"{facts.fate('aside', 'is there')} at step {facts.steps('aside')}.",
            say="Arrow after arrow, the dot goes on. {caption}",
        )
        for k in range(2, walk.stopped_at + 1):
            self.step_in_parts(k)
        self.hold(0.6)
        self.dismiss_all()

    def step_in_parts(self, k: int, *, slow: bool = False) -> None:
        """Take a step: what it changes in x, what in y, and both together."""
        for axis in (0, 1):
            part = props.part_of_step(self.figure.plane, self.figure.walk, k, axis)
            if part is not None:
                self.play(props.grow(part), run_time=1.2 if slow else 0.6)
        self.descend(paced([k], [(18, 4) if slow else (10, 3)]))

    def arrive(self) -> None:
        facts = self.facts
        self.beat(
            f"{facts.fate('good', 'there in')} {facts.steps('good')} strides",
            f"With α = {facts.rate('good')} the walk reaches {facts.spot(self.cold)}, where it is "
            f"{facts.number(self.cold.value(), 1)} degrees.",
            say="A dot walks on the map, and on the surface beside it. {caption}",
        )
        self.draw_map(props.MAP)
        self.draw_space(place=props.SURFACE, zoom=0.68)
        self.draw_reader()
        strides = props.Strides(self.theme, self.evidence.walks["good"], *props.STRIDES_AT)
        self.set_out("good", strides)
        self.play(props.stride(self.figure, strides, self.reader))
        self.show(*props.counted(self.figure))
        self.judge()
        self.dismiss_all()

    def run_side_by_side(self) -> None:
        self.beat(
            "which learning rate?",
            "From one start. Near the hot wall the floor is almost level: steps begin small.",
            say="Maps stand side by side, and dots walk on them in step. {caption}",
        )
        walks = {name: self.evidence.walks[name] for name in ("small", "good", "large")}
        self.row = props.MapRow(self, walks)
        self.take_over(*self.row.whole)
        self.hold(0.6)
        self.play(*props.in_step(self.row.figures.values(), props.by_distance(*walks.values())))

    def judge_all(self) -> None:
        facts, walks = self.facts, self.evidence.walks
        self.beat(
            "too small, right, too large",
            f"α = {facts.rate('large')} is over the bound {facts.say(self.most, str(self.bound))}: "
            "it jumps across the coldest place, again and again.",
            say="Under the maps is written what becomes of the walks. {caption}",
            poster=True,
        )
        for name in self.row.figures:
            self.show(self.row.badge(name, walks[name]))
        self.show(self.row.bound_beside("large", self.cold, self.most))
        self.dismiss_all()

    def start_nearer(self) -> None:
        facts = self.facts
        self.beat(
            "or start nearer",
            f"From {facts.start_point('near')} α = {facts.rate('near')} "
            f"{facts.fate('near', 'is there')} at step {facts.steps('near')}.",
            say="Dots set out from another place of the map. {caption}",
        )
        heat, plane = props.close_up(self, *self.room)
        known = self.evidence.walks
        starts = props.Starts(plane, {name: known[name] for name in ("small", "near")})
        self.take_over(heat, plane, starts.rate)
        self.hold(0.6)
        for figure, strides, name, verdict in starts.rows:
            self.show(figure, name, strides)
            self.play(props.stride(figure, strides))
            self.show(verdict)
        self.hold(1)
