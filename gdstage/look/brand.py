"""What a lecture brings of its own: colours by meaning, fonts, a mark, a language, a voice.

They are in `lecture.toml`, in the course's folder, and in a clip's attribute `brand`, which has the
same keys and goes before. What is not given is as it was:

    language = "de"                # of captions and titles
    mark = "logo.svg"              # or a PNG; or a short text
    voice = "recordings"           # or hibari, or none; or voice_command = "…"
    [fonts]
    text = ["Fira-Regular.otf", "Fira-Bold.otf"]
    maths = "FiraMath.otf"
    [dark]                         # colours on a dark ground, #rrggbb
    function = "#7cc5f2"
    [light]                        # and on a light one
    danger = "#a01c10"
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from gdmath.palette import wrong_colours
from gdstage.look.face import Face, FontError, read_font
from gdstage.look.theme import SETTABLE, THEMES, Theme, in_colours

FILE = "lecture.toml"

VOICES = ("voice", "voice_command")
KEYS = ("language", "mark", *VOICES, "fonts", *THEMES)
FONTS = {"text": "words", "maths": "maths"}
"""Keys of fonts, and what a face calls them."""

PICTURES = (".svg", ".png")
LONGEST_MARK = 24
"""Characters of the longest text that is a mark."""

MOST_FONTS = 4


class BrandError(ValueError):
    """A brand cannot be used; the message names the file and the key, and what would be right."""


@dataclass(frozen=True)
class Brand:
    """What a lecture brings of its own; `mark` is a picture's path, a text, or "" for none.

    Whose voice it has, or by which command, is heard, not seen; "" is nobody's in particular.
    """

    language: str = "en"
    mark: str | Path = ""
    face: Face = field(default_factory=Face)
    themes: Mapping[str, Theme] = field(default_factory=lambda: dict(THEMES))
    voice: str = field(default="", compare=False)
    voice_command: str = field(default="", compare=False)

    def files(self) -> list[Path]:
        """The files that it is drawn with."""
        pictures = [self.mark] if isinstance(self.mark, Path) else []
        return [*pictures, *(file for font in self.face.fonts for file in font.files)]

    def digest(self) -> str:
        """A sha256 of all that can be seen of it; "" of none."""
        if self == Brand():
            return ""
        themes = {name: repr(theme) for name, theme in self.themes.items()}
        files = [hashlib.sha256(file.read_bytes()).hexdigest() for file in self.files()]
        mark = "" if isinstance(self.mark, Path) else self.mark
        told = json.dumps([self.language, mark, themes, files], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def told(self, theme: str, home: Path) -> dict[str, Any]:
        """What the evidence says of it: what a theme's colours are, and which files its fonts.

        Their paths are from `home`, or their names if they are not below it.
        """
        told: dict[str, Any] = {}
        if self.themes[theme] != THEMES[theme]:
            told["colours"] = self.themes[theme].named()
        for key, attribute in FONTS.items():
            font = getattr(self.face, attribute)
            if font:
                files = zip(font.files, font.digests, strict=True)
                told.setdefault("fonts", {})[key] = [
                    {"file": _below(home, file), "sha256": digest} for file, digest in files
                ]
        return told | ({} if self.language == "en" else {"language": self.language})


def home_of(folder: Path) -> Path:
    """Where the lecture.toml of clips in a folder is: there, above it, or else here or above.

    The folder itself, if there is none.
    """
    for start in (folder.resolve(), Path.cwd()):
        for place in (start, *start.parents):
            if (place / FILE).is_file():
                return place
    return folder.resolve()


def brand_at(folder: Path, own: Mapping[str, Any] | None = None, who: str = "") -> Brand:
    """The brand of clips in a folder; a clip's `own` keys go before, told as those of `who`.

    Raises:
        BrandError: it cannot be used.
    """
    home = home_of(folder)
    told, path = {}, home / FILE
    if path.is_file():
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise BrandError(f"{path}: expected TOML: {error}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise BrandError(f"{path}: expected text that can be read: {error}") from error
    brand = _read(str(path), home, told, Brand())
    return _read(who, home, own, brand) if own else brand


def brand_of(clip: type) -> tuple[Brand, Path]:
    """The brand of a clip's class, and its home; its attribute `brand` has its own keys.

    Raises:
        BrandError: it cannot be used.
    """
    folder = folder_of(clip)
    own = getattr(clip, "brand", {})
    if not isinstance(own, Mapping):
        raise BrandError(f"{clip.__name__}.brand: expected a dict as of {FILE}, found {own!r}")
    return brand_at(folder, own, f"{clip.__name__}.brand"), home_of(folder)


def folder_of(clip: type) -> Path:
    """Where a clip's class is written; a class made on the way lies where the one it is of lies."""
    for kind in clip.__mro__:
        file = getattr(sys.modules.get(kind.__module__), "__file__", None)
        if file and kind.__module__.partition(".")[0] not in {"gdstage", "gdlecture", "manim"}:
            return Path(file).parent
    return Path.cwd()


