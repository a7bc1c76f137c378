import io
import re
import shutil
import time
import zipfile
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image

from gdlecture import catalogue
from gdlecture.deck.build import build_deck
from gdlecture.deck.pieces import cut_beats
from gdlecture.dist import Dist
from gdlecture.media.video import MediaError, all_frames, video_facts
from gdlecture.verify.evidence import read_evidence
from gdlecture.verify.verify import verify_dist
from gdstage.look.theme import LIGHT

BEATS = {"alpha": (13, 21, 8), "beta": (11, 14)}
PIECES = [f"{name}-{i:02}" for name, beats in BEATS.items() for i in range(1, len(beats) + 1)]


@pytest.fixture(autouse=True)
def order(monkeypatch):
    monkeypatch.setattr(catalogue, "ORDER", ("alpha",))


@pytest.fixture
def deck(filmed):
    build_deck(filmed)
    return filmed


def frames(path):
    return [frame.to_ndarray(format="yuv420p") for frame in all_frames(path)]


def deck_failures(dist):
    (found,) = [report for report in verify_dist(dist) if report.clip == "deck.html"]
    return list(found.failures)


# --- pieces --------------------------------------------------------------------------------


def test_each_piece_has_exactly_the_frames_of_its_beat(deck):
    for name, beats in BEATS.items():
        whole = frames(deck.clips / f"{name}.mp4")
        assert len({frame.tobytes() for frame in whole}) == sum(beats)  # each can be told
        for i, length in enumerate(beats, 1):
            piece = frames(deck.root / f"deck/{name}-{i:02}.mp4")
            expected, whole = whole[:length], whole[length:]
            assert len(piece) == length
            assert all(np.array_equal(a, b) for a, b in zip(expected, piece, strict=True))
        assert whole == []


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_plays_at_once_and_evenly(deck, name):
    path = deck.root / f"deck/{name}.mp4"
    with av.open(path) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    assert packets[0].is_keyframe
    assert any(packet.pts != packet.dts for packet in packets)  # there are B-frames
    assert all(a.dts < b.dts for a, b in pairwise(packets))
    assert all(packet.dts <= packet.pts for packet in packets)
    times = [frame.pts * frame.time_base for frame in all_frames(path)]
    assert times == [Fraction(i, 30) for i in range(len(times))]
    facts = video_facts(path)
    assert facts.moov_first
    assert facts.tags == (1, 1, 6, 1)
    assert facts.duration == pytest.approx(len(times) / 30, abs=1e-3)


def test_nothing_is_encoded_again(deck):
    def coded(path):
        with av.open(path) as container:
            return [bytes(packet) for packet in container.demux(video=0) if packet.size]

    for name, beats in BEATS.items():
        names = [f"deck/{name}-{i:02}.mp4" for i in range(1, len(beats) + 1)]
        pieces = [packet for path in names for packet in coded(deck.root / path)]
        assert pieces == coded(deck.clips / f"{name}.mp4")


def test_a_beat_that_needs_frames_before_it_is_not_cut(filmed, film_clip):
    film_clip(filmed, "alpha", BEATS["alpha"], by_beats=False)
    with pytest.raises(MediaError, match=r"beat 'beat <2> & more', 0\.43 to 1\.13 s, is not enc"):
        build_deck(filmed)
    assert not (filmed.root / "deck.html").exists()
    assert not (filmed.root / "deck").exists()


def test_a_beat_beyond_the_end_is_not_cut(filmed):
    video = filmed.clips / "beta.mp4"
    path = video.with_suffix(".json")
    path.write_text(path.read_text().replace(f'"t1": {25 / 30}', '"t1": 2.0'))
    with pytest.raises(MediaError, match="cannot be cut out"):
        cut_beats(video, read_evidence(path), [filmed.root / "1.mp4", filmed.root / "2.mp4"])


def test_the_pictures_are_the_first_and_the_last_frame(deck):
    def seen(path):
        return np.asarray(Image.open(path).convert("RGB")).astype(int)

    for name in PIECES:
        whole = [f.to_ndarray(format="rgb24") for f in all_frames(deck.root / f"deck/{name}.mp4")]
        for file, index in ("-first", 0), ("", len(whole) - 1):
            picture = seen(deck.root / f"deck/{name}{file}.jpg")
            unlike = [abs(picture - frame).mean() for frame in whole]
            assert np.argmin(unlike) == index
            assert unlike[index] < 5


def test_a_clip_that_manim_rendered_can_be_cut(lecture, dist):
    ran = lecture("deck", "tiny", "--out", dist.parent / "dist")
    assert ran.exit_code == 0, ran.output
    told = re.fullmatch(
        r".*deck\.html with deck/: 2 slides of 1 clip, \d+\.\d MB\n"
        r".*deck\.pptx: 2 slides of 1 clip, \d+\.\d MB\n"
        r"index\.html: 1 clip\n",
        ran.stdout,
    )
    assert told, ran.stdout
    whole, beats = frames(dist / "clips/tiny.mp4"), read_evidence(dist / "clips/tiny.json").beats
    first, second = (frames(dist / f"deck/tiny-0{i}.mp4") for i in (1, 2))
    assert len(first) == round(15 * beats[0].t1)
    assert all(np.array_equal(a, b) for a, b in zip(whole, first + second, strict=True))
    assert deck_failures(Dist(dist)) == []


# --- the folder ----------------------------------------------------------------------------


