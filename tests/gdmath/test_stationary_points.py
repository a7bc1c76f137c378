import time

import mpmath
import numpy as np
import pytest
import sympy as sp

from gdmath import (
    LOG_VALLEY,
    PARABOLOID,
    SAUNA,
    THREE_WELLS,
    TWO_VALLEYS,
    Kind,
    NoExactSolutionError,
    ScalarField,
    find_stationary_points,
    stationary_points,
)
from gdmath.stationary.kinds import kind_of

x, y = sp.symbols("x y")


def solved(text, window=None):
    found = stationary_points(ScalarField.parse(text, window=window))
    return {tuple(p.point): (p.value, p.kind) for p in found.points}, found.curves


def test_the_paraboloid_has_one_minimum():
    (point,) = stationary_points(PARABOLOID)
    assert (point.point, point.value, point.kind) == ((0, 0), 0, Kind.MINIMUM)


def test_the_sauna_is_solved_completely():
    found = stationary_points(SAUNA)
    points = {p.point: (p.value, p.kind) for p in found.points}
    assert points == {
        (4, 4): (sp.Rational(3313, 45), Kind.MINIMUM),
        (6, 6): (85, Kind.SADDLE),
    }
    assert {c.equation for c in found.curves} == {x, y}
    assert {c.value for c in found.curves} == {85}
    # In the room [0, 5]² no place is hotter than the walls.
    assert {c.kind for c in found.curves} == {Kind.MAXIMUM}


def test_along_the_saunas_wall_the_kind_changes_where_the_other_factor_does():
    wall = next(c for c in stationary_points(SAUNA).curves if c.equation == x)
    # Near x = 0 the field is 85 + x²·y²(y − 6)/15: the sign of y − 6 decides, save where y = 0.
    assert wall.kind_at((0, 3)) is Kind.MAXIMUM
    assert wall.kind_at((0, -2)) is Kind.MAXIMUM
    assert wall.kind_at((0, 0)) is Kind.MAXIMUM
    assert wall.kind_at((0, 7)) is Kind.MINIMUM
    assert wall.kind_at((0, 6)) is Kind.SADDLE
    assert dict(wall.pieces)[sp.Interval.open(0, 6)] is Kind.MAXIMUM
    assert dict(wall.pieces)[sp.Interval.open(6, sp.oo)] is Kind.MINIMUM
    with pytest.raises(ValueError, match="point must lie on the curve x = 0"):
        wall.kind_at((1, 1))


def test_the_hessian_on_the_walls_is_only_semidefinite():
    matrix = sp.hessian(SAUNA.expr, (x, y)).subs(x, 0)
    assert matrix.det() == 0
    assert matrix[0, 0] != 0


def test_the_log_valley_ends_at_the_omega_constant():
    (valley,) = stationary_points(LOG_VALLEY)
    assert valley.point == (sp.LambertW(1),)
    with mpmath.workdps(50):
        omega = mpmath.findroot(lambda t: t * mpmath.exp(t) - 1, 0.567)
        assert abs(mpmath.mpf(str(valley.value.evalf(50))) - omega - 1 / omega) < 1e-45


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x**4", Kind.MINIMUM),
        ("-x**4", Kind.MAXIMUM),
        ("x**3", Kind.SADDLE),
        ("x**4 + y**4", Kind.MINIMUM),
        ("x**4 - y**4", Kind.SADDLE),
        ("x**2 + y**4", Kind.MINIMUM),
        ("x**2 - y**4", Kind.SADDLE),
        ("x**3 - 3*x*y**2", Kind.SADDLE),
        ("-x**2 - y**6", Kind.MAXIMUM),
    ],
)
def test_where_the_hessian_is_silent_the_sign_around_decides(text, kind):
    points, curves = solved(text)
    assert [k for _, k in points.values()] == [kind]
    assert curves == ()


@pytest.mark.parametrize("sign", ["", "-"])
def test_peanos_field_is_a_saddle_though_every_line_through_it_has_an_extremum(sign):
    # At (t, 3/2 t**2) the product is -t**4/4, at (0, t) it is t**2: both signs, ever so near.
    field = ScalarField.parse(f"{sign}(y - x**2)*(y - 2*x**2)")
    assert [(p.point, p.kind) for p in stationary_points(field).points] == [((0, 0), Kind.SADDLE)]


