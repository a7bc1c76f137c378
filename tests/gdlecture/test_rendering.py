import json
import os
import pickle
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from manim.renderer.cairo_renderer import CairoRenderer
from PIL import Image

from gdlecture.catalogue import find_clip
from gdlecture.inputs import inputs_hash, versions
from gdlecture.media.captions import from_srt, from_vtt
from gdlecture.media.video import all_frames, video_facts
from gdlecture.render import rendering, worker
from gdlecture.render.work import RenderError, RenderRequest
from gdlecture.settings import Settings
from gdlecture.verify.evidence import read_evidence
from gdstage import clip as clip_module
from gdstage.look.theme import DARK, LIGHT, THEME_VARIABLE, rgb

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).parent
SUFFIXES = [".json", ".mp4", ".png", ".srt", ".vtt"]


def request(name="tiny", quality="l", theme="dark"):
    return RenderRequest.of(find_clip(name), Settings(quality, theme))


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_render_leaves_five_files_a_page_and_a_manifest(rendered):
    clip = [f"clips/tiny{s}" for s in SUFFIXES]
    assert files(rendered) == [*clip, "index.html", "manifest.json"]
    assert not list(rendered.rglob(".*"))


def test_the_video_is_as_it_should_be(rendered):
    facts = video_facts(rendered / "clips/tiny.mp4")
    assert (facts.codec, facts.pixel_format) == ("h264", "yuv420p")
    assert (facts.width, facts.height, facts.fps, facts.frames) == (854, 480, 15.0, 66)
    assert facts.moov_first


def test_evidence_captions_and_video_tell_the_same_story(rendered):
    clips = rendered / "clips"
    evidence = read_evidence(clips / "tiny.json")
    assert evidence.clip == "tiny"
    assert [mark.k for mark in evidence.marks] == [0, 1, 2, 3, 0]
    assert evidence.frames == sum(1 for _ in all_frames(clips / "tiny.mp4"))
    said = [(b.t0, b.t1, b.text) for b in evidence.beats]
    for captions in (
        from_srt((clips / "tiny.srt").read_text()),
        from_vtt((clips / "tiny.vtt").read_text()),
    ):
        assert [c.text for c in captions] == [text for _, _, text in said]
        assert [c.start for c in captions] == [round(1000 * t0) for t0, _, _ in said]
        assert [c.end for c in captions] == [round(1000 * t1) for _, t1, _ in said]


def test_the_poster_is_the_videos_last_frame(rendered):
    *_, last = all_frames(rendered / "clips/tiny.mp4")
    with Image.open(rendered / "clips/tiny.png") as poster:
        assert np.array_equal(np.asarray(poster), last.to_ndarray(format="rgb24"))


def test_the_manifest_tells_what_is_there_and_from_what(rendered):
    manifest = json.loads((rendered / "manifest.json").read_text())
    assert sorted(manifest["files"]) == [*(f"clips/tiny{s}" for s in SUFFIXES), "index.html"]
    for name, entry in manifest["files"].items():
        assert entry["size"] == (rendered / name).stat().st_size
    clip = manifest["clips"]["tiny"]
    assert clip["duration"] == manifest["files"]["clips/tiny.mp4"]["duration"] == 66 / 15
    assert clip["versions"] == versions()
    assert clip["description"] == "A dot on four iterates beside their axes, in five seconds."
    assert clip["description"] in (rendered / "index.html").read_text()
    settings = Settings("l", "dark")
    assert clip["inputs"] == inputs_hash("samples.tiny", asdict(settings), HERE / "samples")


