"""All clips of a lecture: each is rendered and put in its place, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Iterable

from lecture.dist import Dist, DistError
from lecture.progress import RenderProgress
from lecture.rendering import render_clip
from lecture.work import RenderedClip, RenderError, RenderRequest


def produce(
    requests: Iterable[RenderRequest], dist: Dist, progress: RenderProgress
) -> tuple[list[RenderedClip], list[str]]:
    """Render clips into `dist`; give back those that are there, and the names of the others."""
    there, missing = [], []
    for request in requests:
        progress.begin(request.name)
        try:
            clip = render_clip(request, progress.drawn)
            dist.publish(clip)
        except (RenderError, DistError) as error:
            progress.failed(request.name, str(error))
            missing.append(request.name)
        else:
            progress.done(clip)
            there.append(clip)
    return there, missing
