"""Lies while things move: true at both ends, and false on the way from one to the other."""

import manim as mn
import numpy as np
import pytest
from clips_with_lies import Bowl, Brisk, Hills, Race, Valley

from gdlecture.verify.verify import verify_clip
from gdmath import LOG_VALLEY, PARABOLOID, ScalarField
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.look.text import words
from gdstage.pace import TICK
from gdstage.plane.axes import Plane
from gdstage.proof.fact import given, part_way
from gdstage.proof.statement import stated
from gdstage.props.derivatives import SlopeFigure
from gdstage.props.slicing import CutNumbers, CuttingPlane
from gdstage.props.starting_point import Whole
from gdstage.space.space import Space
from gdstage.walks.crowd import Crowd, unnamed_runs
from gdstage.walks.gauges import StartGauge
from gdstage.walks.readouts import live_number
from gdstage.walks.space_clip import SpaceClip

PX = 8 / 1080
"""A pixel at 1080p, in scene units."""

BACK, FRONT = -1.0, 1.2
LOW, HIGH = 0.02, 0.05


class Slide(Brisk, Clip):
    """A tangent slides along the sine, and its slope is read out."""

    topic = "A picture"

    def construct(self):
        self.beat("it slides", "The tangent slides along the graph.")
        field = ScalarField.parse("sin(x)")
        figure = SlopeFigure(self.theme, field, (-0.5, 6.8), (-1.6, 1.6), (-1.6, 1.6))
        label = words("slope", size=32, colour=self.theme.tangent).rest(2.5, 0.0)
        slope = live_number(label, self.theme.tangent, size=32, decimals=2)
        slope.write(figure.stand_at(float(figure.path[0])))
        self.show(figure, label, slope)
        self.play(figure.slide(slope.write, run_time=1.2))
        self.hold(0.4)


class Sweep(Brisk, SpaceClip):
    """A plane moves through a bowl, and the front of the bowl goes with it."""

    topic = "A picture"
    field = PARABOLOID

    def construct(self):
        self.beat("it moves", "The plane cuts the surface.")
        self.space = Space(
            self.theme, (-2, 2), (-2, 2), (0, 8), size=(4.6, 4.6, 2.6), place=(-2.6, -0.3)
        )
        bowl = self.space.surface(self.field)
        cut = CuttingPlane(self.space, self.field, bowl, axis=1, at=BACK)
        live = CutNumbers(self.theme, cut, x=2.0, y=1.0)
        cut.trim(BACK)
        self.show(self.space, live.whole)
        self.play(cut.move(FRONT, live, run_time=1.2, trimmed=True))
        self.hold(0.4)


class Knob(Brisk, Clip):
    """A knob goes from one start to another."""

    topic = "A picture"

    def construct(self):
        self.beat("another one", "The knob is moved.")
        gauge = StartGauge(self.theme, (LOW, 0.03, HIGH), 0.015, 0.055)
        self.show(gauge)
        self.play(gauge.choose(HIGH), run_time=18 * TICK)
        self.hold(0.4)


class Slow(Valley):
    """The same steps, long enough to be seen on their way."""

    topic = "A picture"
    opening = ((14, 4), (12, 4), (12, 4))


class SlowHills(Hills):
    """The same steps on the map."""

    topic = "A picture"
    opening = ((14, 4), (14, 4))


class SlowBowl(Bowl):
    """The same step on the surface."""

    topic = "A picture"
    opening = ((14, 4),)


class SlowRace(Race):
    """The same race."""

    topic = "A picture"


class Throng(Brisk, Clip):
    """Many walks at once on eˣ − ln x, from both sides."""

    topic = "A picture"

    def construct(self):
        self.beat("at once", "Many walks take their steps.")
        plane = Plane(self.theme, Box(-5.5, 3.0, -2.4, 1.8), (0.0, 2.4), (0.0, 9.0))
        starts = np.array([[0.12], [0.2], [0.3], [1.1], [1.5], [1.9], [2.2]])
        colours = [self.theme.iterate] * len(starts)
        crowd = Crowd(plane, unnamed_runs(LOG_VALLEY, 0.05, starts, 4, colours), rings=False)
        self.show(plane, plane.graph(LOG_VALLEY, self.theme.function), crowd)
        self.hold(0.2)
        self.play(crowd.flow(run_time=1.2))
        self.hold(0.4)


