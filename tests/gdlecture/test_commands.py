import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.inputs import inputs_hash
from gdlecture.manifest import empty_manifest
from gdlecture.render import production
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def clip(name, body=b"new", inputs="hash"):
    suffixes = (".mp4", ".srt", ".vtt", ".png", ".json")
    return RenderedClip(
        name, dict.fromkeys(suffixes, body), 1.0, Settings(), inputs, {"manim": "0.22"}, 2.0
    )


def drawn(request, body=b"new"):
    return clip(request.name, body, f"{request.module} {request.settings.quality}")


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def one_line(ran):
    """The only line that a failed command says."""
    (line,) = ran.stderr.strip().splitlines()
    assert "Traceback" not in ran.output
    return line


# --- list and help -------------------------------------------------------------------------


def test_list_names_describes_and_times_the_clips(lecture, rendered):
    ran = lecture("list", "--out", rendered)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        "breaks         -  Raises in the middle of its second beat.",
        "tiny       4.4 s  A dot on four iterates beside their axes, in five seconds.",
    ]


@pytest.mark.parametrize(
    "command", ["", "figures", "gallery", "list", "remove", "render", "verify", "sheet"]
)
def test_help_gives_examples(lecture, command):
    words = command.split()
    ran = lecture(*words, "--help")
    assert ran.exit_code == 0
    assert f"\n    {' '.join(['lecture', *words])}" in ran.stdout.partition("Examples:")[2]


