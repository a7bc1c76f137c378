from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest

from gdstage.look.theme import DARK, LIGHT, THEME_VARIABLE, colour_map, current_theme, mix, rgb


def luminance(colour):
    """Relative luminance as in WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = ("ink", "label", "function", "tangent", "iterate", "minimum", "danger")


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda t: t.name)
@pytest.mark.parametrize("meaning", TEXT)
def test_whatever_is_written_can_be_read(theme, meaning):
    assert contrast(getattr(theme, meaning), theme.ground) >= 4.5


# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda t: t.name)
@pytest.mark.parametrize("kind", DEFICIENCIES)
def test_meanings_differ_for_colour_blind_eyes(theme, kind):
    matrix = np.array(DEFICIENCIES[kind])
    seen = {}
    for meaning in ("function", "tangent", "iterate", "minimum"):
        c = rgb(getattr(theme, meaning))
        linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
        seen[meaning] = np.clip(matrix @ linear, 0, 1) ** (1 / 2.2)
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 0.1, (one, other)


def test_the_current_iterate_and_the_past_are_told_apart():
    for theme in (DARK, LIGHT):
        assert np.linalg.norm(rgb(theme.iterate) - rgb(theme.past)) > 0.25


def test_both_themes_name_every_meaning():
    for theme in (DARK, LIGHT):
        for entry in fields(theme):
            assert getattr(theme, entry.name), entry.name


def test_the_environment_chooses(monkeypatch):
    monkeypatch.setenv(THEME_VARIABLE, "light")
    assert current_theme() is LIGHT
    monkeypatch.delenv(THEME_VARIABLE)
    assert current_theme() is DARK
    monkeypatch.setenv(THEME_VARIABLE, "pink")
    with pytest.raises(ValueError, match="'pink' is no theme; choose one of dark, light"):
        current_theme()


def test_mixing_and_maps_go_from_end_to_end():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    colours = colour_map(("#000000", "#ffffff"), np.array([-1, 0, 0.5, 1, 2]))
    assert colours[:, 0] == pytest.approx([0, 0, 0.5, 1, 1])
