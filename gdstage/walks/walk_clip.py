"""What a walk's beat is, whatever it is seen on: it sets out, walks, is judged, and leaves."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import manim as mn

from gdmath import (
    Kind,
    NoExactSolutionError,
    Verdict,
    descend,
    find_stationary_points,
    gradient_step,
    stationary_points,
)
from gdstage.clip import Clip
from gdstage.facts import StoryError
from gdstage.pace import OPENING, paced
from gdstage.plane.no_value import NoValueZones
from gdstage.walks.badge import VERDICT, Badge, Remark
from gdstage.walks.readouts import COLUMN, Readouts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdmath import ScalarField, StationaryPoint, Walk
    from gdmath.fields.scalar_field import Window
    from gdstage.look.text import Typeset
    from gdstage.pace import Moment
    from gdstage.plane.axes import Plane
    from gdstage.space.space import Space
    from gdstage.walks.stepping import Reader


class WalkClip(Clip):
    """A clip of walks, one or several at a time, each known to the evidence by its name.

    Walks go over `field` from `start` and stop where all partial derivatives are below `tolerance`
    or after `budget` steps, unless told otherwise. A kind of clip says in `figure_of` what shows a
    walk. `figure` is the one that walks now, `reader` reads out its iterates, `badge` tells its
    verdict; `on_stage` is what leaves before another sets out. What leaves leaves the `space` too.
    """

    leaving, falling, judging = 0.5, 1.6, 1.4
    """Seconds: for a walk to leave, for a fall out of the domain, for a verdict to be read."""

    drawing = (0.8, 1.2)
    """Seconds: for axes to appear, for a graph to be drawn."""

    verdict_at = (COLUMN, VERDICT)
    """From where a verdict is written (scene units)."""

    field: ScalarField
    start: Any = None
    tolerance: float | None = None
    budget = 25
    opening: Sequence[tuple[int, int]] = OPENING

    plane: Plane
    space: Space | None = None
    figure: Any
    badge: Remark
    reader: Reader | None = None
    on_stage: tuple[Any, ...] = ()

    @property
    def looked_at(self) -> Window | None:
        """What is seen of the field: (low, high) of each variable."""
        return self.field.window

    @cached_property
    def lowest(self) -> StationaryPoint:
        """The lowest minimum of the field: exact, or of those found where one looks."""
        try:
            found = stationary_points(self.field).points
        except NoExactSolutionError:
            found = find_stationary_points(self.field, self.looked_at).points
        minima = (point for point in found if point.kind is Kind.MINIMUM)
        return min(minima, key=lambda point: float(point.value))

    def walk(
        self,
        name: str,
        rate: float,
        start: Any = None,
        *,
        steps: int | None = None,
        field: ScalarField | None = None,
    ) -> Walk:
        """The walk with these settings, or else the clip's, known to the evidence by its name."""
        walk = descend(
            field or self.field,
            self.start if start is None else start,
            step=gradient_step(rate),
            steps=self.budget if steps is None else steps,
            tolerance=self.tolerance,
        )
        return self.know(name, walk)

    def cast(self, name: str, verdict: Verdict, rate: float, *settings: Any, **more: Any) -> Walk:
        """The walk with these settings, for a part of the story that asks for a verdict.

        Raises:
            StoryError: the walk ends otherwise, so what the clip says of it would be false.
        """
        walk = self.walk(name, rate, *settings, **more)
        if not self.facts.ends(name, verdict):
            raise StoryError(
                f"the walk {name!r} must end {verdict.value}, but α = {rate:g} "
                f"ends {walk.verdict.value} at step {walk.stopped_at}; choose another rate"
                + (", or more steps: steps=…" if walk.verdict is Verdict.BUDGET_SPENT else "")
            )
        return walk

    def figure_of(self, name: str, walk: Any) -> Any:
        """The figure of a walk, standing on its start."""
        raise NotImplementedError

    def show_graph(self, plane: Plane, field: ScalarField, name: Typeset) -> None:
        """Draw axes and where there is no value, then the graph with its name."""
        self.plane = plane
        graph = plane.graph(field, self.theme.function)
        axes_time, graph_time = self.drawing
        self.show(plane, NoValueZones(plane, field), run_time=axes_time)
        self.play(mn.Create(graph), mn.FadeIn(name), run_time=graph_time)

    def go(self, name: str) -> None:
        """Take a known walk from its start to its end, and judge it."""
        self.set_out(name)
        self.walk_on(1)
        self.judge()

    def walk_on(self, first: int) -> None:
        """Walk from iterate `first` to the end, out of the domain if that is the end."""
        walk = self.figure.walk
        last = walk.stopped_at - (walk.offender is not None)
        self.descend(self.moments(first, last))
        if last < walk.stopped_at:
            self.fall_out()

    def moments(self, first: int, last: int) -> list[Moment]:
        """The pace of the steps to iterates `first` to `last`."""
        return paced(range(first, last + 1), self.opening[first - 1 :])

    def set_out(self, name: str, *arriving: mn.Mobject, keep: bool = False) -> None:
        """Put a known walk on its start, its numbers read out; those before leave, unless kept.

        What else is `arriving` comes with it.
        """
        walk = self.evidence.walks[name]
        if not keep:
            self.leave(*self.meanwhile(walk))
        self.figure = self.figure_of(name, walk)
        self.on_stage += (self.figure,)
        coming = [*arriving, *parts_of(self.figure)]
        if self.reader is not None:
            self.remove(self.reader.numbers)
            self.reader.read(walk, 0)
            coming.append(self.reader.numbers)
        self.show(*coming)
        self.hold(0.6)

    def badge_of(self, walk: Any) -> Remark:
        """The verdict on a walk, in its place."""
        x, y = self.verdict_at
        return Badge(self.theme, walk, x=x, y=y)

    def meanwhile(self, walk: Any) -> list[mn.Animation]:
        """What else happens while the walks before leave."""
        del walk
        return []

    def descend(self, moments: Sequence[Moment]) -> None:
        """Walk through these moments, if there are any, reading out every iterate."""
        if moments:
            self.play(self.figure.descend(moments, self.reader))

    def fall_out(self) -> None:
        """Step to the iterate that has no value, and mark it; then the numbers are its own."""
        figure, reader = self.figure, self.reader
        last = figure.walk.stopped_at
        figure.leave_behind(last - 1)
        if isinstance(reader, Readouts):
            reader.grow_pale(pale=True)
        self.play(figure.fall_out(run_time=self.falling))
        if isinstance(reader, Readouts):
            reader.grow_pale(pale=False)
        if reader is not None:
            reader.read(figure.walk, last)
        # Its number is said once: by the readouts, where there are any.
        signs = figure.offender_signs(named=reader is None)
        if len(signs):
            figure.add(*signs)
            self.show(*signs)
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
        leaving = [part for mob in self.on_stage for part in parts_of(mob)]
        if leaving or meanwhile:
            self.play(*(mn.FadeOut(mob) for mob in leaving), *meanwhile, run_time=self.leaving)
        self.on_stage = ()

    def hide(self, *parts: mn.Mobject, run_time: float = 0.4) -> None:
        """Let parts go together."""
        super().hide(*parts, run_time=run_time)
        # What is gone must not come back to leave with the rest.
        gone = {id(part) for part in parts}
        self.on_stage = tuple(part for part in self.on_stage if id(part) not in gone)


def parts_of(figure: Any) -> tuple[mn.Mobject, ...]:
    """All that comes and goes with a figure: its `parts`, if it has several, or itself."""
    return getattr(figure, "parts", (figure,))
