"""How frames are painted and handed to the encoder: what stands still is painted and turned once.

Not a pixel differs from what manim's own camera and writer make of the same scene.
"""
