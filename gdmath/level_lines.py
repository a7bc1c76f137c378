"""Level lines of a sampled field, by marching triangles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def level_segments(
    xs: NDArray[np.float64], ys: NDArray[np.float64], values: NDArray[np.float64], level: float
) -> NDArray[np.float64]:
    """The segments (n, 2, 2) of the line `values == level` over a grid xs (m,), ys (k,).

    `values` has shape (m, k). Each cell is two triangles with linear values, so the line is
    continuous and every segment's end lies on an edge of the grid or on a diagonal.
    """
    grid = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1)
    gap = values - level
    gap = np.where(gap == 0, np.finfo(float).tiny, gap)  # no corner lies on the line itself
    corners = [(slice(None, -1), slice(None, -1)), (slice(1, None), slice(None, -1))]
    corners += [(slice(1, None), slice(1, None)), (slice(None, -1), slice(1, None))]
    segments = []
    for triangle in ((0, 1, 2), (0, 2, 3)):
        place = np.stack([grid[corners[c]].reshape(-1, 2) for c in triangle], axis=1)
        g = np.stack([gap[corners[c]].ravel() for c in triangle], axis=1)
        inside = np.isfinite(g).all(axis=1)
        positive = g > 0
        crossed = inside & (positive.any(axis=1) != positive.all(axis=1))
        place, g, positive = place[crossed], g[crossed], positive[crossed]
        # The corner that is alone on its side is an end of both edges that the line crosses.
        lone = np.where(
            positive.sum(axis=1) == 1, positive.argmax(axis=1), (~positive).argmax(axis=1)
        )
        row = np.arange(len(lone))
        ends = []
        for other in (1, 2):
            to = (lone + other) % 3
            share = (g[row, lone] / (g[row, lone] - g[row, to]))[:, None]
            ends.append(place[row, lone] * (1 - share) + place[row, to] * share)
        segments.append(np.stack(ends, axis=1))
    return np.concatenate(segments)


def join(segments: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The segments (n, 2, d) chained into as few polylines (k, d) as share their ends."""
    ends = np.round(segments, 9)
    at: dict[tuple[float, ...], list[int]] = {}
    for index, pair in enumerate(ends.tolist()):
        for end in pair:
            at.setdefault(tuple(end), []).append(index)
    free = set(range(len(segments)))
    lines = []
    # Open lines first, from an end that no other segment shares; what is left is closed.
    starts = [ids[0] for ids in at.values() if len(ids) == 1] + list(range(len(segments)))
    for start in starts:
        if start not in free:
            continue
        free.remove(start)
        one, two = (tuple(end) for end in ends[start].tolist())
        if len(at[one]) > 1 and len(at[two]) == 1:
            one, two = two, one
        chain = [one, two]
        while True:
            follow = next((i for i in at[chain[-1]] if i in free), None)
            if follow is None:
                break
            free.remove(follow)
            a, b = (tuple(end) for end in ends[follow].tolist())
            chain.append(b if a == chain[-1] else a)
        lines.append(np.array(chain))
    return lines
