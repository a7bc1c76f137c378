"""Every figure of the vocabulary has an example that runs, and the page shows them all."""

import base64
import html
import inspect
import io
import pkgutil
import re
from functools import cache
from importlib import import_module

import manim as mn
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import gdstage
from gdlecture.__main__ import main
from gdlecture.figures.drawing import HEIGHT, WIDTH, run, scratch
from gdlecture.figures.example import ROOMS, examples
from gdstage.layout import check_layout
from gdstage.look.theme import DARK, LIGHT, drawn_in, rgb

EXAMPLES = {example.anchor: example for example in examples()}

NOT_A_CLIPS = {"gdstage.space.world.Canvas"}
"""What the camera makes for itself."""

LINES = 20
LEAST_INK = 0.002
"""Of the pixels, so many at least are not ground: a formula's are few."""


@pytest.fixture(scope="module", autouse=True)
def somewhere():
    with scratch():
        yield


@pytest.fixture(scope="module")
def page(once):
    def drawn(folder):
        out = folder / "new"
        ran = CliRunner().invoke(main, ["figures", "--out", str(out)])
        assert (ran.exit_code, ran.stderr) == (0, ""), ran.output
        assert [*out.iterdir()] == [out / "figures.html"]
        assert ran.stdout == f"{out}/figures.html: {len(EXAMPLES)} figures\n"

    return (once("figures", drawn) / "new/figures.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def articles(page):
    """The part of the page that is about each example, by its anchor."""
    return dict(re.findall(r'<article id="(\w+)">\n(.*?)</article>', page, re.DOTALL))


@cache
def variables_of(name):
    with drawn_in(DARK.name):
        return run(EXAMPLES[name])


def pictures(article):
    """The pixels of both pictures, by theme."""
    dark, light = re.findall(r'(?:srcset|src)="data:image/png;base64,([^"]+)"', article)
    opened = {
        theme: Image.open(io.BytesIO(base64.b64decode(data)))
        for theme, data in ((DARK, dark), (LIGHT, light))
    }
    return {theme: np.asarray(image).astype(int) for theme, image in opened.items()}


# --- the examples --------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_short_and_its_words_are_in_place(name):
    example = EXAMPLES[name]
    text = example.path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES
    assert example.description.endswith(".")
    assert text == f'"""{example.description}"""\n\n{example.code}\n'
    check_layout([part for mob in variables_of(name)["picture"] for part in mob.get_family()])


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_on_the_page_with_its_code_and_with_ink(name, articles):
    article, example = articles[name], EXAMPLES[name]
    (code,) = re.findall(r"<pre[^>]*><code>(.*)</code></pre>", article, re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", code)).strip() == example.code
    assert html.escape(example.description, quote=False) in article.replace("&#39;", "'")
    for theme, pixels in pictures(article).items():
        assert pixels.shape == (HEIGHT, WIDTH, 3)
        ground = np.rint(255 * rgb(theme.ground))
        ink = np.abs(pixels - ground).max(axis=-1) > 40
        assert ink.mean() > LEAST_INK
        edges = (ink[0], ink[-1], ink[:, 0], ink[:, -1])
        assert not any(edge.any() for edge in edges), "it is cut off"


# --- every figure --------------------------------------------------------------------------


def modules(room):
    package = import_module(f"{gdstage.__name__}.{room}")
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)


def is_figure(kind):
    """Whether a class is drawn: a mobject, or made of a plane or a space as its first argument."""
    if issubclass(kind, mn.Mobject):
        return True
    if issubclass(kind, Exception):
        return False
    first = [*inspect.signature(kind).parameters.values()][:1]
    return any(parameter.annotation in {"Plane", "Space"} for parameter in first)


def public_figures():
    """By name, but for those that others of the same file build upon."""
    for room in ROOMS:
        for module in modules(room):
            own = [
                kind
                for name, kind in inspect.getmembers(module, inspect.isclass)
                if kind.__module__ == module.__name__ and not name.startswith("_")
            ]
            for kind in filter(is_figure, own):
                if not any(issubclass(other, kind) for other in own if other is not kind):
                    yield kind


def shown_by(variables):
    """The classes that an example names, or of which it holds one."""
    for value in variables.values():
        yield value if inspect.isclass(value) else type(value)


def test_every_figure_has_an_example():
    shown = {kind for name in EXAMPLES for kind in shown_by(variables_of(name))}
    figures = [*public_figures()]
    assert len(figures) > 25
    without = {f"{kind.__module__}.{kind.__name__}" for kind in figures if kind not in shown}
    assert without - NOT_A_CLIPS == set()


def test_the_order_names_examples_only():
    named = {f"{room}_{name}" for room, names in ROOMS.items() for name in names}
    assert named - EXAMPLES.keys() == set()


# --- the page and the command --------------------------------------------------------------


@pytest.mark.slow
def test_the_page_needs_no_network(page, articles):
    assert "http" not in page
    assert "<script" not in page
    assert articles.keys() == EXAMPLES.keys()
    for address in re.findall(r'(?:href|src|srcset)="([^"]+)"', page):
        assert address.startswith(("#", "data:")), address
    targets = re.findall(r'href="#(\w+)"', page)
    assert {target for target in targets if f'id="{target}"' not in page} == set()


def test_a_folder_that_cannot_be_made_is_told_before_drawing(lecture, tmp_path):
    (tmp_path / "file").write_text("in the way")
    ran = lecture("figures", "--out", tmp_path / "file/dist")
    assert ran.exit_code == 1
    assert ran.stderr == f"Error: cannot write in {tmp_path}/file/dist: Not a directory\n"
    assert lecture("figures", "--out", tmp_path / "file").exit_code == 2
