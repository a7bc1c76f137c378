"""What a text says: its numbers, each with its relation, as a viewer reads them.

A numeral is a number that states how much. The index of a name (x_3, x₃, x_(k-1)), an exponent in
a symbolic formula (x², e^(2 x)), a root's degree and what belongs to a word (2-D) are none. The
coefficients of a formula are. A minus belongs to the numeral where nothing stands before it that it
could be taken from; a power of ten after "times" or "×" does too.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

DUST = 4
"""Units in the last place that float64 may be off a short decimal: 1.7999999999999998."""

RELATIONS = {
    "=": "=", "≈": "≈", "approx": "≈", "<": "<", ">": ">", "≤": "≤", "≥": "≥", "<=": "≤", ">=": "≥",
}  # fmt: skip

ONLY = re.compile(r"(?P<held>[a-z]) is only a number")
"""What says that a variable is held still."""

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋ₖₙₐₑₒₓ"
_THIN = "\u2009\u200a\u202f\u00a0"


@dataclass(frozen=True)
class Numeral:
    """A number as it is written: its relation "=", "≈", "<", ">", "≤", "≥" or "", and its value.

    `unit` is one unit of its last place; `source` how it was written.
    """

    relation: str
    value: Decimal
    unit: Decimal
    source: str

    @property
    def decimals(self) -> int:
        """How many places after the point its last digit has; below 0 for 4×10³."""
        exponent = self.unit.as_tuple().exponent
        return -exponent if isinstance(exponent, int) else 0

    def __str__(self) -> str:
        return f"{self.relation} {self.source}".strip()


def is_rounding(numeral: Numeral, value: float, mode: str = "near") -> bool:
    """Whether a numeral tells a float64 faithfully.

    "=" says that nothing but float64's dust was rounded away; "≈", or no relation, that the value
    is within half a unit of the last place ("near"), or that the numeral is not above it and less
    than a unit below ("down"); an inequality, that it holds. A 0 that is not rounded down tells 0
    only.
    """
    if not math.isfinite(value):
        return not math.isnan(value) and numeral.relation == (">" if value > 0 else "<")
    exact, dust = Fraction(float(value)), DUST * Fraction(math.ulp(value))
    over, unit = Fraction(numeral.value) - exact, Fraction(numeral.unit)
    if numeral.relation in {"<", ">", "≤", "≥"}:
        return _holds(numeral.relation, over, dust)
    if numeral.relation == "=":
        return abs(over) <= dust
    if mode == "down":
        return -unit < over <= dust
    return abs(over) <= unit / 2 + dust and (numeral.value != 0 or abs(exact) <= dust)


def _holds(relation: str, over: Fraction, dust: Fraction) -> bool:
    """Whether a value has this relation to a number that is larger by `over`."""
    match relation:
        case "<":
            return over > 0
        case ">":
            return over < 0
        case "≤":
            return over >= -dust
        case _:
            return over <= dust


def numerals(source: str) -> list[Numeral]:
    """The numbers of a text, plain words or Typst's mathematics, in the order of reading."""
    found: list[Numeral] = []
    tokens = _tokens(untinted(source))
    relation, at = "", 0
    while at < len(tokens):
        token = tokens[at]
        if token in RELATIONS:
            relation, at = RELATIONS[token], at + 1
        elif token in {"_", "^"}:
            at = _past_group(tokens, at + 1)
        elif token[0].isdigit() or _is_sign(tokens, at):
            numeral, at = _numeral(tokens, at, relation)
            found.append(numeral)
            relation = ""
        else:
            relation, at = "", at + 1
    return found


_TINT = re.compile(r'#text\(fill: rgb\("(#[0-9a-fA-F]+)"\), \$display\(#\$(.*?)\$\)\$\)')


def untinted(code: str) -> str:
    """Typst's mathematics without the colours of its parts."""
    while _TINT.search(code):
        code = _TINT.sub(r"\2", code)
    return code


