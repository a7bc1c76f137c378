"""The gallery's page as text: what it tells, what it links to, and when it is made again."""

import json
import shutil
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.gallery.formulas import formula
from gdlecture.gallery.numbers import clock, number, point, size
from gdlecture.gallery.page import write_gallery
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings
from gdlecture.verify.verify import verify_dist

HOSTILE = """</script><script>hit()</script>"'><img src=x onerror=hit()>&lt;"""
VOID = {"meta", "link", "img", "track"}


def walk(name, /, **more):
    told = {
        "name": name, "function": "exp(x) - log(x)", "variables": ["x"], "step": "gradient",
        "rate": 0.1, "beta": None, "start": [1.6], "steps": 25, "tolerance": 1e-5,
        "verdict": "CONVERGED", "stopped_at": 2, "points": [[1.6], [0.9], [0.5671451021825211]],
        "values": [4.4, 2.6, 2.330366124769677], "gradients": [[4.3], [1.3], [7e-6]],
        "certified_error": 1.650117445956231e-16,
    }  # fmt: skip
    return told | more


def evidence(name, walks=(), beats=(("begins", "First: α < β."), ("ends", "Last."))):
    told = [
        {"title": t, "text": x, "t0": 2.0 * i, "t1": 2.0 * i + 2} for i, (t, x) in enumerate(beats)
    ]
    shape = {
        "schema": 2,
        "clip": name,
        "fps": 15,
        "width": 64,
        "height": 36,
        "duration": 2.0 * len(beats),
    }
    empty = {"marks": [], "claims": [], "still": [], "silent": []}
    return json.dumps({**shape, **empty, "walks": list(walks), "beats": told}).encode()


def publish(dist, name, *walks, kind="mp4", told=None, **more):
    files = {
        f".{kind}": b"video" * 100_000,
        ".json": evidence(name, walks, **more) if told is None else told,
        ".srt": b"srt",
        ".vtt": b"WEBVTT\n",
        ".png": b"png",
    }
    dist.publish(RenderedClip(name, files, 4.0, Settings("l", "dark", kind), name, {}, 1.0))


@pytest.fixture
def clips(tmp_path, monkeypatch):
    """Two clips of the lecture and one of one's own; by name they would be otherwise."""
    monkeypatch.setattr(catalogue, "ORDER", ("slopes", "hills", "not_rendered"))
    dist = Dist(tmp_path / "dist")
    dist.prepare()
    publish(dist, "hills", walk("down"), walk("out", verdict="LEFT_DOMAIN", values=[1, 2, "nan"]))
    publish(dist, "a_clip", walk("mine"))
    publish(dist, "slopes")
    return dist


class Page(HTMLParser):
    """The elements of a page as (tag, attributes, own text), in order."""

    def __init__(self, dist):
        super().__init__()
        self.elements, self._open = [], []
        self.source = (dist.root / "index.html").read_text(encoding="utf-8")
        self.feed(self.source)
        assert not self._open

    def handle_starttag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_startendtag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def all(self, tag, **wanted):
        return [
            (attrs, " ".join(text.split()))
            for name, attrs, text in self.elements
            if name == tag and wanted.items() <= attrs.items()
        ]


def made(dist):
    write_gallery(dist)
    return Page(dist)


def gallery_failures(dist):
    return [
        line for report in verify_dist(dist) if report.kind == "page" for line in report.failures
    ]


# --- what it tells -------------------------------------------------------------------------


def test_clips_follow_the_lectures_order_and_own_ones_come_after(clips):
    page = made(clips)
    assert [attrs["id"] for attrs, _ in page.all("article")] == [
        "clip-slopes", "clip-hills", "clip-a_clip",
    ]  # fmt: skip
    titles = [text for _, text in page.all("h2")]
    assert titles == ["The clips", "1 Slopes", "2 Hills", "3 A clip"]


def test_numbers_are_those_of_the_evidence(clips):
    page = made(clips)
    rows = [text for _, text in page.all("tr") if text.startswith(("down", "out"))]
    assert rows == [
        "down converged 2 of 25 gradient, α = 0.1 1.6 0.567145 2.33037 1.7 × 10−16",
        "out left the domain 2 of 25 gradient, α = 0.1 1.6 0.567145 no value 1.7 × 10−16",
    ]
    exact = [attrs["value"] for attrs, _ in page.all("data")]
    assert exact[:5] == [
        "0.1",
        "1.6",
        "0.5671451021825211",
        "2.330366124769677",
        "1.650117445956231e-16",
    ]


