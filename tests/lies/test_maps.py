"""Lies on maps: heat, level lines, steps, basins and what their colours mean."""

import manim as mn
import numpy as np
import pytest
from ways_of_lying import afterwards, arguments, wrapped

from gdmath import gradient_step

PX = 8 / 1080
"""A pixel at 1080p, in scene units."""


# --- colour maps ---------------------------------------------------------------------------


def upside_down(image, *_):
    image.pixel_array = image.pixel_array[::-1].copy()
    return image


def mirrored(image, *_):
    image.pixel_array = image.pixel_array[:, ::-1].copy()
    return image


def of_another_place(image, *_):
    return image.shift(12 * PX * mn.RIGHT)


def spotted(image, *_):
    """A faint dark spot, as of another well, a tenth of the picture across."""
    pixels = image.pixel_array
    height, width = pixels.shape[:2]
    down, across = np.mgrid[:height, :width]
    off = np.hypot(down - 0.28 * height, across - 0.3 * width)
    share = 0.5 * np.clip(1.4 - off / (0.07 * height), 0, 1)[..., None]
    pixels[..., :3] = np.rint((1 - share) * pixels[..., :3]).astype(np.uint8)
    return image


PAINT = "gdstage.plane.contour_map:ContourMap._paint"
COLOURS = {
    "the heat is upside down": (wrapped(PAINT, upside_down), "map “heat”"),
    "the heat is mirrored": (wrapped(PAINT, mirrored), "map “heat”"),
    "the heat is that of −f": (
        arguments(PAINT, lambda heat, values, stops: (heat, values.max() - values, stops)),
        "map “heat”"),
    "the colours run from high to low": (
        arguments(PAINT, lambda heat, values, stops: (heat, values, stops[::-1])), "map “heat”"),
    "the heat is one of another span": (
        arguments(PAINT, lambda heat, values, stops: (heat, 0.8 * values, stops)), "map “heat”"),
    "the heat is transposed": (
        arguments(PAINT, lambda heat, values, stops: (heat, values[::-1].T[::-1], stops)),
        "map “heat”"),
    "the heat has a dark spot": (wrapped(PAINT, spotted), "of another colour"),
    "the heat is 12 px to the right": (wrapped(PAINT, of_another_place), "map “heat”"),
}  # fmt: skip


def palette(change):
    """Another palette is drawn, and stated."""
    return wrapped("gdstage.walks.room_clip:RoomClip.palette", lambda stops, *_: change(stops))


def span_reversed(instead):
    def make(original):
        def initialise(heat, plane, field, **more):
            span = more.pop("span", None) or (0.0, 8.0)
            original(heat, plane, field, **more | {"span": span[::-1], "levels": [1.0, 2.0]})

        return initialise

    instead("gdstage.plane.contour_map:ContourMap.__init__", make)


COLOURS |= {
    "low is light and high is dark": (palette(lambda stops: stops[::-1]), "from dark to light"),
    "colours are out of order": (palette(lambda s: (*s[2:], *s[:2])), "from dark to light"),
    "the span is reversed": (span_reversed, "a span that rises"),
    "level lines are where they are dense": (
        wrapped("gdstage.plane.contour_map:nice_ticks", lambda *_: (0.5, 0.6, 0.8, 2.0)),
        "evenly apart"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "expected"), COLOURS.values(), ids=COLOURS)
def test_colour_maps(caught, lie, expected):
    caught("Hills", lie, expected)


def labels_swapped(found, *_):
    found.labels[:] = np.where(found.labels >= 0, 1 - found.labels, found.labels)
    return found


def border_moved(grid, plane, side):
    """As if the border of two basins were a little to the right."""
    del plane, side
    return grid - [0.1, 0.0]


def picture_mirrored(picture):
    """The picture has the colours swapped; the facts are those of the true one."""
    image = picture.submobjects[0]
    image.pixel_array = image.pixel_array[:, ::-1].copy()


def key_swapped(instead):
    def make(original):
        def initialise(key, pairs, *args, **kwargs):
            colours, texts = zip(*pairs, strict=True)
            original(key, zip(colours[::-1], texts, strict=True), *args, **kwargs)

        return initialise

    instead("gdstage.look.key:Key.__init__", make)


