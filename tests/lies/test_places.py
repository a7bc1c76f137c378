"""Lies of true things: each is so, but stands where another belongs, or others are missing."""

import manim as mn
import numpy as np
import pytest
from clips_with_lies import Brisk
from ways_of_lying import afterwards, replaced

from gdmath import PARABOLOID, ScalarField, descend, gradient_step
from gdmath.networks import Dense, Network, TrainingLoss, two_groups
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.look.text import SMALLEST, math
from gdstage.pace import TICK
from gdstage.plane.axes import Plane
from gdstage.proof import field_facts
from gdstage.proof.fact import given
from gdstage.proof.in_space import FieldFacts
from gdstage.proof.statement import stated, word
from gdstage.proof.truths import pictured_above
from gdstage.props import (
    many_minima,
    network_descent,
    newton,
    partial_derivatives,
    sauna_descent,
    stationary_points,
)
from gdstage.props.derivatives import NumberTable, SlopeGallery
from gdstage.props.gradient_vector import BowlOverDepth, Probe
from gdstage.props.newton import BendZones
from gdstage.props.person import Person
from gdstage.props.sauna_question import Hands, Room
from gdstage.props.tangent_plane import SlopeTable
from gdstage.props.update_rule import SlopeChart, SlopeSigns
from gdstage.space.axes import edge_axes
from gdstage.space.fitting import fit_into
from gdstage.space.space import DEGREE, Space
from gdstage.walks.basins import BasinPicture
from gdstage.walks.descent_clip import DescentClip
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.run import Run
from gdstage.walks.space_clip import SpaceClip
from scenes.derivatives import Derivatives
from scenes.gradient_vector import GradientVector
from scenes.newton import Newton
from scenes.partial_derivatives import PartialDerivatives
from scenes.sauna_descent import SaunaDescent
from scenes.sauna_question import FLOOR, HEIGHT, UNIT, WALL, SaunaQuestion
from scenes.stationary_points import StationaryPoints

LEFT = Box(left=-6.0, right=0.5, bottom=-2.4, top=1.9)
STARTS = {"right": 1.6, "left": 0.22}


class Signs(Brisk, DescentClip):
    """What the slope at either of two starts is, told beside it."""

    topic = "Two starts"
    x_window, y_window = (-0.3, 1.95), (0.0, 6.2)

    def construct(self):
        walks = [self.walk(name, 0.1, x, steps=1) for name, x in STARTS.items()]
        self.beat("signs", "The slope at a start.")
        self.draw_graph()
        self.show(*(SlopeSigns(self.plane, walk) for walk in walks))
        self.hold(0.4)


class Directions(Brisk, SaunaQuestion):
    """What is felt in four directions, told beside each."""

    turns = (30.0, 150.0, 210.0, 330.0)

    def construct(self):
        theme = self.theme
        room = Room(theme, FLOOR, WALL, self.start, UNIT)
        person = Person(theme, HEIGHT, seated=True).stand_at(room.place(self.start))
        hands = Hands(room, person, self.field, self.reach)
        self.beat("hands", "What a hand feels.")
        felt = (part for t in self.turns for part in (hands.leave(t, theme), hands.tell(t, theme)))
        self.show(room, person, *felt)
        self.hold(0.4)


class Lengths(Brisk, GradientVector):
    """How long gradients are, told beside each of three points of the floor."""

    spots = (-1.5, 1.0), (1.0, -1.5), (1.5, 2.5)

    def construct(self):
        self.beat("lengths", "Gradients on the floor.")
        self.space = BowlOverDepth(self.theme, self.field, self.at, self.scale)
        self.walk("down", self.rate, self.at)
        probe, facts = Probe(self.space.floor, self.field, self.at, self.theme.tangent), FieldFacts
        for spot in self.spots:
            known = facts(self.field).steepness(np.array(spot))
            text = math(f"{known.value:.2f}", size=SMALLEST, colour=self.theme.tangent)
            self.space.label(stated(text, word("number", known)), probe.floor.at(spot))
        self.show(self.space)
        self.hold(0.4)


class Tables(Brisk, Clip):
    """A table of secants, and one of slopes along a walk."""

    topic = "Tables"
    heads, order = ("h", '"slope"', '"error"'), "xy"

    def construct(self):
        theme, walk = self.theme, descend(PARABOLOID, (0.8, 0.6), gradient_step(0.25), steps=2)
        self.know("down", walk)
        self.beat("tables", "Numbers in columns.")
        heads = list(zip(self.heads, (theme.ink, theme.tangent, theme.label), strict=True))
        secants = NumberTable(theme, heads, (-5.5, -4.2, -2.8), top=1.1, rows=2, decimals=4)
        square = field_facts.FieldFacts(ScalarField.parse("x**2"))
        for row, h in enumerate((0.5, 0.25)):
            known = square.quotient(0.5, h), square.quotient_error(0.5, h)
            secants.write(row, (given("h", h), *known))
        slopes = SlopeTable(theme, walk, (1.5, 1.0))
        for k in (0, 1):
            slopes.write(k)
        rise = math("f(x + h) - f(x)", size=30, colour=theme.label).rest(-5.5, -2.0)
        self.show(secants, slopes, stated(rise, word("label")))
        self.hold(0.4)


