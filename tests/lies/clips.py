"""Clips of the real figures, short enough to be drawn again for every lie."""

from functools import cache

import manim as mn

from gdmath import PARABOLOID, ScalarField, Verdict, gradient_step, rate_zones
from gdstage.layout import Box
from gdstage.look.key import Key
from gdstage.look.text import SMALLEST, words
from gdstage.pace import TICK
from gdstage.plane.axes import Plane
from gdstage.plane.minima import MapMinima
from gdstage.proof.fact import WalkFacts
from gdstage.proof.field_facts import BasinFacts, FieldFacts, ZoneFacts, floored, threshold
from gdstage.props.derivatives import SlopeGallery, require_story
from gdstage.props.gradient_vector import BowlOverDepth, Probe
from gdstage.props.newton import EndCount, newton_ends
from gdstage.props.one_rule import BIG, Gallery, Small, in_rows
from gdstage.props.one_rule import Ends as EndCounts
from gdstage.props.person import Person
from gdstage.props.sauna_candidates import ASKANCE, RoomAndBeyond
from gdstage.props.sauna_question import Hands, Room
from gdstage.props.stationary_points import Cross, Pair, Stage
from gdstage.props.tangent_plane import (
    BowlOverFloor,
    CloseView,
    GapTable,
    PlaneWalk,
    rows_of_views,
)
from gdstage.props.thermometer import Thermometer
from gdstage.space.axes import edge_axes
from gdstage.space.fitting import fit_into
from gdstage.space.slices import draw_slice, draw_tangent, draw_tangent_plane, draw_touch
from gdstage.space.space import DEGREE, Space
from gdstage.walks.basins import BasinPicture, BasinStrip, coat_on
from gdstage.walks.board import Board
from gdstage.walks.chart import Chart, steepness, steepness_plane
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.fates import fate_of
from gdstage.walks.gauges import RateGauge, StartGauge
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.readouts import COLUMN, LinePanel, coordinate, count, value
from gdstage.walks.room_clip import BESIDE, READOUT_BASELINE, RoomClip
from gdstage.walks.run import rated
from gdstage.walks.space_clip import SpaceClip
from scenes.derivatives import Derivatives
from scenes.gradient_vector import GradientVector
from scenes.learning_rate import LearningRate
from scenes.newton import Newton
from scenes.one_rule import GRAPHS, MAPS, OneRule
from scenes.sauna_candidates import SaunaCandidates
from scenes.sauna_descent import SaunaDescent
from scenes.sauna_question import FLOOR, HEIGHT, UNIT, WALL, SaunaQuestion
from scenes.stationary_points import StationaryPoints

WELLS = Box(left=-5.5, right=-0.9, bottom=-2.6, top=2.0)


class Brisk:
    """What comes and goes does so at once, and then stands for a moment."""

    drawing = (TICK, TICK)
    leaving, falling, judging = TICK, 4 * TICK, 4 * TICK
    opening = ((3, 4), (3, 4), (3, 4))

    def show(self, *parts, run_time=0.0):
        del run_time
        self.add(*parts)
        self.hold(2 * TICK)

    def hide(self, *parts, run_time=0.0):
        super().hide(*parts, run_time=min(run_time, TICK))


class Valley(Brisk, DescentClip):
    """Three steps on eˣ − ln x, read out and judged."""

    topic = "A valley"
    y_window = (-0.6, 6.5)
    budget = 3

    def construct(self):
        self.cast("down", Verdict.BUDGET_SPENT, 0.1)
        facts = self.facts
        self.beat(
            f"{facts.fate('down', 'not there yet')}",
            f"With α = {facts.rate('down')}, {facts.steps('down')} steps end at "
            f"x ≈ {facts.coordinate('down', -1, 4)}.",
        )
        self.draw_graph()
        self.show(self.point_out())
        self.draw_column()
        self.go("down")


class Told(Valley):
    """The same caption, over the walk on its start."""

    topic = "A valley"
    brand = {"mark": "Week 3"}  # noqa: RUF012 (as clips have it)

    def go(self, name):
        self.set_out(name)


class Slow(Valley):
    """The same walk, in steps of seconds."""

    opening = ((30, 4),) * 3


@cache
def zones_of(field, start, most, tolerance):
    """The zones of learning rates, which take as long to find as a clip to draw."""
    return rate_zones(field, start, most, tolerance=tolerance)


