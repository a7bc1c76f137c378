"""What `lecture descend` says of public cases, and of more of their kinds: true, or not said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdlecture.__main__ import main

CASES = json.loads((Path(__file__).parents[1] / "data/public_cases.json").read_text())


def told(*arguments):
    """What the dry run tells machines."""
    ran = CliRunner().invoke(main, ["descend", *arguments, "--dry-run", "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def words_of(plan):
    return " ".join(f"{beat['title']}: {beat['text']}" for beat in plan["beats"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_public_case_is_told_as_it_is(case):
    plan = told(*case["args"])
    (run,) = plan["runs"]
    ending, within = run["ending"], case["within"]
    assert run["verdict"] in case["verdict"]
    assert case["kind"] in {None, ending["kind"]}
    assert case["period"] in {None, ending["period"]}
    if case["point"] is not None:
        near = [abs(abs(a) - abs(b)) for a, b in zip(run["point"], case["point"], strict=True)]
        assert max(near) <= within
    said = words_of(plan).lower()
    assert [words for words in case["never_say"] if words.lower() in said] == []


# Of each kind more: the arguments, the verdict, what must be said, and what must not.
MORE = [
    # falls: no lowest value
    ("-x**4 + x", "--start 1 --rate 0.1", "FALLING", ["no lowest value"], ["climb", "its way"]),
    ("x*y", "--start 1 -1.1 --rate 0.2 --steps 60", "FALLING", ["no lowest value"], ["climb"]),
    ("-exp(x)", "--start 0 --rate 0.5", "FALLING", ["no lowest value"], ["climb", "arrives"]),
    # stops where no minimum is
    ("x**3 + y**2", "--start 0.5 1 --rate 0.3 --steps 900", "STOPPED", ["stops"], ["arrives"]),
    ("cos(x)", "--start 0.3 --method newton", "STOPPED", ["a maximum"], ["arrives"]),
    ("x**2 - y**4", "--start 1 0 --rate 0.2 --steps 60", "STOPPED", ["saddle"], ["arrives"]),
    # ends in a cycle, within bounds
    ("x**4/4", "--start 1 --rate 2 --steps 60", "OSCILLATING", ["to and fro"], ["climb", "away"]),
    ("log(cosh(x))", "--start 1 --rate 3 --steps 80", "OSCILLATING", ["jumping"], ["runs away"]),
    ("abs(x)", "--start 1 --rate 0.3", "OSCILLATING", ["jumping between", "kink"], ["arrives"]),
    # slow is not for ever
    ("x**2/2", "--start 1 --rate 0.002", "BUDGET_SPENT", ["not there yet"], ["for ever"]),
    ("x**2 + y**2", "--start 1 1 --rate 0.995", "BUDGET_SPENT", ["0.99"], ["no shorter"]),
    ("x**4", "--start 1 --rate 0.05", "BUDGET_SPENT", ["ever more slowly"], ["for ever"]),
    # Newton
    ("cbrt(x)**4", "--start 1 --method newton", "DIVERGED", ["runs away"], ["f″ is 0"]),
    ("x**3 - 3*x", "--start 0 --method newton", "NO_STEP", ["f″ is 0"], ["runs away"]),
    # scope: a local minimum is no lowest one
    ("x**4 - 3*x**2 + x", "--start 1.5 --rate 0.05 --steps 60", "CONVERGED", ["a local minimum"],
     ["The minimum is", "global"]),
    ("x**3 - 3*x", "--start 0.5 --rate 0.05 --steps 90", "CONVERGED", ["lower"], ["lowest"]),
    # kinks, or not
    ("x*abs(x) + 2*x**2", "--start 1 --rate 0.1", "CONVERGED", ["it arrives"], ["kink"]),
    ("(x - 2)**2/2 + 3*abs(x)", "--start 2 --rate 0.1", "OSCILLATING", ["kink"], ["arrives"]),
    ("max(x, -2*x)", "--start 1 --rate 0.2", "OSCILLATING", ["jumps from −2 to 1"], ["arrives"]),
    # curves of minima
    ("(x*y - 1)**2", "--start 2 1 --rate 0.05 --steps 90", "CONVERGED", ["curve"], ["many"]),
    ("(x + 2*y - 1)**2", "--start 1 1 --rate 0.05 --steps 90", "CONVERGED", ["a curve of minima"],
     ["lowest"]),
    # plateaus
    ("exp(-x**2)", "--start 8 --rate 0.1", "STUCK", ["plateau"], ["arrives", "minimum is at"]),
    ("tanh(x)", "--start 25 --rate 1", "STUCK", ["plateau"], ["arrives", "valley is"]),
]  # fmt: skip


@pytest.mark.parametrize(("function", "rest", "verdict", "says", "never"), MORE)
def test_more_of_each_kind(function, rest, verdict, says, never):
    plan = told(function, *rest.split())
    said = words_of(plan)
    assert plan["runs"][0]["verdict"] == verdict, said
    assert [words for words in says if words not in said] == [], said
    assert [words for words in never if words.lower() in said.lower()] == [], said


# Where one must be able to see: both in the window, apart by a share of its width.
SEEN = [
    ("((x+y-300)**2+(2*x+y-500)**2)/4", "--start 0 0 --rate 0.8", [(0, 0), (200, 100)], 0.2),
    ("(x-100)**2+(y-200)**2", "--start 0 0 --rate 1.1", [(0, 0), (100, 200)], 0.2),
    ("(x-1e6)**2", "--start 0 --rate 1.2", [(0,), (1e6,)], 0.2),
    ("(1/(1+exp(-x)) - 1)**2", "--start -14 --rate 1", [(-14,), (2,)], 0.2),
    ("tanh(x)", "--start 25 --rate 1", [(25,), (-2,)], 0.2),
    ("1 - cos(x)", "--start 0.001 --rate 2.2 --steps 300", [(-0.749,), (0.749,)], 0.2),
    ("(x**2+y**2-1)**2", "--start 0.3 0.1 --rate 0.1", [(-1, 0), (1, 0)], 0.2),
    ("x*cos(0.15*pi*x)", "--start 10 --method newton", [(10,), (26.834,)], 0.1),
]


@pytest.mark.parametrize(("function", "rest", "places", "apart"), SEEN)
def test_what_it_is_about_is_in_sight_and_apart(function, rest, places, apart):
    window = told(function, *rest.split())["window"]
    for place in places:
        assert all(low < c < high for c, (low, high) in zip(place, window, strict=True)), window
    shares = [
        abs(a - b) / (high - low) for a, b, (low, high) in zip(*places[:2], window, strict=True)
    ]
    assert max(shares) >= apart


def test_the_plan_for_machines_has_what_is_promised():
    plan = told("x**4 - 3*x**2 + x", "--start", "1.5", "--compare", "0.01", "0.05")
    assert set(plan) == {
        "function", "dimension", "runs", "window", "heights", "minima", "kinks", "beats",
    }  # fmt: skip
    assert (plan["function"], plan["dimension"]) == ("x**4 - 3*x**2 + x", 1)
    assert [run["name"] for run in plan["runs"]] == ["α = 0.01", "α = 0.05"]
    run = plan["runs"][1]
    assert (run["verdict"], run["ending"]["kind"]) == ("CONVERGED", "minimum")
    # 4x³ − 6x + 1 = 0 has the roots 1.1309… and −1.3008…
    assert run["ending"]["minimum"]["point"] == pytest.approx([1.1309011227])
    assert not run["ending"]["minimum"]["is_lowest"]
    assert run["certified_error"] < 1e-15
    assert [m["point"][0] for m in plan["minima"]] == pytest.approx([-1.3008395659, 1.1309011227])
    assert all(beat["title"] and beat["text"].endswith(".") for beat in plan["beats"])


def test_json_without_a_dry_run_is_wrong_usage():
    ran = CliRunner().invoke(main, ["descend", "x**2", "--json"])
    assert ran.exit_code == 2
    assert "it goes with --dry-run" in ran.output
