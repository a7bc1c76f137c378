"""Digits and letters of each kind of type, and which of them could be taken for another."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.typeset import Setting, Shape, mask, typeset

_FORMULAS = ("${}$", "$x^{}$", "$x^(x^{})$")
_STYLES = (*_FORMULAS, *(f"#strong({style})" for style in _FORMULAS), '#"{}"', '#strong("{}")')
_SIGNS = {"-": "−"} | {digit: digit for digit in string.digits} | {".": "."}
_LETTERS = string.ascii_letters
# In formulas these stand for what is not a letter.
_POINT = 'class("normal", .)'

_ALIKE = 0.55
_SIZE = 32
_SCALE = 2.0


@cache
def digits() -> tuple[Mapping[str, Shape], ...]:
    """The digits, the minus and the point of each style: of formulas, superscripts, words."""
    return tuple(_set(style, _SIGNS) for style in _STYLES)


@cache
def digits_like() -> Mapping[str, Mapping[str, Shape]]:
    """By the name of a digit's shape, all digits of its kind."""
    return {shape.name: kind for kind in digits() for shape in kind.values()}


@cache
def lookalikes() -> Mapping[str, Mapping[str, Shape]]:
    """By the name of a shape, the other ones that could stand in its place.

    For a digit, minus or point these are all others; for a letter the letters that it resembles.
    """
    found: dict[str, Mapping[str, Shape]] = {}
    for style in _STYLES:
        letters = _set(style, {letter: letter for letter in _LETTERS})
        found |= dict(_resembling(letters))
    for kind in digits():
        for sign, shape in kind.items():
            found[shape.name] = {other: s for other, s in kind.items() if other != sign}
    return found


def _set(style: str, signs: Mapping[str, str]) -> dict[str, Shape]:
    """The shapes of some signs in a style, by their names."""
    in_formula = "$" in style
    codes = {
        name: style.replace("{}", _POINT if in_formula and sign == "." else sign)
        for name, sign in signs.items()
    }
    settings = typeset(codes.values())
    found = {}
    for name, code in codes.items():
        setting = settings[code]
        if isinstance(setting, Setting):
            found[name] = setting.parts[-1].shape
    return found


def _resembling(letters: Mapping[str, Shape]) -> Iterator[tuple[str, Mapping[str, Shape]]]:
    names = list(letters)
    pictures = np.stack([_picture(letters[name]).ravel() for name in names])
    pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    alike = (pictures @ pictures.T) ** 2 > _ALIKE
    for name, row in zip(names, alike, strict=True):
        others = [names[i] for i in np.flatnonzero(row) if names[i] != name]
        yield letters[name].name, {other: letters[other] for other in others}


def _picture(shape: Shape) -> NDArray[np.float64]:
    """A shape with its pen in the middle of the left side, without its mean."""
    cover, right, down = mask(shape, (_SCALE, 0.0, 0.0, -_SCALE), (0.0, 0.0))
    found = np.zeros((2 * _SIZE, 2 * _SIZE))
    top, left = _SIZE + down, _SIZE // 2 + right
    found[top : top + cover.shape[0], left : left + cover.shape[1]] = cover
    return np.asarray(found - found.mean())
