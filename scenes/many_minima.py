"""Three wells: where a walk ends depends on where it starts, and a map shows it for every start."""

from __future__ import annotations

import numpy as np

from gdmath import THREE_WELLS, Kind, Verdict, find_stationary_points, multistart
from gdstage.look.key import Key
from gdstage.look.rounding import shown
from gdstage.plane.minima import MapMinima
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import ends_apart, equal, minima_seen, number_of, ordered, shading
from gdstage.space.space import DEGREE
from gdstage.walks.basins import BasinPicture, grid, outcome_colours
from gdstage.walks.crowd import SMALL, Crowd, unnamed_runs
from gdstage.walks.room_clip import READOUT_BASELINE, RoomClip

THIN = "\u202f"


class ManyMinima(RoomClip):
    """The lab's starts on the three wells, then a crowd of starts, then the basins."""

    topic = "Many minima"
    field = THREE_WELLS
    heights = (6.0, 9.6)
    levels = tuple(np.arange(6.4, 9.5, 0.2))
    rate = 0.2
    lab_starts = ((0.5, 3.0, 30), (2.0, 3.0, 20), (4.0, 0.5, 20))
    theta, phi = -128 * DEGREE, 34 * DEGREE
    map_strength = 0.6
    crowd_side, crowd_steps = 12, 40
    pixels = 480
    opening = ((9, 5), (6, 3), (4, 2))

    def construct(self) -> None:
        self.compute()
        self.see_three_wells()
        self.walk_from_the_labs_starts()
        self.send_a_crowd()
        self.colour_every_start()

    def compute(self) -> None:
        found = find_stationary_points(self.field).points
        self.minima = [p for p in found if p.kind is Kind.MINIMUM]
        for x, y, steps in self.lab_starts:
            name = f"from ({x:g}, {y:g})"
            self.cast(name, Verdict.CONVERGED, self.rate, (x, y), steps=steps)
        facts, walks = self.facts, list(self.evidence.walks.values())
        self.depths = [SpotFacts(self.field, p.point).value() for p in self.minima]
        for said in ("deepest", "Only one is the deepest"):
            facts.require(said, ordered("<", *self.depths))
        rates = (WalkFacts(walk).rate() for walk in walks)
        facts.require("The same", equal(*rates))
        facts.teach("each in the colour of the well that it will reach")
        self.wells = minima_seen(self.field, self.room, len(self.minima))
        self.starts, self.reached = number_of(*walks), ends_apart(walks, 0.1)
        facts.require("different wells", equal(self.reached, self.starts))

    def see_three_wells(self) -> None:
        facts = self.facts
        values = ", ".join(facts.number(depth, 2) for depth in self.depths)
        self.beat(
            f"{facts.spelled(self.wells)} wells, one deepest",
            f"A landscape with {facts.spelled(self.wells)} minima, of heights {values}. "
            "Only one is the deepest.",
        )
        self.draw_space(place=(-2.9, -0.25), zoom=0.76)
        self.draw_map()
        self.play(self.space.camera.animate.set(theta=self.theta + 16 * DEGREE), run_time=2.4)

    def walk_from_the_labs_starts(self) -> None:
        facts, (name, *_) = self.facts, self.evidence.walks
        self.beat(
            "the start decides",
            f"The same α = {facts.rate(name)} from {facts.spelled(self.starts)} starts ends in "
            f"{facts.spelled(self.reached)} different wells.",
            poster=True,
        )
        self.draw_reader()
        for x, y, _ in self.lab_starts:
            name = f"from ({x:g}, {y:g})"
            self.set_out(name, keep=True)
            self.walk_on(1)
            self.hold(0.8)
        self.hold(1)

    def send_a_crowd(self) -> None:
        starts = grid(self.plane, self.crowd_side)
        labels = multistart(self.field, starts, self.rate, 20 * self.crowd_steps).labels
        colours = outcome_colours(self.theme, labels)
        runs = unnamed_runs(self.field, self.rate, starts, self.crowd_steps, colours)
        crowd = Crowd(self.plane, runs, rings=False, radius=SMALL)
        self.beat(
            "send a crowd",
            f"{self.facts.given('starts', len(runs))} starts walk at once, "
            "each in the colour of the well that it will reach.",
        )
        self.leave()
        self.hide(self.reader.whole, run_time=0.3)
        self.show(crowd, run_time=0.6)
        self.hold(0.8)
        self.play(crowd.flow(run_time=6))
        self.hold(1)
        self.dismiss(crowd)

    def colour_every_start(self) -> None:
        basins = BasinPicture(self.plane, self.field, self.rate, side=self.pixels)
        shares = basins.shares()
        facts, many = self.facts, given("starts", self.pixels**2)
        tone = shading(self.theme.ground, self.theme.outcomes[: len(self.minima)])
        facts.require_as(f"The {tone.value}, the longer", tone, tone.value)
        self.beat(
            "many starts on one map",
            f"Of {facts.say(many, f'{self.pixels**2:,}'.replace(',', THIN))} starts, "
            f"{facts.percent(basins.facts.share(0))} find the deepest well. "
            f"The {tone.value}, the longer it takes.",
        )
        texts = (
            f"{share:.0%} reach {shown(float(p.value), 2)}"
            for share, p in zip(shares, self.minima, strict=True)
        )
        pairs = zip(self.theme.outcomes, texts, strict=False)
        told = [
            (basins.facts.share(i), SpotFacts(self.field, p.point).value())
            for i, p in enumerate(self.minima)
        ]
        key = Key(pairs, -6.55, READOUT_BASELINE, across=True, facts=told)
        points = [tuple(map(float, p.point)) for p in self.minima]
        # In ink, since a well may have the colour of a minimum.
        bottoms = MapMinima(self.plane, self.field, points, colour=self.theme.ink, side=0.19)
        self.show(basins, run_time=1.2)
        self.remove(self.heat)  # no longer seen
        self.show(key, bottoms, run_time=0.6)
        self.hold(4)
