"""Quicker is the same: pixels of videos, outlines, boxes."""

from contextlib import nullcontext

import cairo
import manim as mn
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from gdlecture.catalogue import clips_in, find_clip
from gdlecture.folders import own_folder
from gdlecture.render import rendering, speed
from gdlecture.render.rendering import render_clip
from gdlecture.render.speed import quicker_manim
from gdlecture.render.work import RenderRequest
from gdlecture.settings import Settings
from gdstage.look.text import words


def rendered(name, monkeypatch, *, quick):
    with monkeypatch.context() as patch:
        if not quick:
            patch.setattr(rendering, "quicker_manim", nullcontext)
        return render_clip(RenderRequest.of(find_clip(name), Settings("l", "dark"))).files


def test_a_clip_is_the_same_to_the_last_bit(monkeypatch):
    quick, slow = (rendered("tiny", monkeypatch, quick=q) for q in (True, False))
    assert quick == slow


@pytest.mark.slow
def test_a_clip_of_the_lecture_is_the_same_to_the_last_bit(monkeypatch):
    # All that it draws is there at 8 frames a second, too.
    monkeypatch.setitem(mn.constants.QUALITIES["low_quality"], "frame_rate", 8)
    with clips_in(own_folder()):
        quick, slow = (rendered("update_rule", monkeypatch, quick=q) for q in (True, False))
    assert quick == slow


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
    camera = mn.Camera()

    def drawn():
        ctx = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 64, 48))
        for part in shape.get_family():
            camera.set_cairo_context_path(ctx, part)
            yield list(ctx.copy_path())
        yield shape.get_points_defining_boundary().tolist()

    slow = list(drawn())
    with quicker_manim():
        assert list(drawn()) == slow


def test_a_still_frame_is_converted_once(monkeypatch):
    converted = []

    class Counting:
        def reformat(self, frame, *shape, **more):
            converted.append(frame)
            return VideoReformatter().reformat(frame, *shape, **more)

    monkeypatch.setattr(speed, "VideoReformatter", Counting)
    clip = render_clip(RenderRequest.of(find_clip("tiny"), Settings("l", "dark")))
    assert 10 < len(converted) < 0.7 * 15 * clip.duration


def test_a_copy_of_a_glyph_shares_only_what_nobody_reads():
    glyph = next(
        part
        for part in words("a", size=30, colour="#ffffff").get_family()
        if isinstance(part, VMobjectFromSVGPath)
    )
    with quicker_manim():
        copied = glyph.copy()
    assert copied.path_obj is glyph.path_obj
    assert copied.points is not glyph.points
    assert np.array_equal(copied.points, glyph.points)
    assert glyph.copy().path_obj is not glyph.path_obj


def test_manim_is_left_as_it_was():
    owners = (VideoSegmentEncoder, mn.Camera, mn.VMobject, VMobjectFromSVGPath)
    before = [dict(vars(owner)) for owner in owners]
    with pytest.raises(KeyError), quicker_manim():
        raise KeyError
    assert [dict(vars(owner)) for owner in owners] == before