def test_walks_on_one_function_stand_under_it(clips):
    publish(
        clips,
        "slopes",
        walk("a"),
        walk("b"),
        walk("c", function="x**2"),
        walk("d", variables=["y"], function="y**2"),
    )
    page = made(clips)
    heads = [text for attrs, text in page.all("th", scope="rowgroup")]
    assert heads == ["f(x)=ex−ln(x)", "f(x)=x2", "f(y)=y2", "f(x)=ex−ln(x)", "f(x)=ex−ln(x)"]


def test_a_verdict_has_word_sign_and_colour(clips):
    page = made(clips)
    for colour, ended in (("minimum", "converged"), ("danger", "left the domain")):
        cells = page.all("td", style=f"color: var(--{colour})")
        assert cells
        assert {text for _, text in cells} == {ended}
    assert len(page.all("path", d="M2.5 8.5l3.5 3.5 7.5-8")) == 2
    assert len(page.all("path", d="M3.5 3.5l9 9m0-9l-9 9")) == 1


def test_many_walks_are_summed_up(clips):
    few = [walk(f"w{i}") for i in range(8)]
    publish(clips, "slopes", *few)
    assert not made(clips).all("details", **{"class": "many"})
    publish(clips, "slopes", *few, walk("last", verdict="STUCK"))
    page = made(clips)
    assert "9 walks: 8 converged, 1 stuck" in [text for _, text in page.all("summary")]
    ((_, folded),) = page.all("details", **{"class": "many"})
    assert "w7" in folded


def test_networks_are_words_and_long_points_are_counted(clips):
    network = walk(
        "train", function="log loss of a 2-1 network", network={"layers": []}, certified_error=None,
        start=[3.0, 4.0, 0.0, 0.0], points=[[3.0, 4.0, 0.0, 0.0]], values=[1], gradients=[[0] * 4],
        stopped_at=0,
    )  # fmt: skip
    publish(clips, "slopes", network)
    page = made(clips)
    assert page.all("th", scope="rowgroup")[0][1] == "log loss of a 2-1 network"
    (row,) = [text for _, text in page.all("tr") if text.startswith("train")]
    assert row.endswith("4 numbers, |·| = 5 4 numbers, |·| = 5 1 not certified")


def test_the_transcript_has_every_beat_and_its_times(clips):
    page = made(clips)
    cues = [(attrs["href"], attrs["data-from"], attrs["data-to"], text)
            for attrs, text in page.all("a", **{"class": "cue"})]  # fmt: skip
    assert cues[:2] == [
        ("clips/slopes.mp4#t=0.000", "0.000", "2.000", "0:00 begins"),
        ("clips/slopes.mp4#t=2.000", "2.000", "4.000", "0:02 ends"),
    ]
    assert "First: α < β." in [text for _, text in page.all("p")]


@pytest.mark.parametrize("field", ["beats", "name", "function", "verdict", "step", "variables"])
def test_text_of_a_clip_is_never_markup(clips, field):
    before = made(clips)
    if field == "beats":
        publish(clips, "hills", beats=[(HOSTILE, HOSTILE)])
    else:
        publish(
            clips, "hills", walk("w", **{field: [HOSTILE] if field == "variables" else HOSTILE})
        )
    page = made(clips)
    assert len(page.all("script")) == len(before.all("script")) == 1
    assert not [name for _, attrs, _ in page.elements for name in attrs if name.startswith("on")]
    assert not page.all("img", src="x")
    if field != "variables":  # they are not shown when they are none
        assert HOSTILE.lower() in " ".join(text for *_, text in page.elements).lower()


def test_a_gif_moves_only_when_asked_and_a_webm_is_played(clips):
    publish(clips, "hills", kind="gif")
    publish(clips, "slopes", kind="webm")
    page = made(clips)
    assert [attrs["src"] for attrs, _ in page.all("video")] == [
        "clips/slopes.webm",
        "clips/a_clip.mp4",
    ]
    ((_, folded),) = page.all("details", **{"class": "animation"})
    assert folded == "Play the animation"
    assert page.all("img", src="clips/hills.gif")
    assert all(attrs["alt"] for attrs, _ in page.all("img"))


# --- what it links to ----------------------------------------------------------------------


