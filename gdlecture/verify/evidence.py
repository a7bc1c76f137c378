"""What a clip's evidence file says, read and checked field by field; see docs/evidence.md.

The format is the one that `gdstage.proof.evidence` writes; keys that are not known here are let
be. Times are in seconds of the video, pixels in its own size from its top left corner.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdlecture.schema import Record, SchemaError, read_record
from gdlecture.verify.brief import each_alone, whole
from gdlecture.verify.claims import Claim, stature
from gdlecture.verify.strip import Strip, unpacked
from gdmath.palette import GREYS, MEANINGS

SCHEMA = 2
"""The version of the format; it grows when a reader of before could not read what is written."""

# What no clip comes near: beyond, a broken file would be worked on for ever.
MOST_SECONDS, MOST_FPS, MOST_STEPS = 1e5, 1e3, 100_000
MOST_PIXELS, MOST_TINY, FARTHEST = 16_384, 256, 1e9

FONTS = ("text", "maths")
"""What a lecture's own fonts may be for."""

# What of a claim is in px, whatever its kind.
_IN_PIXELS = ("box", "path", "corners", "pixel", "pixels", "em", "border", "disc")


class EvidenceError(SchemaError):
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
    settings: dict[str, Any] | None
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
class PhraseRecord:
    """What is said at once from `t0` to `t1`: as it is written, and in words.

    It says `facts`, or is the caption of its beat: then they are None.
    """

    text: str
    words: str
    t0: float
    t1: float
    facts: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class BrandRecord:
    """What a lecture brought of its own: `colours` by meaning, `fonts` by what they are for.

    A font is its files, each a path from the lecture's folder and a sha256.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    language: str = "en"


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
    still: tuple[tuple[float, ...], ...] = ()
    silent: tuple[tuple[float, ...], ...] = ()
    brand: BrandRecord = BrandRecord()
    voice: str = ""
    phrases: tuple[PhraseRecord, ...] = ()
    strip: Strip | None = None

    @property
    def stature(self) -> float:
        """That of its pictures, px."""
        return stature(self.width, self.height)

    @property
    def frames(self) -> int:
        """How many frames the video has."""
        return round(self.duration * self.fps)

    @property
    def poster_frame(self) -> int:
        """The index of the frame that stands for the clip: the last, unless it names a time."""
        return self.frames - 1 if self.poster is None else round(self.poster * self.fps)

    @property
    def utterances(self) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
        """All that is told, each with its facts: titles with captions, then phrases of their own.

        A phrase that is a caption has been told with it.
        """
        yield from (((beat.title, beat.text), beat.facts) for beat in self.beats)
        for phrase in self.phrases:
            if phrase.facts is not None:
                yield (phrase.text,), phrase.facts


def read_evidence(path: Path) -> Evidence:
    """Read a clip's evidence.

    Raises:
        EvidenceError: it is missing, no JSON, of another version, or lacks something.
    """
    try:
        return _evidence(read_record(path, SCHEMA, "render the clip again"))
    except FileNotFoundError:
        raise EvidenceError(f"{path.name}: expected evidence, found no such file") from None
    except SchemaError as error:
        raise EvidenceError(f"{path.name}: {error}") from error


def _evidence(record: Record) -> Evidence:
    walks = [_walk(item) for item in record.records("walks")]
    walks = [with_data(walk, walks) for walk in walks]
    names = [walk.name for walk in walks]
    if len(set(names)) < len(names):
        raise record.unlike("walks", "a name of its own for each", names)
    width, height = (record.whole(key, 1, MOST_PIXELS) for key in ("width", "height"))
    fps = record.positive("fps", most=MOST_FPS)
    duration = record.positive("duration", most=MOST_SECONDS)
    return Evidence(
        clip=record.text("clip"),
        fps=fps,
        width=width,
        height=height,
        duration=duration,
        poster=record.maybe(lambda key: record.within(key, 0, MOST_SECONDS), "poster"),
        walks={walk.name: walk for walk in walks},
        marks=tuple(_mark(item) for item in record.records("marks")),
        beats=tuple(_beat(item) for item in record.records("beats")),
        claims=tuple(_claim(item) for item in record.records("claims")),
        still=_rows(record, "still", 2, "pairs of seconds"),
        silent=_rows(record, "silent", 5, "rows of seconds and a box"),
        brand=_brand(record.record("brand")) if record.has("brand") else BrandRecord(),
        voice=record.text("voice") if record.has("voice") else "",
        phrases=tuple(map(_phrase, record.records("phrases"))) if record.has("phrases") else (),
        strip=_strip(record.record("strip"), duration * fps) if record.has("strip") else None,
    )


def _strip(record: Record, frames: float) -> Strip:
    every, across, up = (record.whole(key, 1, MOST_TINY) for key in ("every", "across", "up"))
    try:
        pictures = unpacked(record.text("pictures"), -(-round(frames) // every), across, up)
    except ValueError as error:
        raise record.unlike("pictures", "tiny pictures", str(error)) from None
    return Strip(every, pictures)


def _brand(record: Record) -> BrandRecord:
    colours = record.record("colours") if record.has("colours") else Record("", {})
    for name in (*GREYS, *MEANINGS, "past") if colours.items else ():
        if not re.fullmatch("#[0-9a-f]{6}", colours.text(name)):
            raise colours.unlike(name, "#rrggbb", colours.items[name])
    fonts = record.record("fonts") if record.has("fonts") else Record("", {})
    for name in fonts.items:
        if name not in FONTS:
            raise fonts.unlike(name, f"fonts for {' and '.join(FONTS)}", name)
    language = record.text("language") if record.has("language") else "en"
    if not re.fullmatch("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise record.unlike("language", "a language's tag", language)
    return BrandRecord(
        {name: colours.text(name) for name in colours.items},
        {name: tuple(map(_font_file, fonts.records(name))) for name in fonts.items},
        language,
    )


def _font_file(record: Record) -> tuple[str, str]:
    file, digest = record.text("file"), record.text("sha256")
    if Path(file).is_absolute() or ".." in Path(file).parts:
        raise record.unlike("file", "a path that leads down", file)
    return file, digest


def _walk(record: Record) -> WalkRecord:
    walk = WalkRecord(
        name=record.text("name"),
        function=record.text("function"),
        variables=record.texts("variables"),
        step=record.text("step"),
        rate=record.maybe(record.number, "rate"),
        beta=record.maybe(record.number, "beta"),
        settings=record.maybe(lambda key: record.record(key).items, "settings"),
        start=record.numbers("start"),
        steps=record.whole("steps", most=MOST_STEPS),
        tolerance=record.maybe(record.number, "tolerance"),
        verdict=record.text("verdict"),
        stopped_at=record.whole("stopped_at", most=MOST_STEPS),
        points=_array(record, "points", 2),
        values=_array(record, "values", 1),
        gradients=_array(record, "gradients", 2),
        certified_error=record.maybe(record.number, "certified_error"),
        network=record.maybe(lambda key: record.record(key).items, "network"),
        ending=record.record("ending").items if record.has("ending") else {},
        seed=record.maybe(record.whole, "seed"),
        radius=record.maybe(record.number, "radius"),
        window=record.maybe(lambda key: _window(record, key), "window"),
        kept=record.maybe(lambda key: _kept(record, key), "kept"),
        regression=record.items.get("regression"),
        digest=record.maybe(record.text, "digest"),
        certified_steps=record.maybe(
            lambda key: record.whole(key, most=MOST_STEPS), "certified_steps"
        ),
    )
    for key in ("start", "variables", "values"):
        if not record.items[key]:
            raise record.unlike(key, "one or more", [])
    if not isinstance(walk.regression, str | dict | None):
        raise record.unlike("regression", "a recipe, or a walk's name", walk.regression)
    return walk


def _claim(record: Record) -> Claim:
    _check_pixels(record, record.items)
    for key, (expected, fits) in _SHAPES.items():
        if key in record.items and not fits(record.items[key]):
            raise record.unlike(key, expected, record.items[key])
    return Claim(
        kind=record.text("kind"),
        what=record.text("what"),
        t0=_time(record, "t0"),
        t1=_time(record, "t1"),
        scale=record.text("in") if "in" in record.items else None,
        told=whole(record.items),
    )


def _check_pixels(record: Record, items: Mapping[str, Any]) -> None:
    """See that what a claim says in px is not too far off to be looked for."""
    for key, value in items.items():
        if isinstance(value, dict):
            _check_pixels(record, value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    _check_pixels(record, item)
        if key in _IN_PIXELS and not _is_near(value):
            raise record.unlike(key, f"pixels within ±{FARTHEST:g}", value)


def _is_near(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_near, value))
    return not isinstance(value, int | float) or abs(value) <= FARTHEST


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_fact(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and "value" in value
        and isinstance(value.get("what"), str)
        and isinstance(value.get("of"), dict)
    )


def _is_place(value: Any) -> bool:
    """Facts, those that are alike as one whose lists have an entry for each coordinate."""
    try:
        return isinstance(value, list) and _are(
            each_alone(value), lambda item: item is None or _is_fact(item)
        )
    except ValueError:
        return False


def _are(value: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(map(fits, value))


_SHAPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("text", _is_text),
    "code": ("text", _is_text),
    "em": ("a positive number", lambda value: _is_number(value) and value > 0),
    "box": ("four numbers", lambda value: _are(value, _is_number) and len(value) == 4),
    "disc": (
        "a middle and a positive radius",
        lambda value: _are(value, _is_number) and len(value) == 3 and value[2] > 0,
    ),
    "path": (
        "lines of pairs of numbers",
        lambda value: _are(
            value,
            lambda line: _are(line, lambda at: _are(at, _is_number) and len(at) == 2),
        ),
    ),
    "facts": ("facts", lambda value: _are(value, _is_fact)),
    "places": ("places", lambda value: _are(value, _is_place)),
}
"""What a claim's keys are that claims of several kinds have."""


