"""What the words of titles and captions say: their numerals, and the words that make a claim.

The tables here are verify's own: which verdicts a word may stand for, and which order of which
quantities an adjective tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from gdlecture.verify.reading import Numeral, is_rounding

NUMBER_WORDS = {
    "zero": 0.0, "none": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "half": 0.5, "halve": 0.5,
    "halves": 0.5, "quarter": 0.25, "twice": 2.0, "double": 2.0, "doubles": 2.0, "cubic": 3.0,
}  # fmt: skip

UNCOUNTED = {"one", "none"}
"""Words that may be numerals, and mostly are none: "one rule", "the other one"."""

_FORMS = r"(?:\d{1,3}(?:\u202f\d{3})+|\d+(?:\.\d+)?)"
_POWER = r"(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|/\d+(?![\w/]))"
_TOKEN = re.compile(
    rf"(?P<digits>(?<![\w.])(?<!almost )−?{_FORMS}{_POWER}?[%…]?)"
    r"|(?P<lowered>[₀-₉]+)|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    rf"|(?P<word>\b(?:{'|'.join(NUMBER_WORDS)})\b)",
    re.IGNORECASE,
)
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉−", "-01234567890123456789-", "\u202f")
_CLOSE = 1e-9


@dataclass(frozen=True)
class Token:
    """A numeral as it stands in words, where, and the relation that it is told with, or ""."""

    text: str
    start: int
    end: int
    relation: str = ""

    @property
    def may_be_uncounted(self) -> bool:
        """Whether it may be no number of the picture."""
        return self.text.lower() in UNCOUNTED

    def tells(self, value: float) -> bool:
        """Whether the numeral is a faithful writing of a value."""
        try:
            return self._tells(value)
        except (ArithmeticError, ValueError):  # 11⁻⁵ is no numeral
            return False

    def _tells(self, value: float) -> bool:
        text = self.text
        if text.lower() in NUMBER_WORDS:
            return math.isclose(NUMBER_WORDS[text.lower()], value, rel_tol=_CLOSE, abs_tol=_CLOSE)
        if text.endswith("%"):
            told = _numeral(text[:-1], "")
            return is_rounding(told, value) or is_rounding(told, 100 * value)
        if text.endswith("…"):
            told = _numeral(text[:-1].lstrip("−"), "")
            return text.startswith("−") == (value < 0) and is_rounding(told, abs(value), "down")
        if "/" in text:
            top, bottom = text.translate(_PLAIN).split("/")
            return int(bottom) > 0 and math.isclose(Fraction(int(top), int(bottom)), value)
        if math.isinf(value) and not self.relation:
            return is_rounding(_numeral(text, "<" if text.startswith("−") else ">"), value)
        return is_rounding(_numeral(text, self.relation), value)


def tokens(words: str) -> list[Token]:
    """All numerals of a text, in the order of reading, and the words that may be numerals."""
    found = []
    for match in _TOKEN.finditer(words):
        before = re.search(r"([=≈<>≤≥])\s*$", words[: match.start()])
        found.append(Token(match[0], *match.span(), before[1] if before else ""))
    return found


def _numeral(text: str, relation: str) -> Numeral:
    """A numeral in digits: 12, −0.5, 3.36×10⁻⁶, 10⁻⁵, ₃."""
    mantissa, times, power = text.partition("×10")
    if not times:
        raised = re.fullmatch(r"(−?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
        mantissa, power = (f"{raised[1]}1", raised[2]) if raised else (text, "")
    value = Decimal(mantissa.translate(_PLAIN))
    exponent = int(power.translate(_PLAIN) or 0)
    unit = Decimal(1).scaleb(-len(mantissa.partition(".")[2]))
    return Numeral(relation, value.scaleb(exponent), unit.scaleb(exponent), text)


def spans(said: str, words: str) -> Iterator[tuple[int, int]]:
    """Where something is said, as a whole: no part of a word or of a numeral."""
    lowered = re.match("[₀-₉]", said)
    before, after = ("[₀-₉]",) * 2 if lowered else (r"[\w.−/]", r"(?:\w|\.\d|/\d|\u202f\d|[%…×⁻])")
    if said:
        for match in re.finditer(f"(?<!{before}){re.escape(said)}(?!{after})", words):
            yield match.span()


# Iterates in words


@dataclass(frozen=True)
class NamedCoordinate:
    """A coordinate that words name by its index, "x₃", and where it ends in them."""

    text: str
    end: int


_NAMED = re.compile(r"(?<!\w)[a-z][₀-₉]+(?=\s*[=≈]\s*$)")
_STEPS_AFTER, _STEP_BEFORE = re.compile(r"\s+(?:\w+\s+)?steps?\b"), re.compile(r"\bsteps?\s+$")


def named_coordinate(before: str) -> NamedCoordinate | None:
    """The coordinate that a numeral is said to be by the words before it: "x₃ ≈ "."""
    found = _NAMED.search(before)
    return NamedCoordinate(found[0], found.end()) if found else None


def counts_steps(words: str, token: Token) -> bool:
    """Whether a numeral counts steps: "3 steps", "20 more steps", "at step 3"."""
    after, before = words[token.end :], words[: token.start]
    return bool(_STEPS_AFTER.match(after) or _STEP_BEFORE.search(before))


def is_of_start(before: str) -> bool:
    """Whether the words before a numeral say that it is of the start: "from (3.5, "."""
    pattern = r"\b(?:from|starts?|begins?)\b(?!.*\bsteps?\b)"
    return re.search(pattern, before, re.IGNORECASE) is not None


def is_one_clause(between: str) -> bool:
    """Whether what stands between two words of a sentence parts no clauses: "(…, " does not."""
    return re.search(r",\s(?![^(]*\))|[;:]", between) is None


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends: at lines, and at points that are in no numeral."""
    first = 0
    for found in re.finditer(r"[.!?](?=\s|$)|\n|$", words):
        if found.start() > first:
            yield first, found.start()
        first = found.end()


