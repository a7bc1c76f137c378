"""The repository keeps its own rules: what is pinned, what is named, what its scripts do."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command, check=False, cwd=ROOT, **options):
    """What became of a command: its exit code and what it printed."""
    return subprocess.run(command, check=check, cwd=cwd, capture_output=True, text=True, **options)


def git_lists(*arguments):
    """What git ls-files prints; skips the test where there is no git or no checkout."""
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("needs git and a checkout")
    return run("git", "ls-files", *arguments, check=True).stdout


def committed_files():
    """Every file that git tracks and that is there, relative to the root."""
    listing = git_lists("-z")
    paths = (Path(name) for name in listing.split("\0") if name)
    return [path for path in paths if (ROOT / path).is_file()]


def text_of(path):
    """What the file says, or nothing if it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


# --- the lock ------------------------------------------------------------------------------


def locked():
    """(name, version, hashes) of each requirement in the lock."""
    lines = re.sub(r"\\\n", " ", text_of("requirements.lock")).splitlines()
    found = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            name, version = re.match(r"([A-Za-z0-9._-]+)==([^ ;]+)", line).groups()
            found.append((canonical(name), version, re.findall(r"--hash=sha256:([0-9a-f]+)", line)))
    return found


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for():
    """Names of what pyproject.toml depends on, of what builds it, and of all groups but bench."""
    project = tomllib.loads(text_of("pyproject.toml"))
    groups = [project["project"]["dependencies"], project["build-system"]["requires"]]
    groups += [group for name, group in project["dependency-groups"].items() if name != "bench"]
    lines = (line for group in groups for line in group if isinstance(line, str))
    return {canonical(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in lines}


def test_every_locked_requirement_has_a_hash():
    assert len(locked()) > 20
    assert [name for name, _, hashes in locked() if not hashes] == []
    assert all(len(digest) == 64 for _, _, hashes in locked() for digest in hashes)


def test_lock_pins_each_package_once():
    names = [name for name, _, _ in locked()]
    assert len(names) == len(set(names))


def test_lock_names_no_index_and_no_address():
    lock = text_of("requirements.lock")
    assert re.findall(r"--(?:extra-)?index-url|--find-links|://|^-i\b", lock, re.MULTILINE) == []


def test_every_dependency_is_locked():
    assert asked_for() - {name for name, _, _ in locked()} == set()


# --- what is committed ---------------------------------------------------------------------

# Put together from parts, so that this file does not find itself.
HOSTS = [
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(?:org|com)",
    "deb" + r"\.debian\.org",
    "archive" + r"\.ubuntu\.com",
    "jsdelivr" + r"\.net",
    "unpkg" + r"\.com",
]
PLACES = [r"(?<![\w.~/-])/" + place + r"/\w" for place in ("work", "root", "home", "tmp", "Users")]


@pytest.mark.parametrize("pattern", HOSTS + PLACES)
def test_no_committed_file_names_a_registry_host_or_a_place_on_a_machine(pattern):
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in committed_files()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


def test_committed_media_stay_small():
    kinds = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".mp4", ".webm", ".mov", ".pptx"}
    media = [path for path in committed_files() if path.suffix.lower() in kinds]
    assert sum((ROOT / path).stat().st_size for path in media) < 1_000_000


# --- scripts -------------------------------------------------------------------------------

SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if path.is_file())
SCRIPTS.append(ROOT / ".ci/run")


def script_name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("script", SCRIPTS, ids=script_name)
def test_script_is_executable_and_sound(script):
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/bin/sh\n")
    linter = Path(sys.executable).with_name("shellcheck")
    for command in ["sh", "-n"], [linter]:
        ran = run(*command, script)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_scripts_are_committed_as_executable():
    listing = git_lists("--stage", "script", ".ci")
    assert [line for line in listing.splitlines() if not line.startswith("100755 ")] == []


# --- script/setup --------------------------------------------------------------------------


def tree(folder):
    """What is in a folder, with times: a file written anew shows."""
    return {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}


def run_setup(*arguments, root=ROOT, **environment):
    settings = {"cwd": "/", "env": {**os.environ, **environment}, "timeout": 60}
    return run(root / "script/setup", *arguments, stdin=subprocess.DEVNULL, **settings)


def test_second_setup_does_nothing():
    if not (ROOT / ".venv/.project").exists():
        pytest.skip("not set up by script/setup")
    before = tree(ROOT / ".venv/bin"), (ROOT / ".venv/.packages").stat().st_mtime_ns
    ran = run_setup(PIP_NO_INDEX="1", PKG_CONFIG_LIBDIR="nowhere")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert before == (tree(ROOT / ".venv/bin"), (ROOT / ".venv/.packages").stat().st_mtime_ns)


@pytest.fixture
def bare(tmp_path):
    """A copy of what set-up reads, not set up."""
    shutil.copytree(ROOT / "script", tmp_path / "a copy/script")
    for name in "requirements.lock", "pyproject.toml":
        shutil.copy(ROOT / name, tmp_path / "a copy")
    return tmp_path / "a copy"


def test_setup_tells_which_python_does_not_do(bare):
    ran = run_setup(root=bare, PYTHON="no-such-python")
    assert ran.returncode == 1
    assert ran.stderr.startswith("setup: python failed: no-such-python is no Python")
    assert ran.stderr.count("\n") == 1
    assert sorted(path.name for path in bare.iterdir()) == [
        "pyproject.toml",
        "requirements.lock",
        "script",
    ]


def test_failed_setup_says_why_and_leaves_no_stamp(bare):
    (bare / "requirements.lock").write_text("sympy==0.0.1 --hash=sha256:" + "0" * 64 + "\n")
    ran = run_setup(root=bare, PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    assert ran.returncode == 1
    closing = ran.stderr.splitlines()[-1]
    assert closing.startswith("setup: packages failed: ERROR: ")
    assert "sympy==0.0.1" in closing
    assert not (bare / ".venv/.packages").exists()
    assert not (bare / ".setup.lock").is_symlink()
    assert "sympy==0.0.1" in (bare / ".setup.log").read_text()


def test_setup_refuses_what_it_does_not_know():
    ran = run_setup("--frobnicate")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--frobnicate" in ran.stderr


@pytest.mark.parametrize("name", ["setup", "lock"])
def test_help_says_how(name):
    ran = run(ROOT / "script" / name, "--help")
    assert ran.returncode == 0
    assert ran.stdout.startswith(f"Usage: script/{name}")
