"""A walk of two variables seen from above: steps as arrows, rings where it was."""

from gdmath import ScalarField, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.walks.map_walk import MapWalk

theme = current_theme()
field = ScalarField.parse("(x**2 + 3*y**2)/2 + sin(x)")
plane = Plane(theme, Box(-2.4, 2.4, -2.4, 2.4), (-2, 2), (-2, 2), y_name="y")
figure = MapWalk(plane, "walk", descend(field, (1.8, -1.5), gradient_step(0.5), 6))
for k in range(1, 6):
    figure.leave_behind(k - 1).stand_between(k, 1.0).stand_on(k)
picture = [ContourMap(plane, field), plane, figure]
