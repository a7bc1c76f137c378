"""Two slices have two tangents; together they span the plane that touches the surface."""

from __future__ import annotations

from itertools import pairwise

import manim as mn

from gdmath import PARABOLOID, Verdict, tangent_plane
from gdstage.look.printing import typst
from gdstage.proof.map_facts import SpotFacts
from gdstage.props import tangent_plane as props
from gdstage.space.slices import draw_spot
from gdstage.walks.space_clip import TOP


class TangentPlane(props.PlaneClip):
    """From two tangent lines to the tangent plane, and to the place where it lies level."""

    topic = "Tangent plane"
    field = PARABOLOID
    point, reaches, told = (0.8, 0.6), (0.8, 0.4, 0.2), (0, 1, 2, 6)
    rate, tolerance, column, size = 0.25, 0.05, 2.9, 34
    opening = ((24, 6), (18, 5), (14, 4), (10, 3), (6, 2))

    def construct(self) -> None:
        self.compute()
        self.take_two_slices()
        self.draw_two_tangents()
        self.span_the_plane()
        self.go_closer()
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
            say="Through a dot on a bowl, curves are drawn across it. {caption}",
        )
        self.space = self.bowl = props.BowlOverFloor(self.theme, self.field)
        self.formula = self.name_of(self.field)
        self.show(self.space, self.formula)
        self.slices = props.TwoSlices(self.space, self.field, self.point, self.reaches[0])
        lifted = self.bowl.graph.animate.clip(y=(y, None))
        self.play(lifted, mn.Create(self.slices.cut(0)), run_time=2.4)
        self.show(self.slices.touch())
        home = self.space.camera.animate.set(**self.bowl.homely)
        self.play(mn.Create(self.slices.cut(1)), home, run_time=2.4)

    def draw_two_tangents(self) -> None:
        two, also = (self.facts.dimension(self.field) for _ in range(2))
        self.beat(
            f"{two} tangents",
            f"Each cut has a tangent line. Their slopes are the {also} partial derivatives.",
            say="Straight lines are laid along the cuts. {caption}",
        )
        self.rows = self.slope_rows(self.point, self.theme.tangent)
        for axis, row in enumerate(self.rows):
            self.play(mn.Create(self.slices.tangent(axis)), run_time=1.4)
            self.show(row, run_time=0.8)

    def span_the_plane(self) -> None:
        self.beat(
            "together they span a plane",
            "One plane holds both lines. It touches the surface: the tangent plane.",
            say="A tangent sweeps along its neighbour, and leaves a plane behind. {caption}",
            poster=True,
        )
        self.spanned = props.SpannedPlane(self.space, self.field, self.point, self.reaches[0])
        paler = self.bowl.graph.animate.set_opacity(props.SEEN_THROUGH)
        self.play(self.spanned.sweep(run_time=2.8), paler, run_time=2.8)
        code = f"L(x, y) = {typst(props.in_decimals(tangent_plane(self.field, self.point).expr))}"
        self.rows.add(formula := self.row(3.4, code, self.theme.tangent))
        self.show(formula)
        turn = self.space.camera.animate.set(theta=self.space.camera.theta + 2 * props.BEFORE)
        self.play(turn, rate_func=mn.there_and_back, run_time=3.2)
        self.hold(0.4)
        one, _, other, _, tangent = self.slices.parts
        self.first_parts = (*self.bowl.scenery, one, other, tangent, *self.spanned.sides)
        self.dismiss(self.formula, self.rows, *self.first_parts)

    def go_closer(self) -> None:
        (x, y), h = self.point, self.reaches[0]
        self.beat(
            "closer, and it fits better",
            "Halve the distance h, and the gap between surface and plane is a quarter.",
            say="The picture closes in on the dot, and in again. {caption}",
        )
        self.play(self.bowl.graph.animate.clip(x=(x - h, x + h), y=(None, y + h)), run_time=1.0)
        views = self.views = [props.CloseView(self.theme, self.field, self.point, h)]
        nearer = self.space.camera.animate.set(**views[0].seen_from_afar)
        self.play(nearer, self.bowl.graph.animate.set_opacity(1), run_time=1.8)
        self.table = props.GapTable(self.theme, self.field, self.point, props.rows_of_views())
        self.play(mn.FadeOut(self.space), mn.FadeIn(views[0].space), mn.FadeIn(self.table))
        self.show(self.table.write(h))
        for number, reach in enumerate(self.reaches[1:], start=1):
            view = props.CloseView(self.theme, self.field, self.point, views[-1].h, number)
            self.play(mn.Create(views[-1].frame(reach)), run_time=0.8)
            self.add(view.space)
            self.play(view.move_from(views[-1]), run_time=0.9)
            self.play(view.zoom_to(reach, run_time=1.6))
            self.show(self.table.write(reach))
            views.append(view)
        self.hold(0.6)
        self.dismiss(self.table, *(view.space for view in views[1:]))

    def walk_down(self) -> None:
        walk = self.evidence.walks["to the bottom"]
        self.beat(
            "the slopes shrink, it tilts less and less",
            "Walk down against the gradient: as the slopes shrink, the plane levels out.",
            say="The dot walks, and carries its plane along. {caption}",
        )
        self.space = self.bowl = props.half_a_bowl(self.theme, self.field)
        tilts = props.SlopeTable(self.theme, walk, (self.column, TOP - 1.15))
        *kept, last = self.told
        self.figure = props.PlaneWalk(self.space, "to the bottom", walk, kept=kept)
        self.play(*props.give_way(self.views[0].space, self.space, self.formula, tilts))
        self.play(self.space.camera.animate.set(**props.LOW), run_time=1.6)
        for before, k in pairwise((0, *self.told)):
            self.descend(self.moments(before + 1, k))
            self.show(tilts.write(k))
        self.show(number := self.figure.number(last))
        self.dismiss(tilts, number, *self.figure.ghosts)

    def find_it_level(self) -> None:
        facts, spot = self.facts, SpotFacts(self.field, self.lowest.point)
        self.beat(
            "level exactly at the minimum",
            f"At {facts.spot(spot)} both slopes are {facts.level(spot)}: "
            "the plane is parallel to the floor.",
            say="The plane rests under the bowl, and its shadow lies on the floor. {caption}",
        )
        self.play(self.figure.arrive(spot.near), run_time=1.0)
        self.space.add(shadow := self.figure.shadow)
        mark = draw_spot(self.space, self.field, self.lowest, minimum := self.theme.minimum)
        level = typst(tangent_plane(self.field, self.lowest.point).expr)
        rows = self.slope_rows(spot.near, minimum).add(self.row(3.4, f"L(x, y) = {level}", minimum))
        fresh = map(mn.FadeIn, (mark, shadow, rows))
        self.play(*fresh, self.figure.patch.animate.set_color(minimum), run_time=0.8)
        self.play(self.space.camera.animate.set(**self.bowl.homely), run_time=2.4)
        self.hold(0.6)
