"""The examples of the README and of docs/ are run, so that they stay true."""

import doctest
import os
import re
import subprocess
import sys
import textwrap
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import manim as mn
import pytest

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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "scene", "walks"), [("class MyClip", "MyClip", 1), ("class Braver", "Braver", 6)]
)
def test_the_examples_render(tmp_path, words, scene, walks):
    module = load(block_with(words), tmp_path, scene.lower())
    settings = {
        "media_dir": str(tmp_path),
        "quality": "low_quality",
        "dry_run": True,
        "disable_caching": True,
        "verbosity": "ERROR",
        "progress_bar": "none",
    }
    with mn.tempconfig(settings):
        clip = getattr(module, scene)()
        clip.render()
    assert len(clip.evidence.walks) == walks
    assert all(beat["t1"] > beat["t0"] for beat in clip.evidence.beats)


@pytest.mark.slow
def test_the_guide_leads_to_verified_clips_in_a_folder_of_ones_own(tmp_path):
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/__init__.py").touch()
    names = {"my_clip": "class MyClip", "my_valley": "class MyValley"}
    for name, words in names.items():
        path = tmp_path / f"scenes/{name}.py"
        path.write_text(block_with(words, YOUR_CLIP), encoding="utf-8")

    def lecture(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "gdlecture", *arguments],
            check=False, capture_output=True, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": "."},
        )  # fmt: skip

    assert [line.split()[0] for line in lecture("list").stdout.splitlines()] == [*names]
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