_PRESUMING = re.compile(r"\b(?:why|how (?:come|does|do|did))\b|n[’']t\b", re.IGNORECASE)
"""Who asks so says that it is as he asks."""


def questions(words: str) -> Iterator[tuple[int, int]]:
    """Where each question begins and ends that leaves it open whether it is so."""
    for first, past in sentences(words):
        if words[past : past + 1] == "?" and not _PRESUMING.search(words, first, past):
            yield first, past


# Formulas in words

FORMULAS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"\be([ˣʸ])", lambda m: "exp(" + {"ˣ": "x", "ʸ": "y"}[m[1]] + ")"),
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "**" + m[0].translate(_PLAIN)),
    (r"\bln ", lambda _: "log "),
    (r"\b(sin|cos|log) (\w+)", lambda m: f"{m[1]}({m[2]})"),
    (r"σ\(", lambda _: "s*("),
    (r"σ", lambda _: "s"),
    (r"\bc\b", lambda _: "y"),
    (r"−", lambda _: "-"),
    (r" ", lambda _: ""),
)
"""How words write formulas; the plane y = c is where y is."""

PHRASED = {"its own derivative": "s", "a quarter turn": "sin(x+pi/2)"}
"""What is a formula too: s is the function itself."""


def formula_text(said: str) -> str:
    """A formula in words as the parser reads it: "x²" is x**2, "cos x" is cos(x)."""
    if said in PHRASED:
        return PHRASED[said]
    for pattern, put in FORMULAS:
        said = re.sub(pattern, put, said)
    return said


# Words that claim something

