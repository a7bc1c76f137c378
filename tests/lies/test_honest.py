"""What is not tampered with is true: else a lie that is found would prove nothing."""

import pytest

from gdlecture.verify.verify import verify_clip

CLIPS = (
    "Valley",
    "Told",
    "Gauge",
    "Leap",
    "Twice",
    "Starts",
    "Hills",
    "Wells",
    "Bowl",
    "Valleys",
    "Cut",
    "Bends",
    "Shade",
    "Around",
    "Race",
    "Rates",
    "Turn",
    "Arrows",
    "Sauna",
    "Gaps",
    "Round",
    "Closer",
    "Felt",
    "Ends",
    "Ridge",
    "Walls",
    "Pairs",
    "Four",
    "Fates",
    "Rows",
)


@pytest.mark.parametrize("name", CLIPS)
def test_a_clip_without_a_lie_is_true(honest, name):
    drawn = honest(name)
    assert verify_clip(drawn.video, drawn.evidence).failures == ()
