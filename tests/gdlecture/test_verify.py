import json
import re
import shutil
import struct
from collections import defaultdict
from functools import lru_cache

import av
import numpy as np
import pytest

from gdlecture.media.video import finish_mp4
from gdlecture.verify import text, typeset
from gdlecture.verify.text import prepare
from gdlecture.verify.verify import verify_clip


def verified(dist, name="tiny"):
    return verify_clip(dist / f"clips/{name}.mp4", dist / f"clips/{name}.json")


def edit(dist, change):
    """Change the evidence of a rendered clip."""
    path = dist / "clips/tiny.json"
    evidence = json.loads(path.read_text())
    change(evidence)
    path.write_text(json.dumps(evidence))


def failures(dist, change):
    edit(dist, change)
    return list(verified(dist).failures)


def test_what_was_rendered_is_true(lecture, dist):
    report = verified(dist)
    assert report.failures == ()
    assert (report.marks, report.off_screen, report.walks, report.beats) == (5, 0, 1, 2)
    assert 0 < report.worst < report.limit < 1
    ran = lecture("verify", dist)
    assert ran.exit_code == 0
    assert ran.stderr == ""
    clip, page, total = ran.stdout.splitlines()
    assert re.fullmatch(
        r"tiny: true: 1 walk, 11 numbers, 7 words, 1 line, 1 point, 5 dots, "
        r"4 taught, not proved, (100\.0|99\.\d) % of the ink accounted for, "
        r"at most 0\.\d\d px off \(0\.\d\d allowed\)",
        clip,
    )
    assert page == "index.html: true"
    assert total == "1 clip, 1 walk, 11 numbers, 7 words, 1 line, 1 point, 5 dots: all true"


def test_of_one_clip_it_tells_what_is_taught_word_for_word(lecture, dist):
    ran = lecture("verify", dist / "clips" / "tiny.mp4")
    assert ran.exit_code == 0
    _, *unproved, _ = ran.stdout.splitlines()
    report = verified(dist)
    assert unproved == [f"    not proved: “{said}”" for said in report.taught]
    assert len(unproved) == 4


# --- the picture ---------------------------------------------------------------------------


def displaced(source, target, right):
    """The same video with every picture moved to the right by whole pixels."""
    with av.open(source) as old, av.open(target, "w") as new:
        shape = old.streams.video[0]
        options = {"crf": "18", "preset": "ultrafast"}
        stream = new.add_stream("libx264", rate=shape.average_rate, options=options)
        stream.width, stream.height, stream.pix_fmt = shape.width, shape.height, "yuv420p"
        for frame in old.decode(shape):
            moved = np.roll(frame.to_ndarray(format="rgb24"), right, axis=1)
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(moved), format="rgb24")
            picture.pts, picture.time_base = frame.pts, frame.time_base
            new.mux(stream.encode(picture))
        new.mux(stream.encode())


def displace(dist, right, folder):
    clip = dist / "clips/tiny.mp4"
    displaced(clip, folder / "moved.mp4", right)
    fps = json.loads(clip.with_suffix(".json").read_text())["fps"]
    finish_mp4(folder / "moved.mp4", clip, "tiny", round(fps))
    return [line for line in verified(dist).failures if line.startswith("mark ")]


def test_no_word_is_set_alone(rendered, monkeypatch):
    prepare([])  # the alphabet
    set_at_once, compile_ = [], typeset._compile

    def counted(codes):
        set_at_once.append(len(codes))
        return compile_(codes)

    monkeypatch.setattr(typeset, "_compile", counted)
    monkeypatch.setattr(typeset, "_KNOWN", defaultdict(dict))
    stencil_anew = lru_cache(text._stencil.__wrapped__)
    monkeypatch.setattr(text, "_stencil", stencil_anew)
    assert verified(rendered).failures == ()
    assert len(set_at_once) == 1
    assert set_at_once[0] > 10


@pytest.mark.slow
def test_at_1080p_it_is_true(rendered_hd):
    assert verified(rendered_hd).failures == ()


