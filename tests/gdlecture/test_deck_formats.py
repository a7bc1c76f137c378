"""What other programs read of a deck: PowerPoint and manim-slides."""

import io
import json
import posixpath
import shutil
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import av
import pptx
import pytest
from manim_slides import convert
from manim_slides.config import PresentationConfig
from manim_slides.present import get_scenes_presentation_config
from PIL import Image
from pptx.oxml.ns import qn

from gdlecture import catalogue
from gdlecture.deck.build import build_deck
from gdstage.look.theme import DARK, LIGHT

BEATS = {"alpha": (13, 21, 8), "beta": (11, 14)}
PIECES = [f"{name}-{i:02}" for name, beats in BEATS.items() for i in range(1, len(beats) + 1)]
LOOPS = {"alpha-02"}

OFFICE = "http://schemas.openxmlformats.org"
RELATIONS = f"{{{OFFICE}/officeDocument/2006/relationships}}"
DRAWN = f"{{{OFFICE}/presentationml/2006/main}}"


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


@pytest.fixture
def package(deck):
    """The parts of the file by name, read by its format alone: it is a zip of XML and media."""
    with zipfile.ZipFile(deck / "deck.pptx") as file:
        assert file.testzip() is None
        names = file.namelist()
        assert len(names) == len(set(names))
        return {f"/{name}": file.read(name) for name in names}


def tree_of(package, part):
    return ET.fromstring(package[part])  # noqa: S314 (our own, a moment old)


def relations(package, source):
    """(kind, part) of each relationship of a part, by its id; those outside the file have none."""
    folder, name = posixpath.split(source)
    listed, found = f"{folder.rstrip('/')}/_rels/{name}.rels", {}
    for one in tree_of(package, listed) if listed in package else ():
        inside = one.get("TargetMode") != "External"
        part = posixpath.normpath(posixpath.join(folder, one.get("Target"))) if inside else None
        assert one.get("Id") not in found
        found[one.get("Id")] = (one.get("Type").rpartition("/")[2], part)
    return found


def part_of_kind(package, source, kind):
    (part,) = [part for said, part in relations(package, source).values() if said == kind]
    return part


def test_every_part_is_whole_is_of_a_known_type_and_is_reached(package):
    reached, waiting = {"/[Content_Types].xml"}, ["/"]
    while waiting:
        source = waiting.pop()
        known = relations(package, source)
        if known:
            folder, name = posixpath.split(source)
            reached.add(f"{folder.rstrip('/')}/_rels/{name}.rels")
        if source.endswith(".xml"):
            for element in tree_of(package, source).iter():
                asked = [v for k, v in element.attrib.items() if k.startswith(RELATIONS)]
                assert set(asked) <= {*known, ""}, source  # the empty one: nothing is linked
        for _, part in known.values():
            if part is not None and part not in reached:
                assert part in package, f"{source} leads to {part}"
                reached.add(part)
                waiting.append(part)
    assert reached == set(package)

    types = tree_of(package, "/[Content_Types].xml")
    by_name = {one.get("PartName"): one.get("ContentType") for one in types}
    by_ending = {one.get("Extension"): one.get("ContentType") for one in types}
    for part in package.keys() - {"/[Content_Types].xml"}:
        said = by_name.get(part) or by_ending[part.rpartition(".")[2]]
        assert said == {".mp4": "video/mp4", ".jpg": "image/jpeg"}.get(part[-4:], said), part
    assert set(by_name) - {None} <= set(package)


def test_who_knows_only_the_format_finds_a_picture_and_a_film_a_slide(deck, package):
    main = part_of_kind(package, "/", "officeDocument")
    order = tree_of(package, main).find(f"{DRAWN}sldIdLst")
    linked = [relations(package, main)[one.get(f"{RELATIONS}id")] for one in order]
    assert [kind for kind, _ in linked] == ["slide"] * len(PIECES)
    assert len({one.get("id") for one in order}) == len(PIECES)
    for name, (_, slide) in zip(PIECES, linked, strict=True):
        ids = [e.get("id") for e in tree_of(package, slide).iter(f"{DRAWN}cNvPr")]
        assert len(ids) == len(set(ids))
        # The picture is a JPEG that decodes, of the film's shape; the film is the whole piece.
        with Image.open(io.BytesIO(package[part_of_kind(package, slide, "image")])) as picture:
            assert (picture.format, picture.size) == ("JPEG", (320, 180))
            picture.load()
        films = {p for kind, p in relations(package, slide).values() if kind in {"video", "media"}}
        (film,) = films
        assert package[film] == (deck / f"deck/{name}.mp4").read_bytes()


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