class Gauge(Brisk, DescentClip):
    """A scale of learning rates: its zones, the bound, the knob on one of the rates."""

    topic = "Rates"
    rates = (0.1, 0.3, 0.5)

    def construct(self):
        self.walk("down", self.rates[0], steps=1)
        self.beat("in zones", "Which rates are good, and which are bad.")
        found = zones_of(self.field, self.start, 0.56, self.tolerance)
        zones = ZoneFacts(self.field, self.start, self.tolerance, found)
        bound = FieldFacts(self.field).stability_bound(self.least)
        self.draw_column(RateGauge(self.theme, self.rates, zones.zones, bound, known=zones))
        self.set_out("down")
        self.hold(0.6)

    def figure_of(self, name, walk):
        self.plane = self.axes(self.x_window, (0.0, 6.0))
        self.add(self.plane)
        return super().figure_of(name, walk)


class Leap(Brisk, DescentClip):
    """One step too long: it leaves the domain."""

    topic = "A leap"
    y_window = (0.0, 5.6)
    opening = ((4, 4),)

    def construct(self):
        facts = self.facts
        self.cast("leap", Verdict.LEFT_DOMAIN, 0.5)
        self.beat(
            "too large",
            f"α = {facts.rate('leap')} leaps to x{facts.index('leap', -1)} ≈ "
            f"{facts.coordinate('leap', -1, 3)}, where f {facts.fate('leap', 'has no value')}.",
        )
        self.draw_graph()
        self.go("leap")


class Twice(Brisk, DescentClip):
    """Two walks one after the other on x²: one far out of the window, one that arrives."""

    topic = "A bowl"
    field = ScalarField.parse("x**2")
    start, x_window, y_window, budget = 1.5, (-3.0, 3.0), (-0.5, 4.5), 2
    opening = ((3, 4), (3, 4))

    def construct(self):
        facts = self.facts
        self.cast("out", Verdict.DIVERGED, 1.3)
        self.cast("in", Verdict.CONVERGED, 0.5)
        self.beat(
            "a rate",
            f"α = {facts.rate('out')} is at x = {facts.coordinate('out', -1, 2)}.",
        )
        self.draw_graph(name_at=(0.9, 3.6))
        self.draw_column()
        self.go("out")
        self.beat(
            f"{facts.fate('in', 'it arrives')}",
            f"α = {facts.rate('in')} {facts.fate('in', 'is there')} at step {facts.steps('in')}.",
        )
        self.go("in")


@cache
def edge_of(field, rate):
    """The start at which the fate of walks changes."""
    return threshold(field, rate, leaves=0.02, stays=0.03)


@cache
def basins_of(field, rate, window):
    """Where all starts lead."""
    return BasinFacts.of(field, rate, window)


class Starts(Brisk, DescentClip):
    """A scale of starts in two colours, and the fates of two of them."""

    topic = "Starts"
    x_window, y_window = (-1.6, 5.4), (-18.0, 37.0)
    rate = 0.1

    def construct(self):
        self.beat("the threshold", "Where a walk ends depends on its start.")
        self.draw_graph(name_at=(3.2, 33.0))
        edge = edge_of(self.field, self.rate)
        gauge = StartGauge(self.theme, (0.02, 0.03, 0.05), 0.015, 0.055)
        signs = [
            gauge.sign(WalkFacts(walk).coordinate(0), fate_of(walk))
            for walk in (self.walk("out", self.rate, 0.02), self.walk("in", self.rate, 0.03))
        ]
        digits = str(edge.value)[:8]
        cut = floored(edge, len(digits.partition(".")[2]), float(digits))
        self.show(gauge, gauge.part(edge, f"x_0 = {digits}...", cut), *signs)
        found = basins_of(self.field, self.rate, (1e-3, self.x_window[1]))
        self.show(BasinStrip(self.plane, found.found, found))
        self.hold(0.6)


