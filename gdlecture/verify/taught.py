"""What of a clip's words nobody proves: theory, what to do, and all that no fact says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gdlecture.verify.wording import sentences, spans

if TYPE_CHECKING:
    from gdlecture.verify.evidence import Evidence


def taught_in(told: Evidence) -> tuple[str, ...]:
    """The words of titles, captions and phrases that are taught, not proved, in their order.

    They are those that facts call so, and whole sentences in which no fact is said; a question
    says nothing.
    """
    return tuple(said for texts, facts in told.utterances for said in _taught_in(texts, facts))


def _taught_in(texts: Sequence[str], told: Sequence[Any]) -> Iterator[str]:
    facts = [fact for fact in told if isinstance(fact, dict)]
    for words in texts:
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
