"""Where polynomials vanish together, exactly: common factors as curves, the rest as points."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Any

import mpmath
import sympy as sp

# Beyond this many solutions, counted with multiplicity, an exact answer takes minutes.
MOST_SOLUTIONS = 40
_DIGITS = 60
_TINY = mpmath.mpf(10) ** -40


def common_factors(p: sp.Poly, q: sp.Poly) -> tuple[list[sp.Poly], sp.Poly, sp.Poly]:
    """The different irreducible factors that p and q share, and what is left of p and of q."""
    shared = sp.gcd(p, q)
    factors = [factor for factor, _ in shared.factor_list()[1]]
    return factors, sp.quo(p, shared), sp.quo(q, shared)


def common_zeros(p: sp.Poly, q: sp.Poly) -> list[tuple[sp.Expr, sp.Expr]]:
    """All real points where p and q, without a common factor, vanish: exact algebraic numbers.

    The coordinates are real roots of resultants; which of them go together is decided to 60
    digits. Raises ValueError if there may be more than 40 solutions.
    """
    if p.is_ground or q.is_ground:
        return []
    if p.total_degree() * q.total_degree() > MOST_SOLUTIONS:
        raise ValueError(f"more than {MOST_SOLUTIONS} solutions are possible")
    x, y = p.gens
    xs = _real_roots(sp.resultant(p, q, y), x)
    ys = _real_roots(sp.resultant(p, q, x), y)
    return [(a, b) for a, b in product(xs, ys) if _vanish(p, a, b) and _vanish(q, a, b)]


def _real_roots(polynomial: sp.Expr, variable: sp.Symbol) -> list[sp.Expr]:
    one = sp.Poly(polynomial, variable)
    return [] if one.is_ground else list(dict.fromkeys(sp.real_roots(one)))


def _vanish(p: sp.Poly, a: sp.Expr, b: sp.Expr) -> bool:
    x, y = _digits(a), _digits(b)
    with mpmath.workdps(_DIGITS):
        terms = [_number(c) * x**i * y**j for (i, j), c in p.terms()]
        return bool(abs(mpmath.fsum(terms)) <= _TINY * max(1, *map(abs, terms)))


@lru_cache(maxsize=512)
def _digits(number: sp.Expr) -> Any:
    """An exact real number as mpmath's, once: of a root of a high degree that takes long."""
    with mpmath.workdps(_DIGITS):
        return mpmath.mpf(number.evalf(_DIGITS))


def _number(coefficient: sp.Rational) -> Any:
    return mpmath.mpf(int(coefficient.p)) / int(coefficient.q)


def changes_sign(p: sp.Poly) -> bool:
    """Whether p, irreducible, takes both signs: then it vanishes along a curve.

    Looked at are a grid and the points where the gradient of p vanishes, one of which lies
    inside every closed curve, however small. Raises ValueError as `common_zeros` does.
    """
    grid = [sp.Rational(k, 3) for k in range(-31, 32, 2)]
    signs = {sp.sign(p.eval({p.gens[0]: a, p.gens[1]: b})) for a, b in product(grid, grid)}
    if not {1, -1} <= signs:
        inside = common_zeros(*(p.diff(v) for v in p.gens))
        signs |= {_sign_at(p, a, b) for a, b in inside}
    return {1, -1} <= signs


def _sign_at(p: sp.Poly, a: sp.Expr, b: sp.Expr) -> int:
    if _vanish(p, a, b):
        return 0
    x, y = p.gens
    return int(sp.sign(p.as_expr().subs({x: a.evalf(_DIGITS), y: b.evalf(_DIGITS)})))


def multiplicity(p: sp.Poly, factor: sp.Poly) -> tuple[int, sp.Poly]:
    """How often `factor` divides p, and the quotient that it no longer divides."""
    times = 0
    while not p.is_zero:
        quotient, rest = sp.div(p, factor)
        if not rest.is_zero:
            break
        p, times = quotient, times + 1
    return times, p
