"""Three wells: where a walk ends depends on where it starts, and a map shows it for every start."""

from __future__ import annotations

import manim as mn

from gdmath import THREE_WELLS, Kind, Verdict, Walk, find_stationary_points, gradient_step
from gdstage.layout import AXES_ROOM, PICTURE
from gdstage.pace import paced
from gdstage.plane.axes import Plane
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.map_facts import SpotFacts
from gdstage.proof.truths import ends_apart, equal, minima_seen, number_of, ordered, shading
from gdstage.props import many_minima as props
from gdstage.space.axes import edge_axes
from gdstage.space.space import DEGREE, Space
from gdstage.walks.basins import BasinPicture, coat_on, grid
from gdstage.walks.surface_walk import SurfaceWalk
from gdstage.walks.walk_clip import WalkClip

THIN = "\u202f"
ALONE = PICTURE.within(bottom=0.4)
LEFT, RIGHT = PICTURE.within(left=0.4, right=0.3).parted(0.54)
SLOWLY, BRISKLY = ((14, 5), (8, 3), (5, 2), (4, 1)), ((4, 1), (3, 1))


class ManyMinima(WalkClip):
    """The lab's starts on the three wells, then a crowd of starts, then the basins."""

    topic = "Many minima"
    space: Space
    field = THREE_WELLS
    room = ((0.0, 5.0), (0.0, 5.0))
    heights = (6.0, 9.6)
    rate, tolerance = 0.2, 1e-3
    lab_starts = ((0.5, 3.0, 30), (2.0, 3.0, 20), (4.0, 0.5, 20))
    theta = -128 * DEGREE
    crowd_side, crowd_steps = 10, 40
    pixels = 480

    def construct(self) -> None:
        self.compute()
        self.see_three_wells()
        self.walk_from_the_labs_starts()
        self.send_a_crowd()
        self.colour_every_start()

    def compute(self) -> None:
        found = find_stationary_points(self.field).points
        self.spots = [SpotFacts(self.field, p.point) for p in found if p.kind is Kind.MINIMUM]
        self.palette = self.theme.outcomes[: len(self.spots)]
        for x, y, steps in self.lab_starts:
            self.cast(f"from ({x:g}, {y:g})", Verdict.CONVERGED, self.rate, (x, y), steps=steps)
        facts, walks = self.facts, list(self.evidence.walks.values())
        facts.require("deepest", ordered("<", *(spot.value() for spot in self.spots)))
        facts.require("The same", equal(*(WalkFacts(walk).rate() for walk in walks)))
        facts.teach("each in the colour of its well")
        self.wells = minima_seen(self.field, self.room, len(self.spots))
        self.starts, reached = number_of(*walks), ends_apart(walks, 0.1)
        facts.require("different wells", equal(reached, self.starts))

    def see_three_wells(self) -> None:
        facts = self.facts
        values = ", ".join(facts.number(spot.value(), 2) for spot in self.spots)
        self.beat(
            f"{facts.spelled(self.wells)} wells, one deepest",
            f"A landscape with {facts.spelled(self.wells)} minima, of heights {values}. "
            "In which of them does a walk end?",
            say="A landscape seen from above tips over, and shows its wells. {caption}",
        )
        (x, y), size = self.room, (5.0, 5.0, 3.0)
        space = self.space = Space(self.theme, x, y, self.heights, size=size, theta=self.theta)
        self.surface = space.surface(self.field)
        edge_axes(space, ("x", "y", "f(x, y)"))
        zoom = props.look_from_above(space, ALONE)
        self.show(space)
        self.play(space.camera.animate.set(phi=props.ASIDE, zoom=zoom), run_time=3)
        tones = (self.theme.minimum, *(self.theme.ink,) * (len(self.spots) - 1))
        heights = props.depths(space, self.spots, tones)
        for mark, height in zip(props.wells(space, self.spots, tones), heights, strict=True):
            self.show(*mark, height)
            self.on_stage += (*mark, height)

    def walk_from_the_labs_starts(self) -> None:
        facts, walks = self.facts, self.evidence.walks
        self.beat(
            f"from {facts.spelled(self.starts)} starts",
            f"The same α = {facts.rate(next(iter(walks)))} from {facts.spelled(self.starts)} "
            "starts: do they end in different wells?",
            say="Dots run over the slopes, one after another, and leave their tracks. {caption}",
        )
        self.reader = props.Numbers(self.theme)
        for name, walk in walks.items():
            is_first = self.reader not in self.mobjects
            self.set_out(name, *[self.reader] * is_first, keep=not is_first)
            pace = (SLOWLY, (2, 1)) if is_first else (BRISKLY, (1, 1))
            self.descend(paced(range(1, walk.stopped_at + 1), *pace))
            self.hide(*self.figure.retire(), run_time=0.3)
            self.show(*(told := props.arrival(self.space, walk, self.spots, self.palette)))
            self.on_stage += told
        self.hold(1)
        self.dismiss(self.reader.whole)

    def send_a_crowd(self) -> None:
        facts = self.facts
        self.plane = Plane(self.theme, RIGHT.within(**AXES_ROOM), *self.room, y_name="y")
        starts = grid(self.plane, self.crowd_side)
        self.beat(
            "the start decides",
            f"{facts.given('starts', len(starts))} starts walk at once, and go back again: "
            "each in the colour of its well.",
            say="Dots stand on the landscape like a grid, and flow into the wells. {caption}",
        )
        crowd = props.SurfaceCrowd(self.space, self.field, self.rate, starts, self.crowd_steps)
        self.leave(*map(mn.FadeIn, crowd))
        self.on_stage = (crowd,)
        self.play(crowd.flow(run_time=4))
        self.play(crowd.recolour(run_time=0.6))
        self.play(crowd.flow(run_time=2.4, back=True))
        paths, marks = crowd.paths(), props.bottoms(self.space, self.spots, self.palette)
        told = [*crowd.halos(), *marks]
        self.play(*map(mn.Create, paths), *map(mn.FadeIn, told), run_time=1)
        self.hold(1)
        self.dismiss(*paths, *told)

    def colour_every_start(self) -> None:
        basins = BasinPicture(self.plane, self.field, gradient_step(self.rate), side=self.pixels)
        tone = shading(self.theme.ground, self.palette)
        facts, many = self.facts, given("starts", self.pixels**2)
        facts.require_as(f"the {tone.value}, the longer", tone, tone.value)
        self.beat(
            "where the starts end",
            f"Of {facts.say(many, f'{self.pixels**2:,}'.replace(',', THIN))} starts, how many "
            f"find the deepest well? On the map, the {tone.value}, the longer it takes.",
            say="A map opens beside the landscape, and its colours spread over it. {caption}",
            poster=True,
        )
        aside = self.space.camera.animate.set(**props.framing(self.space, LEFT, 1.04))
        self.play(aside, mn.FadeIn(basins, self.plane, rate_func=props.LATE), run_time=2)
        self.show(*props.told_of(self.plane, basins, self.spots), run_time=0.6)
        self.leave(*map(mn.FadeIn, props.bottoms(self.space, self.spots)))
        self.play(coat_on(self.surface, self.field, gradient_step(self.rate)), run_time=3)
        self.hold(2)

    def figure_of(self, name: str, walk: Walk) -> SurfaceWalk:
        """The walk on the surface."""
        figure = SurfaceWalk(self.space, name, walk)
        self.add(self.space)
        return figure
