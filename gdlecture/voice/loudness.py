"""How loud speech is: trimmed, made as loud as it should be, no peak too high.

Loudness is that of ITU-R BS.1770-4, by pyloudnorm; the true peak is that of its Annex 2, taken
from four times as many samples. Levels are in dB of full scale.
"""

from __future__ import annotations

import warnings

import numpy as np
from scipy.ndimage import minimum_filter1d
from scipy.signal import resample_poly

from gdlecture.media.sound import RATE, Samples, SoundError

LOUDNESS, PEAK = -16.0, -1.0
"""How loud a clip is (LUFS), and the most that its true peak may be (dB of full scale)."""

HEADROOM = 1.8
"""So far below `PEAK` it is held, dB: coding moves peaks, Opus by up to 1.4."""

_BLOCK = 0.4  # seconds: of less, no loudness is defined
_QUIET = -45.0  # dB below its peak: before and after, a phrase has not begun or is over
_MARGIN = 0.03  # seconds that are kept around a phrase, in which it fades
_WINDOW = 0.01  # seconds within which the limiter turns down and up again
_NEAR, _ROUNDS = 0.05, 4  # dB that nobody hears, and in how many rounds one comes so near


def trimmed(samples: Samples) -> Samples:
    """A phrase without the silence around it, its ends faded.

    Raises:
        SoundError: there is nothing but silence.
    """
    level = np.abs(samples)
    peak = float(level.max(initial=0.0))
    if peak < 1e-4:
        raise SoundError("nothing is heard in it")
    heard = np.flatnonzero(level > peak * 10 ** (_QUIET / 20))
    margin = round(_MARGIN * RATE)
    first, past = max(0, heard[0] - margin), min(len(samples), heard[-1] + margin)
    phrase = samples[first:past].copy()
    ramp = np.linspace(0, 1, min(margin // 2, len(phrase) // 2), dtype=np.float32)
    phrase[: len(ramp)] *= ramp
    phrase[len(phrase) - len(ramp) :] *= ramp[::-1]
    return phrase


def loudness(samples: Samples) -> float:
    """Integrated loudness, LUFS; -inf of silence. What is shorter than a block is repeated."""
    import pyloudnorm  # noqa: PLC0415 (scipy.signal, a moment)

    if not np.any(samples):
        return -np.inf
    shortest = round(_BLOCK * RATE) + 1
    if len(samples) < shortest:
        samples = np.resize(samples, shortest)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of blocks that are silent, log 0
        return float(pyloudnorm.Meter(RATE).integrated_loudness(samples.astype(np.float64)))


def true_peak(samples: Samples) -> float:
    """The true peak, dB of full scale; -inf of silence."""
    peak = float(np.abs(resample_poly(samples, 4, 1)).max(initial=0.0)) if len(samples) else 0.0
    return 20 * float(np.log10(peak)) if peak else -np.inf


def levelled(samples: Samples) -> Samples:
    """Sound that is `LOUDNESS` loud, with no true peak above `PEAK`: the few that are, are held."""
    if not np.any(samples):
        return samples
    for _ in range(_ROUNDS):  # what holds the peaks takes a little of the loudness
        lacking = LOUDNESS - loudness(samples)
        if abs(lacking) < _NEAR and true_peak(samples) <= PEAK - HEADROOM + _NEAR:
            break
        samples = _limited(samples * np.float32(10 ** (lacking / 20)))
    return samples


def _limited(samples: Samples) -> Samples:
    """Turned down around each peak that is too high, smoothly, and nowhere else."""
    most = 10 ** ((PEAK - HEADROOM) / 20)
    fine = np.abs(resample_poly(samples, 4, 1))[: 4 * len(samples)]
    peaks = np.maximum(fine.reshape(-1, 4).max(axis=1), np.abs(samples))
    gain = np.minimum(1.0, most / np.maximum(peaks, most))
    if gain.min() == 1.0:
        return samples
    width = round(_WINDOW * RATE) | 1
    # The least within the window, then its mean over as wide a one: never more than is due.
    window = np.hanning(width + 2)[1:-1]
    least = np.pad(minimum_filter1d(gain, width, mode="nearest"), width // 2, mode="edge")
    smooth = np.convolve(least, window / window.sum(), mode="valid")
    return (samples * smooth).astype(np.float32)
