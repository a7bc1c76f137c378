"""A partial derivative in two steps: the other variable is only a number; differentiate."""

from __future__ import annotations

import manim as mn

from gdmath import PARABOLOID, ScalarField
from gdstage.clip import Clip
from gdstage.layout import PANEL
from gdstage.pace import TICK
from gdstage.props import partial_derivatives as props
from gdstage.props.partial_derivatives import Cut, become


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
        props.require_story(self.facts, self.sum, self.product, self.high)
        self.cut_the_bowl()
        self.differentiate_a_sum()
        self.differentiate_a_product()
        self.hold_x_instead()

    def cut_the_bowl(self) -> None:
        self.beat(
            "hold the other variable still",
            f"Where y = {self.facts.given('y', self.low)}, only x can vary. "
            "What is left is a curve, and a curve has a slope.",
            say="A plane cuts a bowl, and the cut flies out to become a graph. {caption}",
        )
        self.prepare(Cut(self.sum, "y", self.low, *props.BOWL, begin=-1.4, trimmed=True))
        self.show(self.figure.space, self.recipe.whole)
        self.hold(0.6)
        self.play(self.figure.space.camera.animate.set(**props.SMALL), run_time=1.6)
        self.show(self.figure.plane)
        self.put_number(1.4)
        self.play(self.figure.slide(self.place, run_time=2.4))

    def differentiate_a_sum(self) -> None:
        self.beat(
            "an added number has no slope",
            "With respect to x the other term only lifts the curve: the slope stays the same at "
            "every y.",
            say="In the formula a power moves to the front; other cuts are left behind. {caption}",
        )
        self.differentiate()
        self.sweep(1.6, 0.4)
        self.read_the_value()

    def differentiate_a_product(self) -> None:
        self.beat(
            "a factor stays",
            "Here the power of y is a factor: it stretches the curve, and its slope with it.",
            say="Another surface grows, and its cut flies out. {caption}",
        )
        self.cut(Cut(self.product, "y", self.high, *props.RISING, begin=-1.0, trimmed=False))
        self.differentiate()
        self.sweep(1.4)
        self.read_the_value()

    def hold_x_instead(self) -> None:
        self.beat(
            "now x is the number",
            f"Held at x = {self.facts.given('x', self.high)}, the function is a cubic in y, "
            "with a slope of its own.",
            say="The surface is cut the other way. {caption}",
        )
        self.cut(Cut(self.product, "x", self.high, *props.TURNING, begin=-1.0, trimmed=True))
        self.differentiate()
        self.read_the_value()

    # What the beats are made of

    def prepare(self, cut: Cut) -> None:
        """The surface with its cut, and the formulas."""
        self.figure = props.SliceFigure(self.theme, cut)
        self.recipe = props.Recipe(
            self.theme, cut.field, cut.held, cut.value, self.place, x=PANEL.left + 0.1
        )

    def cut(self, cut: Cut) -> None:
        """Let a surface grow where the one before was; cut it, and slide to the place."""
        before = self.figure.space
        self.prepare(cut)
        figure, space = self.figure, self.figure.space
        parts = props.strip(space)
        self.add(space)
        late = mn.squish_rate_func(mn.smooth, 0.3, 0.8)
        self.play(
            mn.FadeOut(before.graph, run_time=0.8),
            mn.Create(space.graph),
            *(mn.FadeIn(part, rate_func=late) for part in (figure.plane, self.recipe.whole)),
            run_time=1.2,
        )
        self.remove(*before.get_family())
        space.add(*parts)
        self.show(*parts, run_time=0.6)
        self.put_number(1.2)
        self.play(figure.slide(self.place, run_time=1.6))

    def put_number(self, run_time: float) -> None:
        """The first step: a variable dims to a number, and the slice flies out of the surface."""
        figure, recipe = self.figure, self.recipe
        self.play(recipe.dim(run_time=12 * TICK))
        flight = mn.ReplacementTransform(figure.flown(), figure.curve)
        become(self, [*recipe.put_number(), flight], recipe.cut, run_time)
        self.show(recipe.note, *figure.rest_of_it())
        self.remove(*figure.submobjects)
        self.add(figure)

    def differentiate(self) -> None:
        """The second step: the power comes down, numbers multiply, zeros vanish."""
        recipe = self.recipe
        become(self, recipe.differentiate(), recipe.raw, 26 * TICK)
        self.hold(0.4)
        self.remove(recipe.raw)
        become(self, recipe.multiply_out(), recipe.done, 15 * TICK)

    def sweep(self, *values: float) -> None:
        """Let the held variable take other values, and come back; pale slices stay at those.

        Meanwhile the formula of the cut, which has one value in it, is not there.
        """
        home, cut = self.figure.value, self.recipe.cut
        self.hide(cut, run_time=4 * TICK)
        for value in values:
            self.play(self.figure.sweep(value, run_time=1.0 + abs(value - self.figure.value)))
            self.show(told := self.figure.keep(), run_time=0.3)
            self.figure.words.add(told)
        self.play(self.figure.sweep(home, run_time=1.6))
        self.show(cut, told := self.figure.factor(), run_time=4 * TICK)
        self.figure.words.add(told)

    def read_the_value(self) -> None:
        """The derivative at the point: the slope that the picture shows."""
        self.show(self.recipe.value)
        self.play(mn.Indicate(self.figure.slope, 1.15, self.theme.tangent), run_time=12 * TICK)
        self.hold(1)
        self.dismiss(*self.recipe.lines, *self.figure.about)
