"""`lecture descend`: plans against closed forms, settings, LaTeX, and what is said of mistakes."""

import json
import math
import os
import re
import resource
import subprocess
import sys
import time
import tomllib
import unicodedata
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from gdlecture.__main__ import main
from gdlecture.descend.latex import COMMANDS, LatexError, formula_of
from gdlecture.descend.limits import TooLongError, deadline
from gdlecture.descend.making import SECONDS, DescendError, check_target, name_of, planned
from gdlecture.descend.settings import KINDS, SettingsError, read_settings, written
from gdlecture.verify.evidence import record_of as taken
from gdlecture.verify.evidence import with_data
from gdlecture.verify.retake import differences
from gdmath import ScalarField, Verdict, descend, gradient_step
from gdmath.descent.excerpt import CERTIFIED_STEPS, beginning
from gdmath.fields.regression import regression
from gdstage.any.experiment import Experiment, ExperimentError, check_settings
from gdstage.any.plan import experiment_of, plan_of
from gdstage.look.ticks import ticks_of
from gdstage.proof.evidence import json_ready, say_once, walk_record

ROOT = Path(__file__).parents[2]


def plan(function, **settings):
    return plan_of(experiment_of(function, **settings))


def run(*arguments):
    return CliRunner().invoke(main, ["descend", *arguments])


# --- plans ---------------------------------------------------------------------------------


def test_the_walk_is_the_plain_loop():
    found = plan("x**4 - 3*x**2 + x", start=1.5, rate=0.05, steps=30).runs[0].walk
    x = 1.5
    for k in range(found.stopped_at):
        assert found.points[k, 0] == pytest.approx(x, rel=1e-12)
        x = x - 0.05 * (4 * x**3 - 6 * x + 1)
    assert found.verdict is Verdict.CONVERGED
    assert abs(4 * x**3 - 6 * x + 1) < 1e-5


def test_both_valleys_of_a_quartic_are_in_the_window():
    found = plan("x**4 - 3*x**2 + x", start=1.5, rate=0.05)
    bottoms = sorted(r.real for r in np.roots([4, 0, -6, 1]) if 12 * r.real**2 > 6)
    assert [v.point[0] for v in sorted(found.valleys, key=lambda v: v.point)] == pytest.approx(
        bottoms, abs=1e-8
    )
    low, high = found.window[0]
    assert low < bottoms[0] < bottoms[1] < 1.5 < high


@pytest.mark.parametrize("exponent", [-30, -9, 0, 9, 30])
def test_windows_scale_with_the_numbers(exponent):
    scale = 10.0**exponent
    small = plan(
        f"(x/1e{exponent})**2" if exponent else "x**2", start=1.5 * scale, rate=0.1 * scale**2
    )
    low, high = small.window[0]
    plain_low, plain_high = plan("x**2", start=1.5, rate=0.1).window[0]
    assert (low / scale, high / scale) == pytest.approx((plain_low, plain_high), rel=1e-6)


def test_a_window_far_from_zero():
    low, high = plan("(x-1e9)**2", start=1e9 + 3, rate=0.1).window[0]
    assert 1e9 - 20 < low < 1e9 < 1e9 + 3 < high < 1e9 + 20


def test_an_iterate_that_leaves_the_domain_is_seen_if_it_is_near():
    found = plan("exp(x) - log(x)", start=1.6, rate=0.5)
    (walk,) = (r.walk for r in found.runs)
    assert walk.verdict is Verdict.LEFT_DOMAIN
    assert found.window[0][0] < walk.points[1, 0] < 0


def test_a_runaway_does_not_widen_the_window_to_nothing():
    found = plan("x**2", start=0.5, rate=3.0)
    low, high = found.window[0]
    assert abs(found.runs[0].walk.points[-1, 0]) > 1e10
    assert low < 0
    assert 0.5 < high < low + 10


def test_a_kink_is_told_and_is_the_minimum():
    found = plan("abs(x - 1)", start=1.6, rate=0.25)
    assert found.kinks == (1.0,)
    assert [(v.point, v.value, v.kink) for v in found.valleys] == [((1.0,), 0.0, True)]
    assert found.runs[0].walk.verdict is Verdict.OSCILLATING


