"""Lies in the evidence: the picture is honest, what is written beside it is not."""

import json
import re
import shutil

import pytest

from gdlecture.verify.verify import verify_clip
from gdmath import ScalarField, descend, gradient_step
from gdstage.proof.evidence import walk_record
from gdstage.proof.plain import json_ready


@pytest.fixture
def spoilt(honest, tmp_path):
    """The failures of an honest clip whose evidence was edited: `spoilt("Valley", edit)`."""

    def failures(clip, edit):
        drawn = honest(clip)
        for path in drawn.video.parent.glob(f"{drawn.video.stem}.*"):
            shutil.copy(path, tmp_path)
        evidence = tmp_path / drawn.evidence.name
        told = json.loads(evidence.read_text(encoding="utf-8"))
        edit(told)
        evidence.write_text(json.dumps(told), encoding="utf-8")
        return list(verify_clip(tmp_path / drawn.video.name, evidence).failures)

    return failures


def claims(told, kind, what=""):
    return [c for c in told["claims"] if c["kind"] == kind and what in c["what"]]


def all_facts(value):
    """Every fact in a record, however deep."""
    if isinstance(value, dict):
        if {"what", "of", "value"} <= set(value):
            yield value
        for part in value.values():
            yield from all_facts(part)
    elif isinstance(value, list):
        for part in value:
            yield from all_facts(part)


def walks_on_cosine(told):
    """All walks are replaced by true walks, on cos x."""
    field = ScalarField.parse("cos(x)")
    taken = []
    for walk in told["walks"]:
        other = descend(field, walk["start"], gradient_step(walk["rate"]), walk["steps"])
        taken.append(json_ready(walk_record(walk["name"], other)))
    told["walks"] = taken
    for mark in told["marks"]:
        walk = next(walk for walk in taken if walk["name"] == mark["walk"])
        mark["k"] = min(mark["k"], walk["stopped_at"])
        mark["point"] = walk["points"][mark["k"]]


def nothing_claimed(told):
    told["walks"], told["marks"] = [], []


def no_marks(told):
    told["marks"] = []


def no_claims(told):
    told["claims"] = []


def no_claims_at_all(told):
    told.pop("claims", None)


def without(kind, what=""):
    def edit(told):
        gone = claims(told, kind, what)
        assert gone
        told["claims"] = [claim for claim in told["claims"] if claim not in gone]

    return edit


def all_ink_is_scenery(told):
    for claim in told["claims"]:
        if claim["kind"] not in {"axes", "space", "word"} and ("path" in claim or "box" in claim):
            claim["kind"] = "scenery"


def scenery_everywhere(told):
    """One claim accounts for the whole picture."""
    told["claims"] = [
        {"kind": "scenery", "what": "ground", "t0": 0.0, "t1": told["duration"],
         "style": {"fill": ["#11131a", 1.0]}, "box": [0, 0, 854, 480],
         "path": [[[0, 0], [854, 0], [854, 480], [0, 480], [0, 0]]]},
    ]  # fmt: skip


def graph_hidden_by_scenery(told):
    """The graph is not claimed, and scenery in the ground's colour accounts for its place."""
    without("curve")(told)
    scale = next(c["in"] for c in told["claims"] if c["kind"] == "axes")
    everywhere = {
        "kind": "scenery", "what": "halo", "t0": 0.0, "t1": told["duration"], "in": scale,
        "style": {"fill": ["#11131a", 1.0]}, "box": [0, 0, 854, 480],
        "path": [[[0, 0], [854, 0], [854, 480], [0, 480], [0, 0]]],
    }  # fmt: skip
    told["claims"].append(everywhere)


def facts_of_the_other_walk(told):
    one, other = (walk["name"] for walk in told["walks"])
    swap = {one: other, other: one}
    for fact in all_facts(told["claims"]):
        if isinstance(fact["of"].get("walk"), str):
            fact["of"]["walk"] = swap[fact["of"]["walk"]]


def walks_swapped(told):
    one, other = told["walks"]
    one["name"], other["name"] = other["name"], one["name"]


