"""A space made to fit its place in the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gdstage.layout import Box
    from gdstage.space.space import Space


def fit_into(
    space: Space, box: Box, turns: Sequence[float] = (0.0,), overhang: float = 0.2
) -> None:
    """Let a space with its axes fill a box of the frame, however it is turned by `turns`.

    The axes of x and y pass the space's own box by a share `overhang` of its sides.
    """
    camera, reach = space.camera, np.array([-0.02, 1.0 + overhang])
    shares = np.stack(np.meshgrid(reach, reach, np.array([0.0, 1.15])), axis=-1).reshape(-1, 3)
    corners = space.box.low + shares * (space.box.high - space.box.low)
    theta = camera.theta
    seen = []
    for turn in turns:
        camera.theta = theta + turn
        seen.append(space.project(corners)[:, :2])
    low, high = np.concatenate(seen).min(axis=0), np.concatenate(seen).max(axis=0)
    room = np.array([box.width, box.height])
    scale = float((room / (high - low)).min())
    camera.zoom *= scale
    # What was seen in the middle of the picture is put into the middle of the box.
    place = camera.place
    place[:2] = box.middle[:2] - scale * ((low + high) / 2 - place[:2])
    camera.place = place
    camera.theta = theta
