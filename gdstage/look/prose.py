"""Words with mathematics among them: which part of a text is mathematics, and Typst's code of it.

Mathematics has a name in it: one Latin or Greek letter, with its primes, indices and exponents, and
all that signs, numbers, brackets and functions join to it: x₀ = 0.05, f(x, y), eˣ − ln x, ∂f/∂x.
Numbers without a name are words; so are the letters a, A and I by themselves, and a letter that is
a part of a word: 2-D, T-shaped, e.g.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UP, _RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᵈᵉⁱʲᵏᵐⁿᵖᵗᵘᵛʷˣʸᵀ", "0123456789+−abdeijkmnptuvwxyT"
_DOWN, _LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₚᵣₛₜᵤᵥₓ", "0123456789+−aehijklmnprstuvx"
_GREEK = "α-ωΑ-Ωϵϑϕϱ"

_SMALL = f"[′″{_UP}{_DOWN}]*"
_NUMBER = rf"\d++(?:\.\d++|(?:\u202f\d{{3}})++)?(?![A-Z]){_SMALL}"
# What makes a letter that it follows a part of a word.
_WORD_GOES_ON = rf"[^\W{_UP}{_DOWN}]|[’']|\.\w"
_NAME = rf"(?:[{_GREEK}]?(?:[a-z]|[A-Z](?!-))|[{_GREEK}])(?!{_WORD_GOES_ON}){_SMALL}"
_FUNCTION = (
    rf"(?:(?:arc|ar)?(?:sin|cos|tan)h?|exp|ln|log|max|min){_SMALL}"
    rf"(?:(?=\()|[ ](?![aAI]\b)(?=(?:{_NUMBER})?{_NAME}))"
)
_FACTOR = rf"{_NUMBER}|[∂∇]{_SMALL}|{_FUNCTION}|{_NAME}"
_JOINT = rf"[ ]?[=≈≠<>≤≥∈→−±+·×/][ ]?|[ ](?={_FUNCTION})"


def _joined(factor: str) -> str:
    """Factors side by side, terms of them with signs between."""
    term = f"[−±+]?(?:{factor})+"
    return f"{term}(?:(?:{_JOINT}){term})*"


def _bracketed(factor: str) -> str:
    """A list of what is made of such factors, in brackets."""
    one = _joined(factor)
    among = f"{one}(?:,[ ]{one})*"
    return rf"(?:\({among}\)|\[{among}\]){_SMALL}"


_INNER = f"{_FACTOR}|{_bracketed(_FACTOR)}"
_FORMULA = re.compile(rf"(?<![\w’'.-]){_joined(f'{_FACTOR}|{_bracketed(_INNER)}')}")


def prose(text: str, *, bold: bool = False) -> str:
    """A line of Typst that says a text, every character of it, and sets its mathematics as such."""
    form = "#strong({})" if bold else "#{}"
    return "".join(form.format(part) for part in _parts(text))


def gaps(text: str) -> list[int]:
    """Where spaces stand between words, none of them within a formula."""
    inside = {at for found in _formulas(text) for at in range(found.start(), found.end())}
    return [at for at, character in enumerate(text) if character == " " and at not in inside]


def _formulas(text: str) -> Iterator[re.Match[str]]:
    """The formulas in a text, in their order."""
    for found in _FORMULA.finditer(text):
        if found[0] not in {"a", "A", "I"} and any(map(str.isalpha, found[0])):
            yield found


def _parts(text: str) -> Iterator[str]:
    """Its words as Typst's strings and its formulas as Typst's mathematics, in their order."""
    at = 0
    for found in _formulas(text):
        if found.start() > at:
            yield _quoted(text[at : found.start()])
        yield f"${_mathematics(found[0])}$"
        at = found.end()
    if at < len(text) or not text:
        yield _quoted(text[at:])


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _mathematics(formula: str) -> str:
    """Typst's mathematics of a formula; most characters stand for themselves."""
    code = formula.replace("/", "\\/").replace("\u202f", " thin ")
    # Two letters, or two with a dot, would be one name if nothing were between them.
    code = re.sub(f"(?<=[{_GREEK}])(?=[A-Za-z])", " ", re.sub(" ?· ?", " · ", code))
    code = re.sub(f"[{_UP}]+", lambda found: f"^({_full(found[0], _UP, _RAISED)})", code)
    return re.sub(f"[{_DOWN}]+", lambda found: f"_({_full(found[0], _DOWN, _LOWERED)})", code)


def _full(script: str, small: str, full: str) -> str:
    """An index or an exponent in characters of full size, its letters apart."""
    return " ".join(re.findall(r"\d+|\D", script.translate(str.maketrans(small, full))))
