"""A clip with other numbers says other, true things, or refuses; no picture is drawn for it."""

import manim as mn
import pytest

from gdstage.clip import Clip
from gdstage.facts import StoryError
from scenes.learning_rate import LearningRate


def at_once(scene, *animations, **settings):
    """What playing animations leaves behind, without a frame in between."""
    for animation in scene.compile_animations(*animations, **settings):
        if isinstance(animation, mn.FadeIn | mn.FadeOut):
            # Fading copies every glyph, which is most of the time.
            (scene.add if isinstance(animation, mn.FadeIn) else scene.remove)(animation.mobject)
            continue
        animation._setup_scene(scene)
        animation.begin()
        animation.finish()
        animation.clean_up_from_scene(scene)


@pytest.fixture
def told(monkeypatch, tmp_path):
    """The beats of a clip with other numbers: told(Clip, rate=…) → [(title, text), …]."""
    monkeypatch.setattr(Clip, "play", at_once)
    monkeypatch.setattr(Clip, "wait", lambda *_, **__: None)

    def tell(clip, **numbers):
        with mn.tempconfig({"dry_run": True, "media_dir": str(tmp_path), "quality": "low_quality"}):
            scene = type(clip.__name__, (clip,), numbers)()
            scene.setup()
            scene.construct()
            return [(beat["title"], beat["text"]) for beat in scene.evidence.beats]

    return tell


@pytest.fixture
def refused(told):
    """A clip with other numbers refuses, and names the statement that would be false."""

    def tell(clip, statement, **numbers):
        with pytest.raises(StoryError, match=statement):
            told(clip, **numbers)

    return tell


def said(beats):
    return " | ".join(f"{title}: {text}" for title, text in beats)


def test_the_braver_one_is_no_faster(told):
    words = said(told(LearningRate, rates=(0.05, 0.12, 0.32, 0.6)))
    assert "bold, and no faster: α = 0.32" in words
    assert "settles at step 24" in words
    assert "α = 0.12 is there at step 16" in words
    assert "faster still" not in words


def test_a_leap_is_told_with_its_own_step(told):
    assert "α = 0.34 leaps to x₃" in said(told(LearningRate, rates=(0.04, 0.1, 0.3, 0.34)))


@pytest.mark.parametrize(
    ("rates", "statement"),
    [
        ((0.04, 0.1, 0.15, 0.5), "α = 0.15 overshoots back and forth"),
        ((0.04, 0.1, 0.3, 0.32), "must end left the domain"),
    ],
    ids=["bold", "large"],
)
def test_a_learning_rate_that_does_otherwise_is_refused(refused, rates, statement):
    refused(LearningRate, statement, rates=rates)