@pytest.mark.slow
@pytest.mark.parametrize("right", [4, -4])
def test_at_1080p_dots_that_are_4_px_off_are_told_one_and_all(rendered_hd, tmp_path, right):
    dist = shutil.copytree(rendered_hd, tmp_path / "dist")
    lines = displace(dist, right, tmp_path)
    assert len(lines) == 2 * 5
    for line in lines:
        found = re.search(r"± 1\.50 px, found it at .*, (\d+\.\d+) px off$", line)
        assert float(found[1]) == pytest.approx(4, abs=0.3)


def test_encoding_again_without_a_shift_harms_nothing(dist, tmp_path):
    assert displace(dist, 0, tmp_path) == []


def test_at_480p_dots_that_are_2_px_off_are_told(dist, tmp_path):
    assert len(displace(dist, 2, tmp_path)) == 2 * 5


def test_a_mark_at_another_pixel_is_told_by_name(dist):
    def move(evidence):
        evidence["marks"][2]["pixel"][1] += 1.0

    (scale, middle, last) = failures(dist, move)
    assert re.search(r"by the scale, found it (0\.9|1\.[01]) px off$", scale)
    assert middle.startswith("mark 'w' k=2 at 0.80 s, frame 14: expected its dot at (")
    assert last.startswith("mark 'w' k=2 at 0.80 s, frame 17: expected its dot at (")
    assert re.search(r" ± 0\.90 px, found it at \(.*\), (0\.[89]|1\.[012])\d px off$", last)


def test_a_dot_that_is_not_there_is_told(dist):
    def far_away(evidence):
        evidence["marks"][0]["pixel"] = [100.0, 300.0]

    told = failures(dist, far_away)
    assert len(told) == 4
    assert " px by the scale, found it " in told[0]
    assert told[1].endswith("found nothing of #f4e04d within 13.2 px")
    assert told[3].startswith("ink: expected a claim for what is at (594, 154)…(616, 176) px")


def test_a_dot_of_another_size_is_told(dist):
    def grow(evidence):
        evidence["marks"][0]["radius"] *= 1.5

    told = failures(dist, grow)
    assert len(told) == 2
    assert "expected 0.55…1.4 of a disc of 9.9 px in #f4e04d, found 0." in told[0]


def test_a_mark_that_outlasts_its_dot_is_told(dist):
    def longer(evidence):
        evidence["marks"][3]["t1"] += 0.4

    assert "found nothing of #f4e04d" in failures(dist, longer)[-1]


def test_marks_off_screen_are_only_counted_and_account_for_no_ink(dist):
    def hide(evidence):
        evidence["marks"][0] |= {"on_screen": False, "pixel": [9999.0, 0.0]}

    edit(dist, hide)
    report = verified(dist)
    assert (report.marks, report.off_screen) == (4, 1)
    (told,) = report.failures
    assert told.startswith("ink: expected a claim for what is at (594, 154)…(616, 176) px")


# --- the numbers ---------------------------------------------------------------------------


def last_digit(number):
    """The neighbouring float."""
    (bits,) = struct.unpack("<q", struct.pack("<d", number))
    return struct.unpack("<d", struct.pack("<q", bits + 1))[0]


