"""Away from this repository: another one with scenes of its own, plain manim, a wheel."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gdlecture import catalogue
from gdlecture.catalogue import ORDER, UnknownClipError, find_clip
from gdlecture.folders import own_folder, package_of
from gdlecture.inputs import source_files

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).parent
TINY = (HERE / "samples/tiny.py").read_text(encoding="utf-8")


def run(*command, cwd, path=ROOT):
    """What a command says that ends well, in a folder, with this project or a copy on the path."""
    ran = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        check=False, capture_output=True, text=True, cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(path)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture
def repository(tmp_path):
    """A stranger's repository: its clips have names of ours, and import what lies beside them."""
    folder = tmp_path / "a course/scenes"
    folder.mkdir(parents=True)
    clip = TINY.replace("class Tiny", "class LearningRate").replace('"Test"', "TOPIC + MORE")
    sources = {
        "__init__": "",
        "_words": 'TOPIC = "Theirs"\n',
        "_more": 'from . import _words\n\nMORE = _words.TOPIC and "!"\n',
        "learning_rate": f"from _more import MORE\nfrom scenes._words import TOPIC\n{clip}",
    }
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return folder.parent


# A module that is imported by its own name is not part of a package, as under plain manim.
def apart(source):
    return source.replace("from . import _words", "import _words")


@pytest.mark.slow
def test_a_repository_has_scenes_of_its_own(repository, lecture):
    more = repository / "scenes/_more.py"
    more.write_text(apart(more.read_text()), encoding="utf-8")
    # Ours are on the path, and bear the same names.
    assert run("gdlecture", "list", cwd=repository).split()[0] == "learning_rate"
    run("gdlecture", "render", "-q", "l", cwd=repository)
    told = json.loads((repository / "dist/clips/learning_rate.json").read_text())
    (topic,) = {claim["text"] for claim in told["claims"] if claim.get("what") == "topic"}
    assert topic.startswith("Theirs!")
    seen = lecture("verify", repository / "dist", "--jobs", "1")
    assert seen.exit_code == 0, seen.output


def test_what_lies_beside_a_clip_makes_it_due(repository):
    with catalogue.clips_in(repository / "scenes"):
        clip = find_clip("learning_rate")
    found = source_files(clip.module, clip.path.parent)
    assert {"scenes.learning_rate", "scenes._words", "_more"} <= found.keys()
    assert found["scenes._words"].parent == repository / "scenes"


