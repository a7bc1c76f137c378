"""The same space from another side: its camera is a mobject, and can be animated."""

import numpy as np

from gdmath import PARABOLOID
from gdstage.look.theme import current_theme
from gdstage.space.axes import edge_axes
from gdstage.space.space import DEGREE, Space

theme = current_theme()
space = Space(theme, (-2, 2), (-2, 2), (0, 8), size=(4, 4, 3))
space.surface(PARABOLOID).clip(x=(0, None))
camera = space.camera.set(theta=-20 * DEGREE, phi=78 * DEGREE, zoom=0.9)
camera.centre = np.array([0.0, 0.0, 4.0])
edge_axes(space)
picture = [space]
