"""What is told of an error: one line that any terminal can show."""

from __future__ import annotations

MOST = 300
"""Characters of the longest line that is told of what someone else wrote."""


def one_line(text: str, most: int = MOST) -> str:
    r"""A text on one line: blanks for what breaks lines, `\x1b` for what cannot be shown.

    Of one longer than `most` characters the beginning.
    """
    words = " ".join(text[: 2 * most].split())
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in words)
    cut = len(shown) > most or len(text) > 2 * most
    return shown[: most - 3] + "..." if cut else shown


def said_by(error: BaseException) -> str:
    """What an error says, with its type's name; an error may be unable to say it."""
    name = type(error).__name__
    try:
        told = one_line(str(error))
    except Exception:  # noqa: BLE001 (what a stranger's __str__ may raise is open)
        told = ""
    return f"{name}: {told}" if told else name
