"""Where values are in the plane, read from the labelled ticks as a viewer reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.ink import rgb, tolerance

Array = NDArray[np.float64]

UNEVEN = 0.6
"""How far (px) a tick may be from where the others say that its value is."""

BESIDE = 0.35
"""How far, in em, a label's middle may be from the height of its tick: digits are not symmetric."""

MARK = 0.1
"""A tick's mark is so long, as a share of the height of a frame of 8 of its units."""

BEYOND = 0.3 / 8
"""Of the picture's height, what an axis reaches beyond its box."""

_NUMBER = re.compile(r"(−|-)?\d+(\.\d+)?$")
_POWER = re.compile(r"((?P<times>(−|-)?\d+(\.\d+)?) times )?10\^\((?P<power>(−|-)?\d+)\)$")
_TURNS = re.compile(r"(?P<sign>−|-)? ?(?P<times>\d+)? ?pi(\\/(?P<parts>\d+))?$")
_NOTE = re.compile(
    r"((?P<name>\S+) )?(in units of 10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    r"( ?from (?P<offset>[−\d.\u202f]+))?$"
)
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class ScaleError(ValueError):
    """An axis cannot be read; the message says why."""


@dataclass(frozen=True)
class Scale:
    """One axis: px = start + step · value, or of its decimal logarithm."""

    start: float
    step: float
    log: bool = False

    def to_px(self, values: ArrayLike) -> Array:
        """Where values are along the axis, px."""
        with np.errstate(divide="ignore", invalid="ignore"):
            told = np.asarray(values, dtype=float)
            return np.asarray(self.start + self.step * (np.log10(told) if self.log else told))

    def to_data(self, places: ArrayLike) -> Array:
        """Which values are at places along the axis."""
        with np.errstate(divide="ignore", invalid="ignore"):
            told = (np.asarray(places, dtype=float) - self.start) / self.step
        return np.asarray(10.0**told if self.log else told)


