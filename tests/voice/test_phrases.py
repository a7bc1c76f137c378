import shlex
import sys

import numpy as np
import pytest

from gdlecture.media.sound import RATE, write_sound
from gdlecture.voice import kept, phrases
from gdlecture.voice.loudness import LOUDNESS, loudness
from gdlecture.voice.phrases import Command, Hibari, Phrase, Recordings, VoiceError, voice_of
from gdlecture.voice.recorded import recordings_hash

HELLO = Phrase("tiny", 1, "α = 1", "alpha equals one")

# Sings a note for each letter of the words that it is given.
SINGER = """
import struct, sys, wave, math
words = sys.stdin.read()
with wave.open(sys.argv[1], "wb") as file:
    file.setparams((1, 2, 16000, 0, "NONE", ""))
    for i in range(1600 * len(words)):
        file.writeframes(struct.pack("<h", round(9000 * math.sin(0.2 * i))))
"""


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "voices"))
    return tmp_path / "voices"


def test_hibari_says_the_same_each_time_and_says_it_once(cache, monkeypatch):
    first = Hibari().speak(HELLO)
    assert 0.5 < len(first) / RATE < 3
    assert loudness(first) == pytest.approx(LOUDNESS, abs=0.2)
    (file,) = cache.rglob("*.wav")
    told = file.read_bytes()
    file.unlink()
    assert np.array_equal(Hibari().speak(HELLO), first)
    (file,) = cache.rglob("*.wav")
    assert file.read_bytes() == told
    monkeypatch.setattr(phrases, "_engine", lambda _: pytest.fail("it was spoken again"))
    assert np.array_equal(Hibari().speak(HELLO), first)


def test_where_nothing_can_be_kept_it_is_spoken_all_the_same(cache):
    cache.write_text("a file where the folder should be", encoding="utf-8")
    spoken = Hibari().speak(HELLO)
    cache.unlink()
    assert np.array_equal(Hibari().speak(HELLO), spoken)


def test_a_broken_file_in_the_cache_is_no_phrase(cache):
    first = Hibari().speak(HELLO)
    (file,) = cache.rglob("*.wav")
    file.write_bytes(b"RIFF")
    assert np.array_equal(Hibari().speak(HELLO), first)


@pytest.mark.parametrize("ending", ["", " {out}"])
def test_any_command_speaks_words_into_a_file(tmp_path, ending):
    script = tmp_path / "singer.py"
    script.write_text(SINGER, encoding="utf-8")
    voice = Command(f"{shlex.quote(sys.executable)} {script}{ending}")
    sound = voice.speak(HELLO)
    assert len(sound) / RATE == pytest.approx(1.6, abs=0.1)  # sixteen letters, a tenth each
    script.unlink()
    assert np.array_equal(voice.speak(HELLO), sound)  # it is kept


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("no-such-program --loud", "the voice command no-such-program: No such file"),
        ("false", "the voice command false failed at “α = 1”: it left no file"),
        ("tee", "the voice command tee: phrase.wav: expected sound"),
        ("'", "cannot be read"),
        ("  ", "has no words"),
    ],
)
def test_a_command_that_fails_is_told_in_a_line(command, told):
    with pytest.raises(VoiceError, match=told) as failed:
        voice_of("none", command).speak(HELLO)
    assert "\n" not in str(failed.value)


def test_ones_own_recordings_are_found_by_their_number_and_levelled(tmp_path):
    (tmp_path / "tiny").mkdir()
    silence = np.zeros(RATE // 2, np.float32)
    note = (0.01 * np.sin(0.06 * np.arange(2 * RATE))).astype(np.float32)
    write_sound(tmp_path / "tiny/01.wav", np.concatenate([silence, note, silence]))
    sound = Recordings(tmp_path).speak(HELLO)
    assert len(sound) / RATE == pytest.approx(2.06, abs=0.01)
    assert loudness(sound) == pytest.approx(LOUDNESS, abs=0.2)
    missing = Phrase("tiny", 2, "Signs: β.", "Signs: beta.")
    with pytest.raises(VoiceError, match=r"no recording .*tiny/02\.wav of “Signs: β\.”"):
        Recordings(tmp_path).speak(missing)
    write_sound(tmp_path / "tiny/02.wav", silence)
    with pytest.raises(VoiceError, match=r"“Signs: β\.”: nothing is heard in it"):
        Recordings(tmp_path).speak(missing)


def test_another_recording_makes_another_clip(tmp_path):
    (tmp_path / "tiny").mkdir()
    before = recordings_hash(str(tmp_path), "", "tiny")
    write_sound(tmp_path / "tiny/01.wav", np.ones(9, np.float32))
    after = recordings_hash(str(tmp_path), "", "tiny")
    assert before != after == recordings_hash(str(tmp_path), "", "tiny")
    assert recordings_hash(str(tmp_path), "", "other") == before
    assert recordings_hash("hibari", "", "tiny") == recordings_hash("none", "", "tiny") == ""


def test_a_voice_that_there_is_not_is_told():
    assert voice_of("none") is None
    with pytest.raises(VoiceError, match="no voice 'hibari2': it is hibari, none, or a folder"):
        voice_of("hibari2")
