"""A dot on four iterates, in five seconds."""

import manim as mn
import numpy as np

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.clip import Clip
from gdstage.proof.evidence import IterateDot


class Tiny(Clip):
    topic = "Test"

    def construct(self):
        walk = self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3))
        dot = IterateDot(self.theme.iterate)
        self.beat("one", "Plain words.")
        for k, (x,) in enumerate(walk.points):
            place = np.array([2 * x, 1 - k, 0.0])
            self.add(dot.claim("w", k, place).move_to(place))
            self.hold(0.4)
        self.beat("last", "Signs: α, β < γ & δ.")
        self.play(dot.release().animate.move_to(mn.LEFT), run_time=0.4)
        dot.claim("w", 0, mn.LEFT)
        self.hold(0.4)
