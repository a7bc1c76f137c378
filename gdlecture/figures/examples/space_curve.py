"""Curves on a surface, solid or dashed; what lies behind is hidden."""

import numpy as np

from gdmath import PARABOLOID
from gdstage.look.theme import current_theme
from gdstage.space.space import Space

theme = current_theme()
space = Space(theme, (-2, 2), (-2, 2), (0, 8))
space.surface(PARABOLOID)
turn = np.linspace(0, 4 * np.pi, 200)
x, y = 1.7 * turn * np.array([np.cos(turn), np.sin(turn)]) / turn[-1]
spiral = space.curve(np.column_stack([x, y, PARABOLOID(x, y)]), theme.tangent)
axis = space.line((0, 0, 0), (0, 0, 8), theme.label, width=3, dashes=14)
picture = [space]
