"""Step rules against what PyTorch and optax computed: benchmarks/record_oracles.py says how."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from gdmath import ScalarField, descend, step_named
from gdstage.any.methods import METHODS

TABLE = Path(__file__).parents[2] / "docs" / "rules.md"
ORACLES = json.loads((Path(__file__).parents[1] / "data" / "oracles.json").read_text())
RUNS = ORACLES["runs"]
SAME = [run for run in RUNS if run["rule"] is not None]
# Differences are counted in units in the last place of 1, or of what is larger.
FEW = 8


def name_of(run):
    planned = run["schedule"][0] if run["schedule"] else ""
    number = RUNS.index(run)
    return f"{number} {run['library']} {run['optimizer']} {planned}".strip()


def apart(points, run):
    theirs = np.array(run["points"])
    return (abs(points - theirs) / np.spacing(np.maximum(1.0, abs(theirs)))).max()


@pytest.mark.parametrize("run", SAME, ids=name_of)
def test_iterates_are_theirs_to_a_few_units_in_the_last_place(run):
    rule = run["rule"]
    step = step_named(rule["name"], rule["rate"], rule["beta"], rule["settings"])
    steps = len(run["points"]) - 1
    walk = descend(ScalarField.parse(run["function"]), run["start"], step, steps)
    assert walk.stopped_at == steps > 8
    assert apart(walk.points, run) <= FEW


def test_the_oracles_say_what_made_them():
    assert {"torch", "optax", "jax"} == set(ORACLES["versions"])
    assert {run["library"] for run in SAME} == {"torch", "optax"}
    assert {run["rule"]["name"] for run in SAME} == {
        "gradient", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "scheduled",
        "backtracking",
    }  # fmt: skip


def test_the_table_of_proofs_names_each_rule_with_its_oracles():
    rows = re.findall(r"^\| (?!rule)(.*) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {rule: (torch, optax) for rule, _, torch, optax, *_ in (r.split(" | ") for r in rows)}
    assert told.keys() == {method.written for method in METHODS.values()}
    for number, library in enumerate(("torch", "optax")):
        made_by = {written(run): by(run) for run in SAME if run["library"] == library}
        assert {
            rule: names[number] for rule, names in told.items() if not names[number].startswith("—")
        } == made_by


def written(run):
    """The name of the rule of a run as the table has it."""
    plan = run["rule"]["settings"].get("schedule")
    return f"{plan['name']} decay" if plan else run["rule"]["name"]


def by(run):
    return run["schedule"][0] if run["schedule"] else run["optimizer"]


def dampened(g, k, v):
    """PyTorch's momentum with dampening 1/2: all but the first gradient enter v by half."""
    v = g if k == 0 else 0.8 * v + 0.5 * g
    return 0.02 * v, v


def adagrad_inside(g, _, s):
    """optax's AdaGrad: ε inside the root."""
    s = (0.1 if s is None else s) + g * g
    return 0.1 * g / np.sqrt(s + 1e-2), s


def rmsprop_inside(g, _, v):
    """optax's RMSProp, unless told otherwise."""
    v = 0.9 * (0.0 if v is None else v) + 0.1 * g * g
    return 0.03 * g / np.sqrt(v + 1e-3), v


OTHERS = {"SGD": dampened, "adagrad": adagrad_inside, "rmsprop": rmsprop_inside}


@pytest.mark.parametrize("run", [run for run in RUNS if run["rule"] is None], ids=name_of)
def test_conventions_that_differ_are_as_our_docstrings_say(run):
    field, x = ScalarField.parse(run["function"]), np.array(run["start"])
    points, memory = [x], None
    for k in range(len(run["points"]) - 1):
        way, memory = OTHERS[run["optimizer"]](field.gradient(x), k, memory)
        x = x - way
        points.append(x)
    assert apart(np.array(points), run) <= FEW
