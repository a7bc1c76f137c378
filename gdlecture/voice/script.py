"""What a clip says, phrase by phrase, without a picture of it; and what recordings lack of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from gdlecture.media.sound import RATE, Samples, SoundError, read_sound
from gdlecture.render.rendering import manim_for, scene_of
from gdlecture.render.work import RenderRequest, Source
from gdlecture.settings import Settings
from gdlecture.still.unseen import play_unseen
from gdlecture.voice.loudness import trimmed
from gdlecture.voice.phrases import Phrase, Voice
from gdlecture.voice.recorded import recording, recordings
from gdlecture.voice.spoken import spoken
from gdstage.clip import reading_time
from gdstage.speaker import Spoken, spoken_by

TOO_LONG = 2.0
"""A recording may take so many times as long as the voice that there is, and a second more."""

_FULL, _RUN = 0.999, 3  # so many samples at full scale, one after the other, were cut off


class _Reader:
    """Says nothing, and takes the time of reading."""

    name = "nobody"

    def speak(self, number: int, text: str) -> Spoken:
        """As a speaker does."""
        del number
        return Spoken(spoken(text), reading_time(text))


def phrases_of(clip: Source) -> list[Phrase]:
    """All phrases of a clip, in their order.

    Raises: whatever the clip raises.
    """
    request = RenderRequest.of(clip, Settings(quality="l"))
    with (
        tempfile.TemporaryDirectory(prefix="lecture-") as folder,
        manim_for(request, folder),
        spoken_by(_Reader()),
    ):
        scene = play_unseen(scene_of(request))
    told = scene.narration.phrases if scene.narration is not None else []
    return [Phrase(clip.name, i, p["text"], p["words"]) for i, p in enumerate(told, 1)]


def check_recordings(
    folder: Path, clip: str, phrases: Sequence[Phrase], voice: Voice
) -> Iterator[str]:
    """One line for each phrase whose recording cannot be used, and each recording of no phrase."""
    for phrase in phrases:
        path = recording(folder, clip, phrase.number)
        name = f"{clip}/{path.name}"
        if not path.is_file():
            yield f"{name}: is missing: “{phrase.text}”"
            continue
        try:
            sound = read_sound(path)
            seconds = len(trimmed(sound)) / RATE
        except SoundError as error:
            yield f"{name}: {str(error).removeprefix(f'{path.name}: ')}"
            continue
        if is_clipped(sound):
            yield f"{name}: is clipped: record it again, less loudly"
        usual = len(voice.speak(phrase)) / RATE
        if seconds > TOO_LONG * usual + 1:
            yield f"{name}: is too long: {seconds:.1f} s, where {usual:.1f} s are usual"
    known = {recording(folder, clip, phrase.number) for phrase in phrases}
    for path in recordings(folder, clip):
        if path not in known:
            yield f"{clip}/{path.name}: the clip has no phrase of this number"


def is_clipped(sound: Samples) -> bool:
    """Whether its peaks were cut off: it stands at full scale for a few samples."""
    full = (np.abs(sound) >= _FULL).astype(int)
    return bool((np.convolve(full, np.ones(_RUN, int)) >= _RUN).any())
