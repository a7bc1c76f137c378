"""Colours by meaning: one says the same in formula, picture and readout."""

import manim as mn

from gdstage.look.text import words
from gdstage.look.theme import current_theme

theme = current_theme()
meanings = ("function", "tangent", "iterate", "past", "minimum", "danger", "ink", "label", "dim")
picture = mn.VGroup()
for i, meaning in enumerate(meanings):
    x, y, colour = 3.2 * (i % 3) - 4.2, 1.0 - i // 3, getattr(theme, meaning)
    key = mn.Square(0.36, stroke_width=0).set_fill(colour, 1).move_to((x, y + 0.11, 0))
    picture.add(key, words(meaning, size=32, colour=theme.ink).rest(x + 0.4, y))