def test_the_files_of_a_deck(deck):
    found = {str(path.relative_to(deck.root)) for path in deck.root.rglob("*") if path.is_file()}
    pieces = {f"deck/{name}{end}" for name in PIECES for end in (".mp4", ".jpg", "-first.jpg")}
    reveal = {f"deck/reveal/{name}" for name in ("reveal.js", "reveal.css", "notes.js", "LICENSE")}
    clips = {path for name in BEATS for path in deck.files_of(name)}
    assert found - clips == {
        *pieces, *reveal, "deck/deck.css", "deck/deck.js", "deck.html", "deck.pptx",
        "slides/alpha.json", "slides/beta.json", "manifest.json",
    }  # fmt: skip
    assert found - {"manifest.json"} == set(deck.manifest()["files"])
    assert deck_failures(deck) == []


def test_the_same_clips_give_the_same_bytes_on_another_day(filmed, tmp_path, monkeypatch):
    again = Dist(shutil.copytree(filmed.root, tmp_path / "elsewhere"))
    build_deck(filmed)
    now = time.time() + 4e7
    monkeypatch.setattr(time, "time", lambda: now)
    build_deck(again)
    for path in sorted(p for p in filmed.root.rglob("*") if p.is_file()):
        assert (again.root / path.relative_to(filmed.root)).read_bytes() == path.read_bytes(), path


def test_what_is_there_already_is_left_as_it_is(deck):
    before = {path: path.stat().st_mtime_ns for path in deck.root.rglob("*") if path.is_file()}
    assert build_deck(deck).unchanged
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_what_is_lost_or_spoilt_is_told_and_made_again(deck):
    for path in ("deck/alpha-02.mp4", "slides/beta.json", "deck/reveal/reveal.js", "deck.pptx"):
        whole = (deck.root / path).read_bytes()
        (deck.root / path).write_bytes(whole[:-1])
        (line, *_) = deck_failures(deck)
        assert line.startswith(f"{path.rpartition('/')[2]}: sha256: expected ")
        assert not build_deck(deck).unchanged
        assert (deck.root / path).read_bytes() == whole
    (deck.root / "deck.html").unlink()
    assert deck_failures(deck) == ["deck.html: expected a file, found none"]


def test_a_clip_that_was_rendered_again_makes_the_deck_old(deck, film_clip):
    film_clip(deck, "beta", (12,), theme="light")
    assert deck_failures(deck) == [
        "clips: expected those that are here, found older ones of beta; make it again: lecture deck"
    ]
    done = build_deck(deck)
    assert (done.slides, done.unchanged) == (4, False)
    assert deck_failures(deck) == []
    assert not (deck.root / "deck/beta-02.mp4").exists()


def test_a_smaller_deck_leaves_nothing_of_the_larger_one(deck):
    done = build_deck(deck, ["beta"])
    assert (done.clips, done.slides) == (("beta",), 2)
    left = {path.stem.partition("-")[0] for path in (deck.root / "deck").glob("*.mp4")}
    assert left == {"beta"}
    assert [path.name for path in (deck.root / "slides").iterdir()] == ["beta.json"]
    assert deck_failures(deck) == []


def test_clips_come_in_the_order_in_which_they_are_named(filmed):
    def order():
        html = (filmed.root / "deck.html").read_text()
        return re.findall(r'<section id="([^"]+)"', html)

    build_deck(filmed)
    assert order() == PIECES  # the lecture's order first
    build_deck(filmed, ["beta", "alpha", "beta"])
    assert order() == PIECES[3:] + PIECES[:3]


def test_one_file_needs_no_other(filmed):
    build_deck(filmed, one_file=True)
    html = (filmed.root / "deck.html").read_text()
    linked = re.findall(r'(?:src|href|poster)="([^"]{1,40})', html.partition("<script>")[0])
    assert len(linked) == 2 * len(PIECES)
    assert all(address.startswith("data:image/jpeg;base64,") for address in linked)
    assert not (filmed.root / "deck/reveal").exists()
    assert (filmed.root / "deck/alpha-01.mp4").exists()  # manim-slides reads it


def test_titles_and_captions_are_text_not_markup(deck):
    html = (deck.root / "deck.html").read_text()
    assert "<h2>Alpha: beat &lt;1&gt; &amp; more</h2>" in html
    assert '<aside class="notes">Said in beta, 2: α &lt; β.</aside>' in html
    assert "<1>" not in html


def test_the_pages_colours_are_the_clips(deck):
    html = (deck.root / "deck.html").read_text()
    grounds = re.findall(r'<section id="(\w+)-\d\d" data-background-color="([^"]+)"', html)
    assert {name for name, colour in grounds if colour == LIGHT.ground} == {"beta"}


# --- refusals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["breaks"], 1, "breaks.mp4: there is no such video; first: lecture render breaks"),
        (["tinny"], 2, "there is no clip 'tinny'; did you mean tiny?"),
        (["--poster", "none"], 2, "'none' is not one of 'last', 'first'"),
    ],
)
def test_what_cannot_be_done_is_told(lecture, dist, arguments, code, line):
    ran = lecture("deck", *arguments, "--out", dist)
    assert ran.exit_code == code
    assert line in ran.stderr.splitlines()[-1]
    assert not (dist / "deck.html").exists()


def test_a_folder_without_clips_is_told(lecture, tmp_path):
    ran = lecture("deck", "--out", tmp_path / "none")
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)
    Dist(tmp_path / "empty").prepare()
    ran = lecture("deck", "--out", tmp_path / "empty")
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)
    assert "render first" in ran.stderr


def test_a_webm_is_told_what_is_needed(lecture, dist):
    (dist / "clips/tiny.mp4").rename(dist / "clips/tiny.webm")
    ran = lecture("deck", "--out", dist)
    assert ran.exit_code == 1
    assert ran.stderr == (
        "Error: tiny is a webm, and slides need an mp4: lecture render tiny --format mp4\n"
    )


def test_a_package_is_a_zip_of_no_date(deck):
    data = (deck.root / "deck.pptx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
