"""The gallery in a real browser, as a file and over http: it plays, it seeks, all can read it."""

import json
import mimetypes
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.gallery.page import write_gallery
from gdlecture.media.captions import Caption, to_vtt
from gdlecture.media.dissolve import encoder_options
from gdlecture.media.joining import join_lecture
from gdlecture.media.video import finish_mp4
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings
from gdstage.look.theme import DARK, LIGHT

FPS, WIDTH, HEIGHT = 15, 192, 108
HOSTILE = '<img src=x onerror="window.hit=1">&amp;</script><script>window.hit=1</script>'
CLIPS = {
    "slopes": [("a secant", "Halve h: α < β & γ."), ("a tangent", "It only touches.")],
    "hills": [("one hill", "A hill is high."), ("two hills", "A valley is between them.")],
    "my_own": [(HOSTILE, HOSTILE)],
}
SECONDS = 2
DISSOLVE = 0.4


def video(folder, beats, shade):
    raw, finished = folder / "raw.mp4", folder / "finished.mp4"
    with av.open(raw, "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options=encoder_options())
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for i in range(beats * SECONDS * FPS):
            picture = np.full((HEIGHT, WIDTH, 3), shade, dtype=np.uint8)
            picture[:, : 2 * i + 1] = 255 - shade
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    finish_mp4(raw, finished, "clip", Fraction(FPS))
    return finished.read_bytes()


def poster(shade):
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "rgb24"
    encoder.time_base = Fraction(1, FPS)
    picture = np.full((HEIGHT, WIDTH, 3), shade, dtype=np.uint8)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    return b"".join(bytes(p) for p in [*encoder.encode(frame), *encoder.encode()])


def walks(count):
    verdicts = ["CONVERGED", "BUDGET_SPENT", "OSCILLATING", "DIVERGED", "LEFT_DOMAIN", "STUCK"]
    return [
        {
            "name": f"walk {i} of {HOSTILE if i == 0 else 'a longer name'}",
            "function": "-x**2*y**2*(x - 6)*(y - 6)/90 + 85", "variables": ["x", "y"],
            "step": "gradient", "rate": 0.25, "beta": None, "start": [0.123456, 0.6], "steps": 20,
            "tolerance": 1e-3, "verdict": verdicts[i % 6], "stopped_at": 1,
            "points": [[0.5, 0.6], [4.000057728884874, 4.000053161105612]],
            "values": [85.0, 73.62222223536097], "gradients": [[0, 0], [0, 0]],
            "certified_error": 4.515586847164283e-16,
        }
        for i in range(count)
    ]  # fmt: skip


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """Two clips joined to a lecture, and one of one's own whose texts mean harm."""
    made, dist = tmp_path_factory.mktemp("made"), Dist(tmp_path_factory.mktemp("gallery") / "dist")
    dist.prepare()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "ORDER", ("slopes", "hills"))
        for i, (name, beats) in enumerate(CLIPS.items()):
            told = [
                {"title": title, "text": text, "t0": SECONDS * k, "t1": SECONDS * (k + 1)}
                for k, (title, text) in enumerate(beats)
            ]
            length = SECONDS * len(beats)
            evidence = {
                "schema": 2, "clip": name,
                "fps": FPS, "width": WIDTH, "height": HEIGHT, "duration": length,
                "walks": walks([0, 6, 40][i]), "marks": [], "claims": [], "still": [], "silent": [],
                "beats": told,
            }  # fmt: skip
            captions = [Caption.of(beat["t0"], beat["t1"], beat["text"]) for beat in told]
            files = {
                ".mp4": video(made, len(beats), 40 + 60 * i),
                ".json": json.dumps(evidence).encode(),
                ".srt": b"",
                ".vtt": to_vtt(captions).encode(),
                ".png": poster(40 + 60 * i),
            }
            clip = RenderedClip(name, files, length, Settings(), name, {}, 1.0)
            dist.publish(clip)
        join_lecture(dist)
        write_gallery(dist)
    return dist


@pytest.fixture
def gallery(dist, open_page):
    def opened(**options):
        return open_page(dist.root / "index.html", **options)

    return opened


PLAYS = """async video => {
  video.scrollIntoView();
  await video.play();
  const from = performance.now();
  while (video.currentTime < 0.2 && performance.now() - from < 5000)
    await new Promise(done => setTimeout(done, 50));
  const { currentTime, videoWidth, error, paused } = video;
  return { currentTime, videoWidth, paused, error: error && error.message };
}"""


