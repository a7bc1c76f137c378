"""Whether Typst's code of some words says these words: it is read back, character by character.

Words are Typst's strings, formulas among them its mathematics. That may set a character upright or
slanted, raise what Unicode has raised, and choose the spaces; it may say no other character.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import decomposition

_BREAK = r"#linebreak\(\)(?=#)"
_PARTS = {
    form: re.compile(
        form.format(r'(?:"((?:[^"\\]|\\["\\])*)"|\$([^ $](?:[^$]*[^ $])?)\$)') + rf"({_BREAK})?"
    )
    for form in ("#{}", r"#strong\({}\)")
}
# What Typst shows as it is written, or what it stands for; two of "=<>" would be an arrow.
_TOKEN = re.compile(
    r"""
    (?P<shift>[_^])\((?P<script>[0-9A-Za-z+−\ ]+)\)
    | (?P<itself>
        \d+(?:\.\d+)?
        | (?:arc|ar)?(?:sin|cos|tan)h?(?![^\W_]) | (?:exp|ln|log|max|min)(?![^\W_])
        | [A-Za-zα-ωΑ-Ωϵϑϕϱ](?![^\W\d_])
        | [=<>](?![=<>]) | [≈≠≤≥∈→−±+·×∂∇′″()\[\],]
      )
    | (?P<slash>\\/)
    | (?P<thin>[ ]thin[ ])
    | (?P<space>(?<!\d)[ ]|[ ](?!\d))
    """,
    re.VERBOSE,
)


def says(code: str, text: str) -> bool:
    """Whether a line of Typst is a text as words, all of them bold or none."""
    return any(_reads(code, text, part) for part in _PARTS.values())


def _reads(code: str, text: str, part: re.Pattern[str]) -> bool:
    """Whether code that is made of such parts reads as a text."""
    at, pattern = 0, ""
    while found := part.match(code, at):
        words, formula, ends = found.groups()
        read = re.escape(re.sub(r"\\(.)", r"\1", words)) if formula is None else _pattern(formula)
        if read is None:
            return False
        at, pattern = found.end(), pattern + read + (" " if ends else "")
    return 0 < at == len(code) and re.fullmatch(pattern, text) is not None


def _pattern(formula: str) -> str | None:
    """What a formula's characters are in a text, between which spaces may be; None if unknown."""
    at, found = 0, []
    while token := _TOKEN.match(formula, at):
        at = token.end()
        if token["script"]:
            of = "super" if token["shift"] == "^" else "sub"
            found.append("".join(_small(c, of) for c in token["script"].replace(" ", "")))
        elif token["slash"] or token["itself"]:
            found.append("/" if token["slash"] else re.escape(token["itself"]))
        elif token["thin"]:
            found.append("\u202f")
    return " ?".join(found) if at == len(formula) else None


@cache
def _small(character: str, kind: str) -> str:
    """Unicode's raised ("super") or lowered ("sub") forms of a character, as a pattern."""
    code = f"<{kind}> {ord(character):04X}"
    forms = [form for form in map(chr, range(0x2C80)) if decomposition(form) == code]
    return f"[{''.join(forms)}]" if forms else r"(?!)"
