"""A small ground of its own for a text that lies on a picture: no colour reads on all of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.proof.statement import scenery, stated

if TYPE_CHECKING:
    from gdstage.look.text import Typeset

ROOM = 0.09
"""How far the ground reaches beyond its text, in scene units."""


def tagged(text: Typeset, ground: str) -> mn.VGroup:
    """A text where it is, on a tag in the ground's colour, which hides what is behind it."""
    width, height = text.width + 2 * ROOM, text.height + 2 * ROOM
    tag = mn.RoundedRectangle(corner_radius=ROOM, width=width, height=height)
    tag.set_fill(ground, 1).set_stroke(width=0).move_to(text)
    return mn.VGroup(stated(tag, scenery("tag")), text)
