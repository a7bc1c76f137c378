import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gdlecture.dist import Dist
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
    "command", [[], ["figures"], ["gallery"], ["list"], ["render"], ["verify"], ["sheet"]]
)
def test_help_gives_examples(lecture, command):
    ran = lecture(*command, "--help")
    assert ran.exit_code == 0
    assert f"\n    {' '.join(['lecture', *command])}" in ran.stdout.partition("Examples:")[2]


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
