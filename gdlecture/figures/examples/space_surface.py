"""A surface in space, lit and coloured by height, with axes along the box's edges."""

from gdmath import ScalarField
from gdstage.look.theme import current_theme
from gdstage.space.axes import edge_axes
from gdstage.space.space import Space

theme = current_theme()
field = ScalarField.parse("(x**2 + 2*y**2)/2 + sin(x)")
space = Space(theme, (-2, 2), (-2, 2), (-0.5, 7))
bowl = space.surface(field)
edge_axes(space)
picture = [space]
