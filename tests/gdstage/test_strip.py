"""The film in small, as evidence has it: which frames, and in which numbers."""

import base64
import zlib

import numpy as np
import pytest

from gdlecture.verify.strip import unpacked
from gdstage.proof.strip import Strip

# As BT.601 prints them, limited range: how light, how blue, how red.
PRINTED = {
    (0, 0, 0): (16, 128, 128),
    (255, 255, 255): (235, 128, 128),
    (255, 0, 0): (81, 90, 240),
    (0, 255, 0): (145, 54, 34),
    (0, 0, 255): (41, 240, 110),
}


def plain(colour, height=480, width=854):
    return np.full((height, width, 4), (*colour, 255), np.uint8)


def pictures_of(record, number):
    return unpacked(record["pictures"], number, record["across"], record["up"])


@pytest.mark.parametrize(("colour", "coded"), PRINTED.items())
def test_colours_are_as_a_video_has_them(colour, coded):
    strip = Strip()
    strip.add(plain(colour), 1, 15)
    (tiny,) = pictures_of(strip.record(), 1)
    assert np.abs(tiny.reshape(3, -1).astype(int) - np.array(coded)[:, None]).max() <= 1


def test_one_frame_in_a_fifteenth_of_a_second_is_kept():
    strip = Strip()
    shown = [(3, 10), (1, 40), (2, 70), (60, 100), (2, 130), (1, 160)]
    for frames, grey in shown:
        strip.add(plain((grey,) * 3), frames, 60)
    record = strip.record()
    each = [grey for frames, grey in shown for _ in range(frames)]
    assert record["every"] == 4
    light = pictures_of(record, len(each[::4]))[:, 0, 0, 0]
    assert light.tolist() == [round(16 + grey * 219 / 255) for grey in each[::4]]


def test_a_pixel_is_the_mean_of_its_block():
    picture = plain((0, 0, 0), 180, 320)
    picture[10:20, 30:35, :3] = 255  # half of one block
    strip = Strip()
    strip.add(picture, 1, 15)
    (tiny,) = pictures_of(strip.record(), 1)
    assert tiny[0, 1, 3] == pytest.approx(16 + 219 / 2, abs=1)
    assert np.count_nonzero(tiny[0] != 16) == 1


def test_what_stands_takes_no_room():
    noise = np.random.default_rng(1).integers(0, 256, (480, 854, 4), np.uint8)
    once, long = Strip(), Strip()
    once.add(noise, 1, 15)
    long.add(noise, 60 * 15, 15)
    assert len(long.record()["pictures"]) < len(once.record()["pictures"]) + 5000


@pytest.mark.parametrize("changes", [b"", bytes(3 * 18 * 32 + 1), bytes(2 * 3 * 18 * 32)])
def test_a_strip_of_another_length_is_refused(changes):
    packed = base64.b64encode(zlib.compress(changes)).decode()
    with pytest.raises(ValueError, match="expected 1 pictures of 32×18"):
        unpacked(packed, 1, 32, 18)


@pytest.mark.parametrize("packed", ["*", "AAAA", "é"])
def test_what_is_not_packed_is_refused(packed):
    with pytest.raises(ValueError):  # noqa: PT011 (each library says it in its own words)
        unpacked(packed, 1, 32, 18)
