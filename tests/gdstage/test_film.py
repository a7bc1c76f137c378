"""What is painted and turned only where it changed is what manim makes of the whole frame."""

import importlib

import cairo
import manim as mn
import numpy as np
import pytest
from av import VideoFrame

from gdmath import ScalarField
from gdstage.clip import Clip
from gdstage.film import quicker
from gdstage.film.camera import FilmCamera
from gdstage.film.changes import TILE, Tiles, Trace
from gdstage.film.colours import EncoderColours
from gdstage.look.text import words
from gdstage.look.theme import DARK
from gdstage.space.space import Space


class Moving(Clip):
    """All that moves in a plane: words, lines with sharp turns, an image, what lies on top."""

    def construct(self):
        self.beat("one", "What moves, and what stands still.")
        self.add(mn.Axes(x_length=6, y_length=3).shift(mn.LEFT * 3))
        zigzag = mn.VMobject(stroke_width=9).set_points_as_corners(
            [[0, 0, 0], [3, 0.2, 0], [0, 0.4, 0], [3, 1, 0]]
        )
        picture = mn.ImageMobject(np.random.default_rng(3).integers(0, 255, (20, 30, 4), "uint8"))
        self.add(picture.set(height=3).shift(2 * mn.RIGHT), zigzag)
        dot = mn.Dot(color=mn.YELLOW).set_z_index(2)
        ring = mn.Square(color=[mn.RED, mn.BLUE], stroke_width=12).set_fill(mn.GREEN, 0.4)
        self.play(mn.FadeIn(dot), mn.Create(ring), run_time=0.6)
        self.play(dot.animate.shift(3 * mn.RIGHT), zigzag.animate.rotate(0.4), run_time=0.6)
        self.play(picture.animate.shift(mn.UP), run_time=0.4)
        self.beat("two", "The order changes.")
        self.bring_to_front(zigzag)
        self.play(ring.animate.set_z_index(3).shift(mn.LEFT), run_time=0.4)
        self.play(mn.FadeOut(picture), mn.Uncreate(ring), run_time=0.4)


class Turning(Clip):
    """All that moves in a space: a dot, a plane that cuts, the viewer; then nothing but a word."""

    def construct(self):
        self.beat("one", "A dot.")
        space = Space(DARK, (-2, 2), (-2, 2), (0, 8), size=(3.5, 3.5, 2.2), resolution=24)
        space.surface(ScalarField.parse("x**2 + y**2"))
        wall = space.plane(y=0.6)
        space.arrow((0, 0, 0), (2, 0, 0), DARK.ink)
        space.arrow((0, 0, 0), (0, 2, 0), DARK.ink)
        space.contours(ScalarField.parse("x**2 + y**2"), (1.0, 2.0))
        space.label(words("x", size=30, colour=DARK.ink), (2, -2, 0))
        dot = space.dot((1, 0.6, 1.36), DARK.iterate)
        self.add(space)
        self.play(dot.animate.shift(mn.LEFT * 0.5), run_time=0.6)
        self.play(wall.animate.shift(mn.UP * 0.4), run_time=0.6)
        self.beat("two", "The viewer walks.")
        self.play(space.camera.animate.set(theta=-0.6, zoom=1.1), run_time=0.6)
        self.play(mn.FadeIn(words("done", size=40, colour=DARK.ink)), run_time=0.4)


def lecture_clip(name):
    return getattr(importlib.import_module(f"scenes.{name}"), name.title().replace("_", ""))


@pytest.mark.parametrize("clip", [Moving, Turning, lecture_clip("sauna_walk")])
def test_every_frame_is_as_if_it_were_painted_whole(clip, tmp_path):
    settings = {"pixel_width": 426, "pixel_height": 240, "frame_rate": 5}
    quiet = {"dry_run": True, "progress_bar": "none", "media_dir": str(tmp_path)}
    kept = []
    with mn.tempconfig(settings | quiet):
        scene, whole = clip(), mn.Camera()

        def compare(frame, num_frames=1):
            scene.evidence.observe(scene.get_mobject_family_members(), num_frames)
            whole.background = scene.camera.background
            whole.reset()
            whole.capture_mobjects(scene.mobjects)
            kept.append(float(scene.camera.tiles.dirty.mean()))
            assert np.array_equal(whole.pixel_array, frame), scene.clock

        scene.renderer.add_frame = compare
        scene.setup()
        scene.construct()
    assert len(kept) > 8
    assert np.median(kept) < 0.6  # or nothing would be gained


