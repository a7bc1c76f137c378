"""Lies of tables: each number is true of a walk, but not in its row, under its head, or of all."""

import manim as mn
import pytest
from ways_of_lying import afterwards, arguments, replaced, result, wrapped

from gdmath import Verdict
from gdstage.proof.fact import WalkFacts
from gdstage.props import one_rule

TABLE = "gdstage.props.one_rule:Table.__init__"
MANY, FEW, BOWL = "starting point", "local minima", "stretched bowl"
"""Pictures of `Rows`, by what their first walk is called."""


def reversed_signs(picture):
    places = [mark.get_center() for mark in picture.signs][::-1]
    for mark, place in zip(picture.signs, places, strict=True):
        mark.move_to(place)


def change_places(one, other):
    """Two words or signs, each where the other was; words keep their left ends."""
    here, there = one.get_left(), other.get_left()
    one.shift(there - here)
    other.shift(here - there)


def both(*lies):
    def lie(instead):
        for each in lies:
            each(instead)

    return lie


def in_table(name, change):
    """A lie in the table of one picture: `change(table)`."""

    def other(original, table, theme, act, walks):
        original(table, theme, act, walks)
        if next(iter(walks)) == name:
            change(table)

    return replaced(TABLE, other)


def numbers_change_rows(column, one, other):
    return lambda table: change_places(table.columns[column][one], table.columns[column][other])


def signs_change_rows(one, other):
    return lambda table: change_places(table.signs[one], table.signs[other])


def heads_change(table):
    change_places(table.columns[0][0], table.columns[1][0])


def without_number(column, row):
    return lambda table: table.columns[column].remove(table.columns[column][row])


def without_row(row):
    def change(table):
        for column in table.columns:
            column.remove(column[row])
        table.signs[row - 1].clear_points()

    return change


def without_column(column):
    return lambda table: table.columns.remove(table.columns[column])


def without_starts(name):
    """The starts in a picture are told nowhere."""

    def varied(original, walks):
        return [] if next(iter(walks)) == name else original(walks)

    def common(original, act, theme, walks):
        return [] if next(iter(walks)) == name else original(act, theme, walks)

    where = "gdstage.props.one_rule:"
    return both(replaced(where + "_varied", varied), replaced(where + "_common_to", common))


def sign_between(table):
    table.signs[0].shift(0.5 * one_rule.TABLE_ROW * mn.DOWN)


def with_first_steps(turn):
    """A further column has where the first step of each walk leads, `turn` rows further down."""

    def other(original, table, theme, act, walks):
        original(table, theme, act, walks)
        told = [WalkFacts(walk).coordinate(1) for walk in walks.values()]
        left = table.signs.get_right()[0] + 0.2
        head = one_rule.math("x_1", size=one_rule.SMALLEST, colour=theme.iterate)
        table.columns.add(head.rest(left, 0.0))
        one_rule.stated(head, one_rule.word("label"))
        for row, fact in enumerate(told[turn:] + told[:turn], 1):
            said = one_rule.math(f"{fact.value:.2f}", size=one_rule.SMALLEST, colour=theme.iterate)
            one_rule.stated(said, one_rule.word("number", fact))
            table.columns.add(said.rest(left, -one_rule.TABLE_ROW * row))

    return replaced(TABLE, other)


def only_the_first(table):
    for column in table.columns:
        column.remove(*column[2:])


def tables_change(instead):
    """The tables of two pictures stand beside each other's."""

    def make(original):
        def other(theme, acts, walks, columns):
            pictures = original(theme, acts, walks, columns)
            one, two = pictures[2], pictures[3]
            change_places(one.rates[0], two.rates[0])
            change_places(one.signs, two.signs)
            return pictures

        return other

    instead("clips_with_lies:in_rows", make)


def of_the_first(act, *, alpha):
    """What is said of all walks over a field, though it is of the first only."""

    def change(common, *told):
        if next(iter(told[2])) != act:
            return common
        first = WalkFacts(next(iter(told[2].values())))
        fact, name = (first.rate(), "alpha") if alpha else (first.coordinate(0), "x_0")
        said = one_rule.math(
            f"{name} = {fact.value:g}", size=one_rule.SMALLEST, colour=told[1].iterate
        )
        return [*common, one_rule.stated(said, one_rule.word("number", fact))]

    return wrapped("gdstage.props.one_rule:_common_to", change)


