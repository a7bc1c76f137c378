"""What is printed is read back as a viewer reads it, and is the same function.

The reader is the one that `lecture verify` reads formulas with, and shares nothing with the
printer. MathML is first written as Typst's code of what it looks like, element by element.
"""

# ruff: noqa: C901, ISC004, PLR0911 (a reader has a case for each thing)
import random
import re
import xml.etree.ElementTree as ET

import mpmath
import pytest
import sympy as sp

from gdlecture.mathml import equation
from gdlecture.verify.formulas import UnreadableError, read_formula
from gdmath import LOG_VALLEY, SAUNA, THREE_WELLS, TWO_VALLEYS, ScalarField
from gdmath.fields.functions import Maximum, Minimum, cbrt, relu, sigmoid, softplus, where
from gdmath.fields.regression import regression
from gdstage.look.printing import typst, typst_of

x, y = sp.symbols("x y")
NO_VALUE = mpmath.nan


# --- the lecture's own formulas ------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (LOG_VALLEY.expr, "e^(x) - ln x"),
        (TWO_VALLEYS.expr, "(e^(x) - ln x) sin (2 pi x)"),
        (x**2 + y**2, "x^(2) + y^(2)"),
        (3 * x**2 * y**3, "3 x^(2) y^(3)"),
        (SAUNA.expr, "- frac(x^(2) y^(2) (x - 6) (y - 6), 90) + 85"),
        (
            THREE_WELLS.expr,
            "10 - frac(10, 3 (x - 1/2)^(2) + 3 (y - 1/2)^(2) + 3)"
            " - frac(2, 2 (x - 3)^(2) + 2 (y - 3/2)^(2) + 1)"
            " - frac(3, frac((x - 7/2)^(2), 2) + frac((y - 4)^(2), 2) + 1)",
        ),
        (x**2 / 2, "frac(x^(2), 2)"),
        (x**4 - 3 * x**2 + x, "x^(4) - 3 x^(2) + x"),
        (sp.exp(x) - 1 / x, "e^(x) - 1/x"),
        (LOG_VALLEY.expr.diff(x, 2), "e^(x) + frac(1, x^(2))"),
        (
            SAUNA.expr.diff(x),
            "- frac(x^(2) y^(2) (y - 6), 90) - frac(x y^(2) (x - 6) (y - 6), 45)",
        ),
        (sp.LambertW(1), "W (1)"),
        (sp.Rational(3313, 45), "frac(3313, 45)"),
        (sp.Float(2.5) * x - sp.Float(1.25), "2.5 x - 1.25"),
        (sp.Abs(x), "| x |"),
        (x <= 0, "x <= 0"),
    ],
)
def test_the_lectures_formulas_look_as_they_always_did(expression, code):
    assert typst(expression) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ln(x)**2", "ln^(2)(x)"),
        ("ln(x)**3*x", "x ln^(3)(x)"),
        ("ln(x-1)**2", "ln^(2)(x - 1)"),
        ("ln(x)*(x + 1)", "(x + 1) ln x"),
        ("ln(x)*sqrt(ln(x))*x", "x (ln x)^(3/2)"),
        ("sin(x)*cos(y)", "sin x cos y"),
        ("x*ln(x)*e**x", "x e^(x) ln x"),
        ("relu(x - 1)**2", '(op("relu") (x - 1))^(2)'),
        ("sigmoid(x)", "sigma (x)"),
        ("3000000*x**2", "3 dot 10^(6) x^(2)"),
        ("3000000**x", "(3 dot 10^(6))^(x)"),
        ("1e9 - 1e-9*x", "10^(9) - frac(x, 10^(9))"),
        ("max(x, x**2)", "max (x, x^(2))"),
        ("x**(1/3)", "x^(1/3)"),
        ("cbrt(x)", "root(3, x)"),
        ("abs(x)*abs(y)", "| x | dot | y |"),
        ("3*2**x", "3 dot 2^(x)"),
        ("where(x < 0, -x, x**2)", 'cases(- x & "if " x < 0, x^(2) & "otherwise")'),
        (
            "where(x < 0, 1, where(x < 1, 2, 3)) + y",
            'y + (cases(1 & "if " x < 0, 2 & "else if " x < 1, 3 & "otherwise"))',
        ),
    ],
)
def test_what_could_be_misread_is_written_otherwise(text, code):
    assert typst(ScalarField.parse(text).expr) == code


