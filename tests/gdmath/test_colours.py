"""Contrast and distance against what is published; the bounds of palettes against two themes."""

import numpy as np
import pytest

from gdmath.colours import SIGHTS, contrast, distance, hue
from gdmath.palette import channels, wrong_colours
from gdstage.look.theme import DARK, LIGHT


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the grey that WCAG's readers know to fail
        ("#767676", "#ffffff", 4.54),  # and the one that passes
        ("#ff0000", "#0000ff", 2.15),
    ],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(channels(one), channels(other)) == pytest.approx(expected, abs=0.01)
    assert contrast(channels(other), channels(one)) == contrast(channels(one), channels(other))


# Lightness, a and b of the primaries, as CSS Color 4 gives them.
OKLAB = {
    "#ff0000": (0.62796, 0.22486, 0.12585),
    "#00ff00": (0.86644, -0.23389, 0.17950),
    "#0000ff": (0.45201, -0.03246, -0.31153),
    "#ffffff": (1.0, 0.0, 0.0),
}


@pytest.mark.parametrize("one", OKLAB)
def test_distance_is_that_of_oklab(one):
    lightness = np.linalg.norm(OKLAB[one])
    assert distance(channels(one), np.zeros(3)) == pytest.approx(lightness, abs=1e-4)
    for other, place in OKLAB.items():
        far = np.linalg.norm(np.subtract(OKLAB[one], place))
        assert distance(channels(one), channels(other)) == pytest.approx(far, abs=1e-4)


def test_hues_are_where_css_has_them():
    found = [hue(channels(colour)) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    assert found == pytest.approx([29.23, 142.50, 264.05], abs=0.02)


@pytest.mark.parametrize("sight", SIGHTS)
def test_every_sight_leaves_greys_as_they_are(sight):
    assert SIGHTS[sight].sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_red_and_green_are_near_for_those_who_confuse_them_and_far_for_others():
    brown, olive = channels("#996033"), channels("#6e7a33")
    normal, *blind = (distance(brown, olive, sight) for sight in SIGHTS)
    protanopia, deuteranopia, tritanopia = blind
    assert max(protanopia, deuteranopia) < normal < 1.2 * tritanopia


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_our_own_themes_keep_what_others_must(theme):
    assert list(wrong_colours(theme.named())) == []


@pytest.mark.parametrize(
    ("changes", "name", "told"),
    [
        ({"ink": "#4a4f5c"}, "ink", "at least 4.5 to ground, as of text, found 2.2"),
        ({"dim": "#3a3f4c"}, "dim", "at least 3 to ground, as of graphics, found 1.7"),
        ({"function": "#8a90a0"}, "function", "more than 60 levels between its channels, found 22"),
        ({"ground": "#001040"}, "ground", "at most 60 levels between its channels, found 64"),
        ({"iterate": "#f2b03a"}, "iterate", "from tangent (#f2a33a) in OKLab for normal sight"),
        ({"danger": "#8fa050"}, "danger", "a warm colour, of a hue from 330° to 75°"),
        ({"minimum": "#e07060"}, "minimum", "a cool colour, of a hue from 90° to 300°"),
        # For normal eyes these two differ well.
        ({"minimum": "#9fb13c", "tangent": "#e59a3c"}, "minimum", "for protanopia, found 0.0"),
    ],
)
def test_a_palette_that_is_not_told_apart_is_refused_with_the_figures(changes, name, told):
    found = list(wrong_colours(DARK.named() | changes))
    assert any(key == name and told in line for key, line in found), found
