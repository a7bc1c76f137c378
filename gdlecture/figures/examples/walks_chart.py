"""How far each walk has come, step by step, on a logarithmic scale."""

from gdmath import ScalarField, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.chart import Chart, steepness, steepness_plane
from gdstage.walks.run import Run

theme = current_theme()
field = ScalarField.parse("x**4/4 - x")
runs = []
for rate, colour in zip((0.05, 0.2, 0.4), theme.crowd, strict=False):
    walk = descend(field, -1.4, gradient_step(rate), 40, 1e-5)
    runs.append(Run(f"α = {rate}", f"α = {rate}", walk, colour))
plane = steepness_plane(theme, runs, "abs(f'(x_k))", 1e-5)
chart = Chart(plane, runs, steepness)
picture = [plane, chart.draw_to(41)]
