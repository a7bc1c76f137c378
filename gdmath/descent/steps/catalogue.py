"""The rules by their names, and their settings as plain data: how a record says which it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from gdmath.descent.steps.adaptive import AdaGradStep, AdamStep, RMSPropStep
from gdmath.descent.steps.line_search import BacktrackingStep
from gdmath.descent.steps.newton import DampedNewtonStep, NewtonStep
from gdmath.descent.steps.plain import GradientStep, MomentumStep, NesterovStep
from gdmath.descent.steps.rule import Step
from gdmath.descent.steps.schedules import SCHEDULES, Schedule, ScheduledStep
from gdmath.descent.steps.secant import BarzilaiBorweinStep

RULES: dict[str, Any] = {
    rule.name: rule
    for rule in (
        GradientStep, MomentumStep, NesterovStep, AdaGradStep, RMSPropStep, AdamStep,
        ScheduledStep, BacktrackingStep, BarzilaiBorweinStep, NewtonStep, DampedNewtonStep,
    )
}  # fmt: skip
"""All rules by their names."""


def step_named(
    name: str,
    rate: float | None = None,
    beta: float | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Step:
    """The rule of a name, with a learning rate and a momentum where it has them.

    All other numbers that it has are in `settings`, by their names, as `settings_of` tells them.

    Raises:
        ValueError: there is no such rule, or it lacks a number, has one too many or a wrong one.
    """
    if name not in RULES:
        raise ValueError(f"expected a step of {', '.join(RULES)}, found {name!r}")
    given = {"rate": rate, "beta": beta, **(settings or {})}
    return _made(RULES[name], f"a {name} step", given, settings or ())  # type: ignore[no-any-return]


def settings_of(step: Step) -> dict[str, Any]:
    """What `step_named` needs beside name, rate and beta to make the step again, as plain data.

    Raises:
        ValueError: the rule is none of those that have a name.
    """
    if type(step) is not RULES.get(step.name):
        raise ValueError(f"step must be a rule of {', '.join(RULES)}, not {step!r}")
    told = {
        key: {"name": value.name, **dataclasses.asdict(value)} if key == "schedule" else value
        for key, value in _fields(step).items()
    }
    return {key: value for key, value in told.items() if key not in {"rate", "beta"}}


def _fields(step: Any) -> dict[str, Any]:
    return {field.name: getattr(step, field.name) for field in dataclasses.fields(step)}


def _made(kind: Any, what: str, given: Mapping[str, Any], known: Any) -> Any:
    """A rule, or a schedule, from numbers by name; each of the names `known` must be one of its."""
    fields = dataclasses.fields(kind)
    chosen = {f.name: given[f.name] for f in fields if given.get(f.name) is not None}
    for field in fields:
        if field.default is dataclasses.MISSING and field.name not in chosen:
            raise ValueError(f"{field.name}: expected a number for {what}, found none")
    for key in known:
        if key not in {field.name for field in fields}:
            raise ValueError(f"settings: expected none of the name {key!r} for {what}")
    if "schedule" in chosen:
        chosen["schedule"] = _schedule(chosen["schedule"])
    return kind(**chosen)


def _schedule(told: Any) -> Schedule:
    if not isinstance(told, Mapping) or told.get("name") not in SCHEDULES:
        raise ValueError(f"schedule: expected one of {', '.join(SCHEDULES)}, found {told!r}")
    name = told["name"]
    numbers = {key: value for key, value in told.items() if key != "name"}
    return _made(SCHEDULES[name], f"a {name} schedule", numbers, numbers)  # type: ignore[no-any-return]
