"""The phrases of a clip as its speaker says them, and as one track of sound."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from gdlecture.media.sound import RATE, Samples
from gdlecture.voice.loudness import levelled
from gdlecture.voice.phrases import Phrase, Voice
from gdlecture.voice.spoken import spoken
from gdstage.speaker import Spoken


class ClipSpeaker:
    """Speaks a clip with a voice, and keeps what was said for the track."""

    def __init__(self, voice: Voice, clip: str) -> None:
        self.voice, self.clip = voice, clip
        self._said: dict[int, Samples] = {}

    @property
    def name(self) -> str:
        """The voice's."""
        return self.voice.name

    def speak(self, number: int, text: str) -> Spoken:
        """Say a phrase.

        Raises:
            VoiceError: the voice cannot.
        """
        words = spoken(text)
        samples = self.voice.speak(Phrase(self.clip, number, text, words))
        self._said[number] = samples
        return Spoken(words, len(samples) / RATE)

    def track(self, begins: Iterable[float], seconds: float) -> Samples:
        """All phrases, each from its time on, as sound of so many seconds, levelled."""
        track = np.zeros(round(seconds * RATE), np.float32)
        for number, begin in enumerate(begins, 1):
            samples, first = self._said[number], round(begin * RATE)
            track[first : first + len(samples)] += samples[: len(track) - first]
        return levelled(track)