BASINS = {
    "the basins’ colours are swapped": (
        wrapped("gdstage.walks.basins:multistart", labels_swapped), "map “basins”"),
    "the picture is mirrored": (
        afterwards("gdstage.walks.basins:BasinPicture.__init__", picture_mirrored),
        "map “basins”"),
    "the border is elsewhere": (
        wrapped("gdstage.walks.basins:grid", border_moved), "map “basins”"),
    "the key’s colours are swapped": (key_swapped, "expected"),
    "the key has another share": (
        arguments("gdstage.look.key:words", lambda text: (text.replace("60", "50"),)),
        "word “number”"),
}  # fmt: skip


def of_another_rate(instead):
    """The map is of another rate than the clip's, and says so."""

    def make(original):
        def initialise(picture, plane, field, step, **more):
            original(picture, plane, field, gradient_step(1.5 * step.rate), **more)

        return initialise

    instead("gdstage.walks.basins:BasinPicture.__init__", make)


BASINS["the map is of another rate"] = (of_another_rate, "expected the step of a walk")


@pytest.mark.parametrize(("lie", "expected"), BASINS.values(), ids=BASINS)
def test_basins(caught, lie, expected):
    caught("Wells", lie, expected)


# --- level lines ---------------------------------------------------------------------------


def at(change):
    """Lines at other heights than they state."""
    return arguments(
        "gdstage.plane.contour_map:level_segments",
        lambda xs, ys, values, level: (xs, ys, values, change(level)),
    )


def transposed(xs, ys, values, level):
    return xs, ys, values.T, level


LEVELS = {
    "lines are at wrong heights": at(lambda level: level + 0.25),
    "lines are those of another scale": at(lambda level: 1.15 * level),
    "a line is missing": at(lambda level: 1e9 if level == 4 else level),
    "lines are those of −f": arguments(
        "gdstage.plane.contour_map:level_segments",
        lambda xs, ys, values, level: (xs, ys, values.max() - values, level)),
    "lines are transposed": arguments("gdstage.plane.contour_map:level_segments", transposed),
    "lines are 5 px too high": wrapped(
        "gdstage.plane.contour_map:ContourMap._draw_lines",
        lambda lines, *_: lines.shift(5 * PX * mn.UP)),
}  # fmt: skip


@pytest.mark.parametrize("lie", LEVELS.values(), ids=LEVELS)
def test_level_lines(caught, lie):
    caught("Hills", lie, "level “level lines”")


# --- steps ---------------------------------------------------------------------------------

DRAW = "gdstage.walks.map_walk:MapWalk._draw_step"


def step(change):
    def lie(instead):
        def make(original):
            def draw(figure, start, now, *, whole):
                original(figure, *change(start, now), whole=whole)

            return draw

        instead(DRAW, make)

    return lie


def around(start, now):
    """The step is turned by a tenth of a radian."""
    way = now - start
    return start, start + way + 0.12 * np.array([-way[1], way[0], 0.0])


def heads(change):
    return wrapped("gdstage.walks.map_walk:arrow_head", change)


def trail_left_out(instead):
    def make(original):
        def keep(figure, k, faded):
            if k != 1:
                original(figure, k, faded)

        return keep

    instead("gdstage.walks.map_walk:MapWalk._keep_step", make)


def ring_off(instead):
    def make(original):
        def leave_behind(figure, k):
            original(figure, k)
            figure.past[-1].shift(5 * PX * mn.RIGHT)
            return figure

        return leave_behind

    instead("gdstage.walks.map_walk:MapWalk.leave_behind", make)


STEPS = {
    "steps are too long": (step(lambda a, b: (a, a + 1.5 * (b - a))), "“step”"),
    "steps are too short": (step(lambda a, b: (a, a + 0.7 * (b - a))), "“step”"),
    "steps are turned": (step(around), "segment “step”"),
    "steps lead back": (step(lambda a, b: (b, a)), "step”"),
    "heads point back": (heads(lambda head, *_: head.rotate(np.pi)), "tip “step”"),
    "heads are turned": (heads(lambda head, *_: head.rotate(0.6)), "tip “step”"),
    "rings are 5 px off": (ring_off, "point “ring”"),
}


@pytest.mark.parametrize(("lie", "expected"), STEPS.values(), ids=STEPS)
def test_steps(caught, lie, expected):
    caught("Hills", lie, expected)


def test_a_diamond_that_is_off(caught):
    off = afterwards("gdstage.plane.minima:MapMinima.__init__", lambda it: it.shift(6 * PX * mn.UP))
    caught("Hills", off, "point “minimum”")
