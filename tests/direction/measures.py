"""What can be measured of how a clip is told: what a still has lost, what flickers, what stands."""

from __future__ import annotations

from itertools import groupby, pairwise

import numpy as np
from films import FPS

from gdstage.clip import reading_time
from gdstage.look.theme import rgb

ALIKE, SEEN = 0.96, 0.35
"""Cosine between a pixel's and a meaning's way from the ground, and how far along it counts."""

LEAST_INK = 10.0
"""Pixels: less ink than this says nothing."""

KEPT = 0.6
"""Of a meaning's ink at its richest, the share that a beat's last frame must have."""

MOVED = 12
"""Levels by which a pixel changes where something moves; fades change it by more in all."""

REST = 0.4
"""Seconds: shorter rests are part of a motion."""


def ink(frame, theme):
    """How much ink each colour of meaning has in a frame, in pixels."""
    ground = 255 * rgb(theme.ground)
    way = frame.astype(float) - ground
    length = np.linalg.norm(way, axis=-1)
    told = {}
    for name in ("function", "tangent", "iterate", "minimum", "danger"):
        meaning = 255 * rgb(getattr(theme, name)) - ground
        size = np.linalg.norm(meaning)
        with np.errstate(invalid="ignore"):
            alike = (way @ meaning) / (length * size) > ALIKE
        share = (way @ meaning) / size**2
        told[name] = float(np.clip(share, 0, 1)[alike & (share > SEEN)].sum())
    return told


def losses(film):
    """What each beat's last frame has lost of its richest: (beat, meaning, share that is left)."""
    for number, beat in enumerate(film.beats, 1):
        sizes = [ink(frame, film.scene.theme) for frame in film.frames_of(beat)[2:]]
        if not sizes:
            continue
        for meaning in sizes[-1]:
            rich = max(size[meaning] for size in sizes)
            if rich > LEAST_INK and sizes[-1][meaning] < KEPT * rich:
                yield number, meaning, sizes[-1][meaning] / rich


def stretches(film):
    """The stretches of frames [first, past) in which nothing moves."""
    frames = film.frames
    moves = [True] + [
        bool((np.abs(a.astype(int) - b.astype(int)).max(axis=-1) > MOVED).any())
        for a, b in pairwise(frames)
    ]
    at = 0
    for moving, group in groupby(moves):
        length = len(list(group))
        if not moving and length >= REST * FPS:
            yield at, at + length
        at += length


def still_shares(film):
    """The share of time in which nothing moves, and of that beyond what reading takes."""
    still = list(stretches(film))
    total, beyond = 0.0, 0.0
    for beat in film.beats:
        first, past = round(beat["t0"] * FPS), round(beat["t1"] * FPS)
        stands = sum(max(0, min(past, b) - max(first, a)) for a, b in still) / FPS
        total += stands
        beyond += max(0.0, stands - reading_time(beat["text"]) / 2)
    length = len(film.frames) / FPS
    return total / length, beyond / length