def one_step_later(told):
    for fact in all_facts(told["claims"]):
        if isinstance(fact["of"].get("k"), int) and fact["of"]["k"] > 0:
            fact["of"]["k"] -= 1


def marks_one_step_later(told):
    for mark in told["marks"]:
        if mark["k"] > 0:
            mark["k"] -= 1


def other_values(told):
    for fact in all_facts(told["claims"]):
        if isinstance(fact["value"], float):
            fact["value"] *= 1.01
        elif isinstance(fact["value"], list):
            fact["value"] = [1.01 * value for value in fact["value"]]


def beat_values(told):
    for beat in told["beats"]:
        for fact in beat["facts"]:
            if isinstance(fact["value"], float):
                fact["value"] += 0.01


def beat_facts_gone(told):
    for beat in told["beats"]:
        beat["facts"] = []


def given_instead(told):
    """Every fact is now one that someone chose: it cannot be false."""
    for fact in all_facts(told["claims"]):
        fact["what"], fact["of"] = "given", {"name": "any"}


def beats_given(told):
    for beat in told["beats"]:
        for fact in beat["facts"]:
            if isinstance(fact["value"], float | int) and not isinstance(fact["value"], bool):
                fact["what"], fact["of"] = "given", {"name": "any"}


def ticks_relabelled(told):
    for axes in claims(told, "axes", "axes"):
        for tick in axes["x"]["ticks"]:
            tick["label"] = re.sub(r"\d+", lambda m: str(int(m[0]) + 1), tick["label"])


def ticks_moved(told):
    for axes in claims(told, "axes", "axes"):
        for tick in axes["y"]["ticks"]:
            tick["pixel"][1] -= 5


def another_field(told):
    for curve in claims(told, "curve"):
        curve["field"] = {"function": "exp(x) - log(x) + x/20", "variables": ["x"]}


def another_text(told):
    for word in claims(told, "word", "number"):
        word["text"] = word["text"].replace("5", "6")
        word["code"] = word["code"].replace("5", "6")


def all_taught(told):
    for beat in told["beats"]:
        beat["facts"] = [{"what": "taught", "of": {}, "value": True, "said": beat["text"]}]


def seam_early(told):
    """The second beat begins while the first is still seen."""
    one, two = told["beats"][:2]
    one["t1"] = two["t0"] = two["t0"] - 1.0


def verdict_taught(told):
    told["beats"][0]["facts"].append(
        {"what": "taught", "of": {}, "value": True, "said": "it converges"}
    )


def shorter_stay(told):
    """Claims seem to have stood for a moment only, so that nothing need be looked at."""
    for claim in told["claims"]:
        if claim["kind"] != "axes":
            claim["t1"] = claim["t0"] + 1 / 15
    told["still"] = []


def nothing_stands(told):
    told["still"] = []


def other_levels(told):
    for level in claims(told, "level"):
        level["levels"] = [height + 0.25 for height in level["levels"]]


def other_span(told):
    for heat in claims(told, "map"):
        heat["span"][1] *= 1.2


def other_rule(evidence):
    for basins in (claim for claim in evidence["claims"] if claim["what"] == "basins"):
        basins.update(step="momentum", beta=0.9)


def other_rate(told):
    for basins in claims(told, "map"):
        basins["rate"] *= 8


def surface_mixed(told):
    """The surface is a mixture of its function with itself, though nothing turns into another."""
    for surface in claims(told, "surface", "surface"):
        field = surface["field"]
        surface["field"] = {"from": field, "to": field, "share": 0.5}


def caption_changed(told):
    told["beats"][0]["text"] = told["beats"][0]["text"].replace("0.1", "0.2")


def tolerance_changed(told):
    told["walks"][0]["tolerance"] = 10.0


def verdict_changed(told):
    told["walks"][0]["verdict"] = "CONVERGED"


def no_strip(told):
    del told["strip"]


def strip_cut_short(told):
    """The film in small is that of another film."""
    told["strip"]["every"] = 2


