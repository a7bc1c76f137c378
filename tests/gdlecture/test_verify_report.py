"""What verifying tells: the line, the page with pictures, the proof kept for the gallery."""

import base64
import io
import json
import re
import shutil
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from gdlecture.dist import Dist
from gdlecture.gallery.page import write_gallery
from gdlecture.report.page import report_page
from gdlecture.report.proofs import read_proof
from gdlecture.report.telling import line, percent, total
from gdlecture.verify import verify as verifying
from gdlecture.verify.claims import Claim, Seen
from gdlecture.verify.evidence import read_evidence
from gdlecture.verify.prove import Failure, Proof
from gdlecture.verify.record import Record
from gdlecture.verify.report import Report, Tally, tallied
from gdlecture.verify.reverse import Stray
from gdlecture.verify.rules import broken_rules
from gdlecture.verify.shots import shots_of
from gdlecture.verify.standing import Standing
from gdlecture.verify.verify import report_of, verify_clip, verify_dist

DOT = "#f4e04d"


def edit(dist, change, name="tiny"):
    """Change a clip's evidence, and its entry in the manifest as one would who means to deceive."""
    path = dist / f"clips/{name}.json"
    evidence = json.loads(path.read_text())
    change(evidence)
    path.write_text(json.dumps(evidence))


def clip(dist, name="tiny"):
    return dist / f"clips/{name}.mp4", dist / f"clips/{name}.json"


def shifted(evidence):
    evidence["marks"][2]["pixel"][0] += 6.0


def twin(dist):
    """A second clip in the folder, its first one under another name."""
    for path in sorted((dist / "clips").glob("tiny.*")):
        shutil.copy(path, path.with_stem("twin"))
    edit(dist, lambda evidence: evidence.update(clip="twin"), "twin")
    manifest = json.loads((dist / "manifest.json").read_text())
    manifest["clips"]["twin"] = manifest["clips"]["tiny"]
    (dist / "manifest.json").write_text(json.dumps(manifest))


class Page(HTMLParser):
    """A page's tags with their attributes, its text, and whether its tags are closed in order."""

    VOID = ("meta", "link", "img", "br", "path")

    def __init__(self, data):
        super().__init__()
        self.tags, self.text, self._open = [], "", []
        self.feed(data.decode())
        assert self._open == []
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self._open.pop() == tag
            self.text += " "

    def handle_data(self, data):
        if self._open[-1:] != ["style"]:
            self.text += data

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def picture(attrs):
    kind, _, data = attrs["src"].partition(",")
    assert kind == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")).astype(int)


def pixels_like(image, colour):
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return np.argwhere(np.abs(image - wanted).max(axis=-1) < 40)


# --- the line ------------------------------------------------------------------------------


def test_a_line_tells_what_was_proved_by_groups(rendered):
    report = verify_clip(*clip(rendered))
    told = line(report)
    assert re.fullmatch(
        r"tiny: true: 1 walk, 11 numbers, 7 words, 1 line, 1 point, 5 dots, "
        r"4 taught, not proved, (100\.0|99\.\d) % of the ink accounted for, "
        r"at most 0\.\d\d px off \(0\.\d\d allowed\)",
        told,
    )
    assert 0 < report.worst < report.limit
    assert "5 dots" in total([report])


def test_the_error_that_is_told_is_beside_what_it_may_be():
    surface = Standing(Claim("surface", "surface", 0.0, 2.0, None, {}), 0, 30)
    surface.found += [(9, True, Seen(error=1.5, allowed=2.0)), (20, True, Seen(error=0.5))]
    (tally,) = tallied(SimpleNamespace(stature=480.0, marks=[]), [surface], [])
    assert (tally.worst, tally.allowed) == (1.5, 2.0)
    surface.found.append((25, True, Seen(error=0.8)))  # 0.9 px are allowed at 480p
    (tally,) = tallied(SimpleNamespace(stature=480.0, marks=[]), [surface], [])
    assert tally.worst == 0.8
    assert 0.8 < tally.allowed < 1


