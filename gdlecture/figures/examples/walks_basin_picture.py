"""Every pixel a start: coloured by the minimum that it reaches, darker the longer it takes."""

from gdmath import THREE_WELLS, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.walks.basins import BasinPicture

theme = current_theme()
plane = Plane(theme, Box(-2.4, 2.4, -2.4, 2.4), (0, 5), (0, 5), y_name="y")
starts = BasinPicture(plane, THREE_WELLS, gradient_step(0.2), side=120)
picture = [starts, plane]
