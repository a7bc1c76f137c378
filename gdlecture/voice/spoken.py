"""What is written, as it is said: "x₂₀ ≈ 0.5" is “x sub twenty is about zero point five”.

Captions hold the mathematics that Unicode can write, and no engine reads all of it. So any engine
is given words only: letters, and the punctuation at which a reader pauses. The same words are what
`lecture verify` expects, and what a lecturer who records them reads from a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from unicodedata import decomposition, name, normalize

Rule = tuple[str, str | Callable[[re.Match[str]], str]]

PUNCTUATION = ",.;:?!'-"
"""Beside letters and blanks, all that is left when words are to be spoken."""

LETTER = "[^\\W\\d_]"
_RAISED, _LOWERED = (
    "".join(c for c in map(chr, range(0x2C80)) if decomposition(c).startswith(f"<{kind}> "))
    for kind in ("super", "sub")
)
_POWERS = {"2": "squared", "3": "cubed"}
_NAMES = {
    "ln": "the natural log of", "log": "the log of", "exp": "exp of", "sin": "sine",
    "cos": "cosine", "tan": "tangent", "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine",
    "tanh": "hyperbolic tangent",
}  # fmt: skip
_SIGNS = {
    "+": "plus", "−": "minus", "±": "plus or minus", "·": "times", "⋅": "times", "×": "times",
    "*": "times", "/": "over", "^": "to the", "_": "sub", "=": "equals", "≠": "is not equal to",
    "≈": "is about", "<": "is less than", ">": "is greater than", "≤": "is at most",
    "≥": "is at least", "≪": "is much less than", "≫": "is much greater than", "∈": "in",
    "→": "to", "∞": "infinity", "√": "the square root of", "%": "percent", "°": "degrees",
    "&": "and", "∂": "partial", "∇": "the gradient of", "Σ": "the sum of", "∑": "the sum of",
    "½": "one half",
}  # fmt: skip
_PAUSES = str.maketrans(
    {"—": ", ", "–": ", ", "(": ", ", ")": ", ", "[": ", ", "]": ", ", "…": ", "}
    | dict.fromkeys('“”„"`|{}', " ")
    | {"’": "'", "‘": "'"}
)  # fmt: skip


def spoken(text: str) -> str:
    """A text in words: neither a digit nor a sign is left, but the `PUNCTUATION` of sentences.

    What is in words already stays as it is.
    """
    for pattern, said in _rules():
        text = re.sub(pattern, said, text)
    text = "".join(map(_named, text.translate(_PAUSES)))
    return _tidy(text)


@cache
def _rules() -> Sequence[Rule]:
    """What is said for what is written, in this order: some signs mean something side by side."""
    raised, lowered = f"[{_RAISED}]", f"[{_LOWERED}]"
    of = f"(?:(?<![^\\W_]{{2}})(?<={LETTER})|(?<=[′″{_LOWERED}]))"
    return (
        (r"(?<=\d)[\u202f\u2009](?=\d)", ""),  # 2 000
        # A derivative before what it is of; then what follows a name at once is its argument.
        (rf"∂²({LETTER})/∂({LETTER})²", r" second partial \1 by partial \2 "),
        (rf"∂({LETTER})/∂({LETTER})", r" partial \1 by partial \2 "),
        (rf"\bd({LETTER})/d({LETTER})\b", r" d \1 by d \2 "),
        (r"\|([^|]+)\|", r" the absolute value of \1 "),
        (rf"{of}\(([^()]*[+−·/][^()]*)\)", r" of \1, "),
        (rf"{of}\(([^()]*)\)", r" of \1 "),
        (rf"\b({'|'.join(_NAMES)})({raised}+)", _function_raised),
        (rf"\b({'|'.join(_NAMES)})\(([^()]*)\)", lambda m: f" {_called(m[1])} of {m[2]}, "),
        (rf"\b({'|'.join(_NAMES)})(?=[ \u202f]{LETTER}\b)", lambda m: f" {_NAMES[m[1]]} "),
        (rf"\(([^()]*)\)(?={raised})", r" the quantity \1, "),
        # A place in the plane, or what only holds a formula together, has no pause around it.
        (
            r"(?<![^\s(])[(\[]([^()\[\]]*)[)\]]",
            lambda m: f" {m[1]} " if _is_formula(m[1]) else m[0],
        ),
        ("″", " double prime "),
        ("′", " prime "),
        (f"{raised}+", lambda m: f" {_power(m[0])} "),
        (f"{lowered}+", lambda m: f" sub {_plain(m[0])} "),
        # A hyphen joins words; before a number, or between formulas, it is a minus.
        (r"(?<![\w)])-(?=\d)|(?<= )-(?= )", " minus "),
        (rf"(?<=\d)-(?={LETTER})", " "),
        (r"\b1/2\b", " one half "),
        (r"(?<=\d)(?:st|nd|rd|th)\b", ""),
        (r"\d+(?:\.\d+)?", lambda m: f" {number_in_words(m[0])} "),
        *((re.escape(sign), f" {said} ") for sign, said in _SIGNS.items()),
    )


def _is_formula(inside: str) -> bool:
    """Whether it has no word of three letters: it is a place, or mathematics."""
    return not re.search(f"{LETTER}{{3}}", inside)


def _plain(shifted: str) -> str:
    """What is raised or lowered, on the line, with blanks around its signs."""
    on_line = "".join(chr(int(decomposition(sign).split()[1], 16)) for sign in shifted)
    return re.sub("[+−=]", r" \g<0> ", on_line.strip("()"))


def _power(raised: str) -> str:
    exponent = _plain(raised).strip()
    return _POWERS.get(exponent, f"to the {exponent}")


def _function_raised(found: re.Match[str]) -> str:
    """The square of a function, as in ln²x."""
    return f" {_called(found[1])} {_power(found[2])} of "


def _called(function: str) -> str:
    return _NAMES[function].removesuffix(" of")


def number_in_words(digits: str) -> str:
    """A number in words: "0.05" is “zero point zero five”."""
    told = _counting().number_to_words(digits, andword="", comma="")
    return " ".join(re.sub(r"[-,]", " ", str(told)).split())


@cache
def _counting() -> Any:
    import inflect  # noqa: PLC0415 (a tenth of a second)

    return inflect.engine()


def _named(character: str) -> str:
    """A letter as it is, a Greek one by its name; of another sign its name too."""
    if character.isspace():
        return " "
    if character in PUNCTUATION:
        return character
    called = name(normalize("NFKC", character)[0], "")
    if character.isalpha() and called.startswith("GREEK"):
        return f" {called.split()[-1].lower().replace('lamda', 'lambda')} "
    if character.isalpha():
        return character
    return f" {re.sub('[0-9]+', _counted, called.lower().replace('-', ' '))} "


def _counted(found: re.Match[str]) -> str:
    """Some signs are told by numbers, as "braille pattern dots-12"."""
    return number_in_words(found[0])


def _tidy(text: str) -> str:
    """One blank between words, and pauses once."""
    text = " ".join(text.split())
    text = re.sub(r" (?=[,.;:?!])", "", text)
    text = re.sub(r",(?:[ ,]*)(?=[,.;:?!])", "", text)
    return text.strip(" ,")
