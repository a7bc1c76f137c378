"""Names that stand at what they are not of, told from the claims alone."""

from types import SimpleNamespace

import numpy as np
import pytest

from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import BrandRecord
from gdlecture.verify.families import forgotten
from gdlecture.verify.methods import wrong_methods
from gdlecture.verify.names import misnamed, strange_letter
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.tones import is_heat, wrong_tones
from gdmath import ScalarField

GREEN, YELLOW, VIOLET, GREY = "#3cc08e", "#f4e04d", "#a9a4e6", "#a3a9ba"
FIELDS = {"room": "x**2 + y**2", "wells": "x**4 - x**2 + y**2"}


def claim(kind, what, scale="scale 1", **told):
    return Claim(kind, what, 0.0, 1.0, scale, {"kind": kind, **told})


def word(text, what="label", colour=GREY, box=(0, 0, 10, 10), **told):
    return claim(
        "word", what, None, text=text, code=text, colours=[colour], box=list(box), em=10.0, **told
    )


def step(name):
    return SimpleNamespace(name=name, rate=0.1)


class Record:
    """Two walks over two fields, one by Newton's method; facts are what they state."""

    names = ("room", "room, 2", "wells")

    def __init__(self, claims=()):
        self.evidence = SimpleNamespace(claims=list(claims), height=480, brand=BrandRecord())

    def walk(self, name):
        method = "newton" if name == "wells" else "gradient"
        fields = SimpleNamespace(variables=("x", "y"))
        accepted = [False, True, False, False, True]
        return SimpleNamespace(step=step(method), field=fields, accepted=accepted)

    def field(self, of):
        return ScalarField.parse(of.get("function") or FIELDS[of["walk"].partition(",")[0]])


def told(standing, marks=(), cast=None):
    return list(misnamed(standing, marks, cast, Record(standing)))


# --- pictures ------------------------------------------------------------------------------


def picture(scale, left, walk):
    return (
        claim("axes", "axes", scale, box=[left, 100, left + 100, 200]),
        claim("map", "heat", scale, field={"walk": walk}, box=[left, 100, left + 100, 200]),
    )


PICTURES = [*picture("scale 1", 100, "room"), *picture("scale 2", 300, "wells")]


@pytest.mark.parametrize("box", [(130, 205, 160, 215), (130, 85, 160, 95), (110, 105, 140, 115)])
@pytest.mark.parametrize(("name", "is_true"), [("room", True), ("Wells", False)])
def test_a_picture_has_the_name_of_a_walk_in_it(box, name, is_true):
    found = told([*PICTURES, word(name, box=box)])
    assert bool(found) != is_true
    assert all("expected the name of a walk in that picture: room" in line for line in found)


def test_names_far_from_pictures_and_of_no_walk_are_no_names_of_pictures():
    assert told([*PICTURES, word("wells", box=(130, 260, 160, 270))]) == []
    assert told([*PICTURES, word("gradient", box=(130, 205, 160, 215))]) == []


@pytest.mark.parametrize(("walk", "is_true"), [("room", True), ("wells", False)])
def test_a_formula_is_that_of_its_picture(walk, is_true):
    formula = word("f", "formula", box=(130, 205, 160, 215), field={"walk": walk})
    found = told([*PICTURES, formula])
    assert bool(found) != is_true
    assert all("expected it at its own picture" in line for line in found)


# --- level lines ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "box", "is_true"),
    [
        (4.0, (196, 295, 206, 305), True),
        (4.0, (210, 290, 220, 300), True),
        (4.0, (250, 295, 260, 305), False),
        (5.0, (250, 295, 260, 305), True),  # no line has that height: it is a number of its own
    ],
)
def test_the_number_of_a_level_line_stands_on_it(value, box, is_true):
    field = {"walk": "room"}
    lines = claim("level", "level lines", field=field, levels=[1.0, 4.0])
    fact = {"what": "height", "of": {"field": field, "at": [2.0, 0.0]}, "value": value}
    cast = SimpleNamespace(pixel_of=lambda _, at, __: np.array([100 * at[0], 300.0]))
    found = told([lines, word("4", "number", box=box, facts=[fact])], cast=cast)
    assert bool(found) != is_true
    assert all("expected it on its level line" in line for line in found)


