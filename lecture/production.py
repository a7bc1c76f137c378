"""All clips of a lecture: each is rendered and put in its place, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import asdict

from lecture.dist import Dist, DistError
from lecture.inputs import inputs_hash
from lecture.progress import RenderProgress
from lecture.work import RenderedClip, RenderRequest
from lecture.worker import draw

_OTHERWISE = "its worker has other sources or packages than are here, or they changed meanwhile"


def hashed_inputs(requests: Sequence[RenderRequest]) -> dict[str, str]:
    """The hash of all that each clip depends on, as it is now."""
    return {
        request.name: inputs_hash(request.module, asdict(request.settings)) for request in requests
    }


def produce(
    requests: Sequence[RenderRequest],
    inputs: Mapping[str, str],
    dist: Dist,
    pool: Executor,
    progress: RenderProgress,
) -> tuple[list[RenderedClip], list[str]]:
    """Render clips into `dist`; give back those that are there, and the names of the others.

    They come as they are ready; the longest of last time is begun first. A clip whose worker
    dies is tried once more.
    """
    lasted = dist.durations()
    order = sorted(requests, key=lambda request: -lasted.get(request.name, float("inf")))
    there: list[RenderedClip] = []
    missing: list[str] = []
    asked: dict[Future[RenderedClip], RenderRequest] = {}
    tried_again: set[str] = set()
    for request in order:
        asked[pool.submit(draw, request)] = request
    while asked:
        for future in wait(asked, return_when=FIRST_COMPLETED).done:
            request = asked.pop(future)
            if isinstance(_error_of(future), BrokenExecutor) and request.name not in tried_again:
                tried_again.add(request.name)
                progress.again(request.name, "its worker died")
                asked[pool.submit(draw, request)] = request
                continue
            clip, failure = _outcome(future, request.name, inputs, dist)
            if clip is not None:
                progress.done(clip)
                there.append(clip)
            else:
                progress.failed(request.name, failure)
                missing.append(request.name)
    return there, missing


def _error_of(future: Future[RenderedClip]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _outcome(
    future: Future[RenderedClip], name: str, inputs: Mapping[str, str], dist: Dist
) -> tuple[RenderedClip | None, str]:
    """The clip, in its place, or why it is not to be had."""
    try:
        clip = future.result()
        if clip.inputs != inputs[name]:
            return None, f"{name}: failed: {_OTHERWISE}"
        dist.publish(clip)
    except DistError as error:
        return None, str(error)
    except BrokenExecutor:
        return None, f"{name}: failed: its worker died, twice"
    except CancelledError:
        return None, f"{name}: failed: the cluster has no workers left"
    except Exception as error:  # noqa: BLE001 (what a worker or its cluster may raise is open)
        told = (str(error) or type(error).__name__).splitlines()[0]
        return None, told if told.startswith(f"{name}: ") else f"{name}: failed: {told}"
    return clip, ""