@pytest.mark.slow
def test_plain_manim_tells_the_truth_the_second_time_too(tmp_path, lecture):
    (tmp_path / "clips").mkdir()
    film = tmp_path / "media/videos/tiny/480p15/Tiny.mp4"
    lasted = []
    for source in TINY, TINY.replace("steps=3", "steps=2"):
        (tmp_path / "clips/tiny.py").write_text(source, encoding="utf-8")
        run("manim", "-ql", "-p", "--silent", "clips/tiny.py", cwd=tmp_path)
        seen = lecture("verify", film)
        assert seen.exit_code == 0, seen.output
        assert seen.stdout.startswith("tiny: true: ")
        lasted.append(json.loads(film.with_suffix(".json").read_text())["duration"])
    assert lasted[1] < lasted[0]
    assert sorted(path.name for path in film.parent.iterdir() if path.is_file()) == [
        "Tiny.json", "Tiny.mp4", "Tiny.srt",
    ]  # fmt: skip
    captions = film.with_suffix(".srt")
    captions.write_text(captions.read_text().replace("Plain", "Other"))
    seen = lecture("verify", film)
    assert seen.exit_code == 1
    assert "tiny.srt: expected" in seen.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """A folder with what a wheel of this project holds."""
    folder = tmp_path_factory.mktemp("wheel")
    run("hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as packed:
        packed.extractall(folder / "installed")
    return folder / "installed"


@pytest.mark.slow
def test_a_wheel_carries_our_clips_without_taking_the_name(wheel, tmp_path):
    packages = sorted(path.name for path in wheel.iterdir() if path.suffix != ".dist-info")
    assert packages == ["gdlecture", "gdmath", "gdstage"]
    told = run("gdlecture", "list", cwd=tmp_path, path=wheel)
    assert [line.split()[0] for line in told.splitlines()] == list(ORDER)


@pytest.mark.slow
def test_a_wheel_renders_from_any_folder(wheel, tmp_path, lecture):
    (tmp_path / "my.py").write_text(TINY.replace("class Tiny", "class My"), encoding="utf-8")
    run("gdlecture", "render", "my.py", "-q", "l", cwd=tmp_path, path=wheel)
    seen = lecture("verify", tmp_path / "dist", "--jobs", "1")
    assert seen.exit_code == 0, seen.output


# --- files and folders ---------------------------------------------------------------------


def test_a_clip_is_found_by_its_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("deep").mkdir()
    Path("deep/my_clip.py").write_text('"""Mine."""\n')
    clip = find_clip("deep/my_clip.py")
    assert (clip.name, clip.module, clip.class_name) == ("my_clip", "deep.my_clip", "MyClip")
    assert clip.path == tmp_path / "deep/my_clip.py"
    assert clip.description == "Mine."


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("none.py", "none.py: there is no such file"),
        ("deep/none.py", "deep/none.py: there is no such file"),
        ("deep/", "deep: is a folder; for the clips in it: --scenes deep"),
        ("deep/notes.txt", "deep/notes.txt: a clip is a Python file, such as my_clip.py"),
        ("deep/MyClip.py", "deep/MyClip.py: a clip's file is named in lower case"),
        ("deep/my-clip.py", "deep/my-clip.py: a clip's file is named in lower case"),
    ],
)
def test_what_is_no_clip_is_told_in_one_line(tmp_path, monkeypatch, lecture, path, told):
    monkeypatch.chdir(tmp_path)
    Path("deep").mkdir()
    for name in "notes.txt", "MyClip.py", "my-clip.py":
        (Path("deep") / name).touch()
    with pytest.raises(UnknownClipError) as refused:
        find_clip(path)
    assert str(refused.value).startswith(told)
    ran = lecture("render", path)
    assert ran.exit_code == 2
    assert told in ran.stderr.splitlines()[-1]
    assert not Path("dist").exists()


def test_two_clips_of_one_name_are_refused(tmp_path, lecture):
    for name in "one", "two":
        (tmp_path / name).mkdir()
        (tmp_path / name / "clip.py").touch()
    ran = lecture("render", tmp_path / "one/clip.py", tmp_path / "two/clip.py", "--out", tmp_path)
    assert ran.exit_code == 2
    assert f"{tmp_path}/one/clip.py and {tmp_path}/two/clip.py have one name" in ran.stderr


@pytest.mark.parametrize("command", [["list"], ["list", "--matrix"], ["render"]], ids=" ".join)
def test_a_folder_without_clips_is_told(tmp_path, lecture, command):
    ran = lecture(*command, "--scenes", tmp_path)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"Error: {tmp_path}: there are no clips; `lecture new` makes a folder with one\n"
    )


@pytest.mark.parametrize(
    "command",
    ["deck", "list", "render", "sheet"],
)
def test_all_that_look_for_clips_take_the_same_option(lecture, command):
    assert "--scenes DIR" in lecture(command, "--help").stdout
    wrong = lecture(command, "--scenes", "no-such-folder")
    assert wrong.exit_code == 2
    assert "'no-such-folder' does not exist" in wrong.stderr


def test_the_option_holds_for_one_command(tmp_path, lecture):
    (tmp_path / "only.py").write_text('"""It alone."""\n')
    assert lecture("list", "--scenes", tmp_path).stdout.split() == ["only", "-", "It", "alone."]
    assert lecture("list").stdout.split()[0] == "breaks"


def test_scenes_here_come_before_ours(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "_chosen", catalogue.ContextVar("none chosen", default=None))
    monkeypatch.chdir(tmp_path)
    assert catalogue.folder() == own_folder() == ROOT / "scenes"
    Path("scenes").mkdir()
    assert catalogue.folder() == tmp_path / "scenes"


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("scenes", "scenes"),
        ("lectures_of_mine", "lectures_of_mine"),
        ("json", "clips_in_json"),
        ("numpy", "clips_in_numpy"),
        ("class", "clips_in_class"),
        ("__main__", "clips_in___main__"),
        ("week 1-2", "clips_in_week_1_2"),
    ],
)
def test_a_folder_is_a_package_whose_name_is_free(tmp_path, name, package):
    assert package_of(tmp_path / name) == package