class Dots(Brisk, DescentClip):
    """The slopes of a walk in a chart, a dot each."""

    topic = "Slopes"

    def construct(self):
        walk = self.walk("down", 0.1, steps=8)
        self.beat("dots", "Slopes, as dots.")
        chart = SlopeChart(self.theme, walk).read(walk, 8)
        self.show(chart.whole)
        self.hold(0.4)


class Zones(Brisk, DescentClip):
    """Where a wave bends down, in red."""

    topic = "Bends"
    field = ScalarField.parse("sin(x)")
    x_window, y_window = (0.5, 12.0), (-2.0, 2.0)

    def construct(self):
        self.walk("down", 0.1, 1.0, steps=1)
        self.beat("zones", "Where it bends.")
        self.draw_graph()
        self.show(BendZones(self.plane, self.field))
        self.hold(0.4)


class Data(Brisk, Clip):
    """The data of a network, which is trained a little."""

    topic = "Data"

    def construct(self):
        layers = (Dense(2, 1, "sigmoid"),)
        loss = TrainingLoss(Network(layers), *two_groups(12, seed=2), "log loss")
        walk = descend(loss, np.array([1.0, -0.6, 0.4]), gradient_step(0.6), steps=20)
        self.know("trained", walk)
        self.beat("trained", "A network learns.")
        run = Run("trained", "trained", walk, self.theme.minimum)
        figure = network_descent.Training(self.theme, run, LEFT, (-1.3, 1.3)).say(0)
        self.show(figure)
        self.play(network_descent.train([figure], run_time=12 * TICK))
        self.hold(0.4)


class Under(Brisk, Derivatives):
    """A function over its derivative, and a caption that says so."""

    said = "Above the function, below its derivative", "height below is steepness above"

    def construct(self):
        above = pictured_above("function")
        self.beat("functions", ": ".join(self.facts.say(above, said) for said in self.said) + ".")
        self.show(SlopeGallery(self.theme, [self.exhibits[0][:4]]))
        self.hold(0.4)


class Digits(Brisk, Newton):
    """How many digits are right, in a chart over the steps, each number at its dot."""

    def construct(self):
        self.compute()
        self.facts.told, self.facts._unsaid = [], []
        self.beat("digits", "How many digits are right?")
        chart = newton.DigitChart(self.theme, self.pair, self.goal, self.gain)
        self.show(chart)
        self.hold(0.4)


class Abreast(Brisk, StationaryPoints):
    """Three surfaces side by side, and under each its formula and what it is."""

    def construct(self):
        self.beat("surfaces", "Side by side.")
        stage = stationary_points.Stage(self.theme, self.saddle, self.reach)
        fields = self.bowl, self.saddle, self.hill
        three = stationary_points.Three(stage.cross, fields)
        stage.space.remove(*stage.axes, *stage.cross.curves)
        self.show(stage.space)
        self.play(*three.begin(), run_time=2 * TICK)
        self.bring_to_back(*three.behind)
        self.play(*three.spread(), run_time=4 * TICK)
        self.show(*(part for row in three.rows for part in row))
        self.hold(0.4)


class Level(Brisk, StationaryPoints):
    """A tangent that rolls down to where it is level, and an equation that says so."""

    def construct(self):
        self.beat("level", "A tangent rolls.")
        stage = stationary_points.Stage(self.theme, self.bowl, self.reach)
        self.show(stage.space)
        leveller = stationary_points.Leveller(stage.cross, 0)
        self.play(leveller.roll(run_time=4 * TICK))
        self.play(leveller.sweep(run_time=4 * TICK))
        self.show(self.equation(0, self.bowl))
        self.hold(0.4)


class Parts(Brisk, SaunaDescent):
    """A step in its parts, beside its numbers."""

    def construct(self):
        walk = self.walk("aside", self.good, self.aside, steps=1)
        self.beat("parts", "A step, in parts.")
        heat, plane = sauna_descent.close_up(self, *self.close)
        self.figure = MapWalk(plane, "aside", walk)
        numbers = sauna_descent.step_in_numbers(self.theme, walk, 1)
        self.show(heat, plane, self.figure, numbers)
        parts = (sauna_descent.part_of_step(plane, walk, 1, axis) for axis in (0, 1))
        self.show(*parts)
        self.hold(0.4)


