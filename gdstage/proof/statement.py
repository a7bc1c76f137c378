"""What the ink of a mobject states, as plain data: which curve, point, segment, number, word it is.

A figure says it once (`stated(line, segment(...))`); from when to when it is so on screen is not
declared but observed, frame by frame, as for dots. A statement holds as long as its mobject stands
still, whole and solid.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

from gdstage.proof.fact import Fact, Walks
from gdstage.shape import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import manim as mn

    from gdmath import ScalarField
    from gdstage.proof.fact import Place

Stated = TypeVar("Stated", bound="mn.Mobject")


@dataclass(frozen=True, eq=False)
class Statement:
    """A claim of a kind: `what` it is in the picture, in the scale of which `frame`, and where.

    `frame` is the pair of axes or the space that places are measured in. `places` are points of the
    data; `data` has what else its kind needs, fields among it. With `drawn` the evidence keeps the
    line as it was drawn, so that who checks knows how far it reaches.
    """

    kind: str
    what: str
    frame: Any = None
    places: tuple[Place, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    drawn: bool = False

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Itself: a copy of a mobject states the same, and must not copy its axes."""
        return self


def stated(mobject: Stated, statement: Statement | None) -> Stated:
    """Let the ink of a mobject, with all its parts, state something, or nothing any more."""
    setattr(mobject, "statement", statement)  # noqa: B010 - manim's mobjects take any attribute
    return mobject


def all_stated(mobjects: Iterable[mn.Mobject], statement: Statement) -> None:
    """Let several mobjects state the same."""
    for mobject in mobjects:
        stated(mobject, statement)


@contextmanager
def loose(formulas: Iterable[mn.Mobject]) -> Iterator[None]:
    """Let glyphs of formulas say that they are loose, unless they state anything else."""
    found = [glyph for formula in formulas for glyph in formula.family_members_with_points()]
    glyphs = [glyph for glyph in found if getattr(glyph, "statement", None) is None]
    all_stated(glyphs, scenery("loose glyphs"))
    yield
    for glyph in glyphs:
        vars(glyph).pop("statement", None)


# Lines


def graph(frame: Any, of: ScalarField, what: str = "graph", order: int = 0) -> Statement:
    """The graph of a field of one variable, or of its derivative of an order, in its window."""
    return Statement("curve", what, frame, data={"field": of, "order": order})


def parametric(
    frame: Any, what: str, coordinates: Sequence[Any], window: tuple[float, float], **more: Any
) -> Statement:
    """The curve of coordinates (two, or three in a space), each sympy's expression in t."""
    told = [str(coordinate) for coordinate in coordinates]
    return Statement("curve", what, frame, data={"curve": told, "t": list(window), **more})


def levels(frame: Any, of: ScalarField, heights: Iterable[float]) -> Statement:
    """The lines at which a field of two variables has these heights, on a map or on a floor."""
    return Statement("level", "level lines", frame, data={"field": of, "levels": list(heights)})


def line(frame: Any, what: str, through: Place, slope: Fact) -> Statement:
    """A straight line through a place with a slope: a tangent; its ends are as drawn."""
    return Statement("line", what, frame, (through,), {"slope": slope.record()}, drawn=True)


def segment(frame: Any, what: str, start: Place, end: Place, **more: Any) -> Statement:
    """A straight line from one place to another, or a part of it: a step, a drop, an arrow."""
    return Statement("segment", what, frame, (start, end), more, drawn=True)


def hop(frame: Any, start: Place, end: Place, what: str = "hop") -> Statement:
    """An arc over an axis that leads from one place to another; how high says nothing."""
    return Statement("hop", what, frame, (start, end), drawn=True)


def trail(frame: Any, places: Iterable[Place], what: str = "trail", **more: Any) -> Statement:
    """The broken line through places, as far as it lies in the window."""
    return Statement("polyline", what, frame, tuple(places), more)


# Points


def point(
    frame: Any, what: str, place: Place, *, aside: tuple[float, float] | None = None, **more: Any
) -> Statement:
    """A sign whose middle is on a place: a ring, a diamond, a cross.

    What is drawn `aside` of its place is that many scene units right of it and above it, which the
    evidence keeps as shares of the wide frame's height.
    """
    if aside is not None:
        more["aside"] = [side / WIDE.height for side in aside]
    return Statement("point", what, frame, (place,), more)


def crowd(frame: Any, walks: Iterable[Any], k: int, share: float) -> Statement:
    """A dot for each of many walks, `share` (0…1) of the way to iterate k, or where it ended."""
    data = {"walks": Walks(walks), "k": k, "share": float(share)}
    return Statement("crowd", "dot", frame, data=data)


def tip(frame: Any, what: str, start: Place, end: Place) -> Statement:
    """The head of an arrow that leads from one place to another: its tip lies on that way."""
    return Statement("tip", what, frame, (start, end), drawn=True)


# Areas


def region(frame: Any, what: str, low: Place, high: Place, **more: Any) -> Statement:
    """A filled rectangle between two places; None is the window's own border."""
    return Statement("region", what, frame, (low, high), more)


def colours(frame: Any, what: str, **data: Any) -> Statement:
    """A picture each of whose pixels is the colour of what is true there."""
    return Statement("map", what, frame, data=data)


def surface(frame: Any, what: str, **data: Any) -> Statement:
    """A surface in a space."""
    return Statement("surface", what, frame, data=data)


# Words


def word(what: str, *facts: Fact, **data: Any) -> Statement:
    """A text: what it is there for, the facts that its numbers are, in the order of reading."""
    return Statement("word", what, facts=facts, data=data)


def sign(verdict: Fact) -> Statement:
    """A tick, a dash or a cross, which says of a walk's end whether it is good."""
    return Statement("scenery", "sign", facts=(verdict,))


def scenery(what: str, frame: Any = None) -> Statement:
    """Ink that states no quantity: a border, a rule, the shaft of an axis; in a space if told."""
    return Statement("scenery", what, frame)