@pytest.mark.parametrize("variables", ["x", "xy"])
def test_a_constant_is_refused_and_not_said_to_have_no_stationary_points(variables):
    with pytest.raises(ValueError, match="constant"):
        stationary_points(ScalarField.parse("5", tuple(variables)))


def test_a_circle_of_minima_is_a_curve():
    points, (circle,) = solved("(x**2 + y**2 - 1)**2")
    assert points == {(0, 0): (1, Kind.MAXIMUM)}
    assert sp.expand(circle.equation - (x**2 + y**2 - 1)) == 0
    assert (circle.value, circle.kind) == (0, Kind.MINIMUM)


@pytest.mark.parametrize("square", ["1/100", "1/10000"])
def test_a_small_circle_is_not_lost(square):
    found = stationary_points(ScalarField.parse(f"(x**2 + y**2 - {square})**2"))
    assert [(p.point, p.kind) for p in found.points] == [((0, 0), Kind.MAXIMUM)]
    assert [(c.value, c.kind) for c in found.curves] == [(0, Kind.MINIMUM)]


@pytest.mark.parametrize("text", ["x**2*(y**2 - 2)**2", "y**2*(x**2 - 2)**2"])
def test_two_lines_at_once_are_minima_everywhere(text):
    # A square is nowhere negative, so wherever it is 0 it has a minimum.
    curves = stationary_points(ScalarField.parse(text)).curves
    assert [(c.value, c.kind) for c in curves] == [(0, Kind.MINIMUM)] * 2


def test_a_bent_curve_is_judged_by_its_part_in_the_window():
    # x*(circle)**2 is a minimum along the circle where x > 0, a maximum where x < 0.
    text = "x*(x**2 + y**2 - 4)**2"
    seen = {
        window: stationary_points(ScalarField.parse(text, window=window)).curves[0].kind
        for window in (None, ((0.5, 3.0), (-3.0, 3.0)), ((-3.0, -0.5), (-3.0, 3.0)))
    }
    assert list(seen.values()) == [Kind.MIXED, Kind.MINIMUM, Kind.MAXIMUM]


def test_a_common_factor_that_vanishes_at_one_point_is_a_point():
    assert solved("(x**2 + y**2)**2") == ({(0, 0): (0, Kind.MINIMUM)}, ())


def test_a_curve_of_changing_kind_is_called_mixed():
    _, curves = solved("3*x**2*y**3")
    assert {c.equation: c.kind for c in curves} == {x: Kind.MIXED, y: Kind.SADDLE}


def test_rosenbrock_and_himmelblau_are_solved():
    assert solved("(1 - x)**2 + 100*(y - x**2)**2") == ({(1, 1): (0, Kind.MINIMUM)}, ())
    points, curves = solved("(x**2 + y - 11)**2 + (x + y**2 - 7)**2")
    kinds = [kind for _, kind in points.values()]
    assert curves == ()
    assert (kinds.count(Kind.MINIMUM), kinds.count(Kind.SADDLE), kinds.count(Kind.MAXIMUM)) == (
        4, 4, 1,
    )  # fmt: skip
    assert points[3, 2] == (0, Kind.MINIMUM)
    # Himmelblau (1972): the maximum has the value 181.617.
    highest = max(float(value) for value, _ in points.values())
    assert highest == pytest.approx(181.617, abs=1e-3)


def test_one_variable():
    assert solved("log(x)/x") == ({(sp.E,): (sp.exp(-1), Kind.MAXIMUM)}, ())
    assert solved("x*exp(-x)") == ({(1,): (sp.exp(-1), Kind.MAXIMUM)}, ())
    assert solved("exp(x)") == ({}, ())
    points, _ = solved("sin(x)", window=(-4, 4))
    assert points == {
        (-sp.pi / 2,): (-1, Kind.MINIMUM),
        (sp.pi / 2,): (1, Kind.MAXIMUM),
    }


@pytest.mark.parametrize("field", [TWO_VALLEYS, THREE_WELLS, ScalarField.parse("sin(x)")])
def test_what_cannot_be_written_down_is_refused_with_the_way_out(field):
    with pytest.raises(NoExactSolutionError, match="find_stationary_points finds them"):
        stationary_points(field)


def test_the_two_valleys_numerically():
    found = find_stationary_points(TWO_VALLEYS)
    minima = [float(p.point[0]) for p in found if p.kind is Kind.MINIMUM]
    # The lab's: global, then local.
    assert minima == pytest.approx([1.7751686214270586, 0.75857287945], abs=1e-10)
    slope = sp.lambdify(x, sp.diff(TWO_VALLEYS.expr, x), "mpmath")
    with mpmath.workdps(50):
        for p in found:
            assert abs(slope(mpmath.mpf(str(p.point[0])))) < 1e-40