class Coloured(Brisk, SpaceClip):
    """A crowd in the colours of two valleys, beside the map of them."""

    topic = "A crowd"
    field = ScalarField.parse("(x**2 - 1)**2 + 0.5*x + y**2")
    room, rate = ((-1.6, 1.6), (-1.6, 1.6)), 0.05
    starts = (-1.3, 0.5), (1.3, 0.5), (-0.8, -0.6), (0.8, -0.6)

    def construct(self):
        self.walk("to a valley", self.rate, (0.5, 0.5), steps=2)
        self.beat("starts", "Colours of valleys.")
        space = self.space = Space(
            self.theme, *self.room, (-1.0, 6.5), size=(4.6, 4.6, 2.6),
            theta=-62 * DEGREE, phi=35 * DEGREE, zoom=0.9,
        )  # fmt: skip
        fit_into(space, Box(left=-6.3, right=1.4, bottom=-2.8, top=1.8), overhang=0.0)
        space.surface(self.field)
        edge_axes(space)
        beside = Box(left=2.8, right=5.8, bottom=-2.0, top=1.0)
        plane = Plane(self.theme, beside, *self.room, y_name="y", most=5)
        self.show(space, BasinPicture(plane, self.field, gradient_step(self.rate), side=160), plane)
        starts = np.array(self.starts)
        crowd = many_minima.SurfaceCrowd(space, self.field, self.rate, starts, 30)
        self.show(crowd)
        self.play(crowd.recolour(2 * TICK))
        self.hold(0.4)


class Held(Brisk, PartialDerivatives):
    """A formula in which the power of what is held still is grey, and words that say so."""

    def construct(self):
        self.beat("held", "A power of y.")
        recipe = partial_derivatives.Recipe(self.theme, self.product, "y", 2.0, 0.5, x=2.6)
        self.show(recipe.whole)
        self.play(recipe.dim(run_time=3 * TICK))
        self.show(recipe.cut, recipe.note)
        self.hold(0.4)


HONEST = (
    Signs, Directions, Lengths, Digits, Tables, Dots, Zones, Data, Under,
    Abreast, Level, Parts, Coloured, Held,
)  # fmt: skip


@pytest.mark.parametrize("clip", HONEST)
def test_what_stands_where_it_belongs_is_true(film, clip):
    assert film(clip) == []


# --- lies ----------------------------------------------------------------------------------


def signs_at_the_other(original, figure, plane, walk):
    original(figure, plane, walk)
    here = float(walk.points[0, 0])
    there = next(x for x in STARTS.values() if x != here)
    figure.shift(plane.at(there, walk.field(there)) - plane.at(here, walk.field(here)))
    if figure.get_left()[0] < plane.box.left:  # out of the frame
        figure.align_to(plane.at(there, 0.0), mn.LEFT)


def opposite(original, hands, degrees, theme):
    felt = hands.felt
    hands.felt = lambda turn: felt(turn + 180.0)
    told = original(hands, degrees, theme)
    del hands.felt
    return told


def of_the_next(original, facts, at):
    spots = [*Lengths.spots, Lengths.spots[0]]
    return original(facts, np.array(spots[spots.index(tuple(at)) + 1]))


def digits_of(chart):
    """The numbers beside the dots of Newton’s walk, in their order."""
    return [step[2] for step in chart.steps if len(step) == 3 and hasattr(step[2], "baseline")]


def digits_exchanged(chart):
    one, other = digits_of(chart)[:2]
    here, there = one.get_left(), other.get_left()
    one.shift(there - here)
    other.shift(here - there)


def digits_astray(chart):
    """The first number is left of the last one’s dot, where there is room without the ratios."""
    chart.told.remove(*chart.told[:-1])
    one, *_, last = digits_of(chart)
    dots = [step[0][0] for step in chart.steps]
    at = min(dots, key=lambda dot: abs(dot.get_y() - last.get_y())).get_center()
    one.move_to(at + 0.15 * mn.LEFT, aligned_edge=mn.RIGHT)


def without(index):
    """One of a group is not drawn."""

    def other(original, figure, *args, **more):
        made = original(figure, *args, **more)
        dots = getattr(figure, "dots", figure)
        dots.submobjects.pop(index)
        return made

    return other


def heads_swapped(original, cells, place, offsets):
    """The first row of a table has its last two cells the other way round."""
    codes = [code for code, _, _ in cells]
    if "partial" in codes[1]:
        codes[1:] = codes[:0:-1]
    told = [(code, *rest) for code, (_, *rest) in zip(codes, cells, strict=True)]
    return original(told, place, offsets)


