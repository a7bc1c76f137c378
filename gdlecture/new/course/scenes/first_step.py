"""Half the curvature, twice the room for steps: a parabola is left in one."""

from gdmath import ScalarField, Verdict
from gdstage.walks.descent_clip import DescentClip


class FirstStep(DescentClip):
    """One walk, which is over after one step."""

    topic = "A bowl"
    field = ScalarField.parse("x**2 / 2")
    start, x_window, y_window = 2.5, (-3, 3), (-0.5, 4)
    rate = 1.0

    def construct(self) -> None:
        self.cast("whole step", Verdict.CONVERGED, self.rate)
        rate = self.facts.rate("whole step")
        self.beat(
            "one step is enough",
            f"With α = {rate} a parabola is left in a single step.",
            say="A ball lies high on a parabola. {caption}",
        )
        self.draw_graph()
        self.draw_column()
        self.go("whole step")
