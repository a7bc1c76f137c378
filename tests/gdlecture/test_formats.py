import io
import json

import av
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from gdlecture.__main__ import main
from gdlecture.dist import Dist
from gdlecture.media.video import all_frames, video_facts
from gdlecture.render.formats import repeatable
from gdlecture.render.production import over_budget
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings
from gdlecture.verify.verify import verify_clip
from gdstage.look.theme import DARK, rgb


def rendered_in(folder, *options):
    ran = CliRunner().invoke(main, ["render", "tiny", "-q", "l", *options, "--out", str(folder)])
    assert ran.exit_code == 0, ran.output
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Renders the tiny clip in a format, once a session."""
    folders = {}

    def make(*options):
        if options not in folders:
            folders[options] = rendered_in(tmp_path_factory.mktemp("made"), *options)
        return folders[options]

    return make


def failures(dist, kind):
    return list(verify_clip(dist / f"clips/tiny.{kind}", dist / "clips/tiny.json").failures)


# --- gif -----------------------------------------------------------------------------------


def test_a_gif_loops_for_ever_is_small_and_shows_the_clip(made, rendered):
    path = made("--format", "gif") / "clips/tiny.gif"
    data = path.read_bytes()
    assert data[:6] == b"GIF89a"
    assert b"NETSCAPE2.0\x03\x01\x00\x00\x00" in data
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (640, 360)
        assert image.n_frames == 66
        lasts = 0
        for i in range(image.n_frames):
            image.seek(i)
            lasts += image.info["duration"]
            last = np.asarray(image.convert("RGB")).astype(int)
    assert lasts == pytest.approx(66 * 1000 / 15, abs=100)
    *_, frame = all_frames(rendered / "clips/tiny.mp4")
    expected = frame.reformat(640, 360, "rgb24", interpolation="AREA").to_ndarray().astype(int)
    assert np.abs(last - expected).mean() < 2
    assert len(data) < 150_000


def test_a_gif_is_verified_for_what_it_can_show(made, lecture):
    dist = made("--format", "gif")
    assert failures(dist, "gif") == []
    ran = lecture("verify", dist)
    assert (ran.exit_code, ran.stderr) == (0, "")


def test_a_gif_that_is_too_short_is_told(made, tmp_path):
    dist = made("--format", "gif")
    with Image.open(dist / "clips/tiny.gif") as image:
        image.save(tmp_path / "tiny.gif", save_all=False)
    for suffix in (".json", ".srt", ".vtt", ".png"):
        (tmp_path / f"tiny{suffix}").write_bytes((dist / f"clips/tiny{suffix}").read_bytes())
    told = verify_clip(tmp_path / "tiny.gif", tmp_path / "tiny.json").failures
    assert [line.partition(":")[0] for line in told] == ["duration"]


# --- webm ----------------------------------------------------------------------------------


def test_a_webm_is_as_true_as_an_mp4(made, lecture):
    dist = made("--format", "webm")
    assert failures(dist, "webm") == []
    facts = video_facts(dist / "clips/tiny.webm")
    assert (facts.codec, facts.frames, facts.fps) == ("vp9", 66, 15.0)
    ran = lecture("verify", dist)
    assert ran.exit_code == 0
    assert ran.stdout.startswith(
        "tiny: true: 1 walk, 11 numbers, 7 words, 1 line, 1 point, 5 dots, "
    )


def opacity(path):
    """The alpha of the last picture; only libvpx reads it."""
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    with av.open(path) as container:
        frames = [
            frame
            for packet in container.demux(container.streams.video[0])
            if packet.size
            for frame in decoder.decode(packet)
        ]
    return frames[-1].to_ndarray(format="rgba")[..., 3]


@pytest.mark.slow
def test_a_transparent_webm_has_no_ground(made):
    dist = made("--format", "webm", "--transparent")
    alpha = opacity(dist / "clips/tiny.webm")
    assert alpha[2, 2] == 0
    assert (alpha == 0).mean() > 0.8
    assert alpha.max() == 255
    assert failures(dist, "webm") == []


def test_a_webm_that_is_not_transparent_has_a_ground(made):
    path = made("--format", "webm") / "clips/tiny.webm"
    assert opacity(path).min() == 255
    ground = next(all_frames(path)).to_ndarray(format="rgb24")[240, 400]
    assert np.abs(ground - 255 * rgb(DARK.ground)).max() < 6


@pytest.mark.slow
def test_the_same_webm_twice_has_the_same_bytes(made, tmp_path):
    again = rendered_in(tmp_path, "--format", "webm") / "clips/tiny.webm"
    assert again.read_bytes() == (made("--format", "webm") / "clips/tiny.webm").read_bytes()


@pytest.mark.parametrize("kind", ["mp4", "gif"])
def test_only_a_webm_is_transparent(lecture, kind):
    assert lecture("render", "tiny", "--format", kind, "--transparent").exit_code == 2


# --- one video a clip ----------------------------------------------------------------------


def clip(kind, body=b"x", duration=60.0, quality="h"):
    files = dict.fromkeys([f".{kind}", ".srt", ".vtt", ".png", ".json"], body)
    settings = Settings(quality, format=kind)
    return RenderedClip("one", files, duration, settings, "hash", {}, 1.0)


def test_a_clip_in_a_new_format_replaces_the_old(tmp_path):
    dist = Dist(tmp_path)
    dist.prepare()
    for kind in ("mp4", "gif", "webm", "mp4"):
        dist.publish(clip(kind))
        names = {f"one.{kind}", "one.srt", "one.vtt", "one.png", "one.json"}
        assert {path.name for path in dist.clips.iterdir()} == names
        assert dist.manifest()["files"].keys() == {f"clips/{name}" for name in names}
        assert dist.unchanged({"one": "hash"}) == {"one"}
        assert dist.video("one").suffix == f".{kind}"


@pytest.mark.parametrize(
    ("size", "duration", "quality", "broken"),
    [
        (7_900_000, 60.0, "h", False),
        (8_100_000, 60.0, "h", True),
        (8_100_000, 62.0, "h", False),
        (4_100_000, 30.0, "l", True),
        (1_300_000, 2.0, "h", False),
        (1_400_000, 2.0, "h", True),
        (9_000_000, 60.0, "k", False),
    ],
)
def test_a_clip_that_is_too_large_is_told(size, duration, quality, broken):
    told = over_budget(clip("mp4", bytes(size), duration, quality))
    assert bool(told) == broken
    if broken:
        assert told.startswith(f"one.mp4: {size / 1e6:.1f} MB for {duration:.0f} s are more than 8")


def test_the_excess_is_said_when_rendered(lecture, tmp_path, drawing):
    files = dict.fromkeys([".mp4", ".srt", ".vtt", ".png", ".json"], bytes(3_000_000))

    def draw(request):
        inputs = f"{request.module} {request.settings.quality}"
        return RenderedClip(request.name, files, 9.0, request.settings, inputs, {}, 1.0)

    drawing(draw)
    ran = lecture("render", "tiny", "--out", tmp_path)
    assert ran.exit_code == 0
    assert "tiny.mp4: 3.0 MB for 9 s are more than 8 MB a minute" in ran.stderr.splitlines()
    assert json.loads((tmp_path / "manifest.json").read_text())["clips"]["tiny"]["format"] == "mp4"


@pytest.mark.parametrize(
    ("flags", "given", "options"),
    [
        ("avx avx2", {"crf": "20"}, {"crf": "20"}),
        ("avx2 avx512f", {"crf": "20"}, {"crf": "20", "x264-params": "asm=avx2"}),
        ("avx512bw", {"x264-params": "mbtree=0"}, {"x264-params": "mbtree=0:asm=avx2"}),
        (None, {}, {}),
    ],
)
def test_x264_keeps_from_what_is_not_repeatable(flags, given, options, tmp_path):
    cpuinfo = tmp_path / "cpuinfo"
    if flags is not None:
        cpuinfo.write_text(f"flags : {flags}\n")
    assert repeatable(given, cpuinfo) == options


def test_an_mp4_does_not_depend_on_how_many_cores_there_are(made):
    assert b" threads=1 " in (made() / "clips/tiny.mp4").read_bytes()
