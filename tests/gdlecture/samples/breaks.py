"""Raises in the middle of its second beat."""

from gdstage.clip import Clip


class Breaks(Clip):
    topic = "Test"

    def construct(self):
        self.beat("fine", "So far.")
        self.beat("not fine", "No further.")
        raise ZeroDivisionError("by\nnothing")
