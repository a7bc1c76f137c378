"""Lies that agree with their record: a true number, line or view that is called something else."""

import numpy as np
import pytest
from ways_of_lying import arguments

from gdmath import ScalarField


def exchanged(where, one, other):
    """Two texts, each drawn and recorded where the other belongs; the first thing is the text."""
    told = {one: other, other: one}

    def swap(text, *rest):
        for each, instead in told.items():
            if each in text:
                return (text.replace(each, instead), *rest)
        return (text, *rest)

    return arguments(where, swap)


# What is read out, and where


def felt_elsewhere(turn=0.0, share=1.0):
    """The thermometer shows a place where the hand is not."""

    def lie(instead):
        def make(original):
            def reach(hands, degrees, out, gauge):
                original(hands, degrees, out, gauge)
                gauge.read(hands.facts.height(hands.spot(degrees + turn, share * out)))

            return reach

        instead("gdstage.props.sauna_question:Hands._reach", make)

    return lie


def held_elsewhere(instead):
    """The hand is drawn over a place that is not the one it says."""

    def make(original):
        def reach(hands, degrees, out, gauge):
            original(hands, degrees, out, gauge)
            hands.person.pose(hands.held(hands.spot(degrees + 180.0, out)) if out > 0 else None)

        return reach

    instead("gdstage.props.sauna_question:Hands._reach", make)


def unsaid_hand(instead):
    """The hand no more says where it is, and the thermometer shows another place."""
    felt_elsewhere(180.0)(instead)
    instead(
        "gdstage.props.sauna_question:stated",
        lambda original: (
            lambda mobject, told: mobject if told.what == "hand" else original(mobject, told)
        ),
    )


READINGS = {
    "the thermometer is of where the hand is not": ("Felt", felt_elsewhere(180.0), "a point is"),
    "the thermometer lags behind the hand": ("Felt", felt_elsewhere(0.0, 0.5), "a point is"),
    "the hand is held elsewhere": ("Felt", held_elsewhere, "its middle"),
    "the hand says no more where it is": ("Felt", unsaid_hand, "moves with it"),
}


# What is turned into its opposite


def reworded(old, new):
    def change(clip, title, text):
        return clip, title.replace(old, new), text.replace(old, new)

    return arguments("gdstage.clip:Clip.beat", change)


REVERSALS = {
    "steps never end there": ("Valley", reworded("steps end", "steps never end"), "“never”"),
    "steps hardly end there": ("Valley", reworded("steps end", "steps hardly end"), "“hardly”"),
    "steps do not end there": ("Valley", reworded("steps end", "steps do not end"), "“not”"),
    "it does not arrive": ("Twice", reworded("is there", "never is there"), "not CONVERGED"),
    "it isn’t too large": ("Leap", reworded("too large", "isn’t too large"), "“isn’t”"),
}


# Words beside true numbers


def without_the_last(where):
    """The last of several things is left out."""
    return arguments(where, lambda first, things, *rest: (first, list(things)[:-1], *rest))


def y_of_the_other(instead):
    def make(original):
        def last(walk, other, k):
            return original(other if other is not walk else walk, other, k)

        return last

    instead("gdstage.props.stationary_points:_last_y", make)


WORDS = {
    "two ends of many have each other’s words": (
        "Ends", exchanged("gdstage.look.key:words", "in a minimum", "on a maximum"),
        "in a minimum"),
    "an end is called otherwise": (
        "Ends", exchanged("gdstage.look.key:words", "out of the picture", "in the picture"),
        "picture”"),
    "the number of starts that end otherwise is left out": (
        "Ends", without_the_last("gdstage.look.key:Key.__init__"), "expected it of all 199"),
    "two walks have each other’s name": (
        "Ridge", exchanged("gdstage.look.key:words", "on the ridge", "beside it"),
        "of its walk"),
    "two walks have each other’s name, and their numbers not": (
        "Ridge", exchanged("gdstage.look.key:words", "on the ridge", "beside it"),
        "expected it of"),
    "two walls have each other’s name": (
        "Walls", exchanged("gdstage.props.sauna_candidates:math", "x =", "y ="), "own line"),
    "what is coldest on a wall is called y": (
        "Walls", exchanged("gdstage.props.sauna_candidates:math", "T ", "y "), "the name of"),
}  # fmt: skip


# Pictures, and what stands with them

OTHER = {"x**2": "exp(x)", "exp(x)": "x**2"}


def other(field):
    return ScalarField.parse(OTHER[str(field.expr)]) if str(field.expr) in OTHER else field


def slopes_exchanged(instead):
    """Two derivatives, with their names and their record, each under the other’s function."""
    instead(
        "gdmath:ScalarField.partial", lambda original: lambda field, by: original(other(field), by)
    )
    for name in ("graph", "formula_of"):
        place = 1 if name == "graph" else 0

        def make(original, place=place):
            def told(*args, **kwargs):
                order = kwargs.get("order", args[1] if place == 0 else 0)
                swapped = [*args]
                swapped[place] = other(args[place]) if order else args[place]
                return original(*swapped, **kwargs)

            return told

        instead(f"gdstage.props.derivatives:{name}", make)


def heights_once(instead):
    """The map has other colours than the surface."""
    given = []

    def make(original):
        def palette(clip):
            given.append(clip)
            return original(clip) if len(given) == 1 else clip.theme.height

        return palette

    instead("gdstage.walks.sauna_clip:SaunaClip.palette", make)


def angle(turn, where="gdstage.props.gradient_vector:_turned"):
    """The sign of a right angle is that of another one."""
    return arguments(where, lambda by, way: (turn if np.isclose(by, np.pi / 2) else by, way))


def turned(floor, corner, leg, *rest):
    (x, y), turn = leg, np.pi / 4
    cos, sin = np.cos(turn), np.sin(turn)
    return floor, corner, (cos * x - sin * y, sin * x + cos * y), *rest


def larger(view, h):
    return view, 1.5 * h


PICTURES = {
    "derivatives stand under each other’s function": (
        "Pairs", slopes_exchanged, "expected the derivative of x**2"),
    "a derivative has the function’s formula": (
        "Pairs",
        arguments("gdstage.props.derivatives:formula_of", lambda field, _: (field, 0)),
        "of order [1]"),
    "a view is less magnified than is written": (
        "Closer", arguments("gdstage.props.tangent_plane:CloseView.zoom_to", larger),
        "as of the view"),
    "the frame of the closer view is too large": (
        "Closer", arguments("gdstage.props.tangent_plane:CloseView.frame", larger),
        "closer view"),
    "hot is red on the surface, and light on the map": (
        "Sauna", heights_once, "the same colours"),
    "a right angle is one of 60°": ("Round", angle(np.pi / 3), "found 60°"),
    "a right angle is one of 80°": ("Round", angle(np.radians(80)), "found 80°"),
    "a right angle is not at the arrow": (
        "Round", arguments("gdstage.space.floor:Floor.right_angle", turned), "along it"),
}  # fmt: skip

LIES = {**READINGS, **REVERSALS, **WORDS, **PICTURES}


@pytest.mark.parametrize(("clip", "lie", "expected"), LIES.values(), ids=LIES)
def test_agreement(caught, clip, lie, expected):
    caught(clip, lie, expected)
