import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from gdlecture.catalogue import ORDER, UnknownClipError, camel_case, clips, clips_in, find_clip


@pytest.fixture
def clips_of(tmp_path):
    """Makes the catalogue a folder of clips with these files."""
    with ExitStack() as open_till_the_end:

        def make(**sources):
            open_till_the_end.enter_context(clips_in(written(tmp_path, sources)))

        yield make


def written(folder, sources):
    root = folder / "some_clips"
    root.mkdir()
    for name, source in sources.items():
        (root / f"{name}.py").write_text(source)
    (root / "stage").mkdir()
    return root


def test_clips_are_in_the_lectures_order_then_by_name(clips_of):
    names = ("zeta", "newton", "alpha", "slicing", "_private")
    clips_of(**dict.fromkeys(names, ""))
    assert [clip.name for clip in clips()] == ["slicing", "newton", "alpha", "zeta"]


def test_surfaces_come_before_descents_and_every_clip_once():
    assert len(set(ORDER)) == len(ORDER)
    story = ["slicing", "gradient_vector", "update_rule", "learning_rate", "newton"]
    assert sorted(story, key=ORDER.index) == story


def test_descriptions_are_read_not_run(clips_of):
    clips_of(
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
