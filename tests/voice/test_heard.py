"""Lies that can be heard: each is told, and what is true is not."""

import json
import re
from fractions import Fraction

import numpy as np
import pytest

from gdlecture.dist import Dist
from gdlecture.media.film import subtitles
from gdlecture.media.sound import RATE, read_sound
from gdlecture.media.video import finish_mp4, video_facts
from gdlecture.verify.evidence import read_evidence
from gdlecture.verify.film_checks import check_lecture
from gdlecture.verify.heard import place_of
from gdlecture.verify.verify import verify_clip
from gdlecture.voice.loudness import LOUDNESS, PEAK, loudness, true_peak
from gdlecture.voice.phrases import Hibari, Phrase

pytestmark = pytest.mark.slow


def failures(dist, name="told"):
    return verify_clip(dist / f"clips/{name}.mp4", dist / f"clips/{name}.json").failures


def with_sound(dist, change, name="told"):
    """Give a clip another sound: what `change` makes of its own and its phrases."""
    video = dist / f"clips/{name}.mp4"
    evidence = read_evidence(video.with_suffix(".json"))
    sound = change(read_sound(video).copy(), [(p.t0, p.t1) for p in evidence.phrases])
    other = video.with_name("other.mp4")
    finish_mp4(video, other, name, Fraction(15), sound)
    other.replace(video)


def told_otherwise(dist, change, name="told"):
    path = dist / f"clips/{name}.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    path.write_text(json.dumps(told), encoding="utf-8")


def test_what_is_said_is_true(told):
    for name in ("told", "told_again"):
        assert failures(told, name) == ()
    evidence = read_evidence(told / "clips/told.json")
    assert evidence.voice.startswith("hibari 0.2.1")
    assert [p.words for p in evidence.phrases] == [
        "With alpha equals zero point one.",
        "The dot began at x sub zero equals one point six.",
        "It took three steps.",
    ]
    sound = read_sound(told / "clips/told.mp4")
    assert loudness(sound) == pytest.approx(LOUDNESS, abs=0.3)
    assert true_peak(sound) <= PEAK
    assert len(sound) / RATE == pytest.approx(evidence.duration, abs=0.03)
    vtt = (told / "clips/told.vtt").read_text(encoding="utf-8")
    assert vtt.count("-->") == 3
    assert "The dot began at x₀ = 1.6." in vtt


def silent(sound, phrases):
    del phrases
    return np.zeros_like(sound) + 1e-6


def without_the_second(sound, phrases):
    first, past = (round(at * RATE) for at in phrases[1])
    sound[first:past] = 0
    return sound


def exchanged(sound, phrases):
    (a, b), (c, d) = ([round(at * RATE) for at in phrases[i]] for i in (0, 1))
    one, other = sound[a:b].copy(), sound[c:d].copy()
    sound[a:b] = sound[c:d] = 0
    sound[a : a + len(other)], sound[c : c + len(one)] = other, one
    return sound


def backwards(sound, phrases):
    first, past = (round(at * RATE) for at in phrases[1])
    sound[first:past] = sound[first:past][::-1].copy()
    return sound


def another_number(sound, phrases):
    """One word is another one; where it is, and how long all takes, stays."""
    words = "The dot began at x sub zero equals one point seven."
    other = Hibari().speak(Phrase("told", 2, words, words))
    first, past = (round(at * RATE) for at in phrases[1])
    sound[first:past] = 0
    length = min(past - first, len(other))
    sound[first : first + length] = other[:length]
    return sound


