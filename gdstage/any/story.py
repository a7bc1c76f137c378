"""What a clip of any descent says: titles and captions, all from the numbers of its plan.

Each sentence says what was found and where one looked; what is not known is not said. The facts
that it was made of are told to `facts`, which a clip keeps with its beats.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gdmath import Verdict
from gdstage.any.endings import Told, ending
from gdstage.any.methods import METHODS
from gdstage.any.phrases import iterate, place, said, steps
from gdstage.facts import Facts
from gdstage.look.rounding import shown
from gdstage.proof.ending_facts import EndFacts, ending_with
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import FieldFacts
from gdstage.proof.truths import number_of, ordered
from gdstage.proof.valley_facts import ValleyFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import Walk
    from gdstage.any.plan import Plan
    from gdstage.walks.run import Run

SEPARATE = 3
"""Up to so many rates are walked one after the other before they are compared."""

MANY = 20
LONGEST = 100
"""Characters that fit on a caption's line at full size."""

MAP_SIDE = 240
"""Starts along each side of a map of where they lead."""

KINK_WITHIN = 0.02
"""Within this share of the window around a kink one looks for it again."""


def topic(plan: Plan) -> str:
    """The first half of every title."""
    if plan.experiment.title:
        return plan.experiment.title
    one, *others = plan.experiment.methods
    return "A race of methods" if others else METHODS[one].title


def beats(plan: Plan) -> list[Told]:
    """All that the clip says, in its order."""
    facts = Facts({})
    told = [view(plan, facts)]
    told += [kink(plan, facts)] if plan.kinks else []
    told += [ending(plan, run, facts) for run in seen_alone(plan)]
    told += [together(plan, facts)] if plan.compares else []
    told += [chart()] if is_charted(plan) else []
    return told + ([basins(facts)] if plan.experiment.basins else [])


def seen_alone(plan: Plan) -> tuple[Run, ...]:
    """The runs that walk one by one, before all walk together."""
    if plan.compares in {"starts", "methods"}:
        return ()
    if plan.compares and (plan.dimension == 2 or len(plan.runs) > SEPARATE):
        return ()
    return plan.runs


def is_charted(plan: Plan) -> bool:
    """Whether the runs are compared in a chart too."""
    return plan.is_race and max(run.walk.stopped_at for run in plan.runs) > 1


# What is seen before any walk


def view(plan: Plan, facts: Facts) -> Told:
    """What the function looks like, before any walk."""
    finding, sentence = _valleys(plan, facts)
    # Whether there is room for more is seen before it is told.
    if len(f"{sentence} {_runs(plan, Facts({}))}") > LONGEST:
        return finding, sentence
    return finding, f"{sentence} {_runs(plan, facts)}"


def _runs(plan: Plan, facts: Facts) -> str:
    """What sets out from where."""
    walks = [run.walk for run in plan.runs]
    if plan.compares == "rates":
        count = facts.whole(number_of(*(WalkFacts(walk).rate() for walk in walks)))
        return f"{count} learning rates, one start."
    if plan.compares == "methods":
        return f"{facts.whole(number_of(*walks))} methods, one start."
    if plan.compares == "starts":
        return f"{facts.whole(number_of(*walks))} starts, one learning rate."
    return f"The walk starts at {place(facts, iterate(walks[0], 0))}."


def _valleys(plan: Plan, facts: Facts) -> Told:
    seen = ValleyFacts(plan.field, plan.window, plan.valleys)
    curves, count = seen.curves().value, seen.count().value
    if count == 0:
        finding = facts.say(seen.count(), "no valley in sight")
        return finding, f"In this window {facts.say(seen.count(), 'there is no minimum')}."
    if count == curves:
        return _curves(plan, seen, facts)
    names = {1: "one valley", 2: "two valleys"}
    told = f"{count} valleys" if count < MANY else "many valleys"
    finding = facts.say(seen.count(), names.get(count, told))
    here = f"at {place(facts, seen.place(0))}, where f {said(facts, seen.value(0), 3)}"
    if count == 1:
        facts.say(seen.count(), "One")
        return finding, f"One minimum in this window, {here}{_but_lower(plan, seen, facts)}."
    of = f"Of {facts.whole(seen.count())} minima in this window the"
    return finding, f"{of} {_deepest(seen, facts)} is {here}{_but_lower(plan, seen, facts)}."


def _deepest(seen: ValleyFacts, facts: Facts) -> str:
    heights = [seen.value(i) for i in range(2)]
    return facts.say(ordered("<=", *heights), "deepest")


