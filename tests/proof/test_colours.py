"""Maps of colours and level lines: honest ones pass, each lie about them is told by its check."""

import json
from dataclasses import replace
from pathlib import Path

import manim as mn
import numpy as np
import pytest

from gdlecture.verify.axes import read_axes
from gdlecture.verify.claims import Claim
from gdlecture.verify.colours import expected_colour, misnamed
from gdlecture.verify.evidence import read_evidence
from gdlecture.verify.prove import Prover
from gdlecture.verify.record import Record
from gdmath import ScalarField, descend, gradient_step
from gdmath.networks import Dense, Network, TrainingLoss, two_groups
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.look.key import Key
from gdstage.plane import contour_map
from gdstage.plane.axes import Plane
from gdstage.plane.contour_map import ContourMap
from gdstage.props import network_descent
from gdstage.walks import basins
from gdstage.walks.basins import BasinPicture
from gdstage.walks.map_walk import MapWalk
from gdstage.walks.run import Run

BOX = Box(left=-5.5, right=-1.0, bottom=-2.4, top=2.1)
HILLS = ScalarField.parse("4 + (x**2 + 2*y**2)/3 + y/2 + sin(2*x)")
WELLS = ScalarField.parse("(x**2 - 1)**2 + y**2 + x/5")
WINDOW = (-2.0, 2.0)


class Short(Clip):
    topic = "Test"

    def construct(self):
        self.beat("a map", "A map.")
        self.show(*self.drawn(), run_time=0.2)
        self.hold(0.4)


class Heat(Short):
    def drawn(self):
        walk = self.know("down", descend(HILLS, (1.6, -1.5), gradient_step(0.3), steps=2))
        plane = Plane(self.theme, BOX, WINDOW, WINDOW, y_name="y", most=5)
        figure = MapWalk(plane, "down", walk)
        for k in (1, 2):
            figure.leave_behind(k - 1)
            figure.stand_between(k, 1.0)
        return ContourMap(plane, HILLS), plane, figure.stand_on(2)


class Cut(Short):
    """A map that ends inside its picture, with much of the ground beside it."""

    field = ScalarField.parse("(x**2 + 6*y**2)/2")

    def drawn(self):
        self.know("down", descend(self.field, (4.0, 1.5), gradient_step(0.28), steps=2))
        side = Box(left=-3.0, right=0.75, bottom=-2.4, top=1.35)
        plane = Plane(self.theme, side, (-3.04, 4.64), (-3.84, 3.84), y_name="y", most=5)
        dark = ("#2e2949", "#30375c", "#334c6a", "#446476")
        look = {"strength": 1.0, "span": (-1.947, 34.397), "levels": [5.0, 15.0, 25.0]}
        return ContourMap(plane, self.field, palette=dark, cut=True, **look), plane


class Basins(Short):
    def drawn(self):
        self.know("to a well", descend(WELLS, (0.5, 0.5), gradient_step(0.1), steps=2))
        plane = Plane(self.theme, BOX, WINDOW, WINDOW, y_name="y", most=5)
        picture = BasinPicture(plane, WELLS, gradient_step(0.1), side=160)
        shares = [picture.facts.share(i) for i in (0, 1)]
        pairs = [
            (colour, f"{share.value:.0f} %")
            for colour, share in zip(self.theme.outcomes, shares, strict=False)
        ]
        return picture, plane, Key(pairs, 1.0, 1.0, facts=[(share,) for share in shares])


class Regions(Short):
    def drawn(self):
        loss = TrainingLoss(Network((Dense(2, 1, "sigmoid"),)), *two_groups(12, seed=2), "log loss")
        walk = self.know("turn", descend(loss, (-5.0, -4.0, 0.5), gradient_step(1.0), steps=40))
        run = Run("turn", "turn", walk, self.theme.minimum)
        training = network_descent.Training(self.theme, run, network_descent.LEFT, (-1.3, 1.3))
        return tuple(training.say(40))


def proved(scene, folder):
    """What is found in a clip rendered in 480p, and its errors, px."""
    settings = {"media_dir": str(folder), "quality": "low_quality", "verbosity": "ERROR"}
    with mn.tempconfig({**settings, "progress_bar": "none"}):
        clip = scene()
        clip.render()
        movie = Path(clip.renderer.file_writer.movie_file_path)
    return Prover(read_evidence(movie.with_suffix(".json"))).prove(movie), movie


def told_of(proof, kind):
    found = [failure for failure in proof.failures if failure.standing]
    return [str(failure) for failure in found if failure.standing.kind == kind]


@pytest.mark.parametrize("scene", [Heat, Cut, Basins, Regions])
def test_an_honest_map_passes(scene, tmp_path):
    proof, _ = proved(scene, tmp_path)
    assert told_of(proof, "map") == told_of(proof, "level") == []
    assert proof.counts["map"] > 0
    assert proof.unseen["map"] == proof.unseen["level"] == 0
    assert proof.errors["map"] < 0.6
    assert proof.errors.get("level", 0.0) < 0.3


def moved(image, share):
    """An image whose content lies so much of its width farther right."""
    return np.roll(image, round(share * image.shape[1]), axis=1)


