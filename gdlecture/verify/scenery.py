"""Scenery, ink that states no quantity: of what kinds it is, and where each may be.

Whatever is called scenery is accounted for without a proof, so it must not look like what proves
something: each kind has its place and its shape here, and there is no other kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.ink import rgb
from gdlecture.verify.space_ink import middle_of, view_of
from gdlecture.verify.tones import is_colour

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

Array = NDArray[np.float64]

MAY_MEAN = {"key", "sign", "loose glyphs", "mark"}
"""Scenery that may have a colour of meaning; the rest is in the ground's, or grey."""

UNMEASURED = {"loose glyphs", "person", "sauna"}
"""Scenery whose parts lie on each other: of these only the colours are held, not each middle."""

HALO, CENTRED, GROUND = 1.7, 0.003, 24.0
"""How many times larger a halo is than its disc at most; how far (share of the picture's height)
their middles are apart; how many levels its colour is off the ground's, as encoded."""

KEY, SIGN, HEAD, RULE, ASLANT = 0.05, 0.06, 0.03, 0.004, 0.03
"""How large these are at most, as shares of the picture's height: a key's square, a sign, the head
of an axis; how thick a rule is; how long a straight edge of furniture that is aslant."""

BEYOND = 0.4
"""So far beyond its box, in shares of it, an axis of a space goes at most."""

BESIDE = 3.0
"""Ems that what a sign or a key is of stands right of it."""

MARGIN = 0.5
"""Ems by which the ground of a number reaches beyond it at most."""

ROUND, FINE = 0.05, 0.004
"""A closed line whose points are as far from their middle but for this share is a disc; one of a
radius up to so much of the picture's height is no mark."""


@dataclass(frozen=True, eq=False)
class Around:
    """What stands in a picture, of a stature in px: all claims, and its discs and rings.

    `discs` are (right, down, radius) in px; `ground` is the ground's colour 0…255.
    """

    standing: Sequence[Claim]
    discs: Sequence[tuple[float, float, float]]
    ground: Array
    height: float

    @property
    def words(self) -> list[Claim]:
        """The texts."""
        return [claim for claim in self.standing if claim.kind == "word"]

    def space(self, claim: Claim) -> Mapping[str, Any] | None:
        """What is told of the space that a claim is in, if that stands."""
        spaces = (c for c in self.standing if c.kind == "space" and c.scale == claim.scale)
        return next((space.told for space in spaces), None)


def around(
    standing: Sequence[Claim], marks: Sequence[Any], ground: Array, height: float, record: Record
) -> Around:
    """What stands in a picture in which dots of iterates are the `marks`."""
    spaces = {claim.scale: claim for claim in standing if claim.kind == "space"}
    discs = [(*mark.pixel, mark.radius) for mark in marks]
    for claim in standing:
        if claim.kind != "point":
            continue
        if "radius" in claim.told:
            if claim.scale in spaces:
                view = view_of(spaces[claim.scale])
                (x, y), _ = view.seen(middle_of(claim, view, record))
                discs.append((float(x), float(y), float(claim.told["radius"])))
        elif "box" in claim.told:
            (x, y), half = _middle_and_half(claim.told["box"])
            discs.append((x, y, half))
    return Around(standing, discs, ground, height)


def strange_scenery(claim: Claim) -> str:
    """What is wrong with ink that says it states nothing, or "": it must not look as if it did."""
    if claim.what not in PLACES:
        return f"expected scenery of a known kind, found {claim.what!r}"
    for style in claim.told.get("styles") or [claim.told.get("style") or {}]:
        for part in ("fill", "stroke"):
            if part in style and is_colour(style[part][0]) and claim.what not in MAY_MEAN:
                return f"expected ink of a colour of meaning to state something, found {claim.what}"
    return ""


def misplaced_scenery(stage: Around) -> Iterator[str]:
    """Scenery that is not where, or not as large as, its kind may be."""
    for claim in stage.standing:
        check = PLACES.get(claim.what) if claim.kind == "scenery" else None
        told = check(claim, stage) if check else ""
        if told:
            yield f"{claim.name}: {told}"


# The kinds


