"""The deck as those use it who give the lecture, follow it on a phone, or print it."""

import io
import re
import shutil
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from gdlecture import catalogue
from gdlecture.deck.build import build_deck
from gdlecture.dist import Dist

BEATS = {"alpha": (13, 21, 8), "beta": (11, 14)}
PIECES = [f"{name}-{i:02}" for name, beats in BEATS.items() for i in range(1, len(beats) + 1)]
LOOP = "alpha-02"

FILM = "Reveal.getCurrentSlide().querySelector('video')"
NAME = "Reveal.getCurrentSlide().id"


@pytest.fixture(scope="module")
def decks(tmp_path_factory, film_clip):
    """One deck as a folder, and one as a file that is alone in its own."""
    folder = tmp_path_factory.mktemp("deck")
    dist = Dist(folder / "dist")
    dist.prepare()
    film_clip(dist, "alpha", BEATS["alpha"], loops={2})
    film_clip(dist, "beta", BEATS["beta"], theme="light", shade=120)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "ORDER", ("alpha", "beta"))
        build_deck(dist, one_file=True)
        (folder / "alone").mkdir()
        shutil.copy(dist.root / "deck.html", folder / "alone/deck.html")
        build_deck(dist)
    return {"folder": dist.root / "deck.html", "one file": folder / "alone/deck.html"}


@pytest.fixture
def folder(decks):
    return decks["folder"]


@pytest.fixture(params=["folder", "one file"])
def either(request, decks):
    return decks[request.param]


@cache
def decoded(video):
    with av.open(video) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def frames(decks, name):
    """The frames of a beat, from its clip."""
    clip, number = name.split("-")
    first = sum(BEATS[clip][: int(number) - 1])
    whole = decoded(decks["folder"].parent / f"clips/{clip}.mp4")
    return whole[first : first + BEATS[clip][int(number) - 1]]


