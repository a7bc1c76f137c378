"""How what JSON files say is read: each value is looked at before it is used.

The manifest of a folder (docs/manifest.md) and the evidence of a clip (docs/evidence.md) are read
so. Keys that a reader does not ask for are let be, but must be sound: finite, and text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar

from gdlecture.lines import one_line

T = TypeVar("T")

UNBOUNDED = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}
"""How numbers are written that are not finite."""

_DEEPEST = 100
_WHOLE = 2**53  # up to which float64 has every whole number
_SHOWN = 60  # characters of what was found instead
# Controls other than tab and line feed, halves of characters, and what is no character at all:
# neither XML nor a terminal takes them.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class SchemaError(ValueError):
    """A file says something else than it should: where, what was expected, what was found."""


class Record:
    """A JSON object that knows where it stands in its file, for messages."""

    def __init__(self, place: str, items: Any) -> None:
        self.place = place
        if not isinstance(items, dict):
            raise SchemaError(_at(place, f"expected an object, found {shown(items)}"))
        self.items: dict[str, Any] = items

    def unlike(self, key: str, expected: str, found: Any) -> SchemaError:
        """The error that the value of a key is not what was expected."""
        return SchemaError(f"{self.at(key)}: expected {expected}, found {shown(found)}")

    def at(self, key: str) -> str:
        """Where the value of a key stands."""
        return f"{self.place}.{key}" if self.place else key

    def has(self, key: str) -> bool:
        """Whether there is a value other than null."""
        return self.items.get(key) is not None

    def get(self, key: str, kind: type) -> Any:
        """The value of a key, of a type as `json` has it."""
        if key not in self.items:
            raise SchemaError(f"{self.at(key)}: expected {kind.__name__}, found nothing")
        value = self.items[key]
        if not isinstance(value, kind):
            raise self.unlike(key, kind.__name__, value)
        return value

    def maybe(self, read: Callable[[str], T], key: str) -> T | None:
        """What is read of a key that may be missing, or null."""
        return read(key) if self.has(key) else None

    def text(self, key: str) -> str:
        """A text."""
        return str(self.get(key, str))

    def one_of(self, key: str, known: Collection[str]) -> str:
        """A text of a few."""
        value = self.text(key)
        if value not in known:
            raise self.unlike(key, " or ".join(known), value)
        return value

    def whole(self, key: str, least: int = 0, most: float = _WHOLE) -> int:
        """A whole number within bounds."""
        value = self.get(key, int)
        if isinstance(value, bool) or not least <= value <= most:
            raise self.unlike(key, f"a whole number from {least} to {most:.16g}", value)
        return int(value)

    def number(self, key: str) -> float:
        """A number, which may be unbounded."""
        return self.as_number(key, self.get(key, object))

    def positive(self, key: str, most: float = math.inf) -> float:
        """A finite number above 0, up to a bound."""
        value = self.number(key)
        if not (math.isfinite(value) and 0 < value <= most):
            bound = "" if math.isinf(most) else f" of at most {most:g}"
            raise self.unlike(key, f"a finite positive number{bound}", self.items[key])
        return value

    def within(self, key: str, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        value = self.number(key)
        if not low <= value <= high:
            raise self.unlike(key, f"a number from {low:g} to {high:g}", self.items[key])
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        return tuple(self.as_number(key, item) for item in self.get(key, list))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self.get(key, list)
        if not all(isinstance(item, str) for item in found):
            raise self.unlike(key, "a list of texts", found)
        return tuple(found)

    def record(self, key: str) -> Record:
        """An object."""
        return Record(self.at(key), self.items.get(key))

    def records(self, key: str) -> list[Record]:
        """A list of objects."""
        return [Record(f"{self.at(key)}[{i}]", item) for i, item in enumerate(self.get(key, list))]

    def entries(self) -> Iterator[tuple[str, Record]]:
        """Its values by their names, all of them objects."""
        return ((key, self.record(key)) for key in self.items)

    def as_number(self, key: str, value: Any) -> float:
        """A value that is to be a number of what a key has."""
        if isinstance(value, str) and value in UNBOUNDED:
            return UNBOUNDED[value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.unlike(key, "a number", value)
        return float(value)


def read_record(path: Path, version: int, again: str) -> Record:
    """The object that a JSON file holds, all of it sound, and written for this version.

    `again` says how a file of another version is made anew.

    Raises:
        SchemaError: it is no JSON, no object, not sound, or of another version.
        FileNotFoundError: there is no such file.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileNotFoundError(error.errno, error.strerror, str(path)) from error
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SchemaError(f"expected JSON, found none: {one_line(why)}") from error
    record = Record("", loaded)
    found = record.items.get("schema")
    if found != version or isinstance(found, bool):
        told = "none: an older version wrote it" if found is None else shown(found)
        raise SchemaError(f"schema: expected {version}, found {told}; {again}")
    try:
        _check_sound(loaded)
    except SchemaError as error:
        raise SchemaError(str(error).removeprefix(".")) from None
    return record


def shown(value: Any) -> str:
    """A value as an error shows it: short, on one line."""
    return one_line(json.dumps(value, ensure_ascii=False, default=str), _SHOWN)


def _no_number(name: str) -> float:
    text = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}[name]
    raise ValueError(f'{name} is no number of JSON; write "{text}"')


def _at(place: str, told: str) -> str:
    return f"{place}: {told}" if place else told


def _check_sound(value: Any, levels: int = _DEEPEST) -> None:
    """See that all text is text and all numbers are finite float64, however deep."""
    if isinstance(value, str):
        if _NO_TEXT.search(value):
            raise SchemaError(f": expected text that can be shown, found {shown(value)}")
    elif isinstance(value, float | int):
        if not _is_finite(value):
            raise SchemaError(": expected a number of float64's range, found a larger one")
    elif isinstance(value, list | dict):
        if not levels:
            raise SchemaError(f": expected at most {_DEEPEST} levels, found more")
        within = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in within:
            try:
                _check_sound(key, levels)
                _check_sound(item, levels - 1)
            except SchemaError as error:  # where it is, is put together on the way back
                where = f"[{key}]" if isinstance(key, int) else f".{one_line(key, _SHOWN)}"
                raise SchemaError(f"{where}{error}") from None


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False
