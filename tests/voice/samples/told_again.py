"""The same once more, by itself: two clips make a lecture."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.plane.axes import Plane
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import point


class ToldAgain(Clip):
    topic = "Test"

    def construct(self):
        walk = self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.2), steps=2))
        plane = Plane(self.theme, Box(-5, 5, -2, 2), (0, 2), (2, 5))
        dot, facts = IterateDot(self.theme.iterate), WalkFacts(walk)
        self.beat("again", f"Here α = {self.facts.rate('w')}. How far does it get?")
        self.add(plane)
        place = plane.at(float(walk.points[0, 0]), float(walk.values[0]))
        dot.claim("w", 0, place, point(plane, "iterate", facts.on_graph(0)))
        self.add(dot.move_to(place))
        self.hold(0.4)