@pytest.mark.parametrize("kind", ["points", "gradients", "values"])
def test_an_iterate_changed_in_its_last_digit_is_told(dist, kind):
    def nudge(evidence):
        array = evidence["walks"][0][kind]
        row = array if kind == "values" else array[2]
        at = 2 if kind == "values" else 0
        row[at] = last_digit(row[at])

    told = failures(dist, nudge)
    place = "[2]" if kind == "values" else "[2][0]"
    assert told[0].startswith(f"walk 'w': {kind}{place}: expected ")
    # The mark of that iterate no longer is where its walk says.
    assert len(told) == (2 if kind == "points" else 1)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("verdict", "CONVERGED", "verdict: expected BUDGET_SPENT, found CONVERGED"),
        ("stopped_at", 2, "stopped_at: expected 3, found 2"),
        ("rate", 0.2, "points[1][0]: expected "),
        ("rate", None, "rate: expected a number for a gradient step, found none"),
        ("start", [1.5], "points[0][0]: expected 1.5, found 1.6 (4 such)"),
        ("function", "exp(x) - log(x) + x", "points[1][0]: expected "),
        ("function", "__import__('os')", "expression: "),
        ("step", "magic", "expected a step of gradient, momentum, nesterov"),
        ("steps", 2, "points: expected shape (3, 1), found (4, 1)"),
        ("certified_error", 0.0, "certified_error: expected 1."),
        ("certified_error", "inf", "certified_error: expected a finite number, found inf"),
    ],
)
def test_a_walk_that_is_not_what_it_says_is_told(dist, key, value, expected):
    told = failures(dist, lambda evidence: evidence["walks"][0].update({key: value}))
    assert any(line.startswith(f"walk 'w': {expected}") for line in told), told


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"point": [1.5]}, "point: expected (1.6,), found (1.5,)"),
        ({"k": 4}, "expected k below 4, found 4"),
        ({"walk": "v"}, "expected a walk 'v', found none"),
        ({"t1": 99.0}, "expected frames within 0…66, found 0…1485"),
        ({"t1": 0.0}, "expected frames within 0…66, found 0…0"),
    ],
    ids=["point", "k", "walk", "late", "empty"],
)
def test_a_mark_that_claims_what_cannot_be_is_told(dist, change, expected):
    told = failures(dist, lambda evidence: evidence["marks"][0].update(change))
    assert any(re.match(r"mark '\w' k=\d at 0\.00 s: ", s) and s.endswith(expected) for s in told)


# --- beats and captions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beat", "change", "expected"),
    [
        (0, {"t0": 0.2}, "beats: expected its first beat at the start of the video, 0.000 s"),
        (0, {"t1": 1.8}, "beats: expected the next beat at the end of beat 'one', 1.800 s"),
        (1, {"t1": 5.0}, "beats: expected the end of its last beat at the end of the video"),
        (1, {"text": "too many words " * 4}, "beat 'last': expected 4.80 s to read its caption"),
    ],
)
def test_beats_must_follow_each_other_and_be_readable(dist, beat, change, expected):
    told = failures(dist, lambda evidence: evidence["beats"][beat].update(change))
    assert any(line.startswith(expected) for line in told), told


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_captions_must_say_what_the_beats_say(dist, suffix):
    path = dist / f"clips/tiny{suffix}"
    good = path.read_text()
    path.write_text(good.replace("Plain", "Purple"))
    (told,) = verified(dist).failures
    assert told.startswith(
        f"tiny{suffix}: expected 0…1600 ms 'Plain words.', found 0…1600 ms 'Purple"
    )
    path.write_text(good.partition("\n\n")[0] + "\n\n" if suffix == ".srt" else "WEBVTT\n")
    assert f"tiny{suffix}: expected 2 captions, found" in verified(dist).failures[0]
    path.write_text("nonsense")
    assert f"tiny{suffix}: expected captions, found no" in verified(dist).failures[0]
    path.unlink()
    assert verified(dist).failures == (f"tiny{suffix}: expected captions, found no such file",)


# --- files ---------------------------------------------------------------------------------


def told_by(lecture, dist):
    """The lines of a verification that fails."""
    ran = lecture("verify", dist)
    assert ran.exit_code == 1
    assert "Traceback" not in ran.output
    return ran.stderr.strip().splitlines()


def test_a_truncated_evidence_file_is_told_on_one_line(lecture, dist):
    path = dist / "clips/tiny.json"
    path.write_bytes(path.read_bytes()[:700])
    told = told_by(lecture, dist)
    assert told[0].startswith("tiny: tiny.json: expected JSON, found none: ")
    assert [line for line in told[1:] if "tiny.json: " not in line] == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda e: e.pop("fps"), "fps: expected"),
        (
            lambda e: e.update(fps=0),
            "fps: expected a finite positive number",
        ),
        (lambda e: e["marks"][1].pop("pixel"), "marks[1].pixel: expected list, found nothing"),
        (
            lambda e: e["marks"][1].update(pixel=[1, "nan"]),
            'marks[1].pixel: expected two numbers within ±1e+09, found [1, "nan"]',
        ),
        (lambda e: e["marks"][1].update(color="red"), "marks[1].color: expected #rrggbb"),
        (lambda e: e["walks"][0].update(points=[[1], [1, 2]]), "walks[0].points: expected rows"),
        (lambda e: e["walks"][0].update(points=[["x"]]), "walks[0].points: expected a number"),
        (lambda e: e["walks"].append(e["walks"][0]), "walks: expected a name of its own"),
        (lambda e: e["beats"].append(3), "beats[2]: expected an object, found 3"),
    ],
)
def test_evidence_that_lacks_something_is_told_where(dist, change, expected):
    (told,) = failures(dist, change)
    assert told.startswith(f"tiny.json: {expected}")


