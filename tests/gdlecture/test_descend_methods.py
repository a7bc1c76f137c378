"""`lecture descend` by any rule of gdmath: what is planned, what is drawn, and what is refused."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from gdlecture.__main__ import main
from gdlecture.verify.rule_lines import check_rule
from gdlecture.verify.verify import verify_clip
from gdmath import (
    ScalarField,
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
from gdmath.descent.steps import CosineDecay, ExponentialDecay, InverseDecay, StepDecay
from gdstage.any.methods import METHODS
from gdstage.look.theme import current_theme
from gdstage.walks.readouts import rule

QUARTIC = "x**4/4 - x"

# What is asked for, and the same step as gdmath makes it.
ASKED = {
    "gradient": ([], gradient_step(0.1)),
    "momentum": (["--beta", "0.5"], momentum_step(0.1, 0.5)),
    "nesterov": (["--rate", "0.05"], nesterov_step(0.05, 0.9)),
    "adagrad": (["--epsilon", "1e-6"], adagrad_step(0.1, 1e-6)),
    "rmsprop": (["--decay", "0.99"], rmsprop_step(0.1, 0.99)),
    "adam": (["--beta1", "0.8", "--beta2", "0.99"], adam_step(0.1, 0.8, 0.99)),
    "step-decay": (["--every", "4", "--factor", "0.25"], scheduled_step(StepDecay(0.1, 4, 0.25))),
    "exponential-decay": ([], scheduled_step(ExponentialDecay(0.1, 0.95))),
    "cosine-decay": (["--least", "0.01"], scheduled_step(CosineDecay(0.1, 12, 0.01))),
    "inverse-decay": (["--decay", "0.5"], scheduled_step(InverseDecay(0.1, 0.5))),
    "backtracking": (["--shrink", "0.7"], backtracking_step(1.0, 0.7)),
    "barzilai-borwein": (["--length", "short"], barzilai_borwein_step(0.1, "short")),
    "newton": ([], newton_step()),
    "damped-newton": ([], damped_newton_step()),
}


def run(*arguments):
    return CliRunner().invoke(main, ["descend", *arguments])


def plan(*arguments):
    told = run(*arguments, "--dry-run", "--json")
    assert told.exit_code == 0, told.output
    return json.loads(told.output)


def test_every_method_is_asked_for_here():
    assert ASKED.keys() == METHODS.keys()


@pytest.mark.parametrize("method", ASKED)
def test_a_method_takes_the_steps_of_its_rule(method):
    options, step = ASKED[method]
    (taken,) = plan(
        QUARTIC, "--start", "-1.5", "--steps", "12", "--method", method, *options
    )["runs"]  # fmt: skip
    walk = descend(ScalarField.parse(QUARTIC), -1.5, step, 12, 1e-5)
    assert taken["point"] == walk.points[-1].tolist()
    assert taken["verdict"] == walk.verdict.name


@pytest.mark.parametrize("method", METHODS)
def test_help_names_each_method_and_its_settings(method):
    told = " ".join(run("--help").output.split()).replace("- ", "-")
    assert method in told
    assert all(f"--{setting} " in told for setting in METHODS[method].settings)


@pytest.mark.parametrize("method", sorted({method.written for method in METHODS.values()}))
def test_the_lines_of_a_rule_are_those_that_verify_knows(method):
    def told(text):
        return check_rule(SimpleNamespace(told={"method": method, "text": text}))

    for line in rule(current_theme(), method):
        assert told(line) == ""
        for sign, other in (("-", "+"), ("_k", "_(k-1)"), ("gamma", "beta"), ("s_k", "m_k")):
            if sign in line.replace("k-1", "").replace("k-2", ""):
                assert told(line.replace(sign, other))


def test_a_race_has_a_run_for_each_method_and_says_which_is_there_first():
    told = plan("exp(x) - log(x)", "--start", "1.6", "--methods", "gradient", "rmsprop", "newton",
                "--steps", "60")  # fmt: skip
    assert [one["name"] for one in told["runs"]] == ["gradient", "rmsprop", "newton"]
    steps = {one["name"]: one["stopped_at"] for one in told["runs"]}
    assert steps["newton"] < min(steps["gradient"], steps["rmsprop"])
    said = next(beat["text"] for beat in told["beats"] if "at once" in beat["title"])
    assert said == f"Newton is there first, at step {steps['newton']}; all 3 arrive."


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (
            ("x**2", "--methods", "newton", "damped-newton"),
            "Newton and damped Newton arrive first",
        ),
        (("x**2", "--compare", "0.25", "0.75"), "α = 0.25 and α = 0.75 arrive first, "),
        (("x**2", "--compare", "0.25", "0.75", "0.1"), "α = 0.25 and α = 0.75 arrive first, "),
        (("x**2 + y**2", "--compare", "0.4", "0.6", "0.5"), "α = 0.5 is there first, "),
    ],
)
def test_of_those_that_are_there_at_once_none_is_called_first(arguments, first):
    start = ["1"] if "y" not in arguments[0] else ["1", "2"]
    told = plan(*arguments, "--start", *start, "--steps", "200")
    assert any(beat["text"].startswith(first) for beat in told["beats"])


def test_settings_may_be_in_a_file(tmp_path):
    options = (QUARTIC, "--methods", "adam,momentum", "--beta2", "0.9", "--start", "-1.5")
    written = run(*options, "--print-config")
    assert written.exit_code == 0, written.output
    path = tmp_path / "race.toml"
    path.write_text(written.output, encoding="utf-8")
    assert plan("--config", str(path))["runs"] == plan(*options)["runs"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--method", "adm"), "did you mean adam?"),
        (("--method", "sgd9"), "known are gradient, momentum"),
        (("--methods", "adam", "adam"), "each must be another"),
        (("--methods", "adam", "momentum", "--compare", "0.1", "0.2"), "with one rate"),
        (("--methods", "adam", "momentum", "--start", "2"), "from one start"),
        (("--method", "gradient", "--beta2", "0.9"), "beta2: no setting of gradient"),
        (("--method", "adam", "--beta2", "1.5"), "beta2 must be at least 0 and below 1"),
        (("--method", "backtracking", "--shrink", "1"), "shrink must be between 0 and 1"),
        (("--method", "step-decay", "--every", "0"), "every must be a whole number"),
        (("--basins",), "a map needs two variables"),
        (("--basins", "--methods", "adam", "momentum"), "where one rule leads"),
        (("--method", "newton", "--compare", "0.1", "0.2"), "no learning rate to compare"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(options, told):
    said = run("x**2", "--start", "1", *options, "--dry-run")
    assert said.exit_code == 1
    assert told in said.output
    assert said.output.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (QUARTIC, "--start", "-1.5", "--method", "adam", "--steps", "4"),
        # Newton leaps so far that the height's axis tells its unit.
        (QUARTIC, "--start", "-1.5", "--method", "newton", "--steps", "4"),
        ("x**2", "--start", "1", "--steps", "4", "--methods", "nesterov", "damped-newton"),
    ],
    ids=["adam", "newton", "race"],
)  # fmt: skip
def test_a_clip_by_other_rules_is_true(tmp_path, arguments):
    told = run(*arguments, "-q", "l", "-o", str(tmp_path / "clip.mp4"))
    assert told.exit_code == 0, told.output
    assert verify_clip(tmp_path / "clip.mp4", tmp_path / "clip.json").failures == ()
