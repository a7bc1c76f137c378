"""Lies that need no picture: scenery out of its place, sayings and numbers of nothing shown."""

from types import SimpleNamespace

import numpy as np
import pytest

from gdlecture.verify.chosen import unpictured_choices, wrong_counts
from gdlecture.verify.claims import Claim
from gdlecture.verify.facts import retake_fact
from gdlecture.verify.scenery import Around, misplaced_scenery, strange_scenery
from gdlecture.verify.source import FactError
from gdlecture.verify.tones import wrong_sayings
from gdlecture.verify.written import check_product

GROUND, GREY = "#11131a", "#a3a9ba"
HEAT = ("#2c5fa8", "#5fa3d0", "#cfd8d6", "#e39a6b", "#c23b2e")
TURN = np.linspace(0, 2 * np.pi, 17)


def claim(kind, what, **told):
    return Claim(kind, what, 0.0, 5.0, told.pop("scale", None), told)


def drawn(what, path, *, kind="scenery", **style):
    """Ink along lines (n, 2) in px."""
    corners = np.concatenate(path)
    box = [*corners.min(axis=0), *corners.max(axis=0)]
    return claim(kind, what, path=[np.asarray(p).tolist() for p in path], box=box, style=style)


def disc(x, y, radius):
    return np.stack([x + radius * np.cos(TURN), y + radius * np.sin(TURN)], axis=-1)


def square(x, y, side):
    return np.array([x, y]) + side * np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])


def word(text, left, top, **told):
    box = [left, top, left + 80, top + 12]
    return claim("word", "label", text=text, box=box, em=16.0, **told)


BEHIND = np.array([[296, 296], [384, 296], [384, 316], [296, 316], [296, 296]])
"""Around the word at (300, 300)."""


ARROW = np.array([[80, 90], [100, 75], [100, 85], [140, 85], [140, 95], [100, 95], [100, 105]])


def misplaced(*standing, discs=()):
    stage = Around(standing, discs, np.array([17.0, 19.0, 26.0]), 480)
    return list(misplaced_scenery(stage))


FILLED, GREY_FILL = {"fill": [GROUND, 1.0]}, {"fill": [GREY, 1.0]}
HALO = drawn("halo", [disc(100, 100, 10)], **FILLED)
TORSO = drawn("person", [square(200, 200, 40)], **GREY_FILL)


def test_scenery_in_its_place_is_let_be():
    sign = drawn("sign", [[[80, 55], [90, 65]]], stroke=["#e8643c", 1.0, 3.0])
    told = word("a saddle", 100, 50, colours=["#e8643c"], facts=[{}])
    key = drawn("key", [square(80, 90, 12)], fill=["#3cc08e", 1.0])
    hand = drawn("person", [square(238, 238, 10)], **GREY_FILL)
    ring = drawn("not felt", [disc(260, 150, 6)], stroke=[GREY, 1.0, 2.0])
    tag = drawn("tag", [BEHIND], **FILLED)
    assert misplaced(tag, word("6.28", 300, 300)) == []
    assert misplaced(HALO, discs=[(100, 100, 7)]) == []
    assert misplaced(sign, told, key, word("good", 100, 90)) == []
    assert misplaced(TORSO, hand, ring, drawn("sauna", [square(0, 300, 400)], **GREY_FILL)) == []


LIES = {
    "a halo around nothing": [HALO],
    "a tag behind nothing": [drawn("tag", [BEHIND], **FILLED)],
    "a tag that hides more than is behind its text": [
        drawn("tag", [BEHIND + np.array([[0, 0]] * 2 + [[0, 30]] * 2 + [[0, 0]])], **FILLED),
        word("6.28", 300, 300),
    ],
    "a tag beside its text": [drawn("tag", [BEHIND + 8], **FILLED), word("6.28", 300, 300)],
    "a tag of another colour": [drawn("tag", [BEHIND], **GREY_FILL), word("6.28", 300, 300)],
    "a white halo": [drawn("halo", [disc(100, 100, 10)], fill=["#e9e7e1", 1.0])],
    "a square halo": [drawn("halo", [square(90, 90, 20)], **FILLED)],
    "a key of nothing": [drawn("key", [square(80, 90, 12)], **GREY_FILL)],
    "a key that is a mark": [drawn("key", [disc(80, 96, 6)], **GREY_FILL), word("good", 92, 90)],
    "a sign without a fact": [drawn("sign", [[[80, 55], [90, 65]]], stroke=[GREY, 1.0, 3.0])],
    "a sign in another colour": [
        drawn("sign", [[[80, 55], [90, 65]]], stroke=["#3cc08e", 1.0, 3.0]),
        word("a saddle", 100, 50, colours=["#e8643c"], facts=[{}]),
    ],
    "a rule that falls": [drawn("rule", [[[80, 55], [190, 95]]], stroke=[GREY, 1.0, 1.0])],
    "axes that are a curve": [
        drawn("axes", [[[80, 55], [120, 70], [190, 95]]], stroke=[GREY, 1.0, 1.0])
    ],
    "a mark of the sauna": [drawn("sauna", [disc(100, 100, 5)], **GREY_FILL)],
    "a part of nobody": [TORSO, drawn("person", [disc(400, 100, 5)], **GREY_FILL)],
    "a ring where nobody is": [drawn("not felt", [disc(260, 150, 6)], stroke=[GREY, 1.0, 2.0])],
    "an arrow of planks": [drawn("sauna", [ARROW], **GREY_FILL)],
    "a minus that is a loose glyph at rest": [
        drawn("loose glyphs", [square(80, 90, 10)], **GREY_FILL)
    ],
}


