"""Walks of every step rule are verified: taken again from their settings, to the last bit."""

import json

import pytest

from gdlecture.verify.evidence import EvidenceError, read_evidence
from gdlecture.verify.record import Record
from gdlecture.verify.retake import differences
from gdmath import (
    THREE_WELLS,
    CosineDecay,
    ExponentialDecay,
    InverseDecay,
    StepDecay,
    adagrad_step,
    adam_step,
    backtracking_step,
    barzilai_borwein_step,
    damped_newton_step,
    descend,
    gradient_step,
    momentum_step,
    nesterov_step,
    newton_step,
    rmsprop_step,
    scheduled_step,
)
from gdmath.descent.steps import RULES
from gdmath.descent.steps.schedules import SCHEDULES
from gdstage.proof.evidence import Evidence
from gdstage.proof.lens import Lens
from gdstage.proof.witness import walk_reference

STEPS = [
    gradient_step(0.1),
    momentum_step(0.1, 0.6),
    nesterov_step(0.1, 0.6),
    adagrad_step(0.4, 1e-6, 0.1),
    rmsprop_step(0.05, 0.95),
    adam_step(0.1, 0.8, 0.99, 1e-4),
    scheduled_step(CosineDecay(0.3, 20, 0.01)),
    scheduled_step(InverseDecay(0.3, 0.1)),
    backtracking_step(0.8, 0.6, 0.2),
    barzilai_borwein_step(0.1, "short"),
    newton_step(),
    damped_newton_step(0.4),
    scheduled_step(StepDecay(0.3, 6, 0.5)),
    scheduled_step(ExponentialDecay(0.3, 0.9)),
    barzilai_borwein_step(0.1),
]


@pytest.fixture
def told(tmp_path):
    """What a clip with a walk of each rule leaves behind."""
    evidence = Evidence("clip")
    for i, step in enumerate(STEPS):
        evidence.add_walk(f"{i} {step.name}", descend(THREE_WELLS, (3.6, 3.2), step, 25, 1e-6))
    evidence.observe([], 30)
    evidence.beats.append({"title": "one", "text": "two words", "t0": 0.0, "t1": 2.0})
    path = tmp_path / "clip.json"
    evidence.write(path, Lens(854, 480, 15.0, 60.0))
    return path


def test_walks_of_every_rule_are_taken_again(told):
    assert {step.name for step in STEPS} == set(RULES)
    assert {step.schedule.name for step in STEPS if step.name == "scheduled"} == set(SCHEDULES)
    walks = read_evidence(told).walks.values()
    assert [line for walk in walks for line in differences(walk)] == []


@pytest.mark.parametrize(
    ("i", "change", "expected"),
    [
        (3, lambda walk: walk["settings"].update(initial=0.2), "points"),
        (4, lambda walk: walk["settings"].update(decay=0.9), "points"),
        (5, lambda walk: walk["settings"].pop("beta1"), "points"),
        (5, lambda walk: walk["settings"].update(beta1="0.8"), "beta1 must be"),
        (5, lambda walk: walk["settings"].update(gamma=0.8), "settings: expected none of the name"),
        (2, lambda walk: walk.update(beta=0.7), "points"),
        (6, lambda walk: walk["settings"]["schedule"].update(steps=21), "points"),
        (6, lambda walk: walk["settings"].pop("schedule"), "schedule: expected a number"),
        (6, lambda walk: walk.update(rate=0.2), "rate: expected 0.3, found 0.2"),
        (8, lambda walk: walk["settings"].update(shrink=0.5), "points"),
        (9, lambda walk: walk["settings"].update(length="long"), "points"),
        (10, lambda walk: walk.update(rate=0.2), "rate: expected None, found 0.2"),
        (11, lambda walk: walk.update(step="newton"), "settings: expected none"),
    ],
)
def test_what_was_changed_is_told(told, i, change, expected):
    record = json.loads(told.read_text())
    change(record["walks"][i])
    told.write_text(json.dumps(record))
    found = list(differences(list(read_evidence(told).walks.values())[i]))
    assert any(expected in line for line in found), found


def test_settings_are_an_object(told):
    record = json.loads(told.read_text())
    record["walks"][3]["settings"] = 3
    told.write_text(json.dumps(record))
    with pytest.raises(EvidenceError, match=r"walks\[3\]\.settings: expected"):
        read_evidence(told)


@pytest.mark.parametrize("step", STEPS, ids=repr)
def test_a_walk_of_a_crowd_is_taken_again_from_its_recipe(told, step):
    walk = descend(THREE_WELLS, (1.0, 2.5), step, 12)
    of = json.loads(json.dumps(walk_reference(walk, {})))
    again = Record(read_evidence(told)).walk(of)
    assert again.points.tobytes() == walk.points.tobytes()
