"""Whatever leaves ink in a clip says what it is: at the end of each play nothing is without."""

import importlib
from pathlib import Path

import manim as mn
import pytest

from gdstage.any.descent import AnyDescent
from gdstage.proof.claim import Claim

CLIPS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenes").glob("[a-z]*.py"))

DESCENTS = {
    "one walk": {"function": "x**4 - 3*x**2 + x", "start": 1.5, "rate": 0.05},
    "it diverges": {"function": "x**4/4 - x", "start": 1.8, "rate": 0.9},
    "out of the domain": {"function": "x - log(x)", "start": 0.1, "rate": 0.5},
    "several rates": {"function": "exp(x) - log(x)", "start": 1.6, "compare": (0.05, 0.1, 0.5)},
    "several starts": {"function": "x**4 - 3*x**2 + x", "starts": 8, "rate": 0.05},
    "a kink": {"function": "abs(x - 1) + x**2", "start": 2.0, "rate": 0.1},
    "Newton": {"function": "x**4 - 3*x**2 + x", "start": 1.5, "method": "newton"},
}


def leaves_ink(mobject):
    if isinstance(mobject, mn.ImageMobject):
        return mobject.pixel_array[..., 3].any()
    if not isinstance(mobject, mn.VMobject) or not len(mobject.points):
        return False
    stroked = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > 0
    return stroked or mobject.get_fill_opacity() > 0


def says_what_it_is(mobject):
    stands_for_an_iterate = isinstance(mobject, Claim) and mobject.stands_for is not None
    return getattr(mobject, "statement", None) is not None or stands_for_an_iterate


def unstated(mobject, path=()):
    """Every part that leaves ink, neither it nor what it is part of saying what it is."""
    if says_what_it_is(mobject):
        return
    path = (*path, type(mobject).__name__)
    if leaves_ink(mobject):
        yield " > ".join(path)
    for part in mobject.submobjects:
        yield from unstated(part, path)


@pytest.fixture
def silent(without_frames):
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


@pytest.mark.parametrize("name", CLIPS)
def test_all_ink_of_a_clip_is_stated(silent, name):
    module = importlib.import_module(f"scenes.{name}")
    clip = getattr(module, name.title().replace("_", ""))
    assert "\n".join(silent(clip)) == ""


@pytest.mark.parametrize("told", DESCENTS.values(), ids=DESCENTS)
def test_all_ink_of_a_descent_is_stated(silent, told):
    assert "\n".join(silent(AnyDescent, **told)) == ""


def test_what_says_nothing_is_named():
    bare, known = mn.Square(), mn.Circle()
    known.statement = object()
    assert list(unstated(mn.VGroup(bare, known))) == ["VGroup > Square"]
