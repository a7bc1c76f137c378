"""What runs where a clip is drawn: in a process of this machine, or on a worker of a cluster."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

from gdlecture.lines import said_by
from gdlecture.render.shapes import begun_in, can_draw
from gdlecture.render.work import RenderedClip, RenderError, RenderRequest

TOPIC = "lecture-drawn"
"""Under which a cluster's worker tells how far it is."""

_SELDOM = 0.2  # seconds between two reports: a terminal shows no more

# manim's settings belong to the process, so a worker with several threads draws one clip at a time.
_one_at_a_time = threading.Lock()
_parent: Connection | None = None


def draw(request: RenderRequest) -> RenderedClip:
    """Render one clip, and report on the way to whoever asked for it.

    Raises:
        RenderError: whatever goes wrong in the scene or in finishing.
    """
    if not can_draw(request.settings.shape):
        return _draw_elsewhere(request)
    from gdlecture.render.rendering import render_clip  # noqa: PLC0415 (manim, once a process)

    tell = _tell_parent if _parent is not None else _tell_cluster
    with _one_at_a_time:
        tell(request.name, 0.0)
        try:
            return render_clip(request, _seldom(tell))
        except KeyboardInterrupt as error:  # no Ctrl-C, which does not come here: the scene's own
            raise RenderError(request.name, "", said_by(error)) from error


def _draw_elsewhere(request: RenderRequest) -> RenderedClip:
    """Render a clip in a process of its own, which draws in the shape that is wanted."""
    with begun_in(request.settings.shape):
        process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        rendered = process.submit(draw, request)
    with process:
        return rendered.result()


def follow(parent: Connection, folder: str) -> None:
    """Begin a process's life as a worker: report to `parent`, and end when it says so or is gone.

    What is unfinished lies in `folder`, which then goes too.
    """
    global _parent  # noqa: PLW0603 (one parent a process)
    _parent = parent
    tempfile.tempdir = folder
    # manim's progress bars would take a semaphore of the system's, and this may end without
    # giving it back.
    tqdm.set_lock(threading.RLock())
    threading.Thread(target=_end_with, args=(parent, folder), daemon=True).start()


def _end_with(parent: Connection, folder: str) -> None:
    with suppress(EOFError, OSError):  # the parent is gone
        parent.recv()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _seldom(tell: Callable[[str, float], None]) -> Callable[[str, float], None]:
    last = 0.0

    def listener(name: str, seconds: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SELDOM:
            last = now
            tell(name, seconds)

    return listener


def _tell_parent(name: str, seconds: float) -> None:
    if _parent is not None:
        _parent.send((name, seconds))


def _tell_cluster(name: str, seconds: float) -> None:
    worker = _dask_worker()
    if worker is not None:
        worker.log_event(TOPIC, (name, seconds))


def _dask_worker() -> Any:
    """The Dask worker that this runs on, if it is one."""
    try:
        from distributed import get_worker  # noqa: PLC0415 (an extra; only on a cluster)

        return get_worker()
    except (ImportError, ValueError):
        return None
