"""Axes that fill a box of the frame with any window, in few, round, true numbers."""

from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane

theme = current_theme()
wide = Plane(theme, Box(-6.0, -1.0, -2.0, 2.0), (-3, 3), (0, 4e6), y_name="f(x)")
narrow = Plane(theme, Box(1.0, 5.8, -2.0, 2.0), (1, 1 + 5e-9), (-1, 1), y_name="g(x)")
picture = [wide, narrow]
