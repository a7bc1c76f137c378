"""Outlines as SVG writes them, in as few characters as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]
"""A letter as SVG has it, M L C or Z, and the points that it takes, px."""


def written(steps: Iterable[Step], digits: int) -> str:
    """An outline, rounded to so many digits: each point is told from the one before."""
    unit = 10**digits
    told: list[str] = []
    letter, at, first = "", (0, 0), (0, 0)
    for kind, points in steps:
        if kind == "Z":
            told.append("z")
            letter, at = "", first
            continue
        rounded = [(round(x * unit), round(y * unit)) for x, y in points]
        if kind == "M":  # told by itself: what is joined may be anywhere
            at = first = rounded[0]
            told += ("M", _short(at[0], digits), _short(at[1], digits))
            letter = ""
            continue
        if kind.lower() != letter:
            letter = kind.lower()
            told.append(letter)
        told += (_short(value, digits) for x, y in rounded for value in (x - at[0], y - at[1]))
        at = rounded[-1]
    return _joined(told)


def polygon(corners: Sequence[Point], digits: int) -> str:
    """The outline through corners, and back to the first."""
    first, *others = corners
    return written([("M", (first,)), *(("L", (point,)) for point in others), ("Z", ())], digits)


def circle(x: float, y: float, radius: float) -> str:
    """The outline of a circle."""
    r, both = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 0 0 {both} 0 {r} {r} 0 0 0-{both} 0z"


def number(value: float, digits: int = 2) -> str:
    """A number rounded to so many digits, and no more of them than say it."""
    return _short(round(value * 10**digits), digits)


def _short(value: int, digits: int) -> str:
    """So many units of the last digit: -5 of two digits is -.05."""
    whole, rest = divmod(abs(value), 10**digits)
    part = f"{rest:0{digits}d}".rstrip("0")
    told = f"{whole or ''}.{part}" if part else str(whole)
    return f"-{told}" if value < 0 else told


def _joined(told: Iterable[str]) -> str:
    """Letters and numbers, with a blank only where two numbers would be read as one."""
    parts: list[str] = []
    before = "z"
    for part in told:
        clear = before.isalpha() or part.isalpha() or part[0] == "-"
        parts.append(part if clear or (part[0] == "." and "." in before) else f" {part}")
        before = part
    return "".join(parts)