class Hills(Brisk, RoomClip):
    """Two steps on a map, with level lines and a minimum."""

    topic = "A map"
    field = ScalarField.parse("x**2 + y**2 + sin(x) + y/2")
    x_window = y_window = (-2.0, 2.0)
    start, rate, budget = (1.6, -1.5), 0.2, 2
    map_strength = 0.6

    def construct(self):
        facts = self.facts
        walk = self.cast("down", Verdict.BUDGET_SPENT, self.rate, self.start)
        self.beat(
            "a walk",
            f"From {facts.start_point('down')} to f ≈ {facts.value('down', -1, 3)}.",
        )
        self.draw_map()
        self.show(MapMinima(self.plane, self.field, [tuple(map(float, self.lowest.point))]))
        self.draw_reader()
        self.show(self.field_name().shift(1.1 * mn.DOWN))
        self.go("down")
        del walk

    def draw_reader(self):
        theme, names = self.theme, ("x", "y")
        points = (coordinate(theme, axis, name) for axis, name in enumerate(names))
        quantities = (count(theme), *points, value(theme, "f(x_k, y_k)"))
        places = (-6.55, -5.6, -3.5, -1.4)
        self.reader = LinePanel(tuple(zip(places, quantities, strict=True)), READOUT_BASELINE)
        self.show(self.reader)

    def figure_of(self, name, walk):
        return MapWalk(self.plane, name, walk)

    def badge_of(self, walk):
        badge = super().badge_of(walk)
        return badge.shift(5.0 * mn.DOWN + 8.5 * mn.LEFT)


class Wells(Brisk, RoomClip):
    """Where each start leads, as a coloured map with its key."""

    topic = "Two wells"
    field = ScalarField.parse("(x**2 - 1)**2 + y**2")
    x_window, y_window = (-2.0, 3.0), (-2.5, 2.5)
    rate, side = 0.02, 240

    def construct(self):
        self.walk("to a well", self.rate, (0.5, 0.5), steps=2)
        self.beat("many starts", "Wells, and the starts that they catch.")
        self.plane = Plane(self.theme, WELLS, *self.room, y_name="y", most=5)
        basins = BasinPicture(self.plane, self.field, gradient_step(self.rate), side=self.side)
        minima = basins.basins.minima
        pairs = zip(
            self.theme.outcomes, (f"{share:.0%} end here" for share in basins.shares()),
            strict=False,
        )  # fmt: skip
        told = [(basins.facts.share(i),) for i in range(len(minima))]
        key = Key(pairs, 3.0, 1.0, facts=told)
        signs = MapMinima(
            self.plane, self.field, [tuple(map(float, m)) for m in minima],
            colour=self.theme.ink, side=0.19,
        )  # fmt: skip
        self.show(basins, self.plane)
        self.show(key, signs)
        self.hold(1)


WIDE = Box(left=-6.3, right=1.4, bottom=-2.8, top=1.8)
BESIDE_WIDE = Box(left=2.8, right=5.8, bottom=-2.0, top=1.0)


class Bowl(Brisk, SpaceClip):
    """A surface with a slice, its tangent, the tangent plane, and a step of a walk on it."""

    topic = "A bowl"
    field = PARABOLOID
    point = (-0.6, 0.9)

    def construct(self):
        self.walk("down", 0.25, (-1.2, -0.9), steps=1)
        self.beat("a slice", "A cut, its tangent, and the tangent plane.")
        space = self.space = Space(
            self.theme, (-2, 2), (-2, 2), (0, 8), size=(4.6, 4.6, 2.6),
            theta=-62 * DEGREE, phi=45 * DEGREE, zoom=0.9,
        )  # fmt: skip
        fit_into(space, WIDE, overhang=0.0)
        space.surface(self.field, palette=self.theme.height)
        edge_axes(space)
        draw_slice(space, self.field, self.point, 0, (-2.0, 2.0))
        draw_tangent(space, self.field, self.point, 0, (-1.6, 0.4))
        draw_tangent_plane(space, self.field, self.point, 0.5)
        draw_touch(space, self.field, self.point)
        self.show(space)
        self.hold(0.4)
        self.set_out("down")
        self.walk_on(1)
        self.hold(0.4)


class Valleys(Brisk, SpaceClip):
    """A surface in the colours of where each start leads, and the map of that beside it."""

    topic = "Two valleys"
    field = ScalarField.parse("(x**2 - 1)**2 + 0.5*x + y**2")
    room, rate = ((-1.6, 1.6), (-1.6, 1.6)), 0.05

    def construct(self):
        self.walk("to a valley", self.rate, (0.5, 0.5), steps=2)
        self.beat("starts", "Valleys, and the starts that they catch.")
        space = self.space = Space(
            self.theme, *self.room, (-1.0, 6.5), size=(4.6, 4.6, 2.6),
            theta=-62 * DEGREE, phi=35 * DEGREE, zoom=0.9,
        )  # fmt: skip
        fit_into(space, WIDE, overhang=0.0)
        edge_axes(space)
        surface = draw_valleys(space, self.field)
        plane = Plane(self.theme, BESIDE_WIDE, *self.room, y_name="y", most=5)
        basins = BasinPicture(plane, self.field, gradient_step(self.rate), side=160)
        self.show(space, basins, plane)
        self.play(coat_on(surface, self.field, gradient_step(self.rate)), run_time=0.6)
        self.hold(0.6)


