import json
import re
import shutil
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest

from gdlecture import catalogue
from gdlecture.dist import Dist, sha256
from gdlecture.media import dissolve as dissolving
from gdlecture.media import joining
from gdlecture.media.dissolve import dissolve, encoder_options, write_dissolve
from gdlecture.media.film import Chapter, chapters_of, encoding, stored_pictures, subtitles
from gdlecture.media.joining import FILES, JoinError, join_lecture
from gdlecture.media.video import all_frames, finish_mp4, video_facts
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings
from gdlecture.verify.verify import verify_dist

FPS, ORDER = 30, ("dark_one", "grey_one", "light_one", "not_rendered")
SHADES = {"dark_one": (30, 40), "grey_one": (120, 7), "light_one": (220, 65)}
FIRST = (0, 40 + 12, 40 + 12 + 7 + 12)
"""After how many frames each of the three begins: a dissolve is 0.4 s."""

FRAMES = FIRST[-1] + 65


def video(folder, shade, frames, *, width=64, height=48, fps=FPS, bare=False, **options):
    """A bar that grows under a corner in which nothing is, encoded as clips are."""
    raw, finished = folder / "raw.mp4", folder / "finished.mp4"
    with av.open(raw, "w") as container:
        stream = container.add_stream("libx264", rate=fps, options=encoder_options() | options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for i in range(frames):
            picture = np.full((height, width, 3), shade, dtype=np.uint8)
            picture[2:, : i + 1] = shade if bare else 255 - shade
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    finish_mp4(raw, finished, "clip", Fraction(fps))
    return finished.read_bytes()


def evidence(name, frames, width=64):
    half, end = (frames // 2) / FPS, frames / FPS
    beats = [
        {"title": f"{name} *begins*", "text": f"First of {name}: α < β.", "t0": 0.0, "t1": half},
        {"title": "ends", "text": f"Last of {name}.", "t0": half, "t1": end},
    ]
    told = {"schema": 2, "clip": name, "fps": FPS, "width": width, "height": 48, "duration": end}
    empty = {"walks": [], "marks": [], "claims": [], "still": [], "silent": []}
    return json.dumps({**told, **empty, "beats": beats}).encode()


def publish(dist, folder, name, shade, frames, **shape):
    files = {
        ".mp4": video(folder, shade, frames, **shape),
        ".json": evidence(name, frames, shape.get("width", 64)),
        ".srt": b"",
        ".vtt": b"WEBVTT\n",
        ".png": b"",
    }
    dist.publish(RenderedClip(name, files, frames / FPS, Settings(), name, {}, 1.0))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "ORDER", ORDER)
    (tmp_path / "made").mkdir()
    return tmp_path / "made"


@pytest.fixture
def clips(tmp_path, folder):
    """Three clips of three shades; their order by name is not the lecture's."""
    dist = Dist(tmp_path / "dist")
    dist.prepare()
    for name in ("light_one", "grey_one", "dark_one"):
        publish(dist, folder, name, *SHADES[name])
    return dist


def frames(path):
    return [frame.to_ndarray(format="rgb24") for frame in all_frames(path)]


def film_failures(dist):
    (film,) = [report for report in verify_dist(dist) if report.clip == "lecture"]
    return list(film.failures)


def test_the_film_is_the_clips_in_the_lectures_order(clips):
    done = join_lecture(clips)
    assert (done.clips, done.duration, done.unchanged) == (3, FRAMES / FPS, False)
    found = frames(clips.root / "lecture.mp4")
    assert len(found) == FRAMES
    for name, first in zip(SHADES, FIRST, strict=True):
        expected = frames(clips.clips / f"{name}.mp4")
        own = found[first : first + len(expected)]
        assert all(np.array_equal(one, other) for one, other in zip(expected, own, strict=True))


def test_between_two_clips_the_one_becomes_the_other(clips):
    join_lecture(clips)
    found = frames(clips.root / "lecture.mp4")[39 : FIRST[1] + 1]
    shown = [picture[24, 60].mean() for picture in found]  # where neither has its bar
    assert shown[0] == pytest.approx(30, abs=3)
    assert shown[-1] == pytest.approx(120, abs=3)
    assert shown[7] == pytest.approx(30 + 90 * 0.5, abs=8)
    assert all(one < other for one, other in pairwise(shown))


def test_in_a_dissolve_words_go_before_the_next_come():
    before, after = (np.full((72, 64), 128, dtype=np.uint8) for _ in range(2))
    before[:48], after[:48] = 20, 20
    before[3, 10:30], after[3, 20:40] = 200, 200  # a heading
    before[24, 10:30], after[24, 20:40] = 200, 200  # a picture
    before[45, 10:30], after[45, 20:40] = 200, 200  # a caption
    pictures = list(dissolve(before, after, 12))
    assert len(pictures) == 12
    both = {row: [p[row, 15] > 20 and p[row, 35] > 20 for p in pictures] for row in (3, 24, 45)}
    assert {row: any(found) for row, found in both.items()} == {3: False, 24: True, 45: False}
    assert pictures[0][3, 15] > 180 < pictures[-1][3, 35]
    assert all((p[[0, 12, 36, 47]] == 20).all() and (p[48:] == 128).all() for p in pictures)


@pytest.mark.parametrize(
    ("fps", "width", "height", "count"), [(15, 64, 48, 6), (60, 64, 48, 24), (15, 854, 480, 6)]
)
def test_a_dissolve_is_encoded_as_the_clips_are(tmp_path, fps, width, height, count):
    paths = [tmp_path / f"{name}.mp4" for name in ("one", "other", "between", "again")]
    for path, shade in zip(paths[:2], (30, 220), strict=True):
        path.write_bytes(video(tmp_path, shade, 20, width=width, height=height, fps=fps))
    for path in paths[2:]:
        write_dissolve(*paths[:2], path, Fraction(fps))
    assert len({encoding(path) for path in paths}) == 1
    assert paths[2].read_bytes() == paths[3].read_bytes()
    assert len(frames(paths[2])) == count


def test_each_clip_can_be_sought_and_nothing_is_wrong_with_the_coding(clips):
    join_lecture(clips)
    film = clips.root / "lecture.mp4"
    keys = {picture.shown for picture in stored_pictures(film) if picture.key}
    assert {Fraction(first, FPS) for first in FIRST} <= keys
    with av.logging.Capture() as told, av.open(film) as container:
        assert sum(1 for _ in container.decode(video=0)) == FRAMES
        container.seek(0)
        decoded = [packet.dts for packet in container.demux(video=0) if packet.size]
    assert [line for line in told if line[0] <= av.logging.WARNING] == []
    assert len({b - a for a, b in pairwise(decoded)}) == 1


def test_its_frames_are_at_equal_distances_and_it_starts_at_once(clips):
    join_lecture(clips)
    film = clips.root / "lecture.mp4"
    times = [frame.pts * frame.time_base for frame in all_frames(film)]
    assert times[0] == 0
    assert {b - a for a, b in pairwise(times)} == {Fraction(1, FPS)}
    facts = video_facts(film)
    assert facts.moov_first
    assert facts.tags == (1, 1, 6, 1)
    assert facts.duration == pytest.approx(FRAMES / FPS)


def test_a_chapter_a_clip_and_the_captions_as_a_track(clips):
    join_lecture(clips)
    film = clips.root / "lecture.mp4"
    assert chapters_of(film) == [
        Chapter(0, 1733, "Dark one"),
        Chapter(1733, 2367, "Grey one"),
        Chapter(2367, 4533, "Light one"),
    ]
    told = [(c.start, c.end, c.text) for c in subtitles(film)]
    assert told[:3] == [
        (0, 667, "First of dark_one: α < β."),
        (667, 1333, "Last of dark_one."),
        (1733, 1833, "First of grey_one: α < β."),
    ]
    assert len(told) == 6
    with av.open(film) as container:
        (track,) = container.streams.subtitles
        assert track.codec_context.name == "mov_text"
        assert track.metadata["language"] == "eng"


def test_the_transcript_says_it_all_with_times(clips):
    join_lecture(clips)
    told = (clips.root / "transcript.md").read_text()
    assert told.startswith(
        "# Gradient descent\n\n## Dark one\n\n0:00 **dark\\_one \\*begins\\*.** "
    )
    assert re.findall(r"^## (.*)$", told, re.MULTILINE) == ["Dark one", "Grey one", "Light one"]
    assert told.count("First of ") == 3
    assert "0:03 **ends.** Last of light\\_one.\n" in told
    assert (clips.root / "lecture.vtt").read_text().count(" --> ") == 6


def test_the_same_clips_give_the_same_bytes_and_are_not_joined_again(clips, tmp_path):
    again = Dist(shutil.copytree(clips.root, tmp_path / "again"))
    join_lecture(clips)
    before = {path: (clips.root / path).stat().st_mtime_ns for path in FILES}
    assert join_lecture(clips).unchanged
    assert before == {path: (clips.root / path).stat().st_mtime_ns for path in FILES}
    join_lecture(again)
    for path in (*FILES, "manifest.json"):
        assert (again.root / path).read_bytes() == (clips.root / path).read_bytes(), path


@pytest.mark.parametrize("path", FILES)
def test_what_is_lost_or_spoilt_is_joined_again(clips, path):
    join_lecture(clips)
    whole = (clips.root / path).read_bytes()
    (clips.root / path).write_bytes(b"spoilt")
    assert not join_lecture(clips).unchanged
    assert (clips.root / path).read_bytes() == whole
    (clips.root / path).unlink()
    assert not join_lecture(clips).unchanged


def test_a_clip_that_changes_changes_the_film(clips, folder):
    join_lecture(clips)
    publish(clips, folder, "grey_one", 60, 9)
    assert not join_lecture(clips).unchanged
    assert len(frames(clips.root / "lecture.mp4")) == FRAMES + 2


def test_clips_of_two_sizes_are_not_joined_and_no_stale_film_stays(lecture, clips, folder):
    join_lecture(clips)
    publish(clips, folder, "grey_one", 60, 9, width=96)
    ran = lecture("join", "--out", clips.root)
    assert ran.exit_code == 1
    assert ran.stderr == (
        "Error: lecture.mp4: not joined: dark_one is 64×48 at 30 frames a second, "
        "grey_one is 96×48 at 30 frames a second; render all clips at one quality\n"
    )
    assert sorted(path.name for path in clips.root.iterdir()) == ["clips", "manifest.json"]
    assert "lecture" not in clips.manifest()


def test_clips_encoded_in_two_ways_are_not_joined(lecture, clips, folder):
    join_lecture(clips)
    publish(clips, folder, "grey_one", 60, 9, preset="ultrafast")
    ran = lecture("join", "--out", clips.root)
    assert ran.exit_code == 1
    assert ran.stderr == (
        "Error: lecture.mp4: grey_one.mp4 is encoded otherwise than dark_one.mp4; "
        "render the clips again\n"
    )
    assert sorted(path.name for path in clips.root.iterdir()) == ["clips", "manifest.json"]


def test_a_clip_that_is_gone_is_told(clips):
    (clips.clips / "grey_one.mp4").unlink()
    with pytest.raises(JoinError, match="grey_one is no mp4"):
        join_lecture(clips)


def test_without_clips_of_the_lecture_there_is_no_film(lecture, tmp_path, folder):
    dist = Dist(tmp_path / "dist")
    dist.prepare()
    publish(dist, folder, "another", 30, 5)
    assert join_lecture(dist) is None
    ran = lecture("join", "--out", dist.root)
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)