def check_that_all_play(page):
    videos = page.locator("video")
    assert videos.count() == len(CLIPS) + 1
    for i in range(videos.count()):
        played = videos.nth(i).evaluate(PLAYS)
        assert played["currentTime"] >= 0.2, played
        assert played["videoWidth"] == WIDTH
        assert not played["paused"]
        assert (
            page.evaluate("[...document.querySelectorAll('video')].filter(v => !v.paused).length")
            == 1
        )


def cues(page, video):
    """What the captions of a video say, as (from, to, text), when they are asked for."""
    return page.locator(f"[id='{video}']").evaluate(
        """video => {
          const [track, ...more] = video.textTracks;
          if (more.length || track.mode !== "disabled" || track.kind !== "captions") return null;
          track.mode = "hidden";
          return [...track.cues].map(c => [c.startTime, c.endTime, c.getCueAsHTML().textContent]);
        }"""
    )


def test_every_video_plays_one_at_a_time(gallery):
    check_that_all_play(gallery())


def test_it_works_over_http_too(dist, chromium):
    complaints = []
    with chromium.new_context() as context:
        context.set_offline(True)

        def serve(route):
            path = dist.root / route.request.url.removeprefix("http://gallery.test/")
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=path.read_bytes(), content_type=kind)

        context.route("http://gallery.test/**", serve)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto("http://gallery.test/index.html")
        check_that_all_play(page)
        assert len(cues(page, "clip-hills-video")) == 2
    assert complaints == []


def test_captions_say_what_the_beats_say(gallery):
    page = gallery()
    for name, beats in CLIPS.items():
        expected = [[SECONDS * i, SECONDS * (i + 1), text] for i, (_, text) in enumerate(beats)]
        assert cues(page, f"clip-{name}-video") == expected
    begins = {"slopes": 0, "hills": SECONDS * len(CLIPS["slopes"]) + DISSOLVE}
    assert cues(page, "film-video") == [
        pytest.approx([begin + SECONDS * i, begin + SECONDS * (i + 1), text])
        for name, begin in begins.items()
        for i, (_, text) in enumerate(CLIPS[name])
    ]


def test_a_caption_is_active_at_its_time(gallery):
    page = gallery()
    cues(page, "clip-hills-video")
    page.locator("#clip-hills .cue").nth(1).click()
    page.wait_for_function(
        """() => {
          const [cue] = document.getElementById("clip-hills-video").textTracks[0].activeCues;
          return cue && cue.text === "A valley is between them.";
        }"""
    )


@pytest.mark.parametrize(
    ("link", "video", "seconds"),
    [
        ("#clip-slopes .cue >> nth=1", "clip-slopes-video", SECONDS),
        (".chapters a >> nth=1", "film-video", 2 * SECONDS + DISSOLVE),
    ],
)
def test_a_click_on_a_time_plays_from_there(gallery, link, video, seconds):
    page = gallery()
    page.locator(link).click()
    page.wait_for_function(
        "([id, t]) => { const v = document.getElementById(id);"
        " return !v.paused && v.currentTime > t + 0.05 && v.currentTime < t + 1.5; }",
        arg=[video, seconds],
    )
    page.wait_for_function("link => link.ariaCurrent", arg=page.locator(link).element_handle())
    assert page.locator("[aria-current]").count() == 1
    assert page.url.endswith("index.html")


def test_texts_that_mean_harm_are_only_texts(gallery):
    page = gallery()
    check_that_all_play(page)
    assert page.evaluate("window.hit") is None
    assert page.locator("#clip-my_own .cue b").inner_text() == HOSTILE
    assert page.locator("#clip-my_own .beats p").inner_text() == HOSTILE


# --- for all readers -----------------------------------------------------------------------

# The contrast of each text with the nearest ground behind it that is not transparent (WCAG 1.4.3).
CONTRASTS = """() => {
  const channels = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => channels(c).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const found = [];
  document.querySelectorAll("details").forEach(part => part.open = true);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.closest("script, style, video")) continue;
    let ground = element;
    while (ground && channels(getComputedStyle(ground).backgroundColor)[3] === 0)
      ground = ground.parentElement;
    const behind = ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)";
    const style = getComputedStyle(element);
    const [low, high] = [light(style.color), light(behind)].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push({ text: text.slice(0, 30), ratio: (high + 0.05) / (low + 0.05), large });
  }
  return found;
}"""


