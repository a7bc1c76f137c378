"""The examples of the README and of docs/ are run, so that they stay true."""

import doctest
import os
import re
import shlex
import subprocess
import sys
import textwrap
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdlecture.__main__ import main
from gdlecture.voice.spoken import spoken
from gdstage.speaker import Spoken, spoken_by

README = Path(__file__).parents[1] / "README.md"
YOUR_CLIP = README.parent / "docs/your_clip.md"


def blocks(document):
    text = document.read_text(encoding="utf-8")
    found = re.findall(r"^( *)```python\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(body) for _, body in found]


def block_with(words, document=README):
    (code,) = [code for code in blocks(document) if words in code]
    return code


def load(code, folder, name):
    path = folder / f"{name}.py"
    path.write_text(code, encoding="utf-8")
    spec = spec_from_file_location(name, path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_numbers_without_pictures():
    found = doctest.testfile(str(README), module_relative=False)
    assert found.attempted >= 5
    assert found.failed == 0


def test_a_variation_of_a_clip_tells_its_own_numbers(tmp_path, without_frames):
    module = load(block_with("class Braver"), tmp_path, "braver")
    clip = without_frames(module.Braver)
    assert len(clip.evidence.walks) == 7
    assert len(clip.evidence.beats) == 8
    for rate in module.Braver.rates:
        assert any(f"α = {rate:g}" in beat["text"] for beat in clip.evidence.beats)


class Reader:
    """Says each word in a third of a second."""

    name = "reader"

    def speak(self, number, text):
        del number
        return Spoken(words := spoken(text), len(words.split()) / 3)


def test_the_example_that_speaks_says_its_numbers(tmp_path, without_frames):
    module = load(block_with("class Spoken"), tmp_path, "spoken")
    with spoken_by(Reader()):
        clip = without_frames(module.Spoken)
    assert [phrase["words"] for phrase in clip.narration.phrases] == [
        "A walk from one point six, with alpha equals zero point one.",
        "It takes three steps.",
    ]


@pytest.fixture
def lecture(tmp_path):
    """Runs the command in a folder of one's own, whose clips have these sources."""

    def run(*arguments, **sources):
        (tmp_path / "scenes").mkdir(exist_ok=True)
        for name, code in {"__init__": "", **sources}.items():
            (tmp_path / f"scenes/{name}.py").write_text(code, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "gdlecture", *arguments],
            check=False, capture_output=True, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": "."},
        )  # fmt: skip

    return run


@pytest.mark.slow
def test_what_is_told_to_be_typed_makes_true_clips(tmp_path, lecture, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = "hours,score\n1,52\n2,55\n3,61\n5,70\n6,71\n"
    Path("points.csv").write_text(table, encoding="utf-8")
    made = lecture("render", "my_clip", "-q", "l", my_clip=block_with("class MyClip"))
    assert made.returncode == 0, made.stderr
    text = README.read_text(encoding="utf-8")
    recipes = re.findall(r"^lecture (descend .*)$", text, re.MULTILINE)
    for recipe in recipes:
        made = CliRunner().invoke(main, [*shlex.split(recipe), "-q", "l"])
        assert made.exit_code == 0, f"{recipe}: {made.output}"
    for video, clips in ("my.mp4", 1), ("dist", len(recipes)):
        seen = CliRunner().invoke(main, ["verify", video, "--jobs", "1"])
        assert seen.exit_code == 0, seen.output
        assert len(re.findall(r"^\w+: true: ", seen.output, re.MULTILINE)) == clips


@pytest.mark.slow
def test_the_guide_leads_to_verified_clips_in_a_folder_of_ones_own(lecture):
    names = {"my_clip": "class MyClip", "my_valley": "class MyValley"}
    sources = {name: block_with(words, YOUR_CLIP) for name, words in names.items()}
    assert [line.split()[0] for line in lecture("list", **sources).stdout.splitlines()] == [*names]
    made = lecture("render", *names, "-q", "l")
    assert made.returncode == 0, made.stderr
    seen = lecture("verify")
    assert seen.returncode == 0, seen.stderr
    told = dict(line.split(": ", 1) for line in seen.stdout.splitlines())
    for name in names:
        dots = int(re.search(r"^true: .* (\d+) dots?, ", told[name])[1])
        assert dots > 10


def test_the_guide_has_no_code_that_is_not_tried():
    assert len(blocks(YOUR_CLIP)) == 2


def test_what_is_linked_is_there():
    for document in README, YOUR_CLIP:
        text = document.read_text(encoding="utf-8")
        for place in re.findall(r"\]\((?!http|#)([^)]+)\)", text):
            assert (document.parent / place).is_file(), place
