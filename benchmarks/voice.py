"""How well the lecture's voice is understood, and what speaking costs.

    python benchmarks/voice.py

Every phrase of every clip is spoken, anew, by hibari, and pocketsphinx listens. `alike` is the word
error rate where letters that sound like words (y, why) and words that sound alike are the same;
`spelled` that of the words as they are. `taken` is how many phrases are nearer to their own words
than to those of any other phrase. Other JSON keys: `phrases`, `words`, `speech_s`, `speaking_s`
(wall, one process).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# lecture.py beside this file has the package's name, and Python looks here first.
sys.path[:] = [place for place in sys.path if Path(place).resolve() != HERE]

from gdlecture.catalogue import clips  # noqa: E402
from gdlecture.media.sound import RATE  # noqa: E402
from gdlecture.voice.kept import VARIABLE  # noqa: E402
from gdlecture.voice.phrases import Hibari  # noqa: E402
from gdlecture.voice.script import phrases_of  # noqa: E402


def main() -> None:
    """Measure, and print JSON."""
    ear = _ear()
    listener, voice = ear.Listener(), Hibari()
    phrases = [phrase for clip in clips() for phrase in phrases_of(clip)]
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = folder
        began = time.perf_counter()
        sounds = [voice.speak(phrase) for phrase in phrases]
        speaking = time.perf_counter() - began
    words = [phrase.words for phrase in phrases]
    heard = [listener.hear(sound) for sound in sounds]
    pairs = list(zip(words, heard, strict=True))
    taken = sum(ear.taken_for(told, words) == i for i, told in enumerate(heard))
    alike = ear.rate(pairs)
    ear.ALIKE.clear()
    figures = {
        "phrases": len(phrases),
        "words": sum(len(ear.sounds(each)) for each in words),
        "speech_s": round(sum(map(len, sounds)) / RATE, 1),
        "speaking_s": round(speaking, 1),
        "alike": round(alike, 4),
        "spelled": round(ear.rate(pairs), 4),
        "taken": taken,
    }
    print(json.dumps(figures, indent=1))  # noqa: T201 (this is what it is for)


def _ear() -> Any:
    """The listener that the tests have."""
    spec = spec_from_file_location("listener", HERE.parent / "tests/voice/listener.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("tests/voice/listener.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
