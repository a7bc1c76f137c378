"""Manifests and evidence that are not what they should be: one line each, in every command."""

import copy
import json
import math

import pytest

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.lines import one_line, said_by
from gdlecture.manifest import empty_manifest, is_clip_name, read_manifest
from gdlecture.render.work import RenderedClip
from gdlecture.schema import SchemaError
from gdlecture.settings import Settings
from gdlecture.verify import evidence as reader
from gdlecture.verify.evidence import EvidenceError, read_evidence
from gdstage.proof import evidence as writer

SHA = "0" * 64
SHOWN = "expected text that can be shown"
CLIP = {
    "inputs": "i", "description": "", "duration": 1.0, "quality": "h", "theme": "dark",
    "format": "mp4", "versions": {"manim": "0.22"},
}  # fmt: skip
WHOLE = {
    "schema": 1,
    "files": {"clips/one.mp4": {"sha256": SHA, "size": 3, "duration": 1.0}},
    "clips": {"one": CLIP},
    "lecture": {"inputs": "i", "clips": ["one"], "duration": 1.0, "files": ["lecture.mp4"]},
    "deck": {
        "inputs": "i", "clips": {"one": "h"}, "slides": 2, "chosen": [], "one_file": False,
        "poster": "last", "files": ["deck.html"],
    },
    "pages": {
        "index.html": {"of": "h"},
        "explorer.html": {"inputs": "i", "expressions": ["x"], "functions": 5, "window": [0, 1]},
        "proof.json": {},
    },
}  # fmt: skip

BROKEN = {
    "": "expected JSON, found none: ",
    "{": "expected JSON, found none: ",
    b"\xff\xfe\x00\x01": "expected JSON, found none: 'utf-8' codec",
    "[" * 100_000: "expected JSON, found none: ",
    '{"schema": NaN}': 'NaN is no number of JSON; write "nan"',
    "[]": "expected an object, found []",
    "7": "expected an object, found 7",
    '{"files": {}, "clips": {}}': "schema: expected 1, found none: an older version wrote it; "
    "render again",
    '{"schema": 2, "files": {}, "clips": {}}': "schema: expected 1, found 2; render again",
    '{"schema": true}': "schema: expected 1, found true",
    '{"schema": 1}': "files: expected an object, found null",
}
"""What a manifest may hold that is none, and what is told of it."""

SPOILT = [
    (("pages",), 7, "pages: expected an object, found 7"),
    (("lecture",), [], "lecture: expected an object, found []"),
    (("lecture",), None, "lecture: expected an object, found null"),
    (("deck",), {}, "deck.clips: expected an object, found null"),
    (("clips", "one"), 3, "clips.one: expected an object, found 3"),
    (("clips", "one", "duration"), "long", 'clips.one.duration: expected a number, found "long"'),
    (("clips", "one", "duration"), "nan", "clips.one.duration: expected a finite positive number"),
    (("clips", "one", "theme"), "sepia", 'clips.one.theme: expected dark or light, found "sepia"'),
    (("clips", "one", "versions"), {"a": 1}, "clips.one.versions.a: expected str, found 1"),
    (("clips", "../one"), CLIP, "clips.../one: expected the name of a clip"),
    (("files", "clips/one.mp4", "size"), -1, "files.clips/one.mp4.size: expected a whole number"),
    (("files", "clips/one.mp4", "sha256"), "x", "sha256: expected 64 hexadecimal digits"),
    (("files", "../../x"), {"sha256": SHA, "size": 1}, "expected paths within the folder"),
    (("lecture", "files"), ["/etc/passwd"], "lecture.files: expected paths within the folder"),
    (("deck", "files"), [3], "deck.files: expected a list of texts, found [3]"),
    (("deck", "poster"), "middle", "deck.poster: expected last or first"),
    (
        ("deck", "chosen"),
        ["\ud800"],
        r'deck.chosen[0]: expected text that can be shown, found "\ud800"',
    ),
    (("pages", "explorer.html", "window"), [1, 0], "expected two rising numbers, found [1, 0]"),
    (("more",), {"a": [10**400]}, "more.a[0]: expected a number of float64's range"),
    (("more",), "a\x1b[31m", r'more: expected text that can be shown, found "a\u001b[31m"'),
]


