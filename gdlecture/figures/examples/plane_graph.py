"""The graph of a function of one variable, cut off exactly at the window."""

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane

theme = current_theme()
field = ScalarField.parse("x**4/4 - x")
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.2), (-2, 2), (-1, 3), y_name="f(x)")
picture = [plane, plane.graph(field, theme.function)]
