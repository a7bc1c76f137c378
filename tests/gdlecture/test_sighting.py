import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdlecture.verify.evidence import Mark
from gdlecture.verify.ink import tolerance
from gdlecture.verify.sighting import PLAUSIBLE_AREA, frames_of, look_for, plausible_area

YELLOW, ORANGE, GROUND = (0xF4, 0xE0, 0x4D), (0xF2, 0xA3, 0x3A), (0x11, 0x13, 0x1A)
SIZE, FINE = 64, 8


def mark(x=32.0, y=32.0, radius=10.0, *, t0=0.0, t1=1.0):
    return Mark("w", 0, (1.6,), t0, t1, (x, y), radius, "#f4e04d", on_screen=True)


def disc(x, y, radius, colour=YELLOW, behind=None):
    """A picture of a disc, drawn `FINE` times too large and averaged down."""
    at = (np.arange(SIZE * FINE) + 0.5) / FINE
    inside = (at - x) ** 2 + (at[:, np.newaxis] - y) ** 2 <= radius**2
    image = np.full((SIZE * FINE, SIZE * FINE, 3), GROUND, dtype=float)
    if behind is not None:
        image[np.abs(at - y) < 2] = behind
    image[inside] = colour
    small = image.reshape(SIZE, FINE, SIZE, FINE, 3).mean(axis=(1, 3))
    return small.round().astype(np.uint8)


PLACES = st.floats(25, 39)
# Pixels on the edge count or not, which moves the centroid of a small disc by up to this (px).
GRAIN = 0.3


@given(PLACES, PLACES, st.floats(6, 12))
def test_a_disc_is_found_where_it_is(x, y, radius):
    seen = look_for(mark(x, y, radius), disc(x, y, radius), 0)
    assert seen.error < GRAIN
    assert PLAUSIBLE_AREA[0] < seen.area < PLAUSIBLE_AREA[1]


@given(PLACES, PLACES, st.floats(-4, 4), st.floats(-4, 4))
def test_a_displaced_disc_is_found_displaced(x, y, right, down):
    seen = look_for(mark(x, y), disc(x + right, y + down, 10.0), 0)
    assert seen.offset == pytest.approx((right, down), abs=GRAIN)


def test_the_first_pixels_centre_is_half_a_pixel_from_the_corner():
    image = np.zeros((8, 8, 3), dtype=np.uint8)
    image[0, 0] = YELLOW
    seen = look_for(mark(0.5, 0.5, 2.0), image, 0)
    assert seen.offset == (0.0, 0.0)


def test_a_tangent_behind_the_dot_does_not_draw_it_aside():
    picture = disc(32.0, 32.0, 10.0, behind=ORANGE)
    picture[:, :32] = disc(32.0, 32.0, 10.0)[:, :32]  # on one side only
    assert look_for(mark(), picture, 0).error < 0.2


def test_a_surface_of_a_like_colour_around_the_halo_is_not_of_the_dot():
    surface = np.array(YELLOW) - 35
    picture = disc(32.0, 32.0, 14.0, GROUND)
    beyond = np.hypot(*(np.mgrid[:SIZE, :SIZE] + 0.5 - 32.0)) > 14.0
    picture[beyond] = surface
    nothing = look_for(mark(), picture, 0)
    assert nothing.area == 0
    picture[~beyond] = disc(32.0, 32.0, 10.0)[~beyond]
    picture[:32][beyond[:32]] = GROUND  # on one side only
    seen = look_for(mark(), picture, 0)
    assert seen.error < GRAIN
    assert PLAUSIBLE_AREA[0] < seen.area < PLAUSIBLE_AREA[1]


def test_a_dot_of_another_colour_is_none():
    seen = look_for(mark(), disc(32.0, 32.0, 10.0, ORANGE), 0)
    assert seen.area < PLAUSIBLE_AREA[0]
    nothing = look_for(mark(), disc(32.0, 32.0, 10.0, GROUND), 0)
    assert nothing.area == 0
    assert math.isnan(nothing.error)


def test_a_dot_twice_as_large_is_implausible():
    assert look_for(mark(radius=6.0), disc(32.0, 32.0, 12.0), 0).area > PLAUSIBLE_AREA[1]


@pytest.mark.parametrize(
    ("t0", "t1", "frames"),
    [(0.0, 1.0, (29, 59)), (0.5, 0.5 + 1 / 60, (30,)), (1 / 3, 1 / 3 + 2 / 60, (20, 21))],
)
def test_a_mark_is_looked_for_in_the_middle_and_at_the_end_of_its_stay(t0, t1, frames):
    assert frames_of(mark(t0=t0, t1=t1), 60.0) == frames


def test_smaller_videos_are_measured_more_strictly_but_for_what_the_encoder_does():
    assert (tolerance(1080), tolerance(720), tolerance(480)) == (1.5, pytest.approx(1.0), 0.9)


def test_of_a_very_small_disc_its_blended_edge_may_be_missing_and_no_more():
    assert plausible_area(6.0) == PLAUSIBLE_AREA
    low, high = plausible_area(4.8)
    assert (0.45 < low < PLAUSIBLE_AREA[0], high) == (True, PLAUSIBLE_AREA[1])
    assert plausible_area(1.0)[0] == 0
