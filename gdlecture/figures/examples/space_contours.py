"""Lines of equal height on the floor, in the colours of the surface above."""

from gdmath import PARABOLOID
from gdstage.look.theme import current_theme
from gdstage.space.space import Space

theme = current_theme()
space = Space(theme, (-2, 2), (-2, 2), (0, 8))
bowl = space.surface(PARABOLOID, opacity=0.55)
lines = space.contours(PARABOLOID, (0.5, 1, 2, 3, 4))
picture = [space]
