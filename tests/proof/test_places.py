"""Words that stand elsewhere, zones and marks that are missing or mean what is not so."""

from types import SimpleNamespace

import numpy as np
import pytest

from gdlecture.verify.claims import Claim
from gdlecture.verify.families import forgotten
from gdlecture.verify.heads import wrong_heads
from gdlecture.verify.on_the_way import iterate_apart
from gdlecture.verify.pictured import wrong_arrangement
from gdlecture.verify.places import words_elsewhere
from gdlecture.verify.points import wrong_points
from gdlecture.verify.taught import taught_in
from gdmath import ScalarField

SINE = {"function": "sin(x)", "variables": ["x"]}


def claim(kind, what, scale="scale 1", t1=1.0, **told):
    return Claim(kind, what, 0.0, t1, scale, {"kind": kind, **told})


def word(text, left, top=100, what="number", facts=(), **told):
    box = [left, top, left + 40, top + 20]
    return claim("word", what, None, text=text, box=box, em=20.0, facts=list(facts), **told)


class Record:
    """A random walk of six iterates, and whatever field is told; facts are what they state."""

    names = ()
    evidence = SimpleNamespace(claims=[], height=480)

    def walk(self, _):
        return SimpleNamespace(
            values=np.array([9.0, 8, 7, 6, 5, 4]), points=np.arange(6.0)[:, None]
        )

    def field(self, of):
        return ScalarField.parse(of["function"], of["variables"])

    def value(self, fact):
        if fact["what"] == "derivative at":
            return float(np.cos(fact["of"]["x"]))
        return float(fact["value"])

    def place(self, place):
        return np.array([np.nan if fact is None else fact["value"] for fact in place])


# --- zones ---------------------------------------------------------------------------------


def stretch(left, right, minimum):
    path = [[[left, 200], [right, 200]]]
    return claim("segment", "starts", path=path, reaches={"value": minimum})


STRIP = [stretch(0, 100, -1), stretch(100, 300, 0), stretch(300, 500, 1)]


def share(minimum):
    return {"what": "basin share", "of": {"minimum": minimum}, "value": 20.0}


@pytest.mark.parametrize(
    ("said", "at_home"),
    [
        (word("20%", 180, facts=[share(0)]), True),
        (word("20%", 400, facts=[share(0)]), False),
        (word("20%", 20, facts=[share(1)]), False),
        (word("out of the domain", 20, what="label"), True),
        (word("out of the domain", 180, what="label"), False),
        (word("these arrive", 180, what="remark",
              facts=[{"what": "basin minimum", "of": {}, "value": 0}]), True),
        (word("these arrive", 20, what="remark",
              facts=[{"what": "basin minimum", "of": {}, "value": 0}]), False),
    ],
)  # fmt: skip
def test_what_a_zone_is_called_stands_over_it(said, at_home):
    told = list(words_elsewhere([*STRIP, said], (), None, Record()))
    assert told == [] if at_home else "at the zone that it tells of" in told[0]


def bends(left, right):
    ends = [None if x is None else {"what": "bend", "of": {}, "value": x} for x in (left, right)]
    return claim("region", "bends down", field=SINE, places=[[end, None] for end in ends])


@pytest.mark.parametrize(
    ("zones", "missing"),
    [
        ([(None, np.pi), (2 * np.pi, 3 * np.pi)], None),
        ([(None, np.pi)], "x = 6.3"),
        ([(2 * np.pi, 3 * np.pi)], "x = 0."),
        ([(None, 2.0), (2 * np.pi, 3 * np.pi)], "x = 2"),
        ([], None),
    ],
)
def test_all_zones_of_a_kind_are_marked(zones, missing):
    axes = claim("axes", "axes", window=[[0.5, 12.0], [-1, 1]])
    told = list(forgotten([axes, *(bends(*ends) for ends in zones)], Record()))
    assert told == [] if missing is None else missing in told[0]


# --- families ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ks", "missing"), [((0, 1, 2), None), ((0, 2), 1), ((1, 2), 0), ((0,), None)]
)
def test_a_chart_has_a_dot_for_every_step(ks, missing):
    dots = [
        claim("point", "steepness", places=[[
            {"what": "count", "of": {"walk": "down", "k": k}, "value": k},
            {"what": "steepness", "of": {"walk": "down", "k": k}, "value": 1.0},
        ]])
        for k in ks
    ]  # fmt: skip
    told = list(forgotten(dots, Record()))
    assert told == [] if missing is None else f"the dot at k = {missing} too" in told[0]


# --- marks ---------------------------------------------------------------------------------