def tinted(code: str) -> list[tuple[str, str]]:
    """The parts of Typst's mathematics that have a colour of their own: each colour and part."""
    return _TINT.findall(code)


# One reading for words and for mathematics: what is no part of a numeral only parts numerals.
_TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:\.\d+)?)
    | (?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    | (?P<lowered>["""
    + _SUBSCRIPTS
    + r"""]+)
    | (?P<word>[^\W\d_]+)
    | (?P<sign><=|>=|\S)
    """,
    re.VERBOSE,
)
_OPENERS = {"(", "[", ",", "=", "<", ">", ":", ";", "|", "–", "…", "/", "dot", "times", "^", "{"}


def _tokens(text: str) -> list[str]:
    """Words, numbers and signs; indices in one piece with what they belong to are dropped."""
    for thin in _THIN:
        text = text.replace(thin, " ")
    text = re.sub(r"\b(thin|med|quad|space)\b", " ", text)
    # The digits of a number whose parts have colours of their own.
    text = re.sub(r"(\d\.\d*) +(?=\d)", r"\1", text)
    # Digits that are part of a name, as in 2-D, x1 and log_10.
    text = re.sub(r"\b\d+[-‑–](?=[A-Za-z])", "", text)
    text = re.sub(r"(?<=[A-Za-z])\d+\b", "", text)
    found: list[str] = []
    for match in _TOKEN.finditer(text.replace("−", "-").replace("×", " times ")):
        kind, token = match.lastgroup, match[0]
        if kind == "raised":
            found += ["^", "(", *re.findall(r"-|\d+", token.translate(_SUPERSCRIPTS)), ")"]
        elif kind != "lowered":
            found.append(token)
    return found


def _is_sign(tokens: list[str], at: int) -> bool:
    """Whether a minus is there, that of the number after it."""
    if at + 1 >= len(tokens) or tokens[at] != "-" or not tokens[at + 1][0].isdigit():
        return False
    if at == 0:
        return True
    before = tokens[at - 1]
    return before in _OPENERS or before in RELATIONS or (before.isalpha() and len(before) > 1)


def _past_group(tokens: list[str], at: int) -> int:
    """Behind an index or an exponent, which may be in brackets."""
    if at < len(tokens) and tokens[at] == "-":
        at += 1
    if at >= len(tokens) or tokens[at] != "(":
        return at + 1
    depth = 0
    while at < len(tokens):
        depth += {"(": 1, ")": -1}.get(tokens[at], 0)
        at += 1
        if depth == 0:
            break
    return at


def _numeral(tokens: list[str], at: int, relation: str) -> tuple[Numeral, int]:
    """The number that begins there, and where it ends."""
    sign = ""
    if tokens[at] == "-":
        sign, at = "-", at + 1
    digits, at = tokens[at], at + 1
    value = Decimal(sign + digits)
    unit = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    said = sign + digits
    power, end = _power(tokens, at + 2) if tokens[at : at + 2] == ["times", "10"] else (None, at)
    if power is not None:
        said += f"×10^{power}"
    elif digits == "10":
        power, end = _power(tokens, at)
        if power is not None:
            value, unit, said = Decimal(sign + "1"), Decimal(1), f"{sign}10^{power}"
    if power is None:
        return Numeral(relation, value, unit, said), at
    return Numeral(relation, value.scaleb(power), unit.scaleb(power), said), end


def _power(tokens: list[str], at: int) -> tuple[int | None, int]:
    """The whole exponent that begins there with ^, and where it ends."""
    text = "".join(tokens[at : at + 5])
    found = re.match(r"\^\((-?\d+)\)|\^(\d+)", text)
    if not found:
        return None, at
    exponent = found[1] or found[2]
    length = 2 if found[2] else 3 + len(re.findall(r"-|\d+", exponent))
    return int(exponent), at + length
