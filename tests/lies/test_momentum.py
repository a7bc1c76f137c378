"""Lies about momentum: maps of pairs that are of another rule, arrows and curvatures of others."""

import pytest
from clips_with_lies import Brisk
from ways_of_lying import afterwards, arguments, replaced, result

from gdmath import ScalarField
from gdstage.proof.fact import Fact
from gdstage.props import momentum as props

BOWL = ScalarField.parse("(x**2 + 81*y**2)/2")


class AllPairs(Brisk, props.MomentumClip):
    """The map of all pairs, with the best of them marked."""

    topic = "Pairs"
    field = BOWL

    def construct(self):
        quick = self.ball("best", 0.04, 0.64)
        pairs = props.Pairs(self.theme, self.field)
        gain = self.facts.number(props.gain_of(quick), 3)
        self.beat("a map", f"A step gains {gain} digits with the pair that is marked.")
        self.add(*pairs, pairs.sign(quick))
        self.hold(0.6)


class Kept(Brisk, props.MomentumClip):
    """One step of momentum, as a sum."""

    topic = "A step"
    field = BOWL

    def construct(self):
        ball = self.ball("momentum", 0.024, 0.75)
        self.beat("a sum", "What is kept, and then the slope’s part: where do they lead?")
        step = props.OneStep(self.theme, ball)
        self.add(*step, step.before, step.kept, step.slope, step.whole, step.rules, *step.names)
        self.hold(0.6)


class Ways(Brisk, props.MomentumClip):
    """A walk on a long valley, and how much that bends along and across."""

    topic = "Ways"
    field = BOWL

    def construct(self):
        walks = {name: self.ball(name, 0.024, 0.75) for name in ("one", "two", "three")}
        self.beat("ways", "How much does it bend along, how much across?")
        strips = props.Strips(self.theme, walks)
        self.add(strips, *strips.ways)
        self.hold(0.6)


def the_other_curvature(plane, axis, field):
    """Where x and y have changed places, it bends along as it does across."""
    one, other = field.variables
    turned = {one: other, other: one}
    return plane, axis, ScalarField.parse(str(field.expr.subs(turned, simultaneous=True)))


def curvature_turned(original, spot, row, column):
    return original(spot, 1 - row, 1 - column)


def of_another_rule(found):
    """The gains of a rule whose border lies lower: its slope counts 1.2 times."""
    text = str(found.expr).replace("alpha", "(1.2*alpha)")
    return ScalarField.parse(text, ("beta", "alpha"))


def too_far(original, facts, k):
    one, other = original(facts, k)
    return Fact(one.what, one.of, one.value - 0.1), other


def exchanged(code):
    return ({"x_1": "x_3", "x_3": "x_1"}.get(code, code),)


def with_the_others_colour(plane, start, end, colour, short):
    kept, slope = plane.theme.iterate, plane.theme.tangent
    return plane, start, end, {kept: slope, slope: kept}.get(colour, colour), short


def of_newton(clip):
    clip.topic = "Newton’s method"


LIES = {
    "the ways have each other’s curvature": (
        Ways, replaced("gdstage.proof.map_facts:SpotFacts.curvature", curvature_turned),
        "along the way beside it"),
    "curvatures are those of another valley": (
        Ways, arguments("gdstage.props.momentum:both_ways", the_other_curvature), "found one of"),
    "iterates have each other’s names": (
        Kept, arguments("gdstage.props.momentum:math", exchanged), "at that of"),
    "what is kept has the slope’s colour": (
        Kept, arguments("gdstage.props.momentum:arrow", with_the_others_colour), "its arrow"),
    "the topic is another method": (
        Kept, afterwards("gdstage.clip:Clip.setup", of_newton), "expected a method of a walk"),
    "the map is of another rule": (
        AllPairs, result("gdstage.props.momentum:gains_of", of_another_rule), "expected a gain of"),
    "the border is lower": (
        AllPairs, result("gdstage.props.momentum:border_of", lambda rate: 0.9 * rate),
        "expected level lines"),
    "what is kept is longer": (
        Kept, replaced("gdstage.proof.fact:WalkFacts.carried", too_far), "carried"),
}  # fmt: skip


@pytest.mark.parametrize("clip", [AllPairs, Kept, Ways])
def test_what_is_so_is_believed(film, clip):
    assert film(clip) == []


@pytest.mark.parametrize(("clip", "lie", "expected"), LIES.values(), ids=LIES)
def test_momentum(caught, clip, lie, expected):
    caught(clip, lie, expected)
