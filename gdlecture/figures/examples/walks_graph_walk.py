"""A walk on a graph: dot, tangent, steps as hops on the axis, rings where it was."""

from gdmath import ScalarField, descend, gradient_step
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.walks.graph_walk import GraphWalk

theme = current_theme()
field = ScalarField.parse("x**4/4 - x")
plane = Plane(theme, Box(-4.0, 4.0, -2.2, 2.2), (-2, 2), (-1.5, 3), y_name="f(x)")
walk = descend(field, -1.5, gradient_step(0.2), 6)
figure = GraphWalk(plane, "walk", walk)
for k in range(1, 4):
    figure.leave_behind(k - 1).stand_between(k, 1.0).stand_on(k)
picture = [plane, plane.graph(field, theme.function), figure]