def spoilt(document, path, value):
    document = copy.deepcopy(document)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


def lines(ran):
    """What a command tells on stderr, of which nothing surprises a terminal."""
    told = ran.stderr.splitlines()
    assert all(line.isprintable() for line in told)
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    return told


# --- the manifest --------------------------------------------------------------------------


@pytest.fixture
def dist(tmp_path):
    """A folder with a clip whose files are none."""
    dist = Dist(tmp_path / "dist")
    dist.prepare()
    files = dict.fromkeys((".mp4", ".srt", ".vtt", ".png", ".json"), b"x")
    dist.publish(RenderedClip("one", files, 1.0, Settings(), "i", {}, 1.0))
    return dist


def put(dist, content):
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    dist.manifest_path.write_bytes(data)


def test_a_manifest_may_have_all_that_is_documented(dist):
    put(dist, json.dumps(WHOLE))
    assert dist.manifest() == WHOLE
    put(dist, json.dumps({**WHOLE, "unknown": [{"key": None}]}))
    assert dist.trouble() == ""
    put(dist, json.dumps(empty_manifest()))
    assert dist.manifest() == empty_manifest()


@pytest.mark.parametrize(("content", "expected"), BROKEN.items(), ids=lambda text: repr(text[:30]))
def test_what_is_no_manifest_is_told_where(dist, content, expected):
    put(dist, content)
    assert dist.trouble().startswith(f"{dist.manifest_path}: ")
    assert expected in dist.trouble()
    assert dist.trouble().isprintable()


@pytest.mark.parametrize(("path", "value", "expected"), SPOILT)
def test_a_spoilt_manifest_is_told_where(dist, path, value, expected):
    put(dist, json.dumps(spoilt(WHOLE, path, value)))
    assert expected in dist.trouble()
    assert dist.trouble().isprintable()


def leaves(value, path=()):
    """Every place in a document."""
    yield path
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))


def test_no_value_at_any_place_of_a_manifest_breaks_its_reader(tmp_path):
    path, told = tmp_path / "manifest.json", []
    for place in list(leaves(WHOLE))[1:]:
        for value in (None, True, -1, 1e308, "", "x" * 9999, [], [[]], {}, {"a": [None]}):
            path.write_text(json.dumps(spoilt(WHOLE, place, value)))
            try:
                read_manifest(path)
            except SchemaError as error:
                told.append(str(error))
    assert len(told) > 100
    assert all(line.isprintable() and len(line) < 400 for line in told)


@pytest.mark.parametrize("content", ["7", json.dumps({**WHOLE, "pages": 7})], ids=["7", "pages"])
@pytest.mark.parametrize(
    "command",
    [["deck"], ["explore"], ["gallery"], ["join"], ["list"], ["remove", "one"], ["verify"]],
    ids=" ".join,
)
def test_every_command_tells_a_broken_manifest_on_one_line(lecture, dist, command, content):
    put(dist, content)
    ran = lecture(*command, "--out", dist.root)
    (line,) = lines(ran)
    assert ran.exit_code == 1
    assert f"{dist.manifest_path}: " in line
    assert "expected an object, found 7" in line
    assert dist.manifest_path.read_text() == content
    assert not (dist.root / ".part").exists()


def test_a_render_makes_a_broken_manifest_anew_and_says_so(lecture, dist, drawing):
    def draw(request):
        files = dict.fromkeys((".mp4", ".srt", ".vtt", ".png", ".json"), b"x")
        inputs = f"{request.module} {request.settings.quality}"
        return RenderedClip(request.name, files, 1.0, request.settings, inputs, {}, 1.0)

    drawing(draw)
    put(dist, "[]")
    ran = lecture("render", "tiny", "--out", dist.root)
    assert ran.exit_code == 0
    assert lines(ran)[0].endswith("manifest.json: expected an object, found []; it is made anew")
    assert dist.manifest()["clips"].keys() == {"tiny"}