def of_values(change):
    """Has the map painted from other values than the true ones."""
    honest = ContourMap._sample

    def plant(patch):
        patch.setattr(ContourMap, "_sample", lambda *args: change(honest(*args)))

    return plant


def of_scale(change):
    """Has the map painted by another scale of colours."""
    honest = contour_map.colour_map

    def plant(patch):
        patch.setattr(contour_map, "colour_map", lambda *args: honest(*change(*args)))

    return plant


def of_lines(change):
    """Has level lines drawn of something else: `change` of places along x, and of the level."""
    honest = contour_map.level_segments

    def plant(patch):
        def segments(xs, ys, values, level):
            return honest(*change(xs, ys, values, level))

        patch.setattr(contour_map, "level_segments", segments)

    return plant


def of_starts(change):
    """Has basins painted of other ends than those of the walks."""
    honest = basins.multistart

    def plant(patch):
        patch.setattr(basins, "multistart", lambda *args, **more: change(honest(*args, **more)))

    return plant


def of_grid(change):
    honest = basins.grid

    def plant(patch):
        patch.setattr(basins, "grid", lambda *args: change(honest(*args)))

    return plant


def of_regions(change):
    """Has a network asked at other places, or at another time."""
    honest = network_descent.DecisionRegions.__init__

    def plant(patch):
        def made(self, plane, walk):
            honest(self, plane, walk)
            self._places = change(self._places)

        patch.setattr(network_descent.DecisionRegions, "__init__", made)

    return plant


def one_level_off(xs, ys, values, level):
    return xs, ys, values, level + (0.3 if abs(level - 5) < 1e-9 else 0.0)


LIES = {
    "heat: one percent to the right": (Heat, "map", of_values(lambda z: moved(z, 0.01))),
    "heat: one percent up": (Heat, "map", of_values(lambda z: moved(z.T, -0.01).T)),
    "heat: upside down": (Heat, "map", of_values(lambda z: z[::-1])),
    "heat: another span": (Heat, "map", of_scale(lambda stops, at: (stops, 0.96 * at))),
    "heat: turned colours": (Heat, "map", of_scale(lambda stops, at: (stops[::-1], at))),
    "levels: all 3 % off": (Heat, "level", of_lines(lambda x, y, z, h: (x, y, z, 1.03 * h))),
    "levels: one off": (Heat, "level", of_lines(one_level_off)),
    "levels: to the right": (Heat, "level", of_lines(lambda x, y, z, h: (x + 0.04, y, z, h))),
    "basins: swapped colours": (
        Basins, "map", of_starts(lambda found: replace(found, labels=1 - found.labels)),
    ),
    "basins: slow is fast": (
        Basins, "map",
        of_starts(lambda found: replace(found, steps_taken=60 - found.steps_taken)),
    ),
    "basins: one percent to the right": (Basins, "map", of_grid(lambda at: at - (0.04, 0.0))),
    "basins: upside down": (Basins, "map", of_grid(lambda at: at * (-1, 1))),
    "regions: one percent to the right": (
        Regions, "map", of_regions(lambda at: at - (0.026, 0.0)),
    ),
    "regions: turned": (Regions, "map", of_regions(lambda at: -at)),
}  # fmt: skip


@pytest.mark.parametrize(("scene", "kind", "plant"), LIES.values(), ids=LIES)
def test_a_lie_about_a_map_is_told(scene, kind, plant, tmp_path, monkeypatch):
    plant(monkeypatch)
    proof, _ = proved(scene, tmp_path)
    assert told_of(proof, kind) != []


def test_colours_beneath_other_ink_are_known(tmp_path):
    _, movie = proved(Heat, tmp_path)
    evidence = read_evidence(movie.with_suffix(".json"))
    (claim,) = (claim for claim in evidence.claims if claim.kind == "map")
    axes = read_axes(next(one for one in evidence.claims if one.kind == "axes"))
    colour = expected_colour(claim, axes, Record(evidence))
    points = np.random.default_rng(1).uniform(-1.8, 1.8, (50, 2))
    shares = (HILLS(*points.T) - claim.told["span"][0]) / np.ptp(claim.told["span"])
    stops = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in claim.told["palette"]])
    places = np.linspace(0, 1, len(stops))
    true = np.stack([np.interp(shares, places, stops[:, i]) for i in range(3)], axis=-1)
    assert np.abs(colour(axes.to_px(points)) - true).max() < 3
    assert np.isnan(colour(np.array([[1.0, 1.0]]))).all()


def test_a_key_names_minima_in_their_colours():
    told = {"palette": ["#3cc08e", "#6fb7e9"]}
    basins_claim = Claim("map", "basins", 0.0, 1.0, "s", told)
    fact = {"what": "share of starts", "of": {"minimum": 1}, "value": 40.0}
    for colour, wrong in (("#6fb7e9", False), ("#3cc08e", True)):
        said = {"text": "40 %", "facts": [fact], "colours": [colour]}
        word = Claim("word", "number", 0.0, 1.0, None, json.loads(json.dumps(said)))
        assert bool(misnamed(word, basins_claim)) is wrong
