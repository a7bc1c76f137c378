"""What a clip's evidence file says, read and checked field by field.

The format is the one that `gdstage.proof.evidence` writes; keys that are not known here are let
be. Times are in seconds of the video, pixels in its own size from its top left corner.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.claims import Claim

# What no clip comes near: beyond, a broken file would be worked on for ever.
MOST_SECONDS, MOST_FPS, MOST_STEPS = 1e5, 1e3, 100_000

UNBOUNDED = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


class EvidenceError(ValueError):
    """An evidence file is broken; the message says where, what was expected and what is there."""


@dataclass(frozen=True, eq=False)
class WalkRecord:
    """A walk as it was when the clip was rendered: `points` (m, d), `gradients` as many.

    They are all n + 1, or of a long walk those whose indices `kept` (m,) has, with the `digest` of
    all. `certified_error` is of the first `certified_steps` steps, or of all.
    """

    name: str
    function: str
    variables: tuple[str, ...]
    step: str
    rate: float | None
    beta: float | None
    start: tuple[float, ...]
    steps: int
    tolerance: float | None
    verdict: str
    stopped_at: int
    points: NDArray[np.float64]
    values: NDArray[np.float64]
    gradients: NDArray[np.float64]
    certified_error: float | None
    network: dict[str, Any] | None = None
    seed: int | None = None
    radius: float | None = None
    window: tuple[tuple[float, ...], ...] | None = None
    kept: tuple[int, ...] | None = None
    digest: str | None = None
    certified_steps: int | None = None
    regression: Any = None
    ending: dict[str, Any] = field(default_factory=dict)

    def point(self, k: int) -> tuple[float, ...] | None:
        """Iterate k, or None if the record has it not."""
        rows = range(len(self.points)) if self.kept is None else self.kept
        place = bisect_left(rows, k)
        if place >= min(len(rows), len(self.points)) or rows[place] != k:
            return None
        return tuple(self.points[place].tolist())


@dataclass(frozen=True)
class Mark:
    """A dot at rest on iterate `k` of a walk from `t0` to `t1`: at `place` of a `scale`."""

    walk: str
    k: int
    point: tuple[float, ...]
    t0: float
    t1: float
    pixel: tuple[float, float]
    radius: float
    color: str
    on_screen: bool
    scale: str | None = None
    place: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Beat:
    """One finding, its caption, and how long both are on screen."""

    title: str
    text: str
    t0: float
    t1: float
    loop: bool
    facts: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """All that one clip claims to have shown."""

    clip: str
    fps: float
    width: int
    height: int
    duration: float
    poster: float | None
    walks: Mapping[str, WalkRecord]
    marks: tuple[Mark, ...]
    beats: tuple[Beat, ...]
    claims: tuple[Claim, ...] = ()
    still: tuple[tuple[float, float], ...] = ()
    silent: tuple[tuple[float, tuple[float, ...]], ...] = ()

    @property
    def frames(self) -> int:
        """How many frames the video has."""
        return round(self.duration * self.fps)

    @property
    def poster_frame(self) -> int:
        """The index of the frame that stands for the clip: the last, unless it names a time."""
        return self.frames - 1 if self.poster is None else round(self.poster * self.fps)


def read_evidence(path: Path) -> Evidence:
    """Read a clip's evidence.

    Raises:
        EvidenceError: it is missing, no JSON, or lacks something.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EvidenceError(f"expected {path.name}, found no such file") from None
    except (OSError, ValueError, RecursionError) as error:
        raise EvidenceError(f"expected JSON in {path.name}, found none: {error}") from error
    record = _Record("evidence", loaded)
    walks = [_walk(item) for item in record.records("walks")]
    walks = [with_data(walk, walks) for walk in walks]
    names = [walk.name for walk in walks]
    if len(set(names)) < len(names):
        raise record.unlike("walks", "a name of its own for each", names)
    return Evidence(
        clip=record.text("clip"),
        fps=record.positive("fps", most=MOST_FPS),
        width=record.whole("width"),
        height=record.whole("height"),
        duration=record.positive("duration", most=MOST_SECONDS),
        poster=record.maybe(record.time, "poster"),
        walks={walk.name: walk for walk in walks},
        marks=tuple(_mark(item) for item in record.records("marks")),
        beats=tuple(_beat(item) for item in record.records("beats")),
        claims=tuple(_claim(item) for item in record.records("claims")),
        still=_stretches(record),
        silent=_silent(record),
    )


