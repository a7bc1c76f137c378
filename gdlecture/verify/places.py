"""Words stand at their own things: a number at its place, a name in its zone.

A true number at the place of another is a lie. So what stands in a picture is put, by the scale
that is seen, where it is of; if the words of a family would all in all stand nearer to their places
in another order, they have been exchanged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from gdlecture.verify.naming import RATES, bare
from gdlecture.verify.reading import untinted
from gdlecture.verify.record import Record, function_text
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.space_lines import place_in
from gdlecture.verify.ties import facts_in
from gdlecture.verify.view import View

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Mark
    from gdlecture.verify.standing import Cast

Array = NDArray[np.float64]
Fact = Mapping[str, Any]

NEAR, SLACK = 8.0, 1.0
"""Ems from a place within which a word stands at it, and by which the words of a family may stand
nearer to each other's places than to their own."""

AT, FAR = 0.75, 3.0
"""Ems from another’s place within which a word stands there, and from its own beyond which it does
not stand at that."""

AROUND = 3.0
"""Ems around the box of a picture within which its words stand."""

SAME = 1e-9

TABLED = 0.5
"""Of the narrower of two words, how much may be over the other that is not in a column with it."""


def words_elsewhere(
    standing: Sequence[Claim], marks: Sequence[Mark], cast: Cast, record: Record
) -> Iterator[str]:
    """Words among what stands in one picture that are where others belong.

    Raises:
        FactError: a walk or a function cannot be taken again.
    """
    words = [claim for claim in standing if claim.kind == "word"]
    yield from _out_of_zones(words, standing)
    scales = [scale for scale in standing if scale.kind in {"axes", "space"}]
    pictures = [_Picture(scale, standing, marks, cast, record) for scale in scales]
    for picture in pictures:
        yield from picture.exchanged(words)
    yield from _at_each_others_pictures(words, pictures)


# Zones

_GONE = {"no value", "out of the domain"}


def _out_of_zones(words: Sequence[Claim], standing: Sequence[Claim]) -> Iterator[str]:
    """Words that tell what a stretch or an area is, and stand over another one."""
    zones = [(zone, box) for zone in standing if (box := _extent(zone)) is not None]
    for word in words:
        if word.what in {"title", "caption", "verdict"} or word.moves:
            continue
        own = [box for zone, box in zones if _tells_of(word, zone)]
        left, _, right, _ = word.told["box"]
        if own and not any(
            min(right, high) - max(left, low) >= TABLED * min(right - left, high - low)
            for low, high in own
        ):
            yield f"{word.name}: expected it at the zone that it tells of, found it elsewhere"


def _extent(zone: Claim) -> tuple[float, float] | None:
    """From where to where a zone reaches across, px."""
    if (zone.kind, zone.what) in {("region", "no value"), ("region", "bends down")}:
        left, _, right, _ = zone.told["box"]
        return left, right
    if (zone.kind, zone.what) == ("segment", "starts"):
        across = [x for path in zone.told["path"] for x, _ in path]
        return min(across), max(across)
    return None


def _tells_of(word: Claim, zone: Claim) -> bool:
    text, facts = untinted(str(word.told["text"])), word.told.get("facts") or ()
    if zone.what == "bends down":
        return re.fullmatch(r"\w''(\(x\))?\s*< 0", text.strip()) is not None
    told = zone.told.get("reaches")
    reached = told.get("value") if isinstance(told, Mapping) else None
    if text.strip('"') in _GONE:
        return zone.what == "no value" or reached == -1
    shares = {fact["of"]["minimum"] for fact in facts if fact["what"] == "basin share"}
    shares |= {fact["value"] for fact in facts if fact["what"] == "basin minimum"}
    return reached is not None and reached in shares


# Places


