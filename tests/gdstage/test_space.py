"""The space paints the nearer over the farther, without seams, and exactly where it says."""

import warnings
from itertools import pairwise

import manim as mn
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import THREE_WELLS
from gdmath.level_lines import join, level_segments
from gdstage.look.theme import DARK
from gdstage.space.axes import edge_axes, round_places
from gdstage.space.space import Space

WIDTH, HEIGHT = 480, 270
RED, GREEN, BLUE, WHITE = "#e8643c", "#3cc08e", "#5584bb", "#ffffff"
DEGREE = np.pi / 180


def colour(name):
    return np.array([int(name[i : i + 2], 16) for i in (1, 3, 5)])


def bowl(x, y):
    return x**2 + y**2


def make(**options):
    settings = {"x": (-2, 2), "y": (-2, 2), "z": (0, 8), "theta": -60 * DEGREE, "resolution": 24}
    return Space(DARK, **(settings | options))


def picture(*mobjects, size=(WIDTH, HEIGHT)):
    camera = mn.Camera(pixel_width=size[0], pixel_height=size[1], background_color="#000000")
    camera.capture_mobjects(mobjects)
    return camera.pixel_array[..., :3].astype(int)


def pixel(space, point, image):
    """The painted colour at a point of the data."""
    return at_scene(space.project(point), image)


def at_scene(place, image):
    """The painted colour at a place of the scene."""
    x, y, _ = place
    height, width = image.shape[:2]
    unit = width / mn.config.frame_width
    return image[int(height / 2 - y * unit), int(width / 2 + x * unit)]


def is_colour(found, name):
    return np.abs(found - colour(name)).max() <= 1


# Where points are


def by_hand(point, angles, zoom, sight, box):
    """The projection written out for one point, by spherical geometry instead of a matrix."""
    theta, phi = angles
    centre, place = sight
    distance, size, low, high = box
    drawn = [
        s * (p - c) / (b - a) for s, p, c, a, b in zip(size, point, centre, low, high, strict=True)
    ]
    x, y, z = drawn
    out = x * np.cos(theta) + y * np.sin(theta)  # along the viewer's azimuth
    right = y * np.cos(theta) - x * np.sin(theta)
    up = z * np.sin(phi) - out * np.cos(phi)
    near = z * np.cos(phi) + out * np.sin(phi)
    grow = zoom * distance / (distance - near)
    return place[0] + grow * right, place[1] + grow * up


@pytest.mark.parametrize(
    ("theta", "phi", "zoom"), [(0.3, 1.1, 1.0), (-2.0, 0.4, 1.7), (2.5, 2, 0.6)]
)
def test_projection_agrees_with_spherical_geometry(theta, phi, zoom):
    centre, place = (0.5, -0.25, 3.0), (-1.5, 0.4)
    box = (15.0, (5, 4, 3), (-2, -2, 0), (2, 2, 8))
    space = make(theta=theta, phi=phi, zoom=zoom, place=place, distance=15.0, size=(5, 4, 3))
    space.camera.centre = centre
    for point in np.random.default_rng(3).uniform((-2, -2, 0), (2, 2, 8), (20, 3)):
        wanted = by_hand(point, (theta, phi), zoom, (centre, place), box)
        assert np.allclose(space.project(point), (*wanted, 0.0), atol=1e-12)


def test_a_dot_is_painted_where_project_says_in_exactly_its_colour():
    space = make(place=(-1.0, 0.3))
    dot = space.dot((1.1, 0.6, 1.57), "#f4e04d", radius=0.3)
    image = picture(space)
    unit = WIDTH / mn.config.frame_width
    exact = (image == colour("#f4e04d")).all(axis=-1)
    inside = np.argwhere(exact)
    down, across = inside.mean(axis=0) + 0.5
    x, y, _ = dot.scene_point()
    assert abs(across - (WIDTH / 2 + x * unit)) < 0.2
    assert abs(down - (HEIGHT / 2 - y * unit)) < 0.2
    assert abs(np.sqrt(exact.sum() / np.pi) - 0.3 * unit) < 0.8


# What is in front


