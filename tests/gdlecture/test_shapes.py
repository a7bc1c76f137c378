"""The frame in other shapes: its zones, text that can be read, films that are true."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gdlecture.settings import SHAPES as NAMES
from gdlecture.verify.claims import UNITS_UP, stature
from gdstage.look.wrapping import wrapped
from gdstage.shape import SHAPES, WIDE, shape_of

ROOT = Path(__file__).resolve().parents[2]
CLIP = (ROOT / "gdlecture/new/course/scenes/first_step.py").read_text(encoding="utf-8")
CLIP = CLIP.replace("x**2 / 2", "x**2").replace(
    "start, x_window, y_window = 2.5", "start, x_window, y_window = 1.5"
)
CLIP = CLIP.replace("rate = 1.0", "rate = 0.5")

ZONES = """
import json
from gdstage import layout
names = ("HEADING", "PICTURE", "CAPTION", "FIGURE", "PANEL")
boxes = {name: vars(getattr(layout, name)) for name in names}
print(json.dumps([boxes, layout.SHAPE.width, layout.SHAPE.height, layout.MARGIN]))
"""


def run(shape, *command, cwd=ROOT):
    """What became of Python in a shape."""
    return subprocess.run(
        [sys.executable, *map(str, command)], check=False, capture_output=True, text=True, cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GDLECTURE_SHAPE": shape},
    )  # fmt: skip


def apart(one, other):
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    up = min(one["top"], other["top"]) - max(one["bottom"], other["bottom"])
    return min(across, up) <= 1e-9


@pytest.mark.parametrize("shape", SHAPES)
def test_zones_lie_within_the_frame_and_apart(shape):
    boxes, width, height, margin = json.loads(run(shape, "-c", ZONES).stdout)
    for box in boxes.values():
        assert -width / 2 + margin - 1e-6 <= box["left"] < box["right"] <= width / 2 - margin + 1e-6
        assert (
            -height / 2 + margin - 1e-6 <= box["bottom"] < box["top"] <= height / 2 - margin + 1e-6
        )
    for names in (("HEADING", "PICTURE", "CAPTION"), ("HEADING", "FIGURE", "PANEL", "CAPTION")):
        for i, one in enumerate(names):
            assert all(apart(boxes[one], boxes[other]) for other in names[i + 1 :])


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: shape.name)
def test_the_smallest_text_has_28_pixels_to_an_em(shape):
    width, height = shape.pixels(1080)
    em_at_1080 = 39  # of the size SMALLEST, in the wide frame
    assert width / shape.width == pytest.approx(height / shape.height)
    assert em_at_1080 * (width / shape.width) / (1080 / WIDE.height) >= 28


def test_1080p_has_the_usual_sizes():
    sizes = {name: shape.pixels(1080) for name, shape in SHAPES.items()}
    assert tuple(sizes) == NAMES
    assert [*sizes.values()] == [(1920, 1080), (1440, 1080), (1080, 1080), (1080, 1920)]
    for shape in SHAPES.values():
        assert shape_of(*shape.pixels(480)) is shape
        assert pytest.approx(shape.height) in [*UNITS_UP.values()]
        assert stature(*shape.pixels(1080)) == pytest.approx(
            8 * shape.pixels(1080)[0] / shape.width, rel=1e-3
        )


def test_words_have_even_lines_and_formulas_stay_whole():
    text = "On the cut only x moves, and its slope there is ∂f/∂x = 2.2 at x = 1.1."
    said = wrapped(text, 6.0, size=32, colour="#ffffff")
    assert said.source == text
    assert said.width <= 6.0
    lines = said.code.split("#linebreak()")
    assert 1 < len(lines) <= 3
    assert not any(line.count("$") % 2 for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["4:3", "1:1", "9:16"])
def test_a_clip_is_true_in_every_shape(tmp_path, shape):
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/first_step.py").write_text(CLIP, encoding="utf-8")
    ran = run("", "-m", "gdlecture", "render", "-q", "l", "--shape", shape, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads((tmp_path / "dist/clips/first_step.json").read_text(encoding="utf-8"))
    assert (told["width"], told["height"]) == SHAPES[shape].pixels(480)
    manifest = json.loads((tmp_path / "dist/manifest.json").read_text(encoding="utf-8"))
    assert manifest["clips"]["first_step"]["shape"] == shape
    seen = run("", "-m", "gdlecture", "verify", cwd=tmp_path)
    assert seen.returncode == 0, seen.stdout


@pytest.mark.slow
def test_what_has_no_layout_says_so_and_leaves_nothing(tmp_path):
    command = ("-m", "gdlecture", "render", "newton", "-q", "l", "--shape", "9:16")
    ran = run("", *command, "--out", tmp_path / "dist")
    assert ran.returncode == 1
    assert (
        "newton: failed: LayoutError: there is no layout of this clip in 9:16 yet"
        in ran.stdout + ran.stderr
    )
    assert [*(tmp_path / "dist/clips").iterdir()] == []


def test_a_shape_that_is_none_is_wrong_usage(tmp_path):
    ran = run("", "-m", "gdlecture", "render", "--shape", "5:4", "--out", tmp_path)
    assert (ran.returncode, "'5:4' is not one of" in ran.stderr) == (2, True)
