"""A scale of learning rates: green below the stability bound, red above it."""

from gdmath import LOG_VALLEY, stability_bound, stationary_points
from gdstage.look.theme import current_theme
from gdstage.walks.gauges import RateGauge

theme = current_theme()
(valley,) = stationary_points(LOG_VALLEY)
bound = float(stability_bound(LOG_VALLEY, valley.point))
gauge = RateGauge(theme, (0.1, 0.3, 0.5), bound)
picture = [gauge]
