"""Matrices read back: Typst's mathematics of a Hessian, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sympy as sp

from gdlecture.verify.formulas import UnreadableError, read_formula, same_function
from gdlecture.verify.reading import untinted


def check_hessian(code: str, field: Any, at: Sequence[float | None]) -> str:
    """What is wrong with a formula of a field's Hessian, or "".

    `at` has a number for each variable that has one, and None for those that stay.
    """
    names = [str(v) if c is None else f"{c:g}" for v, c in zip(field.variables, at, strict=True)]
    name, _, said = untinted(code).partition(" = ")
    if name != f"H({', '.join(names)})":
        return f"expected H({', '.join(names)}), found {name}"
    places = {v: sp.nsimplify(c) for v, c in zip(field.variables, at, strict=True) if c is not None}
    true = sp.hessian(field.expr, field.variables).subs(places)
    try:
        found = entries(said)
        if [len(row) for row in found] != [true.cols] * true.rows:
            return f"expected {true.rows} × {true.cols} numbers, found {said}"
        for i, row in enumerate(found):
            for j, entry in enumerate(row):
                read = read_formula(entry)
                if not same_function(read, true[i, j]):
                    return f"expected {true[i, j]} in row {i + 1}, found {read}"
    except UnreadableError as error:
        return str(error)
    return ""


def entries(code: str) -> list[list[str]]:
    """The entries of a matrix, row by row.

    Raises:
        UnreadableError: it is none.
    """
    inside = re.fullmatch(r"mat\((.*)\)", code)
    if not inside:
        raise UnreadableError(f"expected a matrix, found {code!r}")
    rows: list[list[str]] = [[""]]
    depth = 0
    for sign in inside[1]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == ";" and not depth:
            rows.append([""])
        elif sign == "," and not depth:
            rows[-1].append("")
        else:
            rows[-1][-1] += sign
    return [[re.sub(r"^display\((.*)\)$", r"\1", entry.strip()) for entry in row] for row in rows]