def test_a_broken_part_is_not_gathered(lecture, dist, tmp_path):
    put(dist, "[]")
    ran = lecture("gather", tmp_path, "--out", tmp_path / "out")
    (line,) = lines(ran)
    assert ran.exit_code == 1
    assert line.endswith("manifest.json: expected an object, found []")


@pytest.mark.parametrize("name", ["one", "Σπίτι", "my clip", "x-1", "🏠"])
def test_names_of_clips(name):
    assert is_clip_name(name)
    assert not any(map(is_clip_name, ["", f"../{name}", f".{name}", f"a\\{name}", f"{name}\n"]))


# --- the evidence --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def film(tmp_path_factory, film_clip):
    """A folder with a film, and a deck and a gallery of it."""
    dist = Dist(tmp_path_factory.mktemp("film") / "dist")
    dist.prepare()
    film_clip(dist, "alpha", (4, 5))
    return dist


@pytest.fixture
def evidence(film, monkeypatch):
    """The path of its evidence, which is put right again."""
    monkeypatch.setattr(catalogue, "ORDER", ("alpha",))
    path = film.clips / "alpha.json"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


MARK = {
    "walk": "w", "k": 0, "point": [1], "t0": 0, "t1": 0.1, "pixel": [5, 5], "radius": 3,
    "color": "#ff0000", "on_screen": True,
}  # fmt: skip
LABEL = {"kind": "word", "what": "label", "t0": 0, "t1": 0.1, "text": "x", "code": "x", "em": 9}
STRIP = {"every": 4, "across": 32, "up": 18, "pictures": "eJwDAAAAAAE="}
UNEVEN = {"what": "coordinate", "of": {"walk": "w", "k": 0, "axis": [0, 1]}, "value": [1]}

HOSTILE = [
    (("schema",), None, "schema: expected 2, found none: an older version wrote it; render the"),
    (("schema",), 99, "schema: expected 2, found 99; render the clip again"),
    (("width",), 0, "width: expected a whole number from 1 to 16384, found 0"),
    (("width",), -320, "width: expected a whole number from 1"),
    (("height",), 10**9, "height: expected a whole number from 1"),
    (("height",), 1e308, "height: expected int, found 1e+308"),
    (("fps",), 1e308, "fps: expected a finite positive number of at most 1000"),
    (("duration",), "nan", "duration: expected a finite positive number"),
    (("duration",), 10**400, "duration: expected a number of float64's range"),
    (("duration",), math.nan, 'expected JSON, found none: NaN is no number of JSON; write "nan"'),
    (("duration",), math.inf, "expected JSON, found none: Infinity is no number of JSON"),
    (("poster",), -1, "poster: expected a number from 0 to 100000, found -1"),
    (("beats",), 7, "beats: expected list, found 7"),
    (("beats", 0, "title"), "a\x1b[3mb", rf'beats[0].title: {SHOWN}, found "a\u001b[3mb"'),
    (("beats", 0, "title"), "\x00", rf'beats[0].title: {SHOWN}, found "\u0000"'),
    (("beats", 0, "title"), "\ufffe", "beats[0].title: expected text that can be shown"),
    (("beats", 1, "text"), "half \ud83d", "beats[1].text: expected text that can be shown"),
    (("beats", 1, "t1"), 1e308, "beats[1].t1: expected a time of at most 100000 s"),
    (("marks",), [MARK | {"pixel": [1e308, 5]}], "marks[0].pixel: expected two numbers within"),
    (("marks",), [MARK | {"pixel": [5, "nan"]}], "marks[0].pixel: expected two numbers within"),
    (("marks",), [MARK | {"radius": 1e308}], "marks[0].radius: expected a finite positive number"),
    (("marks",), [MARK | {"place": [3]}], "marks[0].place: expected facts, found [3]"),
    (("claims",), [LABEL | {"box": [0, 0, 1e308, 1]}], "claims[0].box: expected pixels within"),
    (("claims",), [LABEL | {"box": [0, 0, 1]}], "claims[0].box: expected four numbers"),
    (("claims",), [LABEL | {"path": [[[0, -1e308]]]}], "claims[0].path: expected pixels within"),
    (("claims",), [LABEL | {"disc": [5, 5, 0]}], "claims[0].disc: expected a middle and"),
    (("claims",), [LABEL | {"disc": [5, 1e10, 1]}], "claims[0].disc: expected pixels within"),
    (("claims",), [LABEL | {"places": [[UNEVEN]]}], "claims[0].places: expected places"),
    (("claims",), [LABEL | {"em": "9"}], "claims[0].em: expected a positive number"),
    (("claims",), [LABEL | {"facts": [{"of": 3}]}], "claims[0].facts: expected facts"),
    (("claims",), [LABEL | {"\ud800": 1}], r"claims[0].\ud800: expected text that can be shown"),
    (("silent",), [[0, 1, 2, 3]], "silent: expected rows of seconds and a box"),
    (("silent",), None, "silent: expected list, found null"),
    (("still",), [[0, "x"]], 'still: expected a number, found "x"'),
    (("strip",), [], "strip: expected an object, found []"),
    (("strip",), STRIP | {"every": 0}, "strip.every: expected a whole number from 1 to 256"),
    (("strip",), STRIP | {"up": 1e308}, "strip.up: expected int, found 1e+308"),
    (("strip",), STRIP | {"pictures": "?"}, "strip.pictures: expected tiny pictures, found"),
    (("strip",), STRIP, 'strip.pictures: expected tiny pictures, found "expected'),
    (("walks",), [{"name": 3}], "walks[0].name: expected str, found 3"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "expected"), HOSTILE)
