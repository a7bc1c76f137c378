"""A curve all along which there are minima, on a map."""

import numpy as np

from gdmath import ScalarField
from gdstage.layout import Box
from gdstage.look.theme import current_theme
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.plane.minima import MinimaCurves

plane = Plane(current_theme(), Box(-2.6, 2.6, -2.2, 2.2), (-1.8, 1.8), (-1.5, 1.5), y_name="y")
ring = ScalarField.parse("(x**2 + y**2 - 1)**2")
angles = np.linspace(0, 2 * np.pi, 181)
circle = list(zip(np.cos(angles), np.sin(angles), strict=True))
picture = [ContourMap(plane, ring, span=(0.0, 4.0)), plane, MinimaCurves(plane, ring, [circle])]
