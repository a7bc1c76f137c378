"""Where a function has no value: shaded, and said."""

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.no_value import NoValueZones

theme = current_theme()
field = ScalarField.parse("x - log(x - 1)")
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.2), (-1, 5), (0, 6), y_name="f(x)")
graph = plane.graph(field, theme.function)
picture = [NoValueZones(plane, field), plane, graph]