@pytest.mark.slow
def test_the_same_sources_give_the_same_files_from_any_directory(rendered, tmp_path):
    # manim reads this file when it is imported, hence a process of its own.
    (tmp_path / "manim.cfg").write_text("[CLI]\nframe_rate = 7\n[video_encoder.options]\ncrf = 50")
    subprocess.run(
        [sys.executable, "-m", "gdlecture", "render", HERE / "samples/tiny.py", "-q", "l"],
        cwd=tmp_path,
        env={**os.environ, THEME_VARIABLE: "light", "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert files(tmp_path) == ["dist/" + name for name in files(rendered)] + ["manim.cfg"]
    for name in files(rendered):
        assert (tmp_path / "dist" / name).read_bytes() == (rendered / name).read_bytes(), name


def test_what_the_environment_says_is_left_as_it_was(monkeypatch):
    monkeypatch.setenv(THEME_VARIABLE, "light")
    clip = rendering.render_clip(request())
    assert os.environ[THEME_VARIABLE] == "light"
    assert DARK.iterate in clip.files[".json"].decode()


@pytest.mark.slow
def test_a_theme_is_a_matter_of_settings(monkeypatch):
    monkeypatch.delenv(THEME_VARIABLE, raising=False)
    clip = rendering.render_clip(request(theme="light"))
    assert THEME_VARIABLE not in os.environ
    assert LIGHT.iterate in clip.files[".json"].decode()
    assert DARK.iterate not in clip.files[".json"].decode()


def test_the_stages_own_encoder_settings_are_what_counts(rendered):
    # x264 writes its settings into the stream: not manim's, nor those of a manim.cfg.
    data = (rendered / "clips/tiny.mp4").read_bytes()
    assert b"crf=20.0" in data
    ground = next(all_frames(rendered / "clips/tiny.mp4")).to_ndarray(format="rgb24")[240, 400]
    assert np.abs(ground - 255 * rgb(DARK.ground)).max() < 6


def test_a_listener_hears_of_every_second(monkeypatch):
    heard = []
    monkeypatch.setattr(rendering, "finished_files", lambda *_: ({}, 0.0))
    rendering.render_clip(request(), lambda name, seconds: heard.append((name, seconds)))
    assert {name for name, _ in heard} == {"tiny"}
    seconds = [second for _, second in heard]
    assert seconds == sorted(seconds)
    assert len(seconds) > 10
    assert seconds[-1] == pytest.approx(66 / 15)


def test_a_failure_names_clip_beat_reason_and_line():
    with pytest.raises(RenderError) as failure:
        rendering.render_clip(request("breaks"))
    assert str(failure.value) == (
        "breaks: failed in the beat 'not fine': ZeroDivisionError: by nothing (breaks.py, line 12)"
    )
    assert str(pickle.loads(pickle.dumps(failure.value))) == str(failure.value)  # noqa: S301


def test_what_goes_to_a_worker_and_back_can_be_sent():
    sent = request()
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301


# --- scenes that do what no scene should ---------------------------------------------------

UNKIND = """
from gdstage.clip import Clip

class Mute(BaseException):
    def __str__(self):
        return 1 / 0

class Unkind(Clip):
    topic = "Test"

    def construct(self):
        self.beat("one", "Two words.")
        {}
"""


@pytest.mark.parametrize(
    ("does", "expected"),
    [
        ("raise SystemExit(3)", "failed in the beat 'one': SystemExit: 3 (unkind.py, line 13)"),
        ("exit()", "failed in the beat 'one': SystemExit: None (unkind.py, line 13)"),
        ("raise KeyboardInterrupt", "failed: KeyboardInterrupt"),
        ("raise Mute", "failed in the beat 'one': Mute (unkind.py, line 13)"),
        (
            "raise ValueError('\\x1b[31m\\ud800')",
            r"ValueError: \x1b[31m\ud800 (unkind.py, line 13)",
        ),
        ("input()", "(unkind.py, line 13)"),
        ("self.wait(1e9)", "'one': its video passes 30 minutes; does it end? (unkind.py, line 13)"),
    ],
)
def test_whatever_a_scene_raises_is_told(tmp_path, monkeypatch, does, expected):
    (tmp_path / "unkind.py").write_text(UNKIND.format(does))
    monkeypatch.syspath_prepend(tmp_path)
    asked = RenderRequest("unkind", "unkind", "Unkind", Settings("l", "dark"))
    try:
        with pytest.raises(RenderError) as told:
            worker.draw(asked)
    finally:
        del sys.modules["unkind"]
    assert str(told.value).startswith("unkind: failed")
    assert str(told.value).endswith(expected)
    assert str(told.value).isprintable()


def test_a_module_that_leaves_is_told(tmp_path, monkeypatch):
    (tmp_path / "unkind.py").write_text("import sys\nsys.exit('bye')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(RenderError, match=r"SystemExit: bye \(unkind\.py, line 2\)"):
        worker.draw(RenderRequest("unkind", "unkind", "Unkind", Settings("l", "dark")))


def test_a_video_is_the_same_to_the_last_bit_by_the_renderer_of_manim(monkeypatch):
    request = RenderRequest.of(find_clip("tiny"), Settings("l", "dark"))
    quick = rendering.render_clip(request).files
    monkeypatch.setattr(clip_module, "FilmRenderer", CairoRenderer)
    assert rendering.render_clip(request).files == quick
