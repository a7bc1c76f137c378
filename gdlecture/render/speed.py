"""What manim does twice, done once. Not a pixel changes by it.

Found by profiling learning_rate at 1080p60. While `quicker_manim` is open,

- a frame is converted to the encoder's colours where it lies, and once if it stands still;
- a path is handed to cairo as floats, not as numpy's scalars, which take four times as long;
- the box around a mobject is found from whole arrays, not from a tuple of its points;
- a copy of a glyph shares the parsed SVG path that it came from and that nobody reads again;
- an image that stands still is put in perspective once, and laid over the part of the frame that
  it covers, not over all of it;
- Python looks for garbage in cycles less often, and not among what was there before.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any
from weakref import WeakKeyDictionary

import av
import manim as mn
import numpy as np
from av.video.reformatter import VideoReformatter
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from PIL import Image

_find_boundary = mn.VMobject.get_points_defining_boundary
_display = mn.Camera.display_image_mobject
_copy = VMobjectFromSVGPath.__deepcopy__
_POINTS_A_CURVE = 4
_SELDOM = (50_000, 20, 20)


@contextmanager
def quicker_manim() -> Iterator[None]:
    """Have manim draw and encode the same in less time, as long as this is open."""
    quicker: tuple[tuple[Any, str, Any], ...] = (
        (VideoSegmentEncoder, "write_frame", _write_frame),
        (mn.Camera, "set_cairo_context_path", _set_path),
        (mn.VMobject, "get_points_defining_boundary", _boundary),
        (VMobjectFromSVGPath, "__deepcopy__", _copy_without_source),
        (mn.Camera, "overlay_PIL_image", _overlay),
        (mn.Camera, "display_image_mobject", _display_image),
    )
    before = [(owner, name, vars(owner).get(name)) for owner, name, _ in quicker]
    for owner, name, function in quicker:
        setattr(owner, name, function)
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        for owner, name, function in before:
            if function is None:  # it was inherited
                delattr(owner, name)
            else:
                setattr(owner, name, function)


def _write_frame(self: Any, pixels: Any, *, repeat: int = 1) -> None:
    """Encode a frame `repeat` times, from one conversion."""
    self._validate_frame(pixels, repeat)
    rate: Fraction = self.spec.frame_rate
    context = self._stream.codec_context
    try:
        if not hasattr(self, "converter"):
            self.converter = VideoReformatter()
        # Just as the encoder would convert it.
        frame = self.converter.reformat(
            av.VideoFrame.from_numpy_buffer(pixels, format="rgba"),
            context.width,
            context.height,
            context.pix_fmt,
            threads=context.thread_count,
        )
        frame.time_base = 1 / rate
        for _ in range(repeat):
            frame.pts = self._next_pts
            self._next_pts += 1
            for packet in self._stream.encode(frame):
                self._container.mux(packet)
    except BaseException as error:
        raise self._operation_error("encode", error) from error


def _set_path(self: Any, ctx: Any, vmobject: Any) -> Any:
    """Give cairo the outline of a mobject."""
    points = self.transform_points_pre_display(vmobject, vmobject.points)
    if len(points) == 0:
        return self
    ctx.new_path()
    # One flat list of x and y in turn: a list a point would be garbage to look through.
    flat = points[:, :2].ravel().tolist()
    for first, past in vmobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist():
        if past - first < _POINTS_A_CURVE:
            continue
        ctx.new_sub_path()
        ctx.move_to(*flat[2 * first : 2 * first + 2])
        for i in range(2 * first, 2 * (past - _POINTS_A_CURVE) + 1, 2 * _POINTS_A_CURVE):
            ctx.curve_to(*flat[i + 2 : i + 8])
        ends = flat[2 * first : 2 * first + 2], flat[2 * past - 2 : 2 * past]
        if vmobject.consider_points_equals_2d(*ends):
            ctx.close_path()
    return self


def _boundary(self: Any) -> Any:
    """The ends of all curves of a mobject and of its parts."""
    found = []
    for part in self.get_family():
        points = getattr(part, "points", None)
        usual = getattr(type(part), "get_anchors", None) is mn.VMobject.get_anchors
        if points is None or not usual or len(points) % _POINTS_A_CURVE:
            return _find_boundary(self)
        if len(points):
            found.append(points.reshape(-1, _POINTS_A_CURVE, points.shape[1])[:, [0, 3]])
    return np.concatenate(found).reshape(-1, self.dim) if found else np.array(())


def _display_image(self: Any, image: Any, pixels: Any) -> None:
    """Lay an image over the frame `pixels`; as the last time, if it is where and what it was."""
    last = getattr(self, "laid_images", None)
    if last is None:
        last = self.laid_images = WeakKeyDictionary()
    if image in last:
        points, own, laid = last[image]
        if np.array_equal(points, image.points) and np.array_equal(own, image.pixel_array):
            _lay(self, pixels, *laid)
            return
    self.laid = None
    _display(self, image, pixels)
    if self.laid is not None:
        last[image] = image.points.copy(), image.pixel_array.copy(), self.laid


def _overlay(self: Any, pixels: Any, image: Image.Image) -> None:
    """Lay an image of the frame's size over the frame `pixels`, where it is not transparent."""
    box = image.getbbox(alpha_only=True)
    if box is not None:
        self.laid = box, image.crop(box)
        _lay(self, pixels, *self.laid)


def _lay(self: Any, pixels: Any, box: tuple[int, int, int, int], image: Image.Image) -> None:
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right]
    below = self.get_image(np.ascontiguousarray(part))
    part[:] = np.asarray(Image.alpha_composite(below, image))


def _copy_without_source(self: Any, copied: dict[int, Any]) -> Any:
    copied[id(self.path_obj)] = self.path_obj
    return _copy(self, copied)
