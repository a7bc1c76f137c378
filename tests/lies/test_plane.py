"""Lies in the plane: graphs, axes, tangents, steps, rings, signs that are not where they belong."""

from dataclasses import replace

import manim as mn
import numpy as np
import pytest

PX = 8 / 1080
"""A pixel at 1080p, in scene units."""


def shifted(right=0.0, up=0.0):
    """Makes a function whose mobject or place is so many pixels off."""
    way = PX * np.array([right, up, 0.0])

    def make(original):
        def moved(*args, **kwargs):
            made = original(*args, **kwargs)
            return made.shift(way) if isinstance(made, mn.Mobject) else made + way

        return moved

    return make


# --- curves --------------------------------------------------------------------------------


def sampled_as(change):
    """A lie about the graph: other heights y for places x."""

    def lie(instead):
        def make(original):
            def sampled(field, window, up):
                x, y = original(field, window, up)
                return x, change(field, x, y)

            return sampled

        instead("gdstage.plane.axes:sampled", make)

    return lie


def derivative(field, x, y):
    slopes = np.full_like(y, np.nan)
    known = np.isfinite(y)
    slopes[known] = field.gradient(x[known][:, None])[:, 0]
    return slopes


def moved_graph(instead):
    instead("gdstage.plane.axes:Plane.curve", shifted(right=4))


CURVES = {
    "the graph is 5 % too high": sampled_as(lambda _, __, y: 1.05 * y),
    "the graph is f′": sampled_as(derivative),
    "the graph is −f": sampled_as(lambda _, __, y: -y + 4),
    "the graph is drawn by half": sampled_as(lambda _, x, y: np.where(x > 0.9, np.nan, y)),
    "the graph has a bump": sampled_as(
        lambda _, x, y: y + 0.15 * np.exp(-(((x - 1.2) / 0.15) ** 2))
    ),
    "the graph is mirrored": sampled_as(lambda _, __, y: y[::-1]),
    "the graph is 4 px to the right": moved_graph,
}


@pytest.mark.parametrize("lie", CURVES.values(), ids=CURVES)
def test_curves(caught, lie):
    caught("Valley", lie, "curve “graph”")


# --- axes ----------------------------------------------------------------------------------


def labelled(change):
    """A lie about the labels of round ticks."""

    def lie(instead):
        def make(original):
            def ticks_of(*args):
                ticks = original(*args)
                return replace(ticks, labels=tuple(change(list(ticks.labels))))

            return ticks_of

        instead("gdstage.plane.axes:ticks_of", make)

    return lie


def next_label(labels):
    return [written(number(label) + number(labels[1]) - number(labels[0])) for label in labels]


def number(label):
    return float(label.replace("−", "-"))


def written(value):
    return f"{value:g}".replace("-", "−")


def swapped_labels(labels):
    labels[1], labels[2] = labels[2], labels[1]
    return labels


def drawn_tick(change):
    """A lie about the marks of ticks, after one of an axis is drawn."""

    def lie(instead):
        def make(original):
            def tick(plane, axis, place, away, label):
                original(plane, axis, place, away, label)
                if len(plane._ticks[axis]) == 2:
                    change(plane._ticks[axis][-1][0], label)

            return tick

        instead("gdstage.plane.axes:Plane._tick", make)

    return lie


def shift_in_the_picture_alone(instead):
    """Ticks are where they were, and all else with its evidence is 6 px too high."""

    def make(original):
        def at(plane, x, y):
            return original(plane, x, y) + 6 * PX * mn.UP * hasattr(plane, "statement")

        return at

    instead("gdstage.plane.axes:Plane.at", make)


def stretched(instead):
    """As if values were on a slightly curved axis."""

    def make(original):
        def share(plane, y):
            at = original(plane, y)
            return at + 0.06 * at * (1 - at) * hasattr(plane, "statement")

        return share

    instead("gdstage.plane.axes:Plane._share_of_height", make)