def addresses(page):
    for _, attrs, _ in page.elements:
        for name in ("href", "src", "poster"):
            if name in attrs and not attrs[name].startswith("data:"):
                yield attrs[name]


def test_every_address_is_a_file_beside_the_page_or_a_place_in_it(clips):
    page = made(clips)
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    found = set(addresses(page))
    assert {"clips/hills.srt", "clips/hills.json", "clips/a_clip.png", "manifest.json"} <= found
    for address in found:
        path, _, place = address.partition("#")
        if path:
            assert (clips.root / unquote(path)).is_file(), address
        else:
            assert unquote(place) in ids
    for _, attrs, _ in page.elements:
        for name in ("aria-labelledby", "data-seeks", "data-clip"):
            assert attrs.get(name, ids[0]) in ids


def test_nothing_comes_from_elsewhere(clips):
    source = made(clips).source
    assert "url(" not in source
    assert "@import" not in source
    assert "http://" not in source.replace("http%3A//www.w3.org/2000/svg", "")
    assert "https://" not in source


@pytest.mark.parametrize("product", ["explorer.html", "deck.html", "deck.pptx"])
def test_other_products_are_linked_to_when_they_are_there(clips, product):
    assert product not in set(addresses(made(clips)))
    (clips.root / product).write_bytes(b"")
    assert product in set(addresses(made(clips)))
    (clips.root / product).unlink()
    assert product not in set(addresses(made(clips)))


def test_the_joined_lecture_has_its_chapters(clips):
    assert not made(clips).all("video", id="film-video")
    with clips.writing() as parts:
        for name in ("lecture.mp4", "lecture.vtt", "transcript.md"):
            (parts / name).write_bytes(b"film")
        entry = {"clips": ["slopes", "hills"], "duration": 8.4, "inputs": ""}
        clips.put_set("lecture", parts, entry, {"lecture.mp4": 8.4})
    page = made(clips)
    assert page.all("video", id="film-video", src="lecture.mp4", poster="clips/slopes.png")
    chapters = [(attrs["data-from"], attrs["data-to"], text)
                for attrs, text in page.all("a") if "data-clip" in attrs]  # fmt: skip
    assert chapters == [("0.000", "4.400", "Slopes 0:00"), ("4.400", "8.400", "Hills 0:04")]
    assert {"lecture.mp4", "lecture.vtt", "transcript.md"} <= set(addresses(page))


# --- when it is made -----------------------------------------------------------------------


def test_the_same_clips_give_the_same_bytes(clips, tmp_path):
    assert not write_gallery(clips).unchanged
    page = (clips.root / "index.html").read_bytes()
    manifest = clips.manifest_path.read_bytes()
    assert write_gallery(clips).unchanged
    moved = Dist(shutil.copytree(clips.root, tmp_path / "elsewhere"))
    (moved.root / "index.html").unlink()
    assert not write_gallery(moved).unchanged
    for dist in (clips, moved):
        assert (dist.root / "index.html").read_bytes() == page
        assert dist.manifest_path.read_bytes() == manifest
    assert not list(clips.root.glob(".*"))


def test_the_command_says_one_line(lecture, clips):
    assert lecture("gallery", "--out", clips.root).stdout == "index.html: 3 clips\n"
    assert lecture("gallery", "--out", clips.root).stdout == "index.html: 3 clips, unchanged\n"


def test_a_render_ends_with_the_page(lecture, tmp_path, drawing):
    files = {".mp4": b"video", ".srt": b"", ".vtt": b"", ".png": b"", ".json": evidence("tiny")}

    def draw(request):
        inputs = f"{request.module} {request.settings.quality}"
        return RenderedClip(request.name, files, 4.0, request.settings, inputs, {}, 1.0)

    drawing(draw, products=True)
    for _ in range(2):  # a page that someone changed is made again
        ran = lecture("render", "tiny", "--out", tmp_path)
        assert ran.exit_code == 0
        assert ran.stdout.splitlines()[-1] == "index.html: 1 clip"
        page = tmp_path / "index.html"
        assert "<p>First: α &lt; β.</p>" in page.read_text(encoding="utf-8")
        page.write_text("spoilt")