def test_tiles_know_what_came_and_what_went():
    tiles = Tiles(4 * TILE, 3 * TILE)
    a, b = Trace((1, 1), (1.0, 1.0, 5.0, 5.0)), Trace((2, 1), (130.0, 90.0, 150.0, 110.0))
    tiles.mark([a], [a])
    assert not tiles.dirty.any()
    tiles.mark([a], [a, b])
    assert tiles.boxes() == [(3 * TILE, 2 * TILE, 4 * TILE, 3 * TILE)]
    assert tiles.bands() == [(2 * TILE, 3 * TILE)]
    tiles.mark([a, b], [b])
    assert tiles.boxes() == [(0, 0, TILE, TILE)]
    tiles.mark([a, b], [b, a])
    assert tiles.dirty.all()
    tiles.mark([a], [a])
    tiles.mark_all(np.array([[-50.0, -50, -45, -45], [45, 45, 85, 50], [1e9, 0, 1e9, 1]]))
    assert tiles.boxes() == [(TILE, TILE, 3 * TILE, 2 * TILE)]


@pytest.mark.parametrize("kind", ["yuv420p", "yuva420p", "yuv444p"])
def test_rows_are_turned_as_in_the_whole_frame(kind):
    draw = np.random.default_rng(5)
    pixels = draw.integers(0, 256, (240, 426, 4), "uint8")
    colours = EncoderColours(426, 240, kind)
    colours.turned(pixels, [])
    for bands in ([(40, 80)], [(0, 40), (200, 240)], []):
        for first, past in bands:
            pixels[first:past] = draw.integers(0, 256, (past - first, 426, 4), "uint8")
        turned = colours.turned(pixels, bands)
        whole = VideoFrame.from_ndarray(pixels, format="rgba").reformat(format=kind)
        for one, other in zip(turned.planes, whole.planes, strict=True):
            assert np.array_equal(rows_of(one), rows_of(other))


def rows_of(plane):
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]


def shapes():
    yield mn.VGroup(mn.Circle(), mn.Square().shift(mn.RIGHT), mn.VGroup())
    yield mn.VGroup()
    yield mn.VMobject()
    yield words("a fi & ∂f", size=30, colour="#ffffff")
    yield mn.DashedLine(mn.LEFT, mn.RIGHT)
    open_ended = mn.VMobject().set_points_as_corners([mn.LEFT, mn.UP, mn.RIGHT])
    yield open_ended
    yield mn.VMobject().set_points(np.zeros((1, 3)))
    yield mn.VMobject().set_points([*open_ended.points, *(mn.Circle().points + 3)])


SHAPES = ["parts", "none", "empty", "words", "dashes", "open", "point", "two"]


@pytest.mark.parametrize("index", range(len(SHAPES)), ids=SHAPES)
def test_outlines_and_boxes_are_the_same(index):
    *_, shape = (shape for i, shape in enumerate(shapes()) if i <= index)

    def outlines(camera):
        context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 64, 48))
        for part in shape.get_family():
            camera.set_cairo_context_path(context, part)
            yield list(context.copy_path())

    assert list(outlines(FilmCamera())) == list(outlines(mn.Camera()))
    quicker.make_quicker()
    ends = shape.get_points_defining_boundary()
    assert ends.tolist() == quicker._find_boundary(shape).tolist()


def test_families_and_colours_are_the_same():
    twice = mn.Square()
    group = mn.VGroup(mn.VGroup(twice, mn.Circle()), mn.VGroup(twice), mn.VGroup())
    ring = mn.VGroup(mn.VGroup(mn.Dot()))
    ring[0].submobjects.append(ring)  # manim's lists it once
    for shape in (twice, group, words("a fi & ∂f", size=30, colour="#ffffff")):
        assert quicker._family(shape) == quicker._find_family(shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quicker, "_LARGE", 100)
        assert quicker._family(ring) == quicker._find_family(ring)
    told = [{"fill_color": "#123456"}, {"stroke_opacity": 0.5, "stroke_width": 3}, {}]
    for style in told:
        ours, manims = mn.Square(fill_opacity=0.3), mn.Square(fill_opacity=0.3)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mn.VMobject, "update_rgbas_array", quicker._update_colours)
            manims.set_style(**style)
        quicker.make_quicker()
        ours.set_style(**style)
        for name in ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas"):
            assert getattr(ours, name).tolist() == getattr(manims, name).tolist()
