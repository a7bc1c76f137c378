import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from gdlecture.voice.spoken import PUNCTUATION, number_in_words, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("x₂₀ ≈ 0.5671", "x sub twenty is about zero point five six seven one"),
        ("f′(x) = 0", "f prime of x equals zero"),
        ("f″(x₀) < 0", "f double prime of x sub zero is less than zero"),
        ("f ″ < 0", "f double prime is less than zero"),
        ("∇f", "the gradient of f"),
        ("−α ∇f(x, y)", "minus alpha the gradient of f of x, y"),
        ("With α = 0.3: bold", "With alpha equals zero point three: bold"),
        ("10⁻⁵", "ten to the minus five"),
        ("1.2 × 10⁻⁵", "one point two times ten to the minus five"),
        ("eˣ − ln x", "e to the x minus the natural log of x"),
        ("ln²x + sin x", "the natural log squared of x plus sine x"),
        ("sin(2x) < cos x", "sine of two x, is less than cosine x"),
        ("starts in (0, 2] find it", "starts in zero, two find it"),
        ("x² + y³", "x squared plus y cubed"),
        ("x⁴/4 − x", "x to the four over four minus x"),
        ("(x − 1)²", "the quantity x minus one, squared"),
        ("∂f/∂x and ∂²f/∂y²", "partial f by partial x and second partial f by partial y"),
        ("df/dx", "d f by d x"),
        ("from (4, 4) on", "from four, four on"),
        ("f(x₀ + h) − f(x₀)", "f of x sub zero plus h, minus f of x sub zero"),
        ("|x − 1|", "the absolute value of x minus one"),
        ("2.5 % and 20%", "two point five percent and twenty percent"),
        ("x ≤ 15/32", "x is at most fifteen over thirty two"),
        ("1/2", "one half"),
        ("xₖ₋₁ → 0", "x sub k minus one to zero"),
        ("λ₂ = −1.25, Δx", "lambda sub two equals minus one point two five, delta x"),
        ("2\u202f000 steps, 64-bit (so far)", "two thousand steps, sixty four bit, so far"),
        ("x = -3 - y", "x equals minus three minus y"),
        ("one-half, “so” — it’s fine…", "one-half, so, it's fine"),
        ("[xₖ; yₖ]", "x sub k; y sub k"),
        ("All is level. How far?", "All is level. How far?"),
        ("über ☃", "über snowman"),
        ("⠃ 𝈑", "braille pattern dots twelve greek vocal notation symbol eighteen"),
    ],
)
def test_what_is_written_becomes_what_is_said(written, said):
    assert spoken(written) == said
    assert spoken(said) == said


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0", "zero"), ("21", "twenty one"), ("100", "one hundred"),
        ("0.05", "zero point zero five"),
        ("1234", "one thousand two hundred thirty four"), ("0.50", "zero point five zero"),
    ],
)  # fmt: skip
def test_numbers_are_said_digit_for_digit_after_the_point(digits, words):
    assert number_in_words(digits) == words


@given(st.text(max_size=60))
def test_nothing_but_words_and_pauses_is_left_of_any_text(text):
    said = spoken(text)
    assert all(c.isalpha() or c == " " or c in PUNCTUATION for c in said), said
    assert not re.search(r"  |^ | $", said)


@pytest.mark.parametrize("plane", range(17))
def test_every_sign_of_unicode_is_said_in_words(plane):
    signs = [chr(plane << 16 | code) for code in range(1 << 16)]
    said = spoken(" ".join(signs))
    assert {c for c in said if not c.isalpha()} <= {" ", *PUNCTUATION}


@given(st.decimals(-999, 999, places=4))
def test_two_numbers_are_never_said_alike(number):
    shown = f"{number}".replace("-", "−")
    other = f"{number + 1}".replace("-", "−")
    assert spoken(shown) != spoken(other)