def test_himmelblau_has_its_four_minima():
    found = plan("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", starts=8, rate=0.01, steps=60)
    known = [(3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]
    assert len(found.valleys) == 4
    for point in known:
        assert any(v.point == pytest.approx(point, abs=1e-5) for v in found.valleys)
    assert len(found.runs) == 8


def test_rosenbrock_has_one_minimum_and_it_is_round():
    (valley,) = plan("(1-x)**2 + 100*(y-x**2)**2", start=(-1.2, 1), rate=1e-3).valleys
    assert valley.point == (1.0, 1.0)
    assert valley.value == 0.0


def test_starts_are_spread_inside_the_domain():
    found = plan("exp(x) - log(x)", starts=5)
    starts = [r.walk.start[0] for r in found.runs]
    assert starts == sorted(starts)
    assert len(set(starts)) == 5
    assert starts[0] > 0


def test_one_window_for_both_variables():
    assert plan("x**2 + y**2", window=(-3, 3)).window == ((-3.0, 3.0), (-3.0, 3.0))


@pytest.mark.parametrize(
    ("function", "settings", "says"),
    [
        ("log(x)", {"window": (-3, -1)}, "window: f has no value anywhere in it; it needs x > 0"),
        ("log(x)", {"start": -1}, "start: f has no value at -1; it needs x > 0"),
        ("x**2", {"start": math.nan}, "start"),
        ("x**2", {"start": 1e200}, "start"),
        ("x**2", {"rate": 0}, "rate"),
        ("x**2", {"rate": math.inf}, "rate"),
        ("x**2", {"compare": (0.1, 0.1)}, "rates: each must be another"),
        ("x**2", {"compare": (0.1, 0.2), "starts": 3}, "from one start"),
        ("x**2", {"steps": 0}, "steps"),
        ("x**2", {"steps": 100_001}, "steps"),
        ("x**2", {"method": "sgd"}, "method"),
        ("x**2", {"method": "momentum", "beta": 1.0}, "beta"),
        ("x**2", {"window": (3, -3)}, "window: 3 -3 is empty"),
        ("x**2", {"window": (1, 2, 3)}, "window"),
        ("x*y", {"start": 1}, "2 coordinates"),
        ("x**2", {"title": "a\nb"}, "title"),
        ("x**2", {"title": "t" * 41}, "title"),
        ("log(-1-x**2)", {}, "no real value|none of the usual places"),
        ("x +", {}, "does not read as a formula"),
        ("9**9**9", {}, "exponent"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told_in_one_line(function, settings, says):
    with pytest.raises(ValueError, match=says) as told:
        plan(function, **settings)
    assert "\n" not in str(told.value)


def test_settings_are_checked_whoever_makes_them():
    with pytest.raises(ExperimentError, match="beta"):
        Experiment("x", methods=("momentum",), settings={"beta": 2.0})
    with pytest.raises(ExperimentError, match="numbers are needed"):
        Experiment("x", rates=("0.1",))


@pytest.mark.parametrize(
    "window",
    [
        (-3, 3), (0, 1e9), (-1e-9, 2e-9), (1e6, 1e6 + 1e-3), (12345, 12399), (1e15, 1e15 + 8),
        (-1e-100, 1e-100),
    ],
)  # fmt: skip
def test_ticks_are_true_and_short(window):
    ticks = ticks_of(*window)
    assert 2 <= len(ticks.places) <= 9
    for place, label in zip(ticks.places, ticks.labels, strict=True):
        said = float(label.replace("−", "-")) * 10.0**ticks.power + ticks.offset
        assert said == pytest.approx(place, abs=1e-6 * (window[1] - window[0]))
        assert len(label) <= 6
    assert len(set(ticks.labels)) == len(ticks.labels)


# --- bounds --------------------------------------------------------------------------------


def test_a_deadline_stops_a_loop_and_is_lifted():
    began = time.process_time()
    with pytest.raises(TooLongError), deadline(0.1):
        sum(1 for _ in iter(int, 1))  # never ends
    assert time.process_time() - began < 1
    with deadline(5):
        pass


def test_a_tower_of_powers_answers_at_once():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(
        [sys.executable, "-m", "gdlecture", "descend", "9**9**9"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "at position 3" in told.stderr
    # Of the processor, whatever else runs on the machine: 0.5 s if nothing does.
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


def test_parts_that_overflow_do_not_fill_memory():
    began = time.process_time()
    planned({"function": "x/exp(exp(exp(exp(exp(x)))))"})
    assert time.process_time() - began < SECONDS


# --- the command ---------------------------------------------------------------------------


def test_dry_run_prints_the_plan_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = run("x**2", "--start", "1", "--rate", "0.25", "--dry-run")
    assert told.exit_code == 0
    assert "function  x**2" in told.output
    assert "minimum   at 0: 0" in told.output
    assert "converged" in told.output
    assert list(tmp_path.iterdir()) == []


def test_numbers_may_follow_in_any_way():
    spaced = run("x**2", "--compare", "0.05", "0.1", "0.3", "--window", "-3", "3", "--dry-run")
    commas = run("x**2", "--window=-3,3", "--compare=0.05,0.1,0.3", "--dry-run")
    assert spaced.exit_code == 0, spaced.output
    assert spaced.output == commas.output
    assert spaced.output.count("walk ") == 3


@pytest.mark.parametrize("function", ["-x**2", "-3", "-(x-1)**4", "-sin(x)"])
def test_a_formula_may_begin_with_a_minus(function):
    told = run(function, "--dry-run")
    assert told.exit_code == 0, told.output
    assert str(ScalarField.parse(function).expr) in told.output


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "what function"),
        (("x", "--star", "3"), 2, "--start"),
        (("x", "--start", "nan"), 2, "'nan' is not a finite number"),
        (("x", "--start", "nan", "-o", "a.mp4"), 2, "'nan' is not a finite number"),
        (("x", "--start", "-inf", "--dry-run"), 2, "'-inf' is not a finite number"),
        (("x", "--start"), 2, "'--start' needs a number"),
        (("x", "--start", "--rate", "0.1"), 2, "'--start' needs a number"),
        (("x", "y"), 2, "unexpected"),
        (("x", "--latex", "x"), 2, "say the same"),
        (("x", "--steps", "many"), 2, "--steps"),
        (("x", "--config", "none.toml"), 2, "none.toml"),
        (("sinn(x)",), 1, "did you mean sin"),
        (("x**2", "-o", "clip.avi"), 1, "write clip.mp4"),
        (("x**2", "-o", "/dev/null/a.mp4"), 1, "is no folder"),
        (("x**2", "--out", __file__), 2, "is a file"),
        (("x**2", "--out", "/dev/null/a"), 1, "cannot write"),
    ],
)
def test_mistakes_are_told(arguments, code, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = run(*arguments)
    assert told.exit_code == code, told.output
    assert says in told.output
    assert "Traceback" not in told.output
    if code == 1:
        assert told.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@contextmanager
def not_root():
    """Root may write anywhere; so who is asked whether he may is another, for the while.

    That is the real user. The effective one, who reads and writes, stays as it was.
    """
    if os.geteuid() != 0:
        yield
        return
    os.setreuid(65534, -1)
    try:
        yield
    finally:
        os.setreuid(0, -1)


def test_a_folder_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no folder above is asked: all of them may be root's alone
    tmp_path.chmod(0o777)
    with not_root():
        check_target(Path("a.mp4"))
    tmp_path.chmod(0o555)
    with not_root():
        told = run("x**2", "-o", "a.mp4")
    assert (told.exit_code, told.output) == (1, "Error: cannot write a.mp4: Permission denied\n")
    assert list(tmp_path.iterdir()) == []


def test_names_are_safe_and_never_the_lectures():
    assert name_of({"function": "x**4 - 3*x**2"}) == "descend_x_pow_4_minus_3_x_pow_2"
    title = "../../etc/pass wd"
    assert re.fullmatch("descend_[a-z0-9_]+", name_of({"function": "x", "title": title}))
    assert len(name_of({"function": "x+" * 200 + "x"})) <= 48


TITLES = [
    "Σπίτι", "Σπίτια", "房子", "房间", "بيت", "🏠", "🏡", "👩‍👩‍👧", "été", "ete", "Bowl!",
    "Bowl?", "a b", "a-b", "a+b", "a/b", "x" * 80, "x" * 81, "CON", "...", "A", "..", "Ж", "ж2",
]  # fmt: skip


def test_titles_in_any_script_have_names_of_their_own():
    names = [name_of({"function": "x", "title": title}) for title in TITLES]
    assert len(set(names)) == len(TITLES)
    assert all(re.fullmatch("descend_[a-z0-9_]{1,40}", name) for name in names)
    assert names == [name_of({"function": "x**2", "title": title}) for title in TITLES]


def test_a_name_is_the_same_on_every_machine():
    assert name_of({"function": "x", "title": "Bowl"}) == "descend_bowl"
    assert name_of({"function": "x", "title": "Σπίτι"}) == "descend_clip_8ce91f18"
    one, other = unicodedata.normalize("NFC", "Évasé"), unicodedata.normalize("NFD", "évasé")
    assert name_of({"function": "x", "title": one}) == name_of({"function": "x", "title": other})
    assert name_of({"function": "x", "title": one}).startswith("descend_evase_")


def test_functions_that_differ_in_brackets_have_names_of_their_own():
    functions = ["(x+1)*2", "x+1*2", "exp(x)", "exp x", "max(x, 1)", "max(x - 1)", "x"]
    assert len({name_of({"function": text}) for text in functions}) == len(functions)


# --- settings files ------------------------------------------------------------------------


def test_printed_settings_are_read_again(tmp_path):
    told = run(
        "x**2 + y**2", "--start", "1", "2", "--start", "-1", "0.5", "--method", "momentum",
        "--beta", "0.8", "--window", "-3", "3", "--title", 'a "bowl" \\ ✓',
        "-q", "l", "--print-config",
    )  # fmt: skip
    assert told.exit_code == 0
    path = tmp_path / "my.toml"
    path.write_text(told.output, encoding="utf-8")
    settings = read_settings(path)
    assert settings == tomllib.loads(told.output)
    assert settings["start"] == [1, 2, -1, 0.5]
    assert settings["title"] == 'a "bowl" \\ ✓'
    again = run("--config", str(path), "--print-config")
    assert again.output == told.output
    assert "walk      (−1, 0.5)" in run("--config", str(path), "--dry-run").output


def test_options_come_before_the_file(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text('latex = "x"\nrate = 0.3\nstarts = 3\n', encoding="utf-8")
    settings = tomllib.loads(
        run("x**2", "--config", str(path), "--start", "2", "--print-config").output
    )
    assert settings["function"] == "x**2"
    assert settings["rate"] == 0.3
    assert settings["start"] == [2]
    assert not {"latex", "starts"} & settings.keys()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"function = 3", "function must be a text"),
        (b"functoin = 'x'", "is no setting"),
        (b"function = ", "is no TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"function = 'x'\nlatex = 'x'", "say the same"),
        (b"quality = 'z'", "one of l, m, h"),
        (b"start = [1, 'a']", "start must be"),
        (b"rate = true", "rate must be"),
        (b"methods = 'adam'", "methods must be a list of texts"),
        (b"basins = 1", "basins must be true or false"),
        (b"rate = nan", "rate must be"),
        (b"#" * 70_000, "no settings"),
        (b"x = " + b"[" * 5000, "is no TOML"),
    ],
)
def test_a_broken_file_is_told_in_one_line(text, says, tmp_path):
    path = tmp_path / "my.toml"
    path.write_bytes(text)
    with pytest.raises(SettingsError, match=says) as told:
        read_settings(path)
    assert "\n" not in str(told.value)


def test_every_setting_is_written():
    kinds = {
        "text": "l", "texts": ["a", "b"], "whole": 2, "number": 0.5, "numbers": [1.0, 2.0],
        "flag": True,
    }  # fmt: skip
    given = {key: kinds[kind] for key, kind in KINDS.items()}
    assert tomllib.loads(written(given)) == given


# --- data ----------------------------------------------------------------------------------


@pytest.fixture
def points(tmp_path):
    """A file of a line's points and whether they are high."""
    path = tmp_path / "points.csv"
    rows = [(t / 10, 2 * t / 10 + 1, int(t > 14)) for t in range(30)]
    lines = ["hours,score,passed", *(f"{t},{s},{p}" for t, s, p in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_regression_is_descended_on(points):
    told = run("--data", str(points), "--model", "score = a*hours + b", "--dry-run",
               "--start", "0", "0", "--rate", "0.2", "--steps", "400")  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "function  mean squared error of a*hours + b over 30 points" in told.output
    assert "x         is a\ny         is b" in told.output
    assert "minimum   at 2, 1: 0" in told.output
    assert "clip      descend_squared_score_a_hours_plus_b" in told.output


def test_the_log_loss_of_a_sigmoid(points):
    told = run("--data", str(points), "--model", "passed = sigmoid(a*(hours - 1.5))",
               "--loss", "log", "--rate", "2", "--dry-run")  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "mean log loss of sigmoid(a*(hours - 1.5)) over 30 points" in told.output
    assert "error at most" in told.output


@pytest.fixture
def many_points(tmp_path):
    """Ten thousand rows: `low` and `high` part at t = 0.5, `mixed` do not part."""
    t = np.random.default_rng(4).uniform(-3, 3, 10_000).round(3)
    chance = np.random.default_rng(5).uniform(size=10_000) < 1 / (1 + np.exp(-2 * t + 1))
    rows = zip(t, (t > 0.5).astype(int), chance.astype(int), strict=True)
    path = tmp_path / "many.csv"
    text = "".join(f"{a},{b},{c}\n" for a, b, c in rows)
    path.write_text("t,high,mixed\n" + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("model", "options"),
    [
        ("mixed = a*t + b", ("--rate", "1", "--steps", "100")),
        ("high = a*t + b", ("--rate", "1", "--steps", "60")),
        ("high = sigmoid(a*t + b)", ("--method", "newton", "--steps", "30")),
    ],
)
def test_ten_thousand_rows_are_told_of_and_never_a_minimum_that_is_none(
    model, options, many_points
):
    told = run("--data", str(many_points), "--model", model, "--loss", "log", "--start", "0", "0",
               *options, "--dry-run")  # fmt: skip
    assert told.exit_code == 0, told.output
    # Where the classes part, the log loss falls for ever along a trough, and has no minimum.
    assert ("minimum" in told.output) == ("mixed" in model)
    assert "is singular" not in told.output


@pytest.mark.parametrize("rows", [15, 30, 300])
def test_a_few_rows_are_judged_alike(rows, many_points, tmp_path):
    few = tmp_path / "few.csv"
    lines = many_points.read_text(encoding="utf-8").splitlines()[: rows + 1]
    few.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = run("--data", str(few), "--model", "mixed = a*t + b", "--loss", "log",
               "--start", "0", "0", "--rate", "1", "--steps", "2000", "--dry-run")  # fmt: skip
    assert told.exit_code == 0, told.output
    assert told.output.count("minimum") == 1
    assert "converged at step" in told.output


def test_data_may_stand_in_the_settings(points, tmp_path):
    config = tmp_path / "my.toml"
    told = run("--data", str(points), "--model", "score = a*hours", "--print-config")
    config.write_text(told.output, encoding="utf-8")
    again = run("--config", str(config), "--dry-run")
    assert "mean squared error of a*hours over 30 points" in again.output
    other = run("x**2", "--config", str(config), "--dry-run")
    assert "function  x**2" in other.output


@pytest.mark.parametrize(
    ("content", "model", "says"),
    [
        (None, "a*t", "cannot be read: No such file"),
        (b"", "a*t", "is empty"),
        (b"t,s\n", "a*t", "1 to 10,000 rows of data, not 0"),
        (b"t,s\n1,2\n3\n", "a*t", "row 2: 2 values are needed, not 1"),
        (b"t,s\n1,2\n3,x\n", "a*t", "column s, row 2: 'x' is no number"),
        (b"t,s\n1,2\n3,\n", "a*t", "column s, row 2: '' is no number"),
        (b"1,2\n3,4\n", "a*t", "'1' is no name"),
        (b"t,t\n3,4\n", "a*t", "a name of its own"),
        (b"\xff\xfe\n", "a*t", "is not UTF-8"),
        (b"t,s\n1,2\n", "a*t +", "does not read as a formula"),
        (b"t,s\n1,2\n", "a*b*c*t", "one or two parameters, not a, b, c"),
        (b"t,s,u\n1,2,3\n", "a*t", "write s = a*t + b; s, u are not in it"),
        (b"t,s\n1,2\n", "u = a*t", "no column is called 'u'"),
    ],
)
def test_data_that_cannot_be_used_are_told_in_one_line(content, model, says, tmp_path):
    path = tmp_path / "my.csv"
    if content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    told = run("--data", str(path), "--model", model, "--out", str(tmp_path / "dist"))
    assert says in told.output
    assert told.exit_code == (1 if "formula" in says else 2), told.output
    assert told.output.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_a_semicolon_may_part_the_columns_and_y_is_the_target(tmp_path):
    path = tmp_path / "my.csv"
    path.write_text("\ufefft; y; u\n1; 2; 9\n2; 4; 9\n", encoding="utf-8")
    told = run("--data", str(path), "--model", "a*t", "--rate", "0.1", "--dry-run")
    assert "minimum   at 2: 0" in told.output, told.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--data", "a.csv"), "--data needs --model"),
        (("--model", "a*t"), "what function"),
        (("x", "--model", "a*t"), "--model needs --data"),
        (("x", "--loss", "log"), "--loss needs --data"),
        (("x", "--data", "a.csv", "--model", "a"), "say the same"),
        (("--data", "a.csv", "--model", "a", "--loss", "huber"), "--loss"),
    ],
)
def test_data_need_a_model(arguments, says):
    told = run(*arguments)
    assert told.exit_code == 2
    assert says in told.output


# --- settings of a class -------------------------------------------------------------------


class Base:
    function = ""
    rate = 0.1
    start = None
    steps = 25
    tolerance = None

    def setup(self):
        pass


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"learning_rate": 0.3}, "learning_rate: is no setting of Mine; did you mean rate?"),
        ({"lr": 0.3}, "did you mean rate"),
        ({"rat": 0.3}, "did you mean rate"),
        ({"x0": 3}, "did you mean start"),
        ({"tol": 3}, "did you mean tolerance"),
        ({"banana": 3}, "known are function, rate, start, steps, tolerance"),
        ({"function": ""}, 'function: Mine says none; write function = "x..2"'),
    ],
)
def test_a_setting_of_another_name_is_refused(body, says):
    with pytest.raises(ExperimentError, match=says):
        check_settings(type("Mine", (Base,), {"function": "x**2", **body}), Base)


