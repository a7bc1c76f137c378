"""The floor of a space as a map: vectors on it, their components, a right angle."""

from gdmath import PARABOLOID
from gdstage.look.theme import current_theme
from gdstage.space.floor import Floor
from gdstage.space.space import Space

theme = current_theme()
space = Space(theme, (-2, 2), (-2, 2), (0, 8))
space.contours(PARABOLOID, (0.5, 1.25, 2, 3, 4))
floor = Floor(space, scale=0.4)
floor.border()
gradient = PARABOLOID.gradient((-0.8, -1.0))
floor.vector((-0.8, -1.0), gradient, theme.tangent)
floor.parallelogram(PARABOLOID, (-0.8, -1.0), theme.label)
floor.right_angle((-0.8, -1.0), gradient, 0.15, theme.ink)
picture = [space]
