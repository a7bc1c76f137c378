"""Triangles that point at the minima of a graph; the first has a name."""

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.minima import GraphMinima

theme = current_theme()
field = ScalarField.parse("x**4 - 3*x**2 + x")
plane = Plane(theme, Box(-4, 4, -1.9, 1.9), (-2.1, 2.1), (-4.5, 4.0))
places = [(x, float(field(x))) for x in (-1.30084, 1.130901)]
picture = [plane, plane.graph(field, theme.function), GraphMinima(plane, field, places)]
