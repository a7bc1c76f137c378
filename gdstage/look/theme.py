"""Colours by meaning: a colour says the same in formula, picture and readout.

Every pair that must be told apart differs in lightness as well as in hue, so that the pictures
survive the common colour-vision deficiencies and a weak projector; shapes repeat what colours say
(solid = now, ring = past, dashed = helper).
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gdmath.colours import contrast
from gdmath.palette import GRAPHICS
from gdstage.shape import chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

THEME_VARIABLE = "GDLECTURE_THEME"
"""Environment variable that chooses the theme by name; `lecture render --theme` sets it."""


@dataclass(frozen=True)
class Theme:
    """The colours of one look, each as #rrggbb and named after what it means.

    `runs` are for four walks of a story, from too small a rate to too large; `crowd` for up to
    eight of any kind, none of them the function's; `outcomes` for minima, the lowest first;
    `height` and `heat` go from low to high.
    """

    name: str
    ground: str
    panel: str
    ink: str
    label: str
    dim: str
    faint: str
    function: str
    tangent: str
    iterate: str
    past: str
    minimum: str
    danger: str
    runs: tuple[str, ...]
    height: tuple[str, ...]
    heat: tuple[str, ...]
    outcomes: tuple[str, ...]
    crowd: tuple[str, ...]

    def named(self) -> dict[str, str]:
        """Its single colours by what they mean."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value
            for name, value in told.items()
            if isinstance(value, str) and value.startswith("#")
        }

    def css(self) -> str:
        """Its single colours as CSS variables, for pages that look like the clips."""
        return " ".join(f"--{name}: {colour};" for name, colour in self.named().items())


# On a dark ground, and on a light one.
_COLOURS: dict[str, tuple[str, str]] = {
    "ground": ("#11131a", "#fbfaf6"),
    "panel": ("#1a1e29", "#f0eee6"),
    "ink": ("#e9e7e1", "#1d2029"),
    "label": ("#a3a9ba", "#555b6b"),
    "dim": ("#6d7386", "#8b90a0"),
    "faint": ("#2b303d", "#dedcd3"),
    "function": ("#6fb7e9", "#1c6cab"),
    "tangent": ("#f2a33a", "#ab5a08"),
    "iterate": ("#f4e04d", "#7a2fb8"),
    "past": ("#958b45", "#a683c2"),
    "minimum": ("#3cc08e", "#0f7d55"),
    "danger": ("#e8643c", "#9c2410"),
}
_SCALES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "runs": (
        ("#a9a4e6", "#3cc08e", "#f4e04d", "#e8643c"),
        ("#6b6f7d", "#0f7d55", "#7a2fb8", "#9c2410"),
    ),
    "height": (
        ("#4a3f78", "#4f5a9e", "#5584bb", "#78b4d3", "#d6edf0"),
        ("#3d3170", "#46559f", "#4d80ba", "#74b1d2", "#cfe8ee"),
    ),
    "heat": (
        ("#2c5fa8", "#5fa3d0", "#cfd8d6", "#e39a6b", "#c23b2e"),
        ("#2c5fa8", "#5fa3d0", "#d8dedb", "#e39a6b", "#c23b2e"),
    ),
    "outcomes": (
        ("#3cc08e", "#6fb7e9", "#c58be0", "#f2a33a"),
        ("#0f7d55", "#1c6cab", "#8a4bb0", "#ab5a08"),
    ),
    "crowd": (
        ("#f4e04d", "#3cc08e", "#c58be0", "#e8643c", "#f2f0ea", "#f49ac0", "#9a7b4f", "#8fd14f"),
        ("#7a2fb8", "#0f7d55", "#d03a8c", "#9c2410", "#1d2029", "#8a6a00", "#5a8a00", "#8b90a0"),
    ),
}


def _theme(name: str, ground: int) -> Theme:
    pairs: dict[str, Any] = {**_COLOURS, **_SCALES}
    return Theme(name, **{meaning: pair[ground] for meaning, pair in pairs.items()})


DARK, LIGHT = _theme("dark", 0), _theme("light", 1)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


SETTABLE = tuple(name for name in _COLOURS if name != "past")
"""The colours that a brand may choose; the past has that of the iterate, paler."""

# How far between ground and ink the greys are, and the past between iterate and ground.
_SHARES = {"panel": 0.045, "faint": 0.125, "dim": 0.46, "label": 0.7}
_PAST, _PALER = 0.42, 0.02


def in_colours(theme: Theme, chosen: Mapping[str, str]) -> Theme:
    """The theme in which these single colours are others, in its scales too.

    Greys that are not chosen follow ground and ink where one of these is; the past follows the
    iterate, and is as much darker or lighter as it must be to be seen.
    """
    colours = theme.named() | dict(chosen)
    if {"ground", "ink"} & chosen.keys():
        for name, share in _SHARES.items():
            if name not in chosen:
                colours[name] = mix(colours["ground"], colours["ink"], share)
    if {"ground", "iterate"} & chosen.keys():
        share, ground = _PAST, colours["ground"]
        while (
            share > 0
            and contrast(rgb(mix(colours["iterate"], ground, share)), rgb(ground)) < GRAPHICS
        ):
            share -= _PALER
        colours["past"] = mix(colours["iterate"], ground, max(share, 0.0))
    others = {old: colours[name] for name, old in theme.named().items()}
    told: dict[str, Any] = dict(colours)
    for name in _SCALES:
        told[name] = tuple(others.get(stop, stop) for stop in getattr(theme, name))
    return replace(theme, **told)


def theme_name() -> str:
    """The name of the theme that the environment asks for: dark unless told otherwise.

    Raises:
        ValueError: the variable names no theme.
    """
    name = os.environ.get(THEME_VARIABLE) or DARK.name
    if name not in THEMES:
        raise ValueError(
            f"{THEME_VARIABLE}={name!r} is no theme; choose one of {', '.join(THEMES)}"
        )
    return name


def current_theme() -> Theme:
    """The theme that the environment asks for, in the lecture's own colours.

    Raises:
        ValueError: the variable names no theme.
    """
    return THEMES[theme_name()]


def drawn_in(name: str) -> AbstractContextManager[None]:
    """Have all that is drawn meanwhile drawn in the theme of that name, in this process."""
    return chosen(THEME_VARIABLE, name)


def rgb(colour: str) -> NDArray[np.float64]:
    """The three channels of #rrggbb in 0…1, shape (3,)."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def hexed(channels: ArrayLike) -> str:
    """The colour #rrggbb of channels in 0…1, shape (3,) or (4,)."""
    return "#" + "".join(f"{round(255 * float(c)):02x}" for c in np.asarray(channels)[:3])


def mix(one: str, other: str, share: float) -> str:
    """The colour that lies `share` (0…1) of the way from one #rrggbb to another."""
    channels = np.rint(255 * ((1 - share) * rgb(one) + share * rgb(other))).astype(int)
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def colour_map(stops: tuple[str, ...], heights: ArrayLike) -> NDArray[np.float64]:
    """Colours of `heights` (…,) in 0…1 along evenly spaced stops, shape (…, 3)."""
    table = np.array([rgb(stop) for stop in stops])
    positions = np.linspace(0.0, 1.0, len(stops))
    at = np.clip(np.asarray(heights, dtype=float), 0.0, 1.0)
    return np.stack([np.interp(at, positions, table[:, i]) for i in range(3)], axis=-1)