def draw_valleys(space, field):
    return space.surface(field, palette=space.world.theme.height)


class Dome(Bowl):
    """The same over a dome: its tangent plane is before it."""

    field = ScalarField.parse("8 - x**2 - y**2")
    point = (-0.6, -0.9)


class Cut(Brisk, SpaceClip):
    """An upright plane through a surface, level lines and a gradient on the floor."""

    topic = "A cut"
    field = ScalarField.parse("x**2 + y**2 + 1")

    def construct(self):
        self.walk("down", 0.25, (1.0, 1.0), steps=1)
        self.beat("from above", "Level lines on the floor.")
        space = self.space = Space(
            self.theme, (-2, 2), (-2, 2), (0, 9), size=(4.6, 4.6, 2.6),
            theta=-62 * DEGREE, phi=60 * DEGREE, zoom=0.9,
        )  # fmt: skip
        fit_into(space, BESIDE, overhang=0.0)
        edge_axes(space)
        space.contours(self.field, (1.5, 2.5, 4.0))
        space.plane(y=0.6)
        draw_slice(space, self.field, (0.0, 0.6), 0, (-2.0, 2.0))
        self.show(space)
        self.hold(0.6)


class Bends(Brisk, SpaceClip):
    """A saddle with its slices, in the colours of their curvatures."""

    topic = "Bends"
    field = ScalarField.parse("x**2 - y**2")

    def construct(self):
        self.beat("slices", "A slice has the colour of its curvature.")
        space = self.space = Space(
            self.theme, (-2, 2), (-2, 2), (-4, 4), size=(4.6, 4.6, 2.6),
            theta=-62 * DEGREE, phi=45 * DEGREE, zoom=0.9,
        )  # fmt: skip
        fit_into(space, BESIDE, overhang=0.0)
        mesh = space.surface(self.field)
        edge_axes(space)
        Cross(space, mesh, self.field, 2.0)
        self.show(space, self.name_of(self.field))
        self.hold(0.6)


class Shade(Brisk, SpaceClip):
    """A tangent plane that goes with a walk, and its shadow on the floor."""

    topic = "A shadow"
    field = PARABOLOID

    def construct(self):
        walk = self.walk("down", 0.25, (0.8, 0.6), steps=1)
        self.beat("a plane", "What the plane casts on the floor.")
        self.space = BowlOverFloor(self.theme, self.field)
        figure = PlaneWalk(self.space, "down", walk, reach=0.6)
        self.space.add(figure.shadow)
        self.space.remove(self.space.graph)
        self.show(self.space)
        self.hold(0.6)


class Around(Brisk, SpaceClip):
    """A surface that the camera goes around, and nothing else moves."""

    topic = "A ramp"
    field = ScalarField.parse("x**2/2 + y**2/4 + x/2")

    def construct(self):
        self.walk("down", 0.25, (0.8, 0.6), steps=1)
        self.beat("a surface", "It is seen from here, and from there.")
        space = self.space = Space(
            self.theme, (-2, 2), (-2, 2), (0, 4), size=(4.6, 4.6, 2.6),
            theta=-62 * DEGREE, phi=45 * DEGREE, zoom=0.9,
        )  # fmt: skip
        fit_into(space, WIDE, overhang=0.0)
        space.surface(self.field, palette=self.theme.height)
        edge_axes(space)
        self.show(space)
        self.hold(0.4)
        self.play(space.camera.animate.set(theta=-20 * DEGREE), run_time=1.4)
        self.hold(0.4)


class Race(Brisk, DescentClip):
    """Two rates in one chart, each with its fate."""

    topic = "A race"
    rates = (0.05, 0.3)
    budget = 12

    def construct(self):
        facts = self.facts
        for name, alpha in zip(("slow", "fast"), self.rates, strict=True):
            self.walk(name, alpha)
        walks = self.evidence.walks
        self.beat(
            "side by side",
            f"Slopes of α = {facts.rate('slow')} and α = {facts.rate('fast')}, on a log scale.",
        )
        colours = (self.theme.runs[0], self.theme.runs[2])
        runs = [rated(name, walks[name], c) for name, c in zip(walks, colours, strict=True)]
        plane = steepness_plane(self.theme, runs, "abs(f'(x_k))", self.tolerance)
        chart = Chart(plane, runs, steepness)
        board = Board(self.theme, runs, x=COLUMN, top=1.7)
        self.show(plane)
        self.show(chart, board)
        self.play(chart.race(run_time=12 * TICK))
        board.read([run.last for run in runs])
        self.show(board.numbers, board.fates)
        self.hold(0.8)


