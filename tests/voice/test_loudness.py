import numpy as np
import pyloudnorm
import pytest

from gdlecture.media.sound import RATE, SoundError, read_sound, resampled, write_sound
from gdlecture.voice.loudness import LOUDNESS, PEAK, levelled, loudness, trimmed, true_peak

SECONDS = np.arange(3 * RATE) / RATE


def tone(level, hertz=997.0):
    return (10 ** (level / 20) * np.sin(2 * np.pi * hertz * SECONDS)).astype(np.float32)


def test_the_loudness_of_a_tone_is_the_standards():
    # EBU Tech 3341: a sine of 1 kHz at -23 dB in both channels is -23 LUFS; in one, 3 LU less.
    assert loudness(tone(-23.0)) == pytest.approx(-26.0, abs=0.1)
    assert loudness(np.zeros(RATE, np.float32)) == -np.inf


def test_the_true_peak_is_between_the_samples():
    # A quarter of the rate, sampled off its crests: samples reach 0.707, the tone reaches 1.
    crests = np.sin(np.pi / 2 * np.arange(4000) + np.pi / 4).astype(np.float32)
    assert 20 * np.log10(np.abs(crests).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak(crests[500:-500]) == pytest.approx(0.0, abs=0.3)


def test_speech_becomes_as_loud_as_it_should_be_and_no_peak_too_high():
    rng = np.random.default_rng(1)
    bursts = np.where((SECONDS % 0.5) < 0.3, 1, 0.01) * rng.normal(0, 0.02, len(SECONDS))
    bursts[::9000] = 0.9  # clicks that would be far above full scale
    level = levelled(bursts.astype(np.float32))
    assert loudness(level) == pytest.approx(LOUDNESS, abs=0.2)
    assert true_peak(level) <= PEAK
    assert np.array_equal(level, levelled(bursts.astype(np.float32)))
    meter = pyloudnorm.Meter(RATE)
    assert meter.integrated_loudness(level.astype(float)) == pytest.approx(LOUDNESS, abs=0.2)


def test_what_is_loud_enough_is_left_as_it_is():
    once = levelled(tone(-30.0))
    assert np.array_equal(levelled(once), once)


def test_a_phrase_is_trimmed_to_what_is_heard():
    silence = np.zeros(RATE, np.float32)
    phrase = trimmed(np.concatenate([silence, tone(-20.0), silence]))
    assert len(phrase) / RATE == pytest.approx(3.06, abs=0.01)
    assert abs(phrase[0]) < 1e-3
    assert abs(phrase[-1]) < 1e-3
    with pytest.raises(SoundError, match="nothing is heard"):
        trimmed(silence)


def test_sound_of_any_rate_is_read(tmp_path):
    low = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050).astype(np.float32)
    write_sound(tmp_path / "a.wav", resampled(low, 22050))
    sound = read_sound(tmp_path / "a.wav")
    assert len(sound) == RATE
    spectrum = np.abs(np.fft.rfft(sound))
    assert np.argmax(spectrum) == 440
    (tmp_path / "b.wav").write_text("no sound", encoding="utf-8")
    with pytest.raises(SoundError, match="expected sound"):
        read_sound(tmp_path / "b.wav")
