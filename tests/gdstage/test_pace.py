from itertools import pairwise

import pytest

from gdstage.pace import TICK, moment_at, paced, total


def test_moments_follow_each_other_in_whole_ticks():
    moments = paced(range(1, 26))
    assert [m.k for m in moments] == list(range(1, 26))
    assert moments[0].start == 0
    for before, after in pairwise(moments):
        assert before.end == after.start
    for moment in moments:
        assert moment.start < moment.landing < moment.end
        for time in (moment.landing, moment.end):
            assert time / TICK == pytest.approx(round(time / TICK), abs=1e-9)
    assert total(moments) == moments[-1].end


def test_first_steps_take_longer_than_later_ones():
    moments = paced(range(1, 20))
    lengths = [round((m.end - m.start) / TICK) for m in moments]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 5 * lengths[-1]


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_every_iterate_rests_for_a_frame_at_every_frame_rate(fps):
    moments = paced(range(1, 40), opening=(), flow=(1, 1))
    frames = round(total(moments) * fps)
    resting = {
        m.k for m, share in (moment_at(moments, n / fps) for n in range(frames)) if share == 1
    }
    assert resting == set(range(1, 40))


def test_a_step_is_shown_from_nothing_to_landed():
    (moment,) = moments = paced([1])
    halfway = (moment.start + moment.landing) / 2
    assert moment_at(moments, 0.0) == (moment, 0.0)
    assert moment_at(moments, halfway) == (moment, pytest.approx(0.5))
    assert moment_at(moments, moment.landing) == (moment, 1.0)
    assert moment_at(moments, 1e9) == (moment, 1.0)
