"""Phrases that were spoken, kept as they are levelled: by voice, version, and words.

They are WAV files in the user's cache, which may be removed at any time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import wave
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gdlecture.media.sound import RATE, Samples, read_wav, write_sound
from gdlecture.voice.loudness import HEADROOM, LOUDNESS, PEAK

VARIABLE = "GDLECTURE_VOICES"
"""The environment's variable that names another folder for them."""

FORM = f"2 {RATE} {LOUDNESS} {PEAK} {HEADROOM}"
"""How a phrase is kept; another number where it is trimmed or levelled otherwise."""


def kept(voice: str, words: str, speak: Callable[[], Samples]) -> Samples:
    """What a voice says, from the cache if it was said before; the same numbers either way."""
    told = hashlib.sha256(f"{FORM}\n{voice}\n{words}".encode()).hexdigest()
    path = folder() / told[:2] / f"{told}.wav"
    with suppress(OSError, EOFError, wave.Error):
        return read_wav(path)
    samples = speak()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_sound(path, samples)
        return read_wav(path)
    except OSError:  # where nothing can be kept, it is spoken again the next time
        with tempfile.TemporaryDirectory(prefix="lecture-") as once:
            write_sound(Path(once) / path.name, samples)
            return read_wav(Path(once) / path.name)


def folder() -> Path:
    """Where phrases are kept."""
    if own := os.environ.get(VARIABLE):
        return Path(own)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "gdlecture" / "voices"
