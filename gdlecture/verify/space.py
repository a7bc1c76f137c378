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
from gdlecture.verify.areas import Scene
from gdlecture.verify.brief import circle
from gdlecture.verify.claims import Claim, Picture, Seen, stature
from gdlecture.verify.flanks import flanked
from gdlecture.verify.ink import (
    Block,
    blocks,
    colours_at,
    covered,
    fill,
    judge_line,
    rgb,
    tolerance,
)
from gdlecture.verify.patches import painted
from gdlecture.verify.record import Record
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.source import FactError
from gdlecture.verify.space_ink import Beside, area_of, has_area, middle_of, view_of
from gdlecture.verify.space_lines import Line, lines_of, stroke_of
from gdlecture.verify.tips import check_tips
from gdlecture.verify.view import View

Array = NDArray[np.float64]
Scales = Mapping[str, Claim]

STEEPEST = 3.0
"""How steep (drawn units a drawn unit across) a surface is seen where a disc lies on it."""

BLURRED, SMALL = 1.6, 4.0
"""How many times farther off a disc may be upon a line of another colour, with which it blends, or
one whose radius is so few px."""

WITHIN, WHOLE = 0.65, 0.8
"""At this share of its radius a disc among ink of its colour is looked at; so much is inked."""

FEWEST_BLOCKS, MOST = 4, 0.75
"""Pieces of a border from which it is judged, and how many of them must be where they must."""

RUN = 40.0
"""Pieces of a line up to so long (px) are looked for in one colour."""


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
        areas = tuple(other for other in standing if has_area(other, claim.scale))
        scene = scene_of(scale, areas, record)
        beside = Beside(scale, tuple(standing), record, picture)
        if claim.kind == "point":
            elsewhere = _drawn_elsewhere(claim, scene.view, beside)
            return elsewhere or _check_point(claim, scene, picture, beside)
        if claim.kind == "surface":
            passed = scale.moves and not claim.moves
            return check_area(claim, scene, picture, beside.others(claim), passed=passed)
        if claim.kind == "plane":
            seen = check_area(claim, scene, picture, beside.others(claim))
            border = _check_border(claim, scene, picture, beside)
            return seen if seen.failure or not border.looked else border
        return _check_lines(claim, scene, picture, beside)
    except (ClaimError, FactError) as error:
        return Seen(str(error))


@lru_cache(maxsize=32)
def scene_of(scale: Claim, areas: tuple[Claim, ...], record: Record) -> Scene:
    """The areas that are stated in a space, as its claim says that it is seen.

    Raises:
        ClaimError: one of them is not whole.
        FactError: one of their values cannot be taken again.
    """
    view = view_of(scale)
    return Scene(view, [area_of(claim, view, record) for claim in areas], scale.told["ground"])


# Points


def _drawn_elsewhere(claim: Claim, view: View, beside: Beside) -> Seen | None:
    """That a dot was drawn elsewhere than its values say, where the evidence has that."""
    if "pixel" not in claim.told:
        return None
    x, y = view.seen(middle_of(claim, view, beside.record)[None])[0][0]
    right, down = claim.told["pixel"]
    off, limit = float(np.hypot(right - x, down - y)), tolerance(stature(*beside.size[::-1]))
    if off <= limit:
        return None
    wanted = f"expected its middle at ({x:.1f}, {y:.1f}) ± {limit:.2f} px"
    return Seen(f"{wanted}, found it {off:.2f} px off", off)


def _check_point(claim: Claim, scene: Scene, picture: Picture, beside: Beside) -> Seen:
    view, told = scene.view, claim.told
    point = middle_of(claim, view, beside.record)[None]
    colour, _ = told["style"]["fill"]
    share, tinted = scene.before(point, rgb(colour)[None])
    around = circle(view.seen(point)[0][0], float(told["radius"]))
    slope = STEEPEST * float(told["radius"]) / view.magnified
    if not share[0] >= 1 or scene.is_cut(around, point[0], slope):
        return Seen(looked=False)
    size, room = (picture.frame.height, picture.frame.width), 3
    area = painted([around], size, filled=True)
    if area is None or min(area.top, area.left) < room:
        return Seen(looked=False)
    corner, mask = (area.top - room, area.left - room), np.pad(area.mask, room)
    if corner[0] + mask.shape[0] > size[0] or corner[1] + mask.shape[1] > size[1]:
        return Seen(looked=False)
    seen = fill(
        picture, mask, corner, _hexed(tinted[0]),
        foreign=beside.over(claim), alike=beside.alike(claim),
    )  # fmt: skip
    if not seen.failure and np.isnan(seen.error) and seen.looked:
        ground = scene.look(view.seen(point)[0]).colour[0]
        return _check_disc(around, (tinted[0], ground), picture, beside.over(claim))
    lines = beside.others(claim)[area.window] & ~beside.over(claim)[area.window]
    small = float(told["radius"]) < SMALL
    wider = BLURRED * tolerance(picture.stature)
    if (lines.any() or small) and seen.error <= wider:
        return Seen(error=seen.error, allowed=wider)
    return seen


