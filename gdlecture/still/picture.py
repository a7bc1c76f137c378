"""The picture that a clip shows now, as vectors with its words as text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

import cairo
import manim as mn
from PIL import Image

from gdlecture.still.plain import plain_texts
from gdlecture.still.svg import Line, SvgContext
from gdstage.clip import Clip
from gdstage.look.text import Typeset, in_math

_SEEN = 0.02
"""The opacity from which on a glyph is seen."""


class PictureError(Exception):
    """Something cannot be drawn with vectors; the message says what."""


def svg_of(scene: Clip, title: str, *, transparent: bool = False) -> str:
    """What a clip shows now as an SVG of the camera's size in pixels.

    `title` is what the file is called, for those who cannot see it.

    Raises:
        PictureError: something is shown that is neither outlines nor an image.
    """
    camera = scene.camera
    context = SvgContext(camera.pixel_width, camera.pixel_height)
    shown = camera.get_mobjects_to_display(scene.mobjects)
    for mobject in shown:
        if isinstance(mobject, mn.ImageMobject):
            _draw_image(mobject, camera, context)
        elif isinstance(mobject, mn.VMobject) and not mobject.get_background_image():
            context.set_matrix(_matrix(camera))
            camera.display_vectorized(mobject, cast(cairo.Context, context))
        elif isinstance(mobject, mn.VMobject | mn.PMobject):
            raise PictureError(f"a {type(mobject).__name__} cannot be drawn as vectors; take a PNG")
    ground = None if transparent else scene.theme.ground
    return context.svg(ground=ground, title=title, lines=_lines(scene, shown))


def png_of(scene: Clip, *, transparent: bool = False) -> bytes:
    """What a clip shows now as a PNG, the very pixels of the film."""
    camera = mn.Camera(
        background_color=scene.theme.ground, background_opacity=0.0 if transparent else 1.0
    )
    camera.capture_mobjects(scene.mobjects)
    picture: Image.Image = camera.get_image()
    file = io.BytesIO()
    (picture if transparent else picture.convert("RGB")).save(file, "png")
    return file.getvalue()


def _matrix(camera: Any) -> cairo.Matrix:
    """From scene units to pixels, as manim's camera has it."""
    unit, (x, y, _) = camera.pixel_width / camera.frame_width, camera.frame_center
    return cairo.Matrix(
        unit, 0, 0, -unit, camera.pixel_width / 2 - x * unit, camera.pixel_height / 2 + y * unit
    )


def _draw_image(image: mn.ImageMobject, camera: Any, context: SvgContext) -> None:
    """Lay an image over whole pixels, as the film has it."""
    matrix = _matrix(camera)
    left, top, right, bottom = (
        int(value)
        for corner in (image.get_corner(mn.UL), image.get_corner(mn.DR))
        for value in matrix.transform_point(*corner[:2])
    )
    if right > left and bottom > top:
        picture = Image.fromarray(image.get_pixel_array())
        picture = picture.resize((right - left, bottom - top), image.resampling_algorithm)
        file = io.BytesIO()
        picture.save(file, "png", optimize=True)
        context.image(file.getvalue(), left, top, right - left, bottom - top)


def _lines(scene: Clip, shown: list[mn.Mobject]) -> list[Line]:
    """The words and formulas that are seen, from the top to the bottom."""
    glyphs = (part for part in shown if isinstance(part, mn.VMobject))
    ids = {id(glyph) for glyph in glyphs if glyph.get_fill_opacity() > _SEEN}
    texts = [text for text in _texts(scene) if any(id(part) in ids for part in text.get_family())]
    formulas = plain_texts(text.code for text in texts if _is_formula(text))
    matrix, unit = _matrix(scene.camera), scene.camera.pixel_width / scene.camera.frame_width
    lines = []
    for text in texts:
        x, y = matrix.transform_point(text.get_left()[0], text.baseline)
        said = formulas[text.code] if _is_formula(text) else text.source
        if said:
            lines.append(Line(said, x, y, text.em * unit, text.width * unit))
    return sorted(lines, key=lambda line: (round(line.y / unit, 1), line.x))


def _texts(scene: Clip) -> Iterator[Typeset]:
    known: set[int] = set()
    for mobject in scene.get_mobject_family_members():
        if isinstance(mobject, Typeset) and id(mobject) not in known:
            known.add(id(mobject))
            yield mobject


def _is_formula(text: Typeset) -> bool:
    return text.code == in_math(text.source) or text.code.startswith("$display(")
