"""Lies in spaces: surfaces, slices, tangents, planes, ways and level lines on the floor."""

from dataclasses import replace

import numpy as np
import pytest
from ways_of_lying import arguments, result, wrapped

from gdmath import gradient_step
from gdstage.proof.statement import scenery, stated


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


def view_untold(instead):
    """From where the space is seen is told at first, and then no more."""

    def make(original):
        def hold(clip, seconds):
            original(clip, seconds)
            clip.remove(clip.space.camera)

        return hold

    instead("gdstage.clip:Clip.hold", make)


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


def labels_shifted(instead):
    """Every tick has its number and one more."""
    instead("gdstage.space.axes:shown", lambda original: lambda value: original(value + 1))


def wrong_digits(instead):
    instead(
        "gdstage.space.axes:digits",
        lambda original: lambda number: original(number).replace("4", "9"),
    )


def ticks_too_high(instead):
    """Ticks of the height are drawn above their values, and the evidence has them there."""

    def make(original):
        def at(edge, value):
            return original(edge, value + 0.5 * (edge.axis == 2 and 0 < value < 8))

        return at

    instead("gdstage.space.axes:_Edge._at", make)


def labels_too_high(instead):
    """The labels of ticks are drawn above their marks."""

    def make(original):
        def label(space, mobject, point, *, away_from, apart_from=None, **style):
            if apart_from is not None:
                point, away_from = (np.add(p, [0, 0, 0.6]) for p in (point, away_from))
            return original(
                space, mobject, point, away_from=away_from, apart_from=apart_from, **style
            )

        return label

    instead("gdstage.space.space:Space.label", make)


def stray(what, colour, *way, radius=0.06):
    """A dot beside the touching point that is said to be scenery."""

    def lie(instead):
        def make(original):
            def draw(space, field, at):
                x, y = np.add(at, way)
                tone = getattr(space.world.theme, colour)
                dot = space.dot((x, y, field(x, y)), tone, radius=radius)
                stated(dot, scenery(what, space))
                return original(space, field, at)

            return draw

        instead("clips_with_lies:draw_touch", make)

    return lie


def palette_turned(change):
    """The surface has another palette, and says so."""

    def lie(instead):
        def make(original):
            def surface(space, field, **more):
                return original(space, field, **(more | {"palette": change(more["palette"])}))

            return surface

        instead("gdstage.space.space:Space.surface", make)

    return lie