def test_kinds_are_gathered_into_what_a_reader_calls_them():
    tallies = [
        Tally(kind, count, 1, None, 1.0)
        for kind, count in {"curve": 3, "hop": 1, "tip": 2, "number": 1, "scenery": 9}.items()
    ]
    report = Report("c", (), tallies=tuple(tallies), accounted=0.9999)
    expected = "1 number, 4 lines, 2 points, 5 unseen, 99.9 % of the ink"
    assert line(report).startswith(f"c: true: {expected}")
    assert total([report, Report("lecture", ("x",), kind="film")]).endswith(": 1 failure")
    assert line(Report("lecture", (), kind="film")) == "lecture.mp4: true"


def test_a_share_is_never_told_too_high():
    assert [percent(share) for share in (1.0, 0.99999, 0.97, 0.9699)] == [
        "100.0 %", "99.9 %", "97.0 %", "96.9 %",
    ]  # fmt: skip


# --- rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [("walks", "beats"), ("beats",)])
def test_a_clip_without_claims_is_told(dist, kept):
    def bare(evidence):
        for key in ({"walks", "beats"} - set(kept)) | {"claims", "marks"}:
            evidence[key] = []

    edit(dist, bare)
    assert "evidence: expected claims, found none" in verify_clip(*clip(dist)).failures


def test_ink_that_claims_do_not_account_for_is_told(dist):
    # The heading's claims are taken away: its ink stays.
    def hushed(evidence):
        evidence["claims"] = [c for c in evidence["claims"] if c["what"] not in {"topic", "title"}]

    edit(dist, hushed)
    report = report_of(*clip(dist))
    assert report.accounted < 0.97
    share, *_ = [s for s in report.failures if s.startswith("ink: expected claims to account for")]
    assert float(re.search(r"97 % of it or more, found (\d+\.\d) %", share)[1]) < 97


def test_stray_ink_is_shown_with_its_box(rendered):
    video, path = clip(rendered)
    told = read_evidence(path)
    failure = Failure("ink: …", 61, (33, 22, 143, 55))
    (shot,) = shots_of(video, told, Record(told), [failure])
    assert (shot.frame, shot.seconds, shot.expected) == (61, pytest.approx(61 / 15), None)
    image = np.asarray(Image.open(io.BytesIO(shot.found)).convert("RGB")).astype(int)
    # The line is around the box.
    left, top = 32 - shot.box[0], 21 - shot.box[1]
    assert (image[top : top + 33, left] > 235).all()
    assert (image[top, left : left + 110] > 235).all()


def test_stray_ink_counts_where_it_shows_in_two_pictures(rendered):
    told = read_evidence(clip(rendered)[1])
    once = Stray(10, (0, 0, 20, 20), 50)
    proof = Proof(strays=[once], accounted=1.0)
    assert list(broken_rules(told, proof)) == []
    proof.strays.append(Stray(20, (10, 10, 30, 30), 50))
    (failure,) = broken_rules(told, proof)
    assert (failure.frame, failure.box) == (10, (0, 0, 20, 20))
    assert "(0, 0)…(20, 20) px, found none: frame 10, 0.67 s, and in 1 more" in failure.text
    proof.strays = [replace(once, sudden=True)]
    assert len(list(broken_rules(told, proof))) == 1
    places = range(100, 800, 100)
    proof.strays = [Stray(frame, (x, 0, x + 20, 20), 9) for x in places for frame in (5, 6)]
    texts = [failure.text for failure in broken_rules(told, proof)]
    assert len(texts) == 6
    assert texts[-1] == "ink: and 2 more places without a claim"


# --- side by side --------------------------------------------------------------------------


def test_clips_side_by_side_give_the_same_reports(dist):
    twin(dist)
    edit(dist, shifted)
    alone = list(verify_dist(Dist(dist), pictures=True))
    assert [report.clip for report in alone][:2] == ["tiny", "twin"]
    assert alone[0].shots
    assert list(verify_dist(Dist(dist), jobs=2, pictures=True)) == alone


