"""What a walk's beat is, whatever it is seen on: it sets out, walks, is judged, and leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn

from gdstage.clip import Clip
from gdstage.pace import paced
from gdstage.walks.badge import Badge
from gdstage.walks.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.pace import Moment
    from gdstage.walks.stepping import Reader


class WalkClip(Clip):
    """A clip of walks, one or several at a time, each known to the evidence by its name.

    A kind of clip says in `figure_of` what shows a walk. `figure` is the one that walks now,
    `reader` reads out its iterates, `badge` tells its verdict; `on_stage` is what leaves before
    another sets out.
    """

    leaving, falling, judging = 0.5, 1.6, 1.4
    """Seconds: for a walk to leave, for a fall out of the domain, for a verdict to be read."""

    figure: Any
    badge: Badge
    reader: Reader | None = None
    on_stage: tuple[mn.Mobject, ...] = ()

    def figure_of(self, name: str, walk: Any) -> Any:
        """The figure of a walk, standing on its start."""
        raise NotImplementedError

    def parts_of(self, figure: Any) -> tuple[mn.Mobject, ...]:
        """All that comes with a figure, itself included."""
        return (figure,)

    def set_out(self, name: str, *arriving: mn.Mobject, keep: bool = False) -> None:
        """Put a known walk on its start, its numbers read out; those before leave, unless kept.

        What else is `arriving` comes with it.
        """
        walk = self.evidence.walks[name]
        if not keep:
            self.leave(*self.meanwhile(walk))
        self.figure = self.figure_of(name, walk)
        self.on_stage += (self.figure,)
        coming = [*arriving, *self.parts_of(self.figure)]
        if self.reader is not None:
            self.remove(self.reader.numbers)
            self.reader.read(walk, 0)
            coming.append(self.reader.numbers)
        self.play(*(mn.FadeIn(mob) for mob in coming), run_time=0.4)
        self.hold(0.6)

    def go(self, name: str) -> None:
        """Take a known walk from its start to its end, out of the domain if it ends there; judge.

        The first steps are slow.
        """
        self.set_out(name)
        run = Run(name, name, self.figure.walk)
        self.descend(paced(range(1, run.last + 1)))
        if run.last < run.walk.stopped_at:
            self.fall_out()
        self.judge()

    def badge_of(self, walk: Any) -> Badge:
        """The verdict on a walk, in its place."""
        return Badge(self.theme, walk)

    def meanwhile(self, walk: Any) -> list[mn.Animation]:
        """What else happens while the walks before leave."""
        del walk
        return []

    def descend(self, moments: Sequence[Moment]) -> None:
        """Walk through these moments, if there are any, reading out every iterate."""
        if moments:
            self.play(self.figure.descend(moments, self.reader))

    def fall_out(self) -> None:
        """Step to the iterate that has no value, and mark it."""
        figure = self.figure
        figure.leave_behind(figure.walk.stopped_at - 1)
        self.play(figure.fall_out(run_time=self.falling))
        signs = figure.offender_signs()
        if len(signs):
            figure.add(*signs)
            self.play(*(mn.FadeIn(sign) for sign in signs), run_time=0.4)
        else:
            self.hold(0.4)

    def judge(self) -> None:
        """Show the verdict on the walk."""
        self.badge = self.badge_of(self.figure.walk)
        self.on_stage += (self.badge,)
        self.play(mn.FadeIn(self.badge, shift=0.1 * mn.UP), run_time=0.4)
        self.hold(self.judging)

    def leave(self, *meanwhile: mn.Animation) -> None:
        """Take all walks and verdicts away, while something else happens."""
        leaving = [part for mob in self.on_stage for part in self.parts_of(mob)]
        if leaving or meanwhile:
            self.play(*(mn.FadeOut(mob) for mob in leaving), *meanwhile, run_time=self.leaving)
        self.on_stage = ()