def _walk(record: _Record) -> WalkRecord:
    return WalkRecord(
        name=record.text("name"),
        function=record.text("function"),
        variables=tuple(record.get("variables", list)),
        step=record.text("step"),
        rate=record.maybe(record.number, "rate"),
        beta=record.maybe(record.number, "beta"),
        start=record.numbers("start"),
        steps=record.whole("steps", most=MOST_STEPS),
        tolerance=record.maybe(record.number, "tolerance"),
        verdict=record.text("verdict"),
        stopped_at=record.whole("stopped_at"),
        points=record.array("points", 2),
        values=record.array("values", 1),
        gradients=record.array("gradients", 2),
        certified_error=record.maybe(record.number, "certified_error"),
        network=record.items.get("network"),
        ending=record.get("ending", dict) if "ending" in record.items else {},
        seed=None if record.items.get("seed") is None else record.whole("seed"),
        radius=record.maybe(record.number, "radius"),
        window=_window(record),
        kept=_kept(record),
        regression=record.items.get("regression"),
        digest=None if record.items.get("digest") is None else record.text("digest"),
        certified_steps=(
            None
            if record.items.get("certified_steps") is None
            else record.whole("certified_steps", most=MOST_STEPS)
        ),
    )


def _claim(record: _Record) -> Claim:
    return Claim(
        kind=record.text("kind"),
        what=record.text("what"),
        t0=record.time("t0"),
        t1=record.time("t1"),
        scale=record.text("in") if "in" in record.items else None,
        told=record.items,
    )


def _stretches(record: _Record) -> tuple[tuple[float, float], ...]:
    found = record.get("still", list)
    try:
        return tuple((float(first), float(past)) for first, past in found)
    except (TypeError, ValueError):
        raise record.unlike("still", "pairs of seconds", found) from None


def _silent(record: _Record) -> tuple[tuple[float, tuple[float, ...]], ...]:
    found = record.get("silent", list)
    try:
        told = tuple((float(at), tuple(map(float, box))) for at, box in found)
    except (TypeError, ValueError):
        raise record.unlike("silent", "pairs of seconds and a box", found) from None
    if any(len(box) != len(("left", "top", "right", "bottom")) for _, box in told):
        raise record.unlike("silent", "boxes of four numbers", found)
    return told


def record_of(items: Any) -> WalkRecord:
    """One walk's record from its JSON object.

    Raises:
        EvidenceError: it lacks something.
    """
    return _walk(_Record("walk", items))


def with_data(walk: WalkRecord, walks: list[WalkRecord]) -> WalkRecord:
    """The walk with its data, if it only names the walk that has them."""
    if not isinstance(walk.regression, str):
        return walk
    data = [w.regression for w in walks if w.name == walk.regression]
    if not data or not isinstance(data[0], dict):
        raise EvidenceError(f"walks: expected a walk {walk.regression!r} with data, found none")
    return replace(walk, regression=data[0])


def _kept(record: _Record) -> tuple[int, ...] | None:
    if record.items.get("kept") is None:
        return None
    rows = record.numbers("kept")
    if any(not 0 <= k <= MOST_STEPS or k != int(k) for k in rows) or sorted(set(rows)) != [*rows]:
        raise record.unlike("kept", "rising whole numbers", [*rows])
    return tuple(map(int, rows))


def _window(record: _Record) -> tuple[tuple[float, ...], ...] | None:
    if record.items.get("window") is None:
        return None
    return tuple(tuple(side) for side in record.array("window", 2).tolist())


