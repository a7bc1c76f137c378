import subprocess
import sys
from pathlib import Path

import pytest

from gdlecture import catalogue
from gdlecture.catalogue import ORDER, UnknownClipError, camel_case, clips, find_clip


def package(folder, monkeypatch, **sources):
    """A package of clips with these files, as the catalogue."""
    root = folder / "some_clips"
    root.mkdir()
    for name, source in {"__init__": "", **sources}.items():
        (root / f"{name}.py").write_text(source)
    (root / "stage").mkdir()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(catalogue, "PACKAGE", "some_clips")


def test_clips_are_in_the_lectures_order_then_by_name(tmp_path, monkeypatch):
    names = ("zeta", "newton", "alpha", "slicing", "_private")
    package(tmp_path, monkeypatch, **dict.fromkeys(names, ""))
    assert [clip.name for clip in clips()] == ["slicing", "newton", "alpha", "zeta"]


def test_surfaces_come_before_descents_and_every_clip_once():
    assert len(set(ORDER)) == len(ORDER)
    story = ["slicing", "gradient_vector", "update_rule", "learning_rate", "newton"]
    assert sorted(story, key=ORDER.index) == story


def test_descriptions_are_read_not_run(tmp_path, monkeypatch):
    package(
        tmp_path,
        monkeypatch,
        one='"""What it shows.\n\nMore."""\nraise SystemExit("was imported")\n',
        two="x = 1\n",
        three="def broken(:\n",
    )
    told = {clip.name: clip.description for clip in clips()}
    assert told["one"] == "What it shows."
    assert told["two"] == ""
    assert told["three"].startswith("(cannot be read: ")
    assert told["three"].endswith("line 1)")


def test_a_clip_knows_its_module_and_its_class():
    clip = find_clip("tiny")
    assert (clip.module, clip.class_name) == ("samples.tiny", "Tiny")
    assert clip.path == Path(__file__).parent / "samples/tiny.py"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("learning_rate", "LearningRate"), ("newton", "Newton")],
)
def test_the_class_is_the_file_in_camel_case(name, expected):
    assert camel_case(name) == expected


def test_a_typo_is_told_the_nearest():
    with pytest.raises(UnknownClipError, match=r"no clip 'tini'; did you mean tiny\?"):
        find_clip("tini")
    with pytest.raises(UnknownClipError, match="no clip 'qqq'; `lecture list` names them"):
        find_clip("qqq")


def test_listing_imports_nothing_slow():
    script = (
        "import sys; from click.testing import CliRunner; from gdlecture.__main__ import main;"
        "assert CliRunner().invoke(main, ['list']).exit_code == 0;"
        "slow = {'manim', 'sympy', 'numpy', 'av', 'rich', 'PIL'};"
        "print(sorted(slow & {name.partition('.')[0] for name in sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
