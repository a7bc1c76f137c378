"""How well colours can be told apart: contrast, and distance for eyes of four kinds.

Contrast is that of WCAG 2.2; distance is Euclid's in OKLab (Ottosson 2020), in which 0.02 is just
noticed and black is 1 from white. What colour-blind eyes see is by Machado, Oliveira and Fernandes
(2009), at full severity.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

SIGHTS: Mapping[str, Array] = MappingProxyType({
    "normal sight": np.eye(3),
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "tritanopia": np.array([
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
})  # fmt: skip
"""By the name of a sight, what it makes of the channels of linear sRGB."""

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_CONES = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip


def contrast(one: ArrayLike, other: ArrayLike) -> float:
    """The contrast of two colours, sRGB channels (3,) in 0…1: from 1, alike, to 21."""
    light, dark = sorted((float(_LUMINANCE @ _linear(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: ArrayLike, other: ArrayLike, sight: str = "normal sight") -> float:
    """How far apart two colours, sRGB channels (3,) in 0…1, are for a sight of `SIGHTS`."""
    return float(np.linalg.norm(_oklab(one, sight) - _oklab(other, sight)))


def hue(colour: ArrayLike) -> float:
    """The hue of a colour, sRGB channels (3,) in 0…1, in OKLab: degrees, 0 ≤ hue < 360.

    Red is near 29, yellow 110, green 142, blue 264, magenta 328. A grey's means nothing.
    """
    _, green_red, blue_yellow = _oklab(colour, "normal sight")
    return float(np.degrees(np.arctan2(blue_yellow, green_red)) % 360)


def _linear(colour: ArrayLike) -> Array:
    channels = np.asarray(colour, dtype=float)
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _oklab(colour: ArrayLike, sight: str) -> Array:
    seen = np.clip(SIGHTS[sight] @ _linear(colour), 0.0, 1.0)
    return np.asarray(_LAB @ np.cbrt(_CONES @ seen))
