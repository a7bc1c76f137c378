"""Two slices have two tangents; together they span the plane that touches the surface."""

from __future__ import annotations

import manim as mn

from gdmath import PARABOLOID, Verdict, tangent_plane
from gdstage.look.printing import typst
from gdstage.proof.map_facts import SpotFacts
from gdstage.props import tangent_plane as props
from gdstage.space.slices import draw_spot, draw_tangent_plane
from gdstage.space.space import DEGREE
from gdstage.walks.readouts import Readouts, slope
from gdstage.walks.space_clip import TOP, SpaceClip


class TangentPlane(SpaceClip):
    """From two tangent lines to the tangent plane, and to the place where it lies level."""

    topic = "Tangent plane"
    field = PARABOLOID
    point, reaches = (0.8, 0.6), (0.8, 0.4, 0.2, 0.1)
    rate, tolerance, column, size = 0.25, 0.05, 2.7, 34
    opening = ((14, 12), (12, 9), (10, 8), (8, 6), (6, 5))

    def construct(self) -> None:
        self.compute()
        self.take_two_slices()
        self.draw_two_tangents()
        self.span_the_plane()
        self.go_closer()
        self.halve_the_distance()
        self.walk_down()
        self.find_it_level()

    def compute(self) -> None:
        walk = self.cast("to the bottom", Verdict.CONVERGED, self.rate, self.point)
        props.require_story(self.facts, self.field, self.point, self.reaches, walk)

    def take_two_slices(self) -> None:
        (_, y), facts = self.point, self.facts
        self.beat(
            f"{facts.dimension(self.field)} slices through one point",
            f"Through the point above {facts.start_point('to the bottom')} go "
            f"{facts.dimension(self.field)} cuts: one with y held still, one with x.",
        )
        self.space = self.bowl = props.BowlOverFloor(self.theme, self.field)
        self.show(self.space, self.name_of(self.field), run_time=1.0)
        self.hold(0.4)
        self.play(self.bowl.graph.animate.clip(y=(y, None)), run_time=1.4)
        self.slices = props.TwoSlices(self.space, self.field, self.point, self.reaches[0])
        for cut in (self.slices.cut(axis) for axis in (0, 1)):
            self.play(mn.Create(cut), run_time=0.9)
        self.show(self.slices.touch())
        self.hold(0.8)

    def draw_two_tangents(self) -> None:
        two, also = (self.facts.dimension(self.field) for _ in range(2))
        self.beat(
            f"{two} tangents",
            f"Each cut has a tangent line. Their slopes are the {also} partial derivatives.",
        )
        self.rows = self.slope_rows(self.point, self.theme.tangent)
        for axis, row in enumerate(self.rows):
            self.play(mn.Create(self.slices.tangent(axis)), mn.FadeIn(row), run_time=0.9)
            self.hold(0.8)

    def span_the_plane(self) -> None:
        self.beat(
            "together they span a plane",
            "One plane holds both lines. It touches the surface: the tangent plane.",
            poster=True,
        )
        self.patch = draw_tangent_plane(self.space, self.field, self.point, self.reaches[0])
        code = f"L(x, y) = {typst(props.in_decimals(tangent_plane(self.field, self.point).expr))}"
        self.rows.add(formula := self.row(3.4, code, self.theme.tangent))
        paler = self.bowl.graph.animate.set_opacity(0.8)
        self.play(mn.FadeIn(self.patch), paler, mn.FadeIn(formula), run_time=1.0)
        turn = self.space.camera.animate.set(theta=-73 * DEGREE)
        self.play(turn, rate_func=mn.there_and_back, run_time=4)
        self.hold(0.6)

    def go_closer(self) -> None:
        (x, y), h = self.point, self.reaches[0]
        self.beat(
            "closer, and it fits better",
            "Halve the distance h, and the gap between surface and plane is a quarter.",
        )
        self.close = props.CloseView(self.theme, self.field, self.point, h)
        one, other, _, _, tangent = self.slices.parts
        leaving = (self.rows, self.bowl.floor, self.bowl.axes, one, other, tangent)
        self.play(*map(mn.FadeOut, leaving), run_time=0.5)
        self.play(
            self.space.camera.animate.set(**self.close.seen_from_afar),
            self.bowl.graph.animate.clip(x=(x - h, x + h), y=(None, y + h)),
            run_time=1.8,
        )

    def halve_the_distance(self) -> None:
        self.table = props.GapTable(self.theme, self.field, self.point, self.column, TOP - 1.2)
        arriving = (self.close.space, self.table)
        self.play(mn.FadeOut(self.space), *map(mn.FadeIn, arriving), run_time=0.6)
        for reach in self.reaches:
            if reach < self.close.h:
                self.play(self.close.zoom_to(reach, run_time=1.6))
            self.show(self.table.write(reach))
            self.hold(0.8)
        self.hold(1.2)

    def walk_down(self) -> None:
        walk = self.evidence.walks["to the bottom"]
        self.beat(
            "it tilts less and less",
            "Walk down against the gradient: as the slopes shrink, the plane levels out.",
        )
        self.space.remove(*self.slices.parts, self.patch)
        self.bowl.go_home(front=self.point[1])
        self.figure = props.PlaneWalk(self.space, "to the bottom", walk, reach=self.reaches[0])
        codes = (f"(partial f)/(partial {name})(x_k, y_k)" for name in "xy")
        rows = [slope(self.theme, code, axis) for axis, code in enumerate(codes)]
        style = {"size": self.size, "decimals": 4}
        self.reader = Readouts().rows(rows, self.column, TOP - 1.15, 1.15, **style).read(walk, 0)
        leaving, arriving = (self.close.space, self.table), (self.space, self.reader.whole)
        self.play(*map(mn.FadeOut, leaving), *map(mn.FadeIn, arriving), run_time=0.8)
        self.play(self.bowl.graph.animate.clip(y=(0, None)), run_time=1.0)
        self.hold(0.4)
        self.walk_on(1)
        self.hold(1)

    def find_it_level(self) -> None:
        facts, spot = self.facts, SpotFacts(self.field, self.lowest.point)
        self.beat(
            "level exactly at the minimum",
            f"At {facts.spot(spot)} both slopes are {facts.level(spot)}: "
            "the plane is parallel to the floor.",
        )
        (x, y), minimum = spot.near, self.theme.minimum
        mark = draw_spot(self.space, self.field, self.lowest, minimum)
        level = typst(tangent_plane(self.field, self.lowest.point).expr)
        rows = self.slope_rows((x, y), minimum).add(self.row(3.4, f"L(x, y) = {level}", minimum))
        self.play(
            self.figure.arrive((x, y)), mn.FadeIn(mark), mn.FadeOut(self.reader.whole), run_time=0.6
        )
        self.play(self.figure.patch.animate.set_color(minimum), mn.FadeIn(rows), run_time=0.8)
        self.play(self.space.camera.animate.set(phi=87 * DEGREE), run_time=2.4)
        self.hold(2)

    def slope_rows(self, point: tuple[float, float], colour: str) -> mn.VGroup:
        rows = (props.slope_code(self.field, point, axis) for axis in (0, 1))
        return mn.VGroup(*(self.row(1.15 * (i + 1), code, colour) for i, code in enumerate(rows)))