def label_moved(instead):
    def make(original):
        def tick(plane, axis, place, away, label):
            original(plane, axis, place, away, label)
            if axis == 0 and len(plane._ticks[0]) == 2:
                rest = label.rest
                label.rest = lambda x, y, **more: rest(x + 0.4, y, **more)

        return tick

    instead("gdstage.plane.axes:Plane._tick", make)


AXES = {
    "labels say the next tick’s number": (labelled(next_label), "curve “graph”"),
    "two labels are swapped": (labelled(swapped_labels), "axes “axes”"),
    "a label has another digit": (
        labelled(lambda labels: [*labels[:-1], "7"]), "axes “axes”"),
    "the labels are ten times as large": (
        labelled(lambda labels: [written(10 * number(text)) for text in labels]),
        "curve “graph”"),
    "a tick has no mark": (drawn_tick(lambda tick, _: tick.set_stroke(opacity=0)), "axes “axes”"),
    "a tick’s mark is 6 px off": (
        drawn_tick(lambda tick, _: tick.shift(6 * PX * (mn.UP + mn.RIGHT))), "axes “axes”"),
    "a tick is removed": (
        drawn_tick(lambda tick, label: (tick.set_opacity(0), label.set_opacity(0))), "axes “axes”"),
    "a label stands beside its tick": (label_moved, "axes “axes”"),
    "plane and evidence are shifted together": (shift_in_the_picture_alone, "curve “graph”"),
    "the axis is not linear": (stretched, "curve “graph”"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "expected"), AXES.values(), ids=AXES)
def test_axes(caught, lie, expected):
    caught("Valley", lie, expected)


def test_dots_shifted_together_with_their_evidence(caught):
    def lie(instead):
        def make(original):
            def stand_on(figure, k):
                original(figure, k)
                figure.dot.shift(6 * PX * mn.UP)
                figure.dot.claim(figure.name, k, figure.dot.get_center())
                return figure

            return stand_on

        instead("gdstage.walks.graph_walk:GraphWalk.stand_on", make)

    caught("Valley", lie, "mark 'down'")


# --- segments ------------------------------------------------------------------------------


def changed(name, change):
    """A lie in a method of the walk on a graph: other arguments."""

    def lie(instead):
        def make(original):
            return lambda *args, **kwargs: original(*change(*args), **kwargs)

        instead(f"gdstage.walks.graph_walk:GraphWalk.{name}", make)

    return lie


def turned(by):
    def lie(instead):
        def make(original):
            return lambda plane, x, y, slope, *more, **kwargs: original(
                plane, x, y, by(slope), *more, **kwargs
            )

        instead("gdstage.plane.axes:Plane.tangent", make)

    return lie


def longer(figure, start, end, share):
    return figure, start, start + 1.15 * (end - start), share


def to_the_next(figure, start, end, share):
    reach = figure.walk.points[:, 0]
    ends = [figure._at(x, figure.plane.y_window[0]) for x in reach]
    k = int(np.argmin([abs(place - end).max() for place in ends]))
    return figure, start, ends[min(k + 1, len(ends) - 1)], share


def back_to_front(instead):
    def make(original):
        return lambda *args: original(*args).rotate(np.pi)

    instead("gdstage.walks.graph_walk:arrow_head", make)


def crooked_drop(instead):
    def make(original):
        return lambda start, end, colour: original(start + 0.06 * mn.RIGHT, end, colour)

    instead("gdstage.walks.graph_walk:dashed", make)


SEGMENTS = {
    "tangents are a fifth too steep": (turned(lambda slope: 1.2 * slope), "line “tangent”"),
    "tangents lean the other way": (turned(lambda slope: -slope), "line “tangent”"),
    "hops go too far": (changed("_draw_hop", longer), "hop “hop”"),
    "hops end at the iterate after next": (changed("_draw_hop", to_the_next), "hop “hop”"),
    "hops’ heads point back": (back_to_front, "tip “hop”"),
    "drops are aslant": (crooked_drop, "segment “drop”"),
}


