"""Real processes and a real cluster that draw clips, and lose a worker in the middle."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from gdlecture.dist import Dist
from gdlecture.render import production
from gdlecture.render.memory import HEAVY
from gdlecture.render.patience import Patience
from gdlecture.render.pool import ClusterPool, LocalPool
from gdlecture.render.progress import RenderProgress
from gdlecture.render.work import RenderedClip, RenderRequest
from gdlecture.render.worker import _tell_parent
from gdlecture.settings import Settings

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).parent
CLIPS = ["first", "second", "third"]
SUFFIXES = (".mp4", ".srt", ".vtt", ".png", ".json")


class Waiting:
    """Renders of the package `waiting` in processes of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.out = folder / "dist"
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}",
            "WAITING_FOLDER": str(folder),
            "TMPDIR": str(folder / "tmp"),
            "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "false",
        }
        (folder / "tmp").mkdir()

    @contextmanager
    def process(self, *command):
        with subprocess.Popen(
            command,
            env=self.environment, cwd=self.folder, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as started:  # fmt: skip
            try:
                yield started
            finally:
                started.kill()

    def render(self, *arguments):
        command = [sys.executable, "-m", "gdlecture", "render", "-q", "l", "--out", str(self.out)]
        return self.process(*command, "--scenes", str(HERE / "waiting"), *arguments)

    def at_work(self, count=1, seconds=60):
        """The pids that clips are drawn in, as soon as there are so many, by the clip's name."""
        found = {}
        for _ in range(20 * seconds):
            names = (path.name.split() for path in self.folder.glob("[A-Z]*"))
            found = {int(pid): name.lower() for name, pid in names if alive(int(pid))}
            if len(found) >= count:
                return found
            time.sleep(0.05)
        raise TimeoutError(f"expected {count} at work, found {found}")

    def go(self):
        (self.folder / "go").touch()

    def leftovers(self):
        """What is in the folder for temporary files, as soon as it stops changing."""
        for _ in range(100):
            if not list((self.folder / "tmp").glob("lecture-*")):
                break
            time.sleep(0.05)
        return list((self.folder / "tmp").glob("lecture-*"))


@pytest.fixture
def waiting(tmp_path):
    return Waiting(tmp_path)


def alive(pid):
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def gone(pids, seconds=10):
    for _ in range(20 * seconds):
        if not any(map(alive, pids)):
            return True
        time.sleep(0.05)
    return False


def assert_complete(out):
    names = sorted(path.name for path in (out / "clips").iterdir())
    assert names == sorted(f"{clip}{suffix}" for clip in CLIPS for suffix in SUFFIXES)
    manifest = Dist(out).manifest()
    inputs = {clip: manifest["clips"][clip]["inputs"] for clip in CLIPS}
    assert Dist(out).unchanged(inputs) == set(CLIPS)


# --- this machine --------------------------------------------------------------------------


@pytest.mark.slow
def test_a_worker_that_dies_costs_its_clip_a_second_try_and_nothing_else(waiting):
    with waiting.render("--jobs", "2") as ran:
        pid, name = next(iter(waiting.at_work(2).items()))
        os.kill(pid, signal.SIGKILL)
        assert gone([pid])
        waiting.at_work(2)
        waiting.go()
        _, told = ran.communicate(timeout=60)
    assert ran.returncode == 0
    assert told.splitlines()[0] == f"{name}: its worker died; once more"
    assert len(told.splitlines()) == 1 + 3
    assert_complete(waiting.out)
    assert waiting.leftovers() == []


@pytest.mark.slow
def test_a_clip_whose_workers_die_twice_is_told_on_one_line(waiting):
    with waiting.render("first", "second", "--jobs", "2") as ran:
        (killed,) = (pid for pid, name in waiting.at_work(2).items() if name == "first")
        os.kill(killed, signal.SIGKILL)
        assert gone([killed])
        (killed,) = (pid for pid, name in waiting.at_work(2).items() if name == "first")
        os.kill(killed, signal.SIGKILL)
        waiting.go()
        said, told = ran.communicate(timeout=60)
    assert ran.returncode == 1
    assert "first: failed: its worker died, twice" in told.splitlines()
    assert said.splitlines()[0].endswith("; failed: first")
    assert Dist(waiting.out).clip_names() == ["second"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_ctrl_c_ends_promptly_and_leaves_nothing(waiting, number):
    with waiting.render("--jobs", "2") as ran:
        pids = waiting.at_work(2)
        began = time.monotonic()
        # A terminal sends it to all processes, a runner to the first.
        if number == signal.SIGINT:
            os.killpg(ran.pid, number)
        else:
            ran.send_signal(number)
        said, told = ran.communicate(timeout=20)
    assert time.monotonic() - began < 3
    assert ran.returncode == 128 + number
    assert (said, told) == ("", f"stopped; what is finished is in {waiting.out}/clips\n")
    assert gone(pids)
    assert waiting.leftovers() == []
    assert sorted(path.name for path in waiting.out.iterdir()) == ["clips"]


@pytest.mark.slow
def test_when_the_command_is_killed_its_processes_end_too(waiting):
    with waiting.render("--jobs", "2") as ran:
        pids = waiting.at_work(2)
        ran.kill()
        assert gone(pids)
    assert waiting.leftovers() == []


def test_jobs_is_how_many_are_drawn_at_a_time():
    with LocalPool(2, print) as pool:
        pids = set(pool.map(slowly_told_pid, range(6)))
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_the_other_calls_are_not_broken_by_one():
    with LocalPool(1, print) as pool:
        broken, whole = pool.submit(os._exit, 3), pool.submit(abs, -5)
        assert isinstance(broken.exception(timeout=60), BrokenExecutor)
        assert whole.result(timeout=60) == 5


KEPT = []


def kept(many_bytes):
    """What a process holds on to after its call, and which it was; it leaves a file, too."""
    KEPT.append(np.ones(many_bytes, dtype=np.uint8))
    Path(tempfile.gettempdir(), str(os.getpid())).touch()
    return os.getpid()


def left_by(pid):
    return Path(tempfile.gettempdir(), str(pid)).exists()


def test_a_process_that_holds_much_memory_makes_room_for_a_new_one():
    with LocalPool(1, print, heavy=HEAVY) as pool:
        light, again, heavy, fresh = (
            pool.submit(kept, size).result(timeout=60) for size in (1, 1, HEAVY, 1)
        )
        # What others are at in the same folder is not taken away.
        assert pool.submit(left_by, heavy).result(timeout=60)
    assert light == again == heavy != fresh
    assert gone([heavy])


def endless_or_not(request):
    """Draws the first for ever, the others at once."""
    _tell_parent(request.name, 1.5)
    while request.name == "first":
        pass
    files = dict.fromkeys(SUFFIXES, b"whole")
    return RenderedClip(request.name, files, 1.0, request.settings, request.name, {}, 1.0)


def test_a_clip_that_draws_nothing_is_given_up_and_the_others_are_drawn(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(production, "draw", endless_or_not)
    dist = Dist(tmp_path)
    dist.prepare()
    requests = [RenderRequest(name, "none", "None", Settings()) for name in CLIPS]
    with RenderProgress(CLIPS, {}) as progress:
        patience = Patience(1.0, progress.drawn)
        with LocalPool(1, patience.heard) as pool:
            there, missing, shapeless = production.produce(
                requests, {name: name for name in CLIPS}, dist, pool, progress, patience=patience
            )
    assert ({clip.name for clip in there}, missing) == ({"second", "third"}, ["first"])
    assert not shapeless
    told = capsys.readouterr().err.splitlines()
    assert told[0] == (
        "first: failed: nothing was drawn for 1 s after 1.5 s of video; does it end? (--patience)"
    )
    assert len(told) == len(CLIPS)


def test_a_clip_that_waits_for_its_turn_is_not_given_up(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    heard = []
    patience = Patience(10, lambda *told: heard.append(told))
    patience.heard("one", 2.0)
    now[0] = 9.0
    assert not patience.lost_with("one")
    now[0] = 11.0
    assert patience.lost_with("one")
    assert not patience.lost_with("other")
    patience.heard("one", 2.5)
    assert not patience.lost_with("one")
    now[0] = 99.0
    patience.forget("one")
    assert not patience.lost_with("one")
    assert heard == [("one", 2.0), ("one", 2.5)]


def test_a_cluster_gives_up_the_calls_of_one_clip_only():
    pool = object.__new__(ClusterPool)
    asked = [RenderRequest(name, "none", "None", Settings()) for name in CLIPS]
    pool._futures = [(Future(), (request,)) for request in asked]
    pool.give_up("second")
    assert [future.cancelled() for future, _ in pool._futures] == [False, True, False]


def slowly_told_pid(_):
    time.sleep(0.1)
    return os.getpid()


# --- a cluster -----------------------------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def scheduler(waiting):
    """The address of a real scheduler on loopback, without workers."""
    pytest.importorskip("distributed")
    address = f"tcp://127.0.0.1:{free_port()}"
    host, port = address.removeprefix("tcp://").split(":")
    command = ["scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-show"]
    with waiting.process(sys.executable, "-m", "distributed.cli.dask_scheduler", *command[1:]):
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex((host, int(port))) == 0:
                    break
            time.sleep(0.05)
        yield address


def worker(waiting, address):
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, *options]
    return waiting.process(*command)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_in_the_middle_draws_all_clips(waiting, scheduler):
    with (
        worker(waiting, scheduler) as one,
        worker(waiting, scheduler) as other,
        waiting.render("--scheduler", scheduler) as ran,
    ):
        assert waiting.at_work(2).keys() == {one.pid, other.pid}
        one.kill()
        assert gone([one.pid])
        waiting.go()
        said, told = ran.communicate(timeout=120)
        assert ran.returncode == 0, told
        assert other.poll() is None
    assert re.match(r"3 clips \(\d+\.\d s of video\) in ", said)
    assert_complete(waiting.out)


def test_an_address_where_no_scheduler_answers_is_one_line(lecture, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("gdlecture.render.pool._CONNECT", 0.5)
    address = f"tcp://127.0.0.1:{free_port()}"
    ran = lecture("render", "tiny", "--out", tmp_path, "--scheduler", address)
    assert ran.exit_code == 1
    assert ran.stderr.startswith(f"Error: no scheduler answers at {address}: ")
    assert len(ran.stderr.splitlines()) == 1


def test_jobs_and_a_scheduler_are_wrong_usage(lecture):
    assert lecture("render", "--jobs", "2", "--scheduler", "tcp://x:1").exit_code == 2
