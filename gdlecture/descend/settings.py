"""The settings of one experiment: from a TOML file, from the command line, and back to TOML."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gdlecture.settings import QUALITIES, SHAPES, THEMES

LARGEST_FILE = 65_536

# What each setting is, and what may stand in the file; the order is that of --print-config.
KINDS: dict[str, str] = {
    "function": "text",
    "latex": "text",
    "data": "text",
    "model": "text",
    "loss": "text",
    "title": "text",
    "start": "numbers",
    "starts": "whole",
    "rate": "number",
    "compare": "numbers",
    "method": "text",
    "methods": "texts",
    "beta": "number",
    "beta1": "number",
    "beta2": "number",
    "epsilon": "number",
    "decay": "number",
    "every": "whole",
    "factor": "number",
    "least": "number",
    "shrink": "number",
    "decrease": "number",
    "length": "text",
    "steps": "whole",
    "tolerance": "number",
    "window": "numbers",
    "basins": "flag",
    "quality": "text",
    "theme": "text",
    "shape": "text",
    "voice": "text",
    "voice_command": "text",
}
CHOICES = {
    "quality": tuple(QUALITIES), "theme": THEMES, "shape": SHAPES, "loss": ("squared", "log"),
}  # fmt: skip
FUNCTIONS = ("function", "latex", "data")
"""The settings that say what function it is; one of them does."""


class SettingsError(ValueError):
    """A settings file that cannot be used; the message says where and why."""


def read_settings(path: Path) -> dict[str, Any]:
    """The settings in a TOML file; lists of numbers may be nested.

    Raises:
        SettingsError: it cannot be read, or holds something that is no setting.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise SettingsError(f"{path}: more than {LARGEST_FILE} bytes are no settings")
        found = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, SettingsError):
            raise
        said = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise SettingsError(f"{path}: is no TOML: {said}") from error
    for key, value in found.items():
        _check(path, key, value)
    ways = [key for key in FUNCTIONS if key in found]
    if len(ways) > 1:
        raise SettingsError(f"{path}: {' and '.join(ways)} say the same; give one")
    return found


def _check(path: Path, key: str, value: Any) -> None:
    if key not in KINDS:
        raise SettingsError(f"{path}: {key[:40]!r} is no setting; known are {', '.join(KINDS)}")
    if not _is(KINDS[key], value):
        raise SettingsError(f"{path}: {key} must be {_NAMES[KINDS[key]]}, not {_shown(value)}")
    if key in CHOICES and value not in CHOICES[key]:
        raise SettingsError(f"{path}: {key} must be one of {', '.join(CHOICES[key])}")


def written(settings: Mapping[str, Any]) -> str:
    """The settings as TOML, those that are set, one a line."""
    lines = []
    for key in KINDS:
        value = settings.get(key)
        if value is None or (isinstance(value, list | tuple | str) and not value):
            continue
        lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


_NAMES = {
    "text": "a text",
    "number": "a number",
    "whole": "a whole number",
    "numbers": "a number or a list of numbers",
    "texts": "a list of texts",
    "flag": "true or false",
}


def _is(kind: str, value: Any) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "flag":
            return isinstance(value, bool)
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return _is_number(value)
        case _:
            return _is_number(value) or (
                isinstance(value, list) and all(_is("numbers", item) for item in value)
            )


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def _toml(value: Any) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML string too.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return repr(value)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
