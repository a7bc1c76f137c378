"""A space in a decoded picture: what is true is found, and a lie in any part of the drawing too."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import manim as mn
import numpy as np
import pytest

from gdlecture.media.video import all_frames
from gdlecture.verify.claims import Picture
from gdlecture.verify.evidence import read_evidence
from gdlecture.verify.patches import painted
from gdlecture.verify.record import Record
from gdlecture.verify.space import check_space
from gdlecture.verify.space_ink import patch_in_space
from gdlecture.verify.view import View
from gdmath import PARABOLOID, ScalarField, descend, gradient_step
from gdstage.proof.in_space import FieldFacts, on_floor
from gdstage.proof.statement import segment, stated
from gdstage.space import mesh, slices, solids, space
from gdstage.space.axes import edge_axes
from gdstage.space.camera import Box3
from gdstage.space.camera import View as DrawnView
from gdstage.space.floor import Floor
from gdstage.space.space import DEGREE, Space
from gdstage.walks import surface_walk
from gdstage.walks.space_clip import SpaceClip
from gdstage.walks.surface_walk import SurfaceWalk

AT, SCALE = (1.0, -0.6), 0.3


class Everything(SpaceClip):
    """A surface far over its floor, with all that the lecture draws in spaces."""

    topic = "Space"

    def construct(self):
        self.walk = self.know("down", descend(PARABOLOID, (-1.4, 1.2), gradient_step(0.2), 3))
        self.beat("all", "Here.")
        theme = self.theme
        room = Space(
            theme, (-2, 2), (-2, 2), (-7, 6), size=(5.2, 5.2, 4.2), theta=-60 * DEGREE,
            phi=72 * DEGREE, zoom=0.82, place=(-1.5, 0.15),
        )  # fmt: skip
        room.surface(PARABOLOID, x=(-1.7, 1.7), y=(AT[1], 1.5))
        edge_axes(room)
        room.contours(PARABOLOID, (0.5, 1.5, 3.0), width=3.0)
        slices.draw_slice(room, PARABOLOID, AT, 0, (-1.7, 1.7))
        slices.draw_slice(room, PARABOLOID, AT, 1, (AT[1], 1.5), colour=theme.ink)
        slices.draw_tangent(room, PARABOLOID, AT, 0, (0.0, 2.0))
        slices.draw_tangent_plane(room, PARABOLOID, AT, 0.9)
        slices.draw_touch(room, PARABOLOID, (-0.4, 0.9))
        room.plane(y=1.6, opacity=0.3)
        floor = Floor(room, SCALE)
        arrow = floor.vector((-1.4, -1.7), PARABOLOID.gradient((-1.4, -1.7)), theme.tangent)
        ends = on_floor((-1.4, -1.7)), FieldFacts(PARABOLOID).arrow_end((-1.4, -1.7), SCALE)
        stated(arrow, segment(room, "gradient", *ends))
        figure = SurfaceWalk(room, "down", self.walk)
        for k in (1, 2, 3):
            figure.leave_behind(k - 1)
            figure.stand_on(k)
        self.add(room)
        self.hold(0.8)


@pytest.fixture
def film(tmp_path):
    """Draws a clip at 480p: where its video and its evidence are."""

    def draw(clip):
        told = {"quality": "low_quality", "media_dir": str(tmp_path), "verbosity": "ERROR"}
        with mn.tempconfig(told):
            scene = clip()
            scene.render()
            video = Path(scene.renderer.file_writer.movie_file_path)
        return SimpleNamespace(video=video, evidence=video.with_suffix(".json"))

    return draw


@pytest.fixture
def found(film):
    """Draws a clip and looks for each claim in its spaces: (claim, what was seen) each."""

    def look(clip=Everything):
        drawn = film(clip)
        evidence = read_evidence(drawn.evidence)
        record = Record(evidence)
        frames = dict(enumerate(all_frames(drawn.video)))
        index = max(frames) - 2
        time = (index + 0.5) / evidence.fps
        standing = [claim for claim in evidence.claims if claim.t0 <= time < claim.t1]
        scales = {claim.scale: claim for claim in standing if claim.kind == "space"}
        picture = Picture(frames[index], index)
        there = [claim for claim in standing if claim.scale in scales]
        return [(one, check_space(one, picture, scales, standing, record)) for one in there]

    return look


def test_all_that_is_true_is_found(found):
    seen = found()
    assert [told.failure for _, told in seen if told.failure] == []
    looked = Counter(claim.kind for claim, told in seen if told.looked)
    assert looked == {
        "surface": 2, "level": 1, "curve": 2, "line": 1, "point": 4, "plane": 1, "segment": 2,
        "way": 1,
    }  # fmt: skip
    assert max(told.error for _, told in seen if np.isfinite(told.error)) < 0.9


# --- lies, each planted in one function ----------------------------------------------------


def higher(monkeypatch):
    sample = solids.Mesh._sample

    def lifted(self, z):
        points = sample(self, z)
        points[:, 2] *= 1.05
        return points

    monkeypatch.setattr(solids.Mesh, "_sample", lifted)


def lit_from_the_right(monkeypatch):
    monkeypatch.setattr(mesh, "LIGHT", mesh.LIGHT * [-1, 1, 1])


def tilted(monkeypatch):
    def plane(field, at):
        x, y = field.variables
        slope = field.gradient(at)
        height = field(*at) + 1.3 * slope[0] * (x - at[0]) + slope[1] * (y - at[1])
        return ScalarField(height, (x, y))

    monkeypatch.setattr(slices, "tangent_plane", plane)


def cut_elsewhere(monkeypatch):
    curve = slices.slice_curve

    def moved(field, at, axis, window):
        return curve(field, np.array(at) + 0.1 * (np.arange(2) != axis), axis, window)

    monkeypatch.setattr(slices, "slice_curve", moved)


def turned_tangent(monkeypatch):
    tangent = slices.slice_tangent

    def turned(*args):
        start, end = tangent(*args)
        middle, half = (start + end) / 2, (end - start) / 2
        half[2] = np.tan(np.arctan(half[2] / half[0]) + 5 * DEGREE) * half[0]
        return np.array([middle - half, middle + half])

    monkeypatch.setattr(slices, "slice_tangent", turned)


def other_levels(monkeypatch):
    lines = space.level_segments
    monkeypatch.setattr(space, "level_segments", lambda x, y, v, level: lines(x, y, v, level + 0.1))


def long_arrow(monkeypatch):
    ends = Floor.ends
    monkeypatch.setattr(Floor, "ends", lambda self, at, v: ends(self, at, 1.15 * np.asarray(v)))


def aside_arrow(monkeypatch):
    ends, turn = Floor.ends, np.array([[np.cos(0.1), -np.sin(0.1)], [np.sin(0.1), np.cos(0.1)]])
    monkeypatch.setattr(Floor, "ends", lambda self, at, v: ends(self, at, turn @ np.asarray(v)))


def other_plane(monkeypatch):
    class Elsewhere(solids.Wall):
        def __init__(self, world, corners, *args, **style):
            super().__init__(world, corners + np.array([0, 0.1, 0]), *args, **style)

    monkeypatch.setattr(space, "Wall", Elsewhere)


def other_trail(monkeypatch):
    way = surface_walk.way_to
    monkeypatch.setattr(surface_walk, "way_to", lambda *args: way(*args) + np.array([0, 0.06]))


def other_dot(monkeypatch):
    place = SurfaceWalk.place
    monkeypatch.setattr(
        SurfaceWalk, "place", lambda self, k: place(self, k) + np.array([0, 0, 0.2])
    )


def other_view_told(monkeypatch):
    told = Space.scale_seen
    more = {"theta": 0.035}
    monkeypatch.setattr(
        Space, "scale_seen",
        lambda self, lens: {key: v + more.get(key, 0) if key in more else v
                            for key, v in told(self, lens).items()},
    )  # fmt: skip


def larger(monkeypatch):
    drawn = Box3.to_drawn
    monkeypatch.setattr(Box3, "to_drawn", lambda self, points: 1.01 * drawn(self, points))


def shifted(monkeypatch):
    project = DrawnView.project

    def aside(self, points):
        seen = project(self, points)
        seen[..., 0] += 5 / 135
        return seen

    monkeypatch.setattr(DrawnView, "project", aside)


LIES = {
    higher: {"surface"},
    lit_from_the_right: {"surface"},
    tilted: {"surface"},
    cut_elsewhere: {"curve"},
    turned_tangent: {"line"},
    other_levels: {"level"},
    long_arrow: {"segment"},
    aside_arrow: {"segment"},
    other_plane: {"plane"},
    other_trail: {"way"},
    other_dot: {"point"},
    other_view_told: {"surface", "curve", "line"},
    larger: {"surface", "level"},
    shifted: {"surface", "curve", "line", "level"},
}


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_a_lie_is_caught(found, monkeypatch, lie):
    lie(monkeypatch)
    caught = {claim.kind for claim, told in found() if told.failure}
    assert caught >= LIES[lie]


# --- what is true of the view itself --------------------------------------------------------


@pytest.fixture
def view():
    """A view of a box, with perspective."""
    return View(
        {
            "low": [-1, -2, 0], "high": [1, 2, 5], "size": [4, 5, 3], "theta": -1.1, "phi": 1.0,
            "zoom": 0.9, "centre": [0, 0, 2.5], "place": [300, 200], "distance": 18, "unit": 60,
        }
    )  # fmt: skip


def test_a_ray_goes_through_what_its_pixel_shows(view):
    points = np.random.default_rng(1).uniform(view.low, view.high, (50, 3))
    pixels, depth = view.seen(points)
    assert view.rays(pixels).at(depth) == pytest.approx(points, abs=1e-9)


def test_the_view_is_the_one_that_is_drawn(view):
    box = Box3(view.low, view.high, view.size)
    place = np.array([300 / 60, -200 / 60, 0])
    drawn = DrawnView(box, -1.1, 1.0, 0.9, view.centre, place, 18.0)
    points = np.random.default_rng(2).uniform(view.low, view.high, (50, 3))
    expected = drawn.project(points)[:, :2] * [60, -60]
    assert view.seen(points)[0] == pytest.approx(expected, abs=1e-9)


def test_the_ink_of_each_claim_lies_in_its_mask(film):
    drawn = film(Everything)
    evidence = read_evidence(drawn.evidence)
    record = Record(evidence)
    scale = next(claim for claim in evidence.claims if claim.kind == "space")
    size = (evidence.height, evidence.width)
    claimed = np.zeros(size, dtype=bool)
    for claim in (claim for claim in evidence.claims if claim.scale == scale.scale):
        patch = patch_in_space(claim, scale, record, size)
        if patch:
            claimed[patch.window] |= patch.mask
    *_, frame = all_frames(drawn.video)
    picture = frame.to_ndarray(format="rgb24").astype(int)
    ink = np.abs(picture - picture[2, 2]).max(axis=-1) > 60
    rows, columns = slice(70, 420), slice(60, 480)
    stray = (ink & ~claimed)[rows, columns]
    assert stray.sum() < 0.02 * ink[rows, columns].sum()


def test_a_fold_seen_from_both_sides_is_covered_by_both():
    near = [(10, 10), (50, 10), (50, 50), (10, 50)]
    behind = [(30, 30), (30, 70), (70, 70), (70, 30)]  # gone round the other way
    patch = painted([near, behind], (80, 80), filled=True)
    assert patch.mask[40 - patch.top, 40 - patch.left]
    assert patch.mask.sum() == 2 * 40 * 40 - 20 * 20
