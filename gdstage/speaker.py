"""Who speaks a clip's words, as far as a clip must know: how long it takes. Nobody, at the desk."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Spoken:
    """A phrase as it is said: its words, and how many seconds they take."""

    words: str
    seconds: float


class Speaker(Protocol):
    """Says a clip's phrases; the clip leaves time for them."""

    @property
    def name(self) -> str:
        """Whose voice it is."""

    def speak(self, number: int, text: str) -> Spoken:
        """How the clip's phrase of this number (from 1), so written, is said."""


_here: ContextVar[Speaker | None] = ContextVar("speaker", default=None)


@contextmanager
def spoken_by(speaker: Speaker | None) -> Iterator[None]:
    """Have clips that are played meanwhile spoken by someone, or by nobody."""
    before = _here.set(speaker)
    try:
        yield
    finally:
        _here.reset(before)


def speaker_here() -> Speaker | None:
    """Who speaks the clips that are played now."""
    return _here.get()


@dataclass
class Narration:
    """What was said in a clip so far, for its evidence, and when the last of it is over (s)."""

    speaker: Speaker
    phrases: list[dict[str, Any]] = field(default_factory=list)
    over: float = 0.0

    def say(self, text: str, begins: float, facts: Sequence[Any] | None = None) -> None:
        """Have a phrase said from a time on; its `facts`, unless it is the caption of its beat."""
        said = self.speaker.speak(len(self.phrases) + 1, text)
        self.over = begins + said.seconds
        told = {} if facts is None else {"facts": list(facts)}
        times = {"t0": round(begins, 6), "t1": round(self.over, 6)}
        self.phrases.append({"text": text, "words": said.words, **times, **told})