class Dying(Executor):
    """Gives what its function gives, but its process dies at one clip."""

    def __init__(self, *_):
        pass

    def submit(self, function, /, video, *more):
        future = Future()
        if video.stem == "twin":
            future.set_exception(BrokenExecutor("gone"))
        else:
            future.set_result(function(video, *more))
        return future


def test_a_process_that_dies_is_told_on_one_line(dist, monkeypatch):
    twin(dist)
    monkeypatch.setattr(verifying, "LocalPool", Dying)
    reports = {report.clip: report for report in verify_dist(Dist(dist), jobs=2)}
    assert reports["twin"].failures[0] == "expected a report, found its process dead"
    assert reports["tiny"].marks == 5


def test_evidence_that_breaks_the_proof_down_is_told_on_one_line(dist, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by\nnothing")

    monkeypatch.setattr(verifying.Prover, "prove", broken)
    (told,) = report_of(*clip(dist)).failures
    assert told == "expected a report, found ZeroDivisionError: by"


# --- the page ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def false_page(rendered, tmp_path_factory):
    """The page of a folder in whose evidence one dot is 6 px off."""
    dist = shutil.copytree(rendered, tmp_path_factory.mktemp("false") / "dist")
    edit(dist, shifted)
    reports = list(verify_dist(Dist(dist), pictures=True))
    return reports, Page(report_page(reports, "a lecture"))


def test_a_failure_is_shown_beside_what_was_expected(false_page):
    reports, page = false_page
    shots = [shot for shot in reports[0].shots if shot.text.startswith("mark 'w' k=2")]
    assert shots
    assert len(reports[0].shots) <= 12
    assert shots[0].text in page.text
    found, expected = (Image.open(io.BytesIO(data)) for data in (shots[0].found, shots[0].expected))
    assert found.size == expected.size == shots[0].size
    found, expected = (np.asarray(image).astype(int) for image in (found, expected))
    off = pixels_like(expected, DOT).mean(axis=0) - pixels_like(found, DOT).mean(axis=0)
    assert off == pytest.approx([0, 6], abs=1)
    # Besides what is expected, the picture is that of the video, dimmed.
    assert expected[2, 2] == pytest.approx(found[2, 2], abs=2)


def test_the_page_tells_what_was_checked_and_what_failed(false_page):
    reports, page = false_page
    failures = sum(len(report.failures) for report in reports)
    assert f"{failures} failures" in page.text
    assert "Words 7" in page.text
    assert re.search(r"Current iterates 5 – [56]\.\d\d of 0\.90", page.text)
    assert re.search(r"w budget spent 3 of 3 1[456]", page.text)
    for failure in reports[0].failures:
        assert " ".join(failure.split()) in page.text


def test_the_page_is_one_file_that_all_can_read(false_page):
    _, page = false_page
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("title")
    assert not page.all("script") + page.all("link")
    assert all(image["alt"] for image in page.all("img"))
    assert {picture(image).ndim for image in page.all("img")} == {3}
    assert all(cell["scope"] in {"col", "row"} for cell in page.all("th"))
    targets = {attrs.get("id") for _, attrs in page.tags}
    assert all(link["href"].removeprefix("#") in targets for link in page.all("a"))


def test_what_a_clip_says_is_not_taken_for_markup():
    hostile = "<script>hit()</script>"
    report = Report(hostile, (hostile,), tallies=(Tally(hostile, 1, 0, None, 1.0),))
    page = Page(report_page([report], hostile))
    assert page.all("script") == []
    assert page.text.count(hostile) >= 4


def test_a_single_video_has_a_report_too(lecture, rendered, tmp_path):
    place = tmp_path / "new" / "tiny.html"
    ran = lecture("verify", rendered / "clips/tiny.mp4", "--report", place)
    assert ran.exit_code == 0, ran.stderr
    assert f"{place}: all true" in ran.stdout
    page = Page(place.read_bytes())
    assert "All true" in page.text
    assert page.all("img") == []
    assert [path.name for path in place.parent.iterdir()] == ["tiny.html"]


@pytest.mark.parametrize("name", ["tiny.mp4", "folder.html", "file/report.html"])
def test_a_bad_place_for_a_report_is_told_before_any_work(lecture, rendered, tmp_path, name):
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").write_text("")
    ran = lecture("verify", rendered, "--report", tmp_path / name)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.html"]


# --- the gallery ---------------------------------------------------------------------------


def proof_lines(dist):
    source = (dist / "index.html").read_text()
    found = re.findall(r'<p class="proof">(.*?)</p>', source, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in found]


def test_a_verified_clip_is_told_true_in_the_gallery(lecture, dist):
    assert proof_lines(dist) == []
    ran = lecture("verify", dist)
    assert ran.exit_code == 0, ran.stderr
    (told,) = proof_lines(dist)
    assert re.fullmatch(
        r"11 numbers, 7 words, 1 line, 1 point, 5 dots: true, \d+\.\d % of the ink accounted for",
        told,
    )
    # The page is still sound, and verifying again changes nothing.
    before = {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    assert "index.html: true" in lecture("verify", dist).stdout
    assert {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()} == before
    assert write_gallery(Dist(dist)).unchanged


def test_a_clip_that_failed_is_not_told_true(lecture, dist):
    assert lecture("verify", dist).exit_code == 0
    path = dist / "clips/tiny.srt"
    path.write_text(path.read_text().replace("words", "woods"))
    assert lecture("verify", dist).exit_code == 1
    (told,) = proof_lines(dist)
    assert re.search(r": \d failures?, ", told)
    assert "true" not in told


def test_a_proof_of_another_video_is_not_shown(lecture, dist):
    assert lecture("verify", dist).exit_code == 0
    manifest = Dist(dist).manifest()
    assert set(read_proof(Dist(dist), manifest)) == {"tiny"}
    manifest["files"]["clips/tiny.mp4"]["sha256"] = "0" * 64
    assert read_proof(Dist(dist), manifest) == {}


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"clips": 3}', '{"clips": {"tiny": 3}}', "[" * 100_000]
)
def test_a_broken_proof_tells_nothing(dist, content):
    (dist / "proof.json").write_text(content)
    assert read_proof(Dist(dist), Dist(dist).manifest()) == {}
    write_gallery(Dist(dist))
    assert proof_lines(dist) == []