class Closer(Brisk, Clip):
    """A graph is looked at from ever closer, with a tangent."""

    topic = "A picture"

    def construct(self):
        self.beat("from close by", "Another window comes.")
        box = Box(-5.5, 3.0, -2.4, 1.8)
        near, far = (Plane(self.theme, box, *window) for window in (CLOSE, WIDE))
        view = Whole(far, LOG_VALLEY)
        self.show(view, view.signs)
        self.hold(0.2)
        self.play(*view.zoom(near, 1.2))
        self.hold(0.4)


CLOSE, WIDE = ((0.2, 1.6), (2.0, 4.5)), ((0.05, 3.0), (0.0, 9.0))

HONEST = (Slide, Sweep, Knob, Slow, SlowHills, SlowBowl, SlowRace, Throng, Closer)


@pytest.mark.parametrize("clip", HONEST)
def test_what_moves_without_a_lie_is_true_and_is_seen_on_its_way(studio, tmp_path, clip):
    drawn = studio(clip, tmp_path)
    told = verify_clip(drawn.video, drawn.evidence)
    assert told.failures == ()
    witness = drawn.scene.evidence._witness
    assert any(claim.past - claim.first == 1 for claim in witness.claims)


# --- a tangent -----------------------------------------------------------------------------


def between(x):
    """Whether a place is none at which the slide begins or ends."""
    return -0.3 < x < 6.6


def slope_as_drawn(change):
    """A lie about the slope with which the tangent is drawn, on the way alone."""

    def lie(instead):
        def make(original):
            def tangent(plane, x, value, slope, *args, **kwargs):
                slope = change(slope) if between(x) else slope
                return original(plane, x, value, slope, *args, **kwargs)

            return tangent

        instead("gdstage.plane.axes:Plane.tangent", make)

    return lie


def point_beside_the_graph(instead):
    def make(original):
        def move_to(figure, x):
            original(figure, x)
            figure.point.shift(8 * PX * mn.UP * between(x))

        return move_to

    instead("gdstage.props.derivatives:SlopeFigure._move_to", make)


def trace_ahead(instead):
    def make(original):
        def move_to(figure, x):
            original(figure, x)
            if between(x):
                figure.trace.shift(10 * PX * mn.UP)

        return move_to

    instead("gdstage.props.derivatives:SlopeFigure._move_to", make)


# --- numbers -------------------------------------------------------------------------------


def number_read(change):
    """A lie about the fact that is read out on the way."""

    def lie(instead):
        def make(original):
            def stand_at(figure, x):
                told = original(figure, x)
                return change(told, x) if between(x) else told

            return stand_at

        instead("gdstage.props.derivatives:SlopeFigure.stand_at", make)

    return lie


def other_sign(told, _):
    return type(told)(told.what, told.of, -told.value)


def elsewhere(told, x):
    """The slope at another place, as a fact that is true there."""
    field = told.of["field"]
    value = float(field.gradient([x + 0.8])[0])
    return type(told)(told.what, {**told.of, "x": x + 0.8}, value)


def digits_alone(instead):
    """The number’s glyphs have another sign, and what it states is true."""

    def make(original):
        def write(readout, value, beside=""):
            made = original(readout, value, beside)
            if hasattr(value, "of") and between(value.of.get("x", -9)):
                kept = readout.statement, readout.source, readout.code
                original(readout, -value.value, beside)
                readout.statement, readout.source, readout.code = kept
            return made

        return write

    instead("gdstage.look.readout:Readout.write", make)


# --- a cut ---------------------------------------------------------------------------------


def moving(at):
    return BACK < at < FRONT


def slice_of_another_plane(instead):
    def make(original):
        def points(cut, at):
            made = original(cut, at + 0.3 * moving(at))
            made[:, cut.axis] = at
            return made

        return points

    instead("gdstage.props.slicing:CuttingPlane.points", make)


def plane_lags_behind(instead):
    def make(original):
        def put(wall, corners):
            corners = np.array(corners)
            if moving(corners[0, 1]) and len(corners) == 4:
                corners[:, 1] -= 0.35
            return original(wall, corners)

        return put

    instead("gdstage.space.solids:Wall.put", make)


def surface_not_trimmed(instead):
    def make(original):
        def trim(cut, at):
            original(cut, at - 0.4 * moving(at))

        return trim

    instead("gdstage.props.slicing:CuttingPlane.trim", make)