def test_hostile_evidence_is_told_where(evidence, path, value, expected):
    evidence.write_text(json.dumps(spoilt(json.loads(evidence.read_bytes()), path, value)))
    with pytest.raises(EvidenceError) as told:
        read_evidence(evidence)
    assert str(told.value).startswith(f"alpha.json: {expected}")
    assert str(told.value).isprintable()


@pytest.mark.parametrize("content", [b"\xff\x00", b"[1]", b"{", b"[" * 99_999, b'{"schema": 2'])
def test_what_is_no_evidence_is_told(evidence, content):
    evidence.write_bytes(content)
    with pytest.raises(EvidenceError, match=r"^alpha\.json: expected (JSON|an object), found"):
        read_evidence(evidence)


@pytest.mark.parametrize(
    "command",
    [["deck"], ["gallery"], ["join"], ["sheet", "alpha"], ["verify", "--jobs", "1"]],
    ids=lambda words: words[0],
)
def test_every_command_tells_hostile_evidence_on_one_line(lecture, film, evidence, command):
    told = spoilt(json.loads(evidence.read_bytes()), ("beats", 0, "title"), "a\x1b\ud800")
    evidence.write_text(json.dumps(told))
    ran = lecture(*command, "--out", film.root)
    assert ran.exit_code == 1
    found = [
        line
        for line in lines(ran)
        if "beats[0].title: expected text that can be shown, found" in line
    ]
    assert len(found) == 1
    assert "alpha.json: " in found[0]


def test_who_writes_evidence_and_who_reads_it_mean_the_same():
    assert writer.SCHEMA == reader.SCHEMA


# --- lines ---------------------------------------------------------------------------------


def test_a_line_is_one_and_can_be_shown():
    assert one_line("a\n  b\t\x1b[0m \u202e \ud800 α 房") == "a b \\x1b[0m \\u202e \\ud800 α 房"
    assert one_line("x" * 1000) == "x" * 297 + "..."
    assert said_by(ValueError("no\nmore")) == "ValueError: no more"
    assert said_by(ValueError()) == "ValueError"
    mute = type("Mute", (Exception,), {"__str__": lambda _: 1 / 0})
    assert said_by(mute()) == "Mute"
