"""Take a walk of the evidence again with gdmath, and tell every difference."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.evidence import WalkRecord
from gdmath import (
    Exploration,
    ScalarField,
    Walk,
    certify,
    descend,
    explore,
    step_named,
)
from gdmath.descent.certificate import MAY_LACK_CERTIFICATE
from gdmath.descent.excerpt import beginning, digest
from gdmath.fields.regression import RegressionLoss
from gdmath.networks import TrainingLoss


def retake(record: WalkRecord) -> Walk | Exploration:
    """The walk that gdmath takes from what the record says of function, step, start and budget.

    Raises:
        ValueError: it says something that gdmath does not know.
    """
    if record.step == "random":
        return _explore_again(record)
    field = _field_of(record)
    step = step_named(record.step, record.rate, record.beta, record.settings)
    return descend(field, record.start, step, record.steps, record.tolerance)


def _field_of(record: WalkRecord) -> Any:
    if record.network is not None:
        return TrainingLoss.from_recipe(record.network)
    if record.regression is None:
        return ScalarField.parse(record.function, record.variables)
    field = RegressionLoss.from_recipe(record.regression)
    if field.name != record.function:
        raise ValueError(f"function: expected {field.name!r}, found {record.function!r}")
    return field


def _explore_again(record: WalkRecord) -> Exploration:
    field = ScalarField.parse(record.function, record.variables, window=record.window)
    seed, radius = _given(record, "seed"), _given(record, "radius")
    return explore(field, record.start, seed=int(seed), tries=record.steps, radius=radius)


def differences(record: WalkRecord) -> Iterator[str]:
    """What differs from the walk taken again, one line each: the first bit counts."""
    name = f"walk {record.name!r}"
    try:
        walk = retake(record)
    except ValueError as error:
        yield f"{name}: {error}"
        return
    except (ArithmeticError, LookupError, TypeError) as error:
        yield f"{name}: expected a walk that can be taken, found {type(error).__name__}"
        return
    if isinstance(walk, Exploration):
        yield from _exploration_differences(name, walk, record)
        return
    yield from _rule_differences(name, walk, record)
    if walk.verdict.name != record.verdict:
        yield f"{name}: verdict: expected {walk.verdict.name}, found {record.verdict}"
    ending = walk.ending.record()
    for key in ("kind", "period", "trend"):
        if record.ending.get(key) != ending[key]:
            found = record.ending.get(key)
            yield f"{name}: ending: {key}: expected {ending[key]}, found {found}"
    if walk.stopped_at != record.stopped_at:
        yield f"{name}: stopped_at: expected {walk.stopped_at}, found {record.stopped_at}"
    yield from _row_differences(name, walk, record)
    if record.network is None:  # for 50 digits a network is too long a formula
        yield from _certificate_differences(name, walk, record)


def _rule_differences(name: str, walk: Walk, record: WalkRecord) -> Iterator[str]:
    """Rate and beta are shown, so a rule that does not need one may not be said to have it."""
    for number in ("rate", "beta"):
        expected, found = getattr(walk.step, number, None), getattr(record, number)
        if found != expected:
            yield f"{name}: {number}: expected {expected}, found {found}"


def _row_differences(name: str, walk: Walk, record: WalkRecord) -> Iterator[str]:
    rows: Any = slice(None)
    if record.kept is not None:
        rows = list(record.kept)
        if not rows or rows[-1] != walk.stopped_at:
            last = rows[-1] if rows else "none"
            yield f"{name}: kept: expected the last to be {walk.stopped_at}, found {last}"
            return
        if record.digest != digest(walk):
            yield f"{name}: digest: expected {digest(walk)}, found {record.digest}"
    for kind in ("points", "values", "gradients"):
        difference = _first_difference(getattr(walk, kind)[rows], getattr(record, kind))
        if difference:
            yield f"{name}: {kind}{difference}"


def _certificate_differences(name: str, walk: Walk, record: WalkRecord) -> Iterator[str]:
    found = record.certified_error
    if found is None:
        yield f"{name}: certified_error: expected a number, found none"
        return
    sure = beginning(walk)
    if (record.certified_steps or walk.stopped_at) != sure.stopped_at:
        found_steps = record.certified_steps
        yield f"{name}: certified_steps: expected {sure.stopped_at}, found {found_steps}"
    certified = certify(sure)
    if not _same(np.array(certified), np.array(found)):
        yield f"{name}: certified_error: expected {certified!r}, found {found!r}"
    may_lack = {verdict.name for verdict in MAY_LACK_CERTIFICATE}
    if not math.isfinite(found) and record.verdict not in may_lack:
        yield f"{name}: certified_error: expected a finite number, found {found!r}"


def _exploration_differences(name: str, walk: Exploration, record: WalkRecord) -> Iterator[str]:
    for kind in ("points", "values"):
        difference = _first_difference(getattr(walk, kind), getattr(record, kind))
        if difference:
            yield f"{name}: {kind}{difference}"
    if record.stopped_at != len(walk.points) - 1:
        expected = len(walk.points) - 1
        yield f"{name}: stopped_at: expected {expected}, found {record.stopped_at}"


def _first_difference(expected: NDArray[np.float64], found: NDArray[np.float64]) -> str:
    if expected.shape != found.shape:
        return f": expected shape {expected.shape}, found {found.shape}"
    unlike = np.argwhere(~_same(expected, found))
    if not len(unlike):
        return ""
    at = tuple(unlike[0].tolist())
    more = f" ({len(unlike)} such)" if len(unlike) > 1 else ""
    place = "".join(f"[{i}]" for i in at)
    return f"{place}: expected {float(expected[at])!r}, found {float(found[at])!r}{more}"


def _same(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where two arrays hold the same bits, signs of zero included; any nan is like any other."""
    bits = one.view(np.uint64) == other.view(np.uint64)
    return np.asarray(bits | (np.isnan(one) & np.isnan(other)))


def _given(walk: WalkRecord, parameter: str) -> float:
    value: float | None = getattr(walk, parameter)
    if value is None:
        raise ValueError(f"{parameter}: expected a number for a {walk.step} step, found none")
    return value
