"""An arrow, a dot, and a name that stays upright beside its point."""

from gdmath import PARABOLOID
from gdstage.look.text import math
from gdstage.look.theme import current_theme
from gdstage.space.space import Space

theme = current_theme()
space = Space(theme, (-2, 2), (-2, 2), (0, 8))
space.surface(PARABOLOID)
start, end = (-1.0, 1.0, 2.0), (-0.5, 0.5, 0.5)
arrow = space.arrow(start, end, theme.tangent)
dot = space.dot(start, theme.iterate)
label = space.label(math("p_0", size=36, colour=theme.iterate), start)
picture = [space]
