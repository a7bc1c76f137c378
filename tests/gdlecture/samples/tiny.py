"""A dot on four iterates beside their axes, in five seconds."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.plane.axes import Plane
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import point, stated


class Tiny(Clip):
    topic = "Test"

    def construct(self):
        walk = self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3))
        plane = Plane(self.theme, Box(-5, 5, -2, 2), (0, 2), (2, 5))
        dot, facts = IterateDot(self.theme.iterate), WalkFacts(walk)
        self.beat("one", "Plain words.")
        self.add(plane)
        places = [plane.at(x, y) for (x,), y in zip(walk.points, walk.values, strict=True)]

        def claim(k):
            return dot.claim("w", k, places[k], point(plane, "iterate", facts.on_graph(k)))

        for k, place in enumerate(places):
            self.add(claim(k).move_to(place))
            self.hold(0.4)
        self.beat("last", "Signs: α, β < γ & δ.")
        stated(dot.release(), point(plane, "on its way", facts.on_graph(0)))
        self.play(dot.animate.move_to(places[0]), run_time=0.4)
        stated(claim(0), None)
        self.hold(0.4)
