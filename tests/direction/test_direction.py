"""How the lecture's clips are told: what a still has lost, what stands, what flickers or crosses.

Each clip is drawn once, small and at few frames a second, without a video.
"""

import importlib
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

import manim as mn
import numpy as np
import pytest

from gdstage.clip import Clip, clip_name, reading_time
from gdstage.layout import CAPTION, HEADING, PICTURE, SHAPE, LayoutError, check_layout
from gdstage.look.theme import DARK, rgb

FPS, WIDTH, HEIGHT = 5, 320, 180
CLIPS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenes").glob("[a-z]*.py"))

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

FLASH, MEMORY = 2, 15
"""Frames: ink that returns for no longer flickers; it returns if it was there so long before."""

STARK, BLOT = 60, 50
"""Levels by which a flash differs from before and after, and the pixels that it must have."""


MOST_OVER_WORDS, LEAST_PICTURE = 5.0, 20
"""Pixels of meaning's ink that may be where words stand, and of any that a picture must have."""

MOST_EVIDENCE = 1e6
"""Bytes of a clip's evidence."""


@dataclass
class Film:
    """A clip's frames (height, width, 3), where its layout fails in motion, and silent ink.

    `evidence` is how long its evidence is, bytes.
    """

    scene: Clip
    evidence: int = 0
    frames: list[np.ndarray] = field(default_factory=list)
    crossings: list[str] = field(default_factory=list)
    unstated: dict[str, None] = field(default_factory=dict)

    @property
    def beats(self):
        return self.scene.evidence.beats

    def frames_of(self, beat):
        first, past = round(beat["t0"] * FPS), round(beat["t1"] * FPS)
        return self.frames[first : max(past, first + 1)]


def draw(name, media, unstated):
    """The film of one of the lecture's clips."""
    module = importlib.import_module(f"scenes.{name}")
    (clip,) = (
        thing for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Clip) and clip_name(thing) == name
    )  # fmt: skip
    size = {"pixel_width": WIDTH, "pixel_height": HEIGHT, "frame_rate": FPS}
    quiet = {"dry_run": True, "progress_bar": "none", "media_dir": str(media)}
    with mn.tempconfig(size | quiet):
        film = Film(clip())

        def keep(frame, num_frames=1):
            film.frames += [frame[..., :3].copy()] * num_frames
            try:
                check_layout(film.scene.get_mobject_family_members())
            except LayoutError as error:
                film.crossings.append(f"{len(film.frames) / FPS:.1f} s: {error}")

        play = film.scene.play

        def played(*args, **kwargs):
            play(*args, **kwargs)
            told = (name for mob in film.scene.mobjects for name in unstated(mob))
            film.unstated |= dict.fromkeys(f"{film.beats[-1]['title']}: {name}" for name in told)

        film.scene.renderer.add_frame = keep
        film.scene.play = played
        film.scene.setup()
        film.scene.construct()
        film.scene.tear_down()
    told = media / f"{name}.json"
    film.scene.evidence.write(told, film.scene.evidence.lens)
    film.evidence = told.stat().st_size
    return film


# --- measures ------------------------------------------------------------------------------


def ink(frame, theme=DARK):
    """How much ink each colour of meaning has in a frame, in pixels."""
    ground = 255 * rgb(theme.ground)
    way = (frame.astype(float) - ground).reshape(-1, 3)
    way = way[np.abs(way).max(axis=1) > MOVED]
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


def zone(frame, box):
    """The lines of a frame in which a box of the layout is."""
    top, bottom = (round((0.5 - edge / SHAPE.height) * HEIGHT) for edge in (box.top, box.bottom))
    return frame[top:bottom]


def over_words(frames):
    """The frames in which the picture's ink is where the heading and the caption stand."""
    seen, found = None, False
    for at, frame in enumerate(frames):
        if frame is not seen:  # what stands still is one frame, many times
            strays = [max(ink(zone(frame, box)).values()) for box in (HEADING, CAPTION)]
            seen, found = frame, max(strays) > MOST_OVER_WORDS
        if found:
            yield at


def empty(frames):
    """The frames in which the picture shows nothing."""
    ground = np.rint(255 * rgb(DARK.ground))
    for at, frame in enumerate(frames):
        if differ(zone(frame, PICTURE), ground, MOVED).sum() < LEAST_PICTURE:
            yield at


