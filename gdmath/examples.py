"""The functions of the lecture, exact, each with the window in which it is plotted."""

from __future__ import annotations

from gdmath.fields.scalar_field import ScalarField

_ROOM = ((0.0, 5.0), (0.0, 5.0))

PARABOLOID = ScalarField.parse("x**2 + y**2", name="paraboloid", window=((-2.0, 2.0), (-2.0, 2.0)))
"""One bowl: the gradient is (2x, 2y)."""

LOG_VALLEY = ScalarField.parse("exp(x) - log(x)", name="log_valley", window=(0.0, 2.1))
"""One valley beside a wall at x = 0, where it ends: the minimum is at W(1), the omega constant."""

TWO_VALLEYS = ScalarField.parse(
    "(exp(x) - log(x))*sin(2*pi*x)", name="two_valleys", window=(0.0, 2.0)
)
"""Two valleys, of which a walk finds the one on whose side it starts."""

SAUNA = ScalarField.parse("85 - x**2*(x - 6)*y**2*(y - 6)/90", name="sauna", window=_ROOM)
"""The temperature of a room of 5 by 5: coldest at (4, 4), and flat along the walls x, y = 0."""

THREE_WELLS = ScalarField.parse(
    "10 - 10/(3 + 3*(x - 1/2)**2 + 3*(y - 1/2)**2)"
    " - 2/(1 + 2*(x - 3)**2 + 2*(y - 3/2)**2)"
    " - 3/(1 + (x - 7/2)**2/2 + (y - 4)**2/2)",
    name="three_wells",
    window=_ROOM,
)
"""Three wells of different depths."""
