import pytest

from gdmath import Ending, Verdict
from gdstage.look.theme import DARK
from gdstage.walks.fates import fate
from gdstage.walks.gauges import StartGauge


@pytest.fixture
def scale():
    return StartGauge(DARK, (0.05, 0.03, 0.02), 0.01, 0.06)


def test_the_knob_is_on_the_first_start_and_the_scale_is_even(scale):
    assert scale.knob.get_center() == pytest.approx(scale.at(0.05))
    assert scale.at(0.04)[0] - scale.at(0.03)[0] == pytest.approx(
        scale.at(0.05)[0] - scale.at(0.04)[0]
    )


def test_colours_meet_at_the_threshold(scale):
    below, above, *_ = scale.part(0.0274, "0.0274")
    assert below.get_end() == pytest.approx(scale.at(0.0274))
    assert above.get_start() == pytest.approx(scale.at(0.0274))
    assert below.get_stroke_color().to_hex().lower() == DARK.danger
    assert above.get_stroke_color().to_hex().lower() == DARK.minimum


def test_signs_differ_in_shape_and_colour(scale):
    good = scale.sign(0.05, fate(Verdict.CONVERGED, Ending(), k=3, dimension=1))
    bad = scale.sign(0.02, fate(Verdict.LEFT_DOMAIN, Ending(), k=2, dimension=1))
    assert good.get_stroke_color().to_hex().lower() == DARK.minimum
    assert bad.get_stroke_color().to_hex().lower() == DARK.danger
    # A cross is two strokes, a tick is one.
    assert (len(good.get_subpaths()), len(bad.get_subpaths())) == (1, 2)
    assert bad.get_center()[0] == pytest.approx(scale.at(0.02)[0])