def lost(frames):
    """What the last of some frames has lost of the richest: by meaning, the share that is left."""
    once = {id(frame): frame for frame in frames}  # what stands still is one frame, many times
    seen = {key: ink(frame) for key, frame in once.items()}
    sizes = [seen[id(frame)] for frame in frames]
    rich = {meaning: max(size[meaning] for size in sizes) for meaning in sizes[-1]}
    return {
        meaning: left / rich[meaning]
        for meaning, left in sizes[-1].items()
        if rich[meaning] > LEAST_INK and left < KEPT * rich[meaning]
    }


def losses(film):
    """What each beat's last frame has lost: (beat, meaning), and the share that is left."""
    return {
        (number, meaning): round(share, 2)
        for number, beat in enumerate(film.beats, 1)
        for meaning, share in lost(film.frames_of(beat)[2:] or [film.frames[-1]]).items()
    }


def differ(one, other, levels):
    """Where two frames differ by more than so many levels."""
    red, green, blue = np.moveaxis(np.abs(one.astype(np.int16) - other) > levels, -1, 0)
    return red | green | blue  # numpy takes long over an axis of three


def stretches(frames):
    """The stretches of frames [first, past) in which nothing moves."""
    moves = [True, *(bool(differ(a, b, MOVED).any()) for a, b in pairwise(frames))]
    at = 0
    for moving, group in groupby(moves):
        length = len(list(group))
        if not moving and length >= REST * FPS:
            yield at, at + length
        at += length


def still_share(film):
    """The share of time in which nothing moves, beyond half of what reading takes."""
    still, beyond = list(stretches(film.frames)), 0.0
    for beat in film.beats:
        first, past = round(beat["t0"] * FPS), round(beat["t1"] * FPS)
        stands = sum(max(0, min(past, b) - max(first, a)) for a, b in still) / FPS
        beyond += max(0.0, stands - reading_time(beat["text"]) / 2)
    return beyond / (len(film.frames) / FPS)


def flickers(frames):
    """The frames in which ink that had gone returns, is more than before, and is gone at once."""
    ground = np.rint(255 * rgb(DARK.ground))
    much = [int(differ(frame, ground, STARK).sum()) for frame in frames]
    for first in range(2, len(frames) - 1):
        for length in range(1, FLASH + 1):
            if first + length >= len(frames):
                continue
            before, flash, after = frames[first - 1], frames[first], frames[first + length]
            seen = differ(before, flash, STARK) & differ(flash, after, STARK)
            seen &= ~differ(before, after, MOVED)
            # What only moves leaves as much ink as before.
            more = much[first] - max(much[first - 1], much[first + length])
            if min(seen.sum(), more) < BLOT:
                continue
            memory = frames[max(0, first - MEMORY) : first - 1]
            if max(int((seen & ~differ(flash, old, MOVED)).sum()) for old in memory) >= BLOT:
                yield first
                break


# --- the lecture's clips -------------------------------------------------------------------

MOST_STILL = 0.05
"""The share of a clip's time in which nothing moves, beyond what reading takes."""

EXCUSED_LOSSES = {
    "gradient_vector": {
        (1, "function"): "the picture comes close to one point of the bowl",
        (2, "function"): "the bowl leaves for its map",
    },
    "local_minima": {(5, "function"): "the picture zooms out to where a start flies"},
    "many_minima": {
        (beat, hue): "the walkers, yellow, take the colour of their well"
        for beat in (2, 3)
        for hue in ("tangent", "iterate")
    },
    "momentum": {
        (4, hue): "the zigzag unfolds, as more of each step is kept"
        for hue in ("tangent", "iterate")
    },
    "network_descent": {
        (2, hue): "what the network learned is not ringed any more"
        for hue in ("tangent", "iterate", "danger")
    },
    "newton": {(5, "function"): "the curve grows faint where it is a forest, seen from afar"},
    "partial_derivatives": {(1, "function"): "the bowl shrinks to stand beside its slice"},
    "sauna_candidates": {
        (3, hue): "the floor, seen from above, is seen as a surface again"
        for hue in ("function", "tangent", "iterate", "danger")
    },
    "sauna_question": {(3, "iterate"): "the thermometer turns redder while a warm place is felt"},
    "sauna_walk": {
        (3, hue): "a try that is warmer is red for as long as it is felt; its cross stays"
        for hue in ("tangent", "iterate", "danger")
    },
    "slicing": {
        (2, "iterate"): "no iterate: the surface's highest band, which the moving plane hides",
        (6, "function"): "the surface is cut to a quarter, so that both slices are seen",
    },
    "stationary_points": {(2, "minimum"): "the point is no minimum any more"},
    "tangent_plane": {
        (1, "function"): "the front of the bowl is lifted away",
        **{
            (6, hue): "the plane turns green: it is level"
            for hue in ("tangent", "iterate", "danger")
        },
    },
}
"""Beats whose last frame has less of a colour than before, by clip, and why that is right."""

