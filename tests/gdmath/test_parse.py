import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from gdmath import ExpressionError, ScalarField

x, y = sp.symbols("x y")


@pytest.mark.parametrize(
    ("text", "expr"),
    [
        ("exp(x) - log(x)", sp.exp(x) - sp.log(x)),
        ("ln(x)", sp.log(x)),
        ("0.1*x", x / 10),
        ("1e-3*x", x / 1000),
        (" x ** 2 + y**2 ", x**2 + y**2),
        ("-x**2", -(x**2)),
        ("2**-x", 2**-x),
        ("sin(2*pi*x)", sp.sin(2 * sp.pi * x)),
        ("sqrt(x)/abs(x)", sp.sqrt(x) / sp.Abs(x)),
        ("e**x", sp.exp(x)),
    ],
)
def test_formulas_are_read_exactly(text, expr):
    assert ScalarField.parse(text).expr == expr


def test_variables_are_inferred():
    assert ScalarField.parse("x**2").variables == (x,)
    assert ScalarField.parse("y**2").variables == (x, y)
    assert ScalarField.parse("7").variables == (x,)
    assert ScalarField.parse("x**2", variables=("x", "y")).dimension == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("x^2", r"write \*\*"),
        ("2x", r"write 2\*x"),
        ("x +", "does not read as a formula"),
        ("(x", r"write \)"),
        ("sine(x)", "did you mean sin"),
        ("x.real", "dot"),
        ("__import__('os')", "no place in a formula"),
        ("lambda: 0", "no place|not arithmetic"),
        ("9**9**9", "exponent|digits"),
        ("1/0", "division by zero"),
        ("x" * 501, "at most 500"),
        ("sin(" * 60 + "x" + ")" * 60, "nested"),
        ("log(0)", "no finite value"),
        ("sqrt(-1)", "no real value|real"),
        ("exp(1000)", "too large"),
        ("x if x else y", "not arithmetic|operator"),
        ("f(x)", "unknown"),
        ("x, y", "comma"),
        ("1_000", "decimals"),
        ("0x10", "decimals"),
        ("3j", "real"),
    ],
)
def test_everything_else_is_refused_in_one_line(text, says):
    with pytest.raises(ExpressionError, match=says) as caught:
        ScalarField.parse(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sin x", r"write sin\(x\)"),
        ("2*exp 3", r"write exp\(3\)"),
        ("sin", r"write sin\(x\)"),
        ("sin**2(x)", r"write sin\(x\)\*\*2"),
        ("sin^2(x)", r"write sin\(x\)\*\*2"),
        ("cos**3 x", r"write cos\(x\)\*\*3"),
        ("sin**-1(x)", r"1/sin\(x\), or asin\(x\)"),
        ("np.sin(x)", "write sin without 'np.'"),
        ("math.exp(x)", "write exp without 'math.'"),
        ("torch.relu(x)", "write relu without 'torch.'"),
        ("np.pi*x", "write pi without 'np.'"),
        ("sinx", r"write sin\(x\)"),
        ("x1 + x2", "write x for x1"),
        ("x_2", "write y for x_2"),
        ("x_{1}", "no index here; write x or y"),
        ("x3", "no third variable"),
        ("theta**2", "write x or y for theta"),
        ("lambda*x", "functions are of x"),
        ("z", "write x or y for z"),
        ("t", "of x, or of x and y"),
        ("X", "write x"),
        ("xy", r"write x\*y"),
        (r"\frac{x}{2}", "LaTeX"),
        ("arctan(x)", r"write atan\(x\)"),
        ("log10(x)", r"write log\(x\)/log\(10\)"),
        ("cot(x)", r"write 1/tan\(x\)"),
        ("heaviside(x)", r"where\(x < 0, 0, 1\)"),
        ("Piecewise((x, x))", r"write where\(x < 0, A, B\)"),
        ("sigmiod(x)", "did you mean sigmoid"),
        ("max(x)", r"write max\(x, 1\)"),
        ("pow(x)", r"write pow\(x, 2\)"),
        ("pow(x, 1000)", "beyond 200"),
        ("relu(x, 1)", r"takes one argument; write relu\(x\)"),
        ("where(x, 1, 2)", "begins with one of <"),
        ("where(x == 0, 1, 2)", "compare with <"),
        ("where(0 < x < 1, 1, 2)", "one comparison"),
        ("where(x < 0 and y < 0, 1, 2)", "begins with one of <"),
        ("where(x < 0, 1)", r"write where\(x < 0, -x, x\)"),
        ("x < 0", "a comparison stands only in"),
        ("(x > 0)*x", "a comparison stands only in"),
        ("max(x < 0, 1)", "a comparison stands only in"),
        ("x if x > 0 else y", r"for cases write where"),
        ("x = 2", "no place in a formula"),
        ("x << 2", "no place in a formula"),
        ("0,5*x", "a comma has no place"),
        ("max(*x)", r"write max\(x, 1\)"),
        ("where(x < 0, a=1, b=2)", "no place in a formula"),
        ("where(x < 1/0, 1, 2)", "division by zero"),
    ],
)
def test_hints_say_what_to_write(text, says):
    with pytest.raises(ExpressionError, match=says) as caught:
        ScalarField.parse(text)
    assert "\n" not in str(caught.value)


def test_of_other_variables_no_hint_speaks_of_x():
    with pytest.raises(ExpressionError, match="z is unknown; known are a, b, pi"):
        ScalarField.parse("z*a", ("a", "b"))


@given(st.text(alphabet="xy0123456789+-*/().,<>= eplogsinqrtcabmwhu^_[]{}'\"\\\n", max_size=60))
def test_no_text_does_anything_but_parse_or_be_refused(text):
    problem = None
    try:
        ScalarField.parse(text)
    except ExpressionError as error:
        problem = error
    if problem is not None:
        assert "\n" not in str(problem)
        assert 0 <= problem.position <= len(text)


def test_variables_may_have_other_names_if_they_are_given():
    w, b = sp.symbols("w b")
    field = ScalarField.parse("b**2 - w*b", variables=("w", "b"))
    assert field.expr == b**2 - w * b
    assert field.variables == (w, b)
    with pytest.raises(ExpressionError, match="w is unknown"):
        ScalarField.parse("w**2")
    with pytest.raises(ExpressionError, match="y is unknown"):
        ScalarField.parse("x + y", variables=("x",))


@pytest.mark.parametrize("text", ["abs(x) + e*x", "1e50*x", "sin(1e200)*x", "sqrt(x)**3/7"])
def test_what_sympy_prints_is_read_again(text):
    expr = ScalarField.parse(text).expr
    assert ScalarField.parse(str(expr)).expr == expr
