"""Lies in spaces: surfaces, slices, tangents, planes, ways and level lines on the floor."""

import numpy as np
import pytest


def arguments(where, change):
    """A lie in what one function is given."""

    def lie(instead):
        instead(where, lambda original: lambda *args, **kwargs: original(*change(*args), **kwargs))

    return lie


def result(where, change):
    """A lie in what one function gives back."""

    def lie(instead):
        instead(where, lambda original: lambda *args, **kwargs: change(original(*args, **kwargs)))

    return lie


def lifted(points, factor=1.0, up=0.0):
    points = np.array(points)
    points[:, 2] = factor * points[:, 2] + up
    return points


def turned_tangent(ends):
    ends = np.array(ends)
    middle = ends[:, 2].mean()
    ends[:, 2] = middle + 1.3 * (ends[:, 2] - middle)
    return ends


def other_field(instead):
    """Surfaces are those of f + y, whatever they state."""

    def make(original):
        def sample(mesh, z):
            points = original(mesh, z)
            return points + np.column_stack([np.zeros((len(points), 2)), 0.4 * points[:, 1]])

        return sample

    instead("gdstage.space.solids:Mesh._sample", make)


def heights_doubled(instead):
    def make(original):
        return lambda mesh, z: lifted(original(mesh, z), 2.0)

    instead("gdstage.space.solids:Mesh._sample", make)


def palette_reversed(instead):
    def make(original):
        def take(mesh):
            original(mesh)
            mesh.heights = 1 - mesh.heights

        return take

    instead("gdstage.space.solids:Mesh._take_heights", make)


def tangent_plane_of(right, back):
    """The tangent plane is that of another point, whatever it states."""

    def lie(instead):
        def make(original):
            return lambda field, at: original(field, (at[0] + right, at[1] + back))

        instead("gdstage.space.slices:tangent_plane", make)

    return lie


def tangent_plane_at(instead):
    """The tangent plane is drawn, and stated, at another point than the dot's."""

    def make(original):
        return lambda space, field, at, *rest: original(space, field, (at[0] + 0.2, at[1]), *rest)

    instead("clips_with_lies:draw_tangent_plane", make)


def another_view(instead):
    """The evidence tells another view than the one that is drawn."""

    def make(original):
        def seen(space, lens):
            told = original(space, lens)
            return told | {"theta": told["theta"] + 0.05}

        return seen

    instead("gdstage.space.space:Space.scale_seen", make)


def dot_off(*way):
    """The dot is beside its iterate, and so claims nothing."""

    def lie(instead):
        def make(original):
            return lambda figure, k, point: original(figure, k, point + np.array(way))

        instead("gdstage.walks.surface_walk:SurfaceWalk.draw", make)

    return lie


def straight_way(instead):
    """The trail is straight in space, not on the surface."""

    def make(original):
        def lift(figure, points):
            spots = original(figure, points)
            share = np.linspace(0, 1, len(spots))[:, None]
            return spots[0] + share * (spots[-1] - spots[0])

        return lift

    instead("gdstage.walks.surface_walk:SurfaceWalk._on_the_graph", make)


BOWL = {
    "heights are doubled": (heights_doubled, "surface “surface”"),
    "the surface is another one": (other_field, "surface “surface”"),
    "the colours run from high to low": (palette_reversed, "surface “surface”"),
    "the slice is 10 % too steep": (
        result("gdstage.space.slices:slice_curve", lambda p: lifted(p, 1.1)), "curve “slice”"),
    "the slice is along another line": (
        arguments("gdstage.space.slices:slice_curve",
                  lambda f, at, axis, w: (f, (at[0], at[1] + 0.3), axis, w)), "curve “slice”"),
    "the tangent is turned": (
        result("gdstage.space.slices:slice_tangent", turned_tangent), "line “tangent”"),
    "the touching point is elsewhere": (
        arguments("gdstage.space.space:Space.dot",
                  lambda space, p, *rest: (space, np.add(p, [0, 0.15, 0.18]), *rest)),
        "point “touch”"),
    "the trail leaves the surface": (straight_way, "way “trail”"),
    "the view is another than is told": (another_view, "slice"),
    "the dot is beside its iterate": (dot_off(0.08, 0.08), "expected a claim for what is at"),
    "the dot is a little beside its iterate": (
        dot_off(0.03, 0.0), "expected a claim for what is at"),
    "the tangent plane is at another point": (tangent_plane_at, "expected it at a marked point"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "expected"), BOWL.values(), ids=BOWL)
def test_surfaces(caught, lie, expected):
    caught("Bowl", lie, expected)


DOME = {
    "the tangent plane is another point’s": (tangent_plane_of(-0.4, 0.0), "tangent plane"),
    "the tangent plane is that of a point beside": (tangent_plane_of(0.0, 0.2), "tangent plane"),
    "the dot is beside its iterate": (dot_off(0.08, 0.0), "expected a claim for what is at"),
}


@pytest.mark.parametrize(("lie", "expected"), DOME.values(), ids=DOME)
def test_what_is_before_a_surface(caught, lie, expected):
    caught("Dome", lie, expected)


def letters(**others):
    """Axes of a space have the names of others."""

    def lie(instead):
        instead(
            "gdstage.space.axes:math",
            lambda original: lambda code, **style: original(others.get(code, code), **style),
        )

    return lie


def plane_moved(instead):
    def make(original):
        def put(wall, *args, **kwargs):
            original(wall, *args, **kwargs)
            wall.points[:, 1] += 0.25

        return put

    instead("gdstage.space.solids:Wall.__init__", make)


CUT = {
    "the axes of x and y have each other’s names": (letters(x="y", y="x"), "the axis of x"),
    "the axes of y and f have each other’s names": (letters(y="f", f="y"), "the axis of y"),
    "the axis of heights is called x": (letters(f="x"), "the axis of heights"),
    "level lines are at wrong heights": (
        arguments("gdstage.space.space:level_segments",
                  lambda xs, ys, values, level: (xs, ys, values, level + 0.3)), "level"),
    "the cutting plane is elsewhere": (plane_moved, "plane “cutting plane”"),
    "the slice is higher than its plane’s": (
        result("gdstage.space.slices:slice_curve", lambda p: lifted(p, 1.0, 0.4)),
        "curve “slice”"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "expected"), CUT.values(), ids=CUT)
def test_cuts(caught, lie, expected):
    caught("Cut", lie, expected)
