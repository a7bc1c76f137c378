"""Flat panes in a space: a shadow is of the plane above it, a cutting plane holds the cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record

Array = NDArray[np.float64]

DUST = 1e-6
"""Of the box: numbers of others are the same but for this."""

BEYOND = 0.2
"""So far beyond its box, in shares of it, a cutting plane goes at most: as far on either side."""


def wrong_panes(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Panes that are not as large as what they are of."""
    spaces = {claim.scale: claim.told for claim in standing if claim.kind == "space"}
    for pane in (claim for claim in standing if claim.kind == "plane"):
        space = spaces.get(pane.scale)
        if space is None:
            continue
        low, high = (np.array(space[end], dtype=float) for end in ("low", "high"))
        beside = [claim for claim in standing if claim.scale == pane.scale]
        corners = np.array(pane.told["corners"], dtype=float)
        is_shadow = int(pane.told["axis"]) == 2
        told = _flat(corners, high - low) or (
            _wrong_shadow(corners, (low, high), beside)
            if is_shadow
            else _wrong_cut(pane, corners, (low, high))
        )
        if told:
            yield f"{pane.name}: {told}"
        yield from () if is_shadow else _cuts_elsewhere(pane, beside, record)


def _flat(corners: Array, size: Array) -> str:
    """That its sides are along axes, one after the other."""
    turns = np.abs(np.diff(np.vstack([corners, corners[:1]]), axis=0)) > DUST * size
    ways = [tuple(np.flatnonzero(turn)) for turn in turns]
    whole = len(corners) == 4 and all(len(way) == 1 for way in ways) and ways[0] != ways[1]
    return "" if whole and ways[:2] == ways[2:] else "expected a rectangle along the axes"


def _wrong_shadow(corners: Array, box: tuple[Array, Array], beside: Sequence[Claim]) -> str:
    """A shadow lies on the floor straight beneath a tangent plane, as broad and as deep as that."""
    low, room = box[0], DUST * (box[1] - box[0])
    if (np.abs(corners[:, 2] - low[2]) > room[2]).any():
        return "expected it on the floor"
    found = np.array([corners[:, :2].min(axis=0), corners[:, :2].max(axis=0)]).T
    planes = [np.array(c.told["window"]) for c in beside if c.what == "tangent plane"]
    if not any((np.abs(found - window) <= room[:2, None]).all() for window in planes):
        return f"expected the shadow of a plane above it, found one over {found.tolist()}"
    return ""


def _wrong_cut(pane: Claim, corners: Array, box: tuple[Array, Array]) -> str:
    """An upright plane cuts through the whole box, and goes as far beyond it on either side."""
    (low, high), other = box, 1 - int(pane.told["axis"])
    size = high - low
    first, last = corners.min(axis=0), corners.max(axis=0)
    before, after = (low - first)[other] / size[other], (last - high)[other] / size[other]
    if abs(before - after) > DUST or not -DUST <= before <= BEYOND:
        found = f"{first[other]:g} … {last[other]:g}"
        return f"expected it from one side of the box to the other, found it over {found}"
    above = (last - high)[2] / size[2]
    if abs(first[2] - low[2]) > DUST * size[2] or not -DUST <= above <= BEYOND:
        return f"expected it from the floor to the top, found it over {first[2]:g} … {last[2]:g}"
    return ""


def _cuts_elsewhere(pane: Claim, beside: Sequence[Claim], record: Record) -> Iterator[str]:
    """Slices that are not in the plane that cuts them out."""
    axis = int(pane.told["axis"])
    cuts: list[Any] = [
        claim.told for claim in beside
        if claim.kind == "curve" and claim.what == "slice" and claim.told.get("along") == 1 - axis
    ]  # fmt: skip
    if not cuts:
        return
    at = record.value(pane.told["at"])
    if not any(abs(float(cut["at"][axis]) - at) <= DUST * max(1.0, abs(at)) for cut in cuts):
        yield f"{pane.name}: expected the slice in it, found it where {cuts[0]['at'][axis]:g} is"
