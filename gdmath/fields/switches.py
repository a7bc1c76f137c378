"""Where a formula changes from one branch to another: there the graph may have a kink."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import mpmath
import sympy as sp

from gdmath.fields.evaluation import mp_function
from gdmath.fields.functions import seams
from gdmath.fields.scalar_field import ScalarField


@lru_cache(maxsize=256)
def switches(expr: sp.Expr) -> tuple[sp.Expr, ...]:
    """Expressions at whose zeros a smooth formula meets another: u of |u|, a - b of max(a, b).

    A root u**(p/q) is smooth where u is positive, so it counts with its base. That the graph has
    a kink at such a zero is not said: |x|**3 has none.
    """
    roots = [
        node.base
        for node in sp.preorder_traversal(expr)
        if isinstance(node, sp.Pow) and node.exp.is_Rational and not node.exp.is_Integer
    ]
    return tuple(dict.fromkeys([*seams(expr), *(u for u in roots if u.free_symbols)]))


def switches_at(field: ScalarField, point: Sequence[mpmath.mpf], within: float = 1e-30) -> bool:
    """Whether a point (d,) of mpmath numbers lies where the formula switches, or so near."""
    exprs = switches(field.expr)
    if not exprs:
        return False
    try:
        values = mp_function(exprs, field.variables)(*point)
    except (ArithmeticError, TypeError, ValueError):
        return True
    size = max(1, *map(abs, point))
    return any(abs(value) <= within * size for value in values)
