"""What colours mean: a square of each, and words in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import manim as mn

from gdstage.look.fitting import fitted
from gdstage.look.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

SIDE = 0.2
INDENT = 0.35
"""From the left edge of a square to the words beside it (scene units)."""

BETWEEN, NOTE_ROW = 0.5, 0.45


class KeyEntry(mn.VGroup):
    """A square and words, no wider than told, their baseline from (x, y) in scene units.

    A square, so that no disc but an iterate's is of that colour.
    """

    def __init__(
        self, colour: str, text: str, x: float, y: float, *, size: float, width: float = 20.0
    ) -> None:
        square = mn.Square(SIDE, stroke_width=0).set_fill(colour, 1)
        self.said = fitted(words(text, size=size, colour=colour), width).rest(x + INDENT, y)
        super().__init__(square.move_to((x + SIDE / 2, y + 0.11, 0)), self.said)


class Key(mn.VGroup):
    """Pairs of a colour and what it means, from (x, y) down by `pitch`, or `across` on one line."""

    def __init__(
        self,
        pairs: Iterable[tuple[str, str]],
        x: float,
        y: float,
        *,
        size: float = 30,
        pitch: float = 0.75,
        across: bool = False,
    ) -> None:
        super().__init__()
        self.entries: list[KeyEntry] = []
        for colour, text in pairs:
            entry = KeyEntry(colour, text, x, y, size=size)
            self.entries.append(entry)
            self.add(entry)
            if across:
                x = entry.get_right()[0] + BETWEEN
            else:
                y -= pitch

    def note(self, notes: Iterable[str], colour: str) -> Key:
        """Write a note under the words of each entry."""
        for entry, text in zip(self.entries, notes, strict=True):
            said = entry.said
            note = words(text, size=26, colour=colour)
            entry.add(note.rest(said.get_left()[0], said.baseline - NOTE_ROW))
        return self
