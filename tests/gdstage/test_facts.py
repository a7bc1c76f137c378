"""What a story may say is asked of its walks, kept as said, and refused where it is not so."""

import pytest

from gdmath import LOG_VALLEY, ScalarField, Verdict, descend, gradient_step
from gdstage.facts import Facts, StoryError
from gdstage.proof.fact import Fact, given
from gdstage.proof.truths import (
    along,
    crosses,
    equal,
    everywhere,
    factored,
    formula,
    growth,
    nowhere,
    number_of,
    ordered,
    outside,
    ratio,
    separable,
    signs,
    size,
    steady,
    unless,
)


@pytest.fixture
def facts():
    rates = {"right": 0.1, "bold": 0.3, "large": 0.5}
    return Facts(
        {n: descend(LOG_VALLEY, 1.6, gradient_step(rate), 25, 1e-5) for n, rate in rates.items()}
    )


def numbers(*values):
    return [given("n", value) for value in values]


def test_numbers_are_the_labs_and_are_kept_as_said(facts):
    assert facts.steps("right") == "21"
    assert facts.coordinate("large", -1, 3) == "−0.564"
    assert facts.slope("right", 0, 2) == "4.33"  # exp(1.6) - 1/1.6
    assert facts.value("right", 0, 2) == "4.48"  # exp(1.6) - ln 1.6
    assert facts.length("right", 1, 4) == "0.4328"  # 0.1 · (exp(1.6) - 1/1.6)
    assert facts.rate("right") == "0.1"
    assert facts.index("large", -1) == "₁"
    kept = facts.collect("4.33, then 4.48", "21: −0.564 or 0.4328 and 0.1 of x₁")
    assert [fact.said for fact in kept] == ["4.33", "4.48", "21", "−0.564", "0.4328", "0.1", "₁"]
    assert kept[2] == Fact("steps", {"walk": facts.walks["right"]}, 21, "21")
    assert facts.collect("", "21") == []


def test_what_is_not_said_yet_waits_for_its_beat(facts):
    facts.steps("right")
    facts.require("it is so", ordered("<", *numbers(1, 2)))
    assert facts.collect("one", "of 213 and 1.21 and 21.5") == []
    assert [fact.said for fact in facts.collect("two", "it is so at 21.")] == ["it is so", "21"]
    assert [fact.said for fact in facts.collect("three", "again it is so")] == ["it is so"]
    facts.check_all_said()


def test_of_two_alike_the_first_told_is_read_first(facts):
    facts.say(given("one", 5.0), "5")
    facts.say(given("other", 5.0), "5")
    kept = facts.collect("", "5 by 5")
    assert [fact.of["name"] for fact in kept] == ["one", "other"]


def test_what_no_beat_says_is_told(facts):
    facts.require("never said", ordered("<", *numbers(1, 2)))
    with pytest.raises(StoryError, match="said in no title, caption or phrase: “never said”"):
        facts.check_all_said()


def test_what_is_not_so_is_refused_in_its_own_words(facts):
    slower = ordered(">", facts.of("bold").steps(), facts.of("right").steps())
    with pytest.raises(StoryError, match="says “bold is slower”, and it is not so"):
        facts.require("bold is slower", slower)
    with pytest.raises(StoryError, match="says “it diverges”"):
        facts.require_as("it diverges", facts.end_of("bold").verdict(), "DIVERGED")
    assert facts.either(unless(slower), "faster", "slower") == "faster"
    assert facts.either(slower, "slower", "no slower") == "no slower"


def test_verdicts_are_the_walks_own(facts):
    assert facts.ends("large", Verdict.LEFT_DOMAIN)
    assert not facts.ends("large", Verdict.CONVERGED)
    assert facts.fate("large", "leaves") == "leaves"
    (fact,) = facts.collect("", "it leaves")
    assert (fact.what, fact.value) == ("verdict", "LEFT_DOMAIN")


def test_what_holds_up_to_a_number_is_rounded_down(facts):
    assert facts.up_to(given("every α", 0.32787415504201), 4) == "0.3278"
    (fact,) = facts.collect("", "up to 0.3278")
    assert (fact.what, fact.value) == ("floored", 0.3278)


@pytest.mark.parametrize(
    ("truth", "holds"),
    [
        (ordered("<", *numbers(1, 2, 3)), True),
        (ordered("<", *numbers(1, 3, 2)), False),
        (ordered(">=", *numbers(2, 2)), True),
        (equal(*numbers(1, 1.05), within=0.1), True),
        (equal(*numbers(1, 1.2), within=0.1), False),
        (steady(numbers(8, 4, 2), 0.5), True),
        (steady(numbers(8, 4, 3), 0.5), False),
        (outside(given("n", 3.0), 0, 2), True),
        (outside(given("n", 1.0), 0, 2), False),
        (nowhere("<", LOG_VALLEY, [(0.1, 2.0)], given("n", 2.33)), True),
        (nowhere("<", LOG_VALLEY, [(0.1, 2.0)], given("n", 2.34)), False),
        (everywhere("<", ScalarField.parse("log(x)"), 2, (0.5, 4.0)), True),
        (everywhere(">", ScalarField.parse("sin(x)"), 1, (0.0, 4.0)), False),
        (formula(ScalarField.parse("sin(x)"), "cos(x)", "x"), True),
        (formula(ScalarField.parse("sin(x)"), "-cos(x)", "x"), False),
        (formula(ScalarField.parse("1/(1 + exp(-x))"), "s*(1 - s)", "x"), True),
        (separable(ScalarField.parse("x**2 + y**3")), True),
        (separable(ScalarField.parse("x**2 + x*y")), False),
        (factored(ScalarField.parse("3*x**2*y**3")), True),
        (factored(ScalarField.parse("x**2 + y**2")), False),
    ],
)
def test_statements_are_told_true_or_false(truth, holds):
    assert truth.value is holds


def test_how_steps_go_is_told_of_every_step(facts):
    right, bold = facts.walks["right"], facts.walks["bold"]
    assert along(right, "length", "<").value
    assert along(right, "value", "<").value
    assert not along(bold, "value", "<").value  # it climbs the other side at first
    bottom = given("bottom", 0.567143290409784)
    assert crosses(bold, bottom).value
    assert not crosses(right, bottom).value


def test_crossing_needs_more_than_a_start():
    there = descend(ScalarField.parse("x**2"), 0.0, gradient_step(0.1), 3, 1e-5)
    assert not crosses(there, given("bottom", 0.0)).value


def test_numbers_made_of_others():
    walk = descend(ScalarField.parse("x**2"), 1.0, gradient_step(0.25), 9)
    assert growth(walk, 0, 0.5).value == 0.5
    assert str(growth(walk, 0, 0.6).value) == "nan"
    assert ratio(*numbers(1, 4)).value == 0.25
    assert size(given("n", -3.0)).value == 3.0
    assert signs(*numbers(-2, 2)).value == 2
    assert number_of(*numbers(5, 6, 7)).value == 3
