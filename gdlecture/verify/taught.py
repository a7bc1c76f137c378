"""What of a clip's words nobody proves: theory, what to do, and all that no fact says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gdlecture.verify.wording import sentences, spans

if TYPE_CHECKING:
    from gdlecture.verify.evidence import Beat, Evidence


def taught_in(told: Evidence) -> tuple[str, ...]:
    """The words of titles and captions that are taught, not proved, in their order.

    They are those that facts call so, and whole sentences in which no fact is said; a question
    says nothing.
    """
    return tuple(said for beat in told.beats for said in _taught_in(beat))


def _taught_in(beat: Beat) -> Iterator[str]:
    facts = [fact for fact in beat.facts if isinstance(fact, dict)]
    for words in (beat.title, beat.text):
        said = [(span, fact) for fact in facts for span in spans(str(fact.get("said", "")), words)]
        for first, past in sentences(words):
            within = [
                (low, high, fact) for (low, high), fact in said if low < past and high > first
            ]
            if not within and words[past : past + 1] != "?":
                yield words[first:past].strip()
            for low, high, fact in sorted(within, key=lambda each: each[:2]):
                if fact.get("what") == "taught":
                    yield words[low:high]
