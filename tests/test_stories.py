"""A clip with other numbers says other, true things, or refuses; no picture is drawn for it."""

import manim as mn
import pytest

from gdmath import ScalarField
from gdmath.descent.steps import ExponentialDecay
from gdstage.facts import StoryError
from scenes.adaptive_rates import AdaptiveRates
from scenes.derivatives import Derivatives
from scenes.gradient_vector import GradientVector
from scenes.learning_rate import LearningRate
from scenes.local_minima import LocalMinima
from scenes.many_minima import ManyMinima
from scenes.momentum import Momentum
from scenes.network_descent import NetworkDescent
from scenes.newton import Newton
from scenes.one_rule import OneRule
from scenes.partial_derivatives import PartialDerivatives
from scenes.sauna_descent import SaunaDescent
from scenes.sauna_walk import SaunaWalk
from scenes.slicing import Slicing
from scenes.starting_point import StartingPoint
from scenes.stationary_points import StationaryPoints
from scenes.tangent_plane import TangentPlane
from scenes.update_rule import UpdateRule


@pytest.fixture
def told(without_frames):
    """The beats of a clip with other numbers: told(Clip, rate=…) → [(title, text), …]."""

    def tell(clip, **numbers):
        scene = without_frames(clip, **numbers)
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
    words = said(told(LearningRate, rates=(0.05, 0.12, 0.32, 0.4)))
    assert "bold, and no faster: With α = 0.32" in words
    assert ", 16 and 24 steps" in words
    assert "faster still" not in words


def test_a_leap_is_told_with_its_own_step(told):
    assert "With α = 0.34: where does x₃ lie" in said(
        told(LearningRate, rates=(0.04, 0.1, 0.3, 0.34))
    )


@pytest.mark.parametrize(
    ("rates", "statement"),
    [
        ((0.04, 0.1, 0.15, 0.38), "overshoots back and forth"),
        ((0.04, 0.1, 0.3, 0.32), "must end left the domain"),
    ],
    ids=["bold", "large"],
)
def test_a_learning_rate_that_does_otherwise_is_refused(refused, rates, statement):
    refused(LearningRate, statement, rates=rates)


def test_what_formulas_tell_is_required_of_them(refused):
    x_and_y = ScalarField.parse("x**2 + x*y")
    refused(PartialDerivatives, "only lifts the curve", sum=x_and_y)
    refused(PartialDerivatives, "a cubic in y", product=ScalarField.parse("3*x**2*y**2"))
    refused(Derivatives, "Halve h", widths=(1.0, 0.5, 0.2))


@pytest.fixture
def computed(tmp_path):
    """A clip with other numbers, as far as what it says is required of its walks."""

    def compute(clip, **numbers):
        with mn.tempconfig({"dry_run": True, "media_dir": str(tmp_path)}):
            scene = type(clip.__name__, (clip,), numbers)()
            scene.setup()
            scene.compute()
            return scene

    return compute


@pytest.mark.parametrize(
    ("clip", "numbers", "statement"),
    [
        (UpdateRule, {"left_start": 1.1}, "Left of"),
        (UpdateRule, {"rate": 0.36}, "must end converged"),
        (UpdateRule, {"written_out": 30}, "says “Step”"),
        (StartingPoint, {"starts": (0.05, 0.03, 0.0273)}, "the next step ends at"),
        (StartingPoint, {"starts": (0.03, 0.05, 0.02)}, "nearer to"),
        (LocalMinima, {"left": 1.35}, "deeper"),
        (LocalMinima, {"bold": 0.0125}, "must end oscillating|Period"),
        (StationaryPoints, {"saddle": ScalarField.parse("x**2 + 3*y**2")}, "must end stopped"),
        (SaunaDescent, {"large": 0.45}, "must end oscillating"),
        (SaunaDescent, {"near": (0.6, 0.6), "small": 0.2}, "must end"),
        (
            ManyMinima,
            {"lab_starts": ((0.5, 3.0, 30), (0.6, 3.0, 90), (4.0, 0.5, 20))},
            "different wells",
        ),
        (Momentum, {"kept": (0.75, 0.999)}, "must end converged"),
        (Momentum, {"rates": (0.004, 0.012, 0.028)}, "must end converged"),
        (
            Momentum,
            {"field": ScalarField.parse("(x**2 + 20*y**2)/2"), "rates": (0.004, 0.024, 0.11)},
            "zigzags",
        ),
        (Momentum, {"kept": (0.75, 0.9)}, "slower than none"),
        (AdaptiveRates, {"rate": 0.012}, "must end converged"),
        (AdaptiveRates, {"decay": ExponentialDecay(0.02, 0.999)}, "then too small"),
        (AdaptiveRates, {"alpha": 4.0}, "must end budget spent"),
        (AdaptiveRates, {"alpha": 0.1, "patience": 300}, "past the minimum"),
        (AdaptiveRates, {"braver": 0.7}, "faster"),
        (Newton, {"misled": 1.7}, "the curvature is negative"),
        (Newton, {"flung": 1.7}, "hardly bends"),
        (SaunaWalk, {"tries": 3}, "it gets there"),
        (GradientVector, {"at": (2.0, -3.0)}, "the surface rises by"),
        (TangentPlane, {"reaches": (0.8, 0.5, 0.2)}, "Halve the distance h"),
        (Slicing, {"field": ScalarField.parse("x**2 + 2*y**2")}, "c²"),
        (NetworkDescent, {"wrong_way": (1.0, 1.0, 0.0)}, "learns more"),
    ],
)
def test_what_is_not_so_is_refused_by_name(computed, clip, numbers, statement):
    with pytest.raises(StoryError, match=statement):
        computed(clip, **numbers)


@pytest.mark.parametrize(
    ("clip", "numbers"),
    [
        (UpdateRule, {"rate": 0.12, "left_start": 0.3, "written_out": 10}),
        (StartingPoint, {"starts": (0.06, 0.04, 0.019)}),
        (LocalMinima, {"right": 1.4, "left": 0.5}),
        (StationaryPoints, {"rate": 0.25, "hair": 1e-4}),
        (SaunaDescent, {"near": (3.0, 3.0)}),
        (Newton, {"misled": 1.3}),
    ],
)
def test_other_numbers_that_do_the_same_are_welcome(computed, clip, numbers):
    scene = computed(clip, **numbers)
    assert scene.facts.required


def test_the_last_clip_takes_the_very_walks_of_the_others(computed):
    clips = (
        LearningRate, StartingPoint, LocalMinima, StationaryPoints, SaunaDescent, ManyMinima,
        Newton, NetworkDescent,
    )  # fmt: skip
    known = {
        walk.points.tobytes() for clip in clips for walk in computed(clip).evidence.walks.values()
    }
    last = computed(OneRule).evidence.walks
    assert [name for name, walk in last.items() if walk.points.tobytes() not in known] == []
    assert len({walk.points.tobytes() for walk in last.values()}) == len(last)
