"""Where all partial derivatives are 0: a minimum, or only a saddle; the Hessian tells which."""

from __future__ import annotations

import manim as mn

from gdmath import PARABOLOID, ScalarField, Verdict, stationary_points
from gdstage.look.printing import typst
from gdstage.look.rewrite import Rewrite
from gdstage.pace import paced
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import growth, size
from gdstage.props import stationary_points as props
from gdstage.space.slices import draw_spot


class StationaryPoints(props.RidgeClip):
    """The stationary points of x² + y², x² − y² and −x² − y²: a minimum, a saddle, a maximum.

    Both walks over the saddle have one `rate` and start at one x: on the ridge, and a `hair`
    beside it; the first steps, which they take `together`, are seen from close by.
    """

    topic = "Stationary points"
    bowl, saddle = PARABOLOID, ScalarField.parse("x**2 - y**2", name="saddle")
    hill = ScalarField.parse("-x**2 - y**2", name="hill")
    rate, start, hair, budget = 0.2, 1.0, -1e-3, 21
    reach, together = 1.3, 14

    def construct(self) -> None:
        self.compute()
        self.solve()
        self.change_a_sign()
        self.walk_as_one()
        self.part()
        self.compare_the_curvatures()

    def compute(self) -> None:
        (self.bottom,) = stationary_points(self.bowl).points
        (self.flat,) = stationary_points(self.saddle).points
        saddle, beside, ridge = self.saddle, (self.start, self.hair), (self.start, 0.0)
        self.cast("on the ridge", Verdict.STOPPED, self.rate, ridge, field=saddle)
        walk = self.cast("beside it", Verdict.FALLING, self.rate, beside, field=saddle)
        self.growth = growth(walk, 1, 1 - self.rate * float(saddle.hessian(beside)[1, 1]))
        bottom, flat = SpotFacts(self.bowl, (0, 0)), SpotFacts(saddle, (0, 0), "SADDLE")
        props.require_story(self.facts, bottom, flat, self.hill)

    def solve(self) -> None:
        self.beat(
            "set the slopes to 0",
            "Where the surface is level along x and along y, the partial derivatives are 0.",
            say="A tangent rolls along a bowl until it lies level. {caption}",
        )
        self.stage = props.Stage(self.theme, self.bowl, self.reach)
        self.space, self.cross = self.stage.space, self.stage.cross
        self.rows = [self.name_of(self.bowl)]
        self.show(self.space, self.rows[0])
        tangents = []
        for axis in (0, 1):
            self.play((leveller := props.Leveller(self.cross, axis)).roll(run_time=1.4))
            self.rows.append(self.equation(axis, self.bowl))
            self.play(leveller.sweep(run_time=1.8), mn.FadeIn(self.rows[-1]))
            tangents.append(leveller.tangent)
        self.spot = draw_spot(self.space, self.bowl, self.bottom, self.theme.minimum, radius=0.13)
        self.rows.append(self.row(3.6, props.place_code(self.bottom), self.theme.ink))
        self.show(self.spot, self.rows[-1])
        self.hold(0.8)
        self.over: list[mn.Mobject] = [self.spot, *tangents, *self.cross.curves]

    def change_a_sign(self) -> None:
        self.beat(
            "one sign changed",
            "Again the equations give one point, and the surface is level there. A minimum?",
            say="The bowl is bent over, and turns into a saddle. {caption}",
        )
        minus = self.theme.danger
        code = props.with_minus(typst(self.saddle.expr), minus)
        after = [self.name_of(self.saddle, code=code), self.equation(1, self.saddle, minus)]
        before = self.name_of(self.bowl, colour=self.theme.label, down=-0.72)
        self.over.append(props.ghost_of(self.space, self.bowl, self.reach))
        self.play(
            self.cross.turn_into(self.saddle),
            self.space.camera.animate.set(**props.OVER_THE_SADDLE),
            self.spot.animate.set_fill(self.theme.tangent),
            *(Rewrite(self.rows[i], row) for i, row in zip((0, 2), after, strict=True)),
            mn.FadeIn(before),
            run_time=3,
        )
        self.rows[0], self.rows[2] = after
        props.restate_spot(self.spot, self.space, self.saddle, self.flat)
        self.dismiss(*self.over, *self.rows, before)

    def walk_as_one(self) -> None:
        hair = self.facts.number(size(self.facts.of("beside it").coordinate(0, 1)), 6)
        self.beat(
            "on the ridge, or a hair beside it",
            f"Start exactly on the ridge, or {hair} beside it. "
            f"With α = {self.facts.rate('beside it')}, do they end alike?",
            say="Dots set out over the saddle, side by side. {caption}",
        )
        self.play(self.space.camera.animate.set(**props.ALONG_THE_RIDGE), run_time=1.6)
        self.play(*self.stage.cut_the_ridge(self.saddle))
        self.reader = self.pair = props.Pair(self.theme, self.evidence.walks)
        self.set_out("beside it", self.pair, *(starts := self.pair.starts(self.theme)))
        self.descend(self.moments(1, self.together))
        self.dismiss(self.figure.chart, *starts)

    def part(self) -> None:
        facts = self.facts
        self.beat(
            "descent can stop at a saddle",
            "One ends at the saddle, no minimum. Of the other, a step multiplies y by "
            f"{facts.number(self.growth, 2)}: f {facts.fate('beside it', 'falls for ever')}.",
            say="The dots part, and a chart shows how far beside the ridge they are. {caption}",
            poster=True,
        )
        self.hold(0.4)
        self.show(self.figure.show_all(self.together))
        stayed, beside = (walk.stopped_at for walk in self.evidence.walks.values())
        self.descend(paced(range(self.together + 1, stayed + 1), opening=(), flow=(4, 1)))
        verdicts = self.pair.verdicts(self.theme)
        self.show(verdicts[0])
        self.descend(paced(range(stayed + 1, beside + 1), opening=(), flow=(10, 3)))
        self.show(verdicts[1])
        self.over = [*self.figure.in_space, *self.stage.falls, *self.stage.axes]
        self.dismiss(*self.over, *verdicts, self.figure.chart, self.pair.whole)

    def compare_the_curvatures(self) -> None:
        self.beat(
            "the Hessian tells them apart",
            "Its eigenvalues: both positive at a minimum, of two signs at a saddle, "
            "both negative at a maximum.",
            say="A bowl, a saddle and a hill stand side by side. {caption}",
        )
        three = props.Three(self.cross, (self.bowl, self.saddle, self.hill))
        self.play(*three.begin(), run_time=1.2)
        self.bring_to_back(*three.behind)
        self.play(*three.spread(), run_time=3.5)
        for row in three.rows:
            self.show(*row, run_time=0.6)
            self.hold(0.6)
