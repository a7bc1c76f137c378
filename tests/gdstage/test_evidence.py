import json

import manim as mn
import numpy as np
import pytest

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.proof.evidence import Evidence, IterateDot, kept_rows
from gdstage.proof.lens import Lens
from gdstage.proof.plain import json_ready
from gdstage.proof.statement import scenery, stated

WALK = descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3)
PLACE = np.array([1.0, 2.0, 0.0])
HD = Lens(1920, 1080, 60.0, 135.0)


def dot_at(place, k=0, walk="w"):
    return IterateDot("#f4e04d").claim(walk, k, PLACE).move_to(place)


def written(evidence, tmp_path):
    path = tmp_path / "clip.json"
    evidence.write(path, HD)
    assert list(tmp_path.iterdir()) == [path]
    return json.loads(path.read_text())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda dot: dot.shift((1e-6, 0, 0)),
        lambda dot: dot.set_opacity(0.99),
        lambda dot: dot.scale(1.01),
        lambda dot: dot.release(),
    ],
    ids=["shifted", "fading", "scaled", "released"],
)
def test_a_dot_proves_something_only_at_rest_whole_and_solid(spoil):
    assert dot_at(PLACE).sight() is not None
    assert spoil(dot_at(PLACE)).sight() is None


def test_a_stay_is_one_mark_with_the_times_of_its_frames(tmp_path):
    evidence, dot = Evidence("clip"), dot_at(PLACE)
    evidence.add_walk("w", WALK)
    evidence.observe([], 30)
    for _ in range(15):
        evidence.observe([dot], 1)
    evidence.observe([dot], 15)
    dot.shift((0.1, 0, 0))
    evidence.observe([dot], 10)
    (mark,) = written(evidence, tmp_path)["marks"]
    assert (mark["t0"], mark["t1"]) == (0.5, 1.0)
    # 14.22 × 8 units on 1920 × 1080 pixels: the origin is in the middle, y goes down.
    assert mark["pixel"] == [960 + 135, 540 - 270]
    assert mark["radius"] == pytest.approx(0.11 * 135)
    assert mark["point"] == [1.6]
    assert mark["on_screen"] is True


def test_two_iterates_at_one_place_are_two_marks(tmp_path):
    evidence, dot = Evidence("clip"), dot_at(PLACE)
    evidence.add_walk("w", WALK)
    evidence.observe([dot], 5)
    dot.claim("w", 1, PLACE)
    evidence.observe([dot], 5)
    marks = written(evidence, tmp_path)["marks"]
    assert [(m["k"], m["t0"], m["t1"]) for m in marks] == [(0, 0, 5 / 60), (1, 5 / 60, 10 / 60)]


def test_a_mark_outside_the_frame_says_so(tmp_path):
    evidence = Evidence("clip")
    evidence.add_walk("w", WALK)
    far = np.array([8.0, 0.0, 0.0])
    evidence.observe([IterateDot("#f4e04d").claim("w", 0, far).move_to(far)], 1)
    assert written(evidence, tmp_path)["marks"][0]["on_screen"] is False


def test_an_unknown_walk_is_refused_and_nothing_is_written(tmp_path):
    evidence = Evidence("clip")
    evidence.observe([dot_at(PLACE, walk="nobody knows")], 1)
    with pytest.raises(KeyError):
        evidence.write(tmp_path / "clip.json", HD)
    assert not list(tmp_path.iterdir())


def test_a_name_stands_for_one_walk():
    evidence = Evidence("clip")
    evidence.add_walk("w", WALK)
    evidence.add_walk("w", WALK)
    with pytest.raises(ValueError, match="'w' is taken"):
        evidence.add_walk("w", descend(LOG_VALLEY, 1.6, gradient_step(0.2), steps=3))


def test_walks_are_kept_to_the_last_bit(tmp_path):
    evidence = Evidence("clip")
    evidence.add_walk("w", WALK)
    (walk,) = written(evidence, tmp_path)["walks"]
    x = 1.6
    for k in range(4):
        assert walk["points"][k] == [x]
        x = x - 0.1 * (np.exp(x) - 1 / x)
    assert (walk["function"], walk["step"], walk["rate"]) == ("exp(x) - log(x)", "gradient", 0.1)
    assert 0 < walk["certified_error"] < 1e-14


