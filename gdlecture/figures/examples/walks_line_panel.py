"""Quantities of one's own choice on one line, with what they are at the iterate."""

from gdmath import SAUNA, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.readouts import LinePanel, count, rate, value

theme = current_theme()
walk = descend(SAUNA, (0.5, 0.6), gradient_step(0.25), 9)
quantities = ((-6.0, rate(theme)), (-4.0, count(theme)), (-2.5, value(theme, "T(x_k, y_k)")))
panel = LinePanel(quantities, 0.0).read(walk, 7)
picture = [panel.whole]
