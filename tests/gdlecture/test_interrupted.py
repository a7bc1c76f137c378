"""Killed at any moment, or out of disk: only whole files, and the next run goes on."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gdlecture.dist import Dist, DistError
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).parent
SUFFIXES = (".mp4", ".srt", ".vtt", ".png", ".json")

PUBLISH = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_interrupted import clip
from gdlecture.dist import Dist
dist = Dist(Path(sys.argv[1]))
dist.prepare()
print("ready", flush=True)
while True:
    for name in sys.argv[3:]:
        dist.publish(clip(name, os.urandom(400_000)))
"""

RENDER = """
import sys
from gdlecture.__main__ import main
if __name__ == "__main__":
    main(["render", sys.argv[2], "-q", "l", "--out", sys.argv[1]])
"""


def clip(name, body):
    """A clip whose files tell by themselves whether they are whole."""
    files = dict.fromkeys(SUFFIXES, hashlib.sha256(body).digest() + body)
    return RenderedClip(name, files, 1.0, Settings(), f"inputs of {name}", {}, 1.0)


def whole(path):
    data = path.read_bytes()
    return hashlib.sha256(data[32:]).digest() == data[:32]


def start(code, *arguments):
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def visible(root):
    return [p for p in root.rglob("*") if p.is_file() and ".part" not in p.parts]


def test_killed_while_writing_only_whole_files_are_there(tmp_path):
    # Not seeded: another moment each time.
    for _ in range(8):
        with start(PUBLISH, tmp_path, HERE, "one", "two") as writer:
            assert writer.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0.0, 0.1))  # noqa: S311
            writer.kill()
        assert [path for path in visible(tmp_path / "clips") if not whole(path)] == []
        if (tmp_path / "manifest.json").exists():
            Dist(tmp_path).manifest()
    Dist(tmp_path).prepare()
    assert not (tmp_path / ".part").exists()
    Dist(tmp_path).publish(clip("one", b"next"))
    assert Dist(tmp_path).unchanged({"one": "inputs of one"}) == {"one"}


def test_what_is_half_replaced_is_not_taken_for_unchanged(tmp_path, monkeypatch):
    dist, replace, replaced = Dist(tmp_path), Path.replace, []
    dist.prepare()
    dist.publish(clip("one", b"old"))

    def killed(path, target):
        replaced.append(path)
        if len(replaced) == 3:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            dist.publish(clip("one", b"new"))
    assert all(map(whole, dist.clips.iterdir()))
    assert dist.unchanged({"one": "inputs of one"}) == set()


def test_two_that_write_at_once_lose_nothing(tmp_path):
    with start(PUBLISH, tmp_path, HERE, "one") as one, start(PUBLISH, tmp_path, HERE, "two") as two:
        for writer in (one, two):
            assert writer.stdout.readline() == "ready\n"
        time.sleep(1)
        assert (one.poll(), two.poll()) == (None, None)
        one.kill()
        two.kill()
    Dist(tmp_path).prepare()
    assert all(map(whole, visible(tmp_path / "clips")))
    assert Dist(tmp_path).manifest()["clips"].keys() == {"one", "two"}


@pytest.mark.slow
def test_a_render_killed_at_any_time_is_continued_by_the_next(tmp_path):
    for _ in range(4):
        with start(RENDER, tmp_path / "dist", HERE / "samples/tiny.py") as render:
            time.sleep(random.uniform(0.3, 2.0))  # noqa: S311
            render.kill()
    with start(RENDER, tmp_path / "dist", HERE / "samples/tiny.py") as render:
        assert render.wait(60) == 0
    dist = Dist(tmp_path / "dist")
    entry = dist.manifest()["clips"]["tiny"]
    assert dist.unchanged({"tiny": entry["inputs"]}) == {"tiny"}
    assert sorted(path.name for path in dist.root.iterdir()) == [
        "clips", "index.html", "manifest.json",
    ]  # fmt: skip


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes."""
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_one_line_and_keeps_what_was_there(small_disk):
    dist = Dist(small_disk / "dist")
    dist.prepare()
    dist.publish(clip("one", os.urandom(100_000)))
    before = {path: path.read_bytes() for path in visible(dist.root)}
    for name in ("one", "two"):
        with pytest.raises(DistError) as told:
            dist.publish(clip(name, os.urandom(1_000_000)))
        assert str(told.value) == f"cannot write {name} in {dist.root}: No space left on device"
    assert {path: path.read_bytes() for path in visible(dist.root)} == before
    assert not (dist.root / ".part").exists()
    dist.publish(clip("two", os.urandom(100_000)))
    assert dist.unchanged({"one": "inputs of one", "two": "inputs of two"}) == {"one", "two"}
