"""Stills: vectors with words in them, that look as the film does."""

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import cairo
import manim as mn
import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from gdlecture.__main__ import main
from gdlecture.folders import import_from
from gdlecture.media.video import frames_at
from gdlecture.still.facets import Facet, patches
from gdlecture.still.layers import layered
from gdlecture.still.outline import number, polygon
from gdlecture.still.pdf import pdf_of
from gdlecture.still.plain import plain_texts
from gdlecture.still.svg import SvgContext
from gdlecture.still.unseen import play_unseen
from gdlecture.verify.evidence import read_evidence

SVG = "{http://www.w3.org/2000/svg}"


def page_of(path, index=0, width=1920):
    """A page as another's renderer paints it, (height, width, 3), and its text."""
    page = pypdfium2.PdfDocument(str(path))[index]
    picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return np.asarray(picture, dtype=int), page.get_textpage().get_text_range()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Stills of the tiny clip, by file name."""

    folder = tmp_path_factory.mktemp("stills")
    for beat, name in (("1", "one.pdf"), ("last", "last.svg"), ("1", "one.png")):
        ran = CliRunner().invoke(main, ["still", "tiny", beat, "-o", str(folder / name)])
        assert ran.exit_code == 0, ran.output
        assert name in ran.output
    return folder


def test_a_pdf_has_its_words_and_their_font_and_is_small(drawn):
    data = (drawn / "one.pdf").read_bytes()
    _, text = page_of(drawn / "one.pdf")
    assert "Test: one" in text
    assert "Plain words." in text
    assert {"x", "4.5", "3"} <= set(text.split())  # at the axes
    assert b"/FontFile" in data
    assert len(data) < 1_000_000


def test_an_svg_has_its_words_unseen_where_their_glyphs_are(drawn):
    root = ET.fromstring((drawn / "last.svg").read_text(encoding="utf-8"))  # noqa: S314 (ours)
    lines = {line.text: line.attrib for line in root.iter(f"{SVG}text")}
    caption = lines["Signs: α, β < γ & δ."]
    assert 900 < float(caption["y"]) < 1080
    assert root.find(f"{SVG}g[@fill='none']") is not None
    assert root.find(f"{SVG}title").text == "Tiny: last"


def test_vectors_look_as_the_pixels_do(drawn):
    vectors, _ = page_of(drawn / "one.pdf")
    pixels = np.asarray(Image.open(drawn / "one.png").convert("RGB"), dtype=int)
    assert vectors.shape == pixels.shape == (1080, 1920, 3)
    apart = np.abs(vectors - pixels).max(axis=-1)
    assert apart.mean() < 1.5
    assert (apart > 40).mean() < 2e-4


def test_a_still_is_the_last_picture_of_the_film(lecture, rendered, tmp_path):
    evidence = read_evidence(rendered / "clips/tiny.json")

    for beat in (1, 2):
        ran = lecture("still", "tiny", beat, "-q", "l", "-o", tmp_path / f"{beat}.png")
        assert ran.exit_code == 0, ran.output
        last = round(evidence.beats[beat - 1].t1 * evidence.fps) - 1
        ((_, frame),) = frames_at(rendered / "clips/tiny.mp4", [last])
        film = frame.to_ndarray(format="rgb24").astype(int)
        still = np.asarray(Image.open(tmp_path / f"{beat}.png").convert("RGB"), dtype=int)
        assert np.abs(film - still).mean() < 3


def test_played_unseen_the_clock_is_the_films(rendered, tmp_path):

    tiny = import_from(Path(__file__).parent / "samples", "samples.tiny")
    with mn.tempconfig({"media_dir": str(tmp_path), "quality": "low_quality"}):
        told = play_unseen(tiny.Tiny).evidence.beats
    film = read_evidence(rendered / "clips/tiny.json").beats
    assert [(b["title"], b["t0"], b["t1"]) for b in told] == [
        (b.title, pytest.approx(b.t0), pytest.approx(b.t1)) for b in film
    ]


def test_without_a_beat_it_is_the_last_and_all_are_pages(lecture, tmp_path):
    assert lecture("still", "tiny", "-o", tmp_path / "a.svg").exit_code == 0
    assert "Signs: α" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    for name in "one", "again":
        ran = lecture("still", "tiny", "--all", "--transparent", "-o", tmp_path / f"{name}.pdf")
        assert ran.exit_code == 0, ran.output
    assert len(pypdfium2.PdfDocument(str(tmp_path / "one.pdf"))) == 2
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tinny", "-o", "a.pdf"], "did you mean tiny?"),
        (["tiny", "lost", "-o", "a.pdf"], "there is no beat 'lost'; did you mean 'last'?"),
        (["tiny", "3", "-o", "a.pdf"], "there is no beat '3': they are 1 to 2"),
        (["tiny", "0", "-o", "a.pdf"], "counted from 1"),
        (["tiny", "-o", "a.gif"], "a still is a .pdf, .svg or .png"),
        (["tiny", "-o", "a"], "a still is a .pdf, .svg or .png"),
        (["tiny", "1", "--all", "-o", "a.pdf"], "--all is for a .pdf"),
        (["tiny", "--all", "-o", "a.svg"], "--all is for a .pdf"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_written(
    lecture, tmp_path, monkeypatch, arguments, told
):
    monkeypatch.chdir(tmp_path)
    ran = lecture("still", *arguments)
    assert ran.exit_code == 2
    assert told in ran.output
    assert list(tmp_path.iterdir()) == []


def test_a_scene_that_breaks_is_one_line(lecture, tmp_path):
    ran = lecture("still", "breaks", "-o", tmp_path / "a.pdf")
    assert ran.exit_code == 1
    assert ran.output.startswith("Error: breaks: failed")
    assert ran.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "does", ["self.wait(1e9)", "while True: self.wait(60)", "self.play(Still(run_time=1e9))"]
)
def test_a_scene_that_never_ends_is_one_line(lecture, tmp_path, monkeypatch, does):
    (tmp_path / "endless.py").write_text(
        '"""Goes on."""\n\nfrom manim import Wait as Still\n\nfrom gdstage.clip import Clip\n\n\n'
        f'class Endless(Clip):\n    def construct(self):\n        self.beat("on", "On.")\n'
        f"        {does}\n"
    )
    monkeypatch.chdir(tmp_path)
    ran = lecture("still", "endless.py", "-o", "a.pdf")
    assert ran.exit_code == 1
    assert "its video passes 30 minutes; does it end? (endless.py, line 11)" in ran.output
    assert ran.output.count("\n") == 1
    assert [path.name for path in tmp_path.glob("*.pdf")] == []


def test_formulas_are_said_in_plain_text():
    codes = {
        "$x_(k-1)$": "x_(k−1)",
        "$frac(1, 2)$": "1/2",
        '$vec(x, y, delim: "[")$': "[x; y]",
        "$mat(2, 0; 0, 2)$": "[2, 0; 0, 2]",
        '$#text(fill: rgb("#f4e04d"), $alpha$) = 0.25$': "α = 0.25",
        "$f''(x)$": "f″(x)",
        "$e^(2 x)$": "e^(2 x)",
    }
    assert plain_texts(codes) == {**codes, "$f''(x)$": plain_texts(["$f''(x)$"])["$f''(x)$"]}
    assert "(x)" in plain_texts(["$f''(x)$"])["$f''(x)$"]


def square(x, y, colour, side=10.0):
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return Facet.of(corners, colour)


RED, BLUE = (1.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0)


def test_a_facet_reaches_halfway_under_the_next():
    ((first, second),) = patches([[square(0, 0, RED), square(10, 0, BLUE)]])
    assert max(x for x, _ in first.outlines[0]) == 15
    assert min(x for x, _ in second.outlines[0]) == 10


def test_facets_that_are_alike_become_one():
    ((one,),) = patches([[square(10 * i, 10 * j, RED) for i in range(3) for j in range(3)]])
    (outline,) = one.outlines
    assert len(outline) == 12
    assert {outline.count(corner) for corner in outline} == {1}


def test_only_what_lies_over_another_needs_a_layer_more():
    glass = (0.0, 1.0, 0.0, 0.5)
    apart = [square(0, 0, RED), square(40, 0, glass), square(20, 0, BLUE), square(60, 0, glass)]
    assert [len(layer.parts) for layer in layered(apart, (100, 100))] == [2, 2]
    over = [square(0, 0, RED), square(5, 5, glass), square(8, 8, BLUE)]
    assert [len(layer.parts) for layer in layered(over, (100, 100))] == [1, 1, 1]


@pytest.mark.parametrize(
    ("value", "told"), [(0.5, ".5"), (-0.05, "-.05"), (-0.001, "0"), (12.0, "12"), (10.1, "10.1")]
)
def test_numbers_are_as_short_as_can_be(value, told):
    assert number(value) == told


def test_an_outline_is_read_back():
    assert polygon([(1.5, 2.0), (2.0, 2.5), (1.0, 0.0)], 1) == "M1.5 2l.5.5-1-2.5z"


def test_no_seam_is_seen_between_facets(tmp_path):

    context = SvgContext(400, 300)
    context.save()
    context.set_antialias(cairo.ANTIALIAS_NONE)
    for i in range(12):
        for j in range(8):
            shade = 0.3 + 0.02 * i + 0.03 * j
            context.move_to(23.3 + 31.7 * i + 3.3 * j, 17.7 + 29.3 * j)
            context.line_to(23.3 + 31.7 * (i + 1) + 3.3 * j, 17.7 + 29.3 * j)
            context.line_to(23.3 + 31.7 * (i + 1) + 3.3 * (j + 1), 17.7 + 29.3 * (j + 1))
            context.line_to(23.3 + 31.7 * i + 3.3 * (j + 1), 17.7 + 29.3 * (j + 1))
            context.set_source_rgba(shade, shade, shade, 1.0)
            context.fill()
    context.restore()
    (tmp_path / "a.pdf").write_bytes(pdf_of([context.svg(ground="#ff0000", title="t")]))
    for width in 300, 400, 1111:
        picture, _ = page_of(tmp_path / "a.pdf", width=width)
        h, w = picture.shape[:2]
        inner = picture[h // 8 : h * 3 // 4, w // 6 : w * 7 // 8]
        assert (inner[..., 0] - inner[..., 1]).max() <= 16  # at corners; it would be 64 along edges


def test_a_png_is_as_wide_as_asked(lecture, tmp_path):
    lecture("still", "tiny", "1", "-q", "l", "--transparent", "-o", tmp_path / "a.png")
    picture = Image.open(BytesIO((tmp_path / "a.png").read_bytes()))
    assert picture.size == (854, 480)
    assert picture.getpixel((3, 3))[3] == 0
