"""The person of the sauna, the thermometer, and what skin feels: in both themes."""

from types import SimpleNamespace

import numpy as np
import pytest

from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import BrandRecord
from gdlecture.verify.record import Record
from gdlecture.verify.scenery import strange_scenery
from gdlecture.verify.tones import wrong_tones
from gdmath import SAUNA
from gdstage.facts import StoryError
from gdstage.look.theme import DARK, LIGHT
from gdstage.proof.in_space import FieldFacts
from gdstage.proof.witness import plain
from gdstage.props.person import _PARTS, Person, Sweat
from gdstage.props.thermometer import Thermometer, feeling
from scenes.sauna_question import SaunaQuestion

HERE = FieldFacts(SAUNA).height((2.0, 1.5))
COLDER, WARMER = (FieldFacts(SAUNA).height(at) for at in ((2.5, 2.0), (1.5, 1.0)))


@pytest.fixture(params=[DARK, LIGHT], ids=lambda theme: theme.name)
def theme(request):
    return request.param


def inked(person):
    return {part.get_fill_color().to_hex() for part in person if len(part.points)}


def test_a_person_has_no_colour_of_meaning(theme):
    for colour in inked(Person(theme, 5.0)):
        told = {"style": {"fill": [colour.lower(), 1.0]}}
        assert strange_scenery(Claim("scenery", "person", 0.0, 1.0, None, told)) == ""


def parts_at(person, place, within):
    """The parts that have a point so near to a place."""
    return [
        i
        for i, part in enumerate(person)
        if len(part.points) and np.linalg.norm(part.points - place, axis=1).min() < within
    ]


def test_the_arm_reaches_the_place_behind_the_body_or_before_it(theme):
    person = Person(theme, 5.0, seated=True).stand_at((-1.0, -2.0, 0.0))
    for away, front in ((1.3, False), (-1.3, True)):
        hand = person.shoulder((1.0, 0.0, 0.0)) + np.array([1.2, away, 0.0])
        person.pose(hand)
        arm = {_PARTS[part] for part in parts_at(person, hand, 0.2)}
        assert arm == ({"near", "near palm"} if front else {"far", "far palm"})
        assert parts_at(person.pose(), hand, 0.2) == []


def test_it_reaches_with_the_nearer_arm(theme):
    person = Person(theme, 2.0).stand_at((3.0, 0.0, 0.0))
    assert person.shoulder((4.0, 1.0, 0.0))[0] > 3.0 > person.shoulder((2.0, 1.0, 0.0))[0]


def test_who_is_twice_as_tall_is_twice_as_large(theme):
    small, tall = Person(theme, 1.0, seated=True), Person(theme, 2.0, seated=True)
    np.testing.assert_allclose(2 * small.height, tall.height)


def test_drops_fall_below_where_they_broke_out(theme):
    sweat = Sweat(theme, Person(theme, 5.0).stand_at((1.0, -2.0, 0.0)), 1.0)
    for time in np.linspace(0.0, 3.0, 13):
        sweat.drip(time)
        for drop, place in zip(sweat, sweat.person.brows(), strict=True):
            assert drop.get_bottom()[1] < place[1] + 0.01
            assert abs(drop.get_center()[0] - place[0]) < 0.01


def test_the_column_ends_at_the_temperature(theme):
    glass = Thermometer(theme, (75, 80, 85), (73, 85), theme.heat, x=5.0, heights=(-2.0, 1.5))
    for fact in (HERE, COLDER, WARMER):
        glass.read(fact)
        assert glass.column.get_top()[1] == pytest.approx(glass.at(fact.value)[1])
    assert glass.at(WARMER.value)[1] > glass.at(HERE.value)[1] > glass.at(COLDER.value)[1]


def felt(theme, there, shown):
    told = {"felt": plain(there, {}), "here": plain(HERE, {})}
    told["style"] = {"fill": [feeling(theme, shown, HERE), 1.0]}
    claim = Claim("point", "felt", 0.0, 1.0, None, told)
    return list(wrong_tones(claim, Record(SimpleNamespace(walks={}, brand=BrandRecord()))))


@pytest.mark.parametrize("there", [COLDER, WARMER], ids=["colder", "warmer"])
def test_what_is_felt_has_its_own_colour_and_no_other(theme, there):
    other = WARMER if there is COLDER else COLDER
    assert felt(theme, there, there) == []
    (told,) = felt(theme, there, other)
    assert "expected the colour" in told


def test_who_sits_at_the_coldest_place_asks_nothing(without_frames):
    with pytest.raises(StoryError, match="colder"):
        without_frames(SaunaQuestion, start=(4.0, 4.0))


def test_the_question_is_told_of_any_place(without_frames):
    scene = without_frames(SaunaQuestion, start=(1.5, 2.0), directions=(10.0, 70.0, 230.0))
    first, *_, last = (beat["text"] for beat in scene.evidence.beats)
    assert first.startswith(f"{float(SAUNA(1.5, 2.0)):.1f} degrees")
    assert last.startswith("Three directions")
    stated = (getattr(mob, "statement", None) for mob in scene.mobjects)
    # One in the air and one at the thermometer for each direction.
    assert sum(told is not None and told.what == "felt" for told in stated) == 6
