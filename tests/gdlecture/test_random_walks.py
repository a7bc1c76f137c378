"""Random walks are verified too: taken again from their seed, to the last bit."""

import json

import pytest

from gdlecture.verify.evidence import read_evidence
from gdlecture.verify.retake import differences
from gdmath import SAUNA, explore
from gdstage.proof.evidence import Evidence
from gdstage.proof.lens import Lens


@pytest.fixture
def told(tmp_path):
    evidence = Evidence("clip")
    evidence.add_walk("felt", explore(SAUNA, (0.5, 0.6), seed=2, tries=30, radius=0.8))
    evidence.observe([], 30)
    evidence.beats.append({"title": "one", "text": "two words", "t0": 0.0, "t1": 2.0})
    path = tmp_path / "clip.json"
    evidence.write(path, Lens(854, 480, 15.0, 60.0))
    return path


def found(path):
    (walk,) = read_evidence(path).walks.values()
    return list(differences(walk))


def test_the_same_seed_gives_the_same_walk(told):
    assert found(told) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda walk: walk.update(seed=3), "points"),
        (lambda walk: walk.update(radius=0.81), "points"),
        (lambda walk: walk.update(stopped_at=1), "stopped_at: expected"),
        (lambda walk: walk["values"].__setitem__(2, walk["values"][2] + 2e-14), r"values\[2\]"),
    ],
    ids=["seed", "radius", "end", "a value"],
)
def test_what_was_changed_is_told(told, change, message):
    record = json.loads(told.read_text())
    change(record["walks"][0])
    told.write_text(json.dumps(record))
    assert any(message.replace("\\", "") in line for line in found(told))
