"""A lecture with a brand: it is in the film and in the products, and verified; lies about it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from gdlecture.deck.web import reveal_folder
from gdlecture.languages import common_language, own_name, three_letters
from gdlecture.media.video import frames_at
from gdlecture.verify.verify import verify_clip
from gdmath.palette import channels

ROOT = Path(__file__).resolve().parents[2]
CLIP = (ROOT / "gdlecture/new/course/scenes/first_step.py").read_text(encoding="utf-8")
PALETTE = {"ground": "#0b1526", "function": "#8ecbff", "iterate": "#ffd23f", "minimum": "#3fd0d0"}
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<rect width="40" height="20" fill="#c8102e"/></svg>'
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course's folder with a clip, a font, a mark, and a palette."""
    root = tmp_path_factory.mktemp("course")
    (root / "scenes").mkdir()
    (root / "scenes/learning_rate.py").write_text(
        CLIP.replace("class FirstStep", "class LearningRate"), encoding="utf-8"
    )
    for weight in ("regular", "semibold"):
        found = next(reveal_folder().rglob(f"source-sans-pro-{weight}.ttf"))
        shutil.copy(found, root / f"{weight}.ttf")
    (root / "logo.svg").write_text(LOGO, encoding="utf-8")
    colours = "\n".join(f'{name} = "{colour}"' for name, colour in PALETTE.items())
    (root / "lecture.toml").write_text(
        'language = "de"\nmark = "logo.svg"\n'
        f'[fonts]\ntext = ["regular.ttf", "semibold.ttf"]\n[dark]\n{colours}\n',
        encoding="utf-8",
    )
    return root


def lecture_in(folder, *command):
    """What became of a command, called in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "gdlecture", *command],
        check=False, capture_output=True, text=True, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def rendered(course):
    """The folder of the finished clips."""
    ran = lecture_in(course, "render", "-q", "l", "--jobs", "1")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return course / "dist"


@pytest.mark.slow
def test_the_brand_is_in_the_film_and_verified(rendered, course):
    seen = lecture_in(course, "verify", "--jobs", "1")
    assert seen.returncode == 0, seen.stdout
    told = json.loads((rendered / "clips/learning_rate.json").read_text(encoding="utf-8"))
    assert PALETTE.items() <= told["brand"]["colours"].items()
    ((_, frame),) = frames_at(rendered / "clips/learning_rate.mp4", [3])
    picture = frame.to_ndarray(format="rgb24").astype(float)
    assert np.abs(picture[2, 2] - 255 * channels(PALETTE["ground"])).max() < 8
    (mark,) = (claim for claim in told["claims"] if claim["what"] == "mark")
    left, top, right, bottom = (round(side) for side in mark["box"])
    middle = picture[(top + bottom) // 2, (left + right) // 2]
    assert np.abs(middle - 255 * channels("#c8102e")).max() < 16
    assert left > 0.8 * told["width"]


@pytest.mark.slow
def test_the_language_is_in_the_products(rendered):
    page = (rendered / "index.html").read_text(encoding="utf-8")
    assert {*re.findall('srclang="(.*?)" label="(.*?)"', page)} == {("de", "Deutsch")}
    assert '<ol class="beats" lang="de"' in page
    assert '<html lang="de">' in (rendered / "deck.html").read_text(encoding="utf-8")
    with av.open(rendered / "lecture.mp4") as film:
        assert film.streams.subtitles[0].metadata["language"] == "deu"


# Lies


def edited(rendered, folder, edit):
    """What is found wrong when the evidence is another, in another place."""
    for path in (rendered / "clips").iterdir():
        shutil.copy(path, folder)
    evidence = folder / "learning_rate.json"
    told = json.loads(evidence.read_text(encoding="utf-8"))
    edit(told)
    evidence.write_text(json.dumps(told), encoding="utf-8")
    return "\n".join(verify_clip(folder / "learning_rate.mp4", evidence).failures)


def swap_colours(told):
    colours = told["brand"]["colours"]
    colours["minimum"], colours["danger"] = colours["danger"], colours["minimum"]


def other_ground(told):
    told["brand"]["colours"]["ground"] = "#20252f"


def other_hue(told):
    told["brand"]["colours"]["minimum"] = "#6fb7e9"


def own_palette(told):
    del told["brand"]["colours"]


def own_font(told):
    del told["brand"]["fonts"]


def another_font(told):
    told["brand"]["fonts"]["text"][0]["sha256"] = 64 * "0"


def larger_mark(told):
    next(c for c in told["claims"] if c["what"] == "mark")["box"] = [300, 20, 840, 400]


def mark_in_the_middle(told):
    next(c for c in told["claims"] if c["what"] == "mark")["box"] = [400, 220, 450, 250]


def passing_mark(told):
    next(c for c in told["claims"] if c["what"] == "mark")["t0"] = 1.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (swap_colours, "colours.danger: expected a warm colour"),
        (other_ground, "brand: expected the ground #20252f, found one"),
        (other_hue, "brand: colours.minimum: expected it at least"),
        (own_palette, "expected the colour of good"),
        (own_font, "expected"),
        (another_font, "expected the font regular.ttf that the clip was drawn with"),
        (larger_mark, "mark: expected it at most"),
        (mark_in_the_middle, "mark: expected it in a corner"),
        (passing_mark, "mark: expected it all along"),
    ],
)
def test_a_lie_about_the_brand_is_caught(rendered, tmp_path, monkeypatch, edit, wanted):
    monkeypatch.chdir(rendered)
    assert wanted in edited(rendered, tmp_path, edit)


def test_languages_have_names_and_codes():
    assert [own_name(tag) for tag in ("de", "en", "pt-BR", "fi")] == [
        "Deutsch", "English", "Português", "Suomi",
    ]  # fmt: skip
    assert [three_letters(tag) for tag in ("de", "en", "fr", "pt-BR", "fi")] == [
        "deu", "eng", "fra", "por", "fin",
    ]  # fmt: skip
    assert common_language(["de", "de"]) == "de"
    assert common_language(["de", "en"]) == "und"