def test_a_spoilt_gallery_is_told_and_not_mended(lecture, dist):
    (dist / "index.html").write_text("spoilt")
    ran = lecture("verify", dist)
    assert ran.exit_code == 1
    assert "index.html: index.html: sha256: expected" in ran.stderr
    assert (dist / "index.html").read_text() == "spoilt"


def test_without_a_gallery_none_is_made(lecture, dist):
    with Dist(dist).writing() as parts:
        Dist(dist).remove_page("index.html", parts)
    assert lecture("verify", dist).exit_code == 0
    assert not (dist / "index.html").exists()
    entry = json.loads((dist / "proof.json").read_text())["clips"]["tiny"]
    assert (entry["verdict"], entry["failures"], entry["counts"]["dot"]) == ("true", 0, 5)
    assert set(entry["files"]) == {"clips/tiny.mp4", "clips/tiny.json"}


def test_a_gif_is_told_by_its_walks_and_its_words(lecture, tmp_path):
    assert lecture("render", "tiny", "-q", "l", "--format", "gif", "--out", tmp_path).exit_code == 0
    ran = lecture("verify", tmp_path, "--report", tmp_path / "report.html")
    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout.splitlines()[0] == "tiny: true: 1 walk, 2 beats, 4 taught, not proved"
    assert "No ink was looked for" in Page((tmp_path / "report.html").read_bytes()).text
    assert proof_lines(tmp_path) == ["walks and captions: true"]
