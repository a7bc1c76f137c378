"""A scale of starts, with what became of each, and where the threshold is."""

from gdmath import Ending, Verdict
from gdstage.look.theme import current_theme
from gdstage.walks.fates import fate
from gdstage.walks.gauges import StartGauge

theme = current_theme()
gauge = StartGauge(theme, (0.05, 0.03, 0.02), 0.015, 0.055)
signs = [
    gauge.sign(0.05, fate(Verdict.CONVERGED, Ending(), k=9, dimension=1)),
    gauge.sign(0.02, fate(Verdict.LEFT_DOMAIN, Ending(), k=2, dimension=1)),
]
picture = [gauge, *signs, gauge.part(0.0244, "x_0 = 0.0244...")]