def test_a_broken_clip_leaves_no_page(lecture, clips):
    write_gallery(clips)
    publish(clips, "hills", told=b"{")
    ran = lecture("gallery", "--out", clips.root)
    assert ran.exit_code == 1
    (line,) = ran.stderr.splitlines()
    assert line.startswith("Error: index.html: hills.json: expected JSON, found none")
    assert not (clips.root / "index.html").exists()
    assert "index.html" not in clips.manifest()["files"]
    assert "pages" not in clips.manifest()


def test_without_clips_there_is_no_page(lecture, tmp_path):
    ran = lecture("gallery", "--out", tmp_path)
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)
    assert "render first" in ran.stderr
    assert lecture("gallery", "--out", tmp_path / "nowhere").exit_code == 1


def test_a_folder_in_the_pages_place_is_one_line(lecture, clips):
    (clips.root / "index.html").mkdir()
    ran = lecture("gallery", "--out", clips.root)
    assert ran.exit_code == 1
    assert ran.stderr == "Error: index.html: cannot be written: Is a directory\n"


# --- verifying -----------------------------------------------------------------------------


def test_the_page_is_verified_where_there_is_one(clips):
    assert "page" not in [report.kind for report in verify_dist(clips)]
    write_gallery(clips)
    assert [report.clip for report in verify_dist(clips) if report.kind == "page"] == ["index.html"]
    assert gallery_failures(clips) == []


def test_a_page_that_was_changed_is_told(clips):
    write_gallery(clips)
    with (clips.root / "index.html").open("a") as page:
        page.write("<!-- more -->")
    sha, length = gallery_failures(clips)
    assert sha.startswith("index.html: sha256: expected ")
    assert length.startswith("index.html: size: expected ")


def test_a_page_that_is_missing_or_not_known_is_told(clips):
    write_gallery(clips)
    page = (clips.root / "index.html").read_bytes()
    (clips.root / "index.html").unlink()
    assert gallery_failures(clips) == ["index.html: expected a file, found none"]
    with clips.writing() as parts:
        clips.remove_page("index.html", parts)
    (clips.root / "index.html").write_bytes(page)
    assert gallery_failures(clips) == ["index.html: expected an entry in manifest.json, found none"]


def test_a_page_of_other_clips_is_told(clips):
    write_gallery(clips)
    publish(clips, "hills", beats=[("new", "Said anew.")])
    assert gallery_failures(clips) == [
        "index.html: expected the page of these clips, found that of others"
    ]
    assert "Said anew." in made(clips).source
    assert gallery_failures(clips) == []


# --- numbers and formulas ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (1.6, "1.6"), (-0.5640162121975574, "−0.564016"), (135.13321, "135.133"),
        (25.0, "25"), (1234567.0, "1234567"), (123456789.0, "1.23457 × 10<sup>8</sup>"),
        (0.0001234, "0.0001234"), (-2.193695e-05, "−2.1937 × 10<sup>−5</sup>"),
        (0.9999999, "1"), (float("inf"), "∞"), (float("-inf"), "−∞"),
    ],
)  # fmt: skip
def test_numbers_are_rounded_for_reading(value, text):
    assert number(value) == f'<data value="{value!r}">{text}</data>'


def test_what_is_no_number_is_said_in_words():
    assert "no value" in number(float("nan"))
    assert point((1.0, 2.0)).count("<data") == 2
    assert point([float("nan")]) == number(float("nan"))


def test_sizes_and_times():
    assert [size(n) for n in (3, 47_400, 999_949, 1_340_000)] == [
        "1 kB",
        "47 kB",
        "1000 kB",
        "1.3 MB",
    ]
    assert [clock(s) for s in (0, 59.99, 60, 803.4)] == ["0:00", "0:59", "1:00", "13:23"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("exp(x) - log(x)", "f(x)=ex−ln(x)"),
        ("x**2 + 9/25", "f(x)=x2+925"),
        ("x**2/7 - 1000001/3000000", "f(x)≈x27−0.333334"),
        ("exp(1)", "f(x)=e"),
    ],
)
def test_formulas_are_set_as_the_lecture_writes(text, shown):
    parser, found = HTMLParser(), []
    parser.handle_data = found.append
    parser.feed(formula(text, ("x",)))
    assert "".join(found).replace("\u2062", "") == shown


@pytest.mark.parametrize("text", ["x + y", "", "<b>x</b>", "x + " * 40 + "1", "__import__('os')"])
def test_what_is_no_short_formula_stays_text(text):
    markup = formula(text, ("x",))
    assert markup.startswith("<code>")
    assert "<b>" not in markup
