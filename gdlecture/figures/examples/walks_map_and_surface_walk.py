"""One walk in both pictures at once: the same iterates on the map and on the surface."""

from gdmath import SAUNA, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.space.space import Space
from gdstage.walks.map_and_surface_walk import MapAndSurfaceWalk

theme = current_theme()
space = Space(theme, (0, 5), (0, 5), (73, 85), size=(4, 4, 2.6), theta=0.5, phi=0.9)
space.surface(SAUNA, palette=theme.heat)
plane = Plane(theme, Box(2.9, 6.1, -1.6, 1.6), (0, 5), (0, 5))
walk = descend(SAUNA, (1.2, 1.6), gradient_step(0.25), 9)
figure = MapAndSurfaceWalk(plane, space, "walk", walk)
for k in range(1, 10):
    figure.leave_behind(k - 1).stand_between(k, 1.0).stand_on(k)
picture = [ContourMap(plane, SAUNA, palette=theme.heat), plane, figure, space]
