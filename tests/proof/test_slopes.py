"""Numbers of cuts through a surface, beside the cuts that are drawn."""

from types import SimpleNamespace

import pytest

from gdlecture.verify.claims import Claim
from gdlecture.verify.record import Record
from gdlecture.verify.slopes import wrong_slopes

PRODUCT = {"function": "3*x**2*y**3", "variables": ["x", "y"]}
RECORD = Record(SimpleNamespace(walks={}, claims=()))


def cut(**held):
    return {"of": PRODUCT, "held": held}


def curve(**held):
    told = {"kind": "curve", "field": cut(**held)}
    return Claim("curve", "graph", 0.0, 1.0, "scale 1", told)


def number(*held):
    """A number that is said of the derivatives of some cuts at 0.5."""
    facts = [
        {"what": "derivative at", "of": {"field": cut(**one), "x": 0.5}, "value": 0.0}
        for one in held
    ]
    told = {"kind": "word", "text": "0", "facts": facts}
    return Claim("word", "number", 0.0, 1.0, None, told)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (number({"y": 2.0}), False),
        # A product: the slope where the factor is 1, times the factor.
        (number({"y": 1.0}, {"y": 2.0}), False),
        (number({"y": 1.4}), True),
        (number({"x": 2.0}), True),
        (number({"y": 1.0}, {"x": 2.0}), True),
    ],
)
def test_a_number_is_of_a_cut_that_is_drawn(said, wrong):
    found = list(wrong_slopes([curve(y=2.0), said], RECORD))
    assert bool(found) == wrong
    assert all("expected a number of the cut 24*x**2" in line for line in found)


def test_beside_several_cuts_it_may_be_of_any():
    drawn = [curve(y=2.0), curve(y=1.4)]
    assert not list(wrong_slopes([*drawn, number({"y": 1.4})], RECORD))
    assert list(wrong_slopes([*drawn, number({"x": 1.4})], RECORD))
