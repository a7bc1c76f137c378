"""A dot on four iterates, told: a caption that is said, and more to say."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.clip import Clip
from gdstage.layout import Box
from gdstage.plane.axes import Plane
from gdstage.proof.evidence import IterateDot
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import point, stated


class Told(Clip):
    topic = "Test"

    def construct(self):
        walk = self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3))
        plane = Plane(self.theme, Box(-5, 5, -2, 2), (0, 2), (2, 5))
        dot, facts = IterateDot(self.theme.iterate), WalkFacts(walk)
        self.beat("one", f"With α = {self.facts.rate('w')}.")
        self.add(plane)
        places = [plane.at(x, y) for (x,), y in zip(walk.points, walk.values, strict=True)]

        def claim(k):
            return dot.claim("w", k, places[k], point(plane, "iterate", facts.on_graph(k)))

        for k, place in enumerate(places):
            self.add(claim(k).move_to(place))
            self.hold(0.4)
        zero, start = self.facts.index("w", 0), self.facts.start("w")
        say = f"The dot began at x{zero} = {start}."
        self.beat("last", "Its end.", say=say)
        self.say(f"It took {self.facts.steps('w')} steps.")
        stated(dot.release(), point(plane, "on its way", facts.on_graph(0)))
        self.play(dot.animate.move_to(places[0]), run_time=0.4)
        stated(claim(0), None)
        self.hold(0.4)
