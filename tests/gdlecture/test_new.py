"""`lecture new`: a folder that works as it is."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from gdlecture.new import making
from gdlecture.new.making import NewError, make_course

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ".github/workflows/lecture.yml",
    ".gitignore",
    "README.md",
    "lecture.toml",
    "requirements.txt",
    "scenes/first_step.py",
    "tests/test_clips.py",
]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_it_makes_a_folder_and_says_what_is_next(lecture, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = lecture("new", "deep/my-new course")
    assert (ran.exit_code, ran.stderr) == (0, "")
    first, then = ran.stdout.splitlines()
    assert first == f"deep/my-new course: {', '.join(FILES)}"
    assert then == "next: cd 'deep/my-new course' && lecture render -q l && lecture verify"
    folder = Path("deep/my-new course")
    assert files(folder) == FILES
    assert (folder / "README.md").read_text().startswith("# My new course\n")
    assert (
        f"\ngradient-lecture=={version('gradient-lecture')}\n"
        in (folder / "requirements.txt").read_text()
    )
    assert not [path for path in folder.rglob("*") if "{{" in path.name]


def test_an_empty_folder_is_filled_where_it_is(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert make_course(Path()) == FILES
    assert files(Path.cwd()) == FILES
    assert Path("README.md").read_text().startswith("# Empty\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("full", "full: is there, and not empty; name a folder that is new or empty"),
        ("file", "file: is a file; name a folder that is new or empty"),
        ("file/x", "cannot write file/x: Not a directory"),
    ],
)
def test_what_is_in_the_way_is_told_in_one_line(lecture, tmp_path, monkeypatch, name, told):
    monkeypatch.chdir(tmp_path)
    Path("full").mkdir()
    Path("full/mine.txt").write_text("mine")
    Path("file").write_text("mine")
    ran = lecture("new", name)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {told}\n")
    assert files(tmp_path) == ["file", "full/mine.txt"]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_full_disk_leaves_nothing_half_made(tmp_path, monkeypatch, is_there):
    folder, written = tmp_path / "course", []
    if is_there:
        folder.mkdir()
    write = Path.write_text

    def full(path, text, **more):
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        return write(path, text, **more)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(NewError, match=r"cannot write .*course: No space left on device"):
        make_course(folder)
    assert folder.exists() is is_there
    assert files(tmp_path) == []


def test_its_workflow_keeps_to_the_schema():
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    workflow = making.COURSE / "dot-github/workflows/lecture.yml"
    command += ["vendor.github-workflows", str(workflow)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.slow
def test_its_own_tests_pass_at_once(tmp_path):
    make_course(tmp_path / "course")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        capture_output=True, text=True, check=False, cwd=tmp_path / "course",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 passed" in ran.stdout
