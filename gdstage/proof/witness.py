"""Sees which statements stand on screen, from when to when, and keeps them as claims.

A statement stands while its mobject is the same from frame to frame: its points, its colours, its
opacity. What moves or fades states nothing meanwhile, unless it is stated anew in every frame: then
a glimpse is kept now and then, a claim of that frame alone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np
from PIL.Image import Resampling

from gdmath import Exploration, ScalarField, Walk
from gdstage.pace import TICK
from gdstage.proof.brief import in_columns, round_line
from gdstage.proof.fact import Fact, Walks
from gdstage.proof.plain import step_record
from gdstage.proof.slice import Border, Mixture, Slice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gdstage.proof.lens import Lens
    from gdstage.proof.statement import Statement

    State = tuple[Any, ...]

MOST_CORNERS = 40
"""So many points are kept of a line as it was drawn."""

CUBIC = 4
FLAT = 0.05
"""A point of a line that is less than this (px) off the way past it is left out."""

DRAWN = {"point", "tip", "region", "scenery"}
"""Kinds whose ink is kept as it was drawn, whatever the statement says."""

SCALES = ("axes", "space")
"""Kinds that say where values are, and that the other claims refer to."""

AREAS = ("surface", "plane")
"""Kinds that hide or tint what is behind them in a space: all else is judged beside them."""

SOON, OFTEN = 0.1, 0.4
"""Seconds from when something sets off to the first glimpse of it, and from one to the next."""


@dataclass
class Claim:
    """A statement that stood still over the frames first ≤ n < past; `told` is its record.

    There is none while it moves, but in a glimpse: what is elsewhere after a `tick`, in frames,
    moves, however many frames a second there are. It `rests` from a frame on: its first, where
    that is one of several that are alike, or the next.
    """

    statement: Statement
    state: State
    first: int
    past: int
    tick: int
    rests: int
    told: dict[str, Any] | None = None

    @property
    def stands(self) -> bool:
        """Whether it stood for more than a tick."""
        return self.past - self.first > self.tick


class Witness:
    """Watches the mobjects of a scene; `claims` are those that stood.

    `still` are the stretches of frames [first, past) in which all that states something stood.
    `silent` is ink that states nothing, not even where it came from, seen now and then while
    something moves: in which frame, and its box, px.
    """

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.still: list[list[int]] = []
        self.silent: list[tuple[int, list[float]]] = []
        self._open: dict[int, Claim] = {}
        self._silent: dict[int, State] = {}
        self._before: dict[int, Statement] = {}
        self._moving = False
        self._due = self._doubt = self._stirred = 0
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []

    def observe(self, mobjects: Iterable[mn.Mobject], at: int, frames: int, lens: Lens) -> None:
        """Note what stands during the next `frames` frames, from frame `at` on."""
        seen: dict[int, mn.Mobject] = {}
        mobjects, tick = list(mobjects), max(1, round(TICK * lens.fps))
        before, self._silent = self._silent, {}
        for mobject in mobjects:
            statement: Statement | None = getattr(mobject, "statement", None)
            if statement is None:
                if hasattr(mobject, "statement") and (parts := _inked(mobject)):
                    self._silent[id(mobject)] = _state_of(parts)
                continue
            state = _state(mobject, statement)
            if state is None:
                continue
            key = id(mobject)
            seen[key] = mobject
            claim = self._open.get(key)
            if claim is None or claim.state != state or claim.statement is not statement:
                self._close(key)
                claim = self._open[key] = Claim(statement, state, at, at, tick, at + (frames == 1))
            claim.past = at + frames
            if claim.told is None and claim.stands:
                claim.told = self._tell(mobject, statement, lens)
        for key in [key for key in self._open if key not in seen]:
            self._close(key)
        self._glimpse(seen, at, lens)
        # What has nothing to state meanwhile is on its way, unless it is as it was. Of frames that
        # are alike it has come there with the first.
        if any(before.get(key) != state for key, state in self._silent.items()):
            self._stirred = at + 1
        self._note_rest(at + frames)
        if at >= self._doubt and not (self.still and self.still[-1][0] <= at < self.still[-1][1]):
            self._doubt = at + int(OFTEN * lens.fps)
            self.silent += [(at, _box(part, lens)) for part in _silent_parts(mobjects)]

    def _note_rest(self, past: int) -> None:
        """Keep the frames before `past` as still in which all stood that states something."""
        first = max([self._stirred, *(claim.rests for claim in self._open.values())])
        if first < past and all(claim.stands for claim in self._open.values()):
            if self.still and self.still[-1][1] >= first:
                self.still[-1][1] = past
            else:
                self.still.append([first, past])

    def _glimpse(self, seen: Mapping[int, mn.Mobject], at: int, lens: Lens) -> None:
        """Keep what is drawn anew in every frame as claims of this one, if it is time for it.

        What manim moves keeps the statement that it had, and so states nothing on its way.
        """
        before, self._before = self._before, {key: self._open[key].statement for key in seen}
        fresh = {key for key, one in self._before.items() if before.get(key, one) is not one}
        fresh |= {key for key in before if self._turns(key, at)}
        if fresh and not self._moving:
            self._due = max(self._due, at + int(SOON * lens.fps))
        self._moving = bool(fresh)
        if not fresh or at < self._due:
            return
        self._due = at + int(OFTEN * lens.fps)
        scales = {
            id(claim.statement.frame): key
            for key, claim in self._open.items()
            if claim.statement.kind in SCALES
        }
        for key in sorted(fresh, key=list(seen).index):
            frame = self._open[key].statement.frame
            scale = None if frame is None else scales.get(id(frame))
            if frame is not None and (scale is None or not self._can_be_judged(scale, fresh)):
                continue
            for each in (scale, key):
                if each is not None and (claim := self._open[each]).told is None:
                    claim.told = self._tell(seen[each], claim.statement, lens)

    def _turns(self, key: int, at: int) -> bool:
        """Whether it is a space, seen otherwise than a frame ago, in which something stands."""
        space = self._open.get(key)
        if space is None or space.statement.kind != "space" or space.first != at:
            return False
        others = (one for one in self._open.values() if one is not space)
        return any(one.stands and one.statement.frame is space.statement.frame for one in others)

    def _can_be_judged(self, scale: int, fresh: Collection[int]) -> bool:
        """Whether what is in a scale can be: whether it is known, and all that has areas in it."""
        statement = self._open[scale].statement
        if statement.kind == "axes":
            return self._open[scale].stands or scale in fresh
        return all(
            claim.stands or key in fresh
            for key, claim in self._open.items()
            if claim.statement.kind in AREAS and claim.statement.frame is statement.frame
        )

    def records(self, lens: Lens, walks: Mapping[str, Any]) -> list[dict[str, Any]]:
        """All claims as the evidence keeps them, in the order in which they began."""
        for key in list(self._open):
            self._close(key)
        self.claims.sort(key=lambda claim: claim.first)
        return [self._record(claim, lens, walks) for claim in self.claims]

    def _record(self, claim: Claim, lens: Lens, walks: Mapping[str, Any]) -> dict[str, Any]:
        told = plain(claim.told, walks)
        if "places" in told:
            told["places"] = [in_columns(place) for place in told["places"]]
        t0, t1 = (round(frame / lens.fps, 6) for frame in (claim.first, claim.past))
        return {"kind": claim.statement.kind, "t0": t0, "t1": t1} | told

    def _close(self, key: int) -> None:
        claim = self._open.pop(key, None)
        if claim is not None and claim.told is not None:
            self.claims.append(claim)
        if claim is not None and not claim.stands:
            self._stirred = claim.past

    def name(self, frame: Any) -> str:
        """The name of a pair of axes or of a space, which stays alive so that it stays its own."""
        if id(frame) not in self._names:
            self._kept.append(frame)
            self._names[id(frame)] = f"scale {len(self._kept)}"
        return self._names[id(frame)]

    def _tell(self, mobject: mn.Mobject, statement: Statement, lens: Lens) -> dict[str, Any]:
        told: dict[str, Any] = {"what": statement.what}
        if statement.frame is not None:
            told["in"] = self.name(statement.frame)
        if statement.kind in SCALES:
            return told | statement.frame.scale_seen(lens)
        if statement.places:
            told["places"] = [list(place) for place in statement.places]
        told |= dict(statement.data)
        if statement.facts:
            told["facts"] = list(statement.facts)
        if hasattr(mobject, "as_drawn"):  # what is no line or text of manim's says so itself
            return told | mobject.as_drawn(lens)
        if isinstance(mobject, mn.ImageMobject):
            return told | _image(mobject, lens)
        if statement.kind == "word":
            return told | _text(mobject, lens)
        if statement.kind == "crowd":
            return told | _dots(mobject, lens)
        told["style"] = _style(_inked(mobject)[0], lens)
        if statement.drawn or statement.kind in DRAWN:
            told |= _as_drawn(mobject, lens, whole=bool(statement.data.get("dashed")))
        return told


def plain(value: Any, walks: Mapping[str, Any]) -> Any:
    """A record with its facts as data and its fields as text, or by the walk that goes over one."""
    told: Any = value
    if isinstance(value, Fact):
        told = plain(value.record(), walks)
    elif isinstance(value, dict):
        told = {key: plain(item, walks) for key, item in value.items()}
    elif isinstance(value, Walks):
        told = walks_reference(value, walks)
    elif isinstance(value, list | tuple):
        told = [plain(item, walks) for item in value]
    elif isinstance(value, np.ndarray | np.generic):
        told = plain(value.tolist(), walks)
    elif isinstance(value, Walk | Exploration):
        told = walk_reference(value, walks)
    elif isinstance(value, ScalarField) or hasattr(value, "recipe"):
        told = field_record(value, walks)
    return told


def walk_reference(walk: Any, walks: Mapping[str, Any]) -> Any:
    """A walk by its name, or, as one of a crowd, by the recipe to take it."""
    for name, known in walks.items():
        if known is walk:
            return name
    return {
        "field": field_record(walk.field, walks),
        **step_record(walk.step),
        "start": [float(c) for c in walk.start],
        "steps": walk.steps,
        "tolerance": walk.tolerance,
    }


def walks_reference(many: Walks, walks: Mapping[str, Any]) -> Any:
    """Walks by their names, or, as a crowd, by the recipe that they share and their starts."""
    told = [walk_reference(walk, walks) for walk in many]
    if any(isinstance(one, str) for one in told):
        return told
    shared = [{key: part for key, part in one.items() if key != "start"} for one in told]
    if any(one != shared[0] for one in shared):
        return told
    return shared[0] | {"starts": [one["start"] for one in told]}


def field_record(field: Any, walks: Mapping[str, Any]) -> dict[str, Any]:
    """A field by the name of the first walk over it, or by its function."""
    for name, walk in walks.items():
        if walk.field is field:
            return {"walk": name}
    if isinstance(field, Slice):
        return {"of": field_record(field.of, walks), "held": dict(field.held)}
    if isinstance(field, Border):
        return {"network": walk_reference(field.walk, walks), "k": field.k}
    if isinstance(field, Mixture):
        ends = {"from": field_record(field.start, walks), "to": field_record(field.end, walks)}
        return ends | {"share": field.share}
    told: dict[str, Any] = {
        "function": str(field.expr),
        "variables": [str(variable) for variable in field.variables],
    }
    return told | ({} if field.window is None else {"window": field.window})


def _state(mobject: mn.Mobject, statement: Statement) -> State | None:
    """What must stay the same for a statement to stand, or None if there is no ink."""
    if statement.kind in SCALES and hasattr(mobject, "state"):
        return (mobject.state(),)  # a scale that leaves no ink itself
    if getattr(mobject, "hidden", False):
        return None  # a label in a space, whose place is behind a surface
    if isinstance(mobject, mn.ImageMobject):
        return _state_of_image(mobject)
    parts = _inked(mobject)
    if not parts:
        return None
    extra = mobject.state() if hasattr(mobject, "state") else b""
    return (extra, *_state_of(parts))


def _state_of_image(image: mn.ImageMobject) -> State | None:
    """Where a picture is and what its pixels are, or None if it is wholly clear."""
    pixels = image.pixel_array
    if not pixels[..., 3].any():
        return None
    return (image.points.tobytes(), zlib.crc32(np.ascontiguousarray(pixels).tobytes()))


def _state_of(parts: list[Any]) -> State:
    return tuple(
        hash((part.points.tobytes(), part.fill_rgbas.tobytes(), part.stroke_rgbas.tobytes()))
        for part in parts
    )


def _inked(mobject: mn.Mobject) -> list[Any]:
    """The parts of a mobject that leave ink."""
    return [
        part
        for part in mobject.get_family()
        if isinstance(part, mn.VMobject) and len(part.points) and _leaves_ink(part)
    ]


def _leaves_ink(part: Any) -> bool:
    filled = len(part.fill_rgbas) and part.fill_rgbas[0][3] > 0
    return bool(filled or (part.stroke_width > 0 and part.stroke_rgbas[0][3] > 0))


def _silent_parts(mobjects: Collection[mn.Mobject]) -> Iterator[mn.Mobject]:
    """What leaves ink, and neither it nor what it is part of states anything."""
    stated = {
        id(part)
        for mobject in mobjects
        if getattr(mobject, "statement", None) or getattr(mobject, "stands_for", None)
        for part in mobject.get_family()
    }
    for mobject in mobjects:
        if id(mobject) not in stated and len(mobject.points):
            is_line = isinstance(mobject, mn.VMobject)
            is_image = isinstance(mobject, mn.ImageMobject) and _state_of_image(mobject)
            if is_image or (is_line and _leaves_ink(mobject)):
                yield mobject


def _style(part: Any, lens: Lens) -> dict[str, Any]:
    """How a part with ink is drawn: colours as #rrggbb, opacities 0…1, width in px."""
    told: dict[str, Any] = {}
    if len(part.fill_rgbas) and part.fill_rgbas[0][3] > 0:
        told["fill"] = [_hex(part.fill_rgbas[0]), round(float(part.fill_rgbas[0][3]), 4)]
    if part.stroke_width > 0 and part.stroke_rgbas[0][3] > 0:
        opacity = round(float(part.stroke_rgbas[0][3]), 4)
        # Manim's unit of stroke is a hundredth of a scene unit.
        width = round(0.01 * lens.scale * part.stroke_width, 3)
        told["stroke"] = [_hex(part.stroke_rgbas[0]), opacity, width]
    return told