def undotted(original, figure, *args):
    """The sixth datum of a network's picture is not drawn."""
    original(figure, *args)
    del figure.submobjects[10:12]


def later(original, walk, k):
    return original(walk, min(3 * k, walk.stopped_at))


def under_the_other(original, theme, field, x):
    return original(theme, field, -x)


def still_steep(original, leveller, own, other):
    original(leveller, own + 0.45, other)


def in_the_others_colour(original, plane, walk, k, axis):
    part = original(plane, walk, k, axis)
    return part.set_color(sauna_descent.tones(plane.theme)[1 - axis])


def the_other_dimmed(original, recipe, run_time):
    recipe.held, recipe.by = recipe.by, recipe.held
    return original(recipe, run_time)


def of_the_next_valley(crowd):
    crowd.ends = [*crowd.ends[1:], crowd.ends[0]]


def changed(clip, **parts):
    """A clip of which something is otherwise."""
    return type(clip.__name__, (clip,), {"__module__": clip.__module__, **parts})


WRONG_HEADS = ("h", '"error"', '"slope"')
SWAPPED = (
    "Above the derivative, below its function", "height above is steepness below",
)  # fmt: skip

LIES = {
    "slopes stand at each other’s starts": (
        Signs, replaced("gdstage.props.update_rule:SlopeSigns.__init__", signs_at_the_other),
        "its own place"),
    "what is felt stands at the opposite places": (
        Directions, replaced("gdstage.props.sauna_question:Hands.tell", opposite), "its own place"),
    "lengths stand at the next arrow": (
        Lengths, replaced("gdstage.proof.in_space:FieldFacts.steepness", of_the_next),
        "its own place"),
    "numbers of a chart stand at each other’s dots": (
        Digits, afterwards("gdstage.props.newton:DigitChart.__init__", digits_exchanged),
        "its own place"),
    "a number of a chart stands at another’s dot": (
        Digits, afterwards("gdstage.props.newton:DigitChart.__init__", digits_astray),
        "its own place"),
    "words stand under each other’s surfaces": (
        Abreast, replaced("gdstage.props.stationary_points:_told", under_the_other),
        "formula", "its own place"),
    "a tangent that is not level stands beside an equation that it is": (
        Level, replaced("gdstage.props.stationary_points:Leveller._touch", still_steep),
        "expected it level along x"),
    "the parts of a step have each other’s colours": (
        Parts, replaced("gdstage.props.sauna_descent:part_of_step", in_the_others_colour),
        "as its part of the step"),
    "a variable that varies is grey, as if it were held": (
        Held, replaced("gdstage.props.partial_derivatives:Recipe.dim", the_other_dimmed),
        "expected it in"),
    "walkers have the colours of other valleys": (
        Coloured, afterwards("gdstage.props.many_minima:SurfaceCrowd.__init__", of_the_next_valley),
        "the minimum near"),
    "a head says nothing of its numbers": (
        changed(Tables, heads=("h", '"length"', '"error"')), None, "expected a head that says"),
    "a head says that errors are right digits": (
        changed(Tables, heads=("h", '"slope"', '"right digits"')), None,
        "expected 'right digits' over or before it"),
    "heads stand over each other’s columns": (
        changed(Tables, heads=WRONG_HEADS), None, "expected 'error' over or before it"),
    "slopes have each other’s heads": (
        Tables, replaced("gdstage.props.tangent_plane:row_of", heads_swapped),
        "expected '(partial f)/(partial y)' over or before it"),
    "a dot of a chart is left out": (
        Dots, replaced("gdstage.props.update_rule:SlopeChart.__init__", without(3)),
        "the dot at k = 3"),
    "a zone is left out": (
        Zones, replaced("gdstage.props.newton:BendZones.__init__", without(2)), "around x = 6.3"),
    "a datum is left out": (
        Data, replaced("gdstage.props.network_descent:Scatter.__init__", undotted), "datum 5 too"),
    "the accuracy is that of a later step, in motion": (
        Data, replaced("gdstage.props.network_descent:right", later), "as the map is"),
    "a caption says that the derivative is above": (
        changed(Under, said=SWAPPED), None, "expected the function above"),
    "a caption says that one is as high as the other is steep": (
        changed(Under, said=(Under.said[0], "height above is steepness below")), None,
        "expected the steepness above"),
}  # fmt: skip


@pytest.mark.parametrize("told", LIES.values(), ids=LIES)
def test_what_stands_elsewhere_is_caught(caught, told):
    clip, lie, *expected = told
    caught(clip, lie or (lambda _: None), *expected)
