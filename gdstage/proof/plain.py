"""Data as JSON can have it. Knows nothing of manim."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gdmath import Step, settings_of


def json_ready(value: Any) -> Any:
    """The value with arrays as lists and unbounded numbers as the strings "inf", "-inf", "nan"."""
    if isinstance(value, np.ndarray | np.generic):
        return json_ready(value.tolist())
    if isinstance(value, dict):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def step_record(step: Step) -> dict[str, Any]:
    """What `gdmath.step_named` needs to make a step again."""
    settings = settings_of(step)
    return {
        "step": step.name,
        "rate": step.rate,
        **({} if (beta := getattr(step, "beta", None)) is None else {"beta": beta}),
        **({"settings": settings} if settings else {}),
    }
