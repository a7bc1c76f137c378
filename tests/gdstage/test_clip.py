import json
from pathlib import Path

import av
import manim as mn
import numpy as np
import pytest

from gdlecture.media.captions import Caption, from_srt
from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.clip import Clip, clip_name, reading_time
from gdstage.layout import LayoutError, check_layout
from gdstage.look.text import words
from gdstage.look.theme import DARK
from gdstage.pace import TICK
from gdstage.proof.evidence import IterateDot
from gdstage.space.space import Space

START, END = np.array([-2.0, 1.0, 0.0]), np.array([2.0, -1.0, 0.0])


class TwoBeats(Clip):
    topic = "Test"

    def construct(self):
        self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=1))
        dot = IterateDot(DARK.iterate).claim("w", 0, START).move_to(START)
        self.beat("one", "Ten words keep this beat on screen for four seconds.")
        self.add(dot)
        self.hold(1)
        self.beat("two", "Short.")
        self.play(dot.claim("w", 1, END).animate.move_to(END), run_time=1)
        self.hold(1 + TICK)  # no whole milliseconds


class PartsOfASpace(Clip):
    topic = "Test"

    def construct(self):
        self.beat("parts", "Go.")
        space = Space(DARK, (0, 1), (0, 1), (0, 1))
        self.kept, self.gone = space.dot((0, 0, 0), "#ff0000"), space.dot((1, 1, 1), "#00ff00")
        self.add(space)
        self.leave()
        self.family = list(space.get_family())
        self.add(space)
        self.play(mn.FadeOut(space), run_time=0.2)
        self.after = list(space.get_family())

    def leave(self):
        self.play(mn.FadeOut(self.gone), run_time=0.2)


class Staggered(PartsOfASpace):
    def leave(self):
        self.play(mn.LaggedStart(mn.FadeOut(mn.Group(self.gone))), run_time=0.2)


class Hidden(PartsOfASpace):
    def leave(self):
        self.hide(self.gone)


class TakenApart(PartsOfASpace):
    def leave(self):
        self.play(mn.FadeIn(self.gone), run_time=0.2)
        self.hide(self.gone)


@pytest.mark.parametrize("clip", [PartsOfASpace, Staggered, Hidden, TakenApart])
def test_what_has_left_a_space_does_not_come_back_with_it(clip, tmp_path):
    with mn.tempconfig({"dry_run": True, "media_dir": str(tmp_path), "progress_bar": "none"}):
        scene = clip()
        scene.setup()
        scene.construct()
    assert scene.gone not in scene.family
    assert scene.kept in scene.family
    assert scene.after == scene.family


class ShownAlone(Clip):
    topic = "Test"

    def construct(self):
        self.beat("a part", "Go.")
        self.whole, self.part = mn.VGroup(mn.Square()), mn.VGroup(mn.Circle())
        self.add(self.whole)
        self.show(self.part)
        self.whole.add(self.part)
        self.leave()
        self.beat("gone", "Gone.")
        self.hold(1)
        self.left = self.get_mobject_family_members()


class HiddenWhole(ShownAlone):
    def leave(self):
        self.hide(self.whole)


class DismissedWhole(ShownAlone):
    def leave(self):
        self.dismiss(self.whole)


@pytest.mark.parametrize("clip", [HiddenWhole, DismissedWhole])
def test_what_was_shown_alone_leaves_with_its_group(clip, tmp_path):
    with mn.tempconfig({"dry_run": True, "media_dir": str(tmp_path), "progress_bar": "none"}):
        scene = clip()
        scene.setup()
        scene.construct()
    assert not {*scene.whole.get_family()} & {*scene.left}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    settings = {
        "media_dir": str(folder),
        "quality": "low_quality",
        "verbosity": "ERROR",
        "progress_bar": "none",
    }
    with mn.tempconfig(settings):
        scene = TwoBeats()
        scene.render()
        movie = Path(scene.renderer.file_writer.movie_file_path)
    return scene, json.loads(movie.with_suffix(".json").read_text()), movie


def test_a_beat_lasts_until_its_caption_is_read(rendered):
    _, evidence, _ = rendered
    one, two = evidence["beats"]
    assert (one["title"], two["title"]) == ("one", "two")
    assert one["t0"] == 0
    assert one["t1"] - one["t0"] == pytest.approx(10 / 2.5, abs=TICK)
    assert two["t0"] == one["t1"]
    assert two["t1"] == evidence["duration"]


def test_times_are_the_times_of_the_video(rendered):
    _, evidence, movie = rendered
    with av.open(str(movie)) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert frames / evidence["fps"] == pytest.approx(evidence["duration"])


def test_a_moving_dot_is_no_mark(rendered):
    _, evidence, _ = rendered
    marks = [(m["k"], m["pixel"]) for m in evidence["marks"]]
    scale = 854 / (8 * 16 / 9)
    assert [k for k, _ in marks] == [0, 1]
    assert marks[0][1] == pytest.approx([427 - 2 * scale, 240 - scale], abs=0.2)
    assert marks[1][1] == pytest.approx([427 + 2 * scale, 240 + scale], abs=0.2)
    still, arrived = evidence["marks"]
    assert arrived["t0"] - still["t1"] >= 1 - 2 * TICK


def test_captions_are_in_manims_own_srt_too(rendered):
    _, evidence, movie = rendered
    told = from_srt(movie.with_suffix(".srt").read_text())
    assert told == [Caption.of(b["t0"], b["t1"], b["text"]) for b in evidence["beats"]]
    assert told[-1].end % 100 == 67


def test_beats_are_sections(rendered):
    scene, _, _ = rendered
    names = [section.name for section in scene.renderer.file_writer.sections]
    assert names[-2:] == ["one", "two"]


def test_text_on_text_is_refused():
    one = words("first words", size=40, colour=DARK.ink).rest(0, 0)
    other = words("other words", size=40, colour=DARK.ink).rest(0.5, 0.1)
    with pytest.raises(LayoutError, match="'first words' lies on 'other words'"):
        check_layout([one, other])
    check_layout([one, other.rest(0, 1)])


def test_invisible_text_is_in_nobodys_way():
    one = words("first", size=40, colour=DARK.ink).rest(0, 0)
    check_layout([one, words("other", size=40, colour=DARK.ink).rest(0, 0).set_opacity(0)])


def test_text_outside_the_safe_frame_is_refused():
    with pytest.raises(LayoutError, match="'far out' leaves the safe frame"):
        check_layout([words("far out", size=40, colour=DARK.ink).rest(6.5, 0)])


@pytest.mark.parametrize(
    ("name", "clip"),
    [("LearningRate", "learning_rate"), ("Newton", "newton"), ("Sauna2D", "sauna2_d")],
)
def test_a_clip_is_named_after_its_class(name, clip):
    assert clip_name(type(name, (), {})) == clip


def test_reading_takes_two_and_a_half_words_a_second():
    assert reading_time("one two three four five") == 2
