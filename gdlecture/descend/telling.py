"""What a plan comes to, before anything is drawn: in lines for people, as data for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdmath.descent.excerpt import beginning
from gdmath.fields.regression import RegressionLoss
from gdstage.any import story
from gdstage.proof.plain import json_ready
from gdstage.walks.fates import fate_of

if TYPE_CHECKING:
    from gdmath import ScalarField
    from gdmath.stationary.valleys import Valley
    from gdstage.any.plan import Plan
    from gdstage.walks.run import Run


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data, fit for JSON: numbers that are not finite are strings.

    `window` has (low, high) for each variable; a minimum is a point with its value, or a curve of
    points with the value along it; `beats` are what the clip will say.
    """
    return json_ready(
        {
            "function": _named(plan.field),
            "dimension": plan.dimension,
            "runs": [_run(run) for run in plan.runs],
            "window": plan.window,
            "heights": plan.heights,
            "minima": [_minimum(valley) for valley in plan.valleys],
            "kinks": plan.kinks,
            "beats": [{"title": title, "text": text} for title, text in story.beats(plan)],
        }
    )


def _run(run: Run) -> dict[str, Any]:
    walk = run.walk
    return {
        "name": run.name,
        "verdict": walk.verdict.name,
        "stopped_at": walk.stopped_at,
        "point": walk.points[-1],
        "value": walk.values[-1],
        "ending": walk.ending.record(),
        "certified_error": run.error,
        "certified_steps": beginning(walk).stopped_at,
    }


def _minimum(valley: Valley) -> dict[str, Any]:
    if valley.curve:
        return {"curve": valley.curve, "value": valley.value}
    return {"point": valley.point, "value": valley.value}


def told(plan: Plan, name: str) -> str:
    """The plan in lines, as --dry-run prints it."""
    lines = [f"clip      {name}", f"function  {_named(plan.field)}"]
    names = getattr(plan.field, "parameters", ())
    lines += [f"{axis}         is {name}" for axis, name in zip("xy", names, strict=False)]
    axes = zip(("x", "y"), plan.window, strict=False)
    lines += [f"{axis}         {low:.6g} to {high:.6g}" for axis, (low, high) in axes]
    lines.append(f"f         {plan.heights[0]:.6g} to {plan.heights[1]:.6g}")
    for valley in plan.valleys[:12]:
        place = ", ".join(f"{c:.6g}" for c in valley.point)
        kink = ", a kink" if valley.kink else ""
        lines.append(f"minimum   at {place}: {valley.value:.6g}{kink}")
    for run in plan.runs:
        end = ", ".join(f"{c:.6g}" for c in run.walk.points[-1])
        lines.append(
            f"walk      {run.label}: {fate_of(run.walk).words}, at {end}; "
            f"error at most {run.error:.1e}{_of_how_many(run)}"
        )
    return "\n".join(lines)


def _named(field: ScalarField) -> str:
    return field.name if isinstance(field, RegressionLoss) else str(field.expr)


def _of_how_many(run: Run) -> str:
    sure = beginning(run.walk)
    if sure is run.walk:
        return ""
    steps = sure.stopped_at
    return " in the first step" if steps == 1 else f" in the first {steps} steps"