def _curves(plan: Plan, seen: ValleyFacts, facts: Facts) -> Told:
    count = seen.curves().value

    def which() -> str:
        return "a curve" if count == 1 else f"{facts.whole(seen.curves())} curves"

    finding, sentence = f"{which()} of minima", f"In this window the minima form {which()}"
    heights = {str(shown(valley.value, 3)) for valley in plan.valleys}
    if len(heights) > 1:
        return finding, f"{sentence}."
    return finding, f"{sentence}, along which f {said(facts, seen.value(0), 3)}."


def _but_lower(plan: Plan, seen: ValleyFacts, facts: Facts) -> str:
    """That f is lower than its deepest minimum in the window, where it is."""
    lower = seen.lower_at_the_edge(1e-9 * (plan.heights[1] - plan.heights[0]))
    return f"; {facts.say(lower, 'at the edge f is lower')}" if lower.value else ""


def kink(plan: Plan, facts: Facts) -> Told:
    """What the derivative is at a kink."""
    x, slopes = plan.kinks[0], FieldFacts(plan.field)
    width = plan.window[0][1] - plan.window[0][0]
    reach = 1e-6 * width
    left, at, right = (slopes.derivative(place) for place in (x - reach, x, x + reach))
    where = facts.number(slopes.kink(x, KINK_WITHIN * width), 3)
    jump = f"jumps from {facts.number(left, 3)} to {facts.number(right, 3)}"
    broken = ordered("<" if left.value < right.value else ">", left, right)
    finding = f"a kink, and {facts.say(broken, 'no derivative')}"
    here = (
        facts.say(broken, "no slope")
        if math.isnan(at.value)
        else f"the slope {facts.number(at, 3)}"
    )
    # Of a convex kink every slope between the two is one: Rockafellar, Convex Analysis, 23.
    if (between := ordered("<=", left, at, right)).value:
        here += f", {facts.say(between, 'a subgradient')}"
    count = ValleyFacts(plan.field, plan.window, (), plan.kinks).number_of_kinks()
    more = f" ({facts.whole(count)} such places)" if len(plan.kinks) > 1 else ""
    text = f"At x = {where} the slope {jump}: a walk that lands there is given {here}{more}."
    return finding, text


# Several walks


def together(plan: Plan, facts: Facts) -> Told:
    """What became of all runs."""
    walks = [run.walk for run in plan.runs]
    there = [walk for walk in walks if walk.verdict is Verdict.CONVERGED]
    finding = f"{facts.spelled(number_of(*walks))} {plan.compares} at once"
    arrived = ending_with(Verdict.CONVERGED.name, walks)
    if not there:
        none = facts.say(arrived, "None of them arrives")
        return finding, f"{none} within {steps(facts, EndFacts(walks[0]).budget())}."
    count = f"{len(there)} of {len(walks)} arrive{'s' if len(there) == 1 else ''}"
    if len(there) == len(walks):
        count = "both arrive" if len(walks) == 2 else f"all {len(walks)} arrive"
    if plan.is_race:
        return finding, f"{_first(there, plan, facts)}; {facts.say(arrived, count)}."
    count = facts.say(arrived, count.capitalize())
    reached = ValleyFacts(plan.field, plan.window, plan.valleys).reached(there)
    if reached.value == 1:
        return finding, f"{count}, {facts.say(reached, 'in the same valley')}."
    where = f"in {facts.whole(reached)} different valleys: the start decides"
    return finding, f"{count}, {where}."


def _first(there: Sequence[Walk], plan: Plan, facts: Facts) -> str:
    """Which of the walks that arrive take the fewest steps: one, or several that tie."""
    fewest = min(walk.stopped_at for walk in there)
    firsts = [walk for walk in there if walk.stopped_at == fewest]
    told = WalkFacts(firsts[0])
    for other in there:
        if other.stopped_at > fewest:
            facts.say(ordered("<", told.steps(), WalkFacts(other).steps()), "first")
    are_there = "is there" if len(firsts) == 1 else "arrive"
    verdict = facts.say(EndFacts(firsts[0]).verdict(), are_there)
    labels = {id(run.walk): run.label for run in plan.runs}
    names = [
        facts.say(WalkFacts(walk).method(), labels[id(walk)])
        if plan.compares == "methods"
        else f"α = {facts.chosen(WalkFacts(walk).rate())}"
        for walk in firsts
    ]
    return f"{' and '.join(names)} {verdict} first, at step {facts.whole(told.steps())}"


def basins(facts: Facts) -> Told:
    """Where every start leads, on a map of so many."""
    count = given("starts", MAP_SIDE**2)
    many = facts.say(count, f"{MAP_SIDE**2:,}".replace(",", "\u202f"))
    return "where the starts end", f"Of {many} starts on the map, how many reach which minimum?"


def chart() -> Told:
    """How fast the runs flatten out."""
    return (
        "side by side",
        "The size of the slope on a log scale: a steady rate of progress is a straight line.",
    )
