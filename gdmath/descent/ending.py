"""How to tell, from the record alone, what became of a walk that spent its steps."""

from __future__ import annotations

import numpy as np

from gdmath.descent.walk import Verdict
from gdmath.fields.evaluation import FloatArray
from gdmath.fields.scalar_field import ScalarField

# The tail of a walk that is looked at: long enough for two steps to tell a rhythm from a chance.
_TAIL = 12
_GROWING = 5
_FEWEST = 4


def verdict_of_spent(
    points: FloatArray,
    values: FloatArray,
    gradients: FloatArray,
    tolerance: float | None,
) -> Verdict:
    """The verdict on a walk that took all its steps, from its (n+1, d) record."""
    moves = np.diff(points, axis=0)
    if tolerance is None and _at_rest(points, gradients):
        return Verdict.CONVERGED
    if _runs_away(moves, values):
        return Verdict.DIVERGED
    if _oscillates(moves):
        return Verdict.OSCILLATING
    return Verdict.BUDGET_SPENT


def _lengths(moves: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        lengths: FloatArray = np.hypot.reduce(moves, axis=1)
    return lengths


def _at_rest(points: FloatArray, gradients: FloatArray) -> bool:
    """The last step moved by a few units in the last place, and not for a tiny rate alone."""
    if len(points) < 2:
        return not gradients.any()
    moved = abs(points[-1] - points[-2]) <= 4 * np.spacing(abs(points[-1]))
    steepest = abs(gradients).max()
    return bool(moved.all() and abs(gradients[-1]).max() <= max(1e-6 * steepest, 1e-12))


def _runs_away(moves: FloatArray, values: FloatArray) -> bool:
    """Higher than at the start, and the last steps each longer than the one before."""
    lengths = _lengths(moves[-_GROWING:])
    return bool(len(lengths) >= 3 and values[-1] > values[0] and (np.diff(lengths) > 0).all())


def _oscillates(moves: FloatArray) -> bool:
    """Over its last 12 steps (or all) the walk mostly turns back, undiminished.

    Looked at are the steps from the first that turns back, at least 4. Turns back: more than
    half of them have a negative scalar product with the one before. Undiminished: the longest
    step of the later half is at least 95 % of the earlier half's.
    """
    tail = moves[-_TAIL:]
    with np.errstate(all="ignore"):
        turns = np.einsum("ij,ij->i", tail[1:], tail[:-1]) < 0
    # The step that arrives is not yet part of the to and fro.
    first = int(turns.argmax()) if turns.any() else len(turns)
    turns, lengths = turns[first:], _lengths(tail[first + 1 :])
    if len(lengths) < _FEWEST:
        return False
    half = len(lengths) // 2
    return bool(turns.mean() > 0.5 and lengths[half:].max() >= 0.95 * lengths[:half].max() > 0)


def is_minimum(field: ScalarField, point: FloatArray, slack: float) -> bool:
    """Whether a point (d,) of zero gradient is a local minimum, strict or not.

    The Hessian decides where it can. Where it is only semidefinite, the field's sign around the
    point does: no value on small circles lies lower than a gradient up to `slack` explains.
    """
    hessian = field.hessian(point)
    if np.isfinite(hessian).all():
        curvatures = np.linalg.eigvalsh(hessian)
        flat = 1e-8 * max(1.0, float(abs(curvatures).max()))
        if curvatures[0] > flat:
            return True
        if curvatures[0] < -flat:
            return False
    here = float(field.at(point))
    for radius in (1e-3, 1e-2):
        r = radius * max(1.0, float(abs(point).max()))
        around = field.at(point + r * directions(field.dimension))
        allowed = slack * r + 8 * np.spacing(abs(here))
        if (around < here - allowed).any():
            return False
    return True


def directions(dimension: int, count: int = 64) -> FloatArray:
    """Unit vectors (m, d) spread over all directions: 2 in one variable, a circle in two."""
    if dimension == 1:
        return np.array([[1.0], [-1.0]])
    if dimension == 2:
        angle = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
        return np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((count * dimension, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
