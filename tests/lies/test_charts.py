"""Lies in charts, gauges and keys: wrong scales, swapped colours, misplaced posts."""

from dataclasses import replace

import manim as mn
import numpy as np
import pytest
from ways_of_lying import afterwards, arguments

from gdstage.proof.fact import given
from gdstage.walks.chart import Measure, values

PX = 8 / 1080
"""A pixel at 1080p, in scene units."""


# --- charts --------------------------------------------------------------------------------


def one_decade_off(instead):
    """The labels say 10 times what is there."""

    def make(original):
        def ticks_at(places, *, log=False):
            return original([10 * p for p in places] if log else places, log=log)

        return ticks_at

    def shifted(original):
        return lambda places, *, log=False: replace(
            make(original)(places, log=log), places=tuple(places)
        )

    instead("gdstage.plane.axes:ticks_at", shifted)


def stretched(chart, run, sizes):
    return chart, run, sizes**1.1


def of_another_measure(chart, run, sizes):
    del sizes
    return chart, run, abs(run.walk.points[:, 0])


def late(chart, run, sizes):
    """Each size is that of the step before."""
    return chart, run, np.concatenate([sizes[:1], sizes[:-1]])


def lines_swapped(chart):
    one, other = chart.lines
    colours = one.get_stroke_color(), other.get_stroke_color()
    one.set_stroke(colours[1])
    other.set_stroke(colours[0])


def squares_swapped(board):
    one, other = (entry[0] for entry in board.names)
    colours = one.get_fill_color(), other.get_fill_color()
    one.set_fill(colours[1])
    other.set_fill(colours[0])


def names_swapped(board):
    one, other = (entry.said for entry in board.names)
    places = one.get_corner(mn.DL), other.get_corner(mn.DL)
    one.shift(places[1] - places[0])
    other.shift(places[0] - places[1])


def cut_short(steps):
    """The lines end so many steps before they state."""

    def lie(instead):
        def make(original):
            return lambda line, places, box: original(
                line, places[: max(len(places) - 1 - steps, 1)], box
            )

        instead("gdstage.walks.chart:_draw_inside", make)

    return lie


PLOT = "gdstage.walks.chart:Chart._plotted"
CHARTS = {
    "the labels are one decade off": (one_decade_off, "polyline “chart”"),
    "the scale is another": (arguments(PLOT, stretched), "polyline “chart”"),
    "another measure is drawn": (arguments(PLOT, of_another_measure), "polyline “chart”"),
    "the lines are a step late": (arguments(PLOT, late), "polyline “chart”"),
    "the lines end a step early": (cut_short(1), "polyline “chart”"),
    "the lines end two steps early": (cut_short(2), "polyline “chart”"),
    "the lines’ colours are swapped": (
        afterwards("gdstage.walks.chart:Chart.__init__", lines_swapped), "expected"),
    "the key’s colours are swapped": (
        afterwards("gdstage.walks.board:Board.__init__", squares_swapped), "expected"),
    "the key’s names are swapped": (
        afterwards("gdstage.walks.board:Board.__init__", names_swapped), "expected"),
    "the tolerance’s line is higher": (
        arguments("gdstage.walks.chart:dashed",
                  lambda a, b, c: (a + 0.1 * mn.UP, b + 0.1 * mn.UP, c)), "segment “goal”"),
    "the board reads out the iterate before": (
        arguments("gdstage.walks.board:Board.read", lambda board, ks: (board, [k - 1 for k in ks])),
        "word “number”"),
}  # fmt: skip


def called(name):
    """The axis has another name, which the evidence has, too."""
    return arguments(
        "clips_with_lies:steepness_plane", lambda theme, runs, _, goal: (theme, runs, name, goal)
    )


def measured(measure, name):
    """Another measure is plotted and stated under a name."""

    def lie(instead):
        called(name)(instead)
        instead("clips_with_lies:steepness", lambda _: measure)

    return lie


LOSS_AND_MORE = Measure(
    "excess", "excess", lambda walk: walk.values + 0.1, {"over": given("minimum", -0.1)}
)
CHARTS |= {
    "the loss is higher, by a minimum that is given": (
        measured(LOSS_AND_MORE, '"loss"'), "expected a minimum’s value"),
    "slopes are called losses": (called('"loss"'), "expected the name of steepness"),
    "slopes are called heights above the minimum": (
        called("f(x_k) - f(x^*)"), "expected the name of steepness"),
    "values are called slopes": (measured(values, "abs(f'(x_k))"), "expected the name of value"),
    "values are called heights above the minimum": (
        measured(values, "f(x_k) - f(x^*)"), "expected the name of value"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "expected"), CHARTS.values(), ids=CHARTS)