def test_the_module_is_the_command():
    ran = subprocess.run(
        [sys.executable, "-m", "gdlecture", "--version"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert ran.stdout == "lecture 0.1.0\n"


# --- wrong usage ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["render", "sheet"])
def test_a_typo_is_wrong_usage_and_the_nearest_is_suggested(lecture, command):
    ran = lecture(command, "tinny")
    assert ran.exit_code == 2
    assert ran.stderr.endswith("there is no clip 'tinny'; did you mean tiny?\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "-q", "z"],
        ["render", "--theme", "sepia"],
        ["render", "--out", __file__],
        ["verify", "no-such-folder"],
        ["verify", "tests", "--out", "tests"],
        ["sheet"],
        ["sheet", "tiny", "--frames", "0"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(lecture, arguments):
    assert lecture(*arguments).exit_code == 2


# --- render --------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_told_before_rendering(lecture, tmp_path, drawing):
    drawing(lambda _: pytest.fail("rendered"))
    (tmp_path / "file").write_text("in the way")
    ran = lecture("render", "tiny", "--out", tmp_path / "file/dist")
    assert ran.exit_code == 1
    assert one_line(ran) == f"Error: cannot write in {tmp_path}/file/dist: Not a directory"


def test_a_scene_that_raises_is_one_line_and_the_others_are_rendered(lecture, tmp_path):
    out = tmp_path / "dist"
    ran = lecture("render", "breaks", "tiny", "-q", "l", "--out", out)
    assert ran.exit_code == 1
    failure, other = sorted(ran.stderr.strip().splitlines())
    assert failure.startswith("breaks: failed in the beat 'not fine': ZeroDivisionError")
    assert other.startswith("tiny: 4.4 s of video in ")
    assert ran.stdout.startswith("1 clip (4.4 s of video) in ")
    assert ran.stdout.splitlines()[0].endswith("; failed: breaks")
    names = {path.stem for path in (out / "clips").iterdir()}
    assert names == {"tiny"}
    assert sorted(path.name for path in out.iterdir()) == [
        "clips", "index.html", "manifest.json",
    ]  # fmt: skip


def test_a_failure_leaves_the_clip_of_before_as_it_was(lecture, dist):
    Dist(dist).publish(clip("breaks"))
    before = snapshot(dist / "clips")
    assert lecture("render", "breaks", "-q", "l", "--out", dist).exit_code == 1
    assert snapshot(dist / "clips") == before


def test_without_names_all_clips_are_rendered_once(lecture, tmp_path, drawing):
    asked = []

    def fake(request):
        asked.append((request.name, request.settings.quality, request.settings.theme))
        return drawn(request)

    drawing(fake)
    assert lecture("render", "--out", tmp_path, "--theme", "light").exit_code == 0
    assert asked == [("breaks", "h", "light"), ("tiny", "h", "light")]
    asked.clear()
    assert lecture("render", "tiny", "tiny", "--force", "--out", tmp_path).exit_code == 0
    assert asked == [("tiny", "h", "dark")]


def test_a_disk_that_fills_up_leaves_no_half_files(lecture, dist, monkeypatch, drawing):
    before = snapshot(dist)
    drawing(lambda request: drawn(request, b"x" * 100))
    write, written = Path.write_bytes, []

    def full(path, data):
        if len(data) == 100:
            written.append(path)
            if len(written) == 3:
                write(path, data[:50])
                raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = lecture("render", "tiny", "--out", dist)
    assert ran.exit_code == 1
    assert one_line(ran) == f"cannot write tiny in {dist}: No space left on device"
    assert snapshot(dist) == before


def test_what_a_killed_run_left_is_cleared_away(lecture, dist, drawing):
    drawing(drawn)
    (dist / ".part").mkdir()
    (dist / ".part/tiny.mp4").write_bytes(b"half")
    assert lecture("render", "tiny", "--out", dist).exit_code == 0
    assert not (dist / ".part").exists()


def test_other_clips_stay_in_the_manifest(dist):
    before = Dist(dist).manifest()
    Dist(dist).publish(clip("other"))
    after = Dist(dist).manifest()
    assert after["clips"].keys() == {"tiny", "other"}
    assert all(after["files"][name] == entry for name, entry in before["files"].items())


# --- sheet ---------------------------------------------------------------------------------


def test_a_sheet_shows_frames_of_the_video(lecture, dist):
    ran = lecture("sheet", "tiny", "--frames", "6", "--out", dist)
    assert (ran.exit_code, ran.stdout) == (0, f"{dist}/sheets/tiny.png\n")
    with Image.open(dist / "sheets/tiny.png") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    height, width, _ = pixels.shape
    assert width == 4 * 480 + 3 * 10 + 2 * 16
    # Two rows of thumbnails; their ground differs from the sheet's.
    ground = np.abs(pixels - [0x11, 0x13, 0x1A]).max(axis=-1) < 8
    rows = np.flatnonzero(np.diff((ground[:, 100] | ground[:, 300]).astype(int)) > 0)
    assert len(rows) >= 2
    assert 2 * 270 < height < 2 * 270 + 200
    yellow = np.abs(pixels - [0xF4, 0xE0, 0x4D]).max(axis=-1) < 40
    assert yellow.any()


def test_a_sheet_goes_where_it_is_told(lecture, rendered, tmp_path):
    before = snapshot(rendered)
    target = tmp_path / "new/sheet.png"
    ran = lecture("sheet", "tiny", "-o", target, "--frames", "2", "--out", rendered)
    assert ran.exit_code == 0
    assert [path.name for path in target.parent.iterdir()] == ["sheet.png"]
    assert snapshot(rendered) == before


@pytest.mark.parametrize("suffix", [".png", ".json", ".srt", ".mp4"])
def test_a_sheet_never_takes_the_place_of_one_of_the_clips_files(lecture, rendered, suffix):
    before = snapshot(rendered)
    video = rendered / "clips/tiny.mp4"
    for clip in "tiny", video:
        ran = lecture("sheet", clip, "-o", video.with_suffix(suffix), "--out", rendered)
        assert ran.exit_code == 2
        assert "is one of the clip's own files; write tiny.sheet.png, or" in ran.stderr
    assert snapshot(rendered) == before


def test_verify_takes_the_folder_as_the_other_commands_do(lecture, dist, tmp_path):
    ran = lecture("verify", "--out", dist)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[-1].endswith("all true")
    ran = lecture("verify", "--out", tmp_path / "nowhere")
    assert ran.exit_code == 1
    assert one_line(ran).endswith("there is no such folder; first: lecture render")


def test_a_sheet_of_what_is_not_rendered_is_refused(lecture, tmp_path):
    ran = lecture("sheet", "tiny", "--out", tmp_path)
    assert ran.exit_code == 1
    assert one_line(ran).endswith("there is no such video; first: lecture render tiny")


def test_a_sheet_that_cannot_be_written_is_one_line(lecture, rendered, tmp_path):
    (tmp_path / "file").write_text("in the way")
    ran = lecture("sheet", "tiny", "--out", rendered, "-o", tmp_path / "file/x.png")
    assert ran.exit_code == 1
    reason = "a file stands where its folder should be"
    assert one_line(ran) == f"Error: cannot write {tmp_path}/file/x.png: {reason}"


# --- sources that are no Python ------------------------------------------------------------


@pytest.fixture
def scenes(tmp_path, monkeypatch, drawing):
    """Makes these files the catalogue; each of them is drawn at once."""
    till_the_end = ExitStack()

    def make(**sources):
        folder = tmp_path / "some_scenes"
        folder.mkdir(exist_ok=True)
        for name, source in {"__init__": "", **sources}.items():
            (folder / f"{name}.py").write_text(source)
        monkeypatch.chdir(tmp_path)
        till_the_end.enter_context(catalogue.clips_in(folder))
        return folder

    drawing(lambda request: clip(request.name, inputs=hashed(request)))
    monkeypatch.setattr(production, "inputs_hash", inputs_hash)
    with till_the_end:
        yield make


def hashed(request):
    return inputs_hash(request.module, asdict(request.settings), request.folder)


def test_a_syntax_error_names_file_and_line_and_the_others_are_rendered(lecture, scenes, tmp_path):
    scenes(
        broken="x = 1\ndef f(:\n", fine='"""Fine."""\n', uses="from some_scenes import broken\n",
    )  # fmt: skip
    ran = lecture("render", "--out", tmp_path / "dist")
    assert ran.exit_code == 1
    assert "Traceback" not in ran.output
    told = ran.stderr.splitlines()
    assert told[:2] == [
        "broken: failed: some_scenes/broken.py, line 2: invalid syntax",
        "uses: failed: some_scenes/broken.py, line 2: invalid syntax",
    ]
    assert told[2].startswith("fine: 1.0 s of video in ")
    assert ran.stdout.startswith("1 clip (1.0 s of video) in ")
    assert ran.stdout.splitlines()[0].endswith("; failed: broken, uses")
    assert Dist(tmp_path / "dist").clip_names() == ["fine"]


def test_a_syntax_error_is_told_though_all_else_is_unchanged(lecture, scenes, tmp_path):
    folder = scenes(fine="")
    assert lecture("render", "--out", tmp_path / "dist").exit_code == 0
    (folder / "broken.py").write_text("(")
    ran = lecture("render", "--out", tmp_path / "dist")
    assert ran.exit_code == 1
    assert sorted(ran.stderr.splitlines()) == [
        "broken: failed: some_scenes/broken.py, line 1: '(' was never closed",
        "fine: unchanged",
    ]
    assert "(cannot be read: '(' was never closed, line 1)" in lecture("list").stdout


# --- clips that are gone -------------------------------------------------------------------


def test_a_render_says_which_clips_are_gone_and_what_to_do(lecture, scenes, tmp_path):
    out = tmp_path / "my dist"
    folder = scenes(fine="", old="")
    assert lecture("render", "--out", out).exit_code == 0
    Dist(out).publish(clip("descend_x_pow_2"))
    (folder / "old.py").unlink()
    ran = lecture("render", "--out", out)
    assert ran.exit_code == 0
    assert ran.stderr.splitlines() == [
        "fine: unchanged",
        f"old: is no clip here any more; to take it out: lecture remove old --out '{out}'",
    ]
    ran = lecture("remove", "old", "--out", out)
    assert (ran.exit_code, ran.stdout) == (0, f"old: removed from {out}/clips\n")
    assert lecture("render", "--out", out).stderr == "fine: unchanged\n"
    assert Dist(out).clip_names() == ["descend_x_pow_2", "fine"]


def test_what_is_removed_leaves_film_slides_and_page_too(lecture, filmed, monkeypatch):
    monkeypatch.setattr(catalogue, "ORDER", ("alpha",))
    out = filmed.root
    for command in ("join", "deck", "gallery"):
        assert (ran := lecture(command, "--out", out)).exit_code == 0, ran.output
    ran = lecture("remove", "alpha", "--out", out)
    assert (ran.exit_code, ran.stderr) == (0, "")
    told = [line.removeprefix(f"{out}/").partition(": ")[0] for line in ran.stdout.splitlines()]
    assert told == ["alpha", "deck.html with deck/", "deck.pptx", "index.html"]
    assert not [path for path in out.rglob("*") if "alpha" in path.name or "lecture" in path.name]
    assert not [path for path in filmed.manifest()["files"] if "alpha" in path]
    assert lecture("remove", "beta", "--out", out).exit_code == 0
    assert [path.name for path in out.iterdir()] == ["manifest.json"]
    assert one_line(lecture("deck", "--out", out)).endswith("there are no clips; render first")
    assert filmed.manifest() == empty_manifest()


def test_what_the_manifest_does_not_know_can_be_removed(lecture, dist):
    (dist / "clips/stray.mp4").write_bytes(b"x")
    ran = lecture("remove", "stray", "--out", dist)
    assert ran.exit_code == 0
    assert not (dist / "clips/stray.mp4").exists()


@pytest.mark.parametrize("names", [["tinny"], ["tiny", "tinny"], ["../manifest"], ["clips/tiny"]])
def test_a_clip_that_is_not_there_is_not_removed_nor_is_another(lecture, dist, names):
    before = snapshot(dist)
    ran = lecture("remove", *names, "--out", dist)
    assert ran.exit_code == 2
    assert f"there is no clip '{names[-1]}' in {dist}/clips" in ran.stderr
    assert snapshot(dist) == before


# --- nothing rendered, nothing made --------------------------------------------------------


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(
    "command",
    [["deck"], ["gallery"], ["join"], ["remove", "tiny"], ["sheet", "tiny"], ["verify"]],
    ids=lambda words: words[0],
)
def test_without_a_render_every_command_says_render_first(lecture, tmp_path, command, there):
    out = tmp_path / "dist"
    if there:
        out.mkdir()
    ran = lecture(*command, "--out", out)
    assert ran.exit_code == 1
    assert re.search(r"render first$|first: lecture render", one_line(ran))
    assert [path.name for path in tmp_path.rglob("*")] == ["dist"] * there


def test_without_a_render_there_is_a_list(lecture, tmp_path):
    ran = lecture("list", "--out", tmp_path / "dist")
    assert (ran.exit_code, ran.stderr) == (0, "")


@pytest.mark.parametrize("command", [["render"], ["deck"], ["explore"]], ids=lambda w: w[0])
def test_a_page_that_cannot_be_made_is_a_failure(lecture, dist, command):
    (dist / "index.html").unlink()
    (dist / "index.html").mkdir()
    more = ["tiny", "-q", "l"] if command == ["render"] else []
    ran = lecture(*command, *more, "--out", dist)
    assert ran.exit_code == 1
    assert ran.stderr.splitlines()[-1] == "index.html: cannot be written: Is a directory"