def _as_drawn(mobject: mn.Mobject, lens: Lens, *, whole: bool) -> dict[str, Any]:
    """The lines of a mobject as drawn and its box, px, and the style of each line if they differ.

    As a `whole`, dashes are one line from the first point to the last. Of one that is round the
    middle and the radius say all, of one that is straight its ends.
    """
    lines, styles = [], []
    for part in _inked(mobject):
        style = _style(part, lens)
        for points in [part.points[[0, -1]]] if whole else part.get_subpaths():
            lines.append(points if whole else _broken(points))
            styles.append(style)
    if len(lines) == 1 and (found := round_line(lines[0][:, :2], FLAT / lens.scale)):
        pixel, radius = lens.to_pixel(found), found[2] * lens.scale
        return {"disc": [round(v, 2) for v in (*pixel, radius)]}
    same = all(style == styles[0] for style in styles)
    told: dict[str, Any] = {"path": [_corners(line, lens) for line in lines]}
    is_straight = [len(path) for path in told["path"]] == [2]
    told |= {} if is_straight else {"box": _box(mobject, lens)}
    return told | ({} if same else {"styles": styles})


def _image(image: mn.ImageMobject, lens: Lens) -> dict[str, Any]:
    """Where an image is, how many pixels of its own it has, and how they are made the frame's."""
    up, across = image.pixel_array.shape[:2]
    resampling = Resampling(image.resampling_algorithm).name.lower()
    opacity = float(image.pixel_array[..., 3].max()) / float(image.orig_alpha_pixel_array.max())
    told = {"box": _box(image, lens), "pixels": [across, up], "resampling": resampling}
    return told | ({} if opacity >= 1 else {"opacity": round(opacity, 4)})