def test_charts(caught, lie, expected):
    caught("Race", lie, expected)


# --- gauges --------------------------------------------------------------------------------


def fence_off(gauge, value, below):
    return gauge, replace(value, value=1.2 * value.value), below


def posts_moved(post):
    return post.shift(8 * PX * mn.RIGHT)


def moved_post(instead):
    instead(
        "gdstage.walks.gauges:Gauge.fence",
        lambda original: lambda *args: posts_moved(original(*args)),
    )


def knob_off(instead):
    def make(original):
        def put(gauge, value):
            original(gauge, value)
            gauge.knob.shift(8 * PX * mn.RIGHT)
            return gauge

        return put

    instead("gdstage.walks.gauges:Gauge.put_knob", make)


def other_colours(instead):
    def make(original):
        def colour(theme, zone):
            swapped = {theme.minimum: theme.danger, theme.danger: theme.minimum}
            return swapped.get(original(theme, zone), theme.tangent)

        return colour

    instead("gdstage.walks.gauges:_colour", make)


def zones_longer(instead):
    def make(original):
        def stretch(gauge, low, high, colour, **more):
            part = original(gauge, low, high, colour, **more)
            return part.shift(6 * PX * mn.RIGHT)

        return stretch

    instead("gdstage.walks.gauges:Gauge.stretch_of", make)


def label_moved(right, down=0.0):
    """The number of a post stands at another value, or far beneath."""

    def lie(instead):
        def make(original):
            def part(gauge, threshold, digits, *numbers):
                parts = original(gauge, threshold, digits, *numbers)
                parts[-1].shift((right, -down, 0))
                return parts

            return part

        instead("gdstage.walks.gauges:StartGauge.part", make)

    return lie


def other_sign(instead):
    def make(original):
        def sign(gauge, start, fate):
            swapped = {"tick": "cross", "cross": "tick"}.get(fate.sign, fate.sign)
            return original(gauge, start, replace(fate, sign=swapped))

        return sign

    instead("gdstage.walks.gauges:StartGauge.sign", make)


def parts_swapped(instead):
    """On either side of the threshold the scale has the colour of the other."""

    def make(original):
        def part(gauge, *args):
            parts = original(gauge, *args)
            one, other = parts[:2]
            colours = one.get_stroke_color(), other.get_stroke_color()
            one.set_stroke(colours[1])
            other.set_stroke(colours[0])
            return parts

        return part

    instead("gdstage.walks.gauges:StartGauge.part", make)


def strip_moved(instead):
    def make(original):
        def initialise(strip, *args, **kwargs):
            original(strip, *args, **kwargs)
            strip.shift(6 * PX * mn.RIGHT)

        return initialise

    instead("gdstage.walks.basins:StartStrip.__init__", make)


def strip_swapped(instead):
    def make(original):
        def colours(theme, labels, palette=()):
            return original(theme, np.where(labels < 0, 0, -1), palette)

        return colours

    instead("gdstage.walks.basins:outcome_colours", make)


GAUGES = {
    "the bound’s post is elsewhere": ("Gauge", moved_post, "segment “post”"),
    "the bound is misplaced together with its fact": (
        "Gauge",
        arguments("gdstage.walks.gauges:Gauge.fence", fence_off),
        "expected",
    ),
    "the knob is on another rate": ("Gauge", knob_off, "point “knob”"),
    "the zones’ colours are swapped": ("Gauge", other_colours, "expected"),
    "the zones are moved": ("Gauge", zones_longer, "segment “stretch”"),
    "the threshold’s number is right of its post": (
        "Starts",
        label_moved(0.85),
        "expected it at its post",
    ),
    "the threshold’s number is far beneath its post": (
        "Starts",
        label_moved(0.0, 0.6),
        "expected it at its post",
    ),
    "the threshold’s number is right of its post and beneath": (
        "Starts",
        label_moved(0.82, 0.2),
        "expected it at its post",
    ),
    "the signs of two fates are swapped": ("Starts", other_sign, "expected"),
    "the colours beside the threshold are swapped": (
        "Starts",
        parts_swapped,
        "expected the colour",
    ),
    "the strip of starts is moved": ("Starts", strip_moved, "segment “starts”"),
    "the strip’s colours are swapped": ("Starts", strip_swapped, "expected"),
}


@pytest.mark.parametrize(("clip", "lie", "expected"), GAUGES.values(), ids=GAUGES)
def test_gauges(caught, clip, lie, expected):
    caught(clip, lie, expected)
