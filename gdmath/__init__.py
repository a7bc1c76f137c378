"""Exact functions, their derivatives, and descents on them: numbers for pictures.

Derivatives, stationary points, slices, tangents and stability bounds are symbolic and exact;
walks are float64, and `certify` measures what that costs.
"""

from gdmath.descent.basins import Basin, BasinMap, basins
from gdmath.descent.certificate import certify, parting, precise_points
from gdmath.descent.cycles import Cycle, cycle
from gdmath.descent.loop import descend
from gdmath.descent.multistart import Basins, multistart
from gdmath.descent.random_walk import Exploration, explore
from gdmath.descent.rate_zones import RateZone, rate_zones
from gdmath.descent.stability import RateRange, rate_range
from gdmath.descent.steps import (
    AdaGradStep,
    AdamStep,
    BacktrackingStep,
    BarzilaiBorweinStep,
    CosineDecay,
    DampedNewtonStep,
    ExponentialDecay,
    GradientStep,
    InverseDecay,
    MomentumStep,
    NesterovStep,
    NewtonStep,
    RMSPropStep,
    Schedule,
    ScheduledStep,
    Step,
    StepDecay,
    adagrad_step,
    adam_step,
    backtracking_step,
    barzilai_borwein_step,
    damped_newton_step,
    gradient_step,
    momentum_step,
    nesterov_step,
    newton_step,
    rmsprop_step,
    scheduled_step,
    settings_of,
    step_named,
)
from gdmath.descent.thresholds import domain_threshold
from gdmath.descent.walk import Ending, Minimum, Trend, Verdict, Walk
from gdmath.examples import LOG_VALLEY, PARABOLOID, SAUNA, THREE_WELLS, TWO_VALLEYS
from gdmath.fields.parser import ExpressionError
from gdmath.fields.scalar_field import ScalarField
from gdmath.geometry import slice_at, stability_bound, tangent_line, tangent_plane
from gdmath.quadratic import quadratic_model
from gdmath.secant import difference_quotient
from gdmath.stationary.exact import stationary_points
from gdmath.stationary.kinds import Kind
from gdmath.stationary.numeric import find_stationary_points
from gdmath.stationary.points import (
    NoExactSolutionError,
    StationaryCurve,
    StationaryPoint,
    StationarySet,
)

__all__ = [
    "LOG_VALLEY",
    "PARABOLOID",
    "SAUNA",
    "THREE_WELLS",
    "TWO_VALLEYS",
    "AdaGradStep",
    "AdamStep",
    "BacktrackingStep",
    "BarzilaiBorweinStep",
    "Basin",
    "BasinMap",
    "Basins",
    "CosineDecay",
    "Cycle",
    "DampedNewtonStep",
    "Ending",
    "Exploration",
    "ExponentialDecay",
    "ExpressionError",
    "GradientStep",
    "InverseDecay",
    "Kind",
    "Minimum",
    "MomentumStep",
    "NesterovStep",
    "NewtonStep",
    "NoExactSolutionError",
    "RMSPropStep",
    "RateRange",
    "RateZone",
    "ScalarField",
    "Schedule",
    "ScheduledStep",
    "StationaryCurve",
    "StationaryPoint",
    "StationarySet",
    "Step",
    "StepDecay",
    "Trend",
    "Verdict",
    "Walk",
    "adagrad_step",
    "adam_step",
    "backtracking_step",
    "barzilai_borwein_step",
    "basins",
    "certify",
    "cycle",
    "damped_newton_step",
    "descend",
    "difference_quotient",
    "domain_threshold",
    "explore",
    "find_stationary_points",
    "gradient_step",
    "momentum_step",
    "multistart",
    "nesterov_step",
    "newton_step",
    "parting",
    "precise_points",
    "quadratic_model",
    "rate_range",
    "rate_zones",
    "rmsprop_step",
    "scheduled_step",
    "settings_of",
    "slice_at",
    "stability_bound",
    "stationary_points",
    "step_named",
    "tangent_line",
    "tangent_plane",
]