# --- methods -------------------------------------------------------------------------------

MARKS = [
    SimpleNamespace(walk="room", color=YELLOW, scale="scale 1"),
    SimpleNamespace(walk="wells", color=VIOLET, scale="scale 1"),
]


@pytest.mark.parametrize(
    ("text", "colour", "is_true"),
    [
        ("Newton", VIOLET, True), ("Newton", YELLOW, False), ("Newton", GREY, True),
        ("gradient descent, α = 0.1", YELLOW, True), ("gradient descent", VIOLET, False),
    ],
)  # fmt: skip
def test_a_method_has_the_colour_of_its_walks(text, colour, is_true):
    key = claim(
        "scenery", "key", None, box=[10, 10, 20, 20], style={"fill": [colour, 1.0]}
    )  # fmt: skip
    alone = list(wrong_methods([word(text, colour=colour)], MARKS, Record()))
    assert bool(alone) != is_true
    keyed = list(wrong_methods([key, word(text, box=(25, 8, 90, 22))], MARKS, Record()))
    assert bool(keyed) != is_true
    assert all("expected the colour of its walk" in line for line in (*alone, *keyed))


def test_of_a_method_that_is_not_drawn_the_colour_means_nothing():
    assert list(wrong_methods([word("Newton", colour=GREEN)], MARKS[:1], Record())) == []


# --- letters -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "is_true"), [("h", True), ("x", True), ("f", True), ("d", False)]
)
def test_a_letter_alone_is_one_that_the_clip_explains(letter, is_true):
    others = [word("f(x + h)"), word("d"), word('"and"')]
    assert bool(strange_letter(word(letter), Record(others))) != is_true


# --- crowds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "colour", "is_true"),
    [(0.5, GREEN, True), (0.5, VIOLET, False), (1.5, VIOLET, True), (0.5, GREY, True),
     (2.5, GREEN, False)],
)  # fmt: skip
def test_a_walker_has_the_colour_of_the_starts_around_its_own(start, colour, is_true):
    def stretch(low, high, colour):
        places = [[{"value": low}, None], [{"value": high}, None]]
        return claim("segment", "starts", places=places, style={"stroke": [colour, 1.0, 8.0]})

    of = {"walk": {"start": [start]}, "k": 3, "axis": 0}
    place = [{"what": "coordinate", "of": of, "value": 0.0}, None]
    dot = claim("point", "dot", places=[place], style={"fill": [colour, 1.0]})
    record = Record([stretch(0, 1, GREEN), stretch(1, 2, VIOLET), stretch(2, 3, YELLOW)])
    if is_true:
        assert list(wrong_tones(dot, record)) == []
    else:
        with pytest.raises(ClaimError, match="of the starts around"):
            list(wrong_tones(dot, record))


# --- tries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("crossed", "missing"), [((1,), None), ((1, 3, 4), None), ((1, 4), 3), ((3,), 1), ((), None)]
)
def test_crosses_of_tries_in_vain_have_no_gaps(crossed, missing):
    points = [
        claim("point", "in vain", places=[[{"of": {"walk": "room", "k": k}}]]) for k in crossed
    ]
    found = list(forgotten(points, Record()))
    assert found == (
        [f"points “in vain”: expected a cross at try {missing} too, found none"] if missing else []
    )


HEAT = ["#2c5fa8", "#5fa3d0", "#cfd8d6", "#e39a6b", "#c23b2e", "#d55035", "#e8643c"]
THINLY = {
    "dark": ["#1c3356", "#324f66", "#616669", "#694c3c", "#5b2422", "#632d25", "#6b3528"],
    "light": ["#a4b9d5", "#b9d5e6", "#eceeeb", "#f1d2bc", "#e3aaa2", "#dba59c", "#d3a095"],
}
"""That palette as it is laid, half through, over the ground of each theme."""


@pytest.mark.parametrize("palette", [HEAT, *THINLY.values()], ids=["full", *THINLY])
def test_from_blue_to_red_is_heat_on_any_ground_and_no_other_order_is(palette):
    assert is_heat(palette)
    assert not is_heat(palette[::-1])
    assert not is_heat([palette[i] for i in (0, 3, 2, 1, 4, 5, 6)])
    assert not is_heat(palette[:2])