def test_words_and_indices_are_set_as_such():
    assert typst(sp.Symbol("hours") * sp.Symbol("x_0")) == '"hours" x_(0)'
    assert typst(sp.Symbol("lambda_1")) == "lambda_(1)"
    # A word before brackets would be read as a function's name.
    assert typst(sp.Symbol("hours_i") * (x + y)) == '"hours"_(i) dot (x + y)'


def test_a_regressions_loss_is_printed_as_the_mean_that_it_is():
    data = {"t": [0, 1, 2], "score": [1, 3, 4]}
    field = regression("a*t + b", data, target="score")
    assert typst_of(field) == 'frac(1, 3) sum_(i=1)^(3) (- "score"_(i) + t_(i) x + y)^(2)'
    assert typst_of(LOG_VALLEY) == typst(LOG_VALLEY.expr)


# --- reading it back -----------------------------------------------------------------------

FUNCTIONS = {
    "ln": lambda u: mpmath.log(u) if u > 0 else NO_VALUE,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "arcsin": lambda u: mpmath.asin(u) if abs(u) <= 1 else NO_VALUE,
    "arccos": lambda u: mpmath.acos(u) if abs(u) <= 1 else NO_VALUE,
    "arctan": mpmath.atan,
    "arsinh": mpmath.asinh,
    "arcosh": lambda u: mpmath.acosh(u) if u >= 1 else NO_VALUE,
    "artanh": lambda u: mpmath.atanh(u) if abs(u) < 1 else NO_VALUE,
    "sign": mpmath.sign,
    "relu": lambda u: max(u, 0),
    "sigma": lambda u: 1 / (1 + mpmath.exp(-u)),
    "max": max,
    "min": min,
}
LETTERS = {"e": mpmath.e, "pi": mpmath.pi}
COMPARE = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
           ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}  # fmt: skip


def power(base, exponent):
    """The real power, if there is one."""
    if base < 0 and exponent != int(exponent):
        return NO_VALUE
    return base**exponent


def root(degree, inside):
    """The real root."""
    if inside < 0:
        return -mpmath.root(-inside, degree) if degree % 2 else NO_VALUE
    return mpmath.root(inside, degree)


def as_code(element):
    """A MathML element as the code of what it looks like."""
    parts = [as_code(child) for child in element]
    text = (element.text or "").strip("\u00a0")
    match element.tag:
        case "mfrac":
            return f"frac({parts[0]}, {parts[1]})"
        case "msup":
            return f"{parts[0]}^({parts[1]})"
        case "msqrt":
            return f"sqrt({' '.join(parts)})"
        case "mroot":
            return f"root({parts[1]}, {parts[0]})"
        case "mtable":
            return ", ".join(parts)
        case "mtr":
            return " & ".join(parts)
        case "mtext":
            return f'"{text}"'
        case "mrow" if element[0].text == "|":
            return f"abs({parts[1]})"
        case "mrow" if element[0].text == "{":
            return f"cases({parts[1]})"
        case "mi" | "mn" | "mo":
            signs = {"−": "-", "\u2061": "", "\u2062": "", "⋅": "dot", "≤": "<=", "≥": ">=",
                     "π": "pi", "σ": "sigma"}  # fmt: skip
            return signs.get(text, text)
    return " ".join(filter(None, parts))


def typst_code(expression):
    return typst(expression)


def mathml_code(expression):
    whole = as_code(ET.fromstring(str(equation(expression, (x, y)))))  # noqa: S314 (ours)
    head, _, formula = whole.partition(" = ")
    assert re.sub(" ", "", head) == "f(x,y)"
    return formula


