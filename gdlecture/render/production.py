"""All clips of a lecture: each is rendered and put in its place, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    wait,
)

from gdlecture.dist import Dist, DistError
from gdlecture.inputs import SourceError, inputs_hash
from gdlecture.lines import one_line
from gdlecture.render.patience import Patience
from gdlecture.render.pool import Pool
from gdlecture.render.progress import RenderProgress
from gdlecture.render.work import RenderedClip, RenderRequest, ShapeError
from gdlecture.render.worker import draw
from gdstage.look.brand import BrandError

BUDGET, BUDGETED = 8_000_000, ("l", "m", "h")
"""How many bytes a minute of video may take, at 1080p60 and below."""

_LOOK = 0.5  # seconds between two looks whether a clip is to be given up
_LONG = 1000  # characters of a failure, which has cut short what it quotes
_SHORT = 10.0  # seconds: even a short clip has a first picture, which costs most
_OTHERWISE = "its worker has other sources or packages than are here, or they changed meanwhile"


def hashed_inputs(requests: Sequence[RenderRequest]) -> tuple[dict[str, str], dict[str, str]]:
    """The hash of all that each clip depends on, as it is now; and of others why they have none."""
    hashes, failures = {}, {}
    for request in requests:
        try:
            hashes[request.name] = inputs_hash(request.module, request.told(), request.folder)
        except (SourceError, BrandError) as error:
            failures[request.name] = f"{request.name}: failed: {error}"
    return hashes, failures


def produce(
    requests: Sequence[RenderRequest],
    inputs: Mapping[str, str],
    dist: Dist,
    pool: Pool,
    progress: RenderProgress,
    *,
    patience: Patience,
) -> tuple[list[RenderedClip], list[str], list[str]]:
    """Render clips into `dist`; give back those that are there, and the names of the others.

    Of these, the last are those that have no layout in the shape that is wanted.

    They come as they are ready; the longest of last time is begun first. A clip whose worker
    dies is tried once more; one that draws nothing for too long is given up.
    """
    lasted = dist.durations()
    order = sorted(requests, key=lambda request: -lasted.get(request.name, float("inf")))
    there: list[RenderedClip] = []
    missing: list[str] = []
    shapeless: list[str] = []
    asked: dict[Future[RenderedClip], RenderRequest] = {}
    tried_again: set[str] = set()
    given_up: dict[str, str] = {}
    for request in order:
        asked[pool.submit(draw, request)] = request
    while asked:
        done = wait(asked, timeout=_LOOK, return_when=FIRST_COMPLETED).done
        for name in [request.name for future, request in asked.items() if future not in done]:
            if name not in given_up and (why := patience.lost_with(name)):
                given_up[name] = f"{name}: failed: {why}"
                pool.give_up(name)
        for future in done:
            request = asked.pop(future)
            name, error = request.name, _error_of(future)
            if isinstance(error, BrokenExecutor) and name not in tried_again | given_up.keys():
                tried_again.add(name)
                patience.forget(name)
                progress.again(name, "its worker died")
                asked[pool.submit(draw, request)] = request
                continue
            clip, failure = _outcome(future, name, inputs, dist)
            if clip is not None:
                progress.done(clip)
                if excess := over_budget(clip):
                    progress.note(excess)
                there.append(clip)
            elif isinstance(error, ShapeError):
                progress.passed_by(name)
                shapeless.append(name)
            else:
                progress.failed(name, given_up.get(name, failure))
                missing.append(name)
    return there, missing, shapeless


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
        told = one_line(str(error), _LONG) or type(error).__name__
        return None, told if told.startswith(f"{name}: ") else f"{name}: failed: {told}"
    return clip, ""
