"""A function of two variables seen from above: colours, and lines of equal height."""

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap

theme = current_theme()
field = ScalarField.parse("(x**2 + 2*y**2)/2 + sin(x)")
plane = Plane(theme, Box(-2.4, 2.4, -2.4, 2.4), (-2, 2), (-2, 2), y_name="y")
picture = [ContourMap(plane, field), plane]
