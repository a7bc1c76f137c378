"""What evidence says in few words is read as it was meant."""

import numpy as np
import pytest

from gdlecture.verify.brief import each_alone, whole
from gdstage.proof.brief import in_columns, round_line


def coordinate(axis, value, k=3, what="coordinate"):
    return {"what": what, "of": {"walk": "w", "k": k, "axis": axis}, "value": value}


def part_way(axis, value):
    ends = {"from": coordinate(axis, 0.5), "to": coordinate(axis, value, k=4)}
    return {"what": "part way", "of": {**ends, "share": 0.25, "log": False}, "value": value}


HEIGHT = {"what": "value", "of": {"walk": "w", "k": 3}, "value": 7.0}

PLACES = {
    "one coordinate": ([coordinate(0, 1.0)], 1),
    "two of one iterate": ([coordinate(0, 1.0), coordinate(1, -2.0)], 1),
    "equal values": ([coordinate(0, 1.0), coordinate(1, 1.0)], 1),
    "with a height": ([coordinate(0, 1.0), coordinate(1, -2.0), HEIGHT], 2),
    "three": ([coordinate(i, float(i)) for i in range(3)], 1),
    "on the way": ([part_way(0, 1.0), part_way(1, "inf")], 1),
    "on the axis": ([coordinate(0, 1.0), None], 2),
    "at points": ([{"what": "p", "of": {"at": [i, 2]}, "value": 1.0} for i in (0, 1)], 2),
    "none": ([], 0),
}


@pytest.mark.parametrize(("place", "facts"), PLACES.values(), ids=PLACES)
def test_a_place_is_read_as_it_was_and_alike_facts_are_one(place, facts):
    told = in_columns(place)
    assert len(told) == facts
    assert each_alone(told) == place


def test_lists_of_other_lengths_are_no_place():
    (told,) = in_columns([coordinate(0, 1.0), coordinate(1, -2.0)])
    told["of"]["axis"] = [0, 1, 2]
    with pytest.raises(ValueError, match="expected 2 entries, found 3"):
        each_alone([told])


TURN = np.linspace(0, 2 * np.pi, 17)
CIRCLE = np.column_stack([3 + 2 * np.cos(TURN), 1 + 2 * np.sin(TURN)])


def test_a_circle_is_a_disc_with_the_line_and_the_box_it_had():
    disc = round_line(CIRCLE, 1e-3)
    assert disc == pytest.approx([3, 1, 2])
    told = whole({"disc": disc})
    assert told["box"] == pytest.approx([1, -1, 5, 3])
    (line,) = np.array(told["path"])
    assert np.hypot(*(line - (3, 1)).T) == pytest.approx(2)
    assert line[0] == pytest.approx(line[-1])


@pytest.mark.parametrize(
    "line",
    [
        CIRCLE[:-1],
        CIRCLE * (1, 1.01),
        CIRCLE[[0, 4, 8, 12, 16]],
        np.repeat(CIRCLE[[0, 4, 8, 12, 16]], 4, axis=0),
        CIRCLE * (1 + 0.01 * (np.arange(17)[:, None] % 2)),
    ],
    ids=["open", "ellipse", "square", "square many times", "teeth"],
)
def test_what_is_no_circle_keeps_its_corners(line):
    assert round_line(line, 1e-3) is None