def humming(sound, phrases):
    del phrases
    return sound + np.float32(0.003) * np.sin(np.arange(len(sound)) / 20).astype(np.float32)


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        (silent, "expected its sound, found silence"),
        (without_the_second, "“The dot began at x₀ = 1.6.”: expected its sound, found silence"),
        (exchanged, r"“With α = 0.1.”: expected it until .* s, heard until"),
        (backwards, "“The dot began at x₀ = 1.6.”: expected to hear these words, found others"),
        (another_number, "“The dot began at x₀ = 1.6.”: expected to hear these words, found"),
        (humming, "expected silence at .* s, where nothing is said, found some"),
        (lambda sound, _: np.roll(sound, RATE // 4), "heard from .* s on"),
        (lambda sound, _: 0.5 * sound, "loudness: expected -16 ± 0.5 LUFS, found -2"),
        (lambda sound, _: np.clip(4 * sound, -1, 1), "true peak: expected -1 dB or less"),
        (lambda sound, _: sound[: len(sound) // 2], "sound: expected .* s, found"),
        (lambda *_: None, "sound: expected .* s, found 0.000 s"),
    ],
)
def test_sound_that_is_not_what_is_said_is_told(dist, change, told_of):
    with_sound(dist, change)
    assert any(re.search(told_of, line) for line in failures(dist)), failures(dist)


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        (lambda told: told["phrases"][0].update(words="With beta."), "the words “With alpha"),
        (lambda told: told["phrases"][1].update(text="It is 1.7."), "expected the words"),
        (lambda told: told["phrases"][1]["facts"].clear(), "“1.6”: expected a fact that says so"),
        (lambda told: told["phrases"][1].pop("facts"), "expected facts, or the caption"),
        (lambda told: told["phrases"][2]["facts"][0].update(value=4), "expected 3, found 4"),
        (lambda told: told["phrases"].pop(), "told.srt: expected 2 captions, found 3"),
        (lambda told: told.pop("phrases"), "sound: expected none, since nothing is said"),
        (lambda told: told["phrases"][1].update(t0=0.5), "expected it after"),
        (lambda told: told.pop("voice"), "voice: expected a name"),
    ],
)  # fmt: skip
def test_evidence_that_does_not_say_what_is_heard_is_told(dist, change, told_of):
    told_otherwise(dist, change)
    assert any(told_of in line for line in failures(dist)), failures(dist)


def test_the_film_sounds_as_its_clips_do_and_at_their_time(told):
    dist = Dist(told)
    assert list(check_lecture(dist, dist.manifest())) == []
    film = read_sound(told / "lecture.mp4")
    seconds = video_facts(told / "lecture.mp4").duration
    assert len(film) / RATE == pytest.approx(seconds, abs=0.03)
    last = read_evidence(told / "clips/told_again.json").phrases[-1]
    own = read_sound(told / "clips/told_again.mp4")
    begins = seconds - read_evidence(told / "clips/told_again.json").duration
    phrase = own[round(last.t0 * RATE) : round(last.t1 * RATE)]
    at, alike = place_of(phrase, film)
    assert abs(at - begins - last.t0) < 0.002
    assert alike > 0.95
    assert len(subtitles(told / "lecture.mp4")) == 4
    script = (told / "script.md").read_text(encoding="utf-8")
    assert re.search(
        r"^02 · 0:\d\d\.\d–0:\d\d\.\d · The dot began at x₀ = 1\.6\.$", script, re.MULTILINE
    )


def test_a_film_whose_sound_is_late_or_another_is_told(dist):
    film = dist / "lecture.mp4"
    sound = read_sound(film)

    def found(other):
        finish_mp4(film, film.with_name("other.mp4"), "x", Fraction(15), other)
        film.with_name("other.mp4").replace(film)
        return list(check_lecture(Dist(dist), Dist(dist).manifest()))

    assert any("last phrase in time, heard it +0.100 s off" in line
               for line in found(np.roll(sound, RATE // 10)))  # fmt: skip
    assert any("expected its sound in the film, found another" in line
               for line in found(sound[::-1].copy()))  # fmt: skip
    assert any(line.startswith("loudness: expected -16 ± 0.5 LUFS") for line in found(0.8 * sound))
    blow = sound.copy()
    blow[: RATE // 50] = np.sin(2 * np.pi * 500 / RATE * np.arange(RATE // 50))
    assert any(line.startswith("true peak: expected -1 dB or less") for line in found(blow))
