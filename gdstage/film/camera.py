"""A camera that paints of each frame what is not as it was in the frame before."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any, cast
from weakref import WeakKeyDictionary

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from gdstage.film.changes import NOTHING, Box, Picture, Prints, Tiles, Trace, differing

_POINTS_A_CURVE = 4

MITER = 10
"""How many times its breadth a line reaches where it turns sharply, at most: cairo's own limit."""

NOWHERE = (-1.0, -1.0, -1.0, -1.0)

_ANYWHERE = (0.0, 0.0, 1e9, 1e9)

Pixels = NDArray[np.uint8]


class FilmCamera(mn.Camera):
    """Manim's camera, quicker, to the same pixels.

    - What stands still is painted once: of a frame only those tiles are painted again in which
      something changed, with all that lies there.
    - A path is handed to cairo as floats, not as numpy's scalars, which take four times as long.
    - An image that stands still is put in perspective once, and laid over the part of the frame
      that it covers, not over all of it.

    `tiles` says what the last frame changed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiles = Tiles(self.pixel_width, self.pixel_height)
        self._before: list[Trace] = []
        self._pictures: dict[int, Prints] = {}
        self._known: WeakKeyDictionary[mn.Mobject, Trace] = WeakKeyDictionary()
        self._ground: Any = None
        self._sheet: Any = cast("Pixels", self.pixel_array).copy()
        self._laid: WeakKeyDictionary[mn.Mobject, Any] = WeakKeyDictionary()
        self._fresh: Any = None

    def show(self, mobjects: Iterable[mn.Mobject]) -> None:
        """Paint a frame of these into the pixel array, which holds the one before."""
        items = self.get_mobjects_to_display(mobjects)
        traces = [self._trace(item) for item in items]
        pictures = {id(item): self._parts(item) for item in items if isinstance(item, Picture)}
        self.tiles.mark(self._before, traces)
        for name in pictures.keys() | self._pictures.keys():
            then, now = self._pictures.get(name, NOTHING), pictures.get(name, NOTHING)
            self.tiles.mark_all(differing(then, now))
        if self._ground is not self.background or any(key == _UNKNOWN for key, _ in traces):
            self._ground = self.background
            self.tiles.dirty[:] = True
        self._before, self._pictures = traces, pictures
        boxes = self.tiles.boxes()
        frame, ground = cast("Pixels", self.pixel_array), cast("Pixels", self.background)
        # Cairo smooths a line that it clips a little otherwise. So it paints beyond the tiles, on
        # a sheet of its own, from which they are taken.
        for left, top, right, bottom in boxes:
            self._sheet[top:bottom, left:right] = ground[top:bottom, left:right]
        for item, (_, box) in zip(items, traces, strict=True):
            if self.tiles.touch(box):
                self._paint(item)
        for left, top, right, bottom in boxes:
            frame[top:bottom, left:right] = self._sheet[top:bottom, left:right]

    def _paint(self, item: mn.Mobject) -> None:
        kind = self.type_or_raise(item)
        self.display_funcs[kind]([item], self._sheet)

    # --- what leaves ink, and where -----------------------------------------------------------

    def _trace(self, item: mn.Mobject) -> Trace:
        if isinstance(item, Picture):  # of which the parts are looked at one by one
            return Trace((id(item),), _ANYWHERE)
        if self.type_or_raise(item) is mn.Mobject:  # it leaves no ink
            return Trace((id(item),), NOWHERE)
        if isinstance(item, mn.VMobject) and not item.get_background_image():
            key = _key_of_path(item)
        elif isinstance(item, mn.ImageMobject):
            key = _key_of_image(item)
        else:
            return Trace(_UNKNOWN, _ANYWHERE)
        last = self._known.get(item)
        if last is None or last.key != key:
            last = self._known[item] = Trace(key, self._box(item))
        return last

    def _parts(self, picture: Picture) -> Prints:
        """What it paints, with boxes in px."""
        prints, boxes = picture.prints()
        unit = self.pixel_width / self.frame_width
        x, y = self.frame_center[:2]
        across, down = self.pixel_width / 2 - x * unit, self.pixel_height / 2 + y * unit
        left, bottom, right, top = boxes.T * unit
        ends = (across + left - 2, down - top - 2, across + right + 2, down - bottom + 2)
        return prints, np.stack(ends, axis=1)

    def _box(self, mobject: mn.Mobject) -> Box:
        if not len(mobject.points):
            return NOWHERE
        points = mobject.points[:, :2]
        (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        unit = self.pixel_width / self.frame_width
        x, y = self.frame_center[:2].tolist()
        across, down = self.pixel_width / 2 - x * unit, self.pixel_height / 2 + y * unit
        margin = 2.0
        if isinstance(mobject, mn.VMobject):
            widths = mobject.get_stroke_width(), mobject.get_stroke_width(background=True)
            sharp = MITER if mobject.joint_type in _SHARP else 1
            margin += 0.5 * float(max(widths)) * self.cairo_line_width_multiple * unit * sharp
        return (
            across + left * unit - margin,
            down - top * unit - margin,
            across + right * unit + margin,
            down - bottom * unit + margin,
        )

    # --- the same, quicker ---------------------------------------------------------------------

    def set_cairo_context_path(self, ctx: Any, vmobject: Any) -> Any:
        """Give cairo the outline of a mobject."""
        points = self.transform_points_pre_display(vmobject, vmobject.points)
        if len(points) == 0:
            return self
        ctx.new_path()
        # One flat list of x and y in turn: a list a point would be garbage to look through.
        flat = points[:, :2].ravel().tolist()
        ends = vmobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist()
        for first, past in ends:
            if past - first < _POINTS_A_CURVE:
                continue
            ctx.new_sub_path()
            ctx.move_to(*flat[2 * first : 2 * first + 2])
            for i in range(2 * first, 2 * (past - _POINTS_A_CURVE) + 1, 2 * _POINTS_A_CURVE):
                ctx.curve_to(*flat[i + 2 : i + 8])
            start, end = flat[2 * first : 2 * first + 2], flat[2 * past - 2 : 2 * past]
            if vmobject.consider_points_equals_2d(start, end):
                ctx.close_path()
        return self

    def display_image_mobject(self, image_mobject: Any, pixel_array: Any) -> None:
        """Lay an image over the frame; as the last time, if it is where and what it was."""
        key = _key_of_image(image_mobject)
        if key != self._laid.get(image_mobject, (None, None))[0]:
            self._fresh = None
            super().display_image_mobject(image_mobject, pixel_array)
            self._laid[image_mobject] = key, self._fresh
        laid = self._laid[image_mobject][1]
        if laid is not None:
            self._lay(pixel_array, *laid)

    def overlay_PIL_image(self, pixel_array: Any, image: Image.Image) -> None:  # noqa: ARG002, N802 (manim's own name)
        """Keep an image of the frame's size, where it is not transparent, to be laid over it."""
        box = image.getbbox(alpha_only=True)
        if box is not None:
            self._fresh = box, image.crop(box)

    def _lay(self, pixels: Any, box: tuple[int, int, int, int], image: Image.Image) -> None:
        """Lay an image over the dirty part of the frame; `box` is where it is, px."""
        for dirty in self.tiles.boxes():
            left, top = max(box[0], dirty[0]), max(box[1], dirty[1])
            right, bottom = min(box[2], dirty[2]), min(box[3], dirty[3])
            if left < right and top < bottom:
                part = pixels[top:bottom, left:right]
                below = self.get_image(np.ascontiguousarray(part))
                across, down = box[:2]
                piece = (left - across, top - down, right - across, bottom - down)
                part[:] = np.asarray(Image.alpha_composite(below, image.crop(piece)))


_SHARP = (mn.LineJointType.AUTO, mn.LineJointType.MITER)

_UNKNOWN = (0,)
"""The key of what is painted in each frame, since one cannot tell whether it changes."""


def _key_of_path(path: mn.VMobject) -> tuple[int, ...]:
    drawn = (
        path.points.tobytes(),
        path.fill_rgbas.tobytes(),
        path.stroke_rgbas.tobytes(),
        _bytes(getattr(path, "background_stroke_rgbas", None)),
        path.stroke_width,
        getattr(path, "background_stroke_width", 0),
        path.joint_type,
        path.cap_style,
        _bytes(path.sheen_direction),
    )
    return id(path), hash(drawn)


def _key_of_image(image: mn.ImageMobject) -> tuple[int, ...]:
    pixels = np.ascontiguousarray(image.pixel_array)
    return (
        id(image),
        hash((image.points.tobytes(), image.resampling_algorithm)),
        zlib.crc32(pixels.data),
    )


def _bytes(values: ArrayLike | None) -> bytes:
    return b"" if values is None else np.asarray(values).tobytes()
