"""What axe, an independent judge of pages, finds in the explorer: nothing serious, in any theme."""

import pytest

from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.subject import lab_subject
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
