"""Several walks at once, each in its colour; one that is outside points to where it is."""

from gdmath import ScalarField, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.walks.crowd import Crowd
from gdstage.walks.run import Run

theme = current_theme()
field = ScalarField.parse("x**4/4 - x")
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.2), (-2, 2), (-1, 3), y_name="f(x)")
runs = []
for rate, colour in zip((0.05, 0.2, 0.9), theme.crowd, strict=False):
    walk = descend(field, -1.4, gradient_step(rate), 3)
    runs.append(Run(f"α = {rate}", f"α = {rate}", walk, colour))
crowd = Crowd(plane, runs).leave_behind(0).leave_behind(1).stand_on(2)
picture = [plane, plane.graph(field, theme.function), crowd]