@pytest.mark.parametrize(("lie", "expected"), SEGMENTS.values(), ids=SEGMENTS)
def test_segments(caught, lie, expected):
    caught("Valley", lie, expected)


# --- points --------------------------------------------------------------------------------


def rings_off(instead):
    def make(original):
        def leave_behind(figure, k):
            before = len(figure.past)
            original(figure, k)
            for ring in figure.past[before:]:
                if isinstance(ring, mn.Circle):
                    ring.shift(5 * PX * mn.RIGHT)
            return figure

        return leave_behind

    instead("gdstage.walks.graph_walk:GraphWalk.leave_behind", make)


def rings_of_the_next(instead):
    def make(original):
        def leave_behind(figure, k):
            walk = figure.place
            figure.place = lambda i: walk(min(i + 1, figure.walk.stopped_at))
            original(figure, k)
            del figure.place
            return figure

        return leave_behind

    instead("gdstage.walks.graph_walk:GraphWalk.leave_behind", make)


def minimum_off(instead):
    instead("gdstage.plane.minima:arrow_head", shifted(right=10))


def minimum_elsewhere(instead):
    """The place and its fact are off together."""

    def make(original):
        return lambda plane, field, minima, *more, **kwargs: original(
            plane, field, [(x + 0.1, field(x + 0.1)) for x, _ in minima], *more, **kwargs
        )

    def init(original):
        made = make(lambda *args, **kwargs: (args, kwargs))

        def initialise(self, *args, **kwargs):
            args, kwargs = made(*args, **kwargs)
            original(self, *args, **kwargs)

        return initialise

    instead("gdstage.plane.minima:GraphMinima.__init__", init)


def no_value_wider(instead):
    def make(original):
        return lambda *args: [(low, high + 0.2) for low, high in original(*args)]

    instead("gdstage.plane.no_value:stretches_without_value", make)


POINTS = {
    "rings are 5 px off": (rings_off, "point “ring”"),
    "rings are on the next iterate": (rings_of_the_next, "point “ring”"),
    "the minimum’s sign is 10 px off": (minimum_off, "point “minimum”"),
    "the minimum is elsewhere": (minimum_elsewhere, "“minimum”"),
    "f seems to have no value where it has": (no_value_wider, "region “no value”"),
}


@pytest.mark.parametrize(("lie", "expected"), POINTS.values(), ids=POINTS)
def test_points(caught, lie, expected):
    caught("Valley", lie, expected)


# --- ink that claims nothing ---------------------------------------------------------------


def haunted(frames, make):
    """Something appears for some frames after the verdict, and states nothing."""

    def lie(instead):
        def judged(original):
            def judge(clip):
                original(clip)
                ghost = make(clip)
                clip.add(ghost)
                clip.wait(frames / 15)
                clip.remove(ghost)
                clip.hold(0.4)

            return judge

        instead("gdstage.walks.walk_clip:WalkClip.judge", judged)

    return lie


GHOSTS = {
    "a dot for 6 frames": haunted(
        6, lambda clip: mn.Dot(clip.plane.at(-1.2, 3.0), 0.11, color=clip.theme.iterate)),
    "a line for 6 frames": haunted(
        6, lambda clip: mn.Line(clip.plane.at(-1.5, 1.0), clip.plane.at(-0.4, 4.0),
                                color=clip.theme.tangent, stroke_width=5)),
    "a ring at rest": haunted(
        12, lambda clip: mn.Circle(0.1, stroke_color=clip.theme.past, stroke_width=3).move_to(
            clip.plane.at(-1.2, 3.0))),
}  # fmt: skip


@pytest.mark.parametrize("lie", GHOSTS.values(), ids=GHOSTS)
def test_ink_that_claims_nothing(caught, lie):
    caught("Valley", lie, "expected a claim for what is at")
