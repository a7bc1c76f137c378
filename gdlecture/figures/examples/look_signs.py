"""Tick, dash, cross and others; the head of an arrow; a dashed helper line."""

import numpy as np

from gdstage.look.signs import SIGNS, arrow_head, dashed, strokes
from gdstage.look.theme import current_theme

theme = current_theme()
colours = {"tick": theme.minimum, "dash": theme.label, "cross": theme.danger}
signs = [
    strokes(SIGNS[name], 0.3, colour, 8).shift((1.5 * i - 1.5, 0.7, 0))
    for i, (name, colour) in enumerate(colours.items())
]
start, end, tip = np.array([(-2.0, -0.6, 0.0), (1.6, -0.6, 0.0), (1.9, -0.6, 0.0)])
picture = [*signs, dashed(start, end, theme.label), arrow_head(end, tip, theme.ink, 0.3)]
