"""Lies in the video: the evidence is honest, frames are not those that it was written for."""

import json
import shutil
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from gdlecture.media.video import all_frames, finish_mp4
from gdlecture.verify.verify import verify_clip

FPS = 15
DRAWN = "expected the picture that was drawn, found another"


@pytest.fixture
def edited(honest, tmp_path):
    """The failures of an honest clip after its pictures (n, height, width, 3) were changed."""

    def failures(clip, change, *, poster=True):
        drawn = honest(clip)
        for path in drawn.video.parent.glob(f"{drawn.video.stem}.*"):
            shutil.copy(path, tmp_path)
        told = json.loads(drawn.evidence.read_text(encoding="utf-8"))
        video = tmp_path / drawn.video.name
        pictures = [frame.to_ndarray(format="rgb24") for frame in all_frames(video)]
        encode(change(pictures, told), video, tmp_path / "raw.mp4")
        found = verify_clip(video, tmp_path / drawn.evidence.name).failures
        # To encode again changes the poster's pixels, which is none of the lie.
        return [line for line in found if poster or ".png" not in line]

    return failures


def encode(pictures, video, raw):
    """Write pictures as the project's videos are written."""
    with av.open(raw, "w") as container:
        options = {"crf": "16", "preset": "veryfast", "x264-params": "threads=1"}
        stream = container.add_stream("libx264", rate=FPS, options=options)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pict_type = PictureType.NONE
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    finish_mp4(raw, video, video.stem, Fraction(FPS))


def stays(told, kind, what, least=8):
    """A claim of a kind that stands long, and its frames."""
    found = (c for c in told["claims"] if c["kind"] == kind and what in c["what"])
    claim = next(c for c in found if (c["t1"] - c["t0"]) * FPS >= least)
    return claim, round(claim["t0"] * FPS), round(claim["t1"] * FPS)


def box_of(claim, more=2):
    left, top, right, bottom = (round(v) for v in claim["box"])
    return slice(top - more, bottom + more), slice(left - more, right + more)


def unchanged(pictures, _):
    return pictures


def digit_painted_over(pictures, told):
    """The last digit of a readout is covered by its first."""
    claim, first, past = stays(told, "word", "number", 12)
    left, top, right, bottom = (round(v) for v in claim["box"])
    width = round(0.48 * claim["em"])
    for picture in pictures[first:past]:
        patch = picture[top - 1 : bottom + 1, right - 3 * width : right - 2 * width].copy()
        picture[top - 1 : bottom + 1, right - width : right] = patch
    del left
    return pictures


def curve_moved(pictures, told):
    """The picture within the axes, a steep graph, is 3 px (at 1080p) farther left for 5 frames."""
    left, top, right, bottom = (
        round(v) for v in next(c for c in told["claims"] if c["kind"] == "axes")["box"]
    )
    middle = len(pictures) - 12
    for picture in pictures[middle : middle + 5]:
        inside = picture[top:bottom, left + 2 : right]
        whole = np.roll(inside, -1, axis=1).astype(float)
        further = np.roll(inside, -2, axis=1).astype(float)
        inside[:] = np.rint(0.67 * whole + 0.33 * further).astype(np.uint8)
    return pictures