def test_a_plane_cuts_the_surface_in_two():
    space = make(phi=50 * DEGREE)
    space.surface(bowl, colour=BLUE, lit=False)
    space.plane(y=0.5, colour=RED, opacity=1.0, outline=0)
    image = picture(space)
    assert is_colour(pixel(space, (0.0, 0.0, 0.0), image), BLUE)  # before the plane
    assert is_colour(pixel(space, (0.0, 0.5, 2.0), image), RED)  # the plane above the surface
    assert is_colour(pixel(space, (0.0, 1.0, 1.0), image), RED)  # the surface behind the plane
    # Just either side of the cut, along the whole of it: no saw-teeth.
    for x in np.linspace(-1.2, 1.2, 41):
        assert is_colour(pixel(space, (x, 0.42, bowl(x, 0.42)), image), BLUE), x
        assert is_colour(pixel(space, (x, 0.5, bowl(x, 0.5) + 0.25), image), RED), x


@pytest.mark.parametrize("theta", [-150, -60, 20, 100, 170])
def test_two_crossing_planes_hide_each_other_from_any_side(theta):
    space = make(theta=theta * DEGREE, phi=70 * DEGREE)
    space.plane(x=0.5, colour=RED, opacity=1.0, outline=0)
    space.plane(y=-0.3, colour=GREEN, opacity=1.0, outline=0)
    image = picture(space)
    eye = np.array([np.cos(theta * DEGREE), np.sin(theta * DEGREE)])
    near_x, near_y = np.sign(eye)
    # The half of each plane on the viewer's side of the other is before it.
    assert is_colour(pixel(space, (0.5, -0.3 + 0.2 * near_y, 4), image), RED)
    assert is_colour(pixel(space, (0.5 + 0.2 * near_x, -0.3, 4), image), GREEN)


def test_a_transparent_plane_tints_only_what_is_behind():
    space = make(phi=50 * DEGREE)
    space.surface(bowl, colour=BLUE, lit=False)
    space.plane(y=0.5, colour=RED, opacity=0.25, outline=0)
    image = picture(space)
    tinted = 0.75 * colour(BLUE) + 0.25 * colour(RED)
    assert np.abs(pixel(space, (0.0, 1.0, 1.0), image) - tinted).max() <= 1.5
    assert is_colour(pixel(space, (0.0, 0.0, 0.0), image), BLUE)


def test_an_arrow_is_seen_before_the_surface_and_hidden_behind_it():
    space = make(phi=66 * DEGREE)
    space.surface(bowl, colour=BLUE, lit=False)
    eye = np.array([np.cos(-60 * DEGREE), np.sin(-60 * DEGREE), 0.0])
    aside = np.array([-eye[1], eye[0], 0.0])
    before, behind = 2.6 * eye + [0, 0, 1.5], -2.6 * eye + [0, 0, 0.5]
    for middle in (before, behind):
        space.arrow(middle - 0.6 * aside, middle + 0.6 * aside, RED, width=10)
    image = picture(space)
    assert is_colour(pixel(space, before, image), RED)
    assert is_colour(pixel(space, behind, image), BLUE)


def test_an_arrow_through_the_surface_shows_only_above_it():
    space = make(phi=40 * DEGREE)
    space.surface(lambda x, _: 0 * x + 2.0, colour=BLUE, lit=False)
    space.arrow((0, 0, 0), (0, 0, 5), RED, width=10)
    image = picture(space)
    assert is_colour(pixel(space, (0, 0, 3.0), image), RED)
    assert is_colour(pixel(space, (0, 0, 1.0), image), BLUE)


def test_a_dot_in_a_well_is_whole():
    space = make(
        x=(0, 5),
        y=(0, 5),
        z=(6, 9.6),
        size=(5, 5, 3),
        theta=-128 * DEGREE,
        phi=37 * DEGREE,
        resolution=80,
    )
    space.surface(THREE_WELLS, colour=BLUE, lit=False)
    lowest = (2.980637, 1.540873)
    dot = space.dot((*lowest, THREE_WELLS(*lowest)), RED, radius=0.22)
    image, middle = picture(space), space.project(dot.place)
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        rim = middle + 0.18 * np.array([np.cos(angle), np.sin(angle), 0.0])
        assert is_colour(at_scene(rim, image), RED), np.degrees(angle)