def coordinate(name, change):
    """The start of a walk, in its row, is another coordinate: `change(k, axis)`."""

    def other(original, facts, k, axis=0):
        is_it = tuple(facts.walk.start) == name
        return original(facts, *change(k, axis)) if is_it else original(facts, k, axis)

    return replaced("gdstage.proof.fact:WalkFacts.coordinate", other)


def called(old, new):
    def change(text, *rest):
        return (new if text == old else text, *rest)

    return arguments("gdstage.props.one_rule:math", change)


def ends_called(instead):
    swapped = {
        **one_rule.ENDS,
        Verdict.CONVERGED: one_rule.ENDS[Verdict.LEFT_DOMAIN],
        Verdict.LEFT_DOMAIN: one_rule.ENDS[Verdict.CONVERGED],
    }
    instead("gdstage.props.one_rule:ENDS", lambda _: swapped)


def signs_of_ends_change(ends):
    change_places(ends[0], ends[2])


LIES = {
    "a rate is called x": ("Four", called("alpha", "x_0"), "expected 'x_0' over or before it"),
    "rates have no head": (
        "Four", afterwards(TABLE, without_number(0, 0)), "expected a head over it"),
    "a walk’s rate is left out": (
        "Four", afterwards(TABLE, without_number(0, 4)), "one of 'learning rate, 4' too"),
    "but one rate is left out": (
        "Four", afterwards(TABLE, only_the_first), "one of 'learning rate, 2' too"),
    "signs stand in reverse order": (
        "Fates", afterwards("gdstage.props.one_rule:Small.__init__", reversed_signs),
        "row '0.04'", "LEFT_DOMAIN"),
    "a sign stands between two rows": (
        "Fates", afterwards(TABLE, sign_between), "in the row of a walk"),
    "a further column is in other rows": ("Fates", with_first_steps(1), "row '0.04'"),
    "a sign is left out": (
        "Fates", afterwards(TABLE, lambda table: table.signs[1].clear_points()),
        "expected the sign of its end"),
    "a sign stands in another row": (
        "Rows", in_table(MANY, signs_change_rows(1, 2)), "row '0.03'", "LEFT_DOMAIN"),
    "two numbers change rows": (
        "Rows", in_table(FEW, numbers_change_rows(0, 2, 3)), "row '0.25' '0.01'"),
    "two rates change rows": (
        "Rows", in_table(FEW, numbers_change_rows(1, 1, 3)), "OSCILLATING"),
    "two heads change columns": (
        "Rows", in_table(FEW, heads_change), "expected 'alpha' over or before it"),
    "a row is left out": ("Rows", in_table(FEW, without_row(2)), "one of 'local minima, 2' too"),
    "a number is left out of a row": (
        "Rows", in_table(FEW, without_number(1, 2)), "expected the rate too"),
    "the starts are left out, which tell walks apart": (
        "Rows", without_starts(FEW), "expected rows that differ"),
    "the table of a picture is left out": (
        "Rows", in_table(BOWL, without_column(0)), "expected the rates beside it"),
    "the tables of two pictures are exchanged": ("Rows", tables_change, "no walk so"),
    "a rate that is not common is told once": (
        "Rows", both(of_the_first(FEW, alpha=True), in_table(FEW, without_column(1))),
        "expected it of all walks in that picture, not of 'local minima, 3'"),
    "a start that is not common is told once": (
        "Rows", of_the_first(FEW, alpha=False), "not of 'local minima, 2'"),
    "the common rate is left out": (
        "Rows", result("gdstage.props.one_rule:_common_to", lambda _: []),
        "expected the rate too"),
    "a start is along the other axis": (
        "Rows", coordinate((1.0, -1e-3), lambda k, axis: (k, 1 - axis)),
        "expected 'y_0' over or before it"),
    "a start is that of a later step": (
        "Rows", coordinate((0.03,), lambda k, axis: (1, axis) if k == 0 else (k, axis)),
        "expected 'x_0' over or before it"),
    "starts have the letter of the other axis": (
        "Rows", called("y_0", "x_0"), "expected 'x_0' over or before it"),
    "the signs before two counts are exchanged": (
        "Rows", afterwards("gdstage.props.one_rule:Ends.__init__", signs_of_ends_change),
        "expected the sign of"),
    "two counts have each other’s words": ("Rows", ends_called, "expected words for CONVERGED"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), [
    (clip, lie, expected) for clip, lie, *expected in LIES.values()
], ids=LIES)  # fmt: skip
def test_tables(caught, clip, lie, expected):
    caught(clip, lie, *expected)


def test_a_further_column_is_true(film, instead):
    with_first_steps(0)(instead)
    assert film("Fates") == []
