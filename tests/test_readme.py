"""The README's examples are run, so that they stay true."""

import doctest
import re
import textwrap
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import manim as mn
import pytest

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def block_with(words):
    blocks = re.findall(r"^( *)```python\n(.*?)```", TEXT, re.DOTALL | re.MULTILINE)
    (code,) = [textwrap.dedent(body) for _, body in blocks if words in body]
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


def test_the_picture_is_there():
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT):
        assert (README.parent / picture).is_file(), picture