@pytest.mark.parametrize("standing", LIES.values(), ids=LIES)
def test_scenery_that_is_elsewhere(standing):
    # A dot of an iterate stands somewhere else in all of them.
    assert len(misplaced(*standing, discs=[(30, 30, 7)])) == 1


def test_a_halo_that_hides_more_than_its_dot():
    wide = drawn("halo", [disc(100, 100, 30)], **FILLED)
    assert misplaced(wide, discs=[(100, 100, 7)])
    assert misplaced(HALO, discs=[(104, 100, 7)])


def test_scenery_of_no_known_kind():
    assert strange_scenery(drawn("ornament", [square(80, 90, 12)], **GREY_FILL))
    assert strange_scenery(drawn("rule", [[[8, 9], [90, 9]]], stroke=["#3cc08e", 1.0, 1.0]))


def clip(text, *claims, facts=()):
    beat = SimpleNamespace(title="a beat", text=text, t0=0.0, t1=5.0, facts=facts)
    return SimpleNamespace(beats=(beat,), claims=claims)


def basins(ground, shade=0.7):
    palette, field = ["#3cc08e", "#6fb7e9"], {"walk": "down"}
    more = {"palette": palette, "ground": ground, "shade": shade, "pixels": [480, 480]}
    return claim("map", "basins", field=field, **more)


def test_what_is_said_of_colours():
    heat, cold = (claim("map", "heat", palette=p) for p in (HEAT, HEAT[::-1]))
    assert not list(wrong_sayings(clip("Red is hot, blue is cold.", heat)))
    assert len(list(wrong_sayings(clip("Red is hot, blue is cold.", cold)))) == 2
    assert not list(wrong_sayings(clip("The darker, the longer it takes.", basins(GROUND))))
    assert list(wrong_sayings(clip("The lighter, the longer it takes.", basins(GROUND))))
    assert list(wrong_sayings(clip("The darker, the longer it takes.", basins("#fbfaf6"))))
    assert list(wrong_sayings(clip("The darker, the longer it takes.", basins(GROUND, 0.0))))


def given(name, value):
    return {"what": "given", "of": {"name": name}, "value": value}


def test_what_is_chosen_is_pictured():
    curve = claim("curve", "graph", field={"of": {"walk": "down"}, "held": {"y": 1.2}})
    assert list(unpictured_choices(clip("y = 1", curve, facts=(given("y", 1.0),))))
    assert not list(unpictured_choices(clip("y = 1.2", curve, facts=(given("y", 1.2),))))


def test_starts_are_counted():
    told = basins(GROUND)
    assert list(wrong_counts(clip("Of 1000 starts", told, facts=(given("starts", 1000.0),))))
    assert not list(wrong_counts(clip("Of many starts", told, facts=(given("starts", 230400.0),))))


@pytest.mark.parametrize(("name", "value"), [("none", 1), ("almost nothing", 0.5), ("minimum", 0)])
def test_what_may_not_be_given(name, value):
    with pytest.raises(FactError):
        retake_fact(given(name, value), None)


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ('3 dot #text(fill: rgb("#a3a9ba"), $display(#$2^3$)$)  = 24', True),
        ('3 dot #text(fill: rgb("#868b9a"), $display(#$1.4^3$)$)  approx 8.23', True),
        ("3 dot 2^4 = 24", False),
        ("3 dot 1.4^2 approx 8.23", False),
        ("3 dot 1.4^3 = 8.23", False),
        ("2 dot 10^(-2) = 0.02", True),
        ("2 dot 10^(-3) = 0.02", False),
        ("0.1 dot 4.33 approx 0.43", True),
    ],
)
def test_a_product_with_powers_is_what_it_says(said, is_so):
    assert (check_product(claim("word", "number", text=said)) == "") is is_so
