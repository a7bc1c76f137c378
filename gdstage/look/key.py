"""What colours mean: a square of each, and words in it."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeVar

import manim as mn

from gdstage.look.fitting import fitted
from gdstage.look.text import SMALLEST, words
from gdstage.proof.statement import scenery, stated, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gdstage.proof.fact import Fact

Item = TypeVar("Item")

SIDE = 0.2
INDENT = 0.35
"""From the left edge of a square to the words beside it (scene units)."""

BETWEEN, NOTE_ROW = 0.5, 0.45


class KeyEntry(mn.VGroup):
    """A square and words, no wider than told, their baseline from (x, y) in scene units.

    A square, so that no disc but an iterate's is of that colour. `facts` are the numbers in the
    words.
    """

    def __init__(
        self,
        colour: str,
        text: str,
        x: float,
        y: float,
        *,
        size: float,
        width: float = 20.0,
        facts: Sequence[Fact] = (),
    ) -> None:
        square = mn.Square(SIDE, stroke_width=0).set_fill(colour, 1)
        stated(square, scenery("key"))
        self.said = fitted(words(text, size=size, colour=colour), width).rest(x + INDENT, y)
        stated(self.said, word("number", *facts) if facts else word("label"))
        super().__init__(square.move_to((x + SIDE / 2, y + 0.11, 0)), self.said)


class Key(mn.VGroup):
    """Pairs of a colour and what it means, from (x, y) down by `pitch`, or `across` on one line.

    `facts` are the numbers in each of these meanings.
    """

    def __init__(
        self,
        pairs: Iterable[tuple[str, str]],
        x: float,
        y: float,
        *,
        size: float = 30,
        pitch: float = 0.75,
        across: bool = False,
        facts: Iterable[Sequence[Fact]] = (),
    ) -> None:
        super().__init__()
        self.entries: list[KeyEntry] = []
        for (colour, text), numbers in _beside(pairs, facts):
            entry = KeyEntry(colour, text, x, y, size=size, facts=numbers)
            self.entries.append(entry)
            self.add(entry)
            if across:
                x = entry.get_right()[0] + BETWEEN
            else:
                y -= pitch

    def note(self, notes: Iterable[str], colour: str, facts: Iterable[Sequence[Fact]] = ()) -> Key:
        """Write a note under the words of each entry; `facts` are the numbers in each."""
        for entry, (text, numbers) in zip(self.entries, _beside(notes, facts), strict=True):
            said = entry.said
            note = words(text, size=SMALLEST, colour=colour)
            stated(note, word("number", *numbers) if numbers else word("label"))
            entry.add(note.rest(said.get_left()[0], said.baseline - NOTE_ROW))
        return self


def _beside(
    items: Iterable[Item], facts: Iterable[Sequence[Fact]]
) -> Iterable[tuple[Item, Sequence[Fact]]]:
    """Each item with the facts that are given for it, or none."""
    return zip(items, chain(facts, repeat(())), strict=False)