def bar(picture):
    """How far the bar of a frame reaches, from 0 to 1; the film fills the picture's width."""
    row = np.asarray(picture).astype(int)[np.asarray(picture).shape[0] // 2].min(axis=1)
    return float(np.mean(row > 205))


def seen(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def arrived(page, name):
    page.wait_for_function(f"Reveal.isReady() && {NAME} === '{name}'")


def plays(page):
    page.wait_for_function(f"{FILM}.currentTime > 0")


def ended(page):
    page.wait_for_function(f"{FILM}.ended")


# --- playing -------------------------------------------------------------------------------


def test_every_slide_is_reached_plays_on_arrival_and_stays_on_its_last_frame(
    open_page, decks, either
):
    page = open_page(either, width=640, height=360)
    for name in PIECES:
        arrived(page, name)
        plays(page)
        if name != LOOP:
            own = frames(decks, name)
            ended(page)
            page.wait_for_timeout(100)
            assert page.evaluate(NAME) == name
            assert bar(seen(page)) == pytest.approx(bar(own[-1]), abs=0.01)
            assert bar(own[-1]) - bar(own[-2]) > 0.015  # so that another frame would not do
        page.keyboard.press("ArrowRight")
    assert page.evaluate(NAME) == PIECES[-1]  # there is none after the last
    assert page.evaluate("Reveal.getTotalSlides()") == len(PIECES)


def test_whoever_hurries_arrives_too(open_page, either):
    page = open_page(either, width=640, height=360)
    arrived(page, PIECES[0])
    for key in [*4 * ["ArrowRight"], *4 * ["ArrowLeft"], *4 * ["ArrowRight"]]:
        page.keyboard.press(key)
    arrived(page, PIECES[4])
    ended(page)


def test_a_loop_goes_on(open_page, folder):
    page = open_page(folder, query=f"#/{LOOP}", width=640, height=360)
    arrived(page, LOOP)
    page.evaluate(
        f"window.turns = 0; window.last = 0; {FILM}.addEventListener('timeupdate', e => {{"
        "if (e.target.currentTime < last) turns++; last = e.target.currentTime; })"
    )
    page.wait_for_function("turns >= 2")
    assert page.evaluate(f"{FILM}.ended || {FILM}.paused") is False


def test_back_plays_the_beat_before_again_from_its_start(open_page, folder):
    page = open_page(folder, width=640, height=360)
    arrived(page, PIECES[0])
    ended(page)
    page.keyboard.press("ArrowRight")
    arrived(page, PIECES[1])
    plays(page)
    page.keyboard.press("ArrowLeft")
    arrived(page, PIECES[0])
    page.wait_for_function(f"!{FILM}.ended")
    ended(page)
    assert page.evaluate("[...document.querySelectorAll('video')].filter(v => !v.paused)") == []


def test_r_plays_again(open_page, folder):
    page = open_page(folder, width=640, height=360)
    arrived(page, PIECES[0])
    ended(page)
    page.keyboard.press("r")
    page.wait_for_function(f"!{FILM}.ended && {FILM}.currentTime > 0")
    ended(page)


def test_who_asks_for_less_motion_sees_what_a_beat_comes_to_and_r_plays_it(
    open_page, decks, folder
):
    page = open_page(folder, width=640, height=360, reduced_motion="reduce")
    for name in PIECES[:2]:  # the second would go on without end
        arrived(page, name)
        page.wait_for_function(f"{FILM}.ended")
        assert page.evaluate(f"[{FILM}.paused, {FILM}.played.length, {FILM}.loop]") == [
            True,
            0,
            False,
        ]
        page.wait_for_function(f"!{FILM}.seeking && {FILM}.readyState > 1")
        page.add_style_tag(content="video::-webkit-media-controls { display: none !important }")
        page.wait_for_timeout(100)
        assert bar(seen(page)) == pytest.approx(bar(frames(decks, name)[-1]), abs=0.01)
        page.keyboard.press("r")
        page.wait_for_function(f"!{FILM}.paused")
        ended(page)
        assert page.evaluate(f"{FILM}.played.length") == 1
        page.keyboard.press("ArrowRight")
    arrived(page, PIECES[2])


def test_reloading_stays_on_the_slide(open_page, folder):
    page = open_page(folder, width=640, height=360)
    arrived(page, PIECES[0])
    page.keyboard.press("End")  # the last clip's first beat
    arrived(page, PIECES[3])
    plays(page)
    page.wait_for_function(f"location.hash === '#/{PIECES[3]}'")  # written at leisure
    page.reload()
    arrived(page, PIECES[3])
    plays(page)


def test_before_it_plays_a_film_shows_its_first_frame(open_page, decks, folder):
    page = open_page(folder)
    arrived(page, PIECES[0])
    for name in PIECES:
        width = page.evaluate(
            "async name => { const image = new Image();"
            " image.src = document.getElementById(name).querySelector('video').poster;"
            " await image.decode(); return image.naturalWidth; }",
            name,
        )
        assert width == 320
    # A browser that plays nothing by itself leaves the poster.
    page.add_init_script("HTMLMediaElement.prototype.play = () => Promise.resolve()")
    page.set_viewport_size({"width": 640, "height": 360})
    for name in "alpha-03", "beta-01":
        page.goto(folder.as_uri() + f"#/{name}")
        page.reload()
        arrived(page, name)
        page.wait_for_timeout(200)
        assert bar(seen(page)) == pytest.approx(bar(frames(decks, name)[0]), abs=0.01)


def test_the_film_fills_the_window_on_the_clips_ground(open_page, folder):
    page = open_page(folder, width=1600, height=900)
    arrived(page, PIECES[0])
    box = page.locator("section.present > video:visible").bounding_box()
    assert [round(box[side]) for side in ("x", "y", "width", "height")] == [0, 0, 1600, 900]
    page.set_viewport_size({"width": 1600, "height": 1000})
    page.goto(folder.as_uri() + "#/beta-01")
    arrived(page, "beta-01")
    page.wait_for_timeout(200)
    assert seen(page).getpixel((800, 20)) == (0xFB, 0xFA, 0xF6)


# --- presenting ----------------------------------------------------------------------------


def test_the_presenters_view_has_the_notes_and_leads(open_page, either):
    page = open_page(either)
    arrived(page, PIECES[0])
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    view = opened.value
    notes = view.locator(".speaker-controls-notes .value")
    notes.get_by_text("Said in alpha, 1: α < β.").wait_for()
    view.keyboard.press("ArrowRight")
    arrived(page, PIECES[1])
    notes.get_by_text("Said in alpha, 2: α < β.").wait_for()
    current = view.frame_locator("#current-slide iframe")
    assert current.locator("#alpha-02 video").is_visible()
    upcoming = view.frame_locator("#upcoming-slide iframe")
    upcoming.locator("#alpha-03 img.finished").wait_for()  # what it will come to


def test_the_overview_shows_what_each_beat_comes_to(open_page, folder):
    page = open_page(folder)
    arrived(page, PIECES[0])
    page.keyboard.press("Escape")
    page.locator(".reveal.overview").wait_for()
    for name in PIECES[:3]:
        assert page.locator(f"#{name} img.finished").is_visible()
    boxes = [
        page.locator(f"#{name}").bounding_box() for name in ("alpha-01", "alpha-03", "beta-01")
    ]
    assert boxes[1]["y"] > boxes[0]["y"]  # a column a clip
    assert boxes[2]["x"] > boxes[0]["x"]


# --- phones --------------------------------------------------------------------------------


def swipe(page, start, end):
    devtools = page.context.new_cdp_session(page)
    for kind, x in ("touchStart", start), ("touchMove", (start + end) / 2), ("touchMove", end):
        points = [{"x": x, "y": 400}]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_phone_swipes_and_reads(open_page, folder):
    page = open_page(folder, width=390, height=844, has_touch=True, is_mobile=True)
    arrived(page, PIECES[0])
    plays(page)
    swipe(page, 330, 60)
    arrived(page, PIECES[1])
    plays(page)
    swipe(page, 60, 330)
    arrived(page, PIECES[0])
    says = page.locator(".says")
    assert says.inner_text() == "Said in alpha, 1: α < β."
    film = page.locator("#alpha-01 video").bounding_box()
    assert film["y"] + film["height"] <= says.bounding_box()["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 844, "height": 390})
    assert not says.is_visible()  # the film needs the room


# --- paper ---------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?print-pdf"])
def test_paper_gets_a_page_a_beat_with_its_finished_picture(open_page, decks, either, query):
    page = open_page(either, height=720, query=query)
    page.wait_for_function("Reveal.isReady()")
    page.wait_for_timeout(300)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(PIECES)
    assert set(re.findall(rb"/MediaBox\s*\[([^]]+)\]", pdf)) == {b"0 0 960 540"}
    page.emulate_media(media="print")
    assert page.locator("video:visible").count() == 0
    assert page.locator("img.finished:visible").count() == len(PIECES)
    for name in "alpha-02", "beta-02":
        image = page.locator(f"#{name} img")
        image.evaluate("image => image.decode()")
        page.wait_for_function("() => document.getAnimations().length === 0")
        picture = image.screenshot()
        found = bar(Image.open(io.BytesIO(picture)).convert("RGB"))
        assert found == pytest.approx(bar(frames(decks, name)[-1]), abs=0.01)


# --- elsewhere -----------------------------------------------------------------------------


def test_the_readmes_slide_for_reveal_plays(open_page, folder, tmp_path):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"<section data-background-video.*?</section>", readme, re.DOTALL)
    shutil.copytree(folder.parent, tmp_path / "dist")
    section = section.replace("learning_rate-02", "alpha-03")
    (tmp_path / "own.html").write_text(
        '<!doctype html><link rel="stylesheet" href="dist/deck/reveal/reveal.css">'
        f'<div class="reveal"><div class="slides"><section>A title</section>{section}</div></div>'
        '<script src="dist/deck/reveal/reveal.js"></script><script>Reveal.initialize()</script>',
        encoding="utf-8",
    )
    page = open_page(tmp_path / "own.html")
    page.wait_for_function("Reveal.isReady()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.backgrounds .present video')?.ended")
