"""Texts as they are seen: set anew by Typst and matched, glyph by glyph, with the picture.

A digit is there if the picture is nearer to it than to any other digit, a minus, a point or nothing
in its place, a letter if it is nearer to it than to letters that resemble it. How near is its
share: 1 where the picture is that of the true glyph, 0 where it is that of the other one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.alphabets import lookalikes
from gdlecture.verify.claims import Claim, Picture, Seen
from gdlecture.verify.prose import says
from gdlecture.verify.reading import ONLY, is_rounding, numerals, tinted, untinted
from gdlecture.verify.record import Record
from gdlecture.verify.source import FactError
from gdlecture.verify.stencil import Place, Stencil, misfit, stencil
from gdlecture.verify.typeset import FACE, Face, TypesetError, typeset

TOLERANCE_AT_1080 = 2.0
"""How far a text may be from where it is claimed to be, px of a picture 1080 px high."""

LEAST_SHARE = 0.65
"""How near a digit's picture must be to the true digit, where 0 is another one and 1 the true."""

LEAST_BAR = 0.22
LEAST_LIKENESS = 0.6
"""Of the picture's changes under a glyph, the part that its shape must explain."""

LUMA_TOLERANCE, CHROMA_TOLERANCE = (0.08, 10.0), (0.2, 14.0)
"""How far a text's colour may be off: of its difference from the ground, and in levels 0…255."""

INK_ONLY = frozenset(("tick", "topic", "title", "caption", "verdict", "remark"))
"""Words whose numbers others check: ticks the plane, verdicts their words, the rest the beat."""

A_POWER = re.compile(r"([a-z])(\^.*)?")
"""A variable, or a power of it, in a formula."""

_FAINT = 12.0
_PALEST = 0.5
_MISFIT_EMS = 0.05
_LUMA = np.array([0.299, 0.587, 0.114])


def prepare(claims: Iterable[Claim]) -> None:
    """Typeset all words of a clip at once, so that none has to be set while it plays."""
    lookalikes()
    typeset(claim.told["code"] for claim in claims if claim.kind == "word")


def check_word(
    claim: Claim, picture: Picture, record: Record, standing: Iterable[Claim] = ()
) -> Seen:
    """Whether a text says what is true, and is there, in its shape, place and colours.

    What is `standing` with it may say which of its parts has which of its colours.
    """
    told = claim.told
    if not _is_code_of(told["code"], told["text"]):
        return Seen(f"{claim.name}: expected Typst's code of it, found {told['code']!r}")
    try:
        failure = check_numerals(claim, record)
        if failure:
            return Seen(failure)
        held = stencil_of(claim)
    except (FactError, TypesetError) as error:
        return Seen(f"{claim.name}: {error}")
    return _look(claim, held, picture, _parted(claim, standing))


def check_numerals(claim: Claim, record: Record) -> str:
    """What is wrong with the numbers of a word, or "": each must tell its retaken fact.

    Raises:
        FactError: a fact cannot be taken again.
    """
    facts = claim.told.get("facts", [])
    if claim.what in INK_ONLY or not (facts or claim.what == "number"):
        return ""
    found = numerals(claim.told["text"])
    if len(found) != len(facts) and claim.what != "number":
        found = [numeral for numeral in found if numeral.relation]
    if len(found) != len(facts):
        if claim.what == "number" and _tells_no_value(claim, record):
            return ""
        return f"{claim.name}: expected a fact for each number, found {len(facts)}"
    for numeral, fact in zip(found, facts, strict=True):
        value = record.value(fact)
        if not is_rounding(numeral, value):
            return f"{claim.name}: expected {fact['what']} {value!r}, found {numeral}"
    return ""


def stencil_of(claim: Claim) -> Stencil:
    """Where the ink of a word must be.

    Raises:
        TypesetError: it cannot be set, or not in the box that is claimed.
    """
    told = claim.told
    return _stencil(FACE.get(), told["code"], told["em"], tuple(told["box"]))


@lru_cache(maxsize=512)
def _stencil(_: Face, code: str, em: float, box: tuple[float, float, float, float]) -> Stencil:
    setting = typeset([code])[code]
    if isinstance(setting, TypesetError):
        raise setting
    off = misfit(setting, em, box)
    if off > _MISFIT_EMS * em:
        raise TypesetError(f"expected a box of its size, found one {off:.1f} px off")
    return stencil(setting, em, box)


def _is_code_of(code: str, text: str) -> bool:
    """Whether a line of Typst is a text's, as a formula or as words."""
    return says(code, text) or untinted(code) == f"$display(#${untinted(text)}$)$"


