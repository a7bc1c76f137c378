"""Bold words: those that claim something wherever they stand, and that a fact must say.

They compare (longer, most), name a colour or how light something is, say which way something goes,
or speak of all, of none, of no more than this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gdlecture.verify.wording import NUMBER_WORDS

NOT_COMPARED = frozenset((
    "after", "another", "answer", "centre", "chapter", "computer", "corner", "danger", "differ",
    "either", "enter", "ever", "far", "her", "however", "inner", "interest", "layer", "letter",
    "matter", "neither", "never", "number", "optimizer", "order", "other", "outer", "over",
    "paper", "parameter", "per", "pointer", "power", "quarter", "rather", "remember", "request",
    "rest", "scatter", "test", "thermometer", "together", "transfer", "under", "upper",
    "walker", "water", "whatever", "whenever", "whether", "wherever", "offer", "center",
    "filter", "former", "latter", "later", "per", "cover", "discover", "consider", "prefer",
    "refer", "render", "server", "user", "counter", "manner",
))  # fmt: skip
"""What ends like a comparative and is none."""

_COMPARED = r"more|less|most|least|better|best|worse|worst|farther|further|\w{2,}(?:er|est)"
_COLOURS = (
    "red|blue|green|yellow|orange|violet|purple|pink|brown|turquoise|white|black|gr[ae]y"
    "|(?<!in the )dark|bright|pale"
)
_WAYS = (
    "up|down|upwards?|downwards?|uphill|downhill|rises?|falls?|climbs?|sinks?"
    r"|(?<=to the )(?:left|right)|(?<=goes )(?:left|right)|(?<=points )(?:left|right)"
)
_QUANTIFIERS = (
    "all|every|each|always|never|only|both|same|no|none|nothing|nobody|everywhere|nowhere"
    "|everything"
)

KINDS = {
    "comparison": re.compile(rf"(?<!\w)(?:{_COMPARED})(?!\w)", re.IGNORECASE),
    "colour": re.compile(rf"(?<!\w)(?:{_COLOURS})(?!\w)", re.IGNORECASE),
    "way": re.compile(rf"(?<!\w)(?:{_WAYS})(?!\w)", re.IGNORECASE),
    "quantifier": re.compile(rf"(?<!\w)(?:{_QUANTIFIERS})(?!\w)", re.IGNORECASE),
}
"""The bold words, by what they claim."""

COMPARING = frozenset((
    "along", "across", "crosses", "equal", "everywhere", "growth", "lower at the edge",
    "lower elsewhere", "more steps", "nowhere", "ordered", "reached", "shading", "steady",
    "taught", "trend",
))  # fmt: skip
"""Facts of how things stand to each other, which alone bear out a comparison."""


def bold_words(words: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The bold words of a text: (what each claims, the word, where)."""
    for kind, pattern in KINDS.items():
        for found in pattern.finditer(words):
            word = found[0].lower()
            if word in NOT_COMPARED or (kind == "comparison" and word in NUMBER_WORDS):
                continue
            yield kind, found[0], found.span()