def true_value(expression, at):
    """The value by the expression's own tree."""
    if expression.is_Symbol:
        return at[expression.name]
    if expression.is_Rational:
        return mpmath.mpf(expression.p) / expression.q
    if expression in {sp.pi, sp.E}:
        return LETTERS["pi" if expression == sp.pi else "e"]
    if isinstance(expression, where):
        condition, one, other = expression.args
        left, right = (true_value(side, at) for side in (condition.lhs, condition.rhs))
        return true_value(one if COMPARE[condition.rel_op](left, right) else other, at)
    values = [true_value(argument, at) for argument in expression.args]
    if any(abs(value) > 1e9 for value in values):
        raise OverflowError("the sine of a tower of exponentials would take for ever")
    named = {sp.log: "ln", sp.asin: "arcsin", sp.acos: "arccos", sp.atan: "arctan",
             sp.asinh: "arsinh", sp.acosh: "arcosh", sp.atanh: "artanh", sigmoid: "sigma",
             Maximum: "max", Minimum: "min", relu: "relu", sp.sign: "sign"}  # fmt: skip
    match expression:
        case sp.Add():
            return mpmath.fsum(values)
        case sp.Mul():
            return mpmath.fprod(values)
        case sp.Pow():
            return power(*values)
        case sp.exp():
            return mpmath.exp(*values)
        case sp.Abs():
            return abs(*values)
        case cbrt():
            return root(3, *values)
        case softplus():
            return mpmath.log1p(mpmath.exp(*values))
    return FUNCTIONS[named.get(expression.func, expression.func.__name__)](*values)


ONE = ("softplus", "exp", "log", "ln", "sqrt", "cbrt", "abs", "sign", "relu", "sigmoid",
       "sin", "cos", "tan", "sinh", "cosh", "tanh",
       "asin", "acos", "atan", "asinh", "acosh", "atanh")  # fmt: skip
LEAVES = ("x", "x", "x", "y", "y", "1", "2", "3", "0.5", "7/3", "pi", "e", "10", "5e6", "1e7")


def random_text(rng, depth=3):
    """A formula of everything that the parser reads."""
    kind = rng.random()

    def part():
        return random_text(rng, depth - 1)

    if depth == 0 or kind < 0.12:
        return rng.choice(LEAVES)
    if kind < 0.4:
        return f"{rng.choice(ONE)}({part()})"
    if kind < 0.45:
        return f"{rng.choice(('max', 'min'))}({part()}, {part()})"
    if kind < 0.49:
        sign = rng.choice(list(COMPARE))
        return f"where({part()} {sign} {part()}, {part()}, {part()})"
    if kind < 0.64:
        exponent = rng.choice(("2", "3", "-1", "-2", "(1/2)", "(1/3)", "(-3/2)", "y", "(-x)"))
        return f"({part()})**{exponent}"
    if kind < 0.7:
        return f"-({part()})"
    return f"({part()}){rng.choice('+-**/*')}({part()})"


def expressions(seed, count):
    rng = random.Random(seed)  # noqa: S311 (the same ones each time)
    found = 0
    while found < count:
        try:
            yield ScalarField.parse(random_text(rng), ("x", "y")).expr
        except ValueError:
            continue
        found += 1


@pytest.mark.parametrize("coded", [typst_code, mathml_code])
@pytest.mark.parametrize("seed", range(4))
def test_every_formula_is_read_as_the_function_that_it_is(seed, coded):
    compared = 0
    with mpmath.workdps(30):
        places = [{"x": mpmath.mpf(a), "y": mpmath.mpf(b)}
                  for a, b in (("0.7", "1.3"), ("-1.7", "0.4"), ("2.2", "-0.6"))]  # fmt: skip
        for expression in expressions(seed, 500):
            code = coded(expression)
            formula = read_formula(code)
            for at in places:
                try:
                    expected, read = (true_value(e, at) for e in (expression, formula))
                except (ArithmeticError, ValueError):
                    continue
                if not mpmath.isfinite(expected):
                    continue
                close = abs(read - expected) <= 1e-12 * (abs(expected) + 1e-9)
                assert close, (expression, code, at, read, expected)
                compared += 1
    assert compared > 500


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("ln x^(2)", mpmath.log(9)),
        ("ln x (x + 1)", mpmath.log(12)),
        ("2 x/4", 1.5),
        ("sin x cos x", mpmath.sin(3) * mpmath.cos(3)),
        ("- x^(2)", -9),
        ("| x - 5 | x", 6),
    ],
)
def test_the_reader_reads_as_people_do(code, value):
    assert float(read_formula(code).subs(x, 3)) == pytest.approx(float(value))


@pytest.mark.parametrize("code", ["ln (x)^(2)", "2 3", "x^(2)^(3)"])
def test_the_reader_refuses_what_is_ambiguous(code):
    with pytest.raises(UnreadableError):
        read_formula(code)
