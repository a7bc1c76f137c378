"""How manim's cairo camera comes to paint spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import manim as mn

from gdstage.space.painter import paint
from gdstage.space.solids import Primitive
from gdstage.space.world import Canvas

if TYPE_CHECKING:
    import cairo

    from gdstage.space.world import World

HOOKED = "paints_spaces"


def hook_into_cairo() -> None:
    """Teach manim's cairo camera to paint spaces; once, and without effect on anything else.

    The camera asks `get_mobjects_to_display` for its list, in which the parts of a space are
    replaced by one canvas, and hands that canvas to `display_vectorized`.
    """
    if getattr(mn.Camera, HOOKED, False):
        return
    list_mobjects, display = mn.Camera.get_mobjects_to_display, mn.Camera.display_vectorized

    def get_mobjects_to_display(self: Any, *args: Any, **kwargs: Any) -> list[mn.Mobject]:
        return _gathered(list_mobjects(self, *args, **kwargs), self)

    def display_vectorized(self: Any, vmobject: mn.VMobject, ctx: cairo.Context) -> Any:
        if not isinstance(vmobject, Canvas):
            return display(self, vmobject, ctx)
        if vmobject.world.arrangement is not None:
            paint(vmobject.world.arrangement, self, ctx)
        return self

    hooks = (get_mobjects_to_display, display_vectorized)
    for hook in hooks:
        setattr(mn.Camera, hook.__name__, hook)
    setattr(mn.Camera, HOOKED, True)


def _gathered(mobjects: list[mn.Mobject], camera: mn.Camera) -> list[mn.Mobject]:
    """The list with one canvas for each space, where its first part was, less hidden labels."""
    members: dict[World, list[Primitive]] = {}
    gathered: list[mn.Mobject] = []
    for mobject in mobjects:
        if not isinstance(mobject, Primitive):
            gathered.append(mobject)
            continue
        if mobject.world not in members:
            gathered.append(mobject.world.canvas)
        members.setdefault(mobject.world, []).append(mobject)
    hidden: set[int] = set()
    stage = {id(mobject) for mobject in mobjects}
    for world, parts in members.items():
        hidden |= world.prepare(parts, camera.frame_width / camera.pixel_width, stage)
    return [mobject for mobject in gathered if id(mobject) not in hidden]
