"""Where clips are drawn: processes of this machine or a Dask cluster, both as an Executor."""

from __future__ import annotations

import math
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager, suppress
from typing import Any

import psutil

from gdlecture.render.work import Listener
from gdlecture.render.worker import TOPIC, follow

_SPAWN = multiprocessing.get_context("spawn")
_CONNECT = 15.0  # seconds to wait for a scheduler, and then for its first worker
_ALONE = 60.0  # seconds without any worker, after which nothing more is to be expected
_POLITE = 2.0  # seconds that a process has to end by itself


class PoolError(Exception):
    """Clips cannot be drawn there; the message says why."""


class Pool(Executor):
    """Processes that draw clips, and can be made to stop."""

    def give_up(self, name: str) -> None:
        """Break the call that draws the clip of this name: it comes to nothing."""
        raise NotImplementedError


class LocalPool(ThreadPoolExecutor, Pool):
    """`jobs` processes of this machine. One that dies breaks what it was at, and nothing else.

    Each thread has a ProcessPoolExecutor of one process, so that it is known which call a dead
    process takes with it: that call raises BrokenExecutor, and the next has a new process. So has
    the one after a call that left a process with more than `heavy` bytes.
    """

    def __init__(self, jobs: int, listener: Listener, *, heavy: float = math.inf) -> None:
        super().__init__(jobs)
        self._heavy = heavy
        self._listener = listener
        self._folder = tempfile.mkdtemp(prefix="lecture-")
        self._own = threading.local()
        self._lanes: list[_Lane] = []
        self._closing = False
        self._lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a process call the function."""
        return super().submit(self._call, fn, *args, **kwargs)

    def _call(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        lane = self._lane()
        try:
            result = lane.executor.submit(fn, *args, **kwargs).result()
        except BrokenExecutor:
            lane.close()
            self._own.lane = None
            raise
        if lane.memory() > self._heavy:
            # Not closed: that would take away the folder, in which others draw.
            lane.executor.shutdown()
            self._own.lane = None
        return result

    def give_up(self, name: str) -> None:
        """Kill the process that draws it, which may not hear any more."""
        with self._lock:
            for lane in self._lanes:
                if lane.drawing == name:
                    lane.kill()

    def _lane(self) -> _Lane:
        lane: _Lane | None = getattr(self._own, "lane", None)
        if lane is None:
            with self._lock:
                if self._closing:
                    raise PoolError("closing")
                lane = self._own.lane = _Lane(self._listener, self._folder)
                self._lanes.append(lane)
        return lane

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 (Executor's own signature)
        """End the processes, whatever they are at; what they have not finished is gone."""
        with self._lock:
            self._closing = True
            for lane in self._lanes:
                lane.close()
        deaf = threading.Timer(_POLITE, self._kill_all)
        deaf.daemon = True
        deaf.start()
        super().shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for lane in self._lanes:
                lane.executor.shutdown()
            deaf.cancel()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _kill_all(self) -> None:
        for lane in self._lanes:
            lane.kill()


class _Lane:
    """One process, and the line on which it reports and hears of its end.

    `drawing` is the clip that it reported of last.
    """

    def __init__(self, listener: Listener, folder: str) -> None:
        self.drawing = ""
        self._listener = listener
        self._line, far_end = _SPAWN.Pipe()
        self.executor = ProcessPoolExecutor(
            1, mp_context=_SPAWN, initializer=follow, initargs=(far_end, folder)
        )
        with _ctrl_c_held_back():
            self._pid = self.executor.submit(os.getpid)  # which starts the process
        far_end.close()
        threading.Thread(target=self._hear, daemon=True).start()

    def memory(self) -> int:
        """Bytes that the process holds."""
        try:
            return int(psutil.Process(self._pid.result()).memory_info().rss)
        except (psutil.Error, CancelledError, BrokenExecutor):
            return 0

    def close(self) -> None:
        """Let the process end now."""
        with suppress(OSError):
            # The thread that hears holds the line open: it is shut rather than closed.
            self._line.send(None)

    def kill(self) -> None:
        """End the process, even one that holds on to the interpreter and hears nothing."""
        with suppress(TimeoutError, CancelledError, BrokenExecutor):
            pid = self._pid.result(timeout=0)
            for process in multiprocessing.active_children():  # another may have its pid by now
                if process.pid == pid:
                    process.kill()

    def _hear(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self.drawing, seconds = self._line.recv()
                self._listener(self.drawing, seconds)
        self._line.close()


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: the terminal sends it to all, one answers it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class ClusterPool(Pool):
    """The workers of a Dask scheduler; they need this project installed, but no shared disk.

    Dask itself gives what a dead worker was at to another. What is given up is not waited for; its
    worker is lost to this command.
    """

    def __init__(self, address: str, listener: Listener) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 (an extra)
        except ImportError:
            raise PoolError("--scheduler needs the extra `cluster` (Dask)") from None
        try:
            self._client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise PoolError(f"no scheduler answers at {address}: {_last(error)}") from error
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT)
        except TimeoutError:
            self._client.close()
            raise PoolError(f"the scheduler at {address} has no workers") from None
        self._client.subscribe_topic(TOPIC, lambda event: listener(*event[1]))
        # What was asked for before, perhaps with other sources, is not what is asked for now.
        self._executor = self._client.get_executor(pure=False)
        self._futures: list[tuple[Future[Any], tuple[Any, ...]]] = []
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call the function."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        self._futures.append((future, args))
        return future

    def give_up(self, name: str) -> None:
        """Cancel the calls for the clip of this name."""
        for future, args in self._futures:
            if name in {getattr(request, "name", None) for request in args}:
                future.cancel()

    def _watch(self) -> None:
        """Give up when there has been no worker for a while."""
        seen = time.monotonic()
        while not self._closed.wait(1.0):
            with suppress(OSError, TimeoutError):
                if self._client.scheduler_info(n_workers=-1)["workers"]:
                    seen = time.monotonic()
            if time.monotonic() - seen > _ALONE:
                for future, _ in self._futures:
                    future.cancel()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 (Executor's own signature)
        """Let the cluster go; what is not finished is not wanted any more."""
        self._closed.set()
        for future, _ in self._futures:
            future.cancel()
        self._client.close()


def _last(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[-1]


def cores() -> int:
    """How many processes may work at a time."""
    # What this process may use, which in a container is less than the machine has.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
