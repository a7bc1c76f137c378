"""What languages are called: in themselves, and by the three letters that an mp4 has."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from babel.core import get_global

UNKNOWN = "und"
"""ISO 639's code of no language in particular."""


def own_name(tag: str) -> str:
    """What a language is called in itself: "Deutsch" for de; its tag if that is not known."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    name = locale.get_language_name(tag.partition("-")[0]) or tag
    return name[:1].upper() + name[1:]


def three_letters(tag: str) -> str:
    """ISO 639's code of three letters: "deu" for de."""
    language = tag.partition("-")[0].lower()
    if len(language) == 3:
        return language
    codes = (code for code, known in get_global("language_aliases").items() if known == language)
    return next((code for code in codes if len(code) == 3), UNKNOWN)


def common_language(tags: Iterable[str]) -> str:
    """The language of all, or of none in particular."""
    found = {*tags}
    return found.pop() if len(found) == 1 else UNKNOWN
