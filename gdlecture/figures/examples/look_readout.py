"""A number that changes many times, honestly rounded: = or ≈, never a false zero."""

from gdstage.look.readout import Readout
from gdstage.look.theme import current_theme

theme = current_theme()
values = (0.25, 1 / 3, 1.5e-7, float("inf"))
picture = [
    Readout(-1.2, 1.2 - 0.8 * row, size=44, colour=theme.function).write(value)
    for row, value in enumerate(values)
]
