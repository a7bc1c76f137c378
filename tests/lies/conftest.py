"""Draws and proves short clips in this process, with or without a lie in the drawing code."""

import pkgutil
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest

from gdlecture.render import rendering
from gdlecture.render.finishing import finished_files
from gdlecture.render.work import RenderRequest
from gdlecture.settings import Settings
from gdlecture.verify.verify import verify_clip
from gdstage.clip import clip_name
from gdstage.facts import StoryError


def _shared(name, file):
    """A module of this folder, from now on to be imported by that name."""
    spec = spec_from_file_location(name, Path(__file__).with_name(file))
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


clips = _shared("clips_with_lies", "clips.py")
_shared("ways_of_lying", "ways.py")


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    """Draws a clip at 480p into a folder; texts that were set once are kept for the next."""
    media = tmp_path_factory.mktemp("media")

    def draw(clip, folder):
        name = clip_name(clip)
        request = RenderRequest(name, clip.__module__, clip.__name__, Settings("l", "dark"))
        with rendering.manim_for(request, str(media)):
            scene = clip()
            scene.render()
            movie = Path(scene.renderer.file_writer.movie_file_path)
            files, _ = finished_files(movie, name, "mp4")
        for suffix, data in files.items():
            (folder / name).with_suffix(suffix).write_bytes(data)
        drawn = files_of(clip, folder)
        drawn.scene = scene
        return drawn

    return draw


def files_of(clip, folder):
    name = clip_name(clip)
    return SimpleNamespace(video=folder / f"{name}.mp4", evidence=folder / f"{name}.json")


@pytest.fixture
def film(studio, tmp_path):
    """Draws and proves a clip, of clips.py by its name: what `verify` finds wrong, a line each."""

    def failures(clip):
        drawn = studio(getattr(clips, clip) if isinstance(clip, str) else clip, tmp_path)
        return list(verify_clip(drawn.video, drawn.evidence).failures)

    return failures


@pytest.fixture
def instead(monkeypatch):
    """Puts another function in the place of one: `instead("gdstage.clip:Clip.hold", make)`.

    `make` is given the function that was there.
    """

    def put(where, make):
        module, _, path = where.partition(":")
        *way, name = path.split(".")
        owner = pkgutil.resolve_name(":".join((module, ".".join(way)))) if way else module
        owner = pkgutil.resolve_name(owner) if isinstance(owner, str) else owner
        monkeypatch.setattr(owner, name, make(getattr(owner, name)))

    return put


@pytest.fixture
def caught(film, instead):
    """Tells a lie in the drawing of a clip: the failures that have all the words expected."""

    def told(clip, lie, *expected):
        lie(instead)
        try:
            failures = film(clip)
        except StoryError:  # the stage itself refuses to say it
            return ["refused"]
        assert failures, "nobody noticed"
        found = [line for line in failures if all(word in line for word in expected)]
        assert found, f"expected a failure with {expected}, found {failures}"
        return found

    return told


@pytest.fixture(scope="session")
def honest(studio, once):
    """The files of a clip without a lie, drawn once for all processes; not to be changed."""

    def of(name):
        clip = getattr(clips, name)
        folder = once(f"honest_{name}", lambda folder: studio(clip, folder))
        return files_of(clip, folder)

    return of