@dataclass(frozen=True)
class Axes:
    """A pair of axes as their ticks tell it; `box` is what they frame: left, top, right, bottom."""

    x: Scale
    y: Scale
    box: tuple[float, float, float, float]

    def to_px(self, points: ArrayLike) -> Array:
        """Where points of the data (…, 2) are, px; nan where a coordinate has no value."""
        told = np.asarray(points, dtype=float)
        return np.stack([self.x.to_px(told[..., 0]), self.y.to_px(told[..., 1])], axis=-1)

    def to_data(self, places: ArrayLike) -> Array:
        """Which points of the data are at places (…, 2) of the picture."""
        told = np.asarray(places, dtype=float)
        return np.stack([self.x.to_data(told[..., 0]), self.y.to_data(told[..., 1])], axis=-1)

    @property
    def window(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The values at its left and right, and at its bottom and top."""
        left, top, right, bottom = self.box
        x, y = self.x.to_data([left, right]), self.y.to_data([bottom, top])
        return (float(x[0]), float(x[1])), (float(y[0]), float(y[1]))


def read_axes(claim: Claim) -> Axes:
    """The axes that a claim's ticks make.

    Raises:
        ScaleError: labels are no numbers, or not where their values belong.
    """
    told = claim.told
    try:
        left, top, right, bottom = (float(v) for v in told["box"])
        window = told["window"]
        x = _scale(told.get("x"), 0, (window[0], (left, right)))
        y = _scale(told.get("y"), 1, (window[1], (bottom, top)))
    except (KeyError, TypeError, ValueError) as error:
        raise ScaleError(f"{claim.name}: {error}") from error
    return Axes(x, y, (left, top, right, bottom))


def _scale(told: Mapping[str, Any] | None, axis: int, edges: Any) -> Scale:
    ticks = told["ticks"] if told else []
    log = bool(told and told["log"])
    if told is None or len(ticks) < 2:
        # One label or none: only the window says where values are.
        (low, high), (first, last) = edges
        low, high = (math.log10(low), math.log10(high)) if log else (low, high)
        # A scale of one value, as a gauge has upward, is everywhere at one place.
        step = (last - first) / (high - low) if high > low else 0.0
        return Scale(first - step * low, step, log)
    values = np.array([tick_value(tick["label"]) for tick in ticks])
    values = values * 10.0 ** told["power"] + told["offset"]
    places = np.array([tick["pixel"][axis] for tick in ticks], dtype=float)
    sizes = np.log10(values) if log else values
    step, start = np.polyfit(sizes - sizes[0], places, 1)
    off = abs(start + step * (sizes - sizes[0]) - places)
    if off.max() > UNEVEN:
        label = ticks[int(off.argmax())]["label"]
        raise ScaleError(
            f"expected evenly spaced ticks, found {label!r} {off.max():.1f} px from its place"
        )
    return Scale(float(start - step * sizes[0]), float(step), log)


def tick_value(code: str) -> float:
    """The number that a tick's label says, from its line of Typst.

    Raises:
        ScaleError: it is no number.
    """
    said = code.removeprefix("$display(#$").removesuffix("$)$").strip()
    said = said.removeprefix('#"').removesuffix('"')
    try:
        if _NUMBER.match(said):
            return float(Decimal(said.replace("−", "-")))
        if found := _POWER.match(said):
            times = Decimal((found["times"] or "1").replace("−", "-"))
            return float(times.scaleb(int(found["power"].replace("−", "-"))))
        if found := _TURNS.match(said):
            size = int(found["times"] or 1) / int(found["parts"] or 1) * math.pi
            return -size if found["sign"] else size
    except (InvalidOperation, ZeroDivisionError):
        pass
    raise ScaleError(f"expected a number at a tick, found {said!r}")


def check_axes(claim: Claim, words: Iterable[Claim]) -> Iterator[str]:
    """What keeps a viewer from reading the axes so: labels elsewhere, a note that is not there."""
    standing = list(words)
    for axis, key in enumerate("xy"):
        told = claim.told.get(key)
        if not told:
            continue
        for tick in told["ticks"]:
            near = (word for word in standing if _beside(word, tick["pixel"], axis))
            if not any(_says(word, tick["label"]) for word in near):
                place = ", ".join(f"{v:.1f}" for v in tick["pixel"])
                yield f"expected the label {tick['label']!r} at the tick ({place}), found none"
        if told["power"] or told["offset"]:
            yield from _check_note(told, standing, named=not axis)


def _says(word: Claim, label: str) -> bool:
    """Whether a text is a tick's label, in whatever style it is set."""
    try:
        return word.told["code"] == label or tick_value(word.told["code"]) == tick_value(label)
    except ScaleError:
        return False


def _beside(word: Claim, pixel: list[float], axis: int) -> bool:
    left, top, right, bottom = word.told["box"]
    em = float(word.told["em"])
    across, up = (left + right) / 2 - pixel[0], (top + bottom) / 2 - pixel[1]
    if axis == 0:
        return abs(across) <= 0.08 * em + 0.5 and 0 < abs(up) < 2.5 * em
    return abs(up) <= BESIDE * em and 0 < pixel[0] - right < 1.5 * em


def _check_note(told: Mapping[str, Any], words: list[Claim], *, named: bool) -> Iterator[str]:
    said = f"{told['name']} {told['note']}" if named else told["note"]
    found = _NOTE.match(said)
    power = int(found["power"].translate(_RAISED)) if found and found["power"] else 0
    offset = 0.0
    if found and found["offset"]:
        offset = float(found["offset"].replace("\u202f", "").replace("−", "-"))
    if (power, offset) != (told["power"], told["offset"]):
        yield f"expected a note of 10^{told['power']} from {told['offset']}, found {said!r}"
    if not any(word.told.get("text") == said for word in words):
        yield f"expected the note {said!r} at the axis, found none"


def check_marks(claim: Claim, picture: Picture, foreign: NDArray[np.bool_]) -> Seen:
    """Whether the ticks' marks are where the evidence says; `foreign` is ink that hides them."""
    height = picture.stature
    length, worst = MARK * height / 8, 0.0
    limit = tolerance(height)
    for axis, key in enumerate("xy"):
        for tick in (claim.told.get(key) or {"ticks": []})["ticks"]:
            column, row = (int(v) for v in tick["pixel"])
            around = slice(max(row - 8, 0), row + 8), slice(max(column - 8, 0), column + 8)
            off = _mark_off(picture, tick["pixel"], axis, length)
            if off is None or foreign[around].any():
                continue
            worst = max(worst, off)
            if off > limit:
                place = ", ".join(f"{v:.1f}" for v in tick["pixel"])
                return Seen(f"expected a tick at ({place}), found none within {off:.1f} px", off)
    return Seen(error=worst)


def _mark_off(picture: Picture, pixel: list[float], axis: int, length: float) -> float | None:
    """How far (px) a tick's mark is from its place: the middle of what differs from the ground.

    None where other ink is too near to tell.
    """
    reach = max(5, round(6 * picture.scale))
    x, y = pixel[0] - 0.5, pixel[1] - 0.5
    column, row = round(x), round(y)
    far = max(2, round(0.6 * length))
    if axis == 0:
        rows = slice(row + far - 1, row + far + 1)
        area = picture.rgb[rows, column - reach : column + reach + 1]
        profile = area.astype(float).mean(axis=0)
        centre = column - x
    else:
        columns = slice(column - far - 1, column - far + 1)
        area = picture.rgb[row - reach : row + reach + 1, columns]
        profile = area.astype(float).mean(axis=1)
        centre = row - y
    if len(profile) != 2 * reach + 1:
        return None
    here = profile[reach - 1 : reach + 2]
    if abs(here - np.median(profile, axis=0)).max() < 16:
        return float(reach)
    ground = (profile[0] + profile[-1]) / 2
    if abs(profile[0] - profile[-1]).max() > 24:
        return None
    weight = abs(profile - ground).max(axis=-1)
    weight[weight < 0.25 * weight.max()] = 0.0
    if weight.max() < 16:
        return float(reach)
    return abs(float((weight * (np.arange(-reach, reach + 1) + centre)).sum() / weight.sum()))


def axis_lines(claim: Claim, height: float) -> list[Array]:
    """The two lines of a pair of axes, with what they reach beyond their box, px.

    `height` is the picture's stature.
    """
    left, top, right, bottom = (float(v) for v in claim.told["box"])
    beyond = BEYOND * height
    corner = [left, bottom]
    return [np.array([corner, [right + beyond, bottom]]), np.array([corner, [left, top - beyond]])]


def ground_of(picture: Picture) -> Array:
    """The colour of the ground: what is at the picture's corners."""
    image = picture.rgb
    corners = [image[2, 2], image[2, -3], image[-3, 2], image[-3, -3]]
    return np.median(np.array(corners, dtype=float), axis=0)


def is_like(found: Array, colour: str, limit: float = 40.0) -> bool:
    """Whether a colour (3,) is about #rrggbb."""
    return bool(abs(found - rgb(colour)).max() <= limit)
