"""Bold words: those that claim something wherever they stand, and that a fact must say.

They compare (longer, most), name a colour or how light something is, say which way something goes,
turn what is said into its opposite, or speak of all, of none, of no more than this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

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
_REVERSALS = (
    "not|cannot|without|except|unless|instead|hardly|barely|scarcely|rarely|seldom|neither|nor"
    "|fails?|avoids?|refuses?|ignores?|wrong|wrongly|false|opposite|reversed?|contrary|anything but"
    r"|\w+n[’']t"
)

KINDS = {
    "comparison": re.compile(rf"(?<!\w)(?:{_COMPARED})(?!\w)", re.IGNORECASE),
    "colour": re.compile(rf"(?<!\w)(?:{_COLOURS})(?!\w)", re.IGNORECASE),
    "way": re.compile(rf"(?<!\w)(?:{_WAYS})(?!\w)", re.IGNORECASE),
    "reversal": re.compile(rf"(?<!\w)(?:{_REVERSALS})(?!\w)", re.IGNORECASE),
    "quantifier": re.compile(rf"(?<!\w)(?:{_QUANTIFIERS})(?!\w)", re.IGNORECASE),
}
"""The bold words, by what they claim."""

COMPARING = frozenset((
    "along", "across", "crosses", "equal", "everywhere", "growth", "lower at the edge",
    "lower elsewhere", "more steps", "nowhere", "ordered", "reached", "shading", "steady",
    "taught", "trend",
))  # fmt: skip
"""Facts of how things stand to each other, which alone bear out a comparison."""


_TURNING = re.compile(
    rf"(?<!\w)(?:{_REVERSALS}|never|no|none|nothing|nobody|nowhere)(?!\w)", re.IGNORECASE
)


def is_reversed(words: str, first: int, but: Collection[str] = ()) -> bool:
    """Whether what begins at `first` is turned into its opposite by a word before it, but by some.

    Two of them cancel each other; at a comma, or where a clause ends, they cease.
    """
    clause = re.split(r"[,;:.!?\n]", words[:first])[-1]
    return sum(word.lower() not in but for word in _TURNING.findall(clause)) % 2 == 1


def bold_words(words: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The bold words of a text: (what each claims, the word, where)."""
    for kind, pattern in KINDS.items():
        for found in pattern.finditer(words):
            word = found[0].lower()
            if kind == "comparison" and word in {*NOT_COMPARED, *NUMBER_WORDS}:
                continue
            yield kind, found[0], found.span()