def _text(mobject: Any, lens: Lens) -> dict[str, Any]:
    """A text as it was set: Typst's code, its size in px an em, its box, the colours of glyphs."""
    # A fraction's bar is a stroke without a fill.
    inks = [
        g.fill_rgbas[0] if g.fill_rgbas[0][3] > 0 else g.stroke_rgbas[0] for g in _inked(mobject)
    ]
    colours = dict.fromkeys(_hex(ink) for ink in inks)
    opacity = min(float(ink[3]) for ink in inks)
    return {
        "text": mobject.source,
        "code": mobject.code,
        "em": round(mobject.em * lens.scale, 3),
        "box": _box(mobject, lens),
        "colours": list(colours),
        **({} if opacity >= 1 else {"opacity": round(opacity, 4)}),
    }


def _dots(dots: Any, lens: Lens) -> dict[str, Any]:
    """How large the dots of a crowd are, px, and of each the colour and the middle, px.

    None for one that is not seen.
    """
    told: list[Any] = []
    for dot in dots.submobjects:
        left, top, right, bottom = _box(dot, lens)
        ink, middle = dot.fill_rgbas[0], ((left + right) / 2, (top + bottom) / 2)
        told.append([_hex(ink), *(round(c, 2) for c in middle)] if ink[3] > 0 else None)
    return {"radius": round(dots.submobjects[0].disc_radius * lens.scale, 3), "dots": told}


