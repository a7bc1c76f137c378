"""Whatever leaves ink in a clip of any function says what it is, at the end of each play."""

import manim as mn
import pytest

from gdstage.any.descent import AnyDescent

DESCENTS = {
    "one walk": {"function": "x**4 - 3*x**2 + x", "start": 1.5, "rate": 0.05},
    "it diverges": {"function": "x**4/4 - x", "start": 1.8, "rate": 0.9},
    "out of the domain": {"function": "x - log(x)", "start": 0.1, "rate": 0.5},
    "several rates": {"function": "exp(x) - log(x)", "start": 1.6, "compare": (0.05, 0.1, 0.5)},
    "several starts": {"function": "x**4 - 3*x**2 + x", "starts": 8, "rate": 0.05},
    "a kink": {"function": "abs(x - 1) + x**2", "start": 2.0, "rate": 0.1},
    "Newton": {"function": "x**4 - 3*x**2 + x", "start": 1.5, "method": "newton"},
}


@pytest.fixture
def silent(without_frames, unstated):
    """What is without a statement after any play of a clip: each kind of it once."""

    def find(clip, **numbers):
        found = {}

        def look(scene):
            beat = scene.evidence.beats[-1]["title"]
            for mobject in scene.mobjects:
                found.update(dict.fromkeys(f"{beat}: {name}" for name in unstated(mobject)))

        without_frames(clip, after=look, **numbers)
        return list(found)

    return find


@pytest.mark.parametrize("told", DESCENTS.values(), ids=DESCENTS)
def test_all_ink_of_a_descent_is_stated(silent, told):
    assert "\n".join(silent(AnyDescent, **told)) == ""


def test_what_says_nothing_is_named(unstated):
    bare, known = mn.Square(), mn.Circle()
    known.statement = object()
    assert list(unstated(mn.VGroup(bare, known))) == ["VGroup > Square"]