def test_what_is_no_setting_is_let_be():
    more = {"COLOURS": (1, 2), "_mine": 3, "draw": lambda self: self, "size": property(len)}
    check_settings(type("Mine", (Base,), {"function": "x**2", "rate": 0.3, **more}), Base)
    with pytest.raises(ExperimentError, match="function: Base says none"):
        check_settings(Base, Base)


def test_arrays_of_numpy_are_settings():
    plain = experiment_of("x*y", start=[(1, 2), (3.5, 4)], window=(-5, 5), steps=30)
    arrays = experiment_of(
        "x*y", start=np.array([[1, 2], [3.5, 4]]), window=np.array([-5.0, 5]), steps=np.int64(30)
    )
    assert arrays == plain
    assert experiment_of("x", compare=np.array([0.1, 0.2])).rates == (0.1, 0.2)
    assert experiment_of("x", rate=np.float32(0.5), start=np.float64(2)).starts == ((2.0,),)
    assert experiment_of("x", start=(np.int32(1), np.float64(2.5))).starts == ((1,), (2.5,))
    with pytest.raises(ExperimentError, match="start"):
        experiment_of("x", start=np.array(["a"]))


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("x**2", r"write ScalarField.parse\('x\*\*2'\)"),
        (ScalarField.parse("x*y").expr, r"write ScalarField\(x\*y, \(x, y\)\)"),
        (math.sin, "such as ScalarField.parse"),
    ],
)
def test_a_text_is_no_field(field, says):
    with pytest.raises(ValueError, match=says):
        descend(field, 1.0)


