"""The handout: the lecture's pictures on paper, two a page, with what is said of them."""

import json
import re
from pathlib import Path

import pypdfium2
import pytest

README = Path(__file__).parents[2] / "README.md"


def texts_of(path):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(str(path))]


@pytest.fixture
def printed(lecture, dist):
    ran = lecture("handout", "--jobs", "1", "--out", dist)
    assert ran.exit_code == 0, ran.output
    return dist


def test_two_beats_are_a_page_with_their_words_and_a_number(printed):
    title, page = texts_of(printed / "handout.pdf")
    assert "Gradient descent" in title
    assert "1 clip, 2 pictures" in title
    assert "Tiny" in title
    for words in "Tiny", "one", "Plain words.", "last", "A dot on four iterates", "2":
        assert words in page
    assert re.search("Signs: .+, .+ < .+ & .+", page)
    assert b"/FontFile" in (printed / "handout.pdf").read_bytes()


def test_it_is_entered_shown_and_checked(printed, lecture):
    manifest = json.loads((printed / "manifest.json").read_text())
    entry = manifest["handout"]
    assert entry["files"] == ["handout.pdf", "stills/tiny.pdf"]
    assert [beat["title"] for beat in entry["clips"]["tiny"]["beats"]] == ["one", "last"]
    assert set(entry["files"]) <= manifest["files"].keys()
    assert 'href="handout.pdf"' in (printed / "index.html").read_text(encoding="utf-8")
    (printed / "stills/tiny.pdf").write_bytes(b"spoilt")
    seen = lecture("verify", printed, "--jobs", "1")
    assert seen.exit_code == 1
    assert "handout.pdf: FAILED" in seen.output


def test_again_it_is_the_same_and_drawn_anew_only_if_it_must_be(printed, lecture):
    before = (printed / "handout.pdf").read_bytes()
    ran = lecture("handout", "--jobs", "1", "--out", printed)
    assert "handout.pdf: 2 pictures of 1 clip" in ran.output
    assert ", unchanged" in ran.output
    (printed / "handout.pdf").unlink()
    ran = lecture("handout", "--jobs", "1", "--out", printed)
    assert "tiny: " not in ran.output, "its pictures are there"
    assert (printed / "handout.pdf").read_bytes() == before


def test_with_its_last_clip_it_goes(printed, lecture):
    ran = lecture("remove", "tiny", "--out", printed)
    assert ran.exit_code == 0, ran.output
    assert not (printed / "handout.pdf").exists()
    assert not (printed / "stills").exists()


def test_what_cannot_be_printed_is_told_on_a_line(lecture, tmp_path):
    ran = lecture("handout", "--out", tmp_path / "none")
    assert ran.exit_code == 1
    assert "render first" in ran.output
    assert ran.output.count("\n") == 1


def test_a_clip_that_breaks_leaves_no_handout(lecture, dist):
    ran = lecture("handout", "breaks", "--jobs", "1", "--out", dist)
    assert ran.exit_code == 1
    assert "breaks: failed" in ran.output
    assert not (dist / "handout.pdf").exists()
    assert not (dist / "stills").exists()


def test_what_readme_tells_beamer_is_there(printed):
    told = re.findall(
        r"\\includegraphics\[page=(\d+),.*\]\{dist/(\S+)\}", README.read_text(encoding="utf-8")
    )
    assert told
    for page, path in told:
        pages = pypdfium2.PdfDocument(str(printed / Path(path).with_name("tiny.pdf")))
        assert int(page) <= len(pages)
        width, height = pages[int(page) - 1].get_size()
        assert width / height == pytest.approx(16 / 9, rel=1e-3), "a slide of aspectratio=169"