def _box(mobject: mn.Mobject, lens: Lens) -> list[float]:
    """Left, top, right and bottom of a mobject's points, in px."""
    parts: list[Any] = [part for part in mobject.get_family() if len(part.points)]
    points = np.concatenate([
        # What is in a space has points of the data.
        part.world.project(part.points) if hasattr(part, "world") else part.points
        for part in parts
    ])  # fmt: skip
    (left, top), (right, bottom) = (
        lens.to_pixel(corner)
        for corner in (
            (points[:, 0].min(), points[:, 1].max()),
            (points[:, 0].max(), points[:, 1].min()),
        )
    )
    return [round(float(v), 2) for v in (left, top, right, bottom)]


def _broken(points: Any) -> Any:
    """A line of cubic Bézier curves (n, 3) as a broken line (m, 3), through both its ends."""
    if len(points) < CUBIC:
        return points
    a, b, c, d = (points[i : len(points) // CUBIC * CUBIC : CUBIC] for i in range(CUBIC))
    middles = (a + 3 * b + 3 * c + d) / 8
    return np.concatenate([np.stack([a, middles], axis=1).reshape(-1, 3), d[-1:]])


def _corners(line: Any, lens: Lens) -> list[list[float]]:
    """The places of note of a broken line (n, 3), in px."""
    flat = FLAT / lens.scale
    while len(kept := _corners_of_note(line[:, :2], flat)) > MOST_CORNERS:
        flat *= 1.5
    line = line[kept]
    return [[round(float(v), 2) for v in lens.to_pixel(place)] for place in line]


def _corners_of_note(line: Any, flat: float) -> list[int]:
    """Which points of a broken line (n, 2) stay if none may be farther than `flat` off the rest.

    By Ramer, Douglas and Peucker: the farthest one off the way between two that stay does, too.
    """
    kept, pairs = {0, len(line) - 1}, [(0, len(line) - 1)]
    while pairs:
        first, last = pairs.pop()
        if last - first < 2:
            continue
        way, gone = line[last] - line[first], line[first + 1 : last] - line[first]
        length = float(way @ way)
        share = np.clip(gone @ way / length, 0.0, 1.0) if length > 0 else np.zeros(len(gone))
        off = np.hypot(*(gone - share[:, None] * way).T)
        farthest = first + 1 + int(off.argmax())
        if off.max() > flat:
            kept.add(farthest)
            pairs += [(first, farthest), (farthest, last)]
    return sorted(kept)


def _hex(rgba: Any) -> str:
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in rgba[:3])