def _tells_no_value(claim: Claim, record: Record) -> bool:
    """Whether a number says that there is none, and there is none."""
    facts = claim.told.get("facts", [])
    said = '"no value"' in claim.told["text"]
    return said and len(facts) == 1 and math.isnan(record.value(facts[0]))


# --- looking -------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Look:
    """What a picture shows in one place: its changes above ground, and in chroma."""

    place: Place
    luma: NDArray[np.float64]
    contrast: float
    likeness: float


def _look(
    claim: Claim, held: Stencil, picture: Picture, parted: Mapping[str, Sequence[str]]
) -> Seen:
    luma = held.cut(picture.luma)
    if luma is None:
        return Seen(looked=False)
    looks = [_look_at(place, luma) for place in held.places]
    groups = _by_colour(looks)
    contrasts = {colour: _contrast(group) for colour, group in groups.items()}
    if all(abs(contrast) < _FAINT for contrast in contrasts.values()):
        if _expected_contrast(claim, held, picture) < _FAINT:
            return Seen(looked=False)
        return Seen(_elsewhere(claim, held, picture))
    shift = _shift(looks, contrasts)
    error = float(np.hypot(*shift))
    if _likeness(looks) < LEAST_LIKENESS or error > TOLERANCE_AT_1080 * picture.scale:
        return Seen(_elsewhere(claim, held, picture), error)
    failure = next(_wrong_glyphs(claim, looks, contrasts), "") or next(
        _wrong_colours(claim, held, picture, groups, parted), ""
    )
    return Seen(failure, error)


def _look_at(place: Place, luma: NDArray[Any]) -> Look:
    found = place.above_ground(luma[place.rows, place.columns])
    here, ink = found[place.near], place.ink[place.near]
    along, all_ink = float(here @ ink), float(ink @ ink)
    return Look(place, found, along / all_ink, along**2 / all_ink / (float(here @ here) + 1e-9))


def _by_colour(looks: Sequence[Look]) -> dict[str, list[Look]]:
    groups: dict[str, list[Look]] = {}
    for look in looks:
        groups.setdefault(look.place.part.colour, []).append(look)
    return groups


def _contrast(looks: Sequence[Look]) -> float:
    """How much lighter than their ground some glyphs of one colour are."""
    return float(np.median([look.contrast for look in looks]))


def _likeness(looks: Sequence[Look]) -> float:
    return float(np.median([look.likeness for look in looks]))


def _shift(looks: Sequence[Look], contrasts: Mapping[str, float]) -> NDArray[np.float64]:
    """How far right and down of its place a text is, px: to first order."""
    square, moved = np.zeros((2, 2)), np.zeros(2)
    for look in looks:
        contrast = contrasts[look.place.part.colour]
        if abs(contrast) < _FAINT:
            continue
        slopes = look.place.slopes
        square += slopes @ slopes.T
        moved += slopes @ (look.place.ink - look.luma / contrast)
    return np.asarray(np.linalg.lstsq(square, moved, rcond=None)[0], dtype=float)


def shares(look: Look, contrast: float) -> NDArray[np.float64]:
    """The share of the true glyph beside each other one in its place."""
    return np.asarray(1 + look.place.ways @ (look.luma / contrast - look.place.ink))


def _wrong_glyphs(
    claim: Claim, looks: Sequence[Look], contrasts: Mapping[str, float]
) -> Iterator[str]:
    for number, look in enumerate(looks, 1):
        contrast = contrasts[look.place.part.colour]
        found = shares(look, contrast)
        where = f"glyph {number} of {len(looks)}"
        # A bar is like nothing else; in a small picture it is paler than it is set.
        is_bar = look.place.part.shape.width > 0
        if found.min() < (LEAST_BAR if is_bar else LEAST_SHARE):
            # The one that the picture is nearest to.
            best = int((look.place.apart * (2 * found - 1)).argmin())
            share = f"{100 * found[best]:.0f} %"
            yield f"{claim.name}: {where}: expected it, found {look.place.signs[best]!r} ({share})"
        elif look.likeness < LEAST_LIKENESS:
            yield f"{claim.name}: {where}: expected its shape, found {look.likeness:.0%} of it"


