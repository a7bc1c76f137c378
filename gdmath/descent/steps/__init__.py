"""The rules that turn one iterate into the next, a file for each family."""

from gdmath.descent.steps.adaptive import (
    AdaGradStep,
    AdamStep,
    RMSPropStep,
    adagrad_step,
    adam_step,
    rmsprop_step,
)
from gdmath.descent.steps.catalogue import RULES, settings_of, step_named
from gdmath.descent.steps.line_search import BacktrackingStep, backtracking_step
from gdmath.descent.steps.newton import (
    DampedNewtonStep,
    NewtonStep,
    damped_newton_step,
    newton_step,
)
from gdmath.descent.steps.plain import (
    GradientStep,
    MomentumStep,
    NesterovStep,
    gradient_step,
    momentum_step,
    nesterov_step,
)
from gdmath.descent.steps.rule import Here, Step, is_linear, is_steady, moves_on
from gdmath.descent.steps.schedules import (
    CosineDecay,
    ExponentialDecay,
    InverseDecay,
    Schedule,
    ScheduledStep,
    StepDecay,
    scheduled_step,
)
from gdmath.descent.steps.secant import BarzilaiBorweinStep, barzilai_borwein_step

__all__ = [
    "RULES",
    "AdaGradStep",
    "AdamStep",
    "BacktrackingStep",
    "BarzilaiBorweinStep",
    "CosineDecay",
    "DampedNewtonStep",
    "ExponentialDecay",
    "GradientStep",
    "Here",
    "InverseDecay",
    "MomentumStep",
    "NesterovStep",
    "NewtonStep",
    "RMSPropStep",
    "Schedule",
    "ScheduledStep",
    "Step",
    "StepDecay",
    "adagrad_step",
    "adam_step",
    "backtracking_step",
    "barzilai_borwein_step",
    "damped_newton_step",
    "gradient_step",
    "is_linear",
    "is_steady",
    "momentum_step",
    "moves_on",
    "nesterov_step",
    "newton_step",
    "rmsprop_step",
    "scheduled_step",
    "settings_of",
    "step_named",
]
