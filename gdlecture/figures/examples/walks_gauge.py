"""A scale with some of its values named, and a knob on one of them."""

from gdstage.look.theme import current_theme
from gdstage.walks.gauges import Gauge

theme = current_theme()
betas = (0.0, 0.5, 0.9)
gauge = Gauge(theme, betas, ends=(0.0, 1.0), sides=(-2.5, 2.5), y=0.0)
gauge.add_to_back(gauge.stretch_of(0.0, 1.0, theme.dim), gauge.fence(1.0, 0.14))
gauge.knob.move_to(gauge.at(0.9))
picture = [gauge]