@dataclass(frozen=True)
class _Label:
    """A word, and where in the picture its place is: (right, down), px, nan where that is open."""

    word: Claim
    place: Array

    def off(self, place: Array) -> float:
        """How far the word is from a place, ems."""
        x, y = place
        down = self.word.told["box"][1] if np.isnan(y) else y
        return self.word.off(x, down) / float(self.word.told["em"])


class _Picture:
    """A scale, what stands in it, and of which functions and walks it is."""

    def __init__(
        self,
        scale: Claim,
        standing: Sequence[Claim],
        marks: Sequence[Mark],
        cast: Cast,
        record: Record,
    ) -> None:
        self.scale, self.standing, self.cast, self.record = scale, standing, cast, record
        self.parts = [claim for claim in standing if claim.scale == scale.scale]
        self.marks = [mark for mark in marks if mark.scale == scale.scale]
        self.functions = {self._function(of) for claim in self.parts for of in _fields_in(claim)}
        self.functions |= {self._function({"walk": mark.walk}) for mark in self.marks}
        self.walks = {mark.walk for mark in self.marks} | set(_walks_of_points(self.parts))
        across = {fact["what"] for claim in self.parts for fact in _first_facts(claim)}
        self.is_of_rates, self.is_chart = bool(across & RATES), "count" in across

    def exchanged(self, words: Sequence[Claim]) -> Iterator[str]:
        """Words at each other's places."""
        families: dict[Any, list[_Label]] = defaultdict(list)
        for word in words:
            place = self._place_of(word) if self._has(word) else None
            if place is not None:
                families[_family(word)].append(_Label(word, place))
        for labels in families.values():
            yield from _exchanged(labels)
            yield from _astray(labels)

    @property
    def middle(self) -> Array:
        """Where its middle is seen: (right, down), px."""
        if self.scale.kind == "space":
            return View(self.scale.told).place
        left, top, right, bottom = self.scale.told["box"]
        return np.array([left + right, top + bottom]) / 2

    def _has(self, word: Claim) -> bool:
        """Whether a word stands in the picture, or beside it."""
        if self.scale.kind == "space":
            return True
        (left, top, right, bottom), em = word.told["box"], AROUND * word.told["em"]
        low, ceiling, high, floor = self.scale.told["box"]
        across, down = (left + right) / 2, (top + bottom) / 2
        return bool(low - em < across < high + em and ceiling - em < down < floor + em)

    def _place_of(self, word: Claim) -> Array | None:
        """Where in the picture that is which a word is of, if it is of something there."""
        if word.what == "label":
            return self._named(untinted(str(word.told["text"])).strip())
        if word.what not in {"number", "remark"} or word.told.get("beside"):
            return None
        # A number made of others, as a ratio of two dots, is of no iterate of a chart.
        facts = word.told.get("facts") or ()
        for fact in facts if self.is_chart else facts_in(facts):
            own = bare(fact)
            if self.function_of(own) in self.functions:
                place = self._plotted(own) if self.is_chart else None
                place = self._pixel(self._point_of(own)) if place is None else place
                if place is not None:
                    return place
        return None

    def _plotted(self, fact: Fact) -> Array | None:
        """Where the dot of a fact is in a chart, if it has one."""
        for claim in self.parts:
            if claim.kind == "point" and _is_same(claim.told["places"][0][-1], fact):
                return self._middle(claim)
        return None

    def _point_of(self, fact: Fact) -> Array | None:
        """The point that a fact is of: in a chart the iterate, on a scale of rates the rate."""
        if self.is_chart:
            return np.array([float(fact["of"]["k"])]) if _is_of_iterate(fact) else None
        if not self.is_of_rates:
            return _point_of(fact, self.record)
        rate = self.record.walk(fact["of"]["walk"]).step.rate if "walk" in fact["of"] else None
        return None if rate is None else np.array([float(rate)])

    def _named(self, text: str) -> Array | None:
        """Where the iterate is that a label like x_2 names, of the only walk in the picture."""
        found = re.fullmatch(r"[a-z]_(\d+)", text)
        if found is None or len(self.walks) != 1 or self.is_chart:
            return None
        points = self.record.walk(*self.walks).points
        k = int(found[1])
        return self._pixel(np.asarray(points[k])) if k < len(points) else None

    def _pixel(self, point: Array | None) -> Array | None:
        """Where a point of the data, (1,) or (2,), is seen."""
        if point is None or len(point) > 2 or not np.isfinite(point).all():
            return None
        if len(point) == 1:
            return self._across(float(point[0])) if self.scale.kind == "axes" else None
        for at, pixel in self._marked():
            if np.allclose(at[:2], point, rtol=SAME, atol=SAME):
                return pixel
        try:
            return self.cast.pixel_of(self.scale, point.tolist(), self.standing)
        except ClaimError:
            return None

    def _across(self, x: float) -> Array | None:
        """Where along the axis a number is; the height is open."""
        one = next(one for one in self.cast.all if one.claim is self.scale)
        return np.array([float(self.cast.axes(one).x.to_px(x)), np.nan])

    def _marked(self) -> Iterator[tuple[Array, Array]]:
        """The points that are marked in the picture, and where they are seen."""
        for mark in self.marks:
            yield np.array(mark.point), np.array(mark.pixel)
        for claim in self.parts:
            if claim.kind == "point" and len(claim.told["places"][0]) > 1:
                yield self.record.place(claim.told["places"][0]), self._middle(claim)

    def _middle(self, point: Claim) -> Array:
        """Where a point is seen."""
        if self.scale.kind == "space":
            view = View(self.scale.told)
            return view.seen(place_in(point.told["places"][0], view, self.record)[None])[0][0]
        path = np.array([place for line in point.told["path"] for place in line])
        return np.asarray((path.min(axis=0) + path.max(axis=0)) / 2)

    def function_of(self, fact: Fact) -> str:
        """The function that a fact is of, or ""."""
        of = fact["of"]
        if isinstance(of.get("field"), Mapping):
            return self._function(of["field"])
        return self._function({"walk": of["walk"]}) if "walk" in of else ""

    def _function(self, of: Mapping[str, Any]) -> str:
        while isinstance(of.get("of"), Mapping):
            of = of["of"]
        field = self.record.walk(of["walk"]).field if "walk" in of else self.record.field(of)
        return function_text(field)


