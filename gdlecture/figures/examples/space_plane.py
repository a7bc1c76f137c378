"""An upright plane cuts the surface exactly; what lies in front is clipped away."""

from gdmath import PARABOLOID
from gdstage.look.theme import current_theme
from gdstage.space.slices import slice_curve
from gdstage.space.space import Space

theme = current_theme()
space = Space(theme, (-2, 2), (-2, 2), (0, 8))
bowl = space.surface(PARABOLOID).clip(y=(0.6, None))
plane = space.plane(y=0.6)
cut = space.curve(slice_curve(PARABOLOID, (0, 0.6), 0, (-2, 2)), theme.tangent)
picture = [space]
