"""What a story may say is asked of its walks, kept, and refused where it is not so."""

import pytest

from gdmath import LOG_VALLEY, ScalarField, Verdict, descend, gradient_step
from gdstage.facts import Fact, Facts, StoryError


@pytest.fixture
def facts():
    rates = {"right": 0.1, "bold": 0.3, "large": 0.5}
    return Facts(
        {n: descend(LOG_VALLEY, 1.6, gradient_step(rate), 25, 1e-5) for n, rate in rates.items()}
    )


def test_numbers_are_the_labs_and_are_kept_as_said(facts):
    assert facts.steps("right") == "21"
    assert facts.coordinate("large", -1, 3) == "−0.564"
    assert facts.slope("right", 0, 2) == "4.33"  # exp(1.6) - 1/1.6
    assert facts.value("right", 0, 2) == "4.48"  # exp(1.6) - ln 1.6
    told = facts.collect()
    assert told[0] == Fact("steps", ("right",), 21, "21")
    assert [fact.said for fact in told] == ["21", "−0.564", "4.33", "4.48"]
    assert facts.collect() == []


def test_statements_are_told_true_or_false(facts):
    assert facts.faster("bold", "right")
    assert not facts.faster("right", "bold")
    assert facts.ends("large", Verdict.LEFT_DOMAIN)
    assert not facts.ends("large", Verdict.CONVERGED)
    assert facts.at_step("large", 1)
    assert facts.crosses("bold", 0.567143290409784)
    assert not facts.crosses("right", 0.567143290409784)
    assert facts.less("α is below the bound", 0.3, 0.41)
    assert [fact.said for fact in facts.collect()] == ["", "not", "", "not", "", "", "not", ""]


def test_what_is_not_so_is_refused_in_its_own_words(facts):
    facts.require("it is so", holds=True)
    with pytest.raises(StoryError, match="says “bold is slower”, and it is not so"):
        facts.require("bold is slower", holds=facts.faster("right", "bold"))


def test_a_record_can_be_written_down(facts):
    facts.less("one is less", 1.0, 2.0)
    (fact,) = facts.collect()
    assert fact.record() == {"what": "one is less", "of": [], "value": [1.0, 2.0], "said": ""}


def test_crossing_needs_more_than_a_start():
    there = descend(ScalarField.parse("x**2"), 0.0, gradient_step(0.1), 3, 1e-5)
    assert not Facts({"w": there}).crosses("w", 0.0)


def test_how_steps_go_is_told_of_every_step(facts):
    assert facts.shortens("right")
    assert facts.falls("right")
    assert not facts.falls("bold")  # it climbs the other side at first
    assert facts.length("right", 1, 4) == "0.4328"  # 0.1 · (exp(1.6) - 1/1.6)


def test_what_holds_up_to_a_number_is_rounded_down(facts):
    assert facts.up_to("every α", 0.32787415504201, 4) == "0.3278"
    (fact,) = facts.collect()
    assert fact.record() == {
        "what": "every α", "of": [], "value": 0.32787415504201, "said": "0.3278"
    }  # fmt: skip
