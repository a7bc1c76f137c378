"""A logarithmic axis: a steady rate of progress becomes a straight line."""

import numpy as np

from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane

theme = current_theme()
ticks = [10.0**power for power in range(-6, 1, 2)]
box = Box(-4.0, 4.0, -2.2, 2.2)
plane = Plane(theme, box, (0, 20), (1e-7, 10), y_ticks=ticks, x_name="k", log_y=True)
k = np.arange(21.0)
picture = [plane, plane.curve(k, 0.5**k, theme.function)]
