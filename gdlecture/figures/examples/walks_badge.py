"""The verdict on a walk: words, and a sign in their colour."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.badge import Badge

theme = current_theme()
picture = [
    Badge(theme, descend(LOG_VALLEY, 1.6, gradient_step(rate), 25, 1e-5), y=0.8 - 0.8 * row)
    for row, rate in enumerate((0.1, 0.04, 0.5))
]
