"""What people type into formulas from other habits, and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple


class Slip(NamedTuple):
    """Where a text departs from the way formulas are written here, and what would be right."""

    advice: str
    position: int


# Looked for in this order, before Python's grammar sees the text.
_SLIPS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\\[A-Za-z]*"), "this is LaTeX; write plain text such as sqrt(x)/2"),
    (re.compile(r"[A-Za-z]_\{\w*\}?"), "variables have no index here; write x or y"),
    (re.compile(r"\^"), "'^' is not a power here; write ** (x**2)"),
    (re.compile("[\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}]"), "write powers with ** (x**2)"),
    (re.compile("[\N{MULTIPLICATION SIGN}\N{MIDDLE DOT}\N{DOT OPERATOR}]"), "write * to multiply"),
    (re.compile("[\N{MINUS SIGN}\N{EN DASH}]"), "write the minus sign as -"),
    (re.compile(r"\|"), "write abs(x), not |x|"),
    (re.compile(r"(?<![\w.])0[xXbBoO]\w*|\d_\d"), "write numbers as decimals (0.5, 2, 1e-3)"),
    (re.compile(r"(?<!\w)\d+\.?\d*[jJ]\b"), "numbers must be real; write no j"),
    (re.compile(r"//"), "write / to divide"),
    (re.compile(r"==|!="), "compare with < <= > or >="),
    (re.compile(r"[{}\[\]]"), "write round parentheses ( )"),
    (re.compile(r"[^\x00-\x7f]"), "only plain ASCII characters may be used"),
    (re.compile(r"\blambda\b(?!.*:)"), "functions are of x, or of x and y"),
    (
        re.compile(r"[\"'`\\;:!@#$%&~?\x00-\x08\x0a-\x1f\x7f]|(?<![<>])=|<(?![\s=\w.(+-])|>>"),
        "it has no place in a formula",
    ),
]  # fmt: skip
_PRODUCT = re.compile(
    r"(?<![\w.])((?>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))\s*((?!(?:and|or|if|else|in|is|not|for)\b)[A-Za-z_]\w*|\()"
)

# Names from elsewhere that mean something which is written otherwise here.
_OTHERWISE = {
    "arcsin": "asin(x)", "arccos": "acos(x)", "arctan": "atan(x)", "tg": "tan(x)",
    "arcsinh": "asinh(x)", "arccosh": "acosh(x)", "arctanh": "atanh(x)", "arsinh": "asinh(x)",
    "cot": "1/tan(x)", "ctg": "1/tan(x)", "sec": "1/cos(x)", "csc": "1/sin(x)",
    "log10": "log(x)/log(10)", "log2": "log(x)/log(2)", "lg": "log(x)/log(10)",
    "log1p": "log(1 + x)", "expm1": "exp(x) - 1", "exp2": "2**x", "square": "x**2",
    "sgn": "sign(x)", "power": "pow(x, 2)", "maximum": "max(x, 1)", "minimum": "min(x, 1)",
    "logistic": "sigmoid(x)", "expit": "sigmoid(x)",
    "heaviside": "where(x < 0, 0, 1)", "step": "where(x < 0, 0, 1)", "fabs": "abs(x)",
    "piecewise": "where(x < 0, A, B)", "if": "where(x < 0, A, B)", "iif": "where(x < 0, A, B)",
    "clip": "min(max(x, 0), 1)", "norm": "sqrt(x**2 + y**2)", "hypot": "sqrt(x**2 + y**2)",
}  # fmt: skip
_INDEXED = re.compile(r"([A-Za-z]+?)_?(\d)")
_GREEK = ["theta", "alpha", "beta", "gamma", "phi", "omega", "lambda", "mu", "sigma", "xi", "eta"]


def slip_in(text: str, functions: Sequence[str]) -> Slip | None:
    """The first kind of slip that the text has, or None; `functions` are the known ones."""
    names = "|".join(sorted(functions, key=len, reverse=True))
    if found := re.search(rf"\b({names})\s*(?:\*\*|\^)\s*(-?)(\d+)\s*(?=[\w(])", text):
        name, minus, power = found.groups()
        if minus and power == "1":
            return Slip(f"write 1/{name}(x), or a{name}(x) for the inverse", found.start())
        return Slip(f"write {name}(x)**{minus}{power}, the power at the end", found.start())
    if found := re.search(rf"\b([A-Za-z_]\w*)\.({names}|pi|e)\b", text):
        module, name = found.groups()
        return Slip(f"write {name} without '{module}.' before it", found.start())
    for pattern, advice in _SLIPS:
        if found := pattern.search(text):
            what = found.group()
            said = advice if what in advice else f"{what!r} cannot be read; {advice}"
            return Slip(said, found.start())
    if found := _PRODUCT.search(text):
        number, rest = found.groups()
        shown = rest if rest != "(" else "(...)"
        return Slip(f"a product needs its sign; write {number}*{shown}", found.start())
    return None


def bare_argument_in(text: str, functions: Sequence[str]) -> Slip | None:
    """The first known function with its argument beside it, as in sin x."""
    names = "|".join(sorted(functions, key=len, reverse=True))
    if found := re.search(rf"\b({names})\s+([\w.]+)", text):
        name, argument = found.groups()
        advice = f"{name} needs its argument in parentheses; write {name}({argument})"
        return Slip(advice, found.start())
    return None


def for_name(name: str, variables: Sequence[str], reserved: Sequence[str]) -> str:
    """What to write instead of a name that is neither a variable nor reserved."""
    lower = name.lower()
    if name not in variables and lower in variables:
        return f"write {lower}"
    if lower in _OTHERWISE:
        return f"write {_OTHERWISE[lower]}"
    for function in sorted(reserved, key=len, reverse=True):
        if len(function) > 2 and name.startswith(function) and name[len(function) :] in variables:
            return f"write {function}({name[len(function) :]})"
    if tuple(variables) in {("x", "y"), ("x",)} and (said := _as_variable(name)):
        return said
    known = [*variables, *reserved]
    if len(name) > 1 and (near := difflib.get_close_matches(lower, known, n=1)):
        return f"did you mean {near[0]}?"
    return f"known are {', '.join(known)}"


def _as_variable(name: str) -> str:
    """What to write for a variable of another name."""
    rule = "functions are of x, or of x and y"
    if (found := _INDEXED.fullmatch(name)) and found.group(1).lower() not in {"log", "exp"}:
        index = int(found.group(2))
        if index > 2:
            return f"{rule}; there is no third variable"
        return f"{rule}; write x for {name}" if index < 2 else f"{rule}; write y for {name}"
    if all(letter in "xy" for letter in name):
        return f"a product needs its sign; write {'*'.join(name)}"
    if len(name) == 1 or name.lower() in _GREEK:
        return f"{rule}; write x or y for {name}"
    return ""
