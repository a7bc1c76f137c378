"""Colours that mean something: which ink must have which, by what it is of; the table is verify's.

Good is green, bad red, what is neither amber; colder is blue, warmer red. Of a palette the order is
held: from dark to light for heights, from blue to red for heat.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.field_recipes import newton_ends
from gdlecture.verify.heights import heights_of
from gdlecture.verify.ink import rgb
from gdlecture.verify.record import function_text
from gdlecture.verify.shapes import ClaimError

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.evidence import Evidence
    from gdlecture.verify.record import Record

Tones = Collection[str]
Fact = Mapping[str, Any]

MEANINGFUL = 60.0
"""Channels differ by more levels than this in a colour of meaning."""

UPPER = 0.6
"""From this share of a scale on a thermometer's column is warm, and so far from the top cold."""

HUES = {"good": 157.0, "bad": 11.0, "neither": 32.0, "colder": 204.0, "warmer": 5.0}
"""Degrees, of both themes: minimum, danger, tangent, cold and hot."""

BRANDED = {"good": "minimum", "bad": "danger", "neither": "tangent"}
"""Tones whose hue a lecture may choose, by what the colour means."""

HUE_SLACK = 9.0

ALIKE = 0.965
"""Cosine of the angle between two colours, seen from the greys, that are one but for paleness."""

GONE = {"LEFT_DOMAIN", "DIVERGED", "FALLING"}

PLAIN, OTHER = "plain", "another than that of bad"
"""No colour of meaning; and of any hue but one."""

ON, AT_WELL = 20, 0.1
"""How many times as many steps a walk is taken on, to see where it leads; so near it is there."""

LIGHT = np.array([0.299, 0.587, 0.114])
SAMPLES = 9


def wrong_tones(claim: Claim, record: Record) -> Iterator[str]:
    """What is wrong with the colours of a claim that mean something.

    Raises:
        ClaimError: it is not what it is called.
        FactError: what they are of cannot be taken again.
    """
    meaning = _felt if "felt" in claim.told else MEANINGS.get((claim.kind, claim.what))
    if meaning is None and claim.kind == "point":
        meaning = _of_no_name
    tones = () if meaning is None else meaning(claim, record)
    yield from _untoned(claim, tones, hues_of(record))
    if claim.told.get("palette") and claim.kind in {"map", "surface", "level"}:
        yield from _wrong_palette(claim)


def hues_of(record: Record) -> Mapping[str, float]:
    """The hue of each tone, in degrees: in a lecture's own colours where it has such."""
    own = record.evidence.brand.colours
    return HUES | {tone: _hue(own[meaning]) for tone, meaning in BRANDED.items() if own}


def _untoned(claim: Claim, tones: Tones, hues: Mapping[str, float]) -> Iterator[str]:
    """What of a claim has none of the tones that it may have, if there are some."""
    for colour in _colours(claim) if tones else ():
        if not any(_has(colour, tone, hues) for tone in tones):
            wanted = " or ".join(
                f"{tone} ({hues[tone]:.0f}°)" if tone in hues else tone for tone in tones
            )
            found = f"{colour} ({_hue(colour):.0f}°)"
            yield f"{claim.name}: expected the colour of {wanted}, found {found}"


def is_colour(colour: str) -> bool:
    """Whether a colour may mean something: it is no grey."""
    return float(np.ptp(rgb(colour))) > MEANINGFUL


def is_alike(one: str, other: str) -> bool:
    """Whether two colours are one, but for how pale they are: by their hue."""
    ways = [rgb(colour) - rgb(colour).mean() for colour in (one, other)]
    return float(ways[0] @ ways[1] / (np.linalg.norm(ways[0]) * np.linalg.norm(ways[1]))) > ALIKE


def _has(colour: str, tone: str, hues: Mapping[str, float]) -> bool:
    if tone == PLAIN:
        return not is_colour(colour)
    if tone == OTHER:
        return not _has(colour, "bad", hues)
    return is_colour(colour) and abs((_hue(colour) - hues[tone] + 180) % 360 - 180) <= HUE_SLACK


def _hue(colour: str) -> float:
    return 360 * colorsys.rgb_to_hsv(*(rgb(colour) / 255))[0]


def _colours(claim: Claim) -> list[str]:
    if claim.kind == "word":
        return list(claim.told["colours"])
    styles = claim.told.get("styles") or [claim.told["style"]]
    return [(style.get("fill") or style["stroke"])[0] for style in styles]


