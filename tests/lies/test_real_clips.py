"""Lies in beats of the lecture's own clips."""

import manim as mn
import numpy as np
import pytest
from ways_of_lying import arguments


def arrows_turned(instead):
    def make(original):
        def arrows(lattice, share):
            turned = []
            for line in original(lattice, share):
                tail = line[:1]
                way = line - tail
                turned.append(tail + np.column_stack([-way[:, 1], way[:, 0], way[:, 2]]))
            return turned

        return arrows

    instead("gdstage.props.gradient_vector:GradientArrows._arrows", make)


def arrows_longer(instead):
    def make(original):
        return lambda lattice, share: [
            line[:1] + 1.3 * (line - line[:1]) for line in original(lattice, share)
        ]

    instead("gdstage.props.gradient_vector:GradientArrows._arrows", make)


def sine_below(instead):
    """The curve of slopes is the curve itself."""

    def make(original):
        def move_to(figure, x):
            figure._slopes = figure.field(figure.path)
            return original(figure, x)

        return move_to

    instead("gdstage.props.derivatives:SlopeFigure._move_to", make)


def upside_down(instead):
    def make(original):
        def paint(*args):
            image = original(*args)
            image.pixel_array = image.pixel_array[::-1].copy()
            return image

        return paint

    instead("gdstage.plane.contour_map:ContourMap._paint", make)


def steps_longer(instead):
    def make(original):
        def draw(figure, start, now, *, whole):
            original(figure, start, start + 1.5 * (now - start), whole=whole)

        return draw

    instead("gdstage.walks.map_walk:MapWalk._draw_step", make)


def late(chart, run, sizes):
    return chart, run, np.concatenate([sizes[:1], sizes[:-1]])


def goal_higher(start, end, colour):
    return start + 0.1 * mn.UP, end + 0.1 * mn.UP, colour


def at_scale(times):
    """All arrows are drawn, and stated, so many times as long."""

    def lie(instead):
        instead(
            "clips_with_lies:BowlOverDepth",
            lambda original: lambda *args: original(*args[:3], times),
        )

    return lie


def lattice_at(times):
    """The arrows of the lattice alone are drawn, and stated, so many times as long as the other."""

    def lie(instead):
        def make(original):
            def scaled(lattice, *args):
                floor = args[0] if hasattr(args[0], "scale") else lattice.floor
                scale, floor.scale = floor.scale, times
                original(lattice, *args)
                floor.scale = scale

            return scaled

        for name in ("__init__", "draw"):
            instead(f"gdstage.props.gradient_vector:GradientArrows.{name}", make)

    return lie


def heat_reversed(instead):
    instead(
        "gdstage.walks.sauna_clip:SaunaClip.palette",
        lambda original: lambda clip: original(clip)[::-1],
    )


LIES = {
    "all gradients lead downhill": ("Arrows", at_scale(-1 / 6), "arrows “gradients”"),
    "the one arrow leads downhill": ("Arrows", at_scale(-1 / 6), "segment “gradient”"),
    "arrows are longer than is written": ("Arrows", at_scale(1 / 4), "expected arrows 0.166667"),
    "arrows are of two lengths": ("Arrows", lattice_at(1 / 4), "as long, as others"),
    "cold is red, and hot blue": ("Sauna", heat_reversed, "from blue to red"),
    "the chart is a step late": (
        "Rates", arguments("gdstage.walks.chart:Chart._plotted", late), "polyline “chart”"),
    "the goal’s line is higher": (
        "Rates", arguments("gdstage.walks.chart:dashed", goal_higher), "segment “goal”"),
    "the slope of the sine is the sine": ("Turn", sine_below, "curve"),
    "the gradients are turned": ("Arrows", arrows_turned, "arrows “gradients”"),
    "the gradients are too long": ("Arrows", arrows_longer, "expected"),
    "the sauna’s heat is upside down": ("Sauna", upside_down, "map “heat”"),
    "steps in the sauna are too long": ("Sauna", steps_longer, "“step”"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), LIES.values(), ids=LIES)
def test_lies_in_beats_of_the_lecture(caught, clip, lie, expected):
    caught(clip, lie, expected)
