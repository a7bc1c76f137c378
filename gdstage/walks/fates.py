"""What became of a walk: the one table of its words, its sign and the colour that says the same.

It knows nothing of manim, so that pages and reports can say it too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from gdmath import Kind, Trend, Verdict

if TYPE_CHECKING:
    from gdmath import Ending, Walk


@dataclass(frozen=True)
class Fate:
    """What became of a walk: in words, in few words, a sign and the meaning of a colour.

    `sign` is "tick", "dash" or "cross", `tone` the name of a colour of the theme.
    """

    words: str
    short: str
    sign: str
    tone: str


_FATES = {
    Verdict.CONVERGED: Fate("converged at step {k}", "there at {k}", "tick", "minimum"),
    Verdict.STOPPED: Fate("stopped at step {k}: {kind}", "stopped at {k}", "dash", "tangent"),
    Verdict.OSCILLATING: Fate("never settles: {orbit}", "never settles", "dash", "danger"),
    Verdict.DIVERGED: Fate("diverged by step {k}", "diverged by {k}", "cross", "danger"),
    Verdict.FALLING: Fate("f falls for ever", "falls for ever", "cross", "danger"),
    Verdict.LEFT_DOMAIN: Fate("left the domain at step {k}", "no value at {k}", "cross", "danger"),
    Verdict.STUCK: Fate("stuck: {kind}", "stuck", "dash", "tangent"),
    Verdict.NO_STEP: Fate("no step from x{low}: {singular}", "no step from {k}", "cross", "danger"),
    Verdict.BUDGET_SPENT: Fate("{k} steps spent, {trend}", "not there at {k}", "dash", "label"),
}
# What is said instead where it says more.
_AT_ONCE = replace(_FATES[Verdict.CONVERGED], words="there from the start", short="there at 0")
_LEAVING = replace(_FATES[Verdict.BUDGET_SPENT], short="moving away")
KINDS = {
    Kind.SADDLE: "a saddle",
    Kind.MAXIMUM: "a maximum",
    Kind.INFLECTION: "an inflection",
    Kind.FLAT: "level ground",
    Kind.PLATEAU: "a plateau",
    Kind.NONE: "no minimum",
}
_TRENDS = {
    Trend.APPROACHING: "not there yet",
    Trend.LEAVING: "moving away",
    Trend.UNDECIDED: "not there",
}
_NO_KIND = "the slope is 0"
_BOUNDED, _CYCLE = "bounded", "a cycle of {period}"
_SINGULAR = ("f″ is 0", "H is singular")


def fate_of(walk: Walk) -> Fate:
    """What became of a walk, with its own number of steps."""
    return fate(walk.verdict, walk.ending, k=walk.stopped_at, dimension=walk.field.dimension)


def fate(verdict: Verdict, ending: Ending, *, k: int, dimension: int) -> Fate:
    """What a verdict and an ending after k steps say of a walk of so many variables."""
    found = _FATES[verdict]
    if verdict is Verdict.CONVERGED and k == 0:
        found = _AT_ONCE
    if verdict is Verdict.BUDGET_SPENT and ending.trend is Trend.LEAVING:
        found = _LEAVING
    told = {
        "k": k,
        "low": lowered(k),
        "kind": _NO_KIND if ending.kind is None else KINDS.get(ending.kind, ""),
        "orbit": _BOUNDED if ending.period is None else _CYCLE.format(period=ending.period),
        "singular": _SINGULAR[dimension > 1],
        "trend": _TRENDS[ending.trend or Trend.UNDECIDED],
    }
    return replace(found, words=found.words.format(**told), short=found.short.format(**told))


def templates() -> dict[str, Any]:
    """The table as plain data, for a page that fills in what it computes by itself.

    `fates` by the verdict's name, their words with {k}, {kind}, {orbit} and {trend} in them;
    `at_once` is CONVERGED's at k = 0. `kinds` and `trends` by value, "" for one that is not known;
    `cycle` has a {period}, `bounded` is an orbit without one.
    """
    return {
        "fates": {verdict.name: asdict(fate) for verdict, fate in _FATES.items()},
        "at_once": asdict(_AT_ONCE),
        "kinds": {"": _NO_KIND} | {kind.value: words for kind, words in KINDS.items()},
        "trends": {trend.value: words for trend, words in _TRENDS.items()},
        "bounded": _BOUNDED,
        "cycle": _CYCLE,
    }


def lowered(k: int) -> str:
    """A number as a subscript."""
    return str(k).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
