"""A lecture's mark: a small picture, or a few words, that stands in a corner all along."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
from PIL import Image, UnidentifiedImageError

from gdstage.look.brand import BrandError
from gdstage.look.text import SMALLEST, words
from gdstage.proof.statement import scenery, stated, word

if TYPE_CHECKING:
    from gdstage.look.theme import Theme
    from gdstage.proof.lens import Lens

HEIGHT, WIDTH = 0.45, 1.6
"""How large a mark is at most, in scene units."""

MOST_PIXELS = 2000


def draw_mark(mark: str | Path, theme: Theme) -> mn.Mobject:
    """A mark, as large as it may be.

    Raises:
        BrandError: its picture cannot be read.
    """
    if isinstance(mark, Path):
        drawn = _picture(mark)
        drawn.scale(min(HEIGHT / drawn.height, WIDTH / drawn.width))
        setattr(drawn, "as_drawn", partial(_as_drawn, drawn))  # noqa: B010 (any attribute is taken)
        return stated(drawn, scenery("mark"))
    said = words(mark, size=SMALLEST, colour=theme.label)
    said.scale(min(1.0, WIDTH / said.width))
    return stated(said, word("mark"))


def _as_drawn(drawn: mn.Mobject, lens: Lens) -> dict[str, Any]:
    """Where it is in the frame, px; what is pictured in it states nothing."""
    left, top = lens.to_pixel(drawn.get_corner(mn.UL).tolist())
    right, bottom = lens.to_pixel(drawn.get_corner(mn.DR).tolist())
    return {"box": [round(float(v), 2) for v in (left, top, right, bottom)]}


def _picture(path: Path) -> mn.Mobject:
    try:
        if path.suffix.lower() == ".svg":
            picture: mn.Mobject = mn.SVGMobject(str(path), use_svg_cache=False)
        else:
            with Image.open(path) as image:
                image.thumbnail((MOST_PIXELS, MOST_PIXELS))
                picture = mn.ImageMobject(np.array(image.convert("RGBA")))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError) as error:
        raise BrandError(f"{path}: expected a picture that can be read: {error}") from error
    if not picture.family_members_with_points():
        raise BrandError(f"{path}: expected a picture, found an SVG with nothing in it")
    return picture
