"""The sheet of a clip that is spoken: what is heard stands under what is seen meanwhile."""

import numpy as np
import pytest
from PIL import Image

from gdlecture.media.sheet import contact_sheet
from gdlecture.media.sound import RATE, read_sound
from gdlecture.verify.evidence import read_evidence

pytestmark = pytest.mark.slow

WIDTH, EDGE, GAP = 480, 16, 10
BLUE = [0x7F, 0xB4, 0xE6]


def test_the_sound_is_under_the_frames(told, tmp_path):
    video = told / "clips/told.mp4"
    evidence = read_evidence(video.with_suffix(".json"))
    picture = tmp_path / "sheet.png"
    picture.write_bytes(contact_sheet(video, evidence, 4))
    with Image.open(picture) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    blue = np.abs(pixels - BLUE).max(axis=-1) < 24
    sound = read_sound(video)
    starts = np.linspace(0, evidence.frames - 1, 4).round() / evidence.fps
    for cell, (time, past) in enumerate(zip(starts, [*starts[1:], evidence.duration], strict=True)):
        if past - time < 0.5:
            continue  # the last frame's own time
        left = EDGE + cell * (WIDTH + GAP)
        shown = blue[:, left : left + WIDTH].sum(axis=0)
        heard = np.array_split(np.abs(sound[int(time * RATE) : int(past * RATE)]), WIDTH)
        loud = np.array([part.max(initial=0.0) for part in heard])
        assert shown[loud > 0.3].mean() > 8
        assert shown[loud < 0.005].mean() < 3
        assert np.corrcoef(shown, loud)[0, 1] > 0.9
    assert len(starts) == 4
