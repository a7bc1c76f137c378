"""A walk of Newton's: the parabola that it follows, and its vertex over the next iterate."""

from gdmath import LOG_VALLEY, descend, newton_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.walks.newton_walk import NewtonWalk

theme = current_theme()
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.2), (-0.5, 2), (0, 6), y_name="f(x)")
walk = descend(LOG_VALLEY, 1.6, newton_step, 3)
figure = NewtonWalk(plane, "walk", walk, reach=0.8)
figure.stand_between(1, 0.5)
picture = [plane, plane.graph(LOG_VALLEY, theme.function), figure]