def _rows(record: Record, key: str, columns: int, expected: str) -> tuple[tuple[float, ...], ...]:
    """Rows of so many numbers, none of them far beyond a clip."""
    if not record.get(key, list):
        return ()
    found = _array(record, key, 2)
    if found.shape[1] != columns or not np.all(np.abs(found) <= MOST_SECONDS):
        raise record.unlike(key, expected, record.items[key])
    return tuple(map(tuple, found.tolist()))


def record_of(items: Any) -> WalkRecord:
    """One walk's record from its JSON object.

    Raises:
        EvidenceError: it lacks something.
    """
    try:
        return _walk(Record("walk", items))
    except SchemaError as error:
        raise EvidenceError(str(error)) from error


def with_data(walk: WalkRecord, walks: list[WalkRecord]) -> WalkRecord:
    """The walk with its data, if it only names the walk that has them."""
    if not isinstance(walk.regression, str):
        return walk
    data = [w.regression for w in walks if w.name == walk.regression]
    if not data or not isinstance(data[0], dict):
        raise EvidenceError(f"walks: expected a walk {walk.regression!r} with data, found none")
    return replace(walk, regression=data[0])


def _kept(record: Record, key: str) -> tuple[int, ...]:
    rows = record.numbers(key)
    if any(not 0 <= k <= MOST_STEPS or k != int(k) for k in rows) or sorted(set(rows)) != [*rows]:
        raise record.unlike(key, "rising whole numbers", [*rows])
    return tuple(map(int, rows))


