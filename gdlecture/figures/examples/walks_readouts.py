"""Formulas with live numbers wherever they are put; a quantity is any function of walk and k."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.readouts import Quantity, Readouts, coordinate, slope

theme = current_theme()
walk = descend(LOG_VALLEY, 1.6, gradient_step(0.1), 25)
fallen = Quantity(
    "f(x_0) - f(x_k)", theme.function, lambda walk, k: walk.values[0] - walk.values[k]
)
rows = (coordinate(theme, 0, "x"), slope(theme), fallen)
reader = Readouts().rows(rows, -2.5, 0.8, 0.8).read(walk, 2)
picture = [reader.whole]
