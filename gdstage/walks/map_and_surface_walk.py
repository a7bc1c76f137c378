"""One walk in two pictures: on the map seen from above, and on the surface in space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdstage.walks.map_walk import MapWalk
from gdstage.walks.surface_walk import SurfaceWalk

if TYPE_CHECKING:
    import manim as mn

    from gdmath import Walk
    from gdstage.plane.axes import Plane
    from gdstage.space.space import Space
    from gdstage.walks.surface_walk import Lift


class MapAndSurfaceWalk(MapWalk):
    """A walk of two variables, on a map and on a surface at once.

    Both dots claim the same iterates. On the map the path is straight between iterates, as the
    steps are; on the surface it lies above the same straight line.
    """

    def __init__(
        self, plane: Plane, space: Space, name: str, walk: Walk, lift: Lift | None = None
    ) -> None:
        self.above = SurfaceWalk(space, name, walk, lift)
        super().__init__(plane, name, walk)

    @property
    def moving(self) -> tuple[mn.Mobject, ...]:
        """What a step changes."""
        # Manim redraws what stands after the first thing that moves: the space first.
        return (self.above.space, self)

    @property
    def parts(self) -> tuple[mn.Mobject, ...]:
        """The walk on the map, and all that it draws in the space."""
        return (self, *self.above.parts)

    def stand_on(self, k: int) -> MapAndSurfaceWalk:
        """Stand on iterate k, in both pictures."""
        super().stand_on(k)
        self.above.stand_on(k)
        return self

    def stand_between(self, k: int, share: float) -> MapAndSurfaceWalk:
        """Be `share` (0…1) of the way from iterate k - 1 to iterate k."""
        super().stand_between(k, share)
        self.above.stand_between(k, share)
        return self

    def leave_behind(self, k: int) -> MapAndSurfaceWalk:
        """Turn iterate k, and the step that led to it, into the past, in both pictures."""
        super().leave_behind(k)
        self.above.leave_behind(k)
        return self
