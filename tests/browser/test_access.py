"""What axe, an independent judge of pages, finds in them: nothing serious, in any theme."""

import pytest

from gdlecture.deck.build import build_deck
from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.subject import lab_subject
from gdlecture.gallery.page import write_gallery
from gdmath import LOG_VALLEY, SAUNA, THREE_WELLS


@pytest.mark.parametrize("query", ["", "#f=sauna&x=0.5&y=0.6&a=0.5&n=20&k=3"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_the_explorer(open_page, serious, tmp_path, scheme, query):
    path = tmp_path / "explorer.html"
    path.write_text(explorer_page(map(lab_subject, (LOG_VALLEY, SAUNA))), encoding="utf-8")
    page = open_page(path, scheme=scheme, query=query, reduced_motion="reduce")
    page.wait_for_selector("body[data-ready]")
    if query:
        # A surface that is turned has a button besides.
        page.locator("#surface").press("ArrowLeft")
        page.locator("#usual-view").wait_for()
    assert serious(page) == []


def test_nothing_serious_on_a_phone_whose_formula_is_too_long(open_page, serious, tmp_path):
    path = tmp_path / "explorer.html"
    path.write_text(explorer_page([lab_subject(THREE_WELLS)]), encoding="utf-8")
    page = open_page(path, width=390, height=844, reduced_motion="reduce")
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("() => document.getElementById('formula').tabIndex") == 0
    assert serious(page) == []


def test_axe_would_find_a_button_without_a_name(open_page, serious, tmp_path):
    path = tmp_path / "explorer.html"
    text = explorer_page([lab_subject(LOG_VALLEY)]).replace(' aria-label="One step back"', "")
    path.write_text(text, encoding="utf-8")
    page = open_page(path, reduced_motion="reduce")
    page.wait_for_selector("body[data-ready]")
    assert [name for name, _ in serious(page)] == ["button-name"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_the_gallery(open_page, serious, filmed, scheme):
    write_gallery(filmed)
    page = open_page(filmed.root / "index.html", scheme=scheme, width=390)
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    assert serious(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert serious(page) == []


def test_axe_would_find_a_poster_without_a_text(open_page, serious, filmed):
    write_gallery(filmed)
    path = filmed.root / "index.html"
    text = path.read_text(encoding="utf-8")
    assert 'alt="' in text
    path.write_text(text.replace('alt="', 'data-alt="'), encoding="utf-8")
    assert "image-alt" in [name for name, _ in serious(open_page(path))]


# A deck has its clips' theme; of `filmed`, alpha is dark and beta light.
@pytest.mark.parametrize("slide", ["alpha-01", "beta-02"])
def test_nothing_serious_in_the_deck(open_page, serious, filmed, slide):
    build_deck(filmed, one_file=False)
    page = open_page(filmed.root / "deck.html", query=f"#/{slide}", reduced_motion="reduce")
    page.wait_for_function(f"Reveal.isReady() && Reveal.getCurrentSlide().id === '{slide}'")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.locator(".reveal.overview").wait_for()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".says").wait_for()
    assert serious(page) == []


def test_axe_would_find_a_picture_of_the_overview_without_a_text(open_page, serious, filmed):
    build_deck(filmed, one_file=False)
    path = filmed.root / "deck.html"
    text = path.read_text(encoding="utf-8")
    assert ' alt="' in text
    path.write_text(text.replace(' alt="', ' data-alt="'), encoding="utf-8")
    page = open_page(path, reduced_motion="reduce")
    page.wait_for_function("Reveal.isReady()")
    page.keyboard.press("Escape")
    page.locator(".reveal.overview").wait_for()
    assert [name for name, _ in serious(page)] == ["image-alt"]
