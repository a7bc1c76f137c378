"""What tests of several folders share: clips that no one had to render, plans of public cases."""

import fcntl
import json
import os
from fractions import Fraction

import av
import hypothesis
import manim as mn
import numpy as np
import pytest
from av.video.frame import PictureType

from gdlecture.dist import Dist
from gdlecture.media.video import finish_mp4
from gdlecture.render.work import RenderedClip
from gdlecture.settings import Settings
from gdlecture.still.unseen import play_unseen
from gdstage.any.plan import experiment_of, plan_of
from gdstage.proof.claim import Claim

# How long an example takes says more of what else the machine does than of the example. What fails
# today fails tomorrow: who looks for new examples says script/test --hypothesis-profile=search.
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same")

# Nobody speaks, but in the tests of voices: what is said takes its time.
os.environ["GDLECTURE_VOICE"] = "none"

FPS, WIDTH, HEIGHT = 30, 320, 180
SETTINGS = {"--rate": float, "--steps": int, "--tolerance": float, "--method": str}


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """A folder that is filled once, by whichever process of the tests comes first; the same name
    is the same folder: `once(name, fill)`. Not to be changed.
    """
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def folder(name, fill):
        whole, part = root / name, root / f"{name}.part"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists() and not part.exists():
                part.mkdir()
                fill(part)
                part.rename(whole)
        assert whole.exists(), f"another process of the tests failed to make {name}"
        return whole

    return folder


@pytest.fixture(scope="session")
def planned():
    """Makes the plan that `lecture descend` with such arguments makes: `planned(["x**2", …])`."""
    return plan_from


def plan_from(args):
    function, *rest = args
    settings, start = {}, []
    while rest:
        option = rest.pop(0)
        if option == "--start":
            while rest and not rest[0].startswith("--"):
                start.append(float(rest.pop(0)))
        else:
            settings[option.strip("-")] = SETTINGS[option](rest.pop(0))
    return plan_of(experiment_of(function, start=start, **settings))


@pytest.fixture
def without_frames(tmp_path):
    """Makes a clip with other numbers, without a picture of it: `without_frames(Clip, rate=…)`.

    `after` is called with the scene after each play.
    """

    def make(clip, after=None, **numbers):
        settings = {"media_dir": str(tmp_path), "quality": "low_quality"}
        with mn.tempconfig(settings):
            return play_unseen(type(clip.__name__, (clip,), numbers), after=after)

    return make


@pytest.fixture(scope="session")
def unstated():
    """Tells every part of a mobject that leaves ink without saying what it is."""
    return unstated_parts


def leaves_ink(mobject):
    if isinstance(mobject, mn.ImageMobject):
        return mobject.pixel_array[..., 3].any()
    if not isinstance(mobject, mn.VMobject) or not len(mobject.points):
        return False
    stroked = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > 0
    return stroked or mobject.get_fill_opacity() > 0


def says_what_it_is(mobject):
    stands_for_an_iterate = isinstance(mobject, Claim) and mobject.stands_for is not None
    return getattr(mobject, "statement", None) is not None or stands_for_an_iterate


def unstated_parts(mobject, path=()):
    """Every part that leaves ink, neither it nor what it is part of saying what it is."""
    if says_what_it_is(mobject):
        return
    path = (*path, type(mobject).__name__)
    if leaves_ink(mobject):
        yield " > ".join(path)
    for part in mobject.submobjects:
        yield from unstated_parts(part, path)


@pytest.fixture(scope="session")
def film_clip():
    """Puts a clip of so many frames a beat into a folder, encoded as manim's are: by beats.

    `film_clip(dist, name, (12, 9), loops={2}, theme="light", **more)`. Each picture is of its own
    kind: a bar tells how late it is, and it has noise that moves.
    """
    return put_clip


def put_clip(dist, name, beats, *, loops=(), theme="dark", by_beats=True, shade=0):
    total, noise = sum(beats), np.random.default_rng(7).integers(0, 60, (HEIGHT, WIDTH, 3))
    begins = {sum(beats[:i]) for i in range(len(beats))} if by_beats else {0}
    folder = dist.root / ".made"
    folder.mkdir(parents=True)
    with av.open(folder / "raw.mp4", "w") as container:
        options = {"preset": "veryfast", "bf": "3", "forced-idr": "1", "x264-params": "threads=1"}
        stream = container.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for i in range(total):
            picture = (np.roll(noise, 3 * i, axis=1) + shade).astype(np.uint8)
            picture[60:120, : round(WIDTH * (i + 1) / total)] = 230
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pict_type = PictureType.I if i in begins else PictureType.NONE
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    finish_mp4(folder / "raw.mp4", folder / "clip.mp4", name, Fraction(FPS))
    ends = np.cumsum(beats)
    told = {
        "schema": 2,
        "clip": name,
        "fps": FPS,
        "width": WIDTH,
        "height": HEIGHT,
        "duration": total / FPS,
        "walks": [],
        "marks": [],
        "claims": [],
        "still": [],
        "silent": [],
        "beats": [
            {
                "title": f"beat <{i}> & more",
                "text": f"Said in {name}, {i}: α < β.",
                "t0": float(end - length) / FPS,
                "t1": float(end) / FPS,
                "loop": i in loops,
            }
            for i, (length, end) in enumerate(zip(beats, ends, strict=True), 1)
        ],
    }
    files = {
        ".mp4": (folder / "clip.mp4").read_bytes(),
        ".json": json.dumps(told).encode(),
        ".srt": b"",
        ".vtt": b"WEBVTT\n",
        ".png": b"",
    }
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    dist.publish(RenderedClip(name, files, total / FPS, Settings(theme=theme), name, {}, 1.0))


@pytest.fixture
def filmed(tmp_path, film_clip):
    """A folder of two clips: the sooner one dark, of three beats; the later one light, of two."""
    dist = Dist(tmp_path / "dist")
    dist.prepare()
    film_clip(dist, "beta", (11, 14), theme="light", shade=120)
    film_clip(dist, "alpha", (13, 21, 8), loops={2})
    return dist