def _mark(record: _Record) -> Mark:
    pixel = record.numbers("pixel")
    color = record.text("color")
    if len(pixel) != 2 or not all(map(math.isfinite, pixel)):
        raise record.unlike("pixel", "two finite numbers", pixel)
    if len(color) != 7 or color[0] != "#" or set(color[1:].lower()) - set("0123456789abcdef"):
        raise record.unlike("color", "#rrggbb", color)
    return Mark(
        walk=record.text("walk"),
        k=record.whole("k"),
        point=record.numbers("point"),
        t0=record.time("t0"),
        t1=record.time("t1"),
        pixel=(pixel[0], pixel[1]),
        radius=record.positive("radius"),
        color=color,
        on_screen=record.get("on_screen", bool),
        scale=record.text("in") if "in" in record.items else None,
        place=tuple(record.get("place", list)) if "place" in record.items else (),
    )


def _beat(record: _Record) -> Beat:
    return Beat(
        title=record.text("title"),
        text=record.text("text"),
        t0=record.time("t0"),
        t1=record.time("t1"),
        loop=record.get("loop", bool) if "loop" in record.items else False,
        facts=tuple(record.get("facts", list)) if "facts" in record.items else (),
    )


class _Record:
    """A JSON object that knows where it stands in the file, for messages."""

    def __init__(self, place: str, items: Any) -> None:
        self.place = place
        if not isinstance(items, dict):
            raise EvidenceError(f"{place}: expected an object, found {_shown(items)}")
        self.items: dict[str, Any] = items

    def unlike(self, key: str, expected: str, found: Any) -> EvidenceError:
        return EvidenceError(f"{self.place}.{key}: expected {expected}, found {_shown(found)}")

    def get(self, key: str, kind: type) -> Any:
        if key not in self.items:
            raise EvidenceError(f"{self.place}.{key}: expected {kind.__name__}, found nothing")
        value = self.items[key]
        if not isinstance(value, kind):
            raise self.unlike(key, kind.__name__, value)
        return value

    def text(self, key: str) -> str:
        return str(self.get(key, str))

    def whole(self, key: str, most: float = 2**53) -> int:
        value = self.get(key, int)
        if isinstance(value, bool) or not 0 <= value <= most:
            raise self.unlike(key, f"a whole number from 0 to {most:g}", value)
        return int(value)

    def number(self, key: str) -> float:
        return self._number(key, self.get(key, object))

    def positive(self, key: str, most: float = math.inf) -> float:
        value = self.number(key)
        if not (math.isfinite(value) and 0 < value <= most):
            raise self.unlike(key, "a finite positive number", value)
        return value

    def time(self, key: str) -> float:
        value = self.number(key)
        if not abs(value) <= MOST_SECONDS:
            raise self.unlike(key, f"a time of at most {MOST_SECONDS:g} s", value)
        return value

    def maybe(self, read: Callable[[str], float], key: str) -> float | None:
        return None if self.items.get(key) is None else read(key)

    def numbers(self, key: str) -> tuple[float, ...]:
        return tuple(self._number(key, item) for item in self.get(key, list))

    def array(self, key: str, dimensions: int) -> NDArray[np.float64]:
        def bounded(value: Any) -> Any:
            return (
                [bounded(item) for item in value]
                if isinstance(value, list)
                else self._number(key, value)
            )

        try:
            array = np.array(bounded(self.get(key, list)), dtype=np.float64)
        except ValueError as error:
            if isinstance(error, EvidenceError):
                raise
            raise self.unlike(key, "rows of one length", "ragged ones") from None
        if array.ndim != dimensions:
            raise self.unlike(key, f"{dimensions} dimension(s)", array.ndim)
        return array

    def records(self, key: str) -> list[_Record]:
        return [_Record(f"{key}[{i}]", item) for i, item in enumerate(self.get(key, list))]

    def _number(self, key: str, value: Any) -> float:
        if isinstance(value, str) and value in UNBOUNDED:
            return UNBOUNDED[value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.unlike(key, "a number", value)
        try:
            return float(value)
        except OverflowError:
            raise self.unlike(key, "a number of float64's range", value) from None


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
