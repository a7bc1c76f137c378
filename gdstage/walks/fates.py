"""What became of a walk: the one table of its words, its sign and the colour that says the same.

It knows nothing of manim, so that pages and reports can say it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gdmath import Verdict

if TYPE_CHECKING:
    from gdmath import Walk


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
    Verdict.BUDGET_SPENT: Fate("{k} steps spent, not there", "not there at {k}", "dash", "label"),
    Verdict.OSCILLATING: Fate("{k} steps, never settles", "never settles", "dash", "danger"),
    Verdict.DIVERGED: Fate("diverged by step {k}", "diverged by {k}", "cross", "danger"),
    Verdict.LEFT_DOMAIN: Fate("left the domain at step {k}", "no value at {k}", "cross", "danger"),
    Verdict.STUCK: Fate("stuck: the slope is 0", "stuck", "dash", "label"),
}
_NO_STEP = Fate("no step from x{low}: f″ is 0", "no step from {k}", "cross", "danger")


def fate_of(walk: Walk) -> Fate:
    """What became of a walk, with its own number of steps."""
    k = walk.stopped_at
    halted = walk.step.name == "newton" and walk.verdict is Verdict.DIVERGED and k < walk.steps
    fate = _NO_STEP if halted else _FATES[walk.verdict]
    return Fate(_told(fate.words, k), _told(fate.short, k), fate.sign, fate.tone)


def lowered(k: int) -> str:
    """A number as a subscript."""
    return str(k).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _told(words: str, k: int) -> str:
    return words.format(k=k, low=lowered(k))