# --- long walks ----------------------------------------------------------------------------


def test_a_long_walk_is_certified_in_its_beginning():
    found = plan("x**2", start=1.0, rate=1e-5, steps=12_000).runs[0]
    assert found.walk.stopped_at == 12_000
    assert beginning(found.walk).stopped_at == CERTIFIED_STEPS
    assert found.error < 1e-12


def test_the_evidence_of_a_long_walk_is_short_and_is_all_checked():
    walk = descend(ScalarField.parse("x**2 + y**2"), (1, 2), gradient_step(1e-4), 11_000)
    record = json_ready(walk_record("walk", walk, {5_003}))
    text = json.dumps(record)
    assert len(text) < 100_000
    assert {0, 5_003, 11_000} <= set(record["kept"])
    found = taken(record)
    assert found.point(5_003) == tuple(walk.points[5_003].tolist())
    assert found.point(5_004) is None
    assert list(differences(found)) == []
    for key, lie, says in (
        ("digest", "0" * 64, "digest: expected"),
        ("kept", record["kept"][:-1], "kept: expected the last"),
        ("certified_steps", 3, "certified_steps: expected 10000"),
        ("values", [0.0, *record["values"][1:]], "values"),
    ):
        assert any(says in line for line in differences(taken(record | {key: lie})))


