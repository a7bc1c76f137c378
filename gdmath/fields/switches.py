"""Where a formula changes from one branch to another: there the graph may have a kink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import mpmath
import sympy as sp

from gdmath.fields.evaluation import mp_function
from gdmath.fields.scalar_field import ScalarField


@lru_cache(maxsize=256)
def switches(expr: sp.Expr) -> tuple[sp.Expr, ...]:
    """Expressions at whose zeros a smooth formula meets another: u of |u|, a - b of max(a, b).

    A root u**(p/q) is smooth where u is positive, so it counts with its base. That the graph has
    a kink at such a zero is not said: |x|**3 has none.
    """
    found: dict[sp.Expr, None] = {}
    for node in sp.preorder_traversal(expr):
        for u in _of_node(node):
            if u.free_symbols:
                found[u] = None
    return tuple(found)


def _of_node(node: sp.Basic) -> Iterator[sp.Expr]:
    if isinstance(node, sp.Abs | sp.sign | sp.Heaviside):
        yield node.args[0]
    elif isinstance(node, sp.Max | sp.Min):
        yield from (a - b for a, b in combinations(node.args, 2))
    elif isinstance(node, sp.Piecewise):
        for _, condition in node.args:
            yield from (c.lhs - c.rhs for c in condition.atoms(sp.core.relational.Relational))
    elif isinstance(node, sp.Pow) and node.exp.is_Rational and not node.exp.is_Integer:
        yield node.base


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