def _elsewhere(claim: Claim, held: Stencil, picture: Picture) -> str:
    """What is said of a text that is not in its place: where it is, if it is near."""
    reach = round(10 * picture.scale) + 2
    best, place = LEAST_LIKENESS, (0, 0)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            moved = Stencil(held.left + right, held.top + down, held.cover, held.places)
            luma = moved.cut(picture.luma)
            if luma is None:
                continue
            likeness = _likeness([_look_at(held_place, luma) for held_place in held.places[:8]])
            if likeness > best:
                best, place = likeness, (right, down)
    left, top, right, bottom = claim.told["box"]
    box = f"({left:.0f}, {top:.0f})…({right:.0f}, {bottom:.0f})"
    if place == (0, 0):
        return f"{claim.name}: expected it at {box} px, found something else or nothing"
    return f"{claim.name}: expected it at {box} px, found it off by {place} px (right, down)"


# --- colours -------------------------------------------------------------------------------


def _expected_contrast(claim: Claim, held: Stencil, picture: Picture) -> float:
    patch = held.cut(picture.rgb)
    if patch is None:
        return 0.0
    ground = np.median(patch[held.cover == 0], axis=0)
    return max(abs(float(_LUMA @ (c - ground))) for c in _colours(claim)) * _opacity(claim)


def _parted(claim: Claim, standing: Iterable[Claim]) -> dict[str, Sequence[str]]:
    """The colours that a formula's parts may have beside "y is only a number": so has y, only."""
    colours, parted = claim.told["colours"], {}
    for word in standing if len(colours) > 1 else ():
        said = ONLY.fullmatch(str(word.told.get("text")))
        own = word.told["colours"] if said else []
        if said and own[0] in colours:
            others = [colour for colour in colours if colour not in own]
            for mark, part in tinted(claim.told["code"]):
                if power := A_POWER.fullmatch(part):
                    parted[mark] = own if power[1] == said["held"] else others
    return parted


def _wrong_colours(
    claim: Claim,
    held: Stencil,
    picture: Picture,
    groups: Mapping[str, Sequence[Look]],
    parted: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    patch = held.cut(picture.rgb)
    if patch is None:
        return
    for mark, group in groups.items():
        found, ground = _colour_change(group, patch)
        off = {
            _hex(colour): _distance(found, _opacity(claim) * _to_ycc(colour - ground))
            for colour in _rgb(parted.get(mark, claim.told["colours"]))
        }
        if min(off.values()) > 1:
            seen = ground + _to_rgb(found) / max(_opacity(claim), 0.05)
            yield f"{claim.name}: expected it in {' or '.join(off)}, found {_hex(seen)}"


def _colour_change(
    looks: Sequence[Look], patch: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By how much ink differs from its ground in luma and chroma, and the ground's colour."""
    along, ink, ground, bare = np.zeros(3), np.zeros(3), np.zeros(3), 0
    for look in looks:
        place = look.place
        window = patch[place.rows, place.columns].reshape(-1, 3).astype(float)
        covers = np.stack([place.ink, place.coarse, place.coarse])
        # Covers are above ground already, so that the ground of the window drops out.
        along += ((covers @ window) * _YCC).sum(axis=1)
        ink += (covers**2).sum(axis=1)
        ground += window[place.bare].sum(axis=0)
        bare += len(place.bare)
    return along / ink, ground / max(bare, 1)


def _distance(found: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """How far a change of colour is from another, 1 being as far as it may be."""
    share, level = LUMA_TOLERANCE
    luma = abs(found[0] - expected[0]) / (share * abs(expected[0]) + level)
    # Encoders make what is thin paler, so its chroma may be less than it should be.
    strength = float(np.linalg.norm(expected[1:]))
    kept = float(np.clip(found[1:] @ expected[1:] / max(strength**2, 1.0), _PALEST, 1.0))
    share, level = CHROMA_TOLERANCE
    off = float(np.linalg.norm(found[1:] - kept * expected[1:]))
    return float(max(luma, off / (share * strength + level)))


_YCC = np.array([[0.299, 0.587, 0.114], [-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]])
_RGB = np.linalg.inv(_YCC)


def _to_ycc(rgb: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(rgb @ _YCC.T)


def _to_rgb(ycc: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(ycc @ _RGB.T)


def _colours(claim: Claim) -> list[NDArray[np.float64]]:
    return _rgb(claim.told["colours"])


def _rgb(colours: Iterable[str]) -> list[NDArray[np.float64]]:
    return [np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)], dtype=float) for c in colours]


def _opacity(claim: Claim) -> float:
    return float(claim.told.get("opacity", 1.0))


def _hex(rgb: NDArray[Any]) -> str:
    return "#" + "".join(f"{round(float(np.clip(v, 0, 255))):02x}" for v in rgb)
