"""What a person sees while clips are rendered: live bars in a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from gdlecture.render.work import RenderedClip


class RenderProgress:
    """One bar a clip, on stderr: how many seconds of its video are drawn.

    It is full at the duration that the clip had last time; of a new clip only the seconds show.
    """

    def __init__(self, names: Iterable[str], durations: Mapping[str, float]) -> None:
        console = Console(stderr=True)
        self._live = console.is_terminal
        self._console = console
        self._durations = durations
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:6.1f} s of video"),
            TimeElapsedColumn(),
            console=console,
            disable=not self._live,
        )
        self._tasks: dict[str, TaskID] = {
            name: self._bars.add_task(name, start=False, total=durations.get(name))
            for name in names
        }

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def unchanged(self, name: str) -> None:
        """Say that a clip is there already."""
        self._bars.update(self._tasks[name], visible=False)
        self._say(f"{name}: unchanged")

    def drawn(self, name: str, seconds: float) -> None:
        """Say how many seconds of a clip's video are drawn by now; it begins with none."""
        task = self._tasks[name]
        self._bars.start_task(task)
        self._bars.update(task, completed=seconds)

    def again(self, name: str, why: str) -> None:
        """Say that a clip is begun once more."""
        self._bars.reset(self._tasks[name], start=False)
        self._say(f"{name}: {why}; once more")

    def done(self, clip: RenderedClip) -> None:
        """Say that a clip is ready."""
        task = self._tasks[clip.name]
        self._bars.update(task, total=clip.duration, completed=clip.duration)
        self._bars.stop_task(task)
        if not self._live:
            self._say(f"{clip.name}: {clip.duration:.1f} s of video in {clip.wall:.1f} s")

    def passed_by(self, name: str) -> None:
        """Show no bar of a clip that is not to be had in this shape."""
        self._bars.update(self._tasks[name], visible=False)

    def note(self, line: str) -> None:
        """Say something on one line."""
        self._say(line)

    def failed(self, name: str, message: str) -> None:
        """Say on one line that a clip is not to be had."""
        self._bars.stop_task(self._tasks[name])
        self._say(message)

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
