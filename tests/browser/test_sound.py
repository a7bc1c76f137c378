"""The slides and the page in a browser that lets nothing speak before it is touched."""

import json
from fractions import Fraction

import numpy as np
import pytest

from gdlecture import catalogue
from gdlecture.deck.build import build_deck
from gdlecture.dist import Dist
from gdlecture.gallery.page import write_gallery
from gdlecture.media.sound import RATE
from gdlecture.media.video import finish_mp4

FILM = "Reveal.getCurrentSlide().querySelector('video')"
HEARD = f"(film => !film.muted && !film.paused && film.webkitAudioDecodedByteCount > 0)({FILM})"


@pytest.fixture
def spoken(tmp_path, film_clip):
    """A folder of one clip of two beats, of 2 s each, with a tone and a phrase in either."""
    dist = Dist(tmp_path / "dist")
    dist.prepare()
    film_clip(dist, "alpha", (60, 60), loops={2})
    path = dist.clips / "alpha.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["voice"] = "tone"
    told["phrases"] = [
        {"text": f"Said {i}.", "words": f"Said {i}.", "t0": 2.0 * i + 0.2, "t1": 2.0 * i + 1.5}
        for i in (0, 1)
    ]
    path.write_text(json.dumps(told), encoding="utf-8")
    tone = (0.2 * np.sin(np.arange(4 * RATE) / 20)).astype(np.float32)
    video = dist.clips / "alpha.mp4"
    finish_mp4(video, dist.clips / "other.mp4", "alpha", Fraction(30), tone)
    (dist.clips / "other.mp4").replace(video)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "ORDER", ("alpha",))
        yield dist


@pytest.mark.parametrize("one_file", [False, True], ids=["folder", "one file"])
def test_slides_begin_without_sound_and_a_switch_turns_it_on(spoken, open_page, one_file):
    build_deck(spoken, one_file=one_file)
    page = open_page(spoken.root / "deck.html")
    switch = page.get_by_role("button", name="Sound is off")
    page.wait_for_function(f"{FILM}.currentTime > 0.1")
    assert page.evaluate(f"{FILM}.muted")
    switch.click()
    page.wait_for_function(HEARD)
    assert page.get_by_role("button", name="Sound is on").get_attribute("aria-pressed") == "true"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Reveal.getCurrentSlide().id === 'alpha-02'")
    page.wait_for_function(HEARD)
    assert not page.evaluate(f"{FILM}.loop")  # words are said once
    page.keyboard.press("m")
    assert page.evaluate(f"{FILM}.muted && {FILM}.loop")
    assert "Said 1." in page.locator("#alpha-02 .notes").text_content()
    for key, heard in (("Space", True), ("Enter", False)):
        page.locator(".sound").press(key)
        assert page.evaluate(f"{FILM}.muted") is not heard


def test_silent_slides_have_no_switch(filmed, open_page):
    build_deck(filmed, one_file=False)
    page = open_page(filmed.root / "deck.html")
    page.wait_for_function(f"{FILM}.currentTime > 0.1")
    assert page.locator(".sound").count() == 0


def test_the_page_plays_what_is_said_and_its_captions_say_it(spoken, open_page):
    write_gallery(spoken)
    page = open_page(spoken.root / "index.html")
    page.locator("a.cue").nth(1).click()
    page.wait_for_function(
        "(film => film.currentTime > 2.05 && film.webkitAudioDecodedByteCount > 0 && !film.muted)"
        "(document.querySelector('article video'))"
    )
    page.evaluate("document.querySelector('article video').textTracks[0].mode = 'hidden'")
    cues = page.evaluate(
        "[...document.querySelector('article video').textTracks[0].cues]"
        ".map(({ startTime, endTime, text }) => [startTime, endTime, text])"
    )
    assert cues == [[0.2, 1.5, "Said 0."], [2.2, 3.5, "Said 1."]]


def test_powerpoint_plays_it_too(spoken):
    import pptx  # noqa: PLC0415 (its slides only)

    build_deck(spoken)
    deck = pptx.Presentation(spoken.root / "deck.pptx")
    for number, slide in enumerate(deck.slides):
        timing = slide.element.xml
        assert "mute=" not in timing
        assert "repeatCount" not in timing
        assert slide.notes_slide.notes_text_frame.text == f"Said {number}."
