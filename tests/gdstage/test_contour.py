import numpy as np
import pytest

from gdmath import SAUNA, ScalarField
from gdstage.layout import Box
from gdstage.look.theme import DARK, LIGHT, mix, rgb
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap, bowl_levels

BOX = Box(-2.0, 2.0, -2.0, 2.0)
BOWL = ScalarField.parse("x**2 + 4*y**2")


def data(place):
    return place[:, 0] / 2, place[:, 1] / 2


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def plane(request):
    return Plane(request.param, BOX, (-1.0, 1.0), (-1.0, 1.0))


def test_level_lines_lie_on_their_levels(plane):
    lines = ContourMap(plane, BOWL, levels=[0.5]).lines
    x, y = data(lines.points)
    # Between neighbours of the grid the true line bends away by less than this.
    assert np.abs(x**2 + 4 * y**2 - 0.5).max() < 2e-4
    assert len(lines.points) > 200


def test_levels_of_a_bowl_are_evenly_apart_along_its_axes():
    levels = bowl_levels(3.0, 5.0, 8)
    assert np.ptp(np.diff([0.0, *np.sqrt(np.array(levels) - 3.0)])) == pytest.approx(0, abs=1e-12)
    assert levels[-1] == 5.0


def test_the_heat_is_coldest_at_the_minimum_and_covers_the_box(plane):
    heat = ContourMap(plane, BOWL, strength=1.0).heat
    pixels = heat.get_pixel_array()
    middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2, :3]
    assert np.abs(middle - 255 * rgb(plane.theme.height[0])).max() <= 1
    assert np.abs(pixels[0, 0, :3] - 255 * rgb(plane.theme.height[-1])).max() <= 3
    assert (heat.width, heat.height) == pytest.approx((4.0, 4.0))


def test_up_is_up():
    plane = Plane(DARK, BOX, (0.0, 1.0), (0.0, 1.0))
    pixels = ContourMap(plane, ScalarField.parse("y", ["x", "y"]), strength=1.0).heat
    rows = pixels.get_pixel_array().astype(int).sum(axis=(1, 2))
    assert rows[0] > rows[-1]


def test_outside_the_domain_nothing_is_painted(plane):
    field = ScalarField.parse("log(x) + 0*y", ["x", "y"])
    alpha = ContourMap(plane, field).heat.get_pixel_array()[..., 3]
    half = alpha.shape[1] // 2
    assert not alpha[:, :half].any()
    assert (alpha[:, half:] == 255).all()


def test_the_saunas_lines_are_at_round_temperatures():
    plane = Plane(DARK, BOX, (0.0, 5.0), (0.0, 5.0))
    levels = ContourMap(plane, SAUNA).levels
    assert all(level == round(level) for level in levels)
    assert 6 <= len(levels) <= 14


def test_a_map_gives_way_to_the_ground():
    plane = Plane(DARK, BOX, (-1.0, 1.0), (-1.0, 1.0))
    pixels = ContourMap(plane, BOWL, strength=0.25).heat.get_pixel_array()
    faint = 255 * rgb(mix(DARK.ground, DARK.height[0], 0.25))
    assert np.abs(pixels[pixels.shape[0] // 2, pixels.shape[1] // 2, :3] - faint).max() <= 1
