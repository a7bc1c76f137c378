"""The methods that a descent can be asked for by name: their rules, titles and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gdmath import step_named
from gdmath.descent.steps import Step

Setting = float | str


@dataclass(frozen=True)
class Method:
    """A method: gdmath's name of its rule, how titles begin, what it is called beside others.

    `rate` is the learning rate if none is asked for, None if the method has none. `settings` are
    the others that may be asked for, with their defaults; a `schedule` is one of gdmath's.
    """

    rule: str
    title: str
    label: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    rate: float | None = 0.1
    schedule: str = ""

    @property
    def written(self) -> str:
        """The name by which its rule is written, and known to the evidence."""
        return f"{self.schedule} decay" if self.schedule else self.rule

    def step(self, rate: float | None, given: Mapping[str, Setting], steps: int) -> Step:
        """The step with a rate, with what is given of its settings, for a walk of so many steps.

        Raises:
            ValueError: a setting is none that the rule can take; the message names it.
        """
        settings: dict[str, Any] = {
            name: given.get(name, default) for name, default in self.settings.items()
        }
        if self.schedule:
            plan = {"name": self.schedule, "rate": rate, **settings}
            if self.schedule == "cosine":
                plan["steps"] = steps
            return step_named(self.rule, settings={"schedule": plan})
        beta = settings.pop("beta", None)
        return step_named(self.rule, None if self.rate is None else rate, beta, settings)


METHODS = {
    "gradient": Method("gradient", "Gradient descent", "gradient descent"),
    "momentum": Method("momentum", "Descent with momentum", "momentum", {"beta": 0.9}),
    "nesterov": Method("nesterov", "Nesterov’s method", "Nesterov", {"beta": 0.9}),
    "adagrad": Method("adagrad", "AdaGrad", "AdaGrad", {"epsilon": 1e-10}),
    "rmsprop": Method("rmsprop", "RMSProp", "RMSProp", {"decay": 0.9, "epsilon": 1e-8}),
    "adam": Method("adam", "Adam", "Adam", {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    "step-decay": Method(
        "scheduled", "A rate that drops", "step decay", {"every": 10, "factor": 0.5},
        schedule="step",
    ),
    "exponential-decay": Method(
        "scheduled", "A rate that decays", "exponential decay", {"factor": 0.95},
        schedule="exponential",
    ),
    "cosine-decay": Method(
        "scheduled", "A rate along a cosine", "cosine decay", {"least": 0.0}, schedule="cosine"
    ),
    "inverse-decay": Method(
        "scheduled", "A rate like 1/k", "inverse decay", {"decay": 0.1}, schedule="1/k"
    ),
    "backtracking": Method(
        "backtracking", "Backtracking", "backtracking", {"shrink": 0.5, "decrease": 1e-4}, rate=1.0
    ),
    "barzilai-borwein": Method(
        "barzilai_borwein", "Barzilai and Borwein", "Barzilai–Borwein", {"length": "long"}
    ),
    "newton": Method("newton", "Newton’s method", "Newton", rate=None),
    "damped-newton": Method(
        "damped_newton", "Newton’s method, damped", "damped Newton",
        {"shrink": 0.5, "decrease": 1e-4}, rate=None,
    ),
}  # fmt: skip
"""All methods, by the names that settings use."""

SETTINGS: tuple[str, ...] = tuple(
    dict.fromkeys(name for method in METHODS.values() for name in method.settings)
)
"""All settings of methods, beside the learning rate."""
