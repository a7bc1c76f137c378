"""What the evidence keeps of a line as it was drawn is near all of it."""

from itertools import pairwise

import manim as mn
import numpy as np

from gdstage.proof.lens import Lens
from gdstage.proof.witness import _corners

LENS = Lens(width=854, height=480, fps=15.0, scale=60.0)


def farthest(line, corners):
    """How far (px) any point of a line is from the broken line through the corners."""
    steps = np.linspace(0, 1, 200)[:, None]
    dense = np.concatenate([a + steps * (b - a) for a, b in pairwise(corners)])
    return max(np.hypot(*(dense - point).T).min() for point in line)


def test_an_arc_of_many_short_pieces_stays_round():
    angles = np.linspace(0, np.pi, 48)
    places = np.stack([np.cos(angles), np.sin(angles), 0 * angles], axis=-1) / 2
    arc = mn.VMobject().set_points_as_corners(places)
    corners = np.array(_corners(arc.points, LENS))
    assert len(corners) < 40
    assert farthest(np.array([LENS.to_pixel(place) for place in places]), corners) < 0.1


def test_a_straight_line_of_many_pieces_has_two_corners():
    line = mn.VMobject().set_points_as_corners([(x, x, 0) for x in np.linspace(0, 1, 9)])
    assert len(_corners(line.points, LENS)) == 2


def test_a_line_that_turns_back_keeps_its_far_end():
    line = mn.VMobject().set_points_as_corners([(0, 0, 0), (2, 0, 0), (1, 0, 0)])
    assert _corners(line.points, LENS)[1] == list(LENS.to_pixel((2, 0)))
