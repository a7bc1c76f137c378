"""One clip: from its source to the five files that are shipped, in one process."""

from __future__ import annotations

import configparser
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import manim as mn
from manim._config.utils import config_file_paths

from gdlecture.folders import folder_here, import_from
from gdlecture.inputs import inputs_hash, versions
from gdlecture.lines import said_by
from gdlecture.render.finishing import finished_files
from gdlecture.render.formats import WEBM_OPTIONS, repeatable
from gdlecture.render.patience import EndlessError, see_an_end
from gdlecture.render.work import Listener, RenderedClip, RenderError, RenderRequest, ShapeError
from gdlecture.settings import QUALITIES
from gdlecture.voice.phrases import voice_of
from gdlecture.voice.track import ClipSpeaker
from gdstage.clip import Clip
from gdstage.layout import NoLayoutError
from gdstage.look.theme import drawn_in
from gdstage.speaker import spoken_by
from gdstage.studio import ENCODER


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
            manim_for(request, folder),
            spoken_by(speaker := speaker_of(request)),
        ):
            scene = scene_of(request)()
            _listen(scene, request.name, listener)
            scene.render()
            movie = Path(scene.renderer.file_writer.movie_file_path)
            files, duration = finished_files(movie, request.name, request.settings.format, speaker)
    except KeyboardInterrupt:
        raise
    except NoLayoutError as error:
        raise ShapeError(request.name, "", str(error)) from error
    except BaseException as error:  # what a scene may raise is open: it may even exit
        raise RenderError(request.name, current_beat(scene), reason_of(error, request)) from error
    wall = time.perf_counter() - began
    # Afterwards: a source that changed meanwhile does not have the hash of what was drawn.
    inputs = inputs_hash(request.module, request.told(), _folder_of(request))
    return RenderedClip(
        request.name, files, duration, request.settings, inputs, versions(), wall,
        request.description,
    )  # fmt: skip


def speaker_of(request: RenderRequest) -> ClipSpeaker | None:
    """Who speaks the clip, if anybody does.

    Raises:
        VoiceError: there is no such voice.
    """
    voice = voice_of(request.settings.voice, request.settings.voice_command)
    return None if voice is None else ClipSpeaker(voice, request.name)


@contextmanager
def manim_for(request: RenderRequest, folder: str) -> Iterator[None]:
    """Set manim up by its own defaults, whatever the directory; a clip does the rest itself.

    All that it writes goes into `folder`. Typst's pictures too: manim would take one up while
    another process is still writing it, and would not notice a new version of Typst.
    """
    settings = request.settings
    parser = configparser.ConfigParser()
    parser.read(config_file_paths()[0])
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
                "progress_bar": "none",
            }
        )
        options = WEBM_OPTIONS if settings.format == "webm" else repeatable(ENCODER)
        mn.config.video_encoder_options = options
        yield


def scene_of(request: RenderRequest) -> type[Clip]:
    """The scene that is asked for.

    Raises:
        LookupError: its file holds none of that name; and whatever its file raises.
    """
    folder = _folder_of(request)
    module = import_from(folder, request.module) if folder else import_module(request.module)
    found = getattr(module, request.class_name, None)
    if not (isinstance(found, type) and issubclass(found, Clip)):
        raise LookupError(f"its file must hold a Clip named {request.class_name}")
    parameters = dict(request.parameters)
    return type(request.class_name, (found,), parameters) if parameters else found


def _folder_of(request: RenderRequest) -> Path | None:
    """Where the clip lies; on a machine that has not that folder, where this one has its clips."""
    folder = request.folder
    return folder if folder is None or folder.is_dir() else folder_here()


def _listen(scene: Clip, name: str, listener: Listener | None) -> None:
    """Have the listener told whenever frames are written, and see that they come to an end."""
    write = scene.renderer.add_frame
    rate = float(scene.camera.frame_rate)
    frames = 0

    def counted(frame: Any, num_frames: int = 1) -> None:
        nonlocal frames
        frames += num_frames
        see_an_end(frames / rate)
        write(frame, num_frames)
        if listener is not None:
            listener(name, frames / rate)

    scene.renderer.add_frame = counted  # type: ignore[method-assign]


def current_beat(scene: Clip | None) -> str:
    """The title of the beat that a scene is at; "" before the first."""
    beats = scene.evidence.beats if scene is not None and hasattr(scene, "evidence") else []
    return beats[-1]["title"] if beats else ""


def reason_of(error: BaseException, request: RenderRequest) -> str:
    """The error on one line, with the last line of the clip's own file that led to it."""
    reason = str(error) if isinstance(error, EndlessError) else said_by(error)
    own = request.module.rpartition(".")[2] + ".py"
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).name == own
    ]
    return f"{reason} ({own}, line {lines[-1]})" if lines else reason
