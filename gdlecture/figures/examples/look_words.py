"""Words, taken literally, on a baseline of their own."""

from gdstage.look.text import words
from gdstage.look.theme import current_theme

theme = current_theme()
title = words("Too large a step", size=44, colour=theme.ink, bold=True).rest(-3.0, 0.3)
below = words("leaves the valley that it began in.", size=32, colour=theme.label)
picture = [title, below.rest(-3.0, -0.4)]
