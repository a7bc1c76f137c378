"""The command with a voice, without one, with one's own."""

import json
import re
import shutil
import sys

import av
import numpy as np
import pytest

from gdlecture.media.sound import RATE, read_sound, resampled, write_sound
from gdlecture.voice import kept
from gdlecture.voice.phrases import Hibari, Phrase

pytestmark = pytest.mark.slow


def tracks(video):
    with av.open(video) as container:
        streams = [*container.streams.video, *container.streams.audio]
        return [(stream.type, stream.codec_context.name) for stream in streams]


def clip_files(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "clips").iterdir())}


def test_where_nobody_speaks_a_clip_is_as_it_would_be_without_a_voice(told, lecture, tmp_path):
    made = lecture("render", "-q", "l", "--voice", "none", "--out", tmp_path)
    assert made.exit_code == 0, made.output
    evidence = json.loads((tmp_path / "clips/told.json").read_text(encoding="utf-8"))
    assert not {"voice", "phrases"} & evidence.keys()
    assert tracks(tmp_path / "clips/told.mp4") == [("video", "h264")]
    assert ("audio", "aac") not in tracks(tmp_path / "lecture.mp4")
    assert not (tmp_path / "script.md").exists()
    vtt = (tmp_path / "clips/told.vtt").read_text(encoding="utf-8")
    assert "Its end." in vtt
    assert "began" not in vtt
    spoken = json.loads((told / "clips/told.json").read_text(encoding="utf-8"))
    assert spoken["duration"] > evidence["duration"]
    assert tracks(told / "clips/told.mp4") == [("video", "h264"), ("audio", "aac")]
    assert ("audio", "aac") in tracks(told / "lecture.mp4")


def test_the_same_bytes_again_however_many_at_a_time_and_with_nothing_kept(
    told, lecture, tmp_path, monkeypatch
):
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "voices"))
    made = lecture("render", "-q", "l", "--voice", "hibari", "--jobs", "1", "--out", tmp_path / "d")
    assert made.exit_code == 0, made.output
    assert clip_files(tmp_path / "d") == clip_files(told)
    for name in ("lecture.mp4", "script.md"):
        assert (tmp_path / "d" / name).read_bytes() == (told / name).read_bytes()


def test_a_webm_speaks_too(lecture, tmp_path):
    options = ("--voice", "hibari", "--format", "webm", "--out", tmp_path)
    made = lecture("render", "told_again", "-q", "l", *options)
    assert made.exit_code == 0, made.output
    video = tmp_path / "clips/told_again.webm"
    assert tracks(video) == [("video", "vp9"), ("audio", "opus")]
    seen = lecture("verify", video)
    assert seen.exit_code == 0, seen.output


def test_one_phrase_is_exchanged_for_a_recording(lecture, tmp_path):
    me, out = tmp_path / "me", tmp_path / "dist"
    for name in ("told", "told_again"):
        read = lecture("voice", "record", name, "--into", me)
        assert read.exit_code == 0, read.output
    assert re.search(r"^01  +\d\.\d s  Here α = 0\.2\.", read.output, re.MULTILINE)
    assert "Here alpha equals zero point two." in read.output
    assert [p.name for p in sorted((me / "told").iterdir())] == ["01.wav", "02.wav", "03.wav"]
    made = lecture("render", "-q", "l", "--voice", me, "--out", out)
    assert made.exit_code == 0, made.output
    before = clip_files(out)

    # Mine: at another rate, too quiet, with silence around it.
    mine = Hibari().speak(Phrase("", 1, "", "In the beginning, it was there, at one point six."))
    low = resampled(mine, 2 * RATE)  # half as many samples
    silence = np.zeros(RATE // 3, np.float32)
    write_sound(me / "told/02.wav", np.concatenate([silence, 0.1 * low, silence]))
    fits = lecture("voice", "check", me)
    assert (fits.exit_code, fits.output) == (0, "4 phrases of 2 clips: all can be used\n")
    made = lecture("render", "-q", "l", "--voice", me, "--out", out)
    assert "1 clip (" in made.output
    assert "1 unchanged" in made.output
    after = clip_files(out)
    changed = {name.partition(".")[0] for name in after if after[name] != before[name]}
    assert changed == {"told"}
    seen = lecture("verify", "--out", out, "--jobs", 1)
    assert seen.exit_code == 0, seen.output


def test_what_is_wrong_with_recordings_is_told_by_name(lecture, tmp_path):
    me = tmp_path / "me"
    (me / "told").mkdir(parents=True)
    write_sound(me / "told/01.wav", np.full(RATE, 1.0, np.float32))
    tone = np.sin(np.arange(30 * RATE) / 20).astype(np.float32)
    write_sound(me / "told/02.wav", 0.1 * tone)
    write_sound(me / "told/04.wav", tone)
    checked = lecture("voice", "check", me, "told")
    assert checked.exit_code == 1
    for line in (
        "told/01.wav: is clipped: record it again, less loudly",
        "told/02.wav: is too long: 30.0 s, where ",
        "told/03.wav: is missing: “It took 3 steps.”",
        "told/04.wav: the clip has no phrase of this number",
    ):
        assert line in checked.output
    made = lecture("render", "told", "-q", "l", "--voice", me, "--out", tmp_path / "dist")
    assert made.exit_code == 1
    assert f"there is no recording {me}/told/03.wav of “It took 3 steps.”" in made.output


def test_a_command_speaks_a_clip(lecture, tmp_path, monkeypatch):
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "voices"))
    script = tmp_path / "singer.py"
    shutil.copy(__file__, script)
    script.write_text(
        "import sys\nimport numpy as np\nfrom pathlib import Path\n"
        "from gdlecture.media.sound import write_sound\n"
        "n = 3000 * len(sys.stdin.read())\n"
        "write_sound(Path(sys.argv[1]), np.sin(np.arange(n) / 20).astype('f4') / 4)\n",
        encoding="utf-8",
    )
    command = f"{sys.executable} {script} {{out}}"
    out = tmp_path / "dist"
    made = lecture("render", "told_again", "-q", "l", "--voice-command", command, "--out", out)
    assert made.exit_code == 0, made.output
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["clips"]["told_again"]["voice_command"] == command
    assert len(read_sound(out / "clips/told_again.mp4")) > RATE
    seen = lecture("verify", "--out", out)
    assert seen.exit_code == 0, seen.output


def test_who_cannot_speak_is_told(lecture, tmp_path):
    for options, told in (
        (("--voice", "nobody"), "there is no voice 'nobody': it is hibari, none, or a folder"),
        (("--voice", "hibari", "--voice-command", "x"), "say the same; give one"),
        (("--voice-command", "'"), "the voice command cannot be read"),
    ):
        ran = lecture("render", *options, "--out", tmp_path)
        assert ran.exit_code == 2
        assert told in ran.output
