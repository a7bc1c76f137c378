"""What is made of finished clips besides themselves, in the order in which one tells of another."""

from __future__ import annotations

from collections.abc import Iterator

from gdlecture import catalogue
from gdlecture.commands.deck import slides_told
from gdlecture.commands.gallery import shown
from gdlecture.commands.handout import printed
from gdlecture.commands.join import joined
from gdlecture.commands.outcome import outcome
from gdlecture.dist import Dist


def products(dist: Dist, *, film: bool, all_of_it: bool) -> Iterator[tuple[str, bool]]:
    """Make them, and say of each in one line what became of it, and whether it is there now.

    Clips that are films can be joined, and be slides; slides and the explorer belong to
    `all_of_it`, and are made as they were asked for the last time. So is a handout, if there is
    one: drawing its pictures takes a while that not everyone wants to wait.
    """
    names = dist.durations()
    if film and any(name in catalogue.ORDER for name in names):
        yield joined(dist)
    if film and all_of_it and names:
        yield from slides(dist)
        yield _explorer(dist)
    if all_of_it and "handout" in dist.manifest():
        yield on_paper(dist)
    if names:
        yield shown(dist)


def slides(dist: Dist) -> Iterator[tuple[str, bool]]:
    """Make the slides as they were asked for the last time, and say what became of them."""
    from gdlecture.deck.build import build_deck_again  # noqa: PLC0415 (FFmpeg, python-pptx)

    lines, done = slides_told(dist, lambda: build_deck_again(dist))
    yield from ((line, done) for line in lines)


def on_paper(dist: Dist) -> tuple[str, bool]:
    """Make the handout as it was asked for the last time, and say what became of it."""
    from gdlecture.handout.build import build_handout_again  # noqa: PLC0415 (manim)
    from gdlecture.render.pool import cores  # noqa: PLC0415 (multiprocessing)

    return printed(lambda: build_handout_again(dist, jobs=cores()))


def _explorer(dist: Dist) -> tuple[str, bool]:
    from gdlecture.dist import DistError  # noqa: PLC0415
    from gdlecture.explorer.build import PAGE, build_explorer_again  # noqa: PLC0415
    from gdmath import ExpressionError  # noqa: PLC0415 (sympy)
    from gdstage.any.experiment import ExperimentError  # noqa: PLC0415 (sympy)

    def make() -> str:
        done = build_explorer_again(dist)
        return f"{done.functions} functions" + (", unchanged" if done.unchanged else "")

    return outcome(PAGE, make, DistError, ExpressionError, ExperimentError)
