import pytest

from gdstage.look.key import Key
from gdstage.look.theme import DARK

PAIRS = ((DARK.minimum, "the global minimum"), (DARK.danger, "out of the domain"))


def test_entries_stand_below_each_other_each_in_its_colour():
    key = Key(PAIRS, 1.0, 2.0, pitch=0.5)
    for i, ((colour, text), (square, said)) in enumerate(zip(PAIRS, key, strict=True)):
        assert square.get_left()[0] == pytest.approx(1.0)
        assert said.baseline == pytest.approx(2.0 - 0.5 * i)
        assert said.source == text
        assert square.get_fill_color().to_hex().lower() == colour
        assert said.submobjects[0].get_fill_color().to_hex().lower() == colour


def test_on_one_line_no_entry_lies_on_another():
    one, other = Key(PAIRS, 1.0, 2.0, across=True)
    assert other.get_left()[0] > one.get_right()[0]
    assert one.said.baseline == pytest.approx(other.said.baseline)


def test_notes_stand_under_the_words():
    key = Key(PAIRS, 1.0, 2.0, pitch=1.3).note(["first", "second"], DARK.ink)
    for entry in key:
        _, said, note = entry
        assert note.get_left()[0] == pytest.approx(said.get_left()[0])
        assert note.get_top()[1] < said.get_bottom()[1]
