"""What a lecture brings of its own: read, refused on one line, and in the picture."""

import manim as mn
import pytest
from PIL import Image

from gdlecture.deck.web import reveal_folder
from gdstage.clip import Clip
from gdstage.look.brand import Brand, BrandError, brand_at, brand_of
from gdstage.look.face import FACE, Face
from gdstage.look.mark import HEIGHT, WIDTH, draw_mark
from gdstage.look.text import words
from gdstage.look.theme import DARK, LIGHT, in_colours

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 0L5 9Z"/></svg>'


@pytest.fixture(scope="session")
def font():
    """A font's file, which reveal.js ships."""
    return next(reveal_folder().rglob("source-sans-pro-regular.ttf"))


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Writes lecture.toml into a course's folder: `course("text")` is that of its clips."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenes").mkdir()

    def write(text):
        (tmp_path / "lecture.toml").write_text(text, encoding="utf-8")
        return tmp_path / "scenes"

    return write


def test_without_a_file_all_is_as_it_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert brand_at(tmp_path) == Brand()
    assert Brand().digest() == ""
    assert Brand().told("dark", tmp_path) == {}


def test_a_brand_is_found_above_the_clips(course, font, tmp_path):
    folder = course(
        f'language = "pt-BR"\nmark = "Uni"\n[fonts]\ntext = "{font}"\n[light]\ndanger = "#A01C10"'
    )
    (folder / "deeper").mkdir()
    brand = brand_at(folder / "deeper")
    assert (brand.language, brand.mark) == ("pt-BR", "Uni")
    assert brand.face.words.family == "Source Sans Pro"
    assert brand.themes["dark"] == DARK
    assert brand.themes["light"].danger == "#a01c10"
    told = brand.told("light", tmp_path)
    assert told["colours"]["danger"] == "#a01c10"
    assert told["fonts"]["text"][0]["file"] == font.name
    assert len(brand.digest()) == 64


def test_what_is_of_a_colour_follows_it():
    theme = in_colours(DARK, {"minimum": "#2fc4a0", "iterate": "#ffd23f", "ground": "#0b1526"})
    assert "#2fc4a0" in theme.runs
    assert theme.outcomes[0] == "#2fc4a0"
    assert DARK.minimum not in (*theme.runs, *theme.outcomes, *theme.crowd)
    assert theme.past != DARK.past
    assert theme.panel != DARK.panel
    assert in_colours(LIGHT, {}) == LIGHT


def test_a_clip_goes_before_the_file(course, monkeypatch):
    folder = course('mark = "Uni"\nlanguage = "de"')

    class Own(Clip):
        brand = {"mark": "Lab", "dark": {"function": "#8ecbff"}}  # noqa: RUF012 (as clips have it)

    class Braver(Own):
        pass

    monkeypatch.setattr("gdstage.look.brand.folder_of", lambda _: folder)
    brand, home = brand_of(Braver)
    assert (brand.mark, brand.language, home) == ("Lab", "de", folder.parent)
    assert brand.themes["dark"].function == "#8ecbff"
    Own.brand = {"dark": {"functoin": "#8ecbff"}}
    with pytest.raises(BrandError, match=r"Braver.brand: dark.functoin: .*did you mean function"):
        brand_of(Braver)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = [", "lecture.toml: expected TOML"),
        ('colour = "#ffffff"', "colour: there is no such key"),
        ("[dark]\nfunction = 7", 'dark.function: expected a colour "#rrggbb", found 7'),
        ('[dark]\nfunction = "red"', 'dark.function: expected a colour "#rrggbb"'),
        ('[dark]\npast = "#aaaaaa"', "dark.past: there is no such key"),
        ('[dark]\nink = "#333333"', "dark.ink: expected a contrast of at least 4.5"),
        ('dark = "blue"', "dark: expected a table"),
        ('mark = "none.png"', "mark: there is no such file"),
        (f'mark = "{"long " * 9}"', "a text of at most 24 characters"),
        ("mark = 3", "mark: expected a picture's file or a text, found 3"),
        ('language = "klingon"', "language: expected a language's tag"),
        ("language = 1", "language: expected a language's tag"),
        ('[fonts]\ntext = "none.otf"', "fonts.text: there is no such file"),
        ('[fonts]\ntext = "lecture.toml"', "fonts.text: expected a TrueType or OpenType font"),
        ("[fonts]\ntext = []", "fonts.text: expected a font's file, or a list"),
        ('[fonts]\ntexts = "a.otf"', "fonts.texts: there is no such key; did you mean text?"),
    ],
)
def test_what_cannot_be_used_is_told_with_file_and_key(course, text, told):
    folder = course(text)
    with pytest.raises(BrandError) as found:
        brand_at(folder)
    line = str(found.value)
    assert told in line
    assert "lecture.toml: " in line
    assert "\n" not in line


def test_a_font_for_words_is_none_for_mathematics(course, font):
    folder = course(f'[fonts]\nmaths = "{font}"')
    with pytest.raises(BrandError, match=r"fonts.maths: expected a font for mathematics"):
        brand_at(folder)


def test_words_are_set_in_the_font(course, font, tmp_path):
    face = brand_at(course(f'[fonts]\ntext = "{font}"')).face
    with mn.tempconfig({"media_dir": str(tmp_path)}):
        usual = words("width", size=40, colour="#ffffff")
        token = FACE.set(face)
        own = words("width", size=40, colour="#ffffff")
        FACE.reset(token)
    assert Face() == FACE.get()
    assert own.width != pytest.approx(usual.width, rel=0.02)


def test_a_mark_has_its_size_and_its_colours(tmp_path):
    (tmp_path / "a.svg").write_text(SVG.replace("<path", '<path fill="#c8102e"'), encoding="utf-8")
    Image.new("RGBA", (400, 50), "#c8102e").save(tmp_path / "b.png")
    with mn.tempconfig({"media_dir": str(tmp_path)}):
        drawn = [draw_mark(mark, DARK) for mark in (tmp_path / "a.svg", tmp_path / "b.png", "Uni")]
    for mark in drawn:
        assert mark.height <= HEIGHT + 1e-9
        assert mark.width <= WIDTH + 1e-9
    assert drawn[0].submobjects[0].fill_color.to_hex().lower() == "#c8102e"


@pytest.mark.parametrize(("name", "data"), [("a.svg", "<svg"), ("b.png", "no"), ("c.svg", "")])
def test_a_picture_that_cannot_be_read_is_told(tmp_path, name, data):
    (tmp_path / name).write_text(data, encoding="utf-8")
    with (
        mn.tempconfig({"media_dir": str(tmp_path)}),
        pytest.raises(BrandError, match=f"{name}: expected a picture"),
    ):
        draw_mark(tmp_path / name, DARK)