VERDICTS = {
    "CONVERGED": "it arrives|arrives|arrive|settles|is there|there already|gets there|reaches"
    "|rolls into|there in|stuck in|converges|converged|converge|finds the minimum|find the minimum"
    "|found the minimum|finds its minimum|find its minimum|found its minimum",
    "STOPPED": "no minimum is there|can stop|it stops|stops on|ends at the saddle|climbs to",
    "OSCILLATING": "never settles|never at rest|to and fro for ever|ends up jumping|jumps between"
    "|ends in a cycle|comes to rest nowhere|a cycle of|oscillates|oscillate",
    "DIVERGED": "runs away|goes ever farther|out of the range of numbers|too large for numbers"
    "|flies off|diverges|diverged|diverge|explodes|blows up",
    "FALLING": "falls for ever|falls without end|goes on down|no lowest value",
    "LEFT_DOMAIN": "has no value|no value|out of the domain|leaves the domain",
    "STUCK": "stuck|ends where it starts",
    "NO_STEP": "no step from|names no next point",
    "BUDGET_SPENT": "not there yet|moves away|not at rest|not enough|runs out of steps",
}
"""Words that say how a walk ends."""

KINDS = {
    "SADDLE": "a saddle|the saddle",
    "MAXIMUM": "a maximum",
    "MINIMUM": "a minimum|a local minimum|minima",
    "INFLECTION": "an inflection",
    "PLATEAU": "a plateau",
    "FLAT": "level ground",
    "NONE": "a bound that it never attains",
}
"""Words that say what a stationary point is; "no minimum" is said of each but a minimum."""

NO_MINIMUM = "no minimum"

ORDERS = (
    ("no faster", "steps", ">="),
    ("faster", "steps", "<"),
    ("slow", "steps", ">"),
    ("nearer to|start nearer", "coordinate distance", "<"),
    ("steeper|so steep", "slope steepness", ">"),
    ("steepness", "", ""),
    ("long strides on the slope, short ones", "length", "<"),
    ("and longer", "length", ">"),
    ("less and less", "steepness", "<"),
    ("goes down|rolls down", "value", "<"),
    ("deeper|deepest|coldest|colder", "value", "< <="),
    ("lower elsewhere|f is lower", "value", "<"),
    ("hottest", "value", ">"),
    ("over the bound", "rate", ">"),
    ("larger rate", "rate", ">"),
    ("positive", "", ">"),
    ("negative", "", "<"),
    ("right of", "coordinate", ">"),
    ("left of", "coordinate", "<"),
    ("fits better", "", ">"),
    ("almost 0|almost level|almost vanishes", "", "<="),
    ("longer|larger|greater|higher|hotter|warmer|farther|wider|later|bigger", "", ">"),
    ("shorter|smaller|gentler|flatter|closer|nearer|fewer|cooler|narrower|earlier", "", "<"),
    ("slower", "steps", ">"),
    ("positive definite", "eigenvalue curvature", ">"),
    ("negative definite", "eigenvalue curvature", "<"),
    ("positive semidefinite", "eigenvalue curvature", ">="),
    ("negative semidefinite", "eigenvalue curvature", "<="),
    ("curves up", "eigenvalue curvature", ">"),
    ("curves down", "eigenvalue curvature", "<"),
)
"""Adjectives, the quantities that they are said of ("" is any), and the order that they tell."""


def claiming(words: str, table: dict[str, str]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The claiming words of a table in a text, the longest first: (meaning, word, where)."""
    pairs = [(word, meaning) for meaning, told in table.items() for word in told.split("|")]
    yield from _found(words, pairs)


def _found(words: str, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    taken: list[tuple[int, int]] = []
    for word, meaning in sorted(pairs, key=lambda pair: -len(pair[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", words, re.IGNORECASE):
            if not any(low < match.end() and match.start() < high for low, high in taken):
                taken.append(match.span())
                yield meaning, word, match.span()


def adjectives(words: str) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """The adjectives of a text: (index of its order, word, where)."""
    told = chain.from_iterable(
        ((word, str(i)) for word in order[0].split("|")) for i, order in enumerate(ORDERS)
    )
    for index, word, span in _found(words, list(told)):
        yield int(index), word, span
