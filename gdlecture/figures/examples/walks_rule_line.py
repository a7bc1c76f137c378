"""The rule in one variable, and on one line the numbers of the current iterate."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.readouts import RuleLine

theme = current_theme()
walk = descend(LOG_VALLEY, 1.6, gradient_step(0.1), 25)
panel = RuleLine(theme, (-1.5, 0.4), [(x, -0.4) for x in (-3.5, -1.3, 0.4)]).read(walk, 3)
picture = [panel.whole]