def test_the_three_wells_numerically():
    found = find_stationary_points(THREE_WELLS)
    minima = [tuple(float(c) for c in p.point) for p in found if p.kind is Kind.MINIMUM]
    assert minima[0] == pytest.approx((0.5230322579358745, 0.5169891562802605), abs=1e-14)
    # Endpoints of the lab's shorter walks, near the other two.
    assert minima[1] == pytest.approx((3.47887, 3.94749), abs=1e-4)
    assert minima[2] == pytest.approx((2.98060, 1.54089), abs=1e-4)
    # On a sphere-like landscape with three minima and no maximum, two saddles join them.
    assert sum(p.kind is Kind.SADDLE for p in found) == 2


def test_a_window_is_needed_to_search():
    with pytest.raises(ValueError, match="window must be given"):
        find_stationary_points(ScalarField.parse("sin(x)"))


@pytest.mark.parametrize("expression", ["y", "2*x - 3", "abs(x) + abs(y)", "x + y**2"])
def test_where_the_gradient_never_vanishes_nothing_is_found(expression):
    field = ScalarField.parse(expression)
    assert find_stationary_points(field, [(-3, 3)] * field.dimension).points == ()


def test_a_search_that_strays_into_complex_numbers_goes_on():
    # ∂f/∂y = 0 gives y = −x²/2, and then ∂f/∂x = 0 gives x³(x + 4) = −1.
    field = ScalarField.parse("x**2*y + y**2 - log(x + 4)")
    (found,) = find_stationary_points(field, [(-3, 3), (-3, 3)]).points
    x, y = map(float, found.point)
    (root,) = (r.real for r in np.roots([1, 4, 0, 0, 1]) if abs(r.imag) < 1e-9 and r.real > -3)
    assert (x, y) == pytest.approx((root, -(root**2) / 2), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "point", "kind"),
    [
        ("100*(y-x**2)**2+(1-x)**2+100*(z-y**2)**2+(1-y)**2", (1, 1, 1), Kind.MINIMUM),
        ("-x**2 - 2*y**2 - 3*z**2 + x*y", (0, 0, 0), Kind.MAXIMUM),
        ("x**2 + y**2 + z**2 + x*y*z", (2, -2, 2), Kind.SADDLE),
        ("x**2 + y**2 + z**2 + x*y*z", (0, 0, 0), Kind.MINIMUM),
        ("x**2 + y**2 + z**4", (0, 0, 0), Kind.MINIMUM),
        ("x**2 + y**2 - z**4", (0, 0, 0), Kind.SADDLE),
        ("x**2 - y**2 - z**2 + x*z", (0, 0, 0), Kind.SADDLE),
        ("abs(x) - x**2 + y**2 + z**2", (0, 0, 0), Kind.MINIMUM),  # at a kink
    ],
)
def test_kinds_in_three_variables(text, point, kind):
    field = ScalarField.parse(text, ("x", "y", "z"))
    assert kind_of(field, tuple(map(sp.Integer, point))) is kind


def test_a_slope_with_absolute_values_is_solved_piece_by_piece():
    assert solved("2/3*abs(x)**(3/2)") == ({(0,): (0, Kind.MINIMUM)}, ())
    assert solved("abs(x)**3") == ({(0,): (0, Kind.MINIMUM)}, ())
    assert solved("abs(x)**3 - 12*x")[0] == {(2,): (-16, Kind.MINIMUM)}
    assert solved("x**2*abs(x - 2)")[0].keys() == {(0,), (2,), (sp.Rational(4, 3),)}
    assert solved("(x - 2)**2/2 + 3*abs(x)") == ({}, ())


def test_the_six_humps_of_the_camel_are_soon_found():
    start = time.process_time()
    points, curves = solved("(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2")
    assert time.process_time() - start < 3
    kinds = [kind for _, kind in points.values()]
    assert curves == ()
    assert (kinds.count(Kind.MINIMUM), kinds.count(Kind.SADDLE), kinds.count(Kind.MAXIMUM)) == (
        6, 7, 2,
    )  # fmt: skip
    # Dixon and Szegő (1978): −1.0316 at (0.0898, −0.7126).
    assert min(float(value) for value, _ in points.values()) == pytest.approx(-1.0316285, abs=1e-7)