class Plain(Brisk, DescentClip):
    """Nothing that claims: a dot, and a sentence that is false."""

    topic = "Trust me"

    def construct(self):
        self.beat("it arrives", "The walk is there at step 7.")
        self.show(mn.Dot(color=self.theme.iterate))
        self.hold(0.6)


# Beats of the lecture's own clips


class Rates(Brisk, LearningRate):
    """Four rates in a chart."""

    def construct(self):
        self.compute()
        self.compare()


class Turn(Brisk, Derivatives):
    """The sine, and its slope below it."""

    def construct(self):
        shown = [exhibit[:2] for exhibit in self.exhibits]
        require_story(self.facts, shown, self.at, self.widths)
        self.trace_the_slope(self.exhibits[3])
        self.facts.told, self.facts._unsaid = [], []  # what the other beats of that clip say


class Arrows(Brisk, GradientVector):
    """A bowl far above a floor with gradients."""

    def construct(self):
        self.beat("arrows", "The gradients on the floor.")
        self.space = BowlOverDepth(self.theme, self.field, self.at, self.scale)
        self.walk("down", self.rate, self.at)
        self.space.arrows.draw(1.0)
        Probe(self.space.floor, self.field, self.at, self.theme.tangent)
        said = words("arrows drawn at 1/6 of their length", size=SMALLEST, colour=self.theme.label)
        self.show(self.space, said.rest(self.column, -2.45))
        self.hold(0.6)


class Sauna(Brisk, SaunaDescent):
    """The sauna’s map, and the first steps there."""

    budget = 2

    def construct(self):
        self.walk("good", self.good)
        self.beat("there", f"With α = {self.facts.rate('good')}.")
        self.draw_space(place=(-3.1, -0.8))
        self.draw_map()
        self.draw_reader()
        self.set_out("good")
        self.walk_on(1)
        self.hold(0.6)


class Gaps(Brisk, SpaceClip):
    """How far a surface is over its tangent plane, as a table beside it."""

    topic = "Gaps"
    field = PARABOLOID
    at, reach = (0.8, 0.6), 0.4

    def construct(self):
        self.walk("down", 0.25, self.at, steps=1)
        self.beat("a gap", "Between the surface and its tangent plane.")
        close = CloseView(self.theme, self.field, self.at, self.reach)
        table = GapTable(self.theme, self.field, self.at, [(2.3, 1.4), (2.3, 0.7), (2.3, 0.0)])
        table.write(2 * self.reach)
        table.write(self.reach)
        self.show(close.space, table)
        self.hold(0.6)


class Round(Arrows):
    """The gradient is dragged round the bottom of its bowl, with the sign of a right angle."""

    def construct(self):
        self.beat("a right angle", "The gradient, dragged round.")
        self.space = BowlOverDepth(self.theme, self.field, self.at, self.scale)
        self.walk("down", self.rate, self.at)
        probe = Probe(self.space.floor, self.field, self.at, self.theme.tangent)
        self.show(self.space)
        self.space.add(probe.sign)
        self.hold(0.4)
        self.play(probe.drag_round(run_time=0.8))
        self.hold(0.4)


class Closer(Gaps):
    """Two views of a surface and its tangent plane, the second from nearer by."""

    def construct(self):
        h = 2 * self.reach
        self.walk("down", 0.25, self.at, steps=1)
        self.beat("views", "The surface and its tangent plane.")
        view = CloseView(self.theme, self.field, self.at, h)
        table = GapTable(self.theme, self.field, self.at, rows_of_views())
        table.write(h)
        self.show(view.space, table)
        self.add(view.frame(self.reach))
        nearer = CloseView(self.theme, self.field, self.at, h, 1)
        self.add(nearer.space)
        self.hold(0.2)
        self.play(nearer.zoom_to(self.reach, run_time=0.4))
        self.show(table.write(self.reach))
        self.hold(0.6)


