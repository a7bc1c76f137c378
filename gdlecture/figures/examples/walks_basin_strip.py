"""The axis coloured by where each start ends, on a function of one variable."""

from gdmath import LOG_VALLEY, basins
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.walks.basins import BasinStrip

theme = current_theme()
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.2), (0, 1.6), (2, 6), y_name="f(x)")
strip = BasinStrip(plane, basins(LOG_VALLEY, 0.36, (1e-3, 1.6)))
picture = [plane, strip, plane.graph(LOG_VALLEY, theme.function)]
