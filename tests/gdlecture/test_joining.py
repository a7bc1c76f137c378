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
from gdlecture.media.film import Chapter, chapters_of, subtitles
from gdlecture.media.joining import FILES, JoinError, join_lecture
from gdlecture.media.video import all_frames, finish_mp4, video_facts
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings
from gdlecture.verify.verify import verify_dist

FPS, ORDER = 30, ("dark_one", "grey_one", "light_one", "not_rendered")
SHADES = {"dark_one": (30, 40), "grey_one": (120, 7), "light_one": (220, 65)}


def video(folder, shade, frames, width=64, preset="veryfast"):
    raw, finished = folder / "raw.mp4", folder / "finished.mp4"
    with av.open(raw, "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": preset})
        stream.width, stream.height, stream.pix_fmt = width, 48, "yuv420p"
        for i in range(frames):
            picture = np.full((48, width, 3), shade, dtype=np.uint8)
            picture[:, : i + 1] = 255 - shade
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    finish_mp4(raw, finished, "clip", Fraction(FPS))
    return finished.read_bytes()


def evidence(name, frames, width=64):
    half, end = (frames // 2) / FPS, frames / FPS
    beats = [
        {"title": f"{name} *begins*", "text": f"First of {name}: α < β.", "t0": 0.0, "t1": half},
        {"title": "ends", "text": f"Last of {name}.", "t0": half, "t1": end},
    ]
    told = {"clip": name, "fps": FPS, "width": width, "height": 48, "duration": end}
    empty = {"walks": [], "marks": [], "claims": [], "still": []}
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
    assert (done.clips, done.duration, done.unchanged) == (3, 112 / FPS, False)
    expected = [f for name in SHADES for f in frames(clips.clips / f"{name}.mp4")]
    found = frames(clips.root / "lecture.mp4")
    assert len(found) == len(expected) == 112
    assert all(np.array_equal(one, other) for one, other in zip(expected, found, strict=True))


def test_its_frames_are_at_equal_distances_and_it_starts_at_once(clips):
    join_lecture(clips)
    film = clips.root / "lecture.mp4"
    times = [frame.pts * frame.time_base for frame in all_frames(film)]
    assert times[0] == 0
    assert {b - a for a, b in pairwise(times)} == {Fraction(1, FPS)}
    facts = video_facts(film)
    assert facts.moov_first
    assert facts.tags == (1, 1, 6, 1)
    assert facts.duration == pytest.approx(112 / FPS)


def test_a_chapter_a_clip_and_the_captions_as_a_track(clips):
    join_lecture(clips)
    film = clips.root / "lecture.mp4"
    assert chapters_of(film) == [
        Chapter(0, 1333, "Dark one"),
        Chapter(1333, 1567, "Grey one"),
        Chapter(1567, 3733, "Light one"),
    ]
    told = [(c.start, c.end, c.text) for c in subtitles(film)]
    assert told[:3] == [
        (0, 667, "First of dark_one: α < β."),
        (667, 1333, "Last of dark_one."),
        (1333, 1433, "First of grey_one: α < β."),
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
    assert "0:02 **ends.** Last of light\\_one.\n" in told
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
    assert len(frames(clips.root / "lecture.mp4")) == 114


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
        "render both again\n"
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
    assert ran.stdout.splitlines()[1] == "lecture.mp4: 1 clip, 4.8 s"
    ran = lecture("render", "tiny", "-q", "l", "--out", tmp_path)
    assert ran.stdout.splitlines()[1] == "lecture.mp4: 1 clip, 4.8 s, unchanged"
    ran = lecture("verify", tmp_path)
    assert ran.stdout.splitlines()[1:] == [
        "lecture.mp4: true",
        "index.html: true",
        "1 clip, 1 walk, 11 numbers, 7 words, 1 line, 5 dots: all true",
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
        "pictures: expected those of the clips, found another as number 40"
    ]


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
