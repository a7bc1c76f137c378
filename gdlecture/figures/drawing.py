"""What an example draws, as a picture."""

from __future__ import annotations

import runpy
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gdlecture.figures.example import Example
from gdstage.film.camera import FilmCamera
from gdstage.film.quicker import make_quicker
from gdstage.look.theme import Theme, drawn_in, rgb

WIDTH, HEIGHT = 640, 360
MARGIN = 0.35
"""Scene units around what is drawn."""

CLOSEST = 0.55
"""The least share of the frame that is shown: nothing small is made to look large."""


@contextmanager
def scratch() -> Iterator[None]:
    """Have manim quicker, and what it writes on the way thrown away afterwards."""
    make_quicker()
    with (
        tempfile.TemporaryDirectory(prefix="lecture-") as folder,
        mn.tempconfig({"media_dir": folder, "verbosity": "ERROR"}),
    ):
        yield


def picture_of(example: Example, theme: Theme) -> bytes:
    """What an example draws in a theme, as a PNG file."""
    with drawn_in(theme.name):
        file = BytesIO()
        Image.fromarray(draw(run(example)["picture"], theme)).save(file, "png", optimize=True)
        return file.getvalue()


def run(example: Example) -> dict[str, Any]:
    """Run an example's file; its variables, of which `picture` holds what it shows."""
    return runpy.run_path(str(example.path))


def draw(picture: Sequence[mn.Mobject], theme: Theme) -> NDArray[np.uint8]:
    """The pixels (HEIGHT, WIDTH, 3) of a picture, seen from as near as it allows."""
    whole = _shot(picture, theme, np.zeros(3), 1.0)
    rows, columns = np.nonzero(np.abs(whole - np.rint(255 * rgb(theme.ground))).max(axis=-1) > 2)
    if not len(rows):
        return whole
    unit = WIDTH / mn.config.frame_width
    middle = np.array([columns.min() + columns.max() + 1, rows.min() + rows.max() + 1]) / 2
    centre = np.array([middle[0] - WIDTH / 2, HEIGHT / 2 - middle[1], 0.0]) / unit
    share = max(np.ptp(columns) / WIDTH, np.ptp(rows) / HEIGHT) + 2 * MARGIN * unit / HEIGHT
    return _shot(picture, theme, centre, float(np.clip(share, CLOSEST, 1.0)))


def _shot(
    picture: Sequence[mn.Mobject], theme: Theme, centre: NDArray[np.float64], share: float
) -> NDArray[np.uint8]:
    """The picture from a camera over `centre` (3,) that sees a share of the frame."""
    camera = FilmCamera(
        background_color=theme.ground,
        pixel_width=WIDTH,
        pixel_height=HEIGHT,
        frame_width=share * mn.config.frame_width,
        frame_height=share * mn.config.frame_height,
        frame_center=centre,
    )
    camera.capture_mobjects(picture)
    return np.array(camera.pixel_array[..., :3], dtype=np.uint8)
