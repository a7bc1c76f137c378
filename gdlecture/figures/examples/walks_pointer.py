"""What is outside the window: an arrow at its edge, with the true number."""

from gdmath import ScalarField, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.walks.outside import Pointer

theme = current_theme()
field = ScalarField.parse("x**4/4 - x")
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.0), (-2, 2), (-1, 3))
x, value = 1.8, descend(field, 1.8, gradient_step(0.9), 1).values[1]
pointer = Pointer(plane.box, theme.function)
pointer.aim(plane.at(-1.2, -1), plane.at(-1.2, value), f"f(x_1) approx {value:.1f}")
picture = [plane, plane.graph(field, theme.function), pointer]
