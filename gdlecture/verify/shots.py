"""Pictures of what failed: the place as it was found in the video, and as it was expected."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cairo
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gdlecture.media.video import MediaError, frames_at
from gdlecture.verify.axes import ground_of
from gdlecture.verify.claims import Claim, Picture
from gdlecture.verify.evidence import Evidence
from gdlecture.verify.ink import rgb
from gdlecture.verify.prove import Failure
from gdlecture.verify.reading import is_rounding, numerals
from gdlecture.verify.record import Record
from gdlecture.verify.report import Box, Shot
from gdlecture.verify.shapes import Shape, Style
from gdlecture.verify.source import FactError
from gdlecture.verify.standing import Standing
from gdlecture.verify.stencil import Stencil, stencil
from gdlecture.verify.typeset import TypesetError, typeset

MOST = 12
"""So many failures of a clip are shown."""

ROOM, LEAST = 16, (150, 84)
"""What a picture shows around a place, and how large it is at least, px of a 480p video."""

DIMMED = 0.3
"""Of what was found, what is left where the expected ink is painted over it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Place:
    failure: Failure
    frame: int
    box: Box


def shots_of(
    video: Path, told: Evidence, record: Record, failures: Iterable[Failure]
) -> tuple[Shot, ...]:
    """Pictures of the first failures that have a place, one of a kind before a second of it.

    There are none where the video cannot be decoded: that is a failure of its own.
    """
    places = [place for failure in failures if (place := _place(failure, told)) is not None]
    chosen = _varied(places)[:MOST]
    shots: dict[int, Shot] = {}
    try:
        for index, frame in frames_at(video, {place.frame for place in chosen}):
            picture = Picture(frame, index)
            for number, place in enumerate(chosen):
                if place.frame == index:
                    shots[number] = _shot(place, picture, told, record)
    except MediaError:
        pass
    return tuple(shots[number] for number in sorted(shots))


# --- which ---------------------------------------------------------------------------------


def _place(failure: Failure, told: Evidence) -> _Place | None:
    """When and where a failure is to be seen; a claim wrong in itself, while it stands."""
    one, frame, box = failure.standing, failure.frame, failure.box
    if one is not None:
        frame = (one.first + one.past) // 2 if frame is None else frame
        box = _box_of(one) if box is None else box
    if frame is None or box is None or not 0 <= frame < told.frames:
        return None
    cut = _roomy(box, told)
    return None if cut is None else _Place(failure, frame, cut)


def _box_of(one: Standing) -> tuple[float, float, float, float] | None:
    told = one.claim.told
    if "box" in told:
        left, top, right, bottom = (float(side) for side in told["box"])
        return left, top, right, bottom
    lines = [np.asarray(line, dtype=float) for line in told.get("path", ()) if len(line)]
    if not lines:
        return None
    corners = np.concatenate(lines)
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _roomy(box: tuple[float, float, float, float], told: Evidence) -> Box | None:
    """A box with some room, in whole pixels of the picture; None if it is outside."""
    scale, sides = told.height / 480, []
    for low, high, least, size in (
        (box[0], box[2], LEAST[0], told.width),
        (box[1], box[3], LEAST[1], told.height),
    ):
        if not (math.isfinite(low) and math.isfinite(high)) or high < 0 or low > size:
            return None
        more = max(ROOM * scale, (least * scale - (high - low)) / 2)
        sides.append((max(0, math.floor(low - more)), min(size, math.ceil(high + more))))
    (left, right), (top, bottom) = sides
    return left, top, right, bottom


def _varied(places: Sequence[_Place]) -> list[_Place]:
    """The first of each thing that failed, then the others; none is shown twice."""
    things: set[str] = set()
    shown: set[tuple[str, Box]] = set()
    first: list[_Place] = []
    rest: list[_Place] = []
    for place in places:
        one = place.failure.standing
        thing, name = place.failure.text, place.failure.text
        if one:
            thing, name = f"{one.kind} {one.claim.what}", one.claim.name
        if (name, place.box) not in shown:
            (rest if thing in things else first).append(place)
        things.add(thing)
        shown.add((name, place.box))
    return first + rest


# --- pictures ------------------------------------------------------------------------------


def _shot(place: _Place, picture: Picture, told: Evidence, record: Record) -> Shot:
    left, top, right, bottom = place.box
    one, expected = place.failure.standing, None
    if one is None:
        found = _framed(picture.rgb, place.failure.box)[top:bottom, left:right]
    else:
        found = picture.rgb[top:bottom, left:right]
        expected = _png(_expected(one, picture, record)[top:bottom, left:right])
    return Shot(
        place.failure.text, place.frame, place.frame / told.fps, place.box,
        (right - left, bottom - top), _png(found), expected,
    )  # fmt: skip


