"""Finished clips as slides: one a beat, for a browser, for PowerPoint and for manim-slides."""
