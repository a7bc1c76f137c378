"""A formula in LaTeX, read by sympy and then judged like any other text."""

from __future__ import annotations

import re
import warnings
from importlib import import_module

import sympy as sp

from gdlecture.descend.limits import TooLongError

MAX_LENGTH = 500
COMMANDS = frozenset(
    (
        *("frac", "sqrt", "ln", "log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh"),
        *("arcsin", "arccos", "arctan", "pi", "cdot", "times", "left", "right"),
        *("lvert", "rvert", "mathrm", "operatorname", "quad"),
    )
)
"""The commands that a formula may hold; all others are refused before anything is read."""

_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_SPACES = frozenset(",;:! ")
_PLAIN = re.compile(r"[A-Za-z0-9\s+\-*/^_(){}.|=,\\;:!]*")


class LatexError(ValueError):
    """LaTeX that is no formula of x and y; the message says what and where."""


def formula_of(latex: str) -> str:
    """The formula that a piece of LaTeX writes, as text for `ScalarField.parse`.

    Nothing is computed here: whatever sympy makes of it is only written out.

    Raises:
        LatexError: it cannot be read, with the place.
    """
    _check(latex)
    text = re.sub(r"\\[,;:! ]|\\quad\b|\\(?:mathrm|operatorname)\b", " ", latex)
    try:
        # Sympy imports it while it reads, which must not happen where nothing is evaluated.
        import_module("sympy.physics.quantum")
        from sympy.parsing.latex import parse_latex  # noqa: PLC0415 (lark takes a moment)

        with warnings.catch_warnings(), sp.evaluate(x=False):
            warnings.simplefilter("ignore")
            read = parse_latex(text, backend="lark")
            ways = [str(child) for child in getattr(read, "children", ())]
            written = str(read)
    except ImportError:
        raise LatexError("latex: it needs the package lark; pip install lark") from None
    except (TooLongError, KeyboardInterrupt):
        raise
    except RecursionError:
        raise LatexError("latex: it is nested too deeply") from None
    except Exception as error:  # what lark and sympy raise is open
        place = getattr(error, "column", None)
        where = f" (at position {place - 1})" if isinstance(place, int) and place > 0 else ""
        raise LatexError(
            f"latex: it does not read as a formula{where}; "
            "write \\cdot between factors and \\frac for quotients"
        ) from error
    if getattr(read, "data", None) == "_ambig":
        shown = " or ".join(dict.fromkeys(ways))[:80]
        raise LatexError(f"latex: it can be read in more than one way, {shown}; write \\frac")
    if not isinstance(read, sp.Expr):
        raise LatexError("latex: it is not one formula; write something like x^2 - \\ln x")
    return written


def _check(latex: str) -> None:
    if not latex.strip():
        raise LatexError("latex: it is empty; write a formula such as x^2")
    if len(latex) > MAX_LENGTH:
        raise LatexError(f"latex: it has {len(latex)} characters; at most {MAX_LENGTH} are read")
    for found in _COMMAND.finditer(latex):
        name = found.group(1)
        if name not in COMMANDS and name not in _SPACES:
            shown = name if name.isprintable() else "?"
            raise LatexError(f"latex: \\{shown} is not known here (at position {found.start()})")
    end = _PLAIN.match(latex)
    if end is None or end.end() < len(latex):
        place = end.end() if end else 0
        shown = latex[place] if latex[place].isprintable() else "?"
        raise LatexError(f"latex: {shown!r} has no place in a formula (at position {place})")