def test_a_dot_on_the_far_side_is_hidden_and_known_to_be():
    space = make(phi=70 * DEGREE)
    eye = 1.6 * np.array([np.cos(-60 * DEGREE), np.sin(-60 * DEGREE)])
    space.surface(bowl, colour=BLUE, lit=False)
    aside = 0.8 * np.array([eye[1], -eye[0]])
    outer = eye + aside
    near_outside = space.dot((*outer, bowl(*outer) - 0.6), RED)  # before the outer wall
    far_inside = space.dot((*-eye, bowl(*eye)), GREEN)  # on the inner wall that faces us
    hidden = space.dot((0.0, 0.0, 0.0), WHITE)  # at the bottom, behind the near wall
    image = picture(space)
    assert is_colour(pixel(space, near_outside.place, image), RED)
    assert is_colour(pixel(space, far_inside.place, image), GREEN)
    assert is_colour(pixel(space, hidden.place, image), BLUE)
    assert [dot.is_hidden() for dot in (near_outside, far_inside, hidden)] == [False, False, True]
    assert space.is_hidden((0.0, 0.0, 0.0))
    assert not space.is_hidden((*-eye, bowl(*eye)), radius=0.1)


def test_a_plane_through_a_saddle_is_split_along_the_crossing():
    space = make(z=(-4, 4), phi=45 * DEGREE, resolution=11)
    space.surface(lambda x, y: x**2 - y**2 + 0.3, colour=BLUE, lit=False)
    space.tangent_plane(lambda x, _: 0 * x, (0, 0), 1.8, colour=RED, opacity=1.0)
    image = picture(space, size=(1920, 1080))
    for x, y in np.random.default_rng(5).uniform(-1.5, 1.5, (300, 2)):
        gap = x**2 - y**2 + 0.3
        if abs(gap) > 0.15:
            point = (x, y, max(gap, 0.0))
            if not space.is_hidden(point):
                assert is_colour(pixel(space, point, image), BLUE if gap > 0 else RED), (x, y)


def test_of_lines_in_one_place_the_later_lies_on_top_and_dots_on_all():
    space = make()
    t = np.linspace(-1, 1, 60)
    curve = np.column_stack([t, 0 * t, t**2])
    space.surface(bowl, y=(0, 2), colour=BLUE, lit=False)
    space.curve(curve, RED, width=20)
    space.curve(curve, GREEN, width=14)
    dot = space.dot((0.4, 0, 0.16), WHITE, radius=0.2)
    space.line((-1, 0, 0), (1, 0, 0.32), RED, width=3)
    image = picture(space)
    assert is_colour(pixel(space, (-0.6, 0, 0.36), image), GREEN)
    unit = WIDTH / mn.config.frame_width
    white = (image == 255).all(axis=-1).sum()
    assert white > 0.75 * np.pi * (0.2 * unit) ** 2
    assert not dot.is_hidden()
    space.line((0.4, -1, 0.5), (0.4, -1, 3), RED)  # elsewhere, and nearer
    over = space.plane(y=-1.5, opacity=0.1)
    picture(space)
    assert dot.is_hidden()  # tinted by the plane
    space.remove(over)
    picture(space)
    assert not dot.is_hidden()
    space.remove(dot)
    picture(space)
    assert dot.is_hidden()


# Seams and edges


@pytest.mark.parametrize("theta", [-71.3, 12.7, 133.1])
@pytest.mark.parametrize("opacity", [1.0, 0.4])
def test_a_flat_mesh_of_one_colour_has_no_seams(theta, opacity):
    space = make(theta=theta * DEGREE, phi=37.9 * DEGREE, resolution=31)
    space.surface(lambda x, y: 1.3 + 0.31 * x - 0.17 * y, colour=BLUE, lit=False, opacity=opacity)
    image = picture(space)
    corners = np.array([(-2, -2, 1.02), (2, -2, 2.26), (2, 2, 1.58), (-2, 2, 0.34)])
    outline = space.project(corners)[:, :2] * [1, -1] * WIDTH / mn.config.frame_width
    outline += [WIDTH / 2, HEIGHT / 2]
    down, across = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    inside = np.ones((HEIGHT, WIDTH), dtype=bool)
    for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        way = (b - a) / np.hypot(*(b - a))
        # More than 2 pixels inside every edge (which turn clockwise, as y points down).
        inside &= way[0] * (down - a[1]) - way[1] * (across - a[0]) < -2
    found = np.unique(image[inside], axis=0)
    assert inside.sum() > 5000
    assert len(found) == 1
    assert np.abs(found[0] - opacity * colour(BLUE)).max() <= 1


def test_the_outline_is_smooth():
    space = make(phi=40 * DEGREE, theta=-50 * DEGREE)
    space.surface(lambda x, _: 0 * x + 1, colour=WHITE, lit=False)
    image = picture(space)[..., 0]
    between = ((image > 20) & (image < 235)).sum()
    rim = np.abs(np.diff(image > 127, axis=0)).sum()
    assert between > 0.6 * rim


