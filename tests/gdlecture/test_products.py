"""What a render of the whole lecture leaves besides its clips, and what it does the second time."""

import re

import pytest

from gdlecture.commands.products import products
from gdlecture.dist import Dist


@pytest.fixture
def made(dist):
    """Makes the products of a copy of the rendered folder, and gives the lines told."""

    def make(**options):
        lines = list(products(Dist(dist), **{"film": True, "all_of_it": True, **options}))
        assert all(done for _, done in lines)
        return [re.sub(r"^/.*/(?=deck)|, [\d.]+ MB", "", line) for line, _ in lines]

    return make


def test_slides_explorer_and_page_and_the_page_links_to_them(made, dist, lecture):
    assert made() == [
        "deck.html with deck/: 2 slides of 1 clip",
        "deck.pptx: 2 slides of 1 clip",
        "explorer.html: 4 functions",
        "index.html: 1 clip",
    ]
    page = (dist / "index.html").read_text()
    assert {"explorer.html", "deck.html", "deck.pptx"} <= set(re.findall(r'href="([^"]+)"', page))
    ran = lecture("verify", dist)
    assert ran.exit_code == 0, ran.output
    assert "explorer.html: true" in ran.stdout.splitlines()


def test_a_second_time_nothing_is_made(made):
    made()
    assert all(line.endswith(", unchanged") for line in made())


def test_single_clips_leave_slides_and_explorer_alone(made, dist):
    assert made(all_of_it=False) == ["index.html: 1 clip, unchanged"]
    assert not (dist / "explorer.html").exists()


def test_no_slides_of_what_is_no_film(made):
    assert made(film=False) == ["index.html: 1 clip, unchanged"]


def test_they_are_made_again_as_they_were_asked_for(made, dist, lecture):
    for asked in (["explore", "x**2"], ["deck", "tiny", "--one-file"]):
        ran = lecture(*asked, "--out", dist)
        assert ran.exit_code == 0, ran.output
    (dist / "explorer.html").unlink()
    (dist / "deck.html").write_bytes(b"spoilt")
    assert made()[:3] == [
        "deck.html: 2 slides of 1 clip",
        "deck.pptx: 2 slides of 1 clip",
        "explorer.html: 5 functions",
    ]


def test_a_spoilt_explorer_is_told(made, dist, lecture):
    made()
    (dist / "explorer.html").write_bytes(b"spoilt")
    ran = lecture("verify", dist)
    assert ran.exit_code == 1
    assert "explorer.html: FAILED" in ran.stdout.splitlines()