def test_rendering_joins_when_it_ends(lecture, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "ORDER", ("tiny",))
    ran = lecture("render", "tiny", "-q", "l", "--out", tmp_path)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[1] == "lecture.mp4: 1 clip, 4.4 s"
    ran = lecture("render", "tiny", "-q", "l", "--out", tmp_path)
    assert ran.stdout.splitlines()[1] == "lecture.mp4: 1 clip, 4.4 s, unchanged"
    ran = lecture("verify", tmp_path)
    assert ran.stdout.splitlines()[1:] == [
        "lecture.mp4: true",
        "index.html: true",
        "1 clip, 1 walk, 11 numbers, 7 words, 1 line, 1 point, 5 dots: all true",
    ]


# --- verifying -----------------------------------------------------------------------------


def forge(dist, path, data):
    """Change a file and its entry in the manifest, as one would who means to deceive."""
    manifest = dist.manifest()
    (dist.root / path).write_bytes(data)
    manifest["files"][path] |= {"sha256": sha256(data), "size": len(data)}
    dist.manifest_path.write_text(json.dumps(manifest))


def test_what_was_joined_is_true(clips):
    join_lecture(clips)
    assert film_failures(clips) == []


def test_a_film_of_other_pictures_is_told(clips, folder, tmp_path):
    other = Dist(shutil.copytree(clips.root, tmp_path / "other"))
    join_lecture(clips)
    publish(other, folder, "grey_one", 121, 7)
    join_lecture(other)
    forge(clips, "lecture.mp4", (other.root / "lecture.mp4").read_bytes())
    assert film_failures(clips) == [
        "pictures: expected those of the clips, found another as number 52"
    ]


