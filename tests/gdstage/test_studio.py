"""A clip sets manim up for itself; what somebody chose stays chosen."""

import shutil
from pathlib import Path

import manim as mn
import pytest

from gdstage import studio
from gdstage.clip import Clip
from gdstage.studio import ENCODER, has_player, set_up


def made(tmp_path, **settings):
    """What manim is set to after a clip is made under these settings."""
    with mn.tempconfig({"media_dir": str(tmp_path), **settings}):
        scene = Clip()
        return scene, {name: getattr(mn.config, name) for name in READ}


READ = ("disable_caching", "max_inflight_encoders", "video_encoder_options", "preview")


def test_a_clip_is_written_as_it_should_be_under_manims_own_settings(tmp_path):
    scene, set_to = made(tmp_path)
    assert set_to["disable_caching"]
    assert scene.file_writer_settings.max_inflight_encoders == studio.IN_FLIGHT
    assert dict(scene.session_spec.video_encoder.options) == ENCODER


def test_what_is_chosen_is_kept_but_no_cache_of_animations(tmp_path):
    chosen = {
        "disable_caching": False,
        "max_inflight_encoders": 2,
        "video_encoder_options": {"crf": "10"},
    }
    scene, set_to = made(tmp_path, **chosen)
    assert set_to["disable_caching"]
    assert scene.file_writer_settings.max_inflight_encoders == 2
    assert dict(scene.session_spec.video_encoder.options) == {"crf": "10"}


@pytest.mark.parametrize(
    "settings", [{"format": "webm"}, {"transparent": True}, {"video_codec": "mpeg4"}], ids=str
)
def test_other_encoders_are_not_told_what_x264_is(tmp_path, settings):
    _, set_to = made(tmp_path, **settings)
    assert set_to["video_encoder_options"] == {}


def test_manim_is_left_as_it_was(tmp_path):
    before = mn.config.copy()
    made(tmp_path)
    assert {name: before[name] for name in READ if name in before} == {
        name: mn.config[name] for name in READ if name in before
    }


@pytest.mark.parametrize(
    ("system", "screen", "command", "expected"),
    [
        ("Linux", {"DISPLAY": ":0"}, True, True),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        ("Linux", {"DISPLAY": ":0"}, False, False),
        ("Linux", {"DISPLAY": ""}, True, False),
        ("Linux", {}, True, False),
        ("Darwin", {}, False, True),
    ],
)
def test_a_player_needs_a_screen(  # noqa: PLR0917
    monkeypatch, tmp_path, system, screen, command, expected
):
    for name in "DISPLAY", "WAYLAND_DISPLAY":
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(studio.platform, "system", lambda: system)
    monkeypatch.setattr(shutil, "which", lambda name: str(Path("/") / name) if command else None)
    assert has_player() is expected
    _, set_to = made(tmp_path, preview=True)
    assert set_to["preview"] is expected


def test_a_player_of_ones_own_is_called_anywhere(monkeypatch):
    monkeypatch.setattr(studio, "has_player", lambda: False)
    with mn.tempconfig({"preview": True, "preview_command": "my-player"}):
        set_up(mn.config)
        assert mn.config.preview
