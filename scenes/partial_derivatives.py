"""A partial derivative in two steps: the other variable is only a number; differentiate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdmath import PARABOLOID, ScalarField
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.pace import TICK
from gdstage.plane.axes import Plane
from gdstage.props.partial_derivatives import Recipe, SliceFigure, loose, require_story, settle

if TYPE_CHECKING:
    from gdstage.look.named_parts import Parts

GRAPH = Box(left=-6.0, right=0.9, bottom=-2.45, top=1.7)
COLUMN = 2.1
PALE, FAINT = 0.3, 0.1

Window = tuple[float, float]


class PartialDerivatives(Clip):
    """The partial derivatives of x² + y² and 3x²y³, beside the slices that they describe.

    The sum is cut at `low`, the product at `high`; `place` is where the free variable is when
    the slope is read.
    """

    topic = "Partial derivative"
    sum, product = PARABOLOID, ScalarField.parse("3*x**2*y**3")
    low, high = 1.0, 2.0
    place = 0.5

    def construct(self) -> None:
        require_story(self.facts, self.sum, self.product, self.high)
        self.cut_the_bowl()
        self.differentiate_a_sum()
        self.differentiate_a_product()
        self.hold_x_instead()

    def cut_the_bowl(self) -> None:
        self.beat(
            "hold the other variable still",
            f"Where y = {self.facts.given('y', self.low)}, only x can vary. "
            "What is left is a curve, and a curve has a slope.",
        )
        self.cut(self.sum, {"y": self.low}, (-2.1, 2.1), (-1.0, 6.0), begin=-1.5)
        self.play(self.figure.slide(self.place, run_time=2.0))

    def differentiate_a_sum(self) -> None:
        self.beat(
            "an added number has no slope",
            "The other term only lifts the curve: the slope stays the same at every y.",
        )
        self.differentiate()
        self.sweep(1.6, 0.4)
        self.read_the_value()

    def differentiate_a_product(self) -> None:
        self.beat(
            "a factor stays",
            "Here the power of y is a factor: it stretches the curve, and its slope with it.",
        )
        self.cut(self.product, {"y": self.high}, (-1.3, 1.3), (-5.0, 30.0), begin=-0.8)
        self.play(self.figure.slide(self.place, run_time=1.2))
        self.differentiate()
        self.sweep(1.2)
        self.read_the_value()

    def hold_x_instead(self) -> None:
        self.beat(
            "now x is the number",
            f"Held at x = {self.facts.given('x', self.high)}, the function is a cubic in y, "
            "with a slope of its own.",
        )
        self.cut(self.product, {"x": self.high}, (-1.3, 1.3), (-15.0, 15.0), begin=-0.8)
        self.play(self.figure.slide(self.place, run_time=1.2))
        self.differentiate()
        self.read_the_value()

    def cut(
        self,
        field: ScalarField,
        held: dict[str, float],
        window: Window,
        heights: Window,
        begin: float,
    ) -> None:
        """The first step: a variable dims to a number; what is left is drawn over a window.

        The point of the slice begins at `begin`.
        """
        self.clear_stage()
        ((name, value),) = held.items()
        recipe = self.recipe = Recipe(self.theme, field, name, value, self.place, x=COLUMN)
        by = str(recipe.by)
        plane = Plane(self.theme, GRAPH, window, heights, x_name=by, y_name="f")
        figure = self.figure = SliceFigure(plane, field, name, value, begin)
        self.show(plane, recipe.whole, run_time=9 * TICK)
        self.play(recipe.dim(run_time=9 * TICK), mn.FadeIn(recipe.first, run_time=9 * TICK))
        self.become([*recipe.put_number(), mn.Create(figure.curve)], recipe.cut, 18 * TICK)
        self.remove(figure.curve)
        self.add(figure.curve)
        self.show(*figure.rest_of_it())
        self.remove(*figure.submobjects)
        self.add(figure)

    def differentiate(self) -> None:
        """The second step: the power comes down, numbers multiply, zeros vanish."""
        recipe = self.recipe
        self.show(recipe.second)
        # Glyphs fly over what has been said: it steps back meanwhile.
        said = mn.VGroup(recipe.first, recipe.cut, recipe.second)
        self.hold(0.3)
        self.play(said.animate.set_opacity(FAINT), run_time=4 * TICK)
        self.become(recipe.differentiate(), recipe.raw, 26 * TICK)
        self.play(said.animate.set_opacity(1), run_time=4 * TICK)
        self.hold(0.3)
        self.remove(recipe.raw)
        self.become(recipe.multiply_out(), recipe.done, 15 * TICK)

    def read_the_value(self) -> None:
        """The derivative at the point: the slope that the picture shows."""
        self.show(self.recipe.value)
        self.play(mn.Indicate(self.figure.slope, 1.15, self.theme.tangent), run_time=12 * TICK)
        self.hold(1.4)

    def sweep(self, *values: float) -> None:
        """Let the held variable take other values, and come back; a pale curve stays where it was.

        Meanwhile the formula of the cut, which has one value in it, goes pale too.
        """
        home, ghost = self.figure.value, self.figure.ghost()
        self.add(ghost)
        self.play(self.recipe.cut.animate.set_opacity(PALE), run_time=4 * TICK)
        for value in (*values, home):
            self.play(self.figure.sweep(value, run_time=1.4))
            self.hold(0.3)
        self.remove(ghost)
        self.play(self.recipe.cut.animate.set_opacity(1), run_time=4 * TICK)

    def become(self, moves: list[mn.Animation], line: Parts, run_time: float) -> None:
        """Play the moves of parts, then let the whole line stand for them."""
        self.play(*loose(moves, line), run_time=run_time)
        settle(self, line)