BOWL = {
    "a past dot is said to be a halo": (stray("halo", "ink", 0.5, 0.2), "scenery “halo”"),
    "a halo hides the surface": (
        stray("halo", "ground", 0.5, 0.2, radius=0.15), "scenery “halo”"),
    "a halo hides all around its dot": (
        stray("halo", "ground", 0.0, 0.0, radius=0.5), "scenery “halo”"),
    "a dot is said to be an axis": (stray("axis", "ink", 0.5, 0.2), "scenery “axis”"),
    "a dot is an ornament": (stray("ornament", "ink", 0.5, 0.2), "scenery “ornament”"),
    "low is light and high is dark": (palette_turned(lambda p: p[::-1]), "from dark to light"),
    "colours are out of order": (
        palette_turned(lambda p: (*p[2:], *p[:2])), "from dark to light"),
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
    "the view is told no more": (view_untold, "expected a view of its space"),
    "labels of ticks are shifted by one": (labels_shifted, "word “tick”"),
    "a tick’s label has a wrong digit": (wrong_digits, "word “tick” '9'"),
    "ticks are at wrong heights": (ticks_too_high, "word “tick”"),
    "labels are above their ticks": (labels_too_high, "word “tick”"),
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


def coat_changed(change):
    """The coat is made from other colours of its faces or pieces, and says what is true."""
    return wrapped("gdstage.walks.basins:coat_of", change)


def exchanged(coat, *_):
    """The colours of two basins are exchanged."""
    one, other, *rest = coat.palette
    return replace(coat, palette=(other, one, *rest))


def border_shifted(instead):
    """The border of two basins is drawn 0.06 of 3.2 beside its place."""

    def make(original):
        def made(lines, label, *rest):
            return original(lines, lambda points: label(points + np.array([0.06, 0.0])), *rest)

        return made

    instead("gdstage.walks.basins:coat_of", make)


def coat_of_another_rate(instead):
    """The coat is of another rate than the clip's walks, and says so."""

    def make(original):
        return lambda surface, field, step: original(surface, field, gradient_step(1.5 * step.rate))

    instead("gdstage.walks.basins:basin_coat", make)


def other_colours(instead):
    """Coat and claim have the colours of the basins exchanged; the map has not."""

    def make(original):
        def coated(surface, field, rate):
            coat = exchanged(original(surface, field, rate))
            told = coat.known.data
            known = replace(coat.known, data=told | {"palette": told["palette"][::-1]})
            return replace(coat, known=known)

        return coated

    instead("gdstage.walks.basins:basin_coat", make)


SURFACE = "surface “basins”"
VALLEYS = {
    "the colours of two basins are exchanged": (coat_changed(exchanged), SURFACE),
    "the border of two basins is shifted": (border_shifted, SURFACE, "borders"),
    "the coat is of another rate": (coat_of_another_rate, "expected the step of a walk"),
    "map and surface have other colours": (other_colours, "as elsewhere in the clip"),
}  # fmt: skip


@pytest.mark.parametrize("told", VALLEYS.values(), ids=VALLEYS)
def test_surfaces_in_the_colours_of_basins(caught, told):
    caught("Valleys", *told)


HEIGHT = "f(x, y)"


def letters(others):
    """Axes of a space have the names of others."""

    def lie(instead):
        instead(
            "gdstage.space.axes:formula",
            lambda original: lambda code, **style: original(others.get(code, code), **style),
        )

    return lie


TURNED = np.array([[0.8, 0.6, 0.0], [-0.6, 0.8, 0.0], [0.0, 0.0, 1.0]])
"""Turns places around the upright axis."""


def corners_changed(change):
    """The upright plane is drawn with other corners (4, 3), and says so."""

    def lie(instead):
        def make(original):
            def put(wall, *args, **kwargs):
                original(wall, *args, **kwargs)
                wall.points[:] = change(wall.points)

            return put

        instead("gdstage.space.solids:Wall.__init__", make)

    return lie


def plane_moved(instead):
    def make(original):
        def put(wall, *args, **kwargs):
            original(wall, *args, **kwargs)
            wall.points[:, 1] += 0.25

        return put

    instead("gdstage.space.solids:Wall.__init__", make)


CUT = {
    "the axes of x and y have each other’s names": (
        letters({"x": "y", "y": "x"}), "word “axis” 'y'"),
    "the axes of y and f have each other’s names": (
        letters({"y": "f", HEIGHT: "y"}), "word “axis” 'f'"),
    "the axis of heights is called x": (letters({HEIGHT: "x"}), "word “axis” 'x'"),
    "level lines are at wrong heights": (
        arguments("gdstage.space.space:level_segments",
                  lambda xs, ys, values, level: (xs, ys, values, level + 0.3)), "level"),
    "the cutting plane is elsewhere": (plane_moved, "plane “cutting plane”"),
    "the cutting plane is half as wide": (
        corners_changed(lambda points: points * [0.5, 1, 1]), "plane “cutting plane”"),
    "the cutting plane floats": (
        corners_changed(lambda points: np.add(points, [0, 0, 1])), "plane “cutting plane”"),
    "the cutting plane is aslant": (
        corners_changed(lambda points: points @ TURNED),
        "plane “cutting plane”"),
    "the slice is of another plane": (
        arguments("clips_with_lies:draw_slice",
                  lambda space, f, at, *rest: (space, f, (at[0], at[1] - 0.8), *rest)),
        "expected the slice in it"),
    "the slice is higher than its plane’s": (
        result("gdstage.space.slices:slice_curve", lambda p: lifted(p, 1.0, 0.4)),
        "curve “slice”"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "expected"), CUT.values(), ids=CUT)
def test_cuts(caught, lie, expected):
    caught("Cut", lie, expected)


def shadow(change):
    """The shadow's corners (4, 3) around its middle are others."""

    def lie(instead):
        def make(original):
            def draw(figure, k, point):
                original(figure, k, point)
                middle = figure.shadow.points.mean(axis=0)
                figure.shadow.put(middle + change(figure.shadow.points - middle))

            return draw

        instead("gdstage.props.tangent_plane:PlaneWalk.draw", make)

    return lie


SHADOWS = {
    "the shadow is broader and less deep": lambda corners: corners * [1.5, 0.6, 1],
    "the shadow is larger": lambda corners: corners * [1.2, 1.2, 1],
    "the shadow is not on the floor": lambda corners: np.add(corners, [0, 0, 0.4]),
    "the shadow is turned": lambda corners: corners @ TURNED,
}  # fmt: skip


@pytest.mark.parametrize("change", SHADOWS.values(), ids=SHADOWS)
def test_shadows(caught, change):
    caught("Shade", shadow(change), "plane “shadow”")


def while_it_turns(change):
    """The surface has other points (n, 3) as long as the camera moves, and only then."""

    def put(mesh, space, *_):
        true, seen = mesh.points.copy(), []

        def update(mesh):
            now = space.camera.points.tobytes()
            turns = bool(seen) and seen[-1] != now
            seen[:] = [now]
            mesh.points = change(true) if turns else true.copy()

        mesh.add_updater(update)
        return mesh

    return wrapped("gdstage.space.space:Space.surface", put)


def upside_down(points):
    return points * [1, 1, -1] + [0, 0, points[:, 2].min() + points[:, 2].max()]


TURNING = {
    "the surface is upside down": upside_down,
    "the surface is turned itself": lambda points: points @ TURNED,
    "the surface is flatter": lambda points: points * [1, 1, 0.8],
}


@pytest.mark.parametrize("change", TURNING.values(), ids=TURNING)
def test_while_the_camera_moves(caught, change):
    caught("Around", while_it_turns(change), "surface “surface”")


def bends_in(change):
    """Slices have the colours of other curvatures than theirs."""

    def lie(instead):
        instead(
            "gdstage.props.stationary_points:Cross._bent",
            lambda original: lambda cross, value: original(cross, change(value)),
        )

    return lie


BENDS = {
    "what bends up is red, and down green": lambda value: -value,
    "what bends down is green, too": abs,
}


@pytest.mark.parametrize("change", BENDS.values(), ids=BENDS)
def test_colours_of_curvature(caught, change):
    caught("Bends", bends_in(change), "curve “slice”", "expected the colour")
