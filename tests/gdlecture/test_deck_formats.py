"""What other programs read of a deck: PowerPoint and manim-slides."""

import json
import shutil
import subprocess
import sys

import av
import pptx
import pytest
from manim_slides import convert
from manim_slides.config import PresentationConfig
from manim_slides.present import get_scenes_presentation_config
from pptx.oxml.ns import qn

from gdlecture import catalogue
from gdlecture.deck.build import build_deck
from gdstage.look.theme import DARK, LIGHT

BEATS = {"alpha": (13, 21, 8), "beta": (11, 14)}
PIECES = [f"{name}-{i:02}" for name, beats in BEATS.items() for i in range(1, len(beats) + 1)]
LOOPS = {"alpha-02"}


@pytest.fixture
def deck(filmed, monkeypatch):
    monkeypatch.setattr(catalogue, "ORDER", ("alpha", "beta"))
    build_deck(filmed)
    return filmed.root


# --- PowerPoint ----------------------------------------------------------------------------


@pytest.fixture
def slides(deck):
    """(piece, slide) of each slide, by another reader than the one that wrote the timing."""
    read = list(pptx.Presentation(deck / "deck.pptx").slides)
    return list(zip(PIECES, read, strict=True))


def movie(slide):
    (found,) = [shape for shape in slide.shapes if shape.element.tag == qn("p:pic")]
    return found


def test_a_slide_holds_the_piece_and_its_finished_picture(deck, slides):
    for name, slide in slides:
        film = movie(slide)
        nv = film.element.nvPicPr.nvPr
        media = nv.find(".//{http://schemas.microsoft.com/office/powerpoint/2010/main}media")
        for link in media.get(qn("r:embed")), nv.find(qn("a:videoFile")).get(qn("r:link")):
            part = slide.part.related_part(link)
            assert part.blob == (deck / f"deck/{name}.mp4").read_bytes()
            assert part.content_type == "video/mp4"
        poster = slide.part.related_part(film.element.blipFill.find(qn("a:blip")).rEmbed)
        assert poster.blob == (deck / f"deck/{name}.jpg").read_bytes()


def test_the_poster_can_be_the_first_picture(filmed):
    build_deck(filmed, ["beta"], poster="first")
    slide = pptx.Presentation(filmed.root / "deck.pptx").slides[0]
    poster = slide.part.related_part(movie(slide).element.blipFill.find(qn("a:blip")).rEmbed)
    assert poster.blob == (filmed.root / "deck/beta-01-first.jpg").read_bytes()


def test_the_film_fills_the_slide(deck):
    read = pptx.Presentation(deck / "deck.pptx")
    assert read.slide_width * 9 == read.slide_height * 16
    for slide in read.slides:
        film = movie(slide)
        assert (film.left, film.top) == (0, 0)
        assert (film.width, film.height) == (read.slide_width, read.slide_height)


def test_words_are_where_programs_look_for_them(slides):
    for name, slide in slides:
        clip, number = name.split("-")
        title = slide.shapes.title
        assert title.text_frame.text == f"{clip.capitalize()}: beat <{int(number)}> & more"
        assert title.top + title.height <= 0  # above the picture, which has a title of its own
        said = f"Said in {clip}, {int(number)}: α < β."
        assert slide.notes_slide.notes_text_frame.text == said
        assert movie(slide).element.nvPicPr.cNvPr.get("descr").endswith(said)


def test_the_ground_is_the_clips(slides):
    for name, slide in slides:
        ground = LIGHT.ground if name.startswith("beta") else DARK.ground
        assert f"#{slide.background.fill.fore_color.rgb}".lower() == ground


