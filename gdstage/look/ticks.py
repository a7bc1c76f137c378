"""Tick labels for any window: few, short, and true, whether it is 1e-9 or 1e9 wide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from gdstage.look.rounding import SUPERSCRIPTS, shown
from gdstage.look.text import digits

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_ZEROS, MOST_DIGITS = -2, 4


@dataclass(frozen=True)
class Ticks:
    """Places and what is written there: (place − offset) / 10^power."""

    places: tuple[float, ...]
    labels: tuple[str, ...]
    power: int = 0
    offset: float = 0.0

    @property
    def note(self) -> str:
        """What the labels leave out, in words; "" if nothing."""
        said = []
        if self.power:
            said.append(f"in units of 10{str(self.power).translate(SUPERSCRIPTS)}")
        if self.offset:
            said.append(f"from {self.offset:,.15g}".replace(",", "\u202f").replace("-", "−"))
        return " ".join(said)


def ticks_at(places: Sequence[float], *, log: bool = False) -> Ticks:
    """Ticks at places that someone chose; with `log`, these are powers of ten and told as such."""
    if log:
        return Ticks(tuple(places), tuple(f"10^({round(math.log10(p))})" for p in places))
    return Ticks(tuple(places), tuple(digits(shown(place)) for place in places))


def quarter_turns(low: float, high: float) -> Ticks:
    """Ticks at the multiples of π/2 in a window, told as such."""
    quarter = math.pi / 2
    counts = range(math.ceil(low / quarter), math.floor(high / quarter) + 1)
    return Ticks(tuple(n * quarter for n in counts), tuple(map(_turns, counts)))


def _turns(quarters: int) -> str:
    """So many times π/2, in Typst's mathematics."""
    if not quarters:
        return "0"
    times, parts = (quarters, r"\/2") if quarters % 2 else (quarters // 2, "")
    size = "" if abs(times) == 1 else f"{abs(times)} "
    return f"{'-' if times < 0 else ''}{size}pi{parts}"


def ticks_of(low: float, high: float, most: int = 6) -> Ticks:
    """About `most` ticks at round places of a window."""
    offset = _offset(low, high)
    places = nice_ticks(low - offset, high - offset, most)
    largest = max((abs(p) for p in places), default=0.0)
    power = math.floor(math.log10(largest)) if largest > 0 else 0
    power = 0 if FEWEST_ZEROS <= power < MOST_DIGITS else power
    labels = tuple(_label(place, power) for place in places)
    return Ticks(tuple(p + offset for p in places), labels, power, offset)


def _offset(low: float, high: float) -> float:
    """A round number to take off, where the labels would differ only in late digits."""
    width, largest = high - low, max(abs(low), abs(high))
    if largest < 2000 * width:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(width) + 1)
    return math.floor(low / unit) * unit


def _label(place: float, power: int) -> str:
    # In decimals, so that no rounding shows.
    text = shown(float(Decimal(repr(place)).scaleb(-power)), 6)
    return str(text)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """About `most` round numbers in a window, spaced by 1, 2 or 5 times a power of ten."""
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    spacing = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * (1 - 1e-9))
    first, last = math.ceil(low / spacing - 1e-9), math.floor(high / spacing + 1e-9)
    decimals = max(0, -math.floor(math.log10(spacing)))
    return [round(i * spacing, decimals) for i in range(first, last + 1)]
