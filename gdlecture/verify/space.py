"""Looks for a claim in a space: is its ink in the picture where a viewer of the space sees it?

Visibility is found anew, by lines of sight through the surfaces that are stated. What is behind a
translucent one is looked for in the colour that this makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.area_check import check_area
from gdlecture.verify.areas import Area, Pane, Scene, Surface
from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.facts import FactError
from gdlecture.verify.ink import Block, blocks, fill, judge_line
from gdlecture.verify.patches import Patch, boxed, painted
from gdlecture.verify.record import Record
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.space_lines import Line, lines_of, place_in
from gdlecture.verify.tips import check_tips
from gdlecture.verify.view import View

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Scales = Mapping[str, Claim]

RUN = 40.0
"""Pieces of a line up to so long (px) are looked for in one colour."""

MORE_AT_1080 = 2.0
HEAD = 0.42
"""Half the breadth of an arrow's head, of its length."""


def check_space(
    claim: Claim, picture: Picture, scales: Scales, standing: Sequence[Claim], record: Record
) -> Seen:
    """Whether a claim in a space is in a picture.

    `scales` are the claims of spaces that stand in that frame, by the name that others have for
    them; `standing` are all claims that stand in it. Where the claim's space does not stand, as
    while the camera moves, nothing is looked for.
    """
    scale = scales.get(claim.scale or "")
    if scale is None or claim.kind in {"space", "scenery", "word"}:
        return Seen(looked=False)
    try:
        beside = tuple(other for other in standing if _has_area(other, claim.scale))
        scene = scene_of(scale, beside, record)
        foreign = _foreign(claim, scale, tuple(standing), picture, record)
        if claim.kind in {"surface", "plane"}:
            return check_area(claim, scene, picture, foreign)
        if claim.kind == "point":
            return _check_point(claim, scene, picture, foreign, record)
        return _check_lines(claim, scene, picture, foreign, record)
    except (ClaimError, FactError) as error:
        return Seen(str(error))


def mask_space(
    claim: Claim, scale: Claim, record: Record, size: tuple[int, int], more: float | None = None
) -> Mask:
    """Where the ink of a claim in a space may be, and `more` px around: (height, width).

    `scale` is the claim of the space as it is seen in that frame; 2 px at 1080p are added unless
    told.

    Raises:
        ClaimError: the claim is not whole.
        FactError: its values cannot be taken again.
    """
    mask = np.zeros(size, dtype=bool)
    patch = patch_in_space(claim, scale, record, size, more)
    if patch is not None:
        mask[patch.window] = patch.mask
    return mask


@lru_cache(maxsize=2048)
def patch_in_space(
    claim: Claim, scale: Claim, record: Record, size: tuple[int, int], more: float | None = None
) -> Patch | None:
    """The same as a patch of the picture, None if nothing of it is in the frame."""
    view, told = View(scale.told), claim.told
    room = MORE_AT_1080 * size[0] / 1080 if more is None else more
    if claim.kind == "space":
        return None
    if "radius" in told:
        middle, _ = view.seen(_middle(claim, view, record))
        return painted([_disc(middle, float(told["radius"]))], size, filled=True, more=room)
    if _has_area(claim, claim.scale):
        area = _area(claim, view, record)
        border = float(told.get("border", 0.0))
        shapes = [view.seen(shape)[0] for shape in area.outline()]
        return painted(shapes, size, filled=True, more=room + border / 2)
    width = told["style"]["stroke"][2]
    # The heads of arrows are part of them: a patch that is as broad everywhere covers them.
    breadth = max(width, 2 * HEAD * float(told.get("head", 0.0)))
    paths = [view.seen(line.points)[0] for line in lines_of(claim, view, record)]
    paths = [piece for path in paths for piece in _whole(path)]
    if claim.kind == "arrows":
        breadth = max(breadth, 0.01 * size[0])
    return painted(paths, size, width=breadth, more=room)


@lru_cache(maxsize=32)
def scene_of(scale: Claim, areas: tuple[Claim, ...], record: Record) -> Scene:
    """The areas that are stated in a space, as its claim says that it is seen.

    Raises:
        ClaimError: one of them is not whole.
        FactError: one of their values cannot be taken again.
    """
    view = View(scale.told)
    return Scene(view, [_area(claim, view, record) for claim in areas], scale.told["ground"])


def _has_area(claim: Claim, scale: str | None) -> bool:
    drawn = claim.kind in {"surface", "plane"} or "corners" in claim.told
    return drawn and claim.scale == scale


@lru_cache(maxsize=256)
def _area(claim: Claim, view: View, record: Record) -> Area:
    return Surface(claim, view, record) if claim.kind == "surface" else Pane(claim, view, record)


# Other ink


