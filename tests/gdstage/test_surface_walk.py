"""Cuts, tangent planes and the close view stand where closed forms say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import PARABOLOID, descend, gradient_step, slice_at
from gdstage.look.theme import DARK
from gdstage.pace import paced
from gdstage.props.slicing import CuttingPlane, SliceWalk
from gdstage.props.tangent_plane import CloseView, GapTable, PlaneWalk
from gdstage.space.axes import edge_axes
from gdstage.space.slices import slice_curve, slice_tangent
from gdstage.space.space import Space
from gdstage.walks.stepping import InStep, stepping
from gdstage.walks.surface_walk import SurfaceWalk


def make():
    return Space(DARK, (-2, 2), (-2, 2), (-1, 8), resolution=8)


@given(st.sampled_from([0, 1]), st.floats(-1.5, 1.5))
def test_a_cut_of_the_paraboloid_is_the_parabola_lifted_by_c_squared(axis, c):
    space = make()
    cut = CuttingPlane(space, PARABOLOID, space.surface(PARABOLOID), axis=axis, at=c)
    points = cut.curve.points
    assert points[:, axis] == pytest.approx(c)
    assert points[:, 2] == pytest.approx(points[:, 1 - axis] ** 2 + c * c)
    assert points[[0, -1], 1 - axis] == pytest.approx([-2, 2])


@pytest.mark.parametrize(("axis", "window"), [(0, [-2, 0.5, -2, 2]), (1, [-2, 2, 0.5, 2])])
def test_lifting_the_front_leaves_what_lies_behind_the_plane(axis, window):
    space = make()
    surface = space.surface(PARABOLOID)
    cut = CuttingPlane(space, PARABOLOID, surface, axis=axis, at=0.5)
    cut.lift_front(run_time=1)
    assert surface.clip_window == pytest.approx(window)
    front = cut.front.clip_window.reshape(2, 2)[axis]
    assert front == pytest.approx([0.5, 2] if axis == 0 else [-2, 0.5])


def test_the_tangent_of_a_slice_walker_has_the_slope_2x_at_every_iterate():
    walk = descend(slice_at(PARABOLOID, y=0.6), 1.1, gradient_step(0.25), 4)
    walker = SliceWalk(make(), "walk", walk, 0.6, reach=1.3)
    for k, (x,) in enumerate(walk.points):
        walker.stand_on(k)
        start, end = walker.tangent.points
        assert (start + end) / 2 == pytest.approx([x, 0.6, x * x + 0.36])
        assert (end - start)[2] == pytest.approx(2 * x * (end - start)[0])
        assert np.linalg.norm(end - start) == pytest.approx(2.6)
        assert walker.halo.place == pytest.approx(walker.dot.place)


def test_the_plane_of_a_walker_touches_the_bowl_and_casts_its_shadow_on_the_floor():
    walk = descend(PARABOLOID, (0.8, 0.6), gradient_step(0.25), 3)
    walker = PlaneWalk(make(), "walk", walk, reach=0.5)
    for k, (x, y) in enumerate(walk.points):
        walker.stand_on(k)
        for px, py, pz in walker.patch.points:
            # The paraboloid is above its tangent plane by the squared distance.
            assert px**2 + py**2 - pz == pytest.approx((px - x) ** 2 + (py - y) ** 2)
        shadow = walker.shadow.points
        corners = (sorted(map(tuple, part[:, :2])) for part in (shadow, walker.patch.points))
        assert np.allclose(*corners)
        assert shadow[:, 2] == pytest.approx(-1)
        sides = np.linalg.norm(shadow - np.roll(shadow, 1, axis=0), axis=1)
        assert sides == pytest.approx(1.0)  # corners in turn, not crosswise


def test_half_the_reach_is_half_the_magnified_gap_so_a_quarter_of_the_true_one():
    view = CloseView(DARK, PARABOLOID, (0.8, 0.6), 0.8)
    for h in (0.8, 0.4, 0.2, 0.1):
        view.show(h)
        low, high = view.gap.points
        assert low == pytest.approx([1, 0, 1.6])
        assert h * (high - low)[2] == pytest.approx(h * h)
        u, v, w = view.surface.points.T
        assert w == pytest.approx(1.6 * u + 1.2 * v + h * (u * u + v * v))


def test_a_tangent_of_a_slice_touches_it_and_lies_in_its_plane():
    at = (0.8, 0.6)
    for axis in (0, 1):
        start, end = slice_tangent(PARABOLOID, at, axis, (at[axis] - 1, at[axis] + 1))
        assert (start + end) / 2 == pytest.approx([*at, 1.0])
        assert (end - start)[1 - axis] == 0
        assert (end - start)[2] == pytest.approx(2 * at[axis] * (end - start)[axis])
        curve = slice_curve(PARABOLOID, at, axis, (-1, 1))
        along = curve[:, axis]
        line = 1.0 + 2 * at[axis] * (along - at[axis])
        assert curve[:, 2] - line == pytest.approx((along - at[axis]) ** 2)


def test_half_the_distance_is_a_quarter_of_the_gap_in_the_table():
    table = GapTable(DARK, PARABOLOID, (0.8, 0.6), [(0.0, 2.0 - row) for row in range(4)])
    rows = [table.write(h) for h in (0.8, 0.4, 0.2)]
    assert [gap.value for gap in table.gaps] == pytest.approx([0.64, 0.16, 0.04])
    assert [len(row) for row in rows] == [3, 4, 4]
    assert [row[3].source for row in rows[1:]] == ["div 4", "div 4"]


def test_axes_go_through_a_corner_if_told():
    starts = [axis[0].points[0].tolist() for axis in edge_axes(make(), corner=(-2, 2))]
    assert starts == [[-2, 2, -1], [-2, -2, -1], [-2, 2, -1]]


def test_the_zoom_is_even_and_ends_where_it_should():
    view = CloseView(DARK, PARABOLOID, (0.8, 0.6), 0.8)
    zoom = view.zoom_to(0.2, run_time=1)
    seen = []
    for share in (0.0, 0.5, 1.0):
        zoom.interpolate_mobject(share)
        seen.append(view.h)
    assert seen == pytest.approx([0.8, 0.4, 0.2])


def test_axes_run_along_edges_that_a_viewer_in_front_sees():
    space = make()
    arrows = [axis[0] for axis in edge_axes(space)]
    starts = [arrow.points[0].tolist() for arrow in arrows]
    assert starts == [[-2, -2, -1], [2, -2, -1], [-2, -2, -1]]
    for axis, arrow in enumerate(arrows):
        way = arrow.points[-1] - arrow.points[0]
        assert way[axis] > (9 if axis == 2 else 4)
        assert np.delete(way, axis) == pytest.approx([0, 0])


def test_a_walk_out_of_the_box_is_hidden_and_comes_back():
    # x ← x − 1.5·2x = −2x, from 1.5 to −3 and out of ±2.
    walk = descend(PARABOLOID, (1.5, 0.2), gradient_step(0.45), 3)
    out = descend(PARABOLOID, (1.5, 0.2), gradient_step(1.5), 1)
    space = make()
    figure = SurfaceWalk(space, "in", walk)
    assert figure.dot.rgba[3] == 1
    gone = SurfaceWalk(space, "out", out)
    gone.stand_between(1, 1.0)
    gone.stand_on(1)
    assert out.points[1, 0] == pytest.approx(-3.0)
    assert gone.dot.rgba[3] == gone.halo.rgba[3] == 0
    assert np.isnan(gone.dot.anchor).all()
    gone.stand_on(0)
    assert gone.dot.rgba[3] == 1
    assert gone.dot.anchor == pytest.approx([1.5, 0.2, 2.29])


def test_figures_in_step_stand_on_the_same_iterates():
    walk = descend(PARABOLOID, (1.5, 0.2), gradient_step(0.2), 6)
    space = make()
    above = SurfaceWalk(space, "w", walk)
    below = SurfaceWalk(space, "w", walk, lambda p: np.column_stack([p, np.full(len(p), -1.0)]))
    moving = stepping(InStep(above, below), paced(range(1, 7)), None, space)
    for alpha in np.linspace(0, 1, 80):
        moving.interpolate_mobject(alpha)
        assert above.dot.stands_for == below.dot.stands_for
        assert above.dot.place[:2] == pytest.approx(below.dot.place[:2])
    assert above.dot.stands_for == ("w", 6)
    assert below.dot.place == pytest.approx([*walk.points[6], -1.0])
