"""What may be written in the picture of a walk's end; the table is verify's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdlecture.verify.source import FactError
from gdlecture.verify.words import taken_again

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.source import Source

FATES = {
    "CONVERGED": ("converged at step {k}", "there at {k}"),
    "STOPPED": ("stopped at step {k}: {kind}", "stopped at {k}"),
    "OSCILLATING": ("never settles: {orbit}", "never settles"),
    "DIVERGED": ("diverged by step {k}", "diverged by {k}"),
    "FALLING": ("f falls for ever", "falls for ever"),
    "LEFT_DOMAIN": ("left the domain at step {k}", "no value at {k}"),
    "STUCK": ("stuck: {kind}", "stuck"),
    "NO_STEP": ("no step from x{low}: {singular}", "no step from {k}"),
    "BUDGET_SPENT": ("{k} steps spent, {trend}", "not there at {k}"),
}
"""What is written of a walk's end, at length and shortly."""

KIND_WORDS = {
    None: "the slope is 0",
    "SADDLE": "a saddle",
    "MAXIMUM": "a maximum",
    "INFLECTION": "an inflection",
    "FLAT": "level ground",
    "PLATEAU": "a plateau",
    "NONE": "no minimum",
}
TRENDS = {"APPROACHING": "not there yet", "LEAVING": "moving away"}
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def verdict_words(walk: Any) -> tuple[str, str]:
    """What may be written of a walk's end, made from the walk alone: at length, and shortly."""
    verdict, ending, k = walk.verdict.name, walk.ending, walk.stopped_at
    if verdict == "CONVERGED" and k == 0:
        return "there from the start", "there at 0"
    kind, trend = ending.kind and ending.kind.name, ending.trend and ending.trend.name
    told = {
        "k": k,
        "low": str(k).translate(LOWERED),
        "kind": KIND_WORDS.get(kind, ""),
        "orbit": "bounded" if ending.period is None else f"a cycle of {ending.period}",
        "singular": "f″ is 0" if walk.field.dimension == 1 else "H is singular",
        "trend": TRENDS.get(trend or "", "not there"),
    }
    long, short = (text.format(**told) for text in FATES[verdict])
    leaving = verdict == "BUDGET_SPENT" and trend == "LEAVING"
    return long, "moving away" if leaving else short


def check_verdict(claim: Claim, record: Source) -> str:
    """What is wrong with a verdict's words in the picture, or "" if they are the walk's own."""
    text, facts = claim.told.get("text"), claim.told.get("facts")
    if not isinstance(text, str) or not isinstance(facts, list) or not facts:
        return f"{claim.name}: expected a text with the fact of a walk’s end"
    verdict = facts[0]
    try:
        taken_again(verdict, record)
        expected = verdict_words(record.walk(verdict["of"]["walk"]))
    except (FactError, KeyError) as error:
        return f"{claim.name}: {error}"
    if text not in expected:
        return f"{claim.name}: expected “{expected[0]}” or “{expected[1]}”, found “{text}”"
    return ""
