"""What the clips of the sauna share: a room of known temperatures, from cold blue to hot red."""

from __future__ import annotations

from gdmath import SAUNA
from gdstage.walks.room_clip import RoomClip


class SaunaClip(RoomClip):
    """A clip of walks in the sauna."""

    topic = "Sauna"
    field = SAUNA
    value_name = "T"
    heights = (73.0, 85.0)
    levels = tuple(range(74, 85))

    def palette(self) -> tuple[str, ...]:
        """The colours of the lowest to the highest value: cold blue to hot red."""
        return self.theme.heat