def _png(pixels: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def _framed(
    pixels: NDArray[np.uint8], box: tuple[float, float, float, float] | None
) -> NDArray[np.uint8]:
    """A picture with a thin line around a place, of the colour that is farthest from its own."""
    if box is None:
        return pixels
    left, top, right, bottom = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
    light = float(pixels[2, 2].mean()) < 128
    style = Style(None, ("#ffffff" if light else "#000000", 1.0, 1.0))
    return _painted(pixels, Shape((corners - 0.5,), (style,)))


def _expected(one: Standing, picture: Picture, record: Record) -> NDArray[np.uint8]:
    """The picture dimmed, with the ink that a claim says is there painted over it."""
    ground = ground_of(picture)
    dimmed = np.rint(ground + DIMMED * (picture.rgb - ground)).astype(np.uint8)
    if one.kind == "word":
        return _lettered(dimmed, one.claim, record)
    shape = _shape_of(one)
    return _framed(dimmed, _box_of(one)) if shape is None else _painted(dimmed, shape)


def _shape_of(one: Standing) -> Shape | None:
    """Where its ink was expected: as it was placed, or else as the evidence has it."""
    if one.shape is not None and one.shape.lines:
        return one.shape
    told = one.claim.told
    drawn = tuple(np.asarray(line, dtype=float) for line in told.get("path", ()) if len(line))
    if not drawn or "style" not in told:
        return None
    return Shape(drawn, (Style.of(told["style"]),) * len(drawn))


def _painted(pixels: NDArray[np.uint8], shape: Shape) -> NDArray[np.uint8]:
    """A picture with the lines and areas of a shape painted over it."""
    height, width = pixels.shape[:2]
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
    canvas = np.frombuffer(surface.get_data(), np.uint8).reshape(height, -1, 4)[:, :width]
    canvas[..., :3] = pixels[..., ::-1]
    surface.mark_dirty()
    context = cairo.Context(surface)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    for line, style in zip(shape.lines, shape.styles, strict=True):
        for corner in np.clip(np.nan_to_num(line), -2e4, 2e4):
            context.line_to(*corner)
        if style.fill:
            context.set_source_rgba(*_channels(style.fill[0]), style.fill[1])
            context.fill_preserve()
        if style.stroke:
            colour, opacity, wide = style.stroke
            context.set_source_rgba(*_channels(colour), opacity)
            context.set_line_width(max(wide, 1.0))
            context.set_dash([4.0, 4.0] if shape.dashed else [])
            context.stroke()
        context.new_path()
    surface.flush()
    return canvas[..., 2::-1].copy()


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (rgb(colour) / 255).tolist()
    return red, green, blue


def _lettered(pixels: NDArray[np.uint8], claim: Claim, record: Record) -> NDArray[np.uint8]:
    """A picture with a text painted over it: one false number in it as the true one."""
    told = claim.told
    code = _true_code(claim, record)
    setting = typeset([code])[code]
    if isinstance(setting, TypesetError):
        return _framed(pixels, tuple(told["box"]))
    held = stencil(setting, told["em"], tuple(told["box"]))
    lettered = pixels.astype(float)
    for place in held.places:
        tinted = place.part.colour if place.part.colour in told["colours"] else told["colours"][0]
        _ink(lettered, held, (place.rows, place.columns), rgb(tinted), told.get("opacity", 1.0))
    return np.rint(lettered).astype(np.uint8)


def _ink(
    pixels: Floats, held: Stencil, window: tuple[slice, slice], colour: Floats, opacity: float
) -> None:
    """Paint what a text covers of a window; what is out of the picture is left out."""
    rows, columns = window
    height, width = pixels.shape[:2]
    top, left = held.top + rows.start, held.left + columns.start
    cover = held.cover[rows, columns][max(-top, 0) :, max(-left, 0) :]
    top, left = max(top, 0), max(left, 0)
    cover = opacity * cover[: max(height - top, 0), : max(width - left, 0), None]
    part = pixels[top : top + cover.shape[0], left : left + cover.shape[1]]
    part += cover * (colour - part)


def _true_code(claim: Claim, record: Record) -> str:
    """The text's code with its one number as the fact has it, to as many places; else as it is."""
    code, facts = str(claim.told["code"]), claim.told.get("facts") or []
    said = numerals(claim.told["text"])
    if len(said) != 1 or len(facts) != 1:
        return code
    try:
        value = record.value(facts[0])
    except FactError:
        return code
    if is_rounding(said[0], value):
        return code
    new = f"{value:.{max(said[0].decimals, 0)}f}"
    for old in (said[0].source, said[0].source.replace("-", "−")):
        if code.count(old) == 1:
            return code.replace(old, new)
    return code