def too_faint(page):
    found = page.evaluate(CONTRASTS)
    assert len(found) > 100
    return [one for one in found if one["ratio"] < (3 if one["large"] else 4.5)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast(gallery, scheme):
    page = gallery(scheme=scheme)
    page.locator(".cue").first.click()  # what plays has a ground of its own
    page.wait_for_selector("[aria-current]")
    assert too_faint(page) == []
    page.add_style_tag(content=".lead { color: #777777 !important }")
    assert [one["text"][:13] for one in too_faint(page)] == ["3 short clips"]


@pytest.mark.parametrize(("scheme", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_it_is_as_light_or_dark_as_the_reader_asks(gallery, scheme, theme):
    page = gallery(scheme=scheme)
    assert drawn(page, "html", "background-color") == theme.ground
    assert drawn(page, "html", "color") == theme.ink
    assert drawn(page, ".chapters a", "color") == theme.ink
    assert drawn(page, ".downloads a", "color") == theme.function
    page.emulate_media(media="print")
    assert drawn(page, "html", "color") == LIGHT.ink
    assert too_faint(page) == []


def drawn(page, selector, name):
    found = page.locator(selector).first.evaluate(
        f"e => getComputedStyle(e)['{name}'].match(/\\d+/g)"
    )
    return "#" + "".join(f"{int(channel):02x}" for channel in found[:3])


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1600])
def test_nothing_is_wider_than_the_screen(gallery, width):
    page = gallery(width=width)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    film = page.locator("#film-video").bounding_box()
    assert film["width"] > min(0.85 * width, 600)
    assert film["width"] / film["height"] == pytest.approx(WIDTH / HEIGHT, rel=0.01)


FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return {
    what: document.activeElement.outerHTML.slice(0, 60),
    video: document.activeElement.id.endsWith("-video"),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(gallery):
    page = gallery(reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the clips"
    stops, at = [], page.evaluate(FOCUSED)
    while "<body" not in at["what"]:
        assert at["outline"] >= 2, at
        assert at["seen"], at
        stops.append(at["what"])
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert len(stops) < 300
    seen = set(stops)
    wanted = page.evaluate(
        """[...document.querySelectorAll("a, summary, video")].filter(e => e.checkVisibility())
           .map(e => e.outerHTML.slice(0, 60))"""
    )
    assert set(wanted) <= seen
    order = [what for what in dict.fromkeys(stops) if what in wanted]
    assert order == list(dict.fromkeys(wanted))


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_by_itself_and_it_glides_only_where_that_is_welcome(
    gallery, motion, behaviour
):
    page = gallery(reduced_motion=motion)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
    assert page.locator("video[autoplay], marquee, img[src$='.gif']:visible").count() == 0
    assert page.evaluate("[...document.querySelectorAll('video')].every((film) => film.paused)")
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_skip_link_leads_to_the_clips(gallery):
    page = gallery()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "clips"


def test_a_time_is_chosen_by_keyboard(gallery):
    page = gallery()
    page.locator("#clip-hills .cue").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('clip-hills-video').currentTime > 2")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_is_a_stop_only_when_it_scrolls(gallery, width):
    page = gallery(width=width)
    page.locator("details.many summary").click()
    boxes = page.locator(".scroll").evaluate_all(
        """all => all.map(box => [
          box.tabIndex, box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight
        ])"""
    )
    assert [tab == 0 for tab, _ in boxes] == [scrolls for _, scrolls in boxes]
    assert boxes[-1][1]  # forty rows


def test_the_page_is_told_in_order_and_everything_has_a_name(gallery):
    page = gallery()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Gradient descent"
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.locator("img:not([alt]), img[alt='']").count() == 0
    assert page.locator("main").count() == page.locator("footer").count() == 1
    for name in ("The whole lecture", "1 Slopes", "2 Hills", "3 My own"):
        assert page.locator("video").and_(page.get_by_label(name, exact=True)).count() == 1
    for chapter in ("Slopes 0:00", "Hills 0:04"):
        assert page.get_by_role("link", name=chapter, exact=True).count() == 1
    assert page.get_by_role("columnheader").count() >= 8
    assert page.get_by_role("rowheader", name="walk 1 of a longer name").count() == 1
    assert page.get_by_role("link", name="Hills", exact=True).get_attribute("href") == "#clip-hills"


def test_without_scripts_it_still_plays_and_has_captions(gallery):
    page = gallery(java_script_enabled=False)
    assert page.locator("track[kind=captions][srclang=en]").count() == len(CLIPS) + 1
    assert page.locator(".cue").first.get_attribute("href") == "clips/slopes.mp4#t=0.000"
    assert page.locator("details.transcript[open]").count() == len(CLIPS)


def test_words_are_folded_on_a_phone_and_open_on_paper(gallery):
    page = gallery(width=390)
    assert page.locator("details.transcript[open]").count() == 0
    assert page.locator("img.paper").first.is_hidden()
    assert page.pdf()
    assert page.locator("details.transcript[open]").count() == len(CLIPS)
    page.emulate_media(media="print")
    assert page.locator("video").first.is_hidden()
    assert page.locator("img.paper").first.is_visible()
