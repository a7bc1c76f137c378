"""Where all partial derivatives are 0: a minimum, or only a saddle; the Hessian tells which."""

from __future__ import annotations

from typing import Any

import manim as mn

from gdmath import PARABOLOID, ScalarField, StationaryPoint, Verdict, stationary_points
from gdstage.look.printing import typst
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import growth, size
from gdstage.props import stationary_points as props
from gdstage.space.axes import edge_axes
from gdstage.space.space import DEGREE, Space
from gdstage.walks.readouts import PairPanel
from gdstage.walks.space_clip import COLUMN, TOP, SpaceClip

INTO_THE_BOWL: dict[str, Any] = {
    "theta": -62 * DEGREE, "phi": 58 * DEGREE, "zoom": 0.8, "place": (-2.3, 0.12, 0.0),
}  # fmt: skip
OVER_THE_SADDLE = INTO_THE_BOWL | {"phi": 62 * DEGREE, "zoom": 0.92, "place": (-2.3, 0.3, 0.0)}
GLASS = 0.4


class StationaryPoints(SpaceClip):
    """The stationary point of x² + y², a minimum, and that of x² − y², a saddle.

    Both walks over the saddle have one `rate` and start at one x: on the ridge, and a `hair`
    beside it.
    """

    topic = "Stationary points"
    bowl, saddle = PARABOLOID, ScalarField.parse("x**2 - y**2", name="saddle")
    reach = 1.3
    rate, start, hair, budget = 0.2, 1.0, -1e-3, 21

    def construct(self) -> None:
        self.compute()
        self.solve_for_the_bowl()
        self.solve_for_the_saddle()
        self.walk_on_the_ridge()
        self.walk_beside_it()
        self.compare_the_curvatures()

    def compute(self) -> None:
        (self.lowest,) = stationary_points(self.bowl).points
        (self.pass_point,) = stationary_points(self.saddle).points
        saddle, beside = self.saddle, (self.start, self.hair)
        self.cast("on the ridge", Verdict.STOPPED, self.rate, (self.start, 0.0), field=saddle)
        walk = self.cast("beside it", Verdict.FALLING, self.rate, beside, field=saddle)
        self.growth = growth(walk, 1, 1 - self.rate * float(saddle.hessian(beside)[1, 1]))
        bottom = SpotFacts(self.bowl, self.lowest.point)
        props.require_story(self.facts, bottom, SpotFacts(saddle, self.pass_point.point, "SADDLE"))

    def solve_for_the_bowl(self) -> None:
        self.beat(
            "set every slope to 0",
            "Where the surface is level along x and along y, both partial derivatives are 0.",
        )
        self.draw_space()
        self.solve(self.bowl, self.lowest, self.theme.minimum)

    def solve_for_the_saddle(self) -> None:
        self.beat(
            "one sign changed",
            "Again the equations give one point, and the surface is level there. A minimum?",
        )
        self.hide(*self.solution)
        became = self.surface.copy().set_field(self.saddle)
        turn = self.space.camera.animate.set(**OVER_THE_SADDLE)
        self.play(mn.Transform(self.surface, became), turn, run_time=2)
        self.solve(self.saddle, self.pass_point, self.theme.danger)
        self.hide(*self.solution)

    def walk_on_the_ridge(self) -> None:
        self.beat(
            "descent can stop at a saddle",
            "Exactly on the ridge, descent ends at the saddle: the gradient is almost 0, "
            "yet it is no minimum.",
        )
        self.reader = PairPanel(self.theme, COLUMN, TOP)
        self.show(self.reader)
        self.go("on the ridge")
        self.hold(1)
        self.hide(*self.figure.retire(), self.badge)
        self.on_stage = (self.figure,)

    def walk_beside_it(self) -> None:
        facts = self.facts
        self.beat(
            "a hair beside it slides away",
            f"Start only {facts.number(size(facts.of('beside it').coordinate(0, 1)), 6)} beside "
            f"the ridge: every step multiplies y by {facts.number(self.growth, 2)}, "
            f"and f {facts.fate('beside it', 'falls for ever')}.",
            poster=True,
        )
        self.set_out("beside it", keep=True)
        self.walk_on(1)
        self.judge()
        self.hold(1)
        self.leave(mn.FadeOut(self.reader.whole))

    def compare_the_curvatures(self) -> None:
        self.beat(
            "the Hessian tells them apart",
            "Its eigenvalues are curvatures: of two signs at a saddle, both positive at a minimum.",
        )
        camera = self.space.camera.animate.set(**INTO_THE_BOWL)
        self.play(camera, self.surface.animate.set_opacity(GLASS), run_time=1.2)
        pair = props.Curvatures(self.space, self.surface, self.saddle, (0.0, 0.0), self.reach)
        self.play(*(mn.Create(curve) for curve in pair.curves), run_time=1.2)
        judgement = props.Judgement(self.theme, self.saddle, self.pass_point)
        values = props.Eigenvalues(self.theme, self.saddle, self.pass_point)
        self.show(*judgement, *values)
        self.hold(3)
        self.hide(*judgement)
        self.play(pair.turn_into(self.bowl, values.live, run_time=3))
        self.show(*props.Judgement(self.theme, self.bowl, self.lowest))
        self.hold(3)

    # What the beats are made of

    def draw_space(self) -> None:
        """The bowl over the room that the saddle needs, with axes."""
        window, heights = (-self.reach, self.reach), (-2, 2 * self.reach**2)
        self.space = Space(self.theme, window, window, heights, size=(5.2, 5.2, 3.5))
        self.space.camera.set(**INTO_THE_BOWL)
        self.surface = self.space.surface(self.bowl)
        edge_axes(self.space, overhang=3 * (0.03,))
        self.show(self.space, run_time=1.0)

    def solve(self, field: ScalarField, found: StationaryPoint, colour: str) -> None:
        """One equation a variable, where it holds on the surface, and the one point of both."""
        rows = [self.name_of(field)]
        self.show(rows[0])
        lines = []
        for axis, name in enumerate("xy"):
            code = f"(partial f)/(partial {name}) = {typst(field.partial(name).expr)} = 0"
            rows.append(self.row(1.2 * (axis + 1), code, self.theme.tangent))
            lines.append(props.level_line(self.space, field, axis, self.reach))
            self.play(mn.FadeIn(rows[-1]), mn.Create(lines[-1]), run_time=1.0)
            self.hold(0.8)
        marks = props.mark_point(self.space, field, found, colour)
        where = ", ".join(typst(c) for c in found.point)
        rows.append(self.row(3.5, f"(x, y) = ({where})", colour))
        self.show(*marks, rows[-1])
        self.hold(2)
        self.solution = [*rows, *lines, *marks]
