"""Formulas as MathML, which browsers set by themselves."""

from __future__ import annotations

import html
from collections.abc import Sequence

import sympy as sp
from markupsafe import Markup

from gdstage.look.printing import Textbook

_GREEK = {
    name: html.unescape(f"&{name};")
    for name in [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "theta",
        "lambda",
        "mu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "phi",
        "omega",
    ]
}
_SIGNS = {"<": "&lt;", "<=": "≤", ">": "&gt;", ">=": "≥", "!=": "≠", "==": "="}
# Unseen, it tells a screen reader what stands side by side.
_TIMES = "<mo>&#x2062;</mo>"


class MathML:
    """Presentation MathML; each part is one element."""

    def number(self, digits: str) -> str:
        """A number."""
        return f"<mn>{digits}</mn>"

    def symbol(self, name: str, index: str) -> str:
        """A letter, or a word in upright type."""
        letter = f"<mi>{_GREEK.get(name, html.escape(name))}</mi>"
        return f"<msub>{letter}<mi>{html.escape(index)}</mi></msub>" if index else letter

    def side_by_side(self, factors: Sequence[str], *, dotted: Sequence[bool]) -> str:
        """With a dot or nothing to see between them."""
        joints = ["", *("<mo>⋅</mo>" if dot else _TIMES for dot in dotted[1:])]
        return _row(*(part for pair in zip(joints, factors, strict=True) for part in pair))

    def sum(self, terms: Sequence[tuple[str, str]]) -> str:
        """With its signs."""
        signs = {"+": "<mo>+</mo>", "-": "<mo>−</mo>"}
        line = "".join(signs[sign] + term for sign, term in terms)
        return _row(line.removeprefix(signs["+"]))

    def fraction(self, above: str, below: str) -> str:
        """One over the other."""
        return f"<mfrac>{above}{below}</mfrac>"

    def power(self, base: str, exponent: str) -> str:
        """A superscript."""
        return f"<msup>{base}{exponent}</msup>"

    def root(self, degree: str, inside: str) -> str:
        """A root sign."""
        return f"<mroot>{inside}{degree}</mroot>" if degree else f"<msqrt>{inside}</msqrt>"

    def brackets(self, inside: str) -> str:
        """They keep their size beside fractions."""
        return _row('<mo stretchy="false">(</mo>', inside, '<mo stretchy="false">)</mo>')

    def bars(self, inside: str, *, is_letter: bool) -> str:
        """An absolute value."""
        del is_letter
        return _row("<mo>|</mo>", inside, "<mo>|</mo>")

    def call(self, name: str, power: str, arguments: Sequence[str], *, bare: bool) -> str:
        """A name with what it is of, in brackets always."""
        del bare
        head = f"<msup><mi>{name}</mi>{power}</msup>" if power else f"<mi>{name}</mi>"
        return _row(head, self.brackets("<mo>,</mo>".join(arguments)))

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """A brace before the rows of a table."""
        words = ["if", *["else if"] * (len(rows) - 2), "otherwise"]
        lines = "".join(
            f"<mtr><mtd>{value}</mtd><mtd><mtext>{word}\u00a0</mtext>{condition}</mtd></mtr>"
            for word, (value, condition) in zip(words, rows, strict=True)
        )
        return _row("<mo>{</mo>", f'<mtable columnalign="left">{lines}</mtable>')

    def relation(self, left: str, sign: str, right: str) -> str:
        """A comparison."""
        return _row(left, f"<mo>{_SIGNS[sign]}</mo>", right)


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def equation(value: sp.Expr, variables: Sequence[sp.Symbol], sign: str = "=") -> Markup:
    """The markup of "f(x, y) = …" on one line."""
    printer = Textbook(MathML())
    names = "<mo>,</mo>".join(printer.doprint(variable) for variable in variables)
    head = _row("<mi>f</mi>", MathML().brackets(names))
    line = f"{head}<mo>{sign}</mo>{printer.doprint(value)}"
    return Markup(f"<math><mrow>{line}</mrow></math>")  # noqa: S704 (made of the expression alone)