EXCUSED_FLICKERS = {
    "newton": dict.fromkeys((5, 6), "the picture zooms over the many branches of a curve"),
    "sauna_walk": {3: "the arm feels one way after another"},
    "starting_point": {5: "the walk jumps to and fro for ever"},
}
"""Beats in which what moves comes back at once, by clip, and why that is right."""


@pytest.fixture(scope="module", params=CLIPS)
def film(request, tmp_path_factory, unstated):
    return draw(request.param, tmp_path_factory.mktemp("media"), unstated)


def test_a_clip_is_seen_before_it_is_read(film):
    name = film.scene.evidence.clip
    still = round(still_share(film), 2)
    seen = {
        "lost": {key: left for key, left in losses(film).items()
                 if key not in EXCUSED_LOSSES.get(name, {})},
        "flickers": [beat for beat in beats_with_flickers(film)
                     if beat not in EXCUSED_FLICKERS.get(name, {})],
        "crossings": film.crossings,
        "over words": [at / FPS for at in over_words(film.frames)],
        "empty": [at / FPS for at in empty(film.frames)],
        "unstated": list(film.unstated),
        "silent": sorted({at / FPS for at, _ in film.scene.evidence._witness.silent}),
        "still": still if still > MOST_STILL else 0,
        "evidence": film.evidence if film.evidence > MOST_EVIDENCE else 0,
    }  # fmt: skip
    assert {what: found for what, found in seen.items() if found} == {}


def beats_with_flickers(film):
    """The numbers of the beats in which ink flickers."""
    ends = [round(beat["t1"] * FPS) for beat in film.beats]
    return sorted({1 + int(np.searchsorted(ends, at, "right")) for at in flickers(film.frames)})


# --- the measures themselves ---------------------------------------------------------------


def picture(*boxes):
    """A small frame with boxes (colour, left, top, side) on the ground."""
    frame = np.empty((60, 80, 3), dtype=np.uint8)
    frame[:] = 255 * rgb(DARK.ground)
    for colour, left, top, side in boxes:
        frame[top : top + side, left : left + side] = np.rint(255 * rgb(colour))
    return frame


CURVE, DOT = (DARK.function, 5, 5, 12), (DARK.minimum, 30, 30, 12)


def test_ink_that_a_last_frame_has_lost_is_told_with_its_colour():
    rich = picture(CURVE, DOT)
    assert lost([rich, rich]) == {}
    assert lost([rich, picture(CURVE)]) == {"minimum": 0.0}
    assert lost([picture(), rich]) == {}
    smaller = picture((DARK.function, 5, 5, 7), DOT)
    assert lost([rich, smaller]) == pytest.approx({"function": 49 / 144})


def test_ink_that_returns_for_a_moment_flickers():
    whole, bare = picture(CURVE, DOT), picture(CURVE)
    assert list(flickers([whole] * 4 + [bare] * 4 + [whole] + [bare] * 4)) == [8]
    assert list(flickers([whole] * 4 + [bare] * 4 + [whole] * 2 + [bare] * 4)) == [8]
    assert list(flickers([whole] * 4 + [bare] * 4 + [whole] * 6)) == []


def test_a_picture_that_enters_the_zones_of_words_or_is_empty_is_told():
    tall = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    tall[:] = np.rint(255 * rgb(DARK.ground))
    inside, above = tall.copy(), tall.copy()
    inside[80:90, 20:30] = above[10:20, 20:30] = np.rint(255 * rgb(DARK.function))
    assert list(over_words([inside, above, inside])) == [1]
    assert list(empty([inside, tall, above, inside])) == [1, 2]


def test_what_passes_by_does_not_flicker():
    way = [picture(CURVE, (DARK.iterate, x, 30, 12)) for x in range(0, 65, 13)]
    assert list(flickers(way)) == []


def test_rests_are_told_and_short_ones_are_part_of_a_motion():
    way = [picture((DARK.iterate, x, 30, 12)) for x in range(0, 40, 4)]
    assert list(stretches(way)) == []
    assert list(stretches([*way, *[way[-1]] * 5, *way[:2]])) == [(10, 15)]