def _at_each_others_pictures(words: Sequence[Claim], pictures: Sequence[_Picture]) -> Iterator[str]:
    """Words of a function that only one picture is of, which stand at the pictures of others."""
    families: dict[Any, list[_Label]] = defaultdict(list)
    for word in words if len(pictures) > 1 else ():
        if word.what not in {"formula", "number", "remark"} or word.moves:
            continue
        told = [word.told, *(fact["of"] for fact in facts_in(word.told.get("facts") or ()))]
        of = {pictures[0].function_of({"of": one}) for one in told if "field" in one}
        own = [picture for picture in pictures if picture.functions & of]
        if len(of) == len(own) == 1:
            families[_family(word)].append(_Label(word, own[0].middle))
    for labels in families.values():
        yield from _exchanged(labels, near=np.inf)


def _is_same(one: Any, other: Fact) -> bool:
    return bool(one and (one["what"], one["of"]) == (other["what"], other["of"]))


def _is_of_iterate(fact: Fact) -> bool:
    return "walk" in fact["of"] and isinstance(fact["of"].get("k"), int)


def _walks_of_points(parts: Sequence[Claim]) -> Iterator[str]:
    """The walks, by name, of iterates that are marked."""
    for claim in parts:
        for fact in claim.told["places"][0] if claim.kind == "point" else ():
            if fact and _is_of_iterate(fact) and isinstance(fact["of"]["walk"], str):
                yield fact["of"]["walk"]