def _check_disc(
    around: Array, colours: tuple[Array, Array], picture: Picture, over: NDArray[np.bool_]
) -> Seen:
    """Whether a disc among ink of its own colour is whole: is it there all around its middle?

    `colours` are its own and the ground's.
    """
    middle = around[:-1].mean(axis=0)
    ring = middle + WITHIN * (around[:-1] - middle)
    ring = ring[~covered(over, ring)]
    if len(ring) < len(around) // 2:
        return Seen(looked=False)
    ink, ground = colours
    way = ink - ground
    inked = ((colours_at(picture, ring) - ground) @ way > 0.5 * (way @ way)).mean()
    if inked < WHOLE:
        x, y = middle
        return Seen(f"expected a disc around ({x:.1f}, {y:.1f}), found {100 * inked:.0f} % of it")
    return Seen()


# Lines


def _check_lines(claim: Claim, scene: Scene, picture: Picture, beside: Beside) -> Seen:
    told: list[Block] = []
    tips: list[Seen] = []
    foreign = beside.others(claim)
    opacity, width = stroke_of(claim)
    dashed = "dashes" in claim.told
    for line in lines_of(claim, scene.view, beside.record):
        for path, ink in visible_parts(line, scene):
            if not dashed and opacity >= 1 and _parts_areas(path, width, scene, picture):
                told += flanked(picture, path, width, _hexed(ink), foreign)
            else:
                colour = _hexed(ink)
                told += blocks(
                    picture, path, width, colour, opacity=opacity, foreign=foreign,
                    dashed=dashed, period=_period(claim, line, scene),
                )  # fmt: skip
        if line.ends and not dashed:
            tips += check_tips(line, claim, scene, picture, foreign)
    seen = judge_line(told, picture.stature, dashed=dashed)
    bad = [tip for tip in tips if tip.failure]
    return seen if seen.failure or not bad else bad[0]


def _period(claim: Claim, line: Line, scene: Scene) -> float:
    """How far it is in the mean from dash to dash of a line, px; 0 if it has none."""
    dashes = claim.told.get("dashes", 0)
    if not dashes:
        return 0.0
    first, last = claim.told.get("reveal", (0.0, 1.0))
    steps = np.diff(scene.view.seen(line.points)[0], axis=0)
    return float(np.hypot(*steps.T).sum() / (dashes * (last - first)))


def _check_border(claim: Claim, scene: Scene, picture: Picture, beside: Beside) -> Seen:
    """Whether a pane's border is there, but for where it runs along other edges."""
    told: list[Block] = []
    foreign = beside.others(claim)
    opacity, width = stroke_of(claim)
    for line in lines_of(claim, scene.view, beside.record):
        for path, ink in visible_parts(line, scene):
            told += blocks(picture, path, width, _hexed(ink), opacity=opacity, foreign=foreign)
    if len(told) < FEWEST_BLOCKS:
        return Seen(looked=False)
    off, limit = np.abs([block.offset for block in told]), tolerance(picture.stature)
    if (off <= limit).mean() < MOST:
        x, y = told[int(off.argmax())].middle
        return Seen(
            f"expected its border within {limit:.2f} px, found {(off > limit).sum()} of "
            f"{len(off)} pieces farther, as at ({x:.1f}, {y:.1f})",
            float(np.quantile(off, MOST)),
        )
    return Seen(error=float(np.quantile(off, MOST)))


def _parts_areas(path: Array, width: float, scene: Scene, picture: Picture) -> bool:
    """Whether there are other areas on the left of a path than on its right."""
    middle, way = path[len(path) // 2], path[-1] - path[0]
    length = float(np.hypot(*way))
    if length == 0:
        return False
    aside = np.array([-way[1], way[0]]) / length * (width / 2 + max(4.0, 7.0 * picture.scale))
    one, other = scene.look(np.array([middle - aside, middle + aside])).order
    return bool(one != other)


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


def _hexed(colour: Array) -> str:
    return "#" + "".join(f"{round(float(c)):02x}" for c in np.clip(colour, 0, 255))