def test_a_regressions_walks_are_taken_again_from_their_data():
    data = {"t": ["1", "2", "4"], "s": ["1", "0", "1"]}
    field = regression("a*t + b", data, target="s", loss="log")
    records = [
        walk_record(name, descend(field, (0, 0), gradient_step(rate), 5))
        for name, rate in (("one", 0.1), ("two", 0.2))
    ]
    say_once(records)
    assert records[1]["regression"] == "one"
    walks = [taken(json_ready(record)) for record in records]
    walks = [with_data(walk, walks) for walk in walks]
    assert [list(differences(walk)) for walk in walks] == [[], []]
    other = replace(walks[0], regression={**walks[0].regression, "loss": "squared"})
    assert any("function: expected" in line for line in differences(other))
    broken = replace(walks[0], regression={"model": 3})
    assert any("recipe of a regression" in line for line in differences(broken))


# --- LaTeX ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"e^x - \ln x", "exp(x) - log(x)"),
        (r"\frac{x^2}{2} + \cos(3x)", "x**2/2 + cos(3*x)"),
        (r"x^4 - 3x^2 + x", "x**4 - 3*x**2 + x"),
        (r"\left(1-x\right)^2 + 100 (y-x^2)^2", "(1-x)**2 + 100*(y-x**2)**2"),
        (r"\sqrt{x^2+1} \, + |x|", "sqrt(x**2+1) + abs(x)"),
    ],
)
def test_latex_means_what_it_says(latex, same):
    pytest.importorskip("lark")
    assert ScalarField.parse(formula_of(latex)).expr == ScalarField.parse(same).expr


@pytest.mark.parametrize("latex", ["9^{9^{9}}", "9^{9^{9^{9}}} x", r"\frac{1}{0}", "x_1", "a+b"])
def test_latex_passes_the_same_whitelist(latex):
    pytest.importorskip("lark")
    began = time.process_time()
    with pytest.raises(DescendError):
        planned({"latex": latex})
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        (r"\int x dx", r"\\int is not known here \(at position 0\)"),
        (r"x + \write18{id}", r"\\write is not known here \(at position 4\)"),
        ("x + $y$", "'\\$' has no place"),
        ("", "empty"),
        ("x" * 501, "at most 500"),
    ],
)
def test_other_latex_is_refused_before_it_is_read(latex, says):
    with pytest.raises(LatexError, match=says):
        formula_of(latex)
    assert "input" not in COMMANDS
