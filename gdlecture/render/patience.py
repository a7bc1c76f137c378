"""How long a clip may be, or draw nothing: one that never ends is given up, not waited for."""

from __future__ import annotations

import time

from gdlecture.render.work import Listener

SECONDS = 300.0
"""How long by default: a clip computes for a minute at most before its next picture."""


LONGEST = 1800.0
"""Seconds of the longest video: a clip tells one thing, and what is longer never ends."""


class EndlessError(Exception):
    """A scene goes on and on; the message says how far it came."""


def see_an_end(seconds: float) -> None:
    """See that a clip of which so many seconds are played may still end.

    Raises:
        EndlessError: it goes on for too long.
    """
    if seconds > LONGEST:
        raise EndlessError(f"its video passes {LONGEST / 60:g} minutes; does it end?")


class Patience:
    """Listens to how far clips are, and knows of which nothing was heard for too long.

    A clip that waits for its turn was not heard of yet, and has all the time it wants.
    """

    def __init__(self, seconds: float, listener: Listener) -> None:
        self._seconds = seconds
        self._listener = listener
        self._last: dict[str, tuple[float, float]] = {}

    def heard(self, name: str, seconds: float) -> None:
        """Hear that so many seconds of a clip's video are drawn, and pass it on."""
        self._last[name] = time.monotonic(), seconds
        self._listener(name, seconds)

    def forget(self, name: str) -> None:
        """Take a clip as one that waits for its turn."""
        self._last.pop(name, None)

    def lost_with(self, name: str) -> str:
        """Why a clip is to be given up; "" if it is not."""
        when, seconds = self._last.get(name, (time.monotonic(), 0.0))
        if time.monotonic() - when <= self._seconds:
            return ""
        return (
            f"nothing was drawn for {self._seconds:g} s after {seconds:.1f} s of video; "
            "does it end? (--patience)"
        )