def _foreign(
    claim: Claim, scale: Claim, standing: tuple[Claim, ...], picture: Picture, record: Record
) -> Mask:
    """Where other ink than areas may be (height, width)."""
    size = (picture.frame.height, picture.frame.width)
    found = _ink(scale, standing, record, size).copy()
    own = None if _has_area(claim, claim.scale) else patch_in_space(claim, scale, record, size)
    if own is not None:
        found[own.window] -= own.mask
    mask = found > 0
    time = (picture.index + 0.5) / record.evidence.fps
    for mark in record.evidence.marks:
        if mark.t0 <= time < mark.t1:
            disc = painted([_disc(np.array(mark.pixel), mark.radius)], size, filled=True, more=2)
            if disc is not None:
                mask[disc.window] |= disc.mask
    return np.asarray(mask)


@lru_cache(maxsize=4)
def _ink(
    scale: Claim, standing: tuple[Claim, ...], record: Record, size: tuple[int, int]
) -> NDArray[np.int16]:
    """How many of the words, lines and points that stand may have ink in each pixel."""
    found = np.zeros(size, dtype=np.int16)
    for claim in standing:
        patch = None
        if claim.kind == "word":
            patch = boxed(claim.told["box"], size, 2.0)
        elif claim.scale == scale.scale and not _has_area(claim, claim.scale):
            patch = patch_in_space(claim, scale, record, size)
        if patch is not None:
            found[patch.window] += patch.mask
    return found


# Points


def _middle(claim: Claim, view: View, record: Record) -> Array:
    if "places" in claim.told:
        return place_in(claim.told["places"][0], view, record)
    return np.array(claim.told["ends"][0], dtype=float)


def _disc(middle: Array, radius: float) -> Array:
    turn = np.linspace(0, 2 * np.pi, 33)
    return np.asarray(middle + radius * np.stack([np.cos(turn), np.sin(turn)], axis=-1))


def _check_point(
    claim: Claim, scene: Scene, picture: Picture, foreign: Mask, record: Record
) -> Seen:
    view, told = scene.view, claim.told
    point = _middle(claim, view, record)[None]
    colour, _ = told["style"]["fill"]
    share, tinted = scene.before(point, _channels(colour))
    if not share[0] >= 1:
        return Seen(looked=False)
    size, room = (picture.frame.height, picture.frame.width), 3
    area = painted([_disc(view.seen(point)[0][0], float(told["radius"]))], size, filled=True)
    if area is None or min(area.top, area.left) < room:
        return Seen(looked=False)
    corner, mask = (area.top - room, area.left - room), np.pad(area.mask, room)
    if corner[0] + mask.shape[0] > size[0] or corner[1] + mask.shape[1] > size[1]:
        return Seen(looked=False)
    return fill(picture, mask, corner, _hexed(tinted[0]), foreign=foreign)


# Lines


def _check_lines(
    claim: Claim, scene: Scene, picture: Picture, foreign: Mask, record: Record
) -> Seen:
    told: list[Block] = []
    _, opacity, width = claim.told["style"]["stroke"]
    dashed = "dashes" in claim.told
    tips: list[Seen] = []
    for line in lines_of(claim, scene.view, record):
        for path, ink in visible_parts(line, scene):
            told += blocks(
                picture, path, width, _hexed(ink), opacity=opacity, foreign=foreign, dashed=dashed
            )
        if line.ends and not dashed:
            tips += check_tips(line, scene, picture, width, foreign)
    seen = judge_line(told, picture.frame.height, dashed=dashed)
    bad = [tip for tip in tips if tip.failure]
    return seen if seen.failure or not bad else bad[0]


def visible_parts(line: Line, scene: Scene) -> Iterable[tuple[Array, Array]]:
    """The pieces of a line that are seen, as paths (n, 2) in px, each with its colour there."""
    points = _dense(line.points, scene.view)
    pixels, _ = scene.view.seen(points)
    share, colours = scene.before(points, np.tile(line.colour, (len(points), 1)))
    seen = (share >= 1) & np.isfinite(pixels).all(axis=1)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(int)))
    for first, past in zip(ends[::2], ends[1::2], strict=True):
        length = np.hypot(*np.diff(pixels[first:past], axis=0).T).sum() if past - first > 1 else 0.0
        cuts = np.linspace(first, past - 1, max(int(length / RUN), 1) + 1).round().astype(int)
        for a, b in pairwise(cuts):
            if b > a:
                yield pixels[a : b + 1], colours[a : b + 1].mean(axis=0)


def _dense(points: Array, view: View, step: float = 3.0) -> Array:
    """A line (n, 3) with points at most some `step` px apart, and not many more."""
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) < 2:
        return points
    pixels, _ = view.seen(points)
    reach = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))])
    stops = np.linspace(0, reach[-1], max(int(reach[-1] / step), 1) + 1)
    return np.stack([np.interp(stops, reach, points[:, k]) for k in range(3)], axis=1)


def _whole(path: Array) -> list[Array]:
    """The runs of a path (n, 2) that have values."""
    gaps = np.flatnonzero(~np.isfinite(path).all(axis=1))
    return [run[np.isfinite(run).all(axis=1)] for run in np.split(path, gaps)]


def _channels(colour: str) -> Array:
    return np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)]], dtype=float)


def _hexed(colour: Array) -> str:
    return "#" + "".join(f"{round(float(c)):02x}" for c in np.clip(colour, 0, 255))