def to_black(before, _, count):
    ground = np.where(np.arange(len(before))[:, np.newaxis] < 48, 16, 128)
    yield from dissolve(before, np.broadcast_to(ground, before.shape), count)


def to_another(before, after, count):
    yield from dissolve(before, np.where(after < 128, after + 90, after - 90), count)


def held(before, _, count):
    yield from [before] * count


def hard_cut(before, after, count):
    yield from [before] * (count // 2) + [after] * (count - count // 2)


@pytest.mark.parametrize("lie", [to_black, to_another, held, hard_cut])
def test_a_join_that_is_no_dissolve_between_its_clips_is_told(clips, monkeypatch, lie):
    monkeypatch.setattr(dissolving, "dissolve", lie)
    join_lecture(clips)
    told = film_failures(clips)
    assert [line.partition(": expected a dissolve, found ")[0] for line in told] == [
        "from dark_one to grey_one",
        "from grey_one to light_one",
    ]


def test_a_dissolve_that_is_missing_is_told(clips, monkeypatch):
    monkeypatch.setattr(joining, "_with_dissolves", lambda parts, *_: [p.video for p in parts])
    join_lecture(clips)
    told = film_failures(clips)
    assert f"frames: expected {FRAMES}, found 112" in told
    assert "pictures: expected those of the clips, found another as number 52" in told


def test_a_clip_that_begins_with_nothing_is_told(clips, folder):
    publish(clips, folder, "light_one", *SHADES["light_one"], bare=True)
    join_lecture(clips)
    (line,) = film_failures(clips)
    assert line.startswith("from grey_one to light_one: expected something to be seen, found ")
    assert line.endswith("light_one begins with nothing")


def test_a_film_without_chapters_and_subtitles_is_told(clips, tmp_path):
    join_lecture(clips)
    finish_mp4(clips.root / "lecture.mp4", tmp_path / "bare.mp4", "bare", Fraction(FPS))
    forge(clips, "lecture.mp4", (tmp_path / "bare.mp4").read_bytes())
    told = [line.partition(":")[0] for line in film_failures(clips)]
    assert sorted(told) == ["chapters", "subtitles"]


@pytest.mark.parametrize("path", ["lecture.vtt", "transcript.md"])
def test_words_that_are_not_the_clips_are_told(clips, path):
    join_lecture(clips)
    text = (clips.root / path).read_bytes()
    forge(clips, path, text.replace(b"Last", b"Lost", 1))
    (line,) = film_failures(clips)
    assert line.startswith(f"{path}: expected ")


@pytest.mark.parametrize("path", FILES)
def test_a_film_that_is_not_what_the_manifest_says_is_told(clips, path):
    join_lecture(clips)
    (clips.root / path).unlink()
    assert f"{path}: expected a file, found none" in film_failures(clips)


def test_a_clip_that_came_later_makes_the_film_untrue(clips, folder):
    join_lecture(clips)
    publish(clips, folder, "not_rendered", 10, 10)
    lines = film_failures(clips)
    assert lines[0].startswith("clips: expected dark_one, grey_one, light_one, not_rendered, found")
