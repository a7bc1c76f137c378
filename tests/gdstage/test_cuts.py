"""What stays where a cut was, what lifts it, and what a lens over a secant shows."""

import numpy as np
import pytest

from gdmath import PARABOLOID, ScalarField
from gdstage.look.theme import DARK
from gdstage.props.derivatives import LENS, Lens, SlopeFigure
from gdstage.props.partial_derivatives import BOWL, Cut, SliceFigure
from gdstage.props.slicing import CuttingPlane, SliceRoom


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("c", [-1.4, 0.0, 0.3, 1.6])
def test_the_bar_under_a_cut_is_c_squared_high_wherever_the_plane_goes(axis, c):
    room = SliceRoom(DARK, PARABOLOID)
    cut = CuttingPlane(room, PARABOLOID, room.graph, axis=axis, at=0.5)
    bar, _ = cut.lift()
    cut.stand(c, trimmed=True)
    foot, top = bar.points
    assert foot[axis] == top[axis] == pytest.approx(c)
    assert foot[1 - axis] == top[1 - axis] == 0
    assert (foot[2], top[2]) == pytest.approx((0, c * c))


def test_what_is_kept_of_a_cut_stays_while_that_goes_on():
    room = SliceRoom(DARK, PARABOLOID)
    cut = CuttingPlane(room, PARABOLOID, room.graph, axis=1, at=0.5)
    cut.lift()
    name = cut.name_corner(left=True)
    plane, curve = cut.keep()
    assert name.source.split() == ["y", "=", "0.5"]
    cut.stand(1.0, trimmed=True)
    for kept, going in ((plane, cut.plane), (curve, cut.curve)):
        assert kept.points[:, 1] == pytest.approx(0.5)
        assert going.points[:, 1] == pytest.approx(1.0)


def test_kept_tangents_of_a_lifted_curve_are_parallel():
    figure = SliceFigure(DARK, Cut(PARABOLOID, "y", 1.0, *BOWL, begin=0.5, trimmed=True))
    for value in (1.6, 0.4):
        figure.draw(value, 0.5).keep()
    curve, tangent, *_ = figure.kept
    assert len(figure.kept) == 4
    ways = [line.points[-1] - line.points[0] for line in (tangent, figure.kept[3])]
    one, other = (way / np.linalg.norm(way) for way in ways)
    assert one == pytest.approx(other)
    assert curve.get_stroke_color() != figure.curve.get_stroke_color()
    assert figure.spot.points[0] == pytest.approx([0.5, 0.4, 0.25 + 0.16])


@pytest.mark.parametrize(
    ("text", "window", "places"),
    [
        ("x**2", (-2, 2), [0]),
        ("sin(x)", (-3.5, 3.5), [-np.pi / 2, np.pi / 2]),
        ("exp(x)", (-2, 1), []),
    ],
)
def test_rings_are_where_the_slope_is_0(text, window, places):
    figure = SlopeFigure(DARK, ScalarField.parse(text), window, (-1.2, 4.2), (-5, 5))
    rings = [mark.get_center() for mark in figure.levels() if mark.statement.kind == "point"]
    for plane, found in ((figure.above, rings[::2]), (figure.below, rings[1::2])):
        expected = [plane.at(x, 0)[0] for x in places]
        assert sorted(place[0] for place in found) == pytest.approx(expected)


def test_in_a_lens_h_is_as_wide_whatever_it_is():
    lens = Lens(DARK, ScalarField.parse("x**2"), 0.5)
    for h in (1.0, 1 / 16, 1e-4):
        lens.look(h)
        here, there = (dot.get_center() for dot in lens.ends)
        assert (there - here)[0] == pytest.approx(LENS.width / 1.9)
        assert here[0] == pytest.approx(LENS.left + 0.5 / 1.9 * LENS.width)
