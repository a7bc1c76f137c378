"""The rule in two variables, and the numbers of the current iterate."""

from gdmath import SAUNA, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.readouts import PairPanel

theme = current_theme()
walk = descend(SAUNA, (0.5, 0.6), gradient_step(0.25), 9)
panel = PairPanel(theme, x=1.8, top=2.0).read(walk, 4)
picture = [panel.whole]
