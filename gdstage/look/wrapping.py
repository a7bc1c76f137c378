"""Words in lines: as few as there is room for, and as even as can be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gdstage.look.prose import gaps, prose
from gdstage.look.text import Typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 4


def wrapped(
    text: str, width: float, *, size: float, colour: str, bold: bool = False, most: int = MOST
) -> Typeset:
    """Words in the fewest lines that are no wider than `width` (scene units), up to `most`.

    If so many are not enough they are wider, which the layout's check tells.
    """
    said = None
    for lines in _broken(text, most):
        code = "#linebreak()".join(prose(line, bold=bold) for line in lines)
        said = Typeset(code, size=size, colour=colour, source=text)
        if said.width <= width:
            break
    if said is None:
        raise ValueError(f"{most} lines hold no text")
    return said


def _broken(text: str, most: int) -> Iterator[list[str]]:
    """The text in one line, two, …, each time with the longest of them as short as can be."""
    pieces = _pieces(text)
    for count in range(1, most + 1):
        lengths = range(max(map(len, pieces)), len(text) + 1)
        yield next(lines for n in lengths if len(lines := _filled(pieces, n)) <= count)


def _pieces(text: str) -> list[str]:
    """What lies between the places at which a line may end: no formula is parted."""
    ends = [0, *(at + 1 for at in gaps(text)), len(text) + 1]
    return [text[one : other - 1] for one, other in pairwise(ends)]


def _filled(pieces: Sequence[str], length: int) -> list[str]:
    """Lines of at most so many characters, each as full as it can be."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if len(lines[-1]) + 1 + len(piece) <= length:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines
