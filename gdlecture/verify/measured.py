"""What marks and labels say of lengths and angles: measured in the picture that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

Array = NDArray[np.float64]

DUST = 1e-6

UPRIGHT = {"gap", "height", "link", "post", "rise"}
LEVEL = {"goal", "here", "run", "tolerance", "zero"}
EITHER = {"drop"}
"""Lines that are called after the way they go: straight up, or across, or one of these."""

WAY = "way"
"""A line along an axis, where it is written beside it how much a bowl bends so."""

DRAWN = {"closer view", "minima", "plane before", "right angle"}
"""Broken lines through places of their own; all others are of a walk."""

ARROWS = {"gradient", "opposite", "turning"}


def wrong_marks(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Marks of angles that are none, lines that go another way, views of another size than told.

    Raises:
        FactError: a place cannot be taken again.
    """
    for claim in standing:
        if claim.kind == "segment" and claim.what in UPRIGHT | LEVEL | EITHER:
            yield from _wrong_direction(claim, record)
        if claim.kind == "polyline" and "walk" not in claim.told:
            if claim.what not in DRAWN:
                yield f"{claim.name}: expected a line of a known kind, found {claim.what!r}"
            elif claim.what == "right angle":
                yield from _wrong_angle(claim, standing, record)
            elif claim.what == "closer view":
                yield from _wrong_view(claim, standing, record)
    yield from _wrong_sizes(standing)
    yield from _wrong_curvatures(standing, record)


# Lines


def _wrong_direction(claim: Claim, record: Record) -> Iterator[str]:
    """Where a coordinate stands at no value, the line is drawn straight there."""
    way = np.diff([record.place(place) for place in claim.told["places"][:2]], axis=0)[0]
    size = np.nan_to_num(np.abs(way)) / (1 + np.nanmax(np.abs(way), initial=0.0))
    off = {"upright": size[:-1].max(), "level": size[-1]}
    ways = [name for name, kinds in (("upright", UPRIGHT), ("level", LEVEL))
            if claim.what in kinds | EITHER]  # fmt: skip
    if all(off[name] > DUST for name in ways):
        yield f"{claim.name}: expected it {' or '.join(ways)}, found it aslant"


def _wrong_curvatures(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Ways that go along no axis, and curvatures beside them that are those of another way."""
    told = [word for word in standing if _is_curvature(word)]
    axes: dict[int, Array] = {}
    for claim in standing if told else ():
        if claim.kind == "segment" and claim.what == WAY:
            start, end = (record.place(place) for place in claim.told["places"])
            moved = np.abs(end - start) > DUST
            if moved.sum() != 1:
                yield f"{claim.name}: expected it along an axis, found it aslant"
            else:
                axes[int(moved.argmax())] = np.mean(claim.told["path"][0], axis=0)
    for word in told if axes else ():
        left, top, right, bottom = word.told["box"]
        middle = np.array([left + right, top + bottom]) / 2
        nearest = min(axes, key=lambda axis: float(np.linalg.norm(axes[axis] - middle)))
        if word.told["facts"][0]["of"]["row"] != nearest:
            yield f"{word.name}: expected the curvature along the way beside it, found another"


def _is_curvature(word: Claim) -> bool:
    facts: Sequence[Any] = word.told.get("facts") or () if word.kind == "word" else ()
    return len(facts) == 1 and facts[0]["what"] == "stationary curvature"


def _wrong_angle(claim: Claim, standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Its legs are as long, at a right angle, and one is along an arrow from its corner."""
    one, middle, other = (record.place(place)[:2] for place in claim.told["places"])
    corner = one + other - middle
    legs = one - corner, other - corner
    size = float(np.linalg.norm(legs[0]))
    if abs(legs[0] @ legs[1]) > DUST * size**2:
        cosine = legs[0] @ legs[1] / size / np.linalg.norm(legs[1])
        turn = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        yield f"{claim.name}: expected an angle of 90°, found {turn:.0f}°"
    arrows = [
        [record.place(place)[:2] for place in arrow.told["places"]]
        for arrow in standing
        if arrow.kind == "segment" and arrow.what in ARROWS and arrow.scale == claim.scale
    ]
    if arrows and not any(_leads(arrow, corner, legs) for arrow in arrows):
        yield f"{claim.name}: expected it at an arrow, along it, found it at {corner.tolist()}"


def _leads(arrow: Sequence[Array], corner: Array, legs: Sequence[Array]) -> bool:
    """Whether an arrow starts in a corner, and goes along a leg."""
    start, end = arrow
    way, reach = end - start, float(np.linalg.norm(end - start))
    near = np.linalg.norm(start - corner) <= DUST * (1 + np.linalg.norm(corner))
    across = (abs(way[0] * leg[1] - way[1] * leg[0]) / reach for leg in legs)
    return bool(near) and min(across) <= DUST * (1 + reach)


# Views


def _magnified(standing: Sequence[Claim]) -> dict[str | None, float]:
    """How far each view that is magnified reaches, h, by its space."""
    return {
        claim.scale: float(claim.told["field"]["h"])
        for claim in standing
        if claim.kind == "surface" and "h" in _of(claim)
    }


def _of(claim: Claim) -> Mapping[str, Any]:
    of = claim.told.get("field")
    return of if isinstance(of, Mapping) else {}


def _wrong_sizes(standing: Sequence[Claim]) -> Iterator[str]:
    """Magnified views of another h than those that are written, from left to right."""
    views = _magnified(standing)
    written = sorted(
        (word.told["box"][0], float(word.told["facts"][0]["value"]), word.name)
        for word in standing
        if word.kind == "word" and word.what == "number" and _is_h(word.told.get("facts"))
    )
    moves = any(claim.moves for claim in standing if claim.scale in views)
    if not views or moves or len(written) < len(views):
        return
    told = [h for _, h, _ in written]
    for h in views.values():
        if not np.isclose(h, told, rtol=DUST).any():
            yield f"{written[-1][2]}: expected h = {h:g}, as of the view, found {told}"
    spaces = {claim.scale: claim.told["place"][0] for claim in standing if claim.kind == "space"}
    shown = [views[scale] for scale in sorted(views, key=lambda scale: spaces.get(scale, 0.0))]
    lefts = {round(left) for left, _, _ in written}
    if len(lefts) == len(told) == len(shown) and not np.allclose(shown, told, rtol=DUST):
        yield f"{written[0][2]}: expected h = {shown} from left to right, found {told}"


def _is_h(facts: Any) -> bool:
    return bool(facts) and facts[0]["what"] == "given" and facts[0]["of"].get("name") == "h"


def _wrong_view(claim: Claim, standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """The frame of a closer view is as large as one that is shown, sooner or later."""
    own = _magnified(standing).get(claim.scale)
    places = np.array([record.place(place)[:2] for place in claim.told["places"]])
    if own is None:
        return
    h = own * float(np.abs(places[:, 0]).max())
    still = [one for one in record.evidence.claims if not one.moves and one.scale != claim.scale]
    shown = [float(_of(one)["h"]) for one in still if one.kind == "surface" and "h" in _of(one)]
    if shown and not np.isclose(h, shown, rtol=DUST).any():
        yield f"{claim.name}: expected the frame of a view that is shown, found one of h = {h:g}"
