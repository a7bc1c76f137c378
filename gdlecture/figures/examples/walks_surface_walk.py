"""A walk of two variables on its surface; the dot has a halo, to be seen anywhere."""

from gdmath import ScalarField, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.space.axes import edge_axes
from gdstage.space.space import Space
from gdstage.walks.surface_walk import SurfaceWalk

theme = current_theme()
field = ScalarField.parse("(x**2 + 3*y**2)/2 + sin(x)")
space = Space(theme, (-2, 2), (-2, 2), (-0.5, 9), phi=0.75, zoom=0.75)
space.surface(field)
edge_axes(space)
figure = SurfaceWalk(space, "walk", descend(field, (-1.8, 1.7), gradient_step(0.15), 6))
for k in range(1, 5):
    figure.leave_behind(k - 1).stand_between(k, 1.0).stand_on(k)
picture = [space]