def test_the_cut_edge_of_a_mesh_lies_on_the_plane():
    space = make()
    mesh = space.surface(bowl)
    mesh.clip(y=(0.613, None))
    plane = space.plane(y=0.613)
    picture(space)
    (sheet,) = space.world.arrangement.scenery.sheets
    assert np.all(sheet.vertices[:, 0, 1] == 0.613)
    assert np.allclose(plane.points[:, 1], 0.613)
    x = sheet.vertices[:, 0, 0]
    # Between two rows of vertices h apart a paraboloid's mesh is at most h²/4 above it.
    assert np.abs(sheet.vertices[:, 0, 2] - bowl(x, 0.613)).max() <= (4 / 24) ** 2 / 4
    assert np.array_equal(sheet.vertices[1:, 1:, :2].max(axis=(0, 1)), (2, 2))


def test_where_a_field_has_no_value_there_is_a_hole():
    space = make(phi=1 * DEGREE, theta=-90 * DEGREE)
    space.surface(lambda x, y: np.log(x) + 0 * y + 4, colour=BLUE, lit=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = picture(space)
    assert is_colour(pixel(space, (1.0, 0.5, 4.0), image), BLUE)
    assert is_colour(pixel(space, (-1.0, 0.5, 4.0), image), "#000000")


# Contour lines


def test_contour_lines_lie_on_their_level_and_close():
    xs = np.linspace(-2, 2, 81)
    values = bowl(*np.meshgrid(xs, xs, indexing="ij"))
    lines = join(level_segments(xs, xs, values, 1.5))
    assert len(lines) == 1
    assert np.array_equal(lines[0][0], lines[0][-1])
    assert np.abs(np.hypot(*lines[0].T) - np.sqrt(1.5)).max() < 1e-3


# Manim's animations


@pytest.fixture
def scene(tmp_path):
    with mn.tempconfig(
        {
            "pixel_width": WIDTH,
            "pixel_height": HEIGHT,
            "frame_rate": 10,
            "media_dir": str(tmp_path),
            "disable_caching": True,
            "progress_bar": "none",
            "verbosity": "WARNING",
        }
    ):
        yield mn.Scene(skip_animations=True)


def frame(scene):
    scene.renderer.static_image = None
    scene.renderer.update_frame(scene)
    return scene.renderer.camera.pixel_array[..., :3].astype(int)


def begun(scene, *animations, alpha):
    """The frame in the midst of animations, as a scene plays them."""
    for animation in animations:
        animation._setup_scene(scene)
        animation.begin()
        animation.interpolate(alpha)
    return frame(scene)


def flat(space, height, name=BLUE):
    return space.surface(lambda x, _: 0 * x + height, colour=name, lit=False)


def test_fade_in_and_out(scene):
    space = make()
    mesh = flat(space, 2)
    scene.add(space)
    ground = frame(scene)[0, 0]
    half = begun(scene, mn.FadeIn(mesh, rate_func=mn.linear), alpha=0.5)
    wanted = 0.5 * colour(BLUE) + 0.5 * ground
    assert np.abs(pixel(space, (0, 0, 2), half) - wanted).max() <= 1.5
    mesh.set_opacity(1)
    scene.play(mn.FadeOut(mesh))
    assert (frame(scene) == ground).all()
    scene.play(mn.FadeIn(mesh))
    assert is_colour(pixel(space, (0, 0, 2), frame(scene)), BLUE)


def test_parts_stay_sorted_when_manim_takes_the_group_apart(scene):
    space = make(phi=40 * DEGREE)
    above, other = flat(space, 5, RED), flat(space, 7, GREEN)
    below = flat(space, 1)
    scene.add(space)
    assert scene.mobjects == [space]
    scene.play(mn.FadeOut(other))
    scene.play(below.animate.shift(mn.OUT))  # the later in the list, yet behind
    image = frame(scene)
    assert is_colour(pixel(space, (0, 0, 5), image), RED)
    assert below.points[0, 2] == 2
    assert above.points[0, 2] == 5


def test_no_part_is_left_in_the_still_background(scene):
    space = make()
    first, last = flat(space, 1), flat(space, 2)
    scene.add(mn.Square(), first, last)  # parts alone, as after a FadeOut of another
    animations = scene.compile_animations(last.animate.shift(mn.OUT))
    moving, still = scene.get_moving_and_static_mobjects(animations)
    assert first in moving
    assert [type(mobject) for mobject in still] == [mn.Square]


def test_transform_to_another_mesh(scene):
    space = make()
    mesh = space.surface(bowl)
    target = mesh.copy().set_field(lambda x, _: 0 * x + 4)
    scene.add(space)
    begun(scene, mn.Transform(mesh, target, rate_func=mn.linear), alpha=0.25)
    x, y = mesh.points[:, 0], mesh.points[:, 1]
    assert np.allclose(mesh.points[:, 2], 0.75 * bowl(x, y) + 0.25 * 4)
    assert np.allclose(mesh.heights, mesh.points[:, 2] / 8)


def test_create_reveals_from_one_side(scene):
    space = make(theta=-90 * DEGREE, phi=5 * DEGREE)
    mesh = flat(space, 2)
    scene.add(space)
    image = begun(scene, mn.Create(mesh, rate_func=mn.linear), alpha=0.5)
    assert is_colour(pixel(space, (-0.2, 0, 2), image), BLUE)
    assert not is_colour(pixel(space, (0.2, 0, 2), image), BLUE)
    scene.play(mn.Uncreate(mesh))
    scene.play(mn.Create(mesh))
    assert is_colour(pixel(space, (1.9, 0, 2), frame(scene)), BLUE)


def test_camera_and_parts_move_together(scene):
    space = make()
    mesh = flat(space, 2)
    scene.add(space)
    scene.play(
        space.camera.animate.set(theta=0.3, zoom=1.4),
        mesh.animate.set_opacity(0.5).clip(x=(0, None)),
    )
    assert (space.camera.theta, space.camera.zoom) == (0.3, 1.4)
    assert mesh.clip_window[0] == 0
    scene.play(space.animate.shift(mn.RIGHT))
    assert space.camera.place[0] == 1
    assert space.camera.theta == 0.3
    assert mesh.points[:, 0].max() == 2  # the data stays where it is


def test_a_tracker_moves_the_cut(scene):
    space = make()
    mesh, at = space.surface(bowl), mn.ValueTracker(0.0)
    mesh.add_updater(lambda m: m.clip(y=(at.get_value(), None)))
    scene.add(space, at)
    scene.play(at.animate.set_value(0.7))
    frame(scene)
    (sheet,) = space.world.arrangement.scenery.sheets
    assert sheet.vertices[0, 0, 1] == pytest.approx(0.7)


def test_labels_stand_upright_at_their_point_and_hide_behind_surfaces(scene):
    space = make(phi=60 * DEGREE)
    flat(space, 0)
    label = space.label(mn.Square(0.3, fill_opacity=1, stroke_width=0, color=RED), (0, 1.5, 1))
    scene.add(space)
    frame(scene)
    before = label.get_center()
    space.camera.theta = 1.0
    image = frame(scene)
    assert (image == colour(RED)).all(axis=-1).any()
    assert np.linalg.norm(label.get_center() - before) > 0.5
    assert np.ptp(label.points[:, :2], axis=0) == pytest.approx([0.3, 0.3])
    distance = np.linalg.norm(label.get_center() - space.project((0, 1.5, 1)))
    assert distance < 0.5
    space.camera.theta = -90 * DEGREE
    space.plane(y=0.0, colour=BLUE, opacity=1.0)
    assert not (frame(scene) == colour(RED)).all(axis=-1).any()


def test_no_warning_and_no_trace_for_other_mobjects(scene, caplog):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        space = make()
        space.surface(bowl)
        space.plane(x=0.2)
        space.contours(bowl, [1, 2, 3])
        edge_axes(space)
        square = mn.Square(color=RED, fill_opacity=1)
        scene.add(space, square)
        scene.play(mn.FadeIn(space), square.animate.shift(5 * mn.LEFT))
        scene.play(mn.FadeOut(space))
    assert not [record for record in caplog.records if record.levelname == "WARNING"]
    assert scene.mobjects == [square]
    assert (frame(scene) == colour(RED)).all(axis=-1).any()


def labels_of(axes):
    """The labels of the ticks of x, y and the height."""
    return [list(axis[3::2]) for axis in axes]


def test_axes_have_round_ticks_and_the_heights_begin_with_the_floor():
    x, y, z = labels_of(edge_axes(make(x=(0, 5), z=(73, 85))))
    assert [label.source for label in x] == ["1", "2", "3", "4"]
    assert [label.source for label in y] == ["-1", "0", "1"]
    assert [label.source for label in z] == ["73", "80", "85"]


@given(st.integers(-400, 400), st.integers(1, 500), st.integers(-3, 3), st.booleans())
def test_three_to_five_ticks_and_that_of_the_floor(low, width, power, floor):
    unit = 10.0**power
    low, high = low * unit, (low + width) * unit
    places = round_places(low, high, floor=floor)
    assert 2 <= len(places) <= 6
    assert np.all(np.diff(places) > 0)
    assert low <= places[0]
    assert places[-1] <= high
    if floor and places[0] != low:
        assert len(str(low)) > 5


def test_marks_of_ticks_leave_the_box_where_the_ticks_are():
    for axis, (_, _, *ticks) in enumerate(edge_axes(make(x=(0, 5)))):
        for mark, label in zip(ticks[::2], ticks[1::2], strict=True):
            foot, end = mark.points
            assert foot[axis] == end[axis] == float(label.source)
            assert mark.points[:, 2] == pytest.approx(foot[2])
            assert (end[:2] < -1e-9 * 2).any() or (end[:2] > [5, 2]).any()


@pytest.mark.parametrize("theta", range(-90, 0, 10))
@pytest.mark.parametrize("phi", [0, 30, 60, 86])
def test_labels_of_ticks_do_not_lie_on_each_other(scene, theta, phi):
    space = make(x=(0, 5))
    axes = edge_axes(space)
    scene.add(space)
    space.camera.set(theta=theta * DEGREE, phi=phi * DEGREE)
    frame(scene)
    for labels in labels_of(axes):
        seen = [label for label in labels if not label.hidden]
        for one, other in pairwise(seen):
            apart = np.abs(one.get_center() - other.get_center())[:2]
            sizes = [(label.width, label.height) for label in (one, other)]
            assert (apart > np.mean(sizes, axis=0)).any()


def test_an_axis_that_is_seen_end_on_has_fewer_labels(scene):
    space = make()
    axes = edge_axes(space)
    scene.add(space)
    space.camera.set(theta=-90 * DEGREE, phi=88 * DEGREE)
    frame(scene)
    x, y, z = labels_of(axes)
    assert [label.hidden for label in y] == [False, True, False]
    assert not any(label.hidden for label in x + z)


def test_a_plane_stands_at_one_place():
    with pytest.raises(ValueError, match="one x or at one y"):
        make().plane()


def test_of_dots_in_one_place_the_highest_rank_lies_on_top():
    space = make()
    current = space.dot((0, 0, 1), DARK.iterate, radius=0.3)
    current.rank = 1
    space.dot((0, 0, 1), DARK.danger, radius=0.3)
    assert is_colour(pixel(space, (0, 0, 1), picture(space)), DARK.iterate)


@pytest.mark.parametrize("theta", [-20, -50, -62])
def test_a_dot_on_a_slope_that_is_seen_flat_is_whole(theta):
    # Here the slope faces the viewer less than the floor does.
    space = make(
        x=(-4, 4), y=(-4, 4), z=(-14, 25), size=(5, 5, 3), theta=theta * DEGREE,
        phi=57 * DEGREE, resolution=96,
    )  # fmt: skip
    space.surface(bowl, x=(-3.5, 3.5), y=(-3.5, 3.5))
    dot = space.dot((2, 3, 13), DARK.iterate)
    image = picture(space, size=(4 * WIDTH, 4 * HEIGHT))
    painted = (np.abs(image - colour(DARK.iterate)).max(axis=-1) <= 1).sum()
    radius = dot.disc_radius * 4 * WIDTH / mn.config.frame_width
    assert not dot.is_hidden()
    assert painted == pytest.approx(np.pi * radius**2, rel=0.1)


def test_the_head_of_an_axis_does_not_hide_its_label(scene):
    space = make(x=(-4, 4), y=(-4, 4), z=(-13, 25), theta=-62 * DEGREE, phi=60 * DEGREE)
    space.surface(bowl, x=(-3.5, 3.5), y=(-3.5, 3.5))
    tail, tip = (-4, -4, -13), (4.32, -4, -13)
    space.arrow(tail, tip, DARK.dim, width=2.5, head=0.16)
    name = mn.Square(0.3, fill_opacity=1, stroke_width=0, color=RED)
    space.label(name, tip, away_from=tail, gap=0.1)
    edge = [(-4, -4, -13), (4, -4, -13), (4, 4, -13)]
    space.curve(edge, WHITE)
    scene.add(space)
    assert (np.abs(frame(scene) - colour(RED)).max(axis=-1) <= 1).any()