def other_cut_read(instead):
    def make(original):
        def read(numbers, c, k):
            return original(numbers, round(c + 0.4 * moving(c), 2), k)

        return read

    instead("gdstage.props.slicing:CutNumbers.read", make)


# --- steps ---------------------------------------------------------------------------------


def dot_off(where):
    """A lie about where a walk’s dot is on its way."""

    def lie(instead):
        def make(original):
            def between_two(figure, k, share):
                original(figure, k, share)
                if share < 1:
                    figure.dot.shift(9 * PX * mn.UP)
                return figure

            return between_two

        instead(where, make)

    return lie


def dot_under_the_surface(instead):
    def make(original):
        def between_two(figure, k, share):
            original(figure, k, share)
            if share < 1:
                figure.dot.shift(1.2 * mn.OUT)
            return figure

        return between_two

    instead("gdstage.walks.surface_walk:SurfaceWalk.stand_between", make)


def tangent_of_the_start(instead):
    """On its way the tangent has the slope that it had where it came from."""

    def make(original):
        def between_two(figure, k, share):
            original(figure, k, share)
            if share < 1:
                x = figure.facts.between(k, share).value
                slope = float(figure.walk.gradients[k - 1, 0])
                ends = figure.plane.tangent(x, figure.walk.field(x), slope, 0.95)
                figure.tangent.set_points_as_corners(ends)
            return figure

        return between_two

    instead("gdstage.walks.graph_walk:GraphWalk.stand_between", make)


def step_turned(instead):
    def make(original):
        def draw(figure, start, now, *, whole):
            way = now - start
            if np.linalg.norm(way) < 0.98 * whole:
                now = now + 0.15 * np.array([-way[1], way[0], 0.0])
            original(figure, start, now, whole=whole)

        return draw

    instead("gdstage.walks.map_walk:MapWalk._draw_step", make)


# --- charts and scales ---------------------------------------------------------------------


def head_before_its_line(instead):
    def make(original):
        def draw_to(chart, steps):
            original(chart, steps)
            if steps % 1:
                chart.heads.shift(10 * PX * mn.RIGHT)
            return chart

        return draw_to

    instead("gdstage.walks.chart:Chart.draw_to", make)


def line_runs_ahead(instead):
    def make(original):
        def draw_inside(line, places, box):
            places = np.array(places)
            if len(places) > 2:
                places[1:-1] += 8 * PX * mn.UP
            original(line, places, box)

        return draw_inside

    instead("gdstage.walks.chart:_draw_inside", make)


def knob_lags_behind(instead):
    def make(original):
        def put_knob(gauge, value):
            original(gauge, value)
            at = float(getattr(value, "value", value))
            if LOW + 1e-6 < at < HIGH - 1e-6:
                gauge.knob.shift(12 * PX * mn.LEFT)
            return gauge

        return put_knob

    instead("gdstage.walks.gauges:Gauge.put_knob", make)


LIES = {
    "the tangent is turned over": (Slide, slope_as_drawn(lambda slope: -slope), "line “tangent”"),
    "the tangent is too steep": (Slide, slope_as_drawn(lambda s: 1.25 * s), "line “tangent”"),
    "the point is beside the graph": (Slide, point_beside_the_graph, "point “point”"),
    "the trace is beside its place": (Slide, trace_ahead, "curve “trace”"),
    "the number has another sign": (Slide, number_read(other_sign), "word “number”"),
    "the number is of another place": (Slide, number_read(elsewhere), "word “number”"),
    "the digits have another sign": (Slide, digits_alone, "word “number”"),
    "the slice is that of another plane": (Sweep, slice_of_another_plane, "curve “slice”"),
    "the plane lags behind": (Sweep, plane_lags_behind, "plane “cutting plane”"),
    "the surface is cut elsewhere": (Sweep, surface_not_trimmed, "plane “cutting plane”"),
    "the dot is above the graph": (
        Slow, dot_off("gdstage.walks.graph_walk:GraphWalk.stand_between"), "point “on its way”"),
    "the tangent keeps its old slope": (Slow, tangent_of_the_start, "line “tangent”"),
    "the dot is off its way on a map": (
        SlowHills, dot_off("gdstage.walks.map_walk:MapWalk.stand_between"), "point “on its way”"),
    "the step is turned": (SlowHills, step_turned, "segment “step”"),
    "the dot is above the surface": (SlowBowl, dot_under_the_surface, "point “on its way”"),
    "heads run ahead of their lines": (SlowRace, head_before_its_line, "point “head”"),
    "lines are too high": (SlowRace, line_runs_ahead, "polyline “chart”"),
    "the knob lags behind": (Knob, knob_lags_behind, "point “knob”"),
}  # fmt: skip


