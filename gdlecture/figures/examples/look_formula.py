"""A formula in Typst's mathematics; a part of it may have a colour of its own."""

from gdstage.look.text import math, tint
from gdstage.look.theme import current_theme

theme = current_theme()
rate, slope = tint("alpha", theme.iterate), tint("f'(x_(k-1))", theme.tangent)
rule = math(f"x_k = x_(k-1) - {rate} thin {slope}", size=48, colour=theme.ink)
picture = [rule.rest(0.0, 0.0, anchor="centre")]