def test_the_film_plays_on_arrival_and_holds_or_loops(deck, slides):
    for name, slide in slides:
        film, timing = movie(slide), slide.element.find(qn("p:timing"))
        order = [child.tag for child in slide.element]
        assert order == [qn(f"p:{tag}") for tag in ("cSld", "clrMapOvr", "timing")]
        targets = {found.get("spid") for found in timing.iter(qn("p:spTgt"))}
        assert targets == {str(film.shape_id)}
        ids = [found.get("id") for found in timing.iter(qn("p:cTn"))]
        assert len(ids) == len(set(ids))

        (play,) = timing.iter(qn("p:cmd"))
        assert (play.get("type"), play.get("cmd")) == ("call", "playFrom(0.0)")
        with av.open(deck / f"deck/{name}.mp4") as container:
            length = float(
                container.streams.video[0].duration * container.streams.video[0].time_base
            )
        (behaviour,) = play.iter(qn("p:cTn"))
        assert int(behaviour.get("dur")) == pytest.approx(1000 * length, abs=1)
        # No click is waited for: every condition from the film up to the sequence is met at once.
        waits, above = [], play.getparent()
        while above.tag != qn("p:seq"):
            conditions = above.find(qn("p:stCondLst")) if above.tag == qn("p:cTn") else None
            if conditions is not None:
                waits.append([(c.get("delay"), c.get("evt")) for c in conditions])
            above = above.getparent()
        assert waits == [[("0", None)], [("0", None)], [("indefinite", None), ("0", "onBegin")]]
        assert timing.find(".//" + qn("p:cTn") + "[@presetClass='mediacall']").get("nodeType") == (
            "withEffect"
        )

        (node,) = timing.iter(qn("p:cMediaNode"))
        clock = node.find(qn("p:cTn"))
        assert clock.get("fill") == "hold"
        assert clock.get("repeatCount") == ("indefinite" if name in LOOPS else None)


def test_layouts_are_as_wide_as_the_slides(deck):
    read = pptx.Presentation(deck / "deck.pptx")
    for layout in read.slide_layouts:
        edges = [shape.left + shape.width for shape in layout.placeholders]
        assert not edges or 0.9 * read.slide_width < max(edges) <= read.slide_width


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_opens_it(deck, tmp_path):
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(deck / "deck.pptx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = (tmp_path / "deck.pdf").read_bytes()
    # A page a slide, and on each the picture, stored as the JPEG that it is.
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page\n") == len(PIECES)
    assert pdf.count(b"/DCTDecode") == len(PIECES)


# --- manim-slides --------------------------------------------------------------------------


@pytest.fixture
def presentations(deck):
    """The configurations of both clips, as manim-slides' own `present` and `convert` read them."""
    return get_scenes_presentation_config(list(BEATS), deck / "slides")


def test_manim_slides_reads_what_is_there(deck, presentations):
    read = [slide for presentation in presentations for slide in presentation.slides]
    assert [slide.file.resolve() for slide in read] == [
        (deck / f"deck/{name}.mp4").resolve() for name in PIECES
    ]
    assert [name for name, slide in zip(PIECES, read, strict=True) if slide.loop] == ["alpha-02"]
    assert read[0].notes == "Said in alpha, 1: α < β."
    assert not any(slide.auto_next for slide in read)
    assert [p.resolution for p in presentations] == [(320, 180)] * 2
    assert presentations[1].background_color.as_hex() == LIGHT.ground


def test_its_paths_hold_wherever_the_folder_goes(deck, tmp_path):
    moved = shutil.move(deck, tmp_path / "moved")
    read = PresentationConfig.from_file(moved / "slides/alpha.json")
    assert all(slide.file.is_file() for slide in read.slides)


@pytest.mark.parametrize("kind", ["RevealJS", "PDF", "PowerPoint"])
def test_manim_slides_converts_it(presentations, tmp_path, kind):
    target = tmp_path / "out" / f"converted.{kind.lower()}"
    getattr(convert, kind)(presentation_configs=presentations).convert_to(target)
    if kind == "RevealJS":
        html = target.read_text()
        assert html.count("data-background-video=") == len(PIECES)
        assert html.count("data-background-video-loop") == len(LOOPS)
    elif kind == "PDF":
        assert target.read_bytes().count(b"/Type /Page\n") == len(PIECES)
    else:
        slides = pptx.Presentation(target).slides
        assert [slide.notes_slide.notes_text_frame.text for slide in slides][3:] == [
            "Said in beta, 1: α < β.",
            "Said in beta, 2: α < β.",
        ]


def test_the_json_is_plain_whatever_the_systems_encoding(deck):
    data = (deck / "slides/alpha.json").read_bytes()
    assert data.isascii()
    assert json.loads(data)["slides"][0]["notes"].endswith("α < β.")


def test_nothing_of_manim_slides_is_needed_to_build():
    script = (
        "import sys, gdlecture.deck.build as b;"
        "print([m for m in sys.modules if m.split('.')[0] in ('manim_slides', 'manim', 'sphinx')])"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"
