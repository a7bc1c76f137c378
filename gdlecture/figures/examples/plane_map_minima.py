"""Diamonds at the minima of a map."""

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.plane.minima import MapMinima

plane = Plane(current_theme(), Box(-2.6, 2.6, -2.2, 2.2), (-1.8, 1.8), (-1.5, 1.5), y_name="y")
wells = ScalarField.parse("(x**2 - 1)**2 + y**2")
picture = [
    ContourMap(plane, wells, span=(0.0, 4.0)),
    plane,
    MapMinima(plane, wells, [(-1, 0), (1, 0)]),
]
