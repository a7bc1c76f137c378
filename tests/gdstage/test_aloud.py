import pytest

from gdmath import LOG_VALLEY, PARABOLOID, ScalarField
from gdstage.look.aloud import aloud, partial_aloud


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exp(x) - log(x)", "e to the x minus the natural log of x"),
        ("x**2 + y**2", "x squared plus y squared"),
        ("x**4/4 - x", "x to the 4 over 4 minus x"),
        ("x/2", "x over 2"),
        ("(x - 1)**2", "the quantity x minus 1, squared"),
        ("2*x**3", "2 x cubed"),
        ("x*log(x)", "x times the natural log of x"),
        ("sin(x)**2 + cos(2*x)", "sine squared of x plus cosine of 2 x"),
        ("sqrt(x)", "the square root of x"),
        ("cbrt(x)", "the cube root of x"),
        ("abs(x - 1)", "the absolute value of x minus 1"),
        ("exp(-x**2)", "e to the minus x squared"),
        ("1/(1 + x)", "1 over x plus 1"),
        ("max(x, 0)", "the larger of x and 0"),
        ("where(x < 0, -x, x**2)", "minus x if x is less than 0; otherwise x squared"),
        ("x_1 + x_20", "x sub 1 plus x sub 20"),
    ],
)
def test_an_expression_is_said_as_a_lecturer_says_it(text, said):
    names = sorted(set("xy") & set(text)) if "_" not in text else ["x_1", "x_20"]
    assert aloud(ScalarField.parse(text, names).expr) == said


def test_no_sign_is_left_of_the_lectures_own_functions():
    for field in (LOG_VALLEY, PARABOLOID):
        for expression in (field.expr, *(field.partial(v) for v in field.variables)):
            said = aloud(getattr(expression, "expr", expression))
            assert all(c.isalnum() or c in " ,;." for c in said), said


def test_a_partial_derivative_has_a_name():
    assert partial_aloud("f", "x") == "partial f by partial x"
