import mpmath
import pytest
import sympy as sp

from gdmath import LOG_VALLEY, PARABOLOID, ScalarField, descend, newton_step
from gdstage.look.theme import DARK
from gdstage.props.newton import agreeing, correct_digits, decimals
from gdstage.props.partial_derivatives import Monomial, Recipe

PRODUCT = ScalarField.parse("3*x**2*y**3")
X, Y = PRODUCT.variables


def read(pairs):
    """The number-free reading of a product of parts, as sympy understands it."""
    code = "*".join(code for _, code in pairs if code != "dot")
    return sp.sympify(code.replace("^(", "**(").replace(" ", "*"))


@pytest.mark.parametrize(("by", "expected"), [(X, "6*x*y**3"), (Y, "9*x**2*y**2")])
def test_the_powers_come_down(by, expected):
    (term,) = Monomial.all_of(PRODUCT)
    assert read(term.differentiated(by)) == sp.sympify(expected)


def test_a_constant_term_becomes_zero():
    one, other = Monomial.all_of(PARABOLOID)
    assert [code for _, code in other.differentiated(X)] == ["0"]
    assert read(one.differentiated(X)) == 2 * X


def test_a_cut_puts_a_number():
    (term,) = Monomial.all_of(PRODUCT)
    assert read(term.cut(Y, 2.0)) == 24 * X**2
    assert read(term.cut(X, 0.5)) == pytest.approx(0.75 * Y**3)


@pytest.mark.parametrize("field", [PARABOLOID, PRODUCT])
@pytest.mark.parametrize("held", ["x", "y"])
def test_every_glyph_of_a_recipe_belongs_to_one_part(field, held):
    recipe = Recipe(DARK, field, held, 2.0, 0.5, x=0.0)
    for line in (recipe.whole, recipe.cut, recipe.raw, recipe.done, recipe.value):
        glyphs = [id(glyph) for part in line.part.values() for glyph in part]
        assert sorted(glyphs) == sorted(id(glyph) for glyph in line.submobjects)
    assert recipe.dim(run_time=1)
    assert recipe.put_number()
    assert recipe.differentiate()
    assert recipe.multiply_out()


def test_right_digits():
    assert agreeing("0.567", "0.561") == 4
    assert agreeing("0.9", "0.1") == 2
    assert agreeing("0.567", "0.567") == 5
    assert agreeing("1.567", "0.567") == 0
    with mpmath.workdps(50):
        assert decimals(mpmath.mpf(2) / 3) == "0." + 28 * "6"


def test_correct_digits_are_those_of_newtons_own_loop():
    with mpmath.workdps(60):
        omega, x, expected = mpmath.lambertw(1).real, mpmath.mpf("1.6"), []
        for _ in range(6):
            # Less than one right digit is none.
            expected.append(max(float(-mpmath.log10(abs(x - omega))), 0.0))
            x -= (mpmath.exp(x) - 1 / x) / (mpmath.exp(x) + 1 / x**2)
    walk = descend(LOG_VALLEY, 1.6, newton_step, steps=5)
    told = [fact.value for fact in correct_digits(walk, omega)]
    assert told == pytest.approx(expected, rel=1e-9)
