import numpy as np
import pytest
import sympy as sp

from gdstage.look.printing import typst
from gdstage.look.readout import Readout
from gdstage.look.rounding import shown
from gdstage.look.text import math, number, tint, words

INK = "#e9e7e1"


def test_letters_without_descenders_stand_on_the_baseline():
    line = words("xnm", size=40, colour=INK).rest(-1.0, 0.5)
    assert line.get_bottom()[1] == pytest.approx(0.5, abs=0.02)
    assert line.get_left()[0] == pytest.approx(-1.0)


def test_descenders_hang_below_the_baseline_that_stays():
    plain, hanging = (words(t, size=40, colour=INK).rest(0, 0) for t in ("xxx", "xgx"))
    assert hanging.get_bottom()[1] < plain.get_bottom()[1] - 0.05
    # The same letter stands at the same height in both.
    assert hanging.submobjects[0].get_bottom()[1] == pytest.approx(
        plain.submobjects[0].get_bottom()[1], abs=1e-6
    )


def test_the_baseline_survives_scaling_and_shifting():
    line = math("f(x)", size=40, colour=INK).rest(0, 0)
    letter = line.submobjects[0]
    below = letter.get_bottom()[1] - line.baseline
    line.scale(2).shift((1, 1, 0))
    assert letter.get_bottom()[1] - line.baseline == pytest.approx(2 * below, abs=1e-6)


def test_words_are_taken_literally():
    tricky = 'a "quoted" #let _x_ $y$ *b* \\ end'
    glyphs = len(tricky.replace(" ", ""))
    assert len(words(tricky, size=30, colour=INK).submobjects) == glyphs


def test_tint_colours_only_its_part():
    formula = math("x - " + tint("alpha", "#f4e04d"), size=40, colour=INK)
    colours = [part.get_fill_color().to_hex().lower() for part in formula.submobjects]
    assert colours == [INK, INK, "#f4e04d"]


x, y = sp.symbols("x y")


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (sp.exp(x) - sp.log(x), "e^(x) - ln x"),
        (sp.exp(x) - 1 / x, "e^(x) - 1/x"),
        (x**2 + y**2, "x^(2) + y^(2)"),
    ],
)
def test_formulas_read_as_in_a_textbook(expression, code):
    assert typst(expression) == code


@pytest.mark.parametrize(
    "value", [0.49646, -0.37136, 1.6, -8.6123e-6, 7.8e-10, 1234567.8, 3.4e12, 64.0]
)
def test_a_readout_sets_digits_where_typst_itself_would(value):
    # Behind a letter, relations have the space on both sides that they have in a formula.
    oracle = math("x" + number(value), size=36, colour=INK).rest(0.0, 0.0)
    letter = math("x", size=36, colour=INK).rest(0.0, 0.0)
    readout = Readout(0.0, 0.0, size=36, colour=INK).write(value)
    ours = np.array([g.get_center()[:2] for g in readout if len(g.points)])
    theirs = np.array([g.get_center()[:2] for g in oracle.submobjects[1:]])
    assert len(ours) == len(theirs), str(shown(value))
    offset = theirs[0] - ours[0]
    assert abs(offset[1]) < 0.005
    assert abs(offset[0] - letter.width) < 0.1
    assert np.abs(ours + offset - theirs).max() < 1e-6


def test_a_readout_says_that_there_is_no_value_unless_it_is_in_a_table():
    oracle = math('x = "no value"', size=36, colour=INK).rest(0.0, 0.0).submobjects[1:]
    readout = Readout(0.0, 0.0, size=36, colour=INK).write(float("nan"))
    ours = np.array([g.get_center()[:2] for g in readout if len(g.points)])
    theirs = np.array([g.get_center()[:2] for g in oracle])
    assert len(ours) == len("=novalue")
    assert np.abs(ours - ours[0] - (theirs - theirs[0])).max() < 1e-6
    bare = Readout(0.0, 0.0, size=36, colour=INK, bare=True).write(float("nan"))
    assert not any(len(g.points) for g in bare)


def test_a_readout_can_be_written_again_and_shorter():
    readout = Readout(0.0, 0.0, size=36, colour=INK)
    slots = list(readout.submobjects)
    readout.write(0.123456)
    readout.write(4.0)
    assert readout.submobjects == slots
    assert sum(bool(len(slot.points)) for slot in slots) == len("=4")


def test_symbols_may_be_given_other_names():
    x, y = sp.symbols("x y")
    assert typst(x**2 + y**2, {y: "c"}) == typst(x**2 + y**2).replace("y", "c")