def _halo(claim: Claim, stage: Around) -> str:
    """Around a disc or a ring that stands at its middle, in the ground's colour."""
    told = claim.told
    if "radius" in told:
        space = next((c for c in stage.standing if c.kind == "space" and c.scale == claim.scale), 0)
        if not space:
            return ""
        (x, y), _ = view_of(space).seen(np.array(told["ends"][0], dtype=float))
        radius = float(told["radius"])
    else:
        (x, y), radius = _middle_and_half(told["box"])
        if not all(_is_round(line) for line in _lines(claim)):
            return "expected a disc, found another shape"
    if np.abs(rgb(told["style"]["fill"][0]) - stage.ground).max() > GROUND:
        return f"expected it in the ground’s colour, found {told['style']['fill'][0]}"
    near = [r for a, b, r in stage.discs if np.hypot(a - x, b - y) <= CENTRED * stage.height]
    if not any(r <= radius + 1 and radius <= HALO * r for r in near):
        return f"expected a dot or a ring in its middle ({x:.0f}, {y:.0f}), found none of its size"
    return ""


def _axis(claim: Claim, stage: Around) -> str:
    """A straight line along an edge of a box, or within it, and a little beyond."""
    space, ends = stage.space(claim), np.array(claim.told["ends"], dtype=float)
    if space is None:
        return ""
    low, high = (np.array(space[end], dtype=float) for end in ("low", "high"))
    way, dust = np.abs(ends[-1] - ends[0]) / (high - low), 1e-6
    room = np.where(way > dust, BEYOND, dust) * (high - low)
    if (way > dust).sum() != 1 or len(ends) > 2:
        return "expected a line along one axis"
    if (ends < low - room).any() or (ends > high + room).any():
        return "expected it in its box, found it farther out"
    return ""


def _edge(claim: Claim, stage: Around) -> str:
    """The edge of the floor, or the floor itself."""
    space, corners = stage.space(claim), claim.told.get("corners") or claim.told.get("ends")
    if space is None:
        return ""
    low, high = (np.array(space[end], dtype=float) for end in ("low", "high"))
    found = np.array(corners, dtype=float)
    on_edge = np.isclose(found[:, :2], low[:2]) | np.isclose(found[:, :2], high[:2])
    if not (on_edge.all() and np.allclose(found[:, 2], low[2])):
        return "expected it at the corners of the floor"
    return ""


def _axes(claim: Claim, stage: Around) -> str:
    """Two lines, across and upright, with small heads."""
    for line, style in zip(_lines(claim), _styles(claim), strict=False):
        across, up = np.ptp(line, axis=0)
        if "fill" in style and "stroke" not in style:
            if max(across, up) > HEAD * stage.height:
                return "expected the heads of axes, found something larger"
        elif min(across, up) > 1:
            return "expected lines across and upright"
    return ""


def _rule(claim: Claim, stage: Around) -> str:
    """A thin line across."""
    for line, style in zip(_lines(claim), _styles(claim), strict=False):
        if np.ptp(line[:, 1]) > 1 or style["stroke"][2] > RULE * stage.height:
            return "expected a thin line across"
    return ""


def _key(claim: Claim, stage: Around) -> str:
    """A square, or a short line, with the words for it right beside it."""
    left, top, right, bottom = claim.told["box"]
    if max(right - left, bottom - top) > KEY * stage.height or _discs(claim, stage):
        return "expected a small square or line"
    return "" if _right_of(claim, stage) else "expected words beside it, found none"


def _sign(claim: Claim, stage: Around) -> str:
    """Small, of the end of a walk, or beside words in its colour that are proved."""
    left, top, right, bottom = claim.told["box"]
    if max(right - left, bottom - top) > SIGN * stage.height or "fill" in claim.told["style"]:
        return "expected a small sign"
    if claim.told.get("facts"):
        return ""
    colour = claim.told["style"]["stroke"][0]
    beside = [word for word in _right_of(claim, stage) if word.told.get("facts")]
    if not any(word.told["colours"] == [colour] for word in beside):
        return "expected a fact in its colour beside it, found none"
    return ""


def _loose(_claim: Claim, _stage: Around) -> str:
    """Glyphs on their way from one formula to another: where all stands, none is."""
    return "expected a glyph on its way, found it at rest"


