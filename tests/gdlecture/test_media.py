import struct
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest

from gdlecture.media.video import MediaError, all_frames, finish_mp4, frames_at, video_facts

FPS, FRAMES = 30, 40


def boxes(data, start=0, end=None):
    """The boxes of an mp4, (kind, start of content, end), from the standard alone."""
    end = len(data) if end is None else end
    while start < end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        assert size >= 8
        yield kind.decode(), start + 8, start + size
        start += size


def box(data, *path):
    """The content of the first box at a path such as moov, trak, mdia."""
    start, end = 0, len(data)
    for name in path:
        start, end = next((a, b) for kind, a, b in boxes(data, start, end) if kind == name)
    return data[start:end]


def picture(i):
    image = np.full((48, 64, 3), 30, dtype=np.uint8)
    image[:, : i + 1] = 200
    return image


def write(path, codec="libx264", pixels="yuv420p", jolt=0, frames=FRAMES):
    """A video as manim leaves it: index last, no tags; after frame 20 `jolt` ticks too early."""
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=FPS, options={"bf": "2"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, pixels
        stream.codec_context.time_base = Fraction(1, FPS * 100)
        for i in range(frames):
            frame = av.VideoFrame.from_ndarray(picture(i), format="rgb24")
            frame.pts = 100 * i - (jolt if i > 20 else 0)
            frame.time_base = Fraction(1, FPS * 100)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def times(path):
    return [frame.pts * frame.time_base for frame in all_frames(path)]


@pytest.fixture
def finished(tmp_path):
    def finish(**source):
        target = tmp_path / "finished.mp4"
        finish_mp4(write(tmp_path / "source.mp4", **source), target, "A title", Fraction(FPS))
        return target

    return finish


def test_the_index_comes_first(finished, tmp_path):
    data = finished().read_bytes()
    order = [kind for kind, _, _ in boxes(data)]
    before = [kind for kind, _, _ in boxes((tmp_path / "source.mp4").read_bytes())]
    assert order.index("moov") < order.index("mdat")
    assert before.index("moov") > before.index("mdat")
    assert video_facts(tmp_path / "finished.mp4").moov_first
    assert not video_facts(tmp_path / "source.mp4").moov_first


def test_colours_are_tagged_in_container_and_stream(finished):
    path = finished()
    data = path.read_bytes()
    entry = box(data, "moov", "trak", "mdia", "minf", "stbl", "stsd")[8:]
    # An avc1 entry has 78 bytes of fields before its boxes.
    assert box(entry[8 + 78 :], "colr") == b"nclx" + struct.pack(">HHHB", 1, 1, 6, 0)
    (frame,) = (frame for i, frame in enumerate(all_frames(path)) if i == 3)
    told = (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range)
    assert tuple(int(tag) for tag in told) == (1, 1, 6, 1)


def test_pictures_are_the_same_to_the_last_bit(finished, tmp_path):
    after = [frame.to_ndarray() for frame in all_frames(finished())]
    before = [frame.to_ndarray() for frame in all_frames(tmp_path / "source.mp4")]
    assert len(after) == FRAMES
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_frames_are_at_equal_distances_though_they_were_not(finished, tmp_path):
    exact = [Fraction(i, FPS) for i in range(FRAMES)]
    assert times(finished(jolt=7)) == exact
    gaps = {b - a for a, b in pairwise(times(tmp_path / "source.mp4"))}
    assert len(gaps) > 1
    facts = video_facts(tmp_path / "finished.mp4")
    assert (facts.fps, facts.frames) == (FPS, FRAMES)
    assert facts.duration == pytest.approx(FRAMES / FPS, abs=1e-9)


def test_the_same_source_gives_the_same_bytes_without_a_date(finished):
    data = finished().read_bytes()
    assert finished().read_bytes() == data
    _, created, modified = struct.unpack(">III", box(data, "moov", "mvhd")[:12])
    assert (created, modified) == (0, 0)
    assert b"A title" in data
    assert b"Lavf" not in data


def test_one_frame_is_a_video_too(finished):
    assert times(finished(frames=1)) == [0]


def test_what_does_not_play_everywhere_is_refused(tmp_path):
    other = write(tmp_path / "other.mp4", pixels="yuv444p")
    with pytest.raises(MediaError, match="expected h264 in yuv420p, found h264 in yuv444p"):
        finish_mp4(other, tmp_path / "x.mp4", "", Fraction(FPS))


@pytest.mark.parametrize("wanted", [[0], [FRAMES - 1], [5, 17, 18], [39, 0, 21]])
def test_single_frames_are_those_of_reading_it_through(finished, wanted):
    path = finished()
    through = [frame.to_ndarray() for frame in all_frames(path)]
    found = [(i, frame.to_ndarray()) for i, frame in frames_at(path, wanted)]
    assert [i for i, _ in found] == sorted(wanted)
    assert all(np.array_equal(frame, through[i]) for i, frame in found)


def test_a_frame_that_is_not_there_is_named(finished):
    with pytest.raises(MediaError, match=f"no frame {FRAMES} in finished.mp4"):
        list(frames_at(finished(), [2, FRAMES]))


def test_what_is_no_video_is_refused(tmp_path):
    (tmp_path / "x.mp4").write_bytes(b"not a video")
    with pytest.raises(MediaError, match="expected a video, found"):
        video_facts(tmp_path / "x.mp4")
    with pytest.raises(MediaError, match="expected a video, found"):
        video_facts(tmp_path / "missing.mp4")
