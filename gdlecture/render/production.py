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

from gdlecture.dist import Dist, DistError
from gdlecture.inputs import inputs_hash
from gdlecture.render.progress import RenderProgress
from gdlecture.render.work import RenderedClip, RenderRequest
from gdlecture.render.worker import draw

BUDGET, BUDGETED = 8_000_000, ("l", "m", "h")
"""How many bytes a minute of video may take, at 1080p60 and below."""

_SHORT = 10.0  # seconds: even a short clip has a first picture, which costs most
_OTHERWISE = "its worker has other sources or packages than are here, or they changed meanwhile"


def hashed_inputs(requests: Sequence[RenderRequest]) -> dict[str, str]:
    """The hash of all that each clip depends on, as it is now."""
    return {
        request.name: inputs_hash(request.module, asdict(request.settings), request.folder)
        for request in requests
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
                if excess := over_budget(clip):
                    progress.note(excess)
                there.append(clip)
            else:
                progress.failed(request.name, failure)
                missing.append(request.name)
    return there, missing


def over_budget(clip: RenderedClip) -> str:
    """One line on a clip whose video takes more than it may; none if it does not."""
    suffix = f".{clip.settings.format}"
    size = len(clip.files[suffix])
    minutes = max(clip.duration, _SHORT) / 60
    if clip.settings.quality not in BUDGETED or size <= BUDGET * minutes:
        return ""
    return (
        f"{clip.name}{suffix}: {size / 1e6:.1f} MB for {clip.duration:.0f} s are more than "
        f"{BUDGET / 1e6:g} MB a minute"
    )


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
