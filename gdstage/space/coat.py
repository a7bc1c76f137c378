"""A coat of paint on a surface: plain colours, with exact borders between them.

Where a border passes through a face, the face is divided along it; both parts are painted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from gdstage.look.theme import rgb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gdstage.proof.statement import Statement

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

HALVINGS = 16
"""So often the side of a face is halved to find where on it a border passes."""

BLUR = 0.12
"""For so long, as a share of the coating, each face goes from its old colour to its new one."""


@dataclass(frozen=True)
class Piece:
    """A part of a face (i, j), by its corners on the floor (k, 2), and the index of its colour.

    `border` (2, 2) is where it meets the next part of its face, the colour of which is `beyond`.
    """

    face: tuple[int, int]
    corners: Array
    colour: int
    border: Array
    beyond: int


@dataclass(frozen=True, eq=False)
class Coat:
    """Which colour of the `palette` each face of a surface has, by index (m-1, n-1).

    `pieces` are those of the faces with a border. `turns` (m-1, n-1) says when, from 0 to 1, a face
    gets its colour while the coat is put on. What a surface in its coat states is `known`.
    """

    palette: tuple[str, ...]
    faces: Labels
    turns: Array
    pieces: tuple[Piece, ...]
    known: Statement

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Itself: copies of a surface share it."""
        return self

    def over(self, base: Array, coated: float) -> Array:
        """The colours (m-1, n-1, 3) of faces that had those of `base`, `coated` so far (0…1)."""
        return self._mixed(base, np.array([rgb(c) for c in self.palette])[self.faces], coated)

    def piece_over(self, piece: Piece, base: Array, coated: float) -> tuple[Array, Array]:
        """The colours (3,) of a piece, and of the border beyond it, over those of the faces."""
        own, beyond = (rgb(self.palette[index]) for index in (piece.colour, piece.beyond))
        share = self._share(coated)[piece.face]
        below = base[piece.face]
        return below + share * (own - below), below + share * ((own + beyond) / 2 - below)

    def _mixed(self, base: Array, own: Array, coated: float) -> Array:
        return np.asarray(base + self._share(coated)[..., None] * (own - base))

    def _share(self, coated: float) -> Array:
        """How far each face has come."""
        return np.clip(((1 + BLUR) * coated - self.turns) / BLUR, 0.0, 1.0)


def labelled(
    lines: tuple[Array, Array], label: Callable[[Array], Labels]
) -> tuple[Labels, tuple[Piece, ...]]:
    """The labels of the faces between lines of x (m,) and of y (n,), and the pieces at borders.

    `label` gives the labels (k,) of points (k, 2). Between two corners of a face of different
    labels there is one border; what is narrower than a face may be missed.
    """
    xs, ys = lines
    corners = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1)
    at = label(corners.reshape(-1, 2)).reshape(corners.shape[:2])
    # The corners of each face in turn, to the left around it (m-1, n-1, 4).
    around = np.stack([at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]], axis=-1)
    places = np.stack(
        [corners[:-1, :-1], corners[1:, :-1], corners[1:, 1:], corners[:-1, 1:]], axis=-2
    )
    differ = around != np.roll(around, -1, axis=-1)
    i, j, side = np.nonzero(differ)
    low, high = places[i, j, side], places[i, j, (side + 1) % 4]
    first = around[i, j, side]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = (label(middle) == first)[:, None]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    crossings = np.full((*differ.shape, 2), np.nan)
    crossings[i, j, side] = (low + high) / 2
    pieces: list[Piece] = []
    for face in np.argwhere(differ.any(axis=-1)).tolist():
        a, b = face
        pieces += _pieces((a, b), places[a, b], around[a, b], crossings[a, b])
    return around[..., 0], tuple(pieces)


def _pieces(face: tuple[int, int], corners: Array, labels: Labels, crossings: Array) -> list[Piece]:
    """The pieces of a face whose sides are crossed (4, 2); all meet in the middle of three or more.

    Side k leads from corner k to the next; of one without a crossing it is nan.
    """
    sides = np.flatnonzero(np.isfinite(crossings[:, 0])).tolist()
    middle = crossings[sides].mean(axis=0, keepdims=True)
    pieces = []
    for side, after in zip(sides, [*sides[1:], sides[0] + 4], strict=True):
        own = [(k % 4) for k in range(side + 1, after + 1)]
        start, end = crossings[side], crossings[after % 4]
        shape = [start, *corners[own], end]
        border = np.stack([end, start]) if len(sides) == 2 else np.stack([end, middle[0]])
        if len(sides) > 2:
            shape.append(middle[0])
        beyond = int(labels[(after + 1) % 4])
        pieces.append(Piece(face, np.array(shape), int(labels[own[0]]), border, beyond))
    return pieces


def coat_of(
    lines: tuple[Array, Array],
    label: Callable[[Array], Labels],
    turns: Array,
    palette: Sequence[str],
    known: Statement,
) -> Coat:
    """The coat of a surface over lines of x (m,) and y (n,); `turns` (m, n) are of its corners."""
    faces, pieces = labelled(lines, label)
    middles = (turns[:-1, :-1] + turns[1:, :-1] + turns[1:, 1:] + turns[:-1, 1:]) / 4
    return Coat(tuple(palette), faces, middles, pieces, known)
