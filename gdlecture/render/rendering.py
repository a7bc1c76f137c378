"""One clip: from its source to the five files that are shipped, in one process."""

from __future__ import annotations

import configparser
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import manim as mn
from manim._config.utils import config_file_paths

from gdlecture.inputs import inputs_hash, versions
from gdlecture.lines import said_by
from gdlecture.media.captions import Caption, to_srt, to_vtt
from gdlecture.media.video import frames_at, png
from gdlecture.render.formats import WEBM_OPTIONS, finish, repeatable
from gdlecture.render.speed import quicker_manim
from gdlecture.render.work import Listener, RenderedClip, RenderError, RenderRequest
from gdlecture.settings import QUALITIES
from gdlecture.verify.evidence import read_evidence
from gdstage.clip import Clip
from gdstage.look.theme import drawn_in

LONGEST = 1800.0
"""Seconds of the longest video: a clip tells one thing, and what is longer never ends."""


class EndlessError(Exception):
    """A scene goes on and on; the message says how far it came."""


def render_clip(request: RenderRequest, listener: Listener | None = None) -> RenderedClip:
    """Render one clip, and give back its files; nothing else of it stays on disk.

    Raises:
        RenderError: whatever goes wrong in the scene or in finishing.
    """
    began = time.perf_counter()
    scene: Clip | None = None
    try:
        with (
            tempfile.TemporaryDirectory(prefix="lecture-") as folder,
            _manim(request, folder),
            quicker_manim(),
        ):
            scene = _load(request)()
            _listen(scene, request.name, listener)
            scene.render()
            movie = Path(scene.renderer.file_writer.movie_file_path)
            files, duration = _finish(request, movie)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what a scene may raise is open: it may even exit
        raise RenderError(request.name, _current_beat(scene), _reason(error, request)) from error
    wall = time.perf_counter() - began
    # Afterwards: a source that changed meanwhile does not have the hash of what was drawn.
    inputs = inputs_hash(request.module, {**asdict(request.settings), **dict(request.parameters)})
    return RenderedClip(request.name, files, duration, request.settings, inputs, versions(), wall)


@contextmanager
def _manim(request: RenderRequest, folder: str) -> Iterator[None]:
    """Set manim up by its own defaults and the project's manim.cfg, whatever the directory.

    All that it writes goes into `folder`. Typst's pictures too: manim would take one up while
    another process is still writing it, and would not notice a new version of Typst.
    """
    settings = request.settings
    parser = configparser.ConfigParser()
    parser.read(config_file_paths()[0])
    parser.read_string(settings.manim_cfg)
    with drawn_in(settings.theme), mn.tempconfig({}):
        mn.config.digest_parser(parser)
        mn.config.update(
            {
                "verbosity": "CRITICAL",  # first: to set a format has manim warn
                "quality": QUALITIES[settings.quality],
                "media_dir": folder,
                # A GIF is made of a finished mp4, by better means than manim's.
                "format": "webm" if settings.format == "webm" else "mp4",
                "transparent": settings.transparent,
                "disable_caching": True,
                "preview": False,
                "progress_bar": "none",
            }
        )
        # What manim.cfg says is said to x264.
        given = mn.config.video_encoder_options
        options = WEBM_OPTIONS if settings.format == "webm" else repeatable(given)
        mn.config.video_encoder_options = options
        yield


def _load(request: RenderRequest) -> type[Clip]:
    module = import_module(request.module)
    found = getattr(module, request.class_name, None)
    if not (isinstance(found, type) and issubclass(found, Clip)):
        raise LookupError(f"its file must hold a Clip named {request.class_name}")
    parameters = dict(request.parameters)
    return type(request.class_name, (found,), parameters) if parameters else found


def _listen(scene: Clip, name: str, listener: Listener | None) -> None:
    """Have the listener told whenever frames are written, and see that they come to an end."""
    write = scene.renderer.add_frame
    rate = float(scene.camera.frame_rate)
    frames = 0

    def counted(frame: Any, num_frames: int = 1) -> None:
        nonlocal frames
        frames += num_frames
        if frames / rate > LONGEST:
            raise EndlessError(f"its video passes {LONGEST / 60:g} minutes; does it end?")
        write(frame, num_frames)
        if listener is not None:
            listener(name, frames / rate)

    scene.renderer.add_frame = counted  # type: ignore[method-assign]


def _finish(request: RenderRequest, movie: Path) -> tuple[dict[str, bytes], float]:
    """The files to ship, made from the video that manim left and the evidence beside it."""
    evidence = read_evidence(movie.with_suffix(".json"))
    fps = Fraction(evidence.fps).limit_denominator(1001)
    kind = request.settings.format
    finished = finish(movie, kind, request.name.replace("_", " "), fps)
    # A GIF has few colours: its poster is of the mp4 that it was made from.
    pictures = finished.with_suffix(".mp4") if kind == "gif" else finished
    ((_, poster),) = frames_at(pictures, [evidence.poster_frame])
    captions = [Caption.of(beat.t0, beat.t1, beat.text) for beat in evidence.beats]
    files = {
        f".{kind}": finished.read_bytes(),
        ".srt": to_srt(captions).encode(),
        ".vtt": to_vtt(captions).encode(),
        ".png": png(poster),
        ".json": movie.with_suffix(".json").read_bytes(),
    }
    return files, evidence.duration


def _current_beat(scene: Clip | None) -> str:
    beats = scene.evidence.beats if scene is not None and hasattr(scene, "evidence") else []
    return beats[-1]["title"] if beats else ""


def _reason(error: BaseException, request: RenderRequest) -> str:
    """The error on one line, with the last line of the clip's own file that led to it."""
    reason = str(error) if isinstance(error, EndlessError) else said_by(error)
    own = request.module.rpartition(".")[2] + ".py"
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).name == own
    ]
    return f"{reason} ({own}, line {lines[-1]})" if lines else reason