def _window(record: Record, key: str) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(side) for side in _array(record, key, 2).tolist())


def _array(record: Record, key: str, dimensions: int) -> NDArray[np.float64]:
    """A list of numbers, or of rows of them, as an array."""

    def bounded(value: Any) -> Any:
        return (
            [bounded(item) for item in value]
            if isinstance(value, list)
            else record.as_number(key, value)
        )

    try:
        array = np.array(bounded(record.get(key, list)), dtype=np.float64)
    except SchemaError:
        raise
    except ValueError:
        raise record.unlike(key, "rows of one length", "ragged ones") from None
    if array.ndim != dimensions:
        raise record.unlike(key, f"{dimensions} dimension(s)", array.ndim)
    return array


def _time(record: Record, key: str) -> float:
    value = record.number(key)
    if not abs(value) <= MOST_SECONDS:
        raise record.unlike(key, f"a time of at most {MOST_SECONDS:g} s", record.items[key])
    return value


def _mark(record: Record) -> Mark:
    pixel = record.numbers("pixel")
    color = record.text("color")
    if len(pixel) != 2 or not all(abs(place) <= FARTHEST for place in pixel):
        raise record.unlike("pixel", f"two numbers within ±{FARTHEST:g}", record.items["pixel"])
    if not _is_place(record.items.get("place", [])):
        raise record.unlike("place", "facts", record.items["place"])
    if len(color) != 7 or color[0] != "#" or set(color[1:].lower()) - set("0123456789abcdef"):
        raise record.unlike("color", "#rrggbb", color)
    return Mark(
        walk=record.text("walk"),
        k=record.whole("k"),
        point=record.numbers("point"),
        t0=_time(record, "t0"),
        t1=_time(record, "t1"),
        pixel=(pixel[0], pixel[1]),
        radius=record.positive("radius", most=MOST_PIXELS),
        color=color,
        on_screen=record.get("on_screen", bool),
        scale=record.text("in") if "in" in record.items else None,
        place=tuple(each_alone(record.items.get("place", []))),
    )


def _facts(record: Record) -> tuple[Any, ...]:
    if not _are(record.items.get("facts", []), _is_fact):
        raise record.unlike("facts", "facts", record.items["facts"])
    return tuple(record.items.get("facts", ()))


def _phrase(record: Record) -> PhraseRecord:
    return PhraseRecord(
        text=record.text("text"),
        words=record.text("words"),
        t0=_time(record, "t0"),
        t1=_time(record, "t1"),
        facts=_facts(record) if "facts" in record.items else None,
    )


def _beat(record: Record) -> Beat:
    return Beat(
        title=record.text("title"),
        text=record.text("text"),
        t0=_time(record, "t0"),
        t1=_time(record, "t1"),
        loop=record.get("loop", bool) if "loop" in record.items else False,
        facts=_facts(record),
    )
