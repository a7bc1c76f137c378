"""The axes of a space: do ticks say the values, and names the variables, that are seen there?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.axes import ScaleError, tick_value
from gdlecture.verify.claims import Claim
from gdlecture.verify.record import Record
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.space_ink import view_of
from gdlecture.verify.space_lines import place_in
from gdlecture.verify.view import View

Array = NDArray[np.float64]

ASIDE, FAR = 0.15, 1.0
"""How far, in em, a label may be off its mark's direction, and from the mark's end."""

NEAR = 2.5
"""How far, in em, an axis' name may be from its axis."""

SLACK = 1e-9


def check_axis_word(
    word: Claim, scales: Mapping[str, Claim], standing: Sequence[Claim], record: Record
) -> Iterator[str]:
    """What keeps a viewer from reading a space by the label of a tick, or by an axis' name.

    `scales` are the claims of spaces that stand with it, by name. Where its own does not, as while
    the camera moves, nothing is found wrong.

    Raises:
        ClaimError: it is of no axis, or a tick's label is no number.
        FactError: its place cannot be taken again.
    """
    scale = scales.get(word.scale or "")
    if scale is None:
        return
    view, axis = view_of(scale), word.told.get("axis")
    if axis not in (0, 1, 2) or len(word.told.get("places", ())) != 1:
        raise ClaimError("expected one place of an axis, found none")
    foot = place_in(word.told["places"][0], view, record)
    beside = [claim for claim in standing if claim.scale == word.scale]
    if word.what == "tick":
        yield from _wrong_tick(word, foot, beside, view, record)
    else:
        yield from _wrong_name(word, foot, beside, view, record)


def _wrong_tick(
    word: Claim, foot: Array, standing: Sequence[Claim], view: View, record: Record
) -> Iterator[str]:
    yield from _wrong_number(word, foot[word.told["axis"]])
    ends = list(_marks_at(foot, standing, view, record))
    if not ends:
        yield f"expected the mark of a tick at {_told(foot)}, found none"
    elif not any(_is_beside(word, foot, end, view) for end in ends):
        x, y = view.seen(foot)[0]
        middle, _ = _middle_and_half(word)
        found = f"found it around {_told(middle)}"
        yield f"expected it beside its tick at ({x:.1f}, {y:.1f}), {found}"


def _wrong_number(word: Claim, value: float) -> Iterator[str]:
    try:
        said = tick_value(word.told["code"])
    except ScaleError as error:
        raise ClaimError(str(error)) from error
    if not math.isclose(said, value, rel_tol=SLACK, abs_tol=SLACK):
        yield f"expected the label {value:.9g}, found {word.told['text']!r}"


def _marks_at(
    foot: Array, standing: Sequence[Claim], view: View, record: Record
) -> Iterator[Array]:
    """Where the marks end that leave an axis at a place."""
    for claim in standing:
        if claim.kind == "segment" and claim.what == "tick":
            start, end = (place_in(place, view, record) for place in claim.told["places"])
            if _is_same(start, foot, view):
                yield end


def _wrong_name(
    word: Claim, foot: Array, standing: Sequence[Claim], view: View, record: Record
) -> Iterator[str]:
    """A name of another variable than its axis is of, or away from that axis."""
    axis, said = word.told["axis"], str(word.told["text"])
    fields = (claim.told.get("field") for claim in standing)
    # What is magnified has axes of its own.
    known = [
        record.field(told) for told in fields if isinstance(told, Mapping) and "of" not in told
    ]
    names = {tuple(map(str, field.variables)) for field in known}
    if axis == 2:
        whole = {f"({', '.join(variables)})" for variables in names}
        right = not names or any(said.endswith(ending) and said != ending for ending in whole)
    else:
        right = not names or any(said == variables[axis] for variables in names)
    if not right:
        yield f"expected the name of axis {axis} of {' or '.join(map(str, sorted(names)))}"
    if not any(_runs_through(claim, foot, axis, view) for claim in standing):
        yield f"expected axis {axis} to run through {_told(foot)}, found none that does"
    middle, half = _middle_and_half(word)
    pixel, _ = view.seen(foot)
    reach = float(np.hypot(*half)) + NEAR * float(word.told["em"])
    if np.hypot(*(middle - pixel)) > reach:
        x, y = pixel
        yield f"expected it at its axis, at ({x:.1f}, {y:.1f}), found it around {_told(middle)}"


def _runs_through(claim: Claim, foot: Array, axis: int, view: View) -> bool:
    """Whether a claim is the line of an axis, along a coordinate and through a point."""
    if claim.kind != "scenery" or claim.what != "axis":
        return False
    start, end = np.array(claim.told["ends"], dtype=float)[[0, -1]]
    on_line = foot.copy()
    on_line[axis] = start[axis]
    low, high = sorted((start[axis], end[axis]))
    room = SLACK * (high - low)
    straight = _is_same(on_line, start, view) and end[axis] > start[axis]
    return bool(straight and low - room <= foot[axis] <= high + room)


def _is_same(one: Array, other: Array, view: View) -> bool:
    return bool(np.allclose((one - other) * view.scale, 0, atol=SLACK * view.size.max()))


def _is_beside(word: Claim, foot: Array, end: Array, view: View) -> bool:
    """Whether a label stands next to the end of a mark, where that points."""
    em, (middle, half) = float(word.told["em"]), _middle_and_half(word)
    (start, _), (tip, _) = view.seen(foot), view.seen(end)
    way = tip - start
    length = float(np.hypot(*way))
    if length < SLACK:
        return bool(np.hypot(*(middle - tip)) < np.hypot(*half) + FAR * em)
    way = way / length
    along, aside = (middle - tip) @ way, (middle - tip) @ np.array([-way[1], way[0]])
    reach = float(np.hypot(*(way * half)))
    return bool(abs(aside) <= ASIDE * em + 0.5 and 0 < along - reach < FAR * em)


def _middle_and_half(word: Claim) -> tuple[Array, Array]:
    """The middle of a word's box, and half its width and height, px."""
    left, top, right, bottom = (float(side) for side in word.told["box"])
    middle = np.array([left + right, top + bottom]) / 2
    return middle, np.array([right - left, bottom - top]) / 2


def _told(point: Array) -> str:
    return f"({', '.join(f'{c:.6g}' for c in point)})"