@pytest.mark.parametrize(
    ("last", "dimension", "most"), [(1000, 2, None), (1001, 2, 340), (400, 25, 70), (100, 25, None)]
)
def test_long_walks_are_kept_in_excerpts_and_those_in_many_variables_sooner(last, dimension, most):
    kept = kept_rows(last, {last - 3}, dimension)
    if most is None:
        assert kept is None
    else:
        assert {0, 1, last - 3, last} <= set(kept)
        assert most / 2 < len(kept) < most
        assert kept == sorted(kept)
        assert kept[-1] == last


@pytest.mark.parametrize("dimension", [300, 1200, 10_000])
def test_of_walks_in_very_many_variables_both_ends_are_kept(dimension):
    kept = kept_rows(400, {7}, dimension)
    assert {0, 7, 400} <= set(kept)
    assert len(kept) < 10


def test_unbounded_numbers_are_strings():
    assert json_ready({"a": np.array([np.inf, -np.inf, np.nan, 1.5])}) == {
        "a": ["inf", "-inf", "nan", 1.5]
    }


def test_a_dot_carried_along_by_a_camera_is_marked_only_where_it_stands(tmp_path):
    evidence = Evidence("clip")
    evidence.add_walk("w", WALK)
    dot = IterateDot("#f4e04d")
    for shift in (0.0, 0.1, 0.2, 0.3):
        place = np.add(PLACE, (shift, 0, 0))
        evidence.observe([dot.claim("w", 0, place).move_to(place)], 1)
    evidence.observe([dot], 20)
    (mark,) = written(evidence, tmp_path)["marks"]
    assert (mark["t0"], mark["t1"]) == (3 / 60, 24 / 60)


def glimpses_of(states, tmp_path, fps=15.0):
    """The frames of the claims that last one frame, of a bar that is stated so in each frame."""
    lens = Lens(854, 480, fps, 60.0)
    evidence = Evidence("clip", lens=lens)
    bar = mn.Rectangle(width=1.0, height=0.5).set_fill("#ffffff", 1)
    for frame, is_new in enumerate(states):
        bar.shift((0.05, 0, 0))
        if is_new or frame == 0:
            stated(bar, scenery("bar"))
        evidence.observe([bar], 1)
    claims = json.loads(_path_of(evidence, lens, tmp_path).read_text())["claims"]
    return [round(claim["t0"] * fps) for claim in claims]


def _path_of(evidence, lens, tmp_path):
    path = tmp_path / "clip.json"
    evidence.write(path, lens)
    return path


def test_what_is_stated_anew_as_it_moves_is_glimpsed_now_and_then(tmp_path):
    assert glimpses_of([True] * 16, tmp_path) == [2, 8, 14]
    assert len(glimpses_of([True] * 9, tmp_path)) == 2  # a motion of little more than half a second


def silent_in(statement, tmp_path):
    """The frames, of 15 a second, in which a bar that moves for 0.8 s, then rests, is silent."""
    lens = Lens(854, 480, 15.0, 60.0)
    evidence = Evidence("clip", lens=lens)
    bar = mn.Rectangle(width=1.0, height=0.5).set_fill("#ffffff", 1)
    stated(bar, statement)
    for frame in range(24):
        if frame < 12:
            bar.shift((0.05, 0, 0))
        evidence.observe([bar], 1)
    told = json.loads(_path_of(evidence, lens, tmp_path).read_text())["silent"]
    assert all(right - left == pytest.approx(60) for _, left, _, right, _ in told)
    return [round(at * 15) for at, *_ in told]


def test_what_moves_and_states_nothing_is_noted(tmp_path):
    assert silent_in(None, tmp_path) == [0, 6]
    assert silent_in(scenery("bar"), tmp_path) == []


def test_what_moves_with_an_old_statement_states_nothing(tmp_path):
    assert glimpses_of([False] * 16, tmp_path) == []