def _person(claim: Claim, stage: Around) -> str:
    """All parts hang together, and what is round lies upon what is not."""
    parts = [other for other in stage.standing if _is(other, "person")]
    boxes = [np.array(part.told["box"], dtype=float) for part in parts]
    # From its largest part all others are reached.
    reached = {int(np.argmax([np.prod(box[2:] - box[:2]) for box in boxes]))}
    for _ in parts:
        reached |= {i for i, box in enumerate(boxes) if any(_touch(box, boxes[j]) for j in reached)}
    own = next(i for i, part in enumerate(parts) if part is claim)
    if own not in reached:
        return "expected it to be part of a body"
    return ""


def _sauna(claim: Claim, stage: Around) -> str:
    """What a room is furnished with: nothing in it is a disc, or has the edges of an arrow."""
    if _discs(claim, stage):
        return "expected no disc among what states nothing"
    for line in _lines(claim):
        across, up = np.abs(np.diff(line, axis=0)).T
        if ((np.minimum(across, up) > 1) & (np.hypot(across, up) > ASLANT * stage.height)).any():
            return "expected straight edges level or upright, found one aslant"
    return ""


def _not_felt(claim: Claim, stage: Around) -> str:
    """A ring, around who sits there, where nobody has felt."""
    if "fill" in claim.told["style"]:
        return "expected an empty ring"
    bodies = any(_is(other, "person") for other in stage.standing)
    return "" if bodies else "expected somebody who could reach it, found nobody"


def _tag(claim: Claim, stage: Around) -> str:
    """The ground of a text that stands in its middle, hardly larger than it."""
    style = claim.told["style"]
    if "stroke" in style or np.abs(rgb(style["fill"][0]) - stage.ground).max() > GROUND:
        return "expected it in the ground’s colour"
    box = np.array(claim.told["box"], dtype=float)
    for word in stage.words:
        room = (np.array(word.told["box"], dtype=float) - box) * [1, 1, -1, -1]
        if room.min() > 0 and room.max() < MARGIN * word.told["em"]:
            return ""
    return "expected a text in its middle, found none of its size"


PLACES: dict[str, Callable[[Claim, Around], str]] = {
    "halo": _halo,
    "axis": _axis,
    "axes": _axes,
    "border": _edge,
    "floor": _edge,
    "rule": _rule,
    "key": _key,
    "sign": _sign,
    "tag": _tag,
    "loose glyphs": _loose,
    "person": _person,
    "sauna": _sauna,
    "not felt": _not_felt,
    "mark": lambda _claim, _stage: "",  # brands.py holds it
}
"""What says what is wrong with the place and the shape of scenery, or "", for each kind."""


def _is(claim: Claim, what: str) -> bool:
    return claim.kind == "scenery" and claim.what == what


def _lines(claim: Claim) -> list[Array]:
    return [np.array(line, dtype=float) for line in claim.told.get("path", ())]


def _styles(claim: Claim) -> list[Mapping[str, Any]]:
    lines = claim.told.get("path", ())
    return claim.told.get("styles") or [claim.told["style"]] * len(lines)


def _discs(claim: Claim, stage: Around) -> bool:
    """Whether there is something round and filled in it, as large as a mark."""
    return any(
        "fill" in style and _is_round(line) and np.ptp(line[:, 0]) > 2 * FINE * stage.height
        for line, style in zip(_lines(claim), _styles(claim), strict=False)
    )


def _is_round(line: Array) -> bool:
    corners = line[:-1] if np.allclose(line[0], line[-1], atol=0.5) else line
    off = np.hypot(*(corners - (line.min(axis=0) + line.max(axis=0)) / 2).T)
    return len(corners) >= 7 and bool(np.ptp(off) <= ROUND * off.mean() + 0.1)


def _middle_and_half(box: Sequence[float]) -> tuple[tuple[float, float], float]:
    left, top, right, bottom = (float(side) for side in box)
    return ((left + right) / 2, (top + bottom) / 2), max(right - left, bottom - top) / 2


def _right_of(claim: Claim, stage: Around) -> list[Claim]:
    """The words that begin right of a small sign, on its line."""
    _, top, right, bottom = claim.told["box"]
    return [
        word
        for word in stage.words
        if 0 <= word.told["box"][0] - right < BESIDE * word.told["em"]
        and word.told["box"][1] - 2 < (top + bottom) / 2 < word.told["box"][3] + 2
    ]


def _touch(one: Array, other: Array) -> bool:
    return bool((np.maximum(one[:2], other[:2]) <= np.minimum(one[2:], other[2:]) + 2).all())