LIES = {
    "there is no film in small": ("Valley", no_strip, "expected the film in small, found none"),
    "the film in small is of more frames": ("Valley", strip_cut_short, "strip.pictures: expected"),
    "walks are replaced by walks on cos x": ("Valley", walks_on_cosine, "curve “graph”"),
    "two walks are replaced by walks on cos x": ("Race", walks_on_cosine, "polyline “chart”"),
    "no walks, no marks": ("Valley", nothing_claimed, "expected"),
    "no marks": ("Valley", no_marks, "expected a claim for"),
    "no claims": ("Valley", no_claims, "expected claims, found none"),
    "claims left out": ("Valley", no_claims_at_all, "claims"),
    "the graph is not claimed": ("Valley", without("curve"), "expected a claim for"),
    "tangents are not claimed": ("Valley", without("line"), "expected a claim for"),
    "numbers are not claimed": ("Valley", without("word", "number"), "expected a claim for"),
    "the axes are not claimed": ("Valley", without("axes", "axes"), "axes"),
    "the caption is not claimed": ("Valley", without("word", "caption"), "expected"),
    "the map is not claimed": ("Hills", without("map"), "expected a claim for"),
    "the level lines are not claimed": ("Hills", without("level"), "expected"),
    "the surface is not claimed": ("Bowl", without("surface"), "expected a claim for"),
    "the surface is a mixture": ("Bowl", surface_mixed, "a mixture in motion only"),
    "all ink is scenery": ("Valley", all_ink_is_scenery, "scenery"),
    "the whole picture is scenery": ("Valley", scenery_everywhere, "expected the title"),
    "the graph is hidden by scenery": ("Valley", graph_hidden_by_scenery, "expected"),
    "facts are of the other walk": ("Twice", facts_of_the_other_walk, "word “number”"),
    "the walks’ names are swapped": ("Race", walks_swapped, "mark 'fast'"),
    "all claims are of the step before": ("Valley", one_step_later, "line “tangent”"),
    "all marks are of the step before": ("Valley", marks_one_step_later, "mark 'down'"),
    "values are changed": ("Valley", other_values, "expected"),
    "values of the captions are changed": ("Valley", beat_values, "0.7851"),
    "captions have no facts": ("Valley", beat_facts_gone, "expected a fact that says so"),
    "all facts are given": ("Valley", given_instead, "given"),
    "the captions are only taught": ("Valley", all_taught, "of them taught"),
    "a verdict is only taught": ("Valley", verdict_taught, "expected a proof of “it converges”"),
    "the captions’ facts are given": ("Valley", beats_given, "given"),
    "ticks are relabelled": ("Valley", ticks_relabelled, "axes “axes”"),
    "ticks are moved": ("Valley", ticks_moved, "axes “axes”"),
    "the graph is of another function": ("Valley", another_field, "curve “graph”"),
    "texts are others": ("Valley", another_text, "word “number”"),
    "claims stand for a moment only": ("Valley", shorter_stay, "expected"),
    "nothing ever stands": ("Valley", nothing_stands, "expected"),
    "levels are others": ("Hills", other_levels, "level “level lines”"),
    "the heat has another span": ("Hills", other_span, "map “heat”"),
    "basins are of another rule": ("Wells", other_rule, "map “basins”"),
    "basins are of another rate": ("Wells", other_rate, "map “basins”"),
    "a beat begins too early": ("Twice", seam_early, "expected no caption but its own"),
    "the caption is another": ("Valley", caption_changed, ".srt"),
    "the tolerance is another": ("Valley", tolerance_changed, "walk 'down'"),
    "the verdict is another": ("Valley", verdict_changed, "verdict"),
}


@pytest.mark.parametrize(("clip", "edit", "expected"), LIES.values(), ids=LIES)
def test_a_lie_in_the_evidence(spoilt, clip, edit, expected):
    failures = spoilt(clip, edit)
    assert failures, "nobody noticed"
    assert any(expected in line for line in failures), failures
