"""Each clip is rendered, small and quickly, and read back: all that it shows must be true."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CLIPS = sorted(path.stem for path in (ROOT / "scenes").glob("[!_]*.py"))


@pytest.mark.parametrize("clip", CLIPS)
def test_a_clip_is_true(clip, tmp_path):
    for command in ["render", clip, "-q", "l"], ["verify"]:
        ran = subprocess.run(
            [sys.executable, "-m", "gdlecture", *command, "--out", tmp_path],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