@pytest.mark.parametrize("suffix", [".mp4", ".srt", ".vtt", ".png", ".json"])
def test_a_file_that_differs_from_the_manifest_is_told(lecture, dist, suffix):
    path = dist / f"clips/tiny{suffix}"
    path.write_bytes(path.read_bytes() + b"\n")
    told = told_by(lecture, dist)
    assert any(line.startswith(f"tiny: tiny{suffix}: sha256: expected ") for line in told)
    path.unlink()
    assert f"tiny: tiny{suffix}: expected a file, found none" in told_by(lecture, dist)


def test_a_clip_that_the_manifest_does_not_know_is_told(lecture, dist):
    shutil.copy(dist / "clips/tiny.mp4", dist / "clips/stray.mp4")
    told = told_by(lecture, dist)
    assert "stray: stray.json: expected evidence, found no such file" in told
    assert "stray: stray.mp4: expected an entry in manifest.json, found none" in told


def test_a_clip_that_only_the_manifest_knows_is_told(lecture, dist):
    for path in (dist / "clips").iterdir():
        path.unlink()
    told = told_by(lecture, dist)
    assert "tiny: tiny.mp4: expected a file, found none" in told


def test_a_poster_that_is_no_frame_of_the_video_is_told(dist):
    path = dist / "clips/tiny.png"
    first = next(iter(av.open(dist / "clips/tiny.mp4").decode(video=0)))
    first.to_image().save(path)
    assert verified(dist).failures == (
        "tiny.png: expected the pixels of the video's frame, found others",
    )


def test_a_video_with_its_index_last_and_no_tags_is_told(dist, tmp_path):
    clip = dist / "clips/tiny.mp4"
    displaced(clip, tmp_path / "raw.mp4", 0)
    shutil.copy(tmp_path / "raw.mp4", clip)
    told = verified(dist).failures
    assert "index: expected moov first, found moov after mdat" in told
    assert "colour tags: expected (1, 1, 6, 1), found (2, 2, 2, 0)" in told


def test_a_video_that_is_cut_off_is_told(lecture, dist):
    clip = dist / "clips/tiny.mp4"
    clip.write_bytes(clip.read_bytes()[:-2000])
    assert told_by(lecture, dist)
    clip.write_bytes(clip.read_bytes()[:300])
    assert any(line.startswith("tiny: expected a video, found ") for line in told_by(lecture, dist))


@pytest.mark.parametrize(
    ("content", "expected"), [(None, "there is none; render first"), ("{", "manifest.json: ")]
)
def test_without_a_manifest_nothing_is_proved(lecture, dist, content, expected):
    path = dist / "manifest.json"
    path.unlink()
    if content is not None:
        path.write_text(content)
    (told,) = told_by(lecture, dist)
    assert told.startswith("Error: ")
    assert expected in told


# --- the real thing ------------------------------------------------------------------------


@pytest.mark.slow
def test_the_learning_rate_clip_is_true(learning_rate):
    report = verified(learning_rate, "learning_rate")
    assert report.failures == ()
    assert report.marks > 100
    assert report.off_screen == 0
    assert report.walks == 7
    assert report.worst < report.limit
    evidence = json.loads((learning_rate / "clips/learning_rate.json").read_text())
    assert 40 <= evidence["duration"] <= 75
    ends = {walk["name"]: (walk["verdict"], walk["stopped_at"]) for walk in evidence["walks"]}
    # What the lab's own loop gives.
    assert ends["too small"] == ("BUDGET_SPENT", 25)
    assert ends["patient"] == ("CONVERGED", 64)
    assert ends["right"] == ("CONVERGED", 21)
    assert ends["bold"] == ("CONVERGED", 17)
    assert ends["too large"] == ("LEFT_DOMAIN", 1)
    assert ends["beyond"] == ("LEFT_DOMAIN", 3)
