"""The signs of each kind of type, and which of them could be taken for another."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gdlecture.verify.typeset import FACE, Face, Setting, Shape, mask, typeset

_FORMULAS = ("${}$", "$x^{}$", "$x^(x^{})$")
_STYLES = (*_FORMULAS, *(f"#strong({style})" for style in _FORMULAS), '#"{}"', '#strong("{}")')
_SIGNS = {"-": "−"} | {digit: digit for digit in string.digits} | {".": "."}
_LETTERS = string.ascii_letters
# In formulas these stand for what is not a letter.
_POINT = 'class("normal", .)'
_OPERATORS = {
    "+": "+", "−": "-", "=": "=", "≈": "approx", "≠": "eq.not", "±": "plus.minus", "÷": "div",
    "≤": "<=", "≥": ">=", "<": "<", ">": ">", "×": "times", "*": "*", ":": "colon", ".": _POINT,
}  # fmt: skip
"""Signs between numbers and letters, and how Typst's mathematics writes them."""

_ALIKE = 0.55
_WITHIN = 0.85
"""Of a sign's ink, what must be another's too, for it to lie within that one."""
_SIZE = 32
_SCALE = 2.0


def digits() -> tuple[Mapping[str, Shape], ...]:
    """The digits, the minus and the point of each style: of formulas, superscripts, words."""
    return _digits_in(FACE.get())


@cache
def _digits_in(_face: Face) -> tuple[Mapping[str, Shape], ...]:
    return tuple(_set(style, _SIGNS) for style in _STYLES)


def lookalikes() -> Mapping[str, Mapping[str, Shape]]:
    """By the name of a shape, the other ones that could stand in its place.

    For a digit, minus or point these are all others; for a letter the letters, for an operator the
    operators that it resembles. And all that a sign lies within: a minus within a plus.
    """
    return _lookalikes_in(FACE.get())


@cache
def _lookalikes_in(_face: Face) -> Mapping[str, Mapping[str, Shape]]:
    found: dict[str, Mapping[str, Shape]] = {}
    for style, kind in zip(_STYLES, digits(), strict=True):
        letters = _set(style, {letter: letter for letter in _LETTERS})
        names = _OPERATORS if style.startswith("$") else {name: name for name in _OPERATORS}
        operators = _set(style, names)
        found |= dict(_resembling(letters)) | dict(_resembling(operators))
        for sign, shape in kind.items():
            beyond = found.get(shape.name, {})
            others = {other: s for other, s in kind.items() if other != sign}
            found[shape.name] = {**beyond, **others}
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


def _resembling(signs: Mapping[str, Shape]) -> Iterator[tuple[str, Mapping[str, Shape]]]:
    names = list(signs)
    pictures = np.stack([_picture(signs[name]).ravel() for name in names])
    inner = np.array([np.minimum(picture, pictures).sum(axis=-1) for picture in pictures])
    within = inner > _WITHIN * pictures.sum(axis=1, keepdims=True)
    pictures = pictures - pictures.mean(axis=1, keepdims=True)
    pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    near = ((pictures @ pictures.T) ** 2 > _ALIKE) | within
    for name, row in zip(names, near, strict=True):
        others = {names[i]: signs[names[i]] for i in np.flatnonzero(row)}
        own = signs[name].name
        yield own, {other: shape for other, shape in others.items() if shape.name != own}


def _picture(shape: Shape) -> NDArray[np.float64]:
    """A shape with its pen in the middle of the left side."""
    cover, right, down = mask(shape, (_SCALE, 0.0, 0.0, -_SCALE), (0.0, 0.0))
    found = np.zeros((2 * _SIZE, 2 * _SIZE))
    top, left = _SIZE + down, _SIZE // 2 + right
    found[top : top + cover.shape[0], left : left + cover.shape[1]] = cover
    return found