# What each colour is of


def _of_end(verdict: Any) -> Tones:
    if verdict == "BUDGET_SPENT":
        return (PLAIN,)
    if verdict in {"STOPPED", "STUCK"}:
        return ("neither",)
    return ("good",) if verdict == "CONVERGED" else ("bad",)


def _of_facts(claim: Claim, record: Record) -> Tones:
    """The end of the walk that a verdict, or the sign beside it, is of."""
    facts = claim.told.get("facts")
    return _of_end(record.walk(facts[0]["of"]["walk"]).verdict.name) if facts else ()


def _of_start(claim: Claim, record: Record) -> Tones:
    """The end of the walk from a place on a scale of starts."""
    facts = [fact for fact in claim.told["places"][0] if fact and "walk" in fact["of"]]
    return _of_end(record.walk(facts[0]["of"]["walk"]).verdict.name) if facts else ()


def _of_rates(claim: Claim, record: Record) -> Tones:
    """A stretch of rates by what becomes of them, or of starts on one side of a threshold."""
    ends = [place[0] for place in claim.told["places"]]
    for end, other in (ends, ends[::-1]):
        if end and end["what"] == "threshold":
            beyond = record.value(other) > record.value(end)
            leaves = float(end["of"]["leaves"]) > float(end["of"]["stays"])
            return ("bad",) if beyond == leaves else ("good",)
    told = claim.told.get("verdict")
    if not told:
        return (PLAIN,)
    _see_same_part(told, ends, "zone")
    verdict = record.retake(told or {})
    return ("good",) if verdict == "CONVERGED" else ("bad",) if verdict in GONE else ("neither",)


def _of_starts(claim: Claim, record: Record) -> Tones:
    """A stretch of starts by where they lead: none of those that reach something looks bad."""
    told, (low, high) = claim.told.get("reaches"), (place[0] for place in claim.told["places"])
    if isinstance(told, str):
        ends = [end for end, _ in groupby(newton_ends(low, record))]
        _see_same_part({"of": {"run": low["of"]["run"]}}, (low, high), "run")
        if told != ends[low["of"]["run"]]:
            raise ClaimError(f"expected that it leads to {ends[low['of']['run']]}, found {told}")
        return {"a minimum": ("good",), "a maximum": ("bad",)}.get(told, (PLAIN,))
    _see_same_part(told, (low, high), "basin")
    return ("bad",) if record.retake(told or {}) < 0 else (OTHER,)


def _see_same_part(told: Any, ends: Collection[Any], part: str) -> None:
    """That what a stretch tells is of the very stretch between its ends."""
    of = told.get("of", {}) if isinstance(told, Mapping) else {}
    if not of or any(not end or end["of"].get(part) != of.get(part) for end in ends):
        raise ClaimError(f"expected what becomes of this {part}, found another’s, or nothing")


def _of_curvature(claim: Claim, record: Record) -> Tones:
    told, h = claim.told, 1e-3
    at, along = np.array(told["at"], dtype=float), int(told["along"])
    slopes = heights_of(told["field"], record).slopes(at + h * np.outer([-1, 1], np.eye(2)[along]))
    bend = float(slopes[1, along] - slopes[0, along])
    return _of_sign(bend)


