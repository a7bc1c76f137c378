"""Clips of any function, drawn, written and proved by the project's own verification."""

import json
import re
import shlex
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import manim as mn
import pytest
from click.testing import CliRunner

from gdlecture.__main__ import main
from gdstage.any.descent import AnyDescent

README = Path(__file__).parents[2] / "README.md"

pytestmark = pytest.mark.slow


def run(*arguments):
    told = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.output


def test_a_clip_beside_its_files_is_true(tmp_path):
    video = tmp_path / "new folder" / "my clip.mp4"
    run("descend", "abs(x)", "--start", "1", "--rate", "0.75", "--steps", "4", "-q", "l",
        "-o", str(video))  # fmt: skip
    assert sorted(p.name for p in video.parent.iterdir()) == [
        f"my clip{suffix}" for suffix in (".json", ".mp4", ".png", ".srt", ".vtt")
    ]
    told = run("verify", str(video))
    assert int(re.search(r"^my clip: true: .* (\d+) dots", told, re.MULTILINE)[1]) >= 4
    evidence = json.loads(video.with_suffix(".json").read_text(encoding="utf-8"))
    (walk,) = evidence["walks"]
    assert walk["function"] == "Abs(x)"
    # |x| from 1 by steps of 0.75: to and fro between 1/4 and -1/2.
    assert [p[0] for p in walk["points"]] == [1.0, 0.25, -0.5, 0.25, -0.5]
    assert any("no derivative" in beat["title"] for beat in evidence["beats"])
    assert run("sheet", str(video), "-o", str(tmp_path / "sheet.png"))


def test_a_clip_among_the_finished_ones(tmp_path):
    dist = tmp_path / "dist"
    run("descend", "x**2 + y**2", "--compare", "0.2", "1.1", "--start", "1", "1", "--steps", "5",
        "--title", "A bowl", "-q", "l", "--theme", "light", "--out", str(dist))  # fmt: skip
    run("sheet", "descend_a_bowl", "--out", str(dist), "--frames", "4")
    run("gallery", "--out", str(dist))
    run("descend", "7", "--steps", "1", "-q", "l", "--out", str(dist))
    assert "descend_7" in (dist / "index.html").read_text(encoding="utf-8")
    told = run("verify", str(dist))
    assert "descend_a_bowl: true" in told
    assert "2 clips" in told
    evidence = json.loads((dist / "clips" / "descend_a_bowl.json").read_text(encoding="utf-8"))
    assert [walk["verdict"] for walk in evidence["walks"]] == ["BUDGET_SPENT", "DIVERGED"]
    assert evidence["beats"][0]["title"] == "one valley"


class Steep(AnyDescent):
    function = "log(x)/x"
    start, rate, steps = 1.5, 0.5, 30


class Flat(AnyDescent):
    function = "x**3"
    start, method = 0.0, "newton"


class Huge(AnyDescent):
    function = "1e9*x**2"
    start, rate, steps = 1e9, 1e-8, 12
    window = (-2e9, 2e9)


class Tiny(AnyDescent):
    function = "x**2"
    start, compare, steps = 1e-9, (0.1, 2.0), 4


def test_the_readmes_class_draws_what_its_command_does(tmp_path):
    text = README.read_text(encoding="utf-8")
    (code,) = (b for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "AnyDescent" in b)
    (tmp_path / "quartic.py").write_text(code, encoding="utf-8")
    spec = spec_from_file_location("quartic", tmp_path / "quartic.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    clip = drawn(module.Quartic, tmp_path)
    (line,) = re.findall(r"lecture (descend .*) -o my.mp4", text)
    told = run(*shlex.split(line), "--dry-run")
    walk = clip.evidence.walks["walk"]
    assert f"converged at step {walk.stopped_at}" in told
    assert clip.evidence.clip == "quartic"


@pytest.mark.parametrize("scene", [Steep, Flat, Huge, Tiny])
def test_extreme_numbers_are_drawn(scene, tmp_path):
    clip = drawn(scene, tmp_path)
    assert clip.evidence.beats
    assert all(beat["t1"] > beat["t0"] for beat in clip.evidence.beats)


@pytest.mark.parametrize(
    ("function", "settings"),
    [
        ("acos(y)", {"rate": 100}),
        ("y + 7.25", {"method": "newton"}),
        ("x + 1e-300", {"method": "momentum", "rate": 1e-9}),
        ("(cos(0.5)*3)**(1e9*x + sqrt(e))*sin(0.5) + abs(1e10)", {}),
        ("sin(x)/sinh(sqrt(10)) + abs(0.1271)", {"method": "newton"}),
        ("x/y", {"starts": 3}),
    ],
)
def test_nothing_lies_on_anything_else(function, settings, tmp_path):
    odd = type("Odd", (AnyDescent,), {"function": function, "steps": 3, **settings})
    assert drawn(odd, tmp_path, only_ends=True).evidence.walks  # else LayoutError


def drawn(scene, tmp_path, *, only_ends=False):
    settings = {
        "media_dir": str(tmp_path), "quality": "low_quality", "dry_run": True,
        "disable_caching": True, "verbosity": "ERROR", "progress_bar": "none",
    }  # fmt: skip
    with mn.tempconfig(settings):
        clip = scene()
        # Skipped animations still end where they end, which is where the layout is checked.
        clip.renderer._original_skipping_status = clip.renderer.skip_animations = only_ends
        clip.render()
    return clip
