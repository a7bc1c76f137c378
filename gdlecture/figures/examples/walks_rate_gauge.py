"""A scale of learning rates: green where they arrive from this start, red where they leave."""

from gdmath import LOG_VALLEY, rate_zones, stability_bound, stationary_points
from gdstage.look.theme import current_theme
from gdstage.walks.gauges import RateGauge

theme = current_theme()
(valley,) = stationary_points(LOG_VALLEY)
bound = float(stability_bound(LOG_VALLEY, valley.point))
zones = rate_zones(LOG_VALLEY, 1.6, 0.6, tolerance=1e-5)
gauge = RateGauge(theme, (0.1, 0.3, 0.5), zones, bound)
picture = [gauge]