# --- without a word --------------------------------------------------------------------------


def unsaid(where, parts, change):
    """A lie about parts of a walk on its way, which state nothing meanwhile."""

    def lie(instead):
        def make(original):
            def between_two(figure, k, share):
                original(figure, k, share)
                if share < 1:
                    for part in parts(figure):
                        change(stated(part, None))
                return figure

            return between_two

        instead(where, make)

    return lie


def upward(part):
    part.shift(9 * PX * mn.UP)


def turned_over(part):
    part.stretch(-1, 1)


def out_of_the_surface(part):
    part.shift(1.2 * mn.OUT)


def graph_of_another(instead):
    """On its way the view has the graph turned over, and says nothing of it."""

    def make(original):
        def state(view, plane):
            original(view, plane)
            if view.is_passing(plane):
                stated(view.graph.stretch(-1, 1), None)

        return state

    instead("gdstage.props.starting_point:View.state", make)


def dots_off(instead):
    def make(original):
        def between_two(figure, k, share):
            original(figure, k, share)
            figure.dots.shift(9 * PX * mn.UP)
            return figure

        return between_two

    instead("gdstage.walks.crowd:Crowd.stand_between", make)


def head_off(instead):
    """The head of a hop is above its arc, and states where it is."""

    def make(original):
        def draw(figure, start, end, share):
            whole = original(figure, start, end, share)
            if share < 1:
                figure.hop_head.shift(9 * PX * mn.UP)
            return whole

        return draw

    instead("gdstage.walks.graph_walk:GraphWalk._draw_hop", make)


def crowd_of_other_walks(instead):
    """On their way the dots are those of walks from other starts, which they state."""

    def make(original):
        def between_two(figure, k, share):
            runs = figure.runs
            starts = np.array([run.walk.start for run in runs]) + 0.05
            colours = [run.colour for run in runs]
            figure.runs = unnamed_runs(LOG_VALLEY, 0.05, starts, 4, colours)
            original(figure, k, share)
            figure.runs = runs
            return figure

        return between_two

    instead("gdstage.walks.crowd:Crowd.stand_between", make)


GRAPH, MAP = (f"gdstage.walks.{figure}.stand_between" for figure in (
    "graph_walk:GraphWalk", "map_walk:MapWalk"))  # fmt: skip
SURFACE, CROWD = (f"gdstage.walks.{figure}.stand_between" for figure in (
    "surface_walk:SurfaceWalk", "crowd:Crowd"))  # fmt: skip
SILENT = "found ink that does not"

LIES |= {
    "a head off its arc": (
        Slow, unsaid(GRAPH, lambda figure: [figure.hop_head], upward), SILENT),
    "a tangent turned over": (
        Slow, unsaid(GRAPH, lambda figure: [figure.tangent], turned_over), SILENT),
    "a step turned over": (
        SlowHills, unsaid(MAP, lambda figure: [figure.shaft, figure.head], turned_over), SILENT),
    "a dot out of the surface": (
        SlowBowl, unsaid(SURFACE, lambda figure: [figure.dot], out_of_the_surface), SILENT),
    "a crowd above its graph": (
        Throng, unsaid(CROWD, lambda figure: [figure.dots], upward), SILENT),
    "a graph turned over": (Closer, graph_of_another, SILENT),
    "a head above its arc": (Slow, head_off, "expected it at the end of its arc"),
    "a crowd of other walks": (Throng, crowd_of_other_walks, "seen at rest"),
    "a crowd above what it states": (Throng, dots_off, "point “dot”"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), LIES.values(), ids=LIES)
def test_lies_on_the_way(caught, clip, lie, expected):
    caught(clip, lie, expected)


def test_part_of_the_way_is_exact_at_both_ends():
    one, other = given("x", 2.0), given("x", 8.0)
    assert part_way(one, other, 0.0) is one
    assert part_way(one, other, 1.0) is other
    assert part_way(one, other, 0.25).value == 3.5
    assert part_way(one, other, 0.5, log=True).value == 4.0