class Felt(Brisk, SaunaQuestion):
    """A hand is held out, and taken back, and the thermometer goes with it."""

    def construct(self):
        theme = self.theme
        room = Room(theme, FLOOR, WALL, self.start, UNIT)
        self.person = Person(theme, HEIGHT, seated=True).stand_at(room.place(self.start))
        self.hands = Hands(room, self.person, self.field, self.reach)
        self.beat("a hand", "What a hand feels.")
        gauge = Thermometer(
            theme, (75, 80, 85), (73.0, 85.0), self.palette(), x=4.75, heights=(-2.1, 1.55)
        )
        gauge.read(self.hands.here)
        self.show(room, self.person, *gauge.parts)
        self.play(self.hands.feel(205.0, gauge, 0.6))
        self.play(self.hands.back(205.0, gauge, 0.6))
        self.hold(0.4)


class Ends(Brisk, Newton):
    """How many of many starts end where."""

    def construct(self):
        self.walk("a walk", 0.1, 1.6, steps=1, field=self.hills)
        self.beat("where starts lead", "Newton from many starts.")
        how = (self.budget, self.tolerance), self.seen
        found = newton_ends(self.hills, self.stretch, *how)
        self.show(EndCount(self.theme, found, -5.0))
        self.hold(0.6)


class Ridge(Brisk, StationaryPoints):
    """Two walks on a saddle, each with its name and its y."""

    def construct(self):
        self.compute()
        self.facts.told, self.facts._unsaid = [], []
        self.beat("walks", "On the ridge, and beside it.")
        self.stage = Stage(self.theme, self.saddle, self.reach)
        self.space, self.cross = self.stage.space, self.stage.cross
        self.show(self.space)
        self.reader = self.pair = Pair(self.theme, self.evidence.walks)
        self.set_out("beside it", self.pair)
        self.hold(0.6)


class Walls(Brisk, SaunaCandidates):
    """The far walls of the sauna, each with its name and what is coldest there."""

    def construct(self):
        self.compute()
        self.facts.told, self.facts._unsaid = [], []
        self.beat("walls", "How warm are the far walls?")
        self.space = RoomAndBeyond(self.theme, self.field, self.room, self.span, self.palette())
        self.show(self.space)
        self.play(self.space.go(ASKANCE, self.room[0][1]), *self.space.light_border(), run_time=0.4)
        self.show(*(part for edge in self.spots.edges for part in self.space.tell_wall(edge)))
        self.hold(0.6)


class Pairs(Brisk, Derivatives):
    """Two functions, each over its derivative."""

    def construct(self):
        self.beat("functions", "Above the function, below its derivative.")
        self.show(SlopeGallery(self.theme, [exhibit[:4] for exhibit in self.exhibits[:2]]))
        self.hold(0.6)


class Four(Brisk, OneRule):
    """Four walks in one small picture, with their rates."""

    def construct(self):
        act = GRAPHS[0]
        self.field, self.tolerance = act.field, act.tolerance
        for name, (rate, start, steps) in act.names().items():
            self.walk(name, rate, start, steps=steps)
        self.beat("rates", "Walks with different rates.")
        picture = Small(self.theme, act, self.evidence.walks, BIG)
        self.walk_in(picture)
        self.show(picture.ground, picture.rates, picture.crowd, picture.signs)
        self.hold(0.4)

    def walk_in(self, picture):
        """Here they stand at their starts."""


class Fates(Four):
    """The same walks, each at its end, with the sign of that over it."""

    def walk_in(self, picture):
        picture.crowd.stand_on(picture.crowd.length)
        picture.show_fates(picture.crowd.length)


class Rows(Brisk, OneRule):
    """Walks in four small pictures, a table beside each, and how many of them end how."""

    acts = (GRAPHS[2], GRAPHS[1], MAPS[0], MAPS[2])

    def construct(self):
        for act in self.acts:
            self.field, self.tolerance = act.field, act.tolerance
            for name, (rate, start, steps) in act.names().items():
                self.walk(name, rate, start, steps=steps)
        walks = self.evidence.walks
        self.beat("tables", "Walks with starts, rates and ends.")
        pictures = in_rows(self.theme, self.acts, walks, 2)
        together = Gallery(pictures)
        together.stand_on(together.walk.stopped_at)
        parts = (part for p in pictures for part in (p.ground, p.rates, p.crowd, p.signs))
        self.show(*parts, EndCounts(self.theme, list(walks.values())))
        self.hold(0.4)
