"""What else is written in the pictures: which way a step goes, where there is no value, digits.

Each of these words states what it is made from; here it is made again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import mpmath

from gdlecture.verify.claims import Claim
from gdlecture.verify.field_recipes import exact_end, exact_points
from gdlecture.verify.labels import unproved
from gdlecture.verify.reading import untinted
from gdlecture.verify.record import Record
from gdmath.descent.certificate import DIGITS

_CLOSE = 1e-9

_FACTOR = r"-?\d+(?:\.\d+)?(?:\^(?:\d+|\(-?\d+\)))?"
_PRODUCT = re.compile(
    rf"(?P<factors>{_FACTOR}(?:\s+dot\s+{_FACTOR})+)\s+(?P<sign>=|approx)\s+(?P<value>-?\d+(?:\.\d+)?)"
)

_KINDS = {"MINIMUM": "a minimum", "MAXIMUM": "a maximum", "SADDLE": "a saddle"}


def check_way(word: Claim, record: Record) -> str:
    """What is wrong with which way a step is said to go, or "".

    Raises:
        FactError: the step cannot be taken again.
    """
    step = record.value(word.told["step"])
    way = "right" if step > 0 else "left"
    expected = f"so the step goes {way}"
    return "" if word.told["text"] == expected else f"{word.name}: expected “{expected}”"


def check_condition(word: Claim, record: Record) -> str:
    """What is wrong with where a field is said to have no value, or "".

    Raises:
        FactError: an end cannot be taken again.
    """
    field, ends = record.field(word.told["field"]), word.told["ends"]
    told = re.fullmatch(
        r"(?:(?P<low>[-\d.]+) (?P<less><=?) )?x(?: (?P<more>[<>]=?) (?P<high>[-\d.]+))?",
        untinted(str(word.told["text"])),
    )
    if told is None:
        return unproved(word)
    low, high = told["low"], told["high"]
    if told["more"] and ">" in told["more"]:
        low, high = high, None
    for said, end in zip((low, high), ends, strict=True):
        if (said is None) != (end is None):
            return f"{word.name}: expected both its ends"
        if end is not None and abs(float(said) - record.value(end)) > _CLOSE:
            return f"{word.name}: expected {record.value(end):g}, found {said}"
    for said, sign in ((low, told["less"] or told["more"]), (high, told["more"])):
        if said is not None and bool(field.contains([float(said)])) == ("=" in str(sign)):
            has = "no" if "=" in str(sign) else "a"
            return f"{word.name}: expected {said} to be where f has {has} value"
    return ""


def check_kind(word: Claim, record: Record) -> str:
    """What is wrong with what a walk is said to end on, or "".

    Raises:
        FactError: the walk cannot be taken again.
    """
    walk = record.walk(word.told["walk"])
    bend = float(walk.field.hessian(walk.points[-1])[0, 0])
    kind = "MINIMUM" if bend > 0 else "MAXIMUM"
    if re.fullmatch(rf"{_KINDS[kind]}(?: far outside)?\.?", str(word.told["text"])):
        return ""
    return f"{word.name}: expected {_KINDS[kind]}"


def check_letters(word: Claim) -> str:
    """What is wrong with the letters that a number is of, or "": "x = 4", "4 along x"."""
    text = untinted(str(word.told["text"]))
    facts = word.told.get("facts") or []
    number = r"-?\d+(?:\.\d+)?"
    along = re.fullmatch(rf"{number} along (\w)", text)
    letters = [along[1]] if along else re.findall(rf"\b([xy]) (?:=|≈|approx) ?{number}", text)
    if len(letters) != len(facts):
        return ""
    for letter, fact in zip(letters, facts, strict=True):
        axis = fact["of"].get("axis")
        if along and (fact["what"] not in {"slope", "partial"} or axis is None):
            return f"{word.name}: expected a slope along {letter}, found {fact['what']}"
        if isinstance(axis, int) and "xy"[axis : axis + 1] != letter:
            return f"{word.name}: expected it of {'xy'[axis : axis + 1]}, found {letter}"
    return ""


def check_product(word: Claim) -> str:
    """What is wrong with a product of numbers that is written out, or "": 3 · 1.4³ ≈ 8.23."""
    found = _PRODUCT.fullmatch(untinted(str(word.told["text"])).strip())
    if found is None or "^" not in found["factors"]:
        return ""  # the numbers are facts, each by itself; powers are not
    product = 1.0
    for factor in re.split(r"\s+dot\s+", found["factors"].strip()):
        base, _, power = factor.partition("^")
        product *= float(base) ** float(power.strip("()") or 1)
    value, decimals = float(found["value"]), len(found["value"].partition(".")[2])
    most = 1e-9 * abs(product) if found["sign"] == "=" else 0.5 * 10.0**-decimals * (1 + 1e-9)
    if abs(product - value) <= most:
        return ""
    return f"{word.name}: expected a product of {product:g}, found {found['value']}"


def check_row(number: Claim, standing: Sequence[Claim]) -> str:
    """What is wrong with a gap beside a distance h, or "": it must be the gap at that distance."""
    gaps = _gaps(number)
    if len(gaps) != 1:
        return ""
    _, top, _, bottom = number.told["box"]
    for other in standing:
        facts = other.told.get("facts") if other.kind == "word" else None
        if not facts or not other.told["box"][1] < (top + bottom) / 2 < other.told["box"][3]:
            continue
        is_distance = facts[0]["what"] == "given" and facts[0]["of"].get("name") == "h"
        if is_distance and abs(facts[0]["value"] - gaps[0]) > _CLOSE:
            return f"{number.name}: expected the gap at h = {facts[0]['value']:g}"
    return ""


def _gaps(number: Claim) -> list[float]:
    return [fact["of"]["h"] for fact in number.told.get("facts") or [] if fact["what"] == "gap"]


def check_digits(word: Claim, record: Record) -> str:
    """What is wrong with the digits of an iterate, or of where it goes, or "".

    Raises:
        FactError: the walk or the field cannot be taken again.
    """
    told = word.told
    said = str(untinted(str(told["text"]))).replace(" ", "")
    with mpmath.workdps(DIGITS):
        if "walk" in told:
            walk = record.walk(told["walk"])
            goal = mpmath.mpf(exact_end(walk.field, float(walk.points[-1, 0])))
            true = exact_points(walk)[told["k"]][0]
        else:
            true = goal = mpmath.mpf(exact_end(record.field(told["field"]), float(told["near"])))
        places = len(said.partition(".")[2])
        over = mpmath.mpf(true) - mpmath.mpf(said)
        if not (places and 0 <= over < mpmath.mpf(10) ** -places):
            return f"{word.name}: expected {mpmath.nstr(true, places)}"
        # The digits of both with as many places, cut off.
        ways = [
            str(int(mpmath.floor(each * 10**places))).zfill(places + 1) for each in (true, goal)
        ]
    if "right" in told:
        right = next(
            (i for i, pair in enumerate(zip(*ways, strict=False)) if len(set(pair)) > 1), places + 1
        )
        right += right > 0  # the point is one of the characters
        if right != told["right"]:
            return f"{word.name}: expected {right} right digits, found {told['right']}"
    return ""