def _first_facts(claim: Claim) -> Iterator[Fact]:
    """What is plotted across of a claim in a picture."""
    if claim.kind == "polyline" and claim.what == "chart":
        yield {"what": "count", "of": {}}
    for place in claim.told.get("places") or ():
        if claim.kind in {"point", "segment", "region"} and place and place[0]:
            yield bare(place[0])


def _fields_in(claim: Claim) -> Iterator[Mapping[str, Any]]:
    """The functions and walks that a claim in a picture is of."""
    if isinstance(claim.told.get("field"), Mapping):
        yield claim.told["field"]
    for fact in facts_in(claim.told):
        if isinstance(fact["of"].get("field"), Mapping):
            yield fact["of"]["field"]
        elif "walk" in fact["of"]:
            yield {"walk": fact["of"]["walk"]}
    if "walk" in claim.told:
        yield {"walk": claim.told["walk"]}


def _point_of(fact: Fact, record: Record) -> Array | None:
    """The point (1,) or (2,) of the data that a fact is of."""
    what, of = fact["what"], fact["of"]
    if "walk" in of and isinstance(of.get("k"), int):
        points, k = record.walk(of["walk"]).points, of["k"]
        middle = what in {"step", "length"} and k > 0
        return np.asarray((points[k - 1] + points[k]) / 2 if middle else points[k])
    if what == "kind of end":
        return np.asarray(record.walk(of["walk"]).points[-1])
    if what == "cycle point":
        return np.array([record.value(fact)])
    for key in ("at", "x", "near"):
        told = of.get(key)
        if told is not None:
            parts = told if isinstance(told, list) else [told]
            return np.array(
                [record.value(c) if isinstance(c, Mapping) else c for c in parts], float
            )
    return None


def _family(word: Claim) -> Any:
    """What words must be alike in to be taken for each other."""
    if word.what != "number":
        return word.what
    alone = re.match(r"[+−-]? ?\d", untinted(str(word.told["text"])).strip()) is not None
    return alone, *(bare(fact)["what"] for fact in word.told["facts"])


def _exchanged(labels: Sequence[_Label], near: float = NEAR) -> Iterator[str]:
    """Labels that would all in all stand nearer to their places if they changed them.

    They stand at another's place if they are within so many ems of it, `near`.
    """
    labels = _untabled(labels)
    if len(labels) < 2:
        return
    offs = np.array([[label.off(other.place) for other in labels] for label in labels])
    rows, best = linear_sum_assignment(offs)
    moved = [int(i) for i in rows if best[i] != i]
    gain = float(np.trace(offs) - offs[rows, best].sum())
    if gain > SLACK and all(offs[i, best[i]] < near for i in moved):
        far = max(moved, key=lambda i: float(offs[i, i]))
        word, other = labels[far].word, labels[int(best[far])].word
        yield f"{word.name}: expected it at its own place, found it at that of {other.name}"


def _astray(labels: Sequence[_Label]) -> Iterator[str]:
    """Labels that stand at the place of another one, and far from their own."""
    placed = [label for label in labels if not np.isnan(label.place).any()]
    for label in placed:
        if label.off(label.place) < FAR:
            continue
        at = next((other for other in placed if label.off(other.place) < AT), None)
        if at is not None:
            where = f"expected it at its own place, found it at that of {at.word.name}"
            yield f"{label.word.name}: {where}"


def _untabled(labels: Sequence[_Label]) -> list[_Label]:
    """Labels that do not stand right over each other, as in a column, where only x is known."""
    return [
        label
        for label in labels
        if not np.isnan(label.place[1])
        or not any(other is not label and _is_over_another(label, other) for other in labels)
    ]


def _is_over_another(label: _Label, other: _Label) -> bool:
    one, two = label.word.told["box"], other.word.told["box"]
    shared = min(one[2], two[2]) - max(one[0], two[0])
    return bool(shared > TABLED * min(one[2] - one[0], two[2] - two[0]))
