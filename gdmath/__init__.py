"""Exact functions, their derivatives, and descents on them: numbers for pictures.

Derivatives, stationary points, slices, tangents and stability bounds are symbolic and exact;
walks are float64, and `certify` measures what that costs.
"""

from gdmath.basins import Basin, BasinMap, basins
from gdmath.certify import certify, precise_points
from gdmath.descent import descend
from gdmath.examples import LOG_VALLEY, PARABOLOID, SAUNA, THREE_WELLS, TWO_VALLEYS
from gdmath.functions import ScalarField
from gdmath.geometry import slice_at, stability_bound, tangent_line, tangent_plane
from gdmath.kinds import Kind
from gdmath.multistart import Basins, multistart
from gdmath.orbits import Cycle, cycle
from gdmath.parse import ExpressionError
from gdmath.quadratic import quadratic_model
from gdmath.random_walk import Exploration, explore
from gdmath.search import find_stationary_points
from gdmath.secant import difference_quotient
from gdmath.stationary import stationary_points
from gdmath.stationary_set import (
    NoExactSolutionError,
    StationaryCurve,
    StationaryPoint,
    StationarySet,
)
from gdmath.steps import (
    GradientStep,
    MomentumStep,
    NewtonStep,
    Step,
    gradient_step,
    momentum_step,
    newton_step,
)
from gdmath.thresholds import domain_threshold
from gdmath.walk import Verdict, Walk

__all__ = [
    "LOG_VALLEY",
    "PARABOLOID",
    "SAUNA",
    "THREE_WELLS",
    "TWO_VALLEYS",
    "Basin",
    "BasinMap",
    "Basins",
    "Cycle",
    "Exploration",
    "ExpressionError",
    "GradientStep",
    "Kind",
    "MomentumStep",
    "NewtonStep",
    "NoExactSolutionError",
    "ScalarField",
    "StationaryCurve",
    "StationaryPoint",
    "StationarySet",
    "Step",
    "Verdict",
    "Walk",
    "basins",
    "certify",
    "cycle",
    "descend",
    "difference_quotient",
    "domain_threshold",
    "explore",
    "find_stationary_points",
    "gradient_step",
    "momentum_step",
    "multistart",
    "newton_step",
    "precise_points",
    "quadratic_model",
    "slice_at",
    "stability_bound",
    "stationary_points",
    "tangent_line",
    "tangent_plane",
]
