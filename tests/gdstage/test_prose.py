"""Mathematics among words is set as mathematics, by one rule; all else is left as it is."""

import re

import pytest

from gdstage.look.prose import prose
from gdstage.look.text import math, words


def formulas(text):
    """What of a text is set as mathematics, in its order."""
    return re.findall(r"#\$(.*?)\$", prose(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("From x₀ = 0.05 the slope is −18.9", ["x_(0) = 0.05"]),
        ("Steps against ∂f/∂x walk down it.", [r"∂f\/∂x"]),
        ("The height f(x, y) depends on two numbers.", ["f(x, y)"]),
        ("eˣ − ln x with one learning rate", ["e^(x) − ln x"]),
        ("it leaps to x₁ ≈ −0.564, where f has no value.", ["x_(1) ≈ −0.564", "f"]),
        ("On x = 0 and y = 0 T = 85 degrees", ["x = 0", "y = 0", "T = 85"]),
        ("its slope has a factor σ(1 − σ).", ["σ(1 − σ)"]),
        ("f″ at xₖ₋₁, times 1.4ᵏ, by H⁻¹", ["f″", "x_(k − 1)", "1.4^(k)", "H^(− 1)"]),
        ("the slope of sin x cos y is 1/x", ["sin x cos y", r"1\/x"]),
        ("(eˣ − ln x) sin 2πx", ["(e^(x) − ln x) sin 2π x"]),
        ("every point (w, b), in every ∇f(w, b)", ["(w, b)", "∇f(w, b)"]),
        ("tanh(w·x + b)", ["tanh(w · x + b)"]),
        ("n = 230\u202f400 starts", ["n = 230 thin 400"]),
        ("x-axis and θ", ["x", "θ"]),
        ("a = 3, A(t), but a step", ["a = 3", "A(t)"]),
    ],
)
def test_mathematics_has_a_name_and_what_belongs_to_it(text, found):
    assert formulas(text) == found


@pytest.mark.parametrize(
    "text",
    ["At (2, 3) it is 3.357×10⁻⁶, in (0, 2]", "< 0: curves down", "a step; A start; I think",
     "e.g. this, i.e. that", "2-D, 3D, T-shaped", "Newton’s, l’Hôpital, d'Alembert",
     "x1, x_k, λmax", "log loss, max and min of it", "15/32 of 97.5%",
     'with "quotes" and \\ # $', ""],
)  # fmt: skip
def test_all_else_is_words(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    assert prose(text) == f'#"{escaped}"'
    assert prose(text, bold=True) == f'#strong("{escaped}")'


def test_bold_words_have_bold_mathematics():
    assert prose("y is held still", bold=True) == '#strong($y$)#strong(" is held still")'


def test_names_in_words_have_the_shape_that_they_have_in_formulas():
    look = {"size": 36, "colour": "#ffffff"}
    among, alone = words("at x", **look).submobjects[-1], math("x", **look).submobjects[-1]
    assert among.points - among.get_center() == pytest.approx(alone.points - alone.get_center())