def _read(where: str, home: Path, told: Mapping[str, Any], brand: Brand) -> Brand:
    """A brand with what a table says."""
    _check_keys(where, "", told, KEYS)
    faces = {attribute: getattr(brand.face, attribute) for attribute in FONTS.values()}
    fonts = _table(where, "fonts", told)
    _check_keys(where, "fonts.", fonts, FONTS)
    for key, value in fonts.items():
        faces[FONTS[key]] = _font(where, f"fonts.{key}", home, value)
    themes = {
        name: _theme(where, name, _table(where, name, told), theme)
        for name, theme in brand.themes.items()
    }
    return Brand(
        language=_language(where, told["language"]) if "language" in told else brand.language,
        mark=_mark(where, home, told["mark"]) if "mark" in told else brand.mark,
        face=Face(**faces),
        themes=themes,
        **{key: _voice(where, key, home, told[key]) for key in VOICES if key in told},
    )


def _voice(where: str, key: str, home: Path, value: Any) -> str:
    """A voice's name, a command, or a folder of recordings beside the file."""
    if not isinstance(value, str) or not value:
        wanted = "a command" if key == "voice_command" else "hibari, none, or a folder"
        raise BrandError(f"{where}: {key}: expected {wanted}, found {value!r}")
    is_folder = key == "voice" and (home / value).is_dir()
    return str(home / value) if is_folder else value


def _theme(where: str, name: str, told: Mapping[str, Any], theme: Theme) -> Theme:
    if not told:
        return theme
    _check_keys(where, f"{name}.", told, SETTABLE)
    for key, value in told.items():
        if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
            raise BrandError(f'{where}: {name}.{key}: expected a colour "#rrggbb", found {value!r}')
    branded = in_colours(theme, {key: value.lower() for key, value in told.items()})
    # Of those that were chosen, if it is one of these.
    found = sorted(wrong_colours(branded.named()), key=lambda wrong: wrong[0] not in told)
    for key, wrong in found:
        raise BrandError(f"{where}: {name}.{key}: {wrong}")
    return branded


def _font(where: str, key: str, home: Path, value: Any) -> Any:
    names = [value] if isinstance(value, str) else value
    is_list = isinstance(names, Sequence) and all(isinstance(name, str) for name in names)
    if not is_list or not 1 <= len(names) <= MOST_FONTS:
        wanted = f"a font's file, or a list of at most {MOST_FONTS}, one a weight"
        raise BrandError(f"{where}: {key}: expected {wanted}, found {value!r}")
    try:
        files = tuple(home / name for name in names)
        return read_font(files, maths=key.endswith("maths"))
    except (FontError, OSError) as error:
        raise BrandError(f"{where}: {key}: {error}") from error


def _mark(where: str, home: Path, value: Any) -> str | Path:
    if not isinstance(value, str):
        raise BrandError(f"{where}: mark: expected a picture's file or a text, found {value!r}")
    if value.lower().endswith(PICTURES):
        if not (home / value).is_file():
            raise BrandError(f"{where}: mark: there is no such file: {home / value}")
        return home / value
    if "/" in value or not value.isprintable() or len(value) > LONGEST_MARK:
        wanted = f"an SVG or PNG file, or a text of at most {LONGEST_MARK} characters"
        raise BrandError(f"{where}: mark: expected {wanted}, found {value!r}")
    return value.strip()


def _language(where: str, value: Any) -> str:
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        wanted = "a language's tag, such as en, de or pt-BR"
        raise BrandError(f"{where}: language: expected {wanted}, found {value!r}") from None
    return str(value)


def _table(where: str, key: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    value = told.get(key, {})
    if not isinstance(value, Mapping):
        raise BrandError(f"{where}: {key}: expected a table [{key}], found {value!r}")
    return value


def _check_keys(where: str, before: str, told: Mapping[str, Any], known: Any) -> None:
    for key in told:
        if key not in known:
            raise BrandError(f"{where}: {before}{key}: {_unknown(str(key), known)}")


def _unknown(key: str, known: Any) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return f"there is no such key; {hint}"


def _below(home: Path, file: Path) -> str:
    return str(file.relative_to(home)) if file.is_relative_to(home) else file.name
