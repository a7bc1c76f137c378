from itertools import pairwise

import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from gdlecture.media.captions import Caption, CaptionError, from_srt, from_vtt, to_srt, to_vtt

CAPTIONS = [
    Caption.of(0.0, 2 / 3, "So far: α < 1 & f > 0."),
    Caption.of(2 / 3, 3661.5, "Es grüßt  \n ein Umbruch"),
]


def test_srt_as_a_player_reads_it():
    assert to_srt(CAPTIONS) == (
        "1\n00:00:00,000 --> 00:00:00,667\nSo far: α < 1 & f > 0.\n\n"
        "2\n00:00:00,667 --> 01:01:01,500\nEs grüßt ein Umbruch\n\n"
    )


def test_vtt_as_a_browser_reads_it():
    assert to_vtt(CAPTIONS) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.667\nSo far: α &lt; 1 &amp; f &gt; 0.\n\n"
        "00:00:00.667 --> 01:01:01.500\nEs grüßt ein Umbruch\n"
    )


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1)
TIMES = st.floats(0, 1e5)


@given(st.lists(st.tuples(TIMES, TIMES, WORDS)))
def test_captions_survive_being_written_and_read(told):
    captions = [Caption.of(t, t + dt + 0.001, text) for t, dt, text in told]
    assert from_vtt(to_vtt(captions)) == captions
    # srt.compose sorts by time; neither order nor text changes for captions in order.
    in_order = sorted(captions, key=lambda c: (c.start, c.end))
    assert sorted(from_srt(to_srt(in_order)), key=str) == sorted(in_order, key=str)


def test_neighbours_meet_without_overlap():
    times = [k / 15 for k in range(100)]
    captions = [Caption.of(a, b, "x") for a, b in pairwise(times)]
    read = list(srt.parse(to_srt(captions)))
    assert all(a.end == b.start for a, b in pairwise(read))


@pytest.mark.parametrize(
    "text", ["", "WEBVT\n\n", "WEBVTT\n\nno time\n", "WEBVTT\n\n1:00 --> 2:00\nshort\n"]
)
def test_what_is_no_vtt_is_refused(text):
    with pytest.raises(CaptionError):
        from_vtt(text)


def test_what_is_no_srt_is_refused():
    with pytest.raises(CaptionError):
        from_srt("once upon a time\n")
