"""What colours that mean something must keep, so that everybody can tell them apart.

The bounds are what the lecture's own themes keep. A palette is its colours #rrggbb by what they
mean; whoever draws in one and whoever verifies what was drawn hold it to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from gdmath.colours import contrast, distance, hue

MEANINGS = ("function", "tangent", "iterate", "minimum", "danger")
"""Colours that mean something in a picture."""

GREYS = ("ground", "panel", "ink", "label", "dim", "faint")
"""Colours that mean nothing: almost grey, so that they cannot be taken for one that does."""

WRITTEN, DRAWN = ("ink", "label", *MEANINGS), ("dim", "past")
TEXT, GRAPHICS = 4.5, 3.0
"""The least contrast to the ground of what is written and of what is only drawn, by WCAG 2.2."""

APART: Mapping[str, float] = {
    "normal sight": 0.1, "protanopia": 0.05, "deuteranopia": 0.05, "tritanopia": 0.025,
}  # fmt: skip
"""The least distance in OKLab between two meanings, for each sight; 0.02 is just noticed."""

GREY = 60
"""Channels of what means something differ by more levels than this, those of the others by less."""

WARM, COOL = (330.0, 75.0), (90.0, 300.0)
"""Hues, in degrees, from magenta to orange and from yellow-green to violet: danger looks hot."""


def wrong_colours(palette: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a palette that has all of these colours: which of them, and how."""
    seen = {name: channels(colour) for name, colour in palette.items()}
    for name in (*GREYS, *MEANINGS):
        span = float(np.ptp(seen[name])) * 255
        if (span > GREY) != (name in MEANINGS):
            wanted = "more than" if name in MEANINGS else "at most"
            kind = "a colour" if name in MEANINGS else "almost a grey"
            told = f"expected {kind}, {wanted} {GREY} levels between its channels"
            yield name, f"{told}, found {span:.0f} in {palette[name]}"
    for names, least, of in ((WRITTEN, TEXT, "text"), (DRAWN, GRAPHICS, "graphics")):
        for name in names:
            found = contrast(seen[name], seen["ground"])
            if found < least:
                told = f"expected a contrast of at least {least:g} to ground, as of {of}"
                yield name, f"{told}, found {found:.2f} ({palette[name]} on {palette['ground']})"
    for name, (first, last), looks in (("minimum", COOL, "cool"), ("danger", WARM, "warm")):
        degrees = hue(seen[name])
        if (degrees - first) % 360 > (last - first) % 360:
            told = f"expected a {looks} colour, of a hue from {first:.0f}° to {last:.0f}°"
            yield name, f"{told} in OKLab, found {degrees:.0f}° in {palette[name]}"
    for (sight, least), (one, other) in (
        (bound, pair) for pair in combinations(MEANINGS, 2) for bound in APART.items()
    ):
        found = distance(seen[one], seen[other], sight)
        for name, beside in ((one, other), (other, one)) if found < least else ():
            told = f"expected it at least {least:g} from {beside} ({palette[beside]}) in OKLab"
            yield name, f"{told} for {sight}, found {found:.3f} in {palette[name]}"


def channels(colour: str) -> NDArray[np.float64]:
    """The channels (3,) in 0…1 of #rrggbb."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