def wrong_bends(standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """Slices in the colours of another curvature, where one of them is in the colour of bending up.

    Where none is, as where a slice is that of a red plane, their colours need not mean that.
    """
    slices = [claim for claim in standing if claim.kind == "curve" and claim.what == "slice"]
    slices = [claim for claim in slices if {"along", "at"} <= claim.told.keys()]
    hues = hues_of(record)
    if any(_has(colour, "good", hues) for claim in slices for colour in _colours(claim)):
        for claim in slices:
            bends = (*_of_curvature(claim, record), PLAIN)
            yield from _untoned(claim, bends, hues)


def _of_sign(size: float) -> Tones:
    return ("good",) if size > 0 else ("bad",) if size < 0 else (PLAIN,)


def _of_eigenvalues(claim: Claim, record: Record) -> Tones:
    facts = claim.told.get("facts") or []
    if len(facts) != 1 or facts[0]["what"] != "eigenvalue":
        return ()
    return (*_of_sign(record.value(facts[0])), PLAIN)


def _of_kind(claim: Claim, _: Record) -> Tones:
    """A point named after its kind is one that was found, and is coloured after it."""
    kind = claim.what.upper()
    known = [fact for fact in claim.told["places"][0] if fact]
    found = {(fact["what"], fact["of"].get("kind", kind)) for fact in known}
    if not found & {("stationary point", kind), ("minimum", kind), ("kink", kind)}:
        raise ClaimError(f"expected a {claim.what} that is looked for, found {sorted(found)}")
    bad = ("bad",) if kind == "MAXIMUM" else ("bad", "neither")
    return ("good", PLAIN) if kind == "MINIMUM" else bad


def _of_no_name(claim: Claim, record: Record) -> Tones:
    """A point that is green, and not of a walk, is a minimum, whatever it is called."""
    of_walks = any("walk" in whole(fact)["of"] for fact in claim.told["places"][0] if fact)
    hues = hues_of(record)
    if not of_walks and any(_has(colour, "good", hues) for colour in _colours(claim)):
        return _of_kind(replace(claim, what="minimum"), record)
    return ()


def whole(fact: Fact) -> Fact:
    """The fact that another, which is part of the way from it, begins with."""
    while fact["what"] == "part way":
        fact = fact["of"]["from"]
    return fact


def _of_bends(claim: Claim, record: Record) -> Tones:
    field = record.field(claim.told["field"])
    if any(field.hessian([x])[0, 0] > 0 for x in _within(claim, record)):
        raise ClaimError("expected that it bends down everywhere, found that it does not")
    return ("bad",)


def _of_no_value(claim: Claim, record: Record) -> Tones:
    x = _within(claim, record)
    if np.asarray(record.field(claim.told["field"]).contains(x[:, None])).any():
        raise ClaimError("expected no value anywhere in it, found some")
    return ("bad",)


def _lost(claim: Claim, record: Record) -> Tones:
    """A cross stands where an iterate has no value; it may have its walk's colour."""
    of = claim.told["places"][0][0]["of"]
    if "k" in of and "axis" in of and not np.isnan(record.walk(of["walk"]).values[of["k"]]):
        raise ClaimError(f"expected no value of iterate {of['k']}, found one")
    return ()


def _of_crowd(claim: Claim, record: Record) -> Tones:
    """A walker of a crowd has the colour of the stretch of starts that it comes from."""
    of = next((fact["of"].get("walk") for fact in claim.told["places"][0] if fact), None)
    if not isinstance(of, Mapping):
        return _of_no_name(claim, record)
    start, (colour,) = float(of["start"][0]), _colours(claim)
    _see_own_well(of, colour, record)
    for other in record.evidence.claims if is_colour(colour) else ():
        if other.what == "starts" and other.scale == claim.scale:
            low, high = (float(place[0]["value"]) for place in other.told["places"])
            if low < start < high and not is_alike(colour, _colours(other)[0]):
                wanted = f"expected the colour {_colours(other)[0]} of the starts around"
                raise ClaimError(f"{wanted} {start:g}, found {colour}")
    return ()


def _see_own_well(of: Mapping[str, Any], colour: str, record: Record) -> None:
    """That a walk without a name in the colour of a minimum reaches that."""
    marked = [claim for claim in record.evidence.claims if claim.what in {"basins", "well"}]
    if not marked or not is_colour(colour):
        return
    wells = list(_wells(function_text(record.walk(of).field), marked, record))
    if colour not in {own for _, own in wells}:
        return
    for steps in (int(of["steps"]), ON * int(of["steps"])):
        end = record.walk({**of, "steps": steps}).points[-1]
        reached = {own for place, own in wells if np.linalg.norm(place - end) < AT_WELL}
        if reached:
            break
    # A minimum may have been marked before it had a colour.
    if colour not in reached:
        where = f"expected the colour of the minimum near {end.round(2).tolist()} that it reaches"
        raise ClaimError(f"{where}, found {colour}, another’s")


def _wells(
    function: str, marked: Sequence[Claim], record: Record
) -> Iterator[tuple[np.ndarray, str]]:
    """The minima of a function that have a colour of their own where they are marked, and that."""
    for claim in marked:
        if claim.what == "basins" and "minima" in claim.told:
            if function_text(record.field(claim.told["field"])) == function:
                for place, colour in zip(claim.told["minima"], claim.told["palette"], strict=False):
                    yield np.array(place, dtype=float), colour
        elif (claim.kind, claim.what) == ("point", "well"):
            *at, _ = claim.told["places"][0]
            if function_text(record.field(at[0]["of"]["field"])) == function:
                yield np.array([record.value(fact) for fact in at]), _colours(claim)[0]


def _within(claim: Claim, record: Record) -> np.ndarray:
    """Places (n,) inside a region that is as high as its window."""
    window, _ = _window_of(claim, record)
    low, high = (
        float(edge) if place[0] is None else record.value(place[0])
        for edge, place in zip(window, claim.told["places"], strict=True)
    )
    return np.linspace(low, high, SAMPLES + 2)[1:-1]


def _felt(claim: Claim, record: Record) -> Tones:
    """A place felt from where one is: blue is colder, red is warmer or equal."""
    there, here = (record.value(claim.told[key]) for key in ("felt", "here"))
    return ("colder",) if there < here else ("warmer",)


def _of_column(claim: Claim, record: Record) -> Tones:
    """The column of a thermometer is red in the upper part of its scale, and blue in the lower."""
    top, (_, (low, high)) = claim.told["places"][1][1], _window_of(claim, record)
    share = (record.value(top) - float(low)) / (float(high) - float(low))
    red, _, blue = rgb(_colours(claim)[0])
    if (share > UPPER and red <= blue) or (share < 1 - UPPER and blue <= red):
        wanted = "red" if share > UPPER else "blue"
        raise ClaimError(f"expected a column in {wanted}, found {_colours(claim)[0]}")
    return ()


def _window_of(claim: Claim, record: Record) -> Any:
    """The window of the axes that a claim is measured in."""
    for other in record.evidence.claims:
        if other.kind == "axes" and other.scale == claim.scale:
            return other.told["window"]
    raise ClaimError("expected the axes that it is measured in, found none")


def _of_class(claim: Claim, record: Record) -> Tones:
    """A datum has the colour of its class, which regions of the same scale have, too."""
    told = claim.told
    if "target" not in told:
        return ()
    palette = list(told["palette"])
    for other in record.evidence.claims:
        is_map = other.kind == "map" and other.scale == claim.scale
        if is_map and list(other.told["palette"]) != palette:
            raise ClaimError(f"expected the classes’ colours {palette} in the map, too")
    colour = palette[int(record.value(told["target"]))]
    if _colours(claim) != [colour]:
        raise ClaimError(f"expected {colour}, its class’s, found {_colours(claim)}")
    return ()


def _in_vain(claim: Claim, record: Record) -> Tones:
    """A cross stands where a try was not colder."""
    of = claim.told["places"][0][0]["of"]
    if record.walk(of["walk"]).accepted[of["k"] - 1]:
        raise ClaimError("expected a try in vain, found one that was colder")
    return ()


MEANINGS: dict[tuple[str, str], Callable[[Claim, Record], Tones]] = {
    ("word", "verdict"): _of_facts,
    ("scenery", "sign"): _of_facts,
    ("point", "fate"): _of_start,
    ("segment", "stretch"): _of_rates,
    ("segment", "starts"): _of_starts,
    ("curve", "curvature"): _of_curvature,
    ("word", "number"): _of_eigenvalues,
    ("point", "minimum"): _of_kind,
    ("point", "saddle"): _of_kind,
    ("point", "maximum"): _of_kind,
    ("region", "bends down"): _of_bends,
    ("region", "no value"): _of_no_value,
    ("region", "column"): _of_column,
    ("point", "no value"): _lost,
    ("point", "datum"): _of_class,
    ("point", "dot"): _of_crowd,
    ("point", "in vain"): _in_vain,
    ("point", "refused"): lambda *_: ("bad",),
    ("point", "taken"): lambda *_: (OTHER,),
}
"""Which tones ink of a kind may have, by what it is of; none if any."""


# Palettes


def _wrong_palette(claim: Claim) -> Iterator[str]:
    if claim.what == "basins" or (claim.kind == "map" and claim.what != "heat"):
        return
    if not (rises(claim.told["palette"]) or is_heat(claim.told["palette"])):
        wanted = "a palette from dark to light or from blue to red"
        yield f"{claim.name}: expected {wanted}, found {', '.join(claim.told['palette'])}"
    if "span" in claim.told and not claim.told["span"][0] < claim.told["span"][1]:
        yield f"{claim.name}: expected a span that rises, found {claim.told['span']}"


def wrong_scales(claims: Sequence[Claim], record: Record) -> Iterator[str]:
    """Functions whose heights have two kinds of colours in a clip, or others than a thermometer.

    Raises:
        FactError: a function cannot be taken again.
    """
    heat: dict[str, bool] = {}
    gauges = {claim.scale for claim in claims if claim.what == "thermometer"}
    for claim in claims:
        is_column = claim.what == "column" and claim.scale in gauges
        of = claim.told.get("field")
        if is_column:
            of = next((fact["of"].get("field") for fact in claim.told["places"][1] if fact), None)
        pictured = claim.kind in {"map", "surface", "level"} and claim.told.get("palette")
        if not isinstance(of, Mapping) or not (pictured or is_column) or claim.what == "basins":
            continue
        text = str(getattr(record.field(_root(of)), "expr", ""))
        own = is_column or is_heat(claim.told["palette"])
        if heat.setdefault(text, own) != own:
            yield f"{claim.name}: expected the same colours for {text} all through the clip"


def wrong_basins(claims: Sequence[Claim]) -> Iterator[str]:
    """Minima of one function that have two colours in pictures of where starts lead, in a clip."""
    known: dict[tuple[str, tuple[float, ...]], str] = {}
    for claim in claims:
        if claim.what != "basins" or "minima" not in claim.told:
            continue
        of = repr(claim.told["field"])
        for place, colour in zip(claim.told["minima"], claim.told["palette"], strict=False):
            near = tuple(round(float(c), 1) for c in place)
            if known.setdefault((of, near), colour) != colour:
                yield (
                    f"{claim.name}: expected {known[of, near]} for starts that reach {near}, as "
                    f"elsewhere in the clip, found {colour}"
                )


def _root(of: Mapping[str, Any]) -> Mapping[str, Any]:
    while isinstance(of.get("of"), Mapping):
        of = of["of"]
    return of


def rises(palette: Collection[str]) -> bool:
    """Whether colours go from dark to light."""
    return all(one < other for one, other in pairwise(float(rgb(c) @ LIGHT) for c in palette))


def is_heat(palette: Collection[str]) -> bool:
    """Whether colours go from blue, which is cold, to red, which is hot."""
    colours = [rgb(colour) for colour in palette]
    redder = [float(c[0] - c[2]) for c in colours]
    # Laid thinly over a light or a dark ground, a darker red is less red, but more of it is.
    shares = [red / max(float(c.sum()), 1.0) for red, c in zip(redder, colours, strict=True)]
    rises_by = zip(pairwise(redder), pairwise(shares), strict=True)
    rises_on = all(one < other or part < more for (one, other), (part, more) in rises_by)
    return redder[0] < 0 < redder[-1] and rises_on


SAID = (
    (r"\bred is (hot|warm)\b", lambda c: is_heat(c.told["palette"])),
    (r"\bblue is (cold|cool)\b", lambda c: is_heat(c.told["palette"])),
    (r"\bthe darker, the (longer|more)\b", lambda c: _is_shaded_map(c, -1)),
    (r"\bthe (lighter|paler), the (longer|more)\b",
     lambda c: _is_shaded_map(c, 1)),
)  # fmt: skip
"""What captions say of colours, and how a picture is of which it is true."""


def _is_shaded_map(claim: Claim, way: int) -> bool:
    """Whether on a map starts that take longer are darker (-1) or lighter (1)."""
    if claim.kind != "map" or claim.what != "basins":
        return False
    ground, palette = (
        [float(rgb(colour) @ LIGHT) for colour in colours]
        for colours in ([claim.told["ground"]], claim.told["palette"])
    )
    return float(claim.told["shade"]) > 0 and all(way * (ground[0] - c) > 0 for c in palette)


def wrong_sayings(evidence: Evidence) -> Iterator[str]:
    """Captions that say of colours what is not so in any picture that stands with them."""
    for beat in evidence.beats:
        for pattern, is_so in SAID:
            said = re.search(pattern, beat.text, re.IGNORECASE)
            pictures = [
                claim for claim in evidence.claims
                if claim.t0 < beat.t1 and beat.t0 < claim.t1
                and claim.kind in {"map", "surface"} and claim.told.get("palette")
            ]  # fmt: skip
            if said and not any(is_so(claim) for claim in pictures):
                yield f"beat {beat.title!r}: expected a picture of which {said[0]!r} is true"