def number_gone(pictures, told):
    """A readout is blank for 6 frames."""
    claim, first, past = stays(told, "word", "number", 12)
    ground = pictures[0][5, 5]
    for picture in pictures[(first + past) // 2 - 3 : (first + past) // 2 + 3]:
        picture[box_of(claim)] = ground
    return pictures


def ghost(colour, after=0):
    """A dot for 6 frames of a pause, so many after its beginning."""

    def change(pictures, told):
        first, past = max(told["still"], key=lambda stretch: stretch[1] - stretch[0])
        begin = round(first * FPS) + after
        assert begin + 6 <= round(past * FPS)
        down, right = np.mgrid[: pictures[0].shape[0], : pictures[0].shape[1]]
        disc = (down - 60) ** 2 + (right - 430) ** 2 <= 5**2
        for picture in pictures[begin : begin + 6]:
            picture[disc] = colour
        return pictures

    return change


def sections_swapped(pictures, told):
    seam = round(told["beats"][1]["t0"] * FPS)
    return [*pictures[seam:], *pictures[:seam]]


def frozen(pictures, _):
    """The last third shows one picture."""
    at = len(pictures) // 3
    return [*pictures[:at], *[pictures[at]] * (len(pictures) - at)]


def mirrored(pictures, _):
    return [picture[:, ::-1] for picture in pictures]


def tinted(pictures, _):
    """Red and blue are swapped."""
    return [picture[..., ::-1] for picture in pictures]


def one_frame_late(pictures, _):
    return [*[pictures[0]] * 5, *pictures[:-5]]


def cropped(pictures, told):
    """The caption is cut off."""
    claim, _, _ = stays(told, "word", "caption")
    for picture in pictures:
        picture[box_of(claim)] = picture[5, 5]
    return pictures


def tick_gone(pictures, told):
    """A tick's label is painted over for the last second."""
    claim, _, _ = stays(told, "word", "tick")
    for picture in pictures[-FPS:]:
        picture[box_of(claim)] = picture[5, 5]
    return pictures


def step(told):
    """The frames (from, past) of the longest step: something moves in each."""
    still = [edge for stretch in told["still"] for edge in stretch]
    first, past = max(pairwise([0.0, *still]), key=lambda part: part[1] - part[0])
    assert still.index(past) % 2 == 0, "what is longest must not be a rest"
    return round(first * FPS), round(past * FPS)


def between_glimpses(pictures, told):
    """The frames (from, past) of a step in which no claim is looked for, and most moves."""
    first, past = step(told)
    seen = {round(claim["t0"] * FPS) for claim in told["claims"]}
    known = sorted({first, past, *(frame for frame in seen if first <= frame <= past)})

    def moved(pair):
        before, after = (pictures[frame].astype(int) for frame in pair)
        return np.abs(after - before).sum()

    before, after = max((pair for pair in pairwise(known) if pair[1] - pair[0] > 4), key=moved)
    return before + 1, after


def dot_gone(pictures, told):
    """The dot is painted out for three frames of a step."""
    first, _ = between_glimpses(pictures, told)
    colour = told["marks"][0]["color"]
    dot = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    for picture in pictures[first : first + 3]:
        picture[np.abs(picture.astype(int) - dot).max(axis=-1) < 60] = picture[5, 5]
    return pictures


def backwards(pictures, told):
    """What is between two glimpses of a step runs backwards."""
    part = slice(*between_glimpses(pictures, told))
    pictures[part] = pictures[part][::-1]
    return pictures


def halted(pictures, told):
    """The picture stands for what is between two glimpses of a step."""
    first, past = between_glimpses(pictures, told)
    pictures[first:past] = [pictures[first]] * (past - first)
    return pictures


def formula_in_motion(pictures, told):
    """A part of the caption stands elsewhere, too, while a step is taken, and only then."""
    first, past = step(told)
    claim, _, _ = stays(told, "word", "caption")
    left, top, _, bottom = (round(v) for v in claim["box"])
    word = slice(top - 2, bottom + 2), slice(left, left + 60)
    height = bottom - top + 4
    for picture in pictures[first + 2 : past - 2]:
        picture[200 : 200 + height, 380:440] = picture[word]
    return pictures


VIDEOS = {
    "the dot of a step is gone between two glimpses": ("Slow", dot_gone, DRAWN),
    "a step runs backwards between two glimpses": ("Slow", backwards, DRAWN),
    "a step halts between two glimpses": ("Slow", halted, DRAWN),
    "a hand goes backwards between two glimpses": ("Felt", backwards, DRAWN),
    "a camera goes backwards between two glimpses": ("Around", backwards, DRAWN),
    "a formula stands only while something moves": (
        "Slow", formula_in_motion, "expected a claim for what is at"),
    "a digit is painted over": ("Valley", digit_painted_over, "word “number”"),
    "all in the axes is 3 px farther left for 5 frames": ("Valley", curve_moved, "curve “graph”"),
    "a number is blank for 6 frames": ("Valley", number_gone, "word “number”"),
    "a dot stands for a moment of a pause": (
        "Valley", ghost((255, 180, 60), after=4), "expected a claim for what is at"),
    "a dot stands when a pause begins": (
        "Valley", ghost((255, 180, 60)), "expected a claim for what is at"),
    "a dot as dark as the ground stands for a moment": (
        "Valley", ghost((40, 40, 120), after=4), "expected a claim for what is at"),
    "two sections are swapped": ("Twice", sections_swapped, "word"),
    "the picture freezes": ("Valley", frozen, "mark 'down'"),
    "the picture is mirrored": ("Valley", mirrored, "word"),
    "red and blue are swapped": ("Valley", tinted, "expected"),
    "the pictures are 5 frames late": ("Valley", one_frame_late, "mark 'down'"),
    "the caption is gone": ("Valley", cropped, "word “caption”"),
    "a tick’s label is gone at the end": ("Valley", tick_gone, "word “tick”"),
    "the map’s picture is mirrored": ("Hills", mirrored, "map “heat”"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "change", "expected"), VIDEOS.values(), ids=VIDEOS)
def test_a_lie_in_the_video(edited, clip, change, expected):
    failures = edited(clip, change, poster=False)
    assert failures, "nobody noticed"
    assert any(expected in line for line in failures), failures


@pytest.mark.parametrize("clip", ["Valley", "Hills", "Slow", "Felt", "Around"])
def test_pictures_encoded_again_are_no_lie(edited, clip):
    assert edited(clip, unchanged, poster=False) == []


# --- files beside it -----------------------------------------------------------------------


@pytest.fixture
def copied(honest, tmp_path):
    """Copies of an honest clip's files, by their suffix."""

    def copy(clip):
        drawn = honest(clip)
        return {
            path.suffix: Path(shutil.copy(path, tmp_path))
            for path in drawn.video.parent.glob(f"{drawn.video.stem}.*")
        }

    return copy


def failures_of(files):
    return list(verify_clip(files[".mp4"], files[".json"]).failures)


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_captions_of_another_clip(copied, honest, suffix):
    files = copied("Valley")
    shutil.copy(honest("Leap").video.with_suffix(suffix), files[suffix])
    assert any(line.startswith(f"valley{suffix}: expected") for line in failures_of(files))


def test_a_stale_poster(copied, honest):
    files = copied("Valley")
    picture = next(iter(all_frames(honest("Valley").video))).to_image()
    picture.save(files[".png"])
    (line,) = failures_of(files)
    assert line == "valley.png: expected the pixels of the video's frame, found others"


def test_the_video_of_another_clip(copied, honest):
    files = copied("Valley")
    shutil.copy(honest("Leap").video, files[".mp4"])
    assert any("frames" in line for line in failures_of(files))
