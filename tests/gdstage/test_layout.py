import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstage.layout import Box

BOX = Box(left=-2.0, right=4.0, bottom=-1.0, top=3.0)


@pytest.mark.parametrize(
    ("along", "reach", "ends"),
    [
        ((1, 0), np.inf, ((-2, 1), (4, 1))),
        ((0, -5), np.inf, ((1, 3), (1, -1))),
        ((1, 1), np.inf, ((-1, -1), (3, 3))),
        ((3, 4), 0.5, ((0.7, 0.6), (1.3, 1.4))),
    ],
)
def test_known_chords_through_the_centre(along, reach, ends):
    found = BOX.chord(np.array([1.0, 1.0, 0.0]), np.array([*along, 0.0]), reach)
    assert found[:, :2] == pytest.approx(np.array(ends, dtype=float))


@given(st.floats(-2, 4), st.floats(-1, 3), st.floats(0, 6.3), st.floats(0.1, 9))
def test_ends_are_in_the_box_and_on_its_border_or_at_full_reach(x, y, angle, reach):
    place = np.array([x, y, 0.0])
    found = BOX.chord(place, np.array([np.cos(angle), np.sin(angle), 0.0]), reach)
    for end in found:
        slack = [end[0] + 2, 4 - end[0], end[1] + 1, 3 - end[1]]
        assert min(slack) > -1e-9
        assert min(slack) < 1e-9 or np.linalg.norm(end - place) == pytest.approx(reach)
