"""The tangent plane at a point: a flat piece, through which the surface is seen."""

from gdmath import ScalarField, tangent_plane
from gdstage.look.theme import current_theme
from gdstage.space.space import Space

theme = current_theme()
dome = ScalarField.parse("4 - x**2 - y**2")
space = Space(theme, (-2, 2), (-2, 2), (-4, 5))
space.surface(dome)
at = (0.5, -0.8)
flat = space.tangent_plane(tangent_plane(dome, at), at, 0.9)
touch = space.dot((*at, dome(*at)), theme.ink)
picture = [space]
