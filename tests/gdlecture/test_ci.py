"""What CI runs: workflows that keep to their schema, and clips gathered from many machines."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml  # Dask needs it, and so brings it

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
names = [path.name for path in WORKFLOWS]


def checked(*paths):
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
        + [str(path) for path in paths],
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_are_workflows():
    assert names == ["lecture.yml", "test.yml"]


def test_tests_run_with_every_python_from_the_oldest_to_the_containers():
    job = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]["test"]
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    oldest = int(needed.removeprefix(">=3."))
    newest = int(re.search(r"FROM python:3\.(\d+)-", (ROOT / "Dockerfile").read_text())[1])
    assert job["strategy"]["matrix"]["python"] == [f"3.{v}" for v in range(oldest, newest + 1)]
    assert job["steps"][-1]["env"] == {"PYTHON": "python"}


def test_workflows_keep_to_their_schema():
    pytest.importorskip("check_jsonschema")
    ran = checked(*WORKFLOWS)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_schema_would_tell(tmp_path):
    pytest.importorskip("check_jsonschema")
    text = (ROOT / ".github/workflows/test.yml").read_text()
    (tmp_path / "test.yml").write_text(text.replace("runs-on:", "run-on:"))
    assert checked(tmp_path / "test.yml").returncode == 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=names)
def test_steps_call_scripts_only(path):
    calls = re.findall(r"^\s+(?:- )?run: (.*)$", path.read_text(), re.MULTILINE)
    assert calls
    for call in calls:
        script = re.match(r"script/\w+", call)
        assert script, call
        assert (ROOT / script[0]).is_file(), call
        assert not re.search(r"[;&|]", call), call


def commands(workflow):
    """Every step of a workflow that runs a command or a script: its name for us, and the text."""
    for job, told in workflow["jobs"].items():
        for number, step in enumerate(told["steps"], 1):
            for text in (step.get("run"), step.get("with", {}).get("script")):
                if text is not None:
                    yield f"{job}, step {number}", text


def unsafe(workflow):
    """What a shell would read that it should not: values put into its text, or left unquoted."""
    for place, text in commands(workflow):
        if "${{" in text:
            yield f'{place}: {text.strip()}: put the value into env, and write it "$NAME"'
        bare = re.sub(r'"[^"]*"', "", text)
        yield from (f"{place}: {name} is not quoted" for name in re.findall(r"\$\{?\w+", bare))


@pytest.mark.parametrize("path", WORKFLOWS, ids=names)
def test_no_value_becomes_part_of_a_command(path):
    workflow = yaml.safe_load(path.read_text())
    assert list(commands(workflow))
    assert list(unsafe(workflow)) == []


@pytest.mark.parametrize(
    "step",
    [
        {"run": "script/render ${{ matrix.clip }}"},
        {"run": 'script/render "${{ matrix.clip }}"'},
        {"run": "script/render\n  ${{ inputs.clip }}"},
        {"run": "script/render $CLIP", "env": {"CLIP": "${{ matrix.clip }}"}},
        {"run": "script/render ${CLIP}"},
        {"with": {"script": "run(${{ github.head_ref }})"}, "uses": "actions/github-script@v7"},
    ],
)
def test_a_value_in_a_command_would_be_told(step):
    assert len(list(unsafe({"jobs": {"one": {"steps": [step]}}}))) == 1


def test_what_a_step_needs_goes_through_env():
    workflow = yaml.safe_load((ROOT / ".github/workflows/lecture.yml").read_text())
    (step,) = (step for step in workflow["jobs"]["render"]["steps"] if "run" in step)
    assert step == {"run": 'script/render "$CLIP"', "env": {"CLIP": "${{ matrix.clip }}"}}


def test_the_container_sets_up_like_everyone():
    told = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^FROM python:3\.\d+-slim$", told, re.MULTILINE)
    assert re.findall(r"^RUN (.*)$", told, re.MULTILINE) == ["script/setup"]
    copied = re.findall(r"^COPY (.*) \./\S*$", told, re.MULTILINE)
    assert all((ROOT / name).exists() for names in copied for name in names.split())


def test_the_matrix_names_all_clips(lecture):
    ran = lecture("list", "--matrix")
    assert ran.stdout.startswith("names=")
    assert json.loads(ran.stdout.removeprefix("names=")) == ["breaks", "tiny"]


@pytest.mark.parametrize(
    "name",
    ["a$(touch hit)", "a;id", "`id`", "my-clip", "two words", "9lives", "a'b", 'a"b', "a\nb"],
)
def test_a_name_that_is_no_modules_stops_the_matrix(lecture, tmp_path, name):
    (tmp_path / "some_scenes").mkdir()
    for stem in ("__init__", "fine", name):
        (tmp_path / f"some_scenes/{stem}.py").write_text("")
    with catalogue.clips_in(tmp_path / "some_scenes"):
        ran = lecture("list", "--matrix")
    assert (ran.exit_code, ran.stdout) == (1, "")
    (line,) = ran.stderr.splitlines()
    assert "a clip's file has the name of a Python module, such as my_clip.py" in line


# --- gather --------------------------------------------------------------------------------


def publish(folder, name, kind="mp4"):
    dist = Dist(folder)
    dist.prepare()
    files = dict.fromkeys([f".{kind}", ".srt", ".vtt", ".png", ".json"], name.encode())
    settings = Settings("m", "light", kind)
    dist.publish(RenderedClip(name, files, 2.0, settings, f"of {name}", {"manim": "1"}, 0.0))
    return dist


def test_what_many_machines_rendered_is_one_folder(lecture, tmp_path):
    whole = publish(tmp_path / "whole", "one")
    publish(tmp_path / "whole", "two", "webm")
    publish(tmp_path / "parts/a", "one")
    publish(tmp_path / "parts/b", "two", "webm")
    ran = lecture("gather", tmp_path / "parts", "--out", tmp_path / "out")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout == f"2 clips gathered in {tmp_path}/out/clips\n"
    for path in whole.root.rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(whole.root)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"half")])
def test_what_is_not_whole_is_not_gathered(lecture, tmp_path, spoil):
    publish(tmp_path / "parts/a", "one")
    broken = publish(tmp_path / "parts/b", "two")
    spoil(broken.clips / "two.vtt")
    ran = lecture("gather", tmp_path / "parts", "--out", tmp_path / "out")
    assert ran.exit_code == 1
    assert ran.stderr == (f"two: a file is missing in {tmp_path}/parts/b, or is not what it was\n")
    assert Dist(tmp_path / "out").manifest()["clips"].keys() == {"one"}


def test_nothing_to_gather_is_a_failure(lecture, tmp_path):
    (tmp_path / "parts").mkdir()
    ran = lecture("gather", tmp_path / "parts", "--out", tmp_path / "out")
    assert ran.exit_code == 1
    assert ran.stderr == f"{tmp_path}/parts: there is no folder in it that a render has left\n"
    shutil.rmtree(tmp_path / "parts")
    assert lecture("gather", tmp_path / "parts").exit_code == 2
