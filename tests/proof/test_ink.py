"""Lines are measured where cairo drew them: near other ink, near themselves, and dashes."""

import av
import cairo
import numpy as np
import pytest

from gdlecture.verify.claims import Picture
from gdlecture.verify.ink import blocks, centroid, judge_line

WIDTH, HEIGHT = 1920, 1080
INK, OTHER = "#e9e7e1", "#958b45"
TRAIL = np.array([(300, 600), (700, 628), (1100, 632), (500, 560), (300, 560)], dtype=float)
"""It comes back at an acute angle, so that two of its pieces run into one broad line."""


def drawn(*strokes):
    """A picture of strokes (points, width, colour, dashes), drawn one over the other."""
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, WIDTH, HEIGHT)
    context = cairo.Context(surface)
    context.set_source_rgb(0.06, 0.07, 0.1)
    context.paint()
    for points, width, colour, dashes in strokes:
        context.set_source_rgb(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
        context.set_line_width(width)
        context.set_dash(dashes)
        for place in points:
            context.line_to(*place)
        context.stroke()
    pixels = np.frombuffer(surface.get_data(), np.uint8).reshape(HEIGHT, WIDTH, 4)[..., 2::-1]
    return Picture(av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24"), 0)


def around(points, width):
    """Where (height, width) a stroke may be, and a little around."""
    surface = cairo.ImageSurface(cairo.FORMAT_A8, WIDTH, HEIGHT)
    context = cairo.Context(surface)
    context.set_line_width(width + 4)
    for place in points:
        context.line_to(*place)
    context.stroke()
    return np.frombuffer(surface.get_data(), np.uint8).reshape(HEIGHT, -1)[:, :WIDTH] > 0


def seen(picture, path, width, colour, **also):
    told = blocks(picture, np.asarray(path, dtype=float), width, colour, **also)
    return judge_line(told, HEIGHT, dashed=also.get("dashed", False))


@pytest.mark.parametrize("turn", [(500, 560), (500, 600), (620, 640), (480, 500)])
def test_a_line_that_comes_back_to_itself_is_where_it_is(turn):
    trail = TRAIL.copy()
    trail[3] = turn
    found = seen(drawn((trail, 5.4, INK, [])), trail, 5.4, INK)
    assert found.looked
    assert not found.failure


@pytest.mark.parametrize("off", [(0, 4), (0, -4), (4, 4)])
def test_a_line_that_comes_back_to_itself_is_missed_elsewhere(off):
    assert seen(drawn((TRAIL + off, 5.4, INK, [])), TRAIL, 5.4, INK).failure


DROP = np.array([(896, 682), (896, 600)], dtype=float)


@pytest.mark.parametrize("at", [634, 636, 654, 676])
def test_between_curves_that_cross_it_a_dashed_line_may_have_a_gap(at):
    curves = [np.array([(700, at - step), (1100, at - step - 40)]) for step in (0, 20)]
    picture = drawn(
        (DROP, 2.7, "#6d7386", [10, 10.25]), *((curve, 4, OTHER, []) for curve in curves)
    )
    foreign = np.any([around(curve, 4) for curve in curves], axis=0)
    found = seen(picture, DROP, 2.7, "#6d7386", dashed=True, foreign=foreign)
    assert not found.failure


def test_a_dashed_line_that_is_not_there_is_missed():
    curve = np.array([(700, 654), (1100, 614)])
    picture = drawn((curve, 4, OTHER, []))
    foreign = around(curve, 4)
    assert seen(picture, DROP, 2.7, "#6d7386", dashed=True, foreign=foreign).failure


LONG = np.array([(300, 500), (1100, 660)], dtype=float)


@pytest.mark.parametrize("first", [0, 30, 60, 90])
@pytest.mark.parametrize("past", [330, 300, 200])
def test_gaps_of_long_dashes_are_no_missing_pieces(first, past):
    way = (LONG[1] - LONG[0]) / np.linalg.norm(LONG[1] - LONG[0])
    picture = drawn((LONG, 5.4, INK, [52, 43]))
    part = LONG[0] + np.multiply.outer([first, past], way)
    found = seen(picture, part, 5.4, INK, dashed=True, period=95.0)
    assert not found.failure


@pytest.mark.parametrize("off", [(0, 8), (0, -8), (0, 40)])
def test_long_dashes_are_missed_elsewhere(off):
    picture = drawn((LONG + off, 5.4, INK, [52, 43]))
    assert seen(picture, LONG, 5.4, INK, dashed=True, period=95.0).failure


def test_the_centroid_of_a_column_on_its_bulb_is_that_of_both():
    t = np.linspace(0, 2 * np.pi, 4001)[:-1]
    disc = np.stack([5 + 3 * np.cos(t), 7 + 3 * np.sin(t)], axis=-1)
    assert centroid(disc) == pytest.approx([5, 7])
    step = np.array([(0, 0), (4, 0), (4, 2), (2, 2), (2, 6), (0, 6)], dtype=float)
    # Two rectangles: 4 × 2 around (2, 1) and 2 × 4 around (1, 4).
    assert centroid(step) == pytest.approx([1.5, 2.5])
    assert centroid(step[::-1]) == pytest.approx([1.5, 2.5])
    assert centroid(step[:2]) is None