def ring(what, x, order=None):
    up = {"what": "value at", "of": {"field": SINE, "x": x}, "value": float(np.sin(x))}
    if order:
        of = {"field": SINE, "x": x, "order": order}
        up = {"what": "derivative at", "of": of, "value": float(np.cos(x))}
    return claim("point", what, places=[[{"what": "given", "of": {"name": "x"}, "value": x}, up]])


@pytest.mark.parametrize("order", [None, 1])
def test_what_is_called_level_is_level(order):
    assert list(wrong_points([ring("level", np.pi / 2, order)], Record())) == []
    (told,) = wrong_points([ring("level", np.pi / 2 + 0.5, order)], Record())
    assert "expected it where the slope is 0" in told


def test_a_mark_of_no_known_kind_is_none():
    (told,) = wrong_points([ring("summit", 1.0)], Record())
    assert "expected a mark of a known kind, found 'summit'" in told


@pytest.mark.parametrize(("k", "told"), [(3, []), (1, ["iterate 3"]), (4, ["iterate 3"])])
def test_near_enough_is_where_it_first_is(k, told):
    coordinate = {"what": "coordinate", "of": {"walk": "room", "k": k, "axis": 0}, "value": 0.0}
    mark = claim("point", "near enough", places=[[coordinate, coordinate]])
    goal = {"what": "given", "of": {"name": "goal"}, "value": 4.0}
    until = {"walk": "room", "goal": goal, "within": 2.5}
    tries = word("try 20", 0, facts=[{"what": "tries until", "of": until, "value": 20.0}])
    found = list(wrong_points([mark, tries], Record()))
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_near_enough_needs_the_number_of_tries():
    coordinate = {"what": "coordinate", "of": {"walk": "room", "k": 3, "axis": 0}, "value": 0.0}
    (told,) = wrong_points([claim("point", "near enough", places=[[coordinate] * 2])], Record())
    assert "the number of tries beside it" in told


# --- in motion -----------------------------------------------------------------------------


@pytest.mark.parametrize(("k", "told"), [(3, ""), (9, "expected it of k = 3, as the map is")])
def test_a_live_number_is_of_the_map_in_that_frame(k, told):
    seen = claim("map", "decision", t1=0.02, walk="net", k=3)
    old = claim("map", "decision", t1=0.01, walk="net", k=9)
    of = {"what": "share right", "of": {"walk": "net", "k": k}, "value": 0.9}
    number = Claim("word", "number", 0.0, 0.02, None, {"text": "= 0.9", "facts": [of]})
    assert told in iterate_apart(number, [seen, old, number])
    assert bool(told) == bool(iterate_apart(number, [old, seen, number]))


# --- heads ---------------------------------------------------------------------------------


def secant(what, text, left, top):
    return word(text, left, top, facts=[{"what": what, "of": {"x": 0.5, "h": 1.0}, "value": 1.0}])


@pytest.mark.parametrize(("heads", "wrong"), [(("slope", "error"), 0), (("error", "slope"), 4)])
def test_a_head_names_its_column(heads, wrong):
    over = [word(head, left, 60, what="label") for head, left in zip(heads, (0, 100), strict=True)]
    cells = [
        secant(what, f"{row}", left, 100 + 40 * row)
        for row in (0, 1)
        for what, left in (("secant slope", 0), ("secant error", 100))
    ]
    assert len(list(wrong_heads([*over, *cells], Record()))) == wrong


@pytest.mark.parametrize(("what", "wrong"), [("gap", 0), ("secant slope", 1)])
def test_a_head_names_its_row(what, wrong):
    standing = [word("f - L", 0, what="label"), secant(what, "0.64", 60, 100)]
    assert len(list(wrong_heads(standing, Record()))) == wrong


# --- captions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "above", "is_so"),
    [
        ("Above the function, below its derivative", "function", True),
        ("Above the function, below its derivative", "derivative", False),
        ("Above the derivative, below its function", "function", False),
        ("height below is steepness above", "function", True),
        ("height above is steepness below", "function", False),
        ("height above is steepness above", "function", False),
        ("Two curves", "function", False),
    ],
)
def test_what_is_said_of_an_arrangement_is_so(said, above, is_so):
    assert (list(wrong_arrangement(said, above)) == []) == is_so


def test_what_no_fact_says_is_told_word_for_word():
    facts = [
        {"what": "rate", "of": {}, "value": 0.1, "said": "0.1"},
        {"what": "taught", "of": {}, "value": True, "said": "it must be small"},
    ]
    text = "With α = 0.1 it goes on. Why? A step is a step: look. And it must be small."
    told = taught_in(SimpleNamespace(utterances=[(("steps", text), facts)]))
    assert told == ("steps", "A step is a step: look", "it must be small")
