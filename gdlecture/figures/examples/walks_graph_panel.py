"""The rule in one variable, and the numbers of the current iterate."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.readouts import GraphPanel

theme = current_theme()
walk = descend(LOG_VALLEY, 1.6, gradient_step(0.1), 25)
panel = GraphPanel(theme).read(walk, 3)
picture = [panel.whole]
