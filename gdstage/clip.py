"""The base class of every clip: beats, captions, the safe frame, and evidence of what was shown."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import manim as mn
import numpy as np

from gdstage.facts import Facts
from gdstage.film.renderer import FilmRenderer
from gdstage.layout import CAPTION, HEADING, IS_NARROW, MARGIN, SHAPE, NoLayoutError, check_layout
from gdstage.look.arriving import Arriving
from gdstage.look.brand import brand_of
from gdstage.look.face import FACE
from gdstage.look.fitting import fitted
from gdstage.look.mark import draw_mark
from gdstage.look.text import Typeset, words
from gdstage.look.theme import theme_name
from gdstage.look.wrapping import wrapped
from gdstage.pace import TICK
from gdstage.proof.evidence import Evidence
from gdstage.proof.lens import Lens
from gdstage.proof.statement import stated, word
from gdstage.shape import WIDE
from gdstage.speaker import Narration, speaker_here
from gdstage.studio import set_up

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from gdmath import Exploration, Walk

Taken = TypeVar("Taken", "Walk", "Exploration")

WORDS_A_SECOND = 2.5

TITLE_SIZE, CAPTION_SIZE = 44, 32
TITLE_DROP, CAPTION_DROP = 0.22, 0.15
"""How far above the bottom of its zone words stand, in scene units."""

TITLE_PITCH, ONE_LINE = 0.72, 0.75
"""From a line of a title to the next, and how high the zone of one is (scene units)."""

GOING, COMING = 4, 6
TURNING = GOING + COMING
"""Ticks in which the words of a beat go and those of the next come; all of them."""

PAUSE = 4
"""Ticks of silence at the start of a beat, and after each phrase."""


class Clip(mn.Scene):
    """A scene told in beats, whose every dot on an iterate is kept as evidence.

    `topic` is the first half of the title; a beat's own title is the second, the finding. `brand`
    has colours, fonts, a mark and a language, as lecture.toml has them, and goes before that.
    """

    topic = ""
    brand: ClassVar[Mapping[str, Any]] = {}
    shapes: ClassVar[Collection[str]] = ()
    """The shapes of the frame, beside the wide one, for which the clip has a layout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set manim up, then begin a scene as manim does, which takes the arguments.

        Raises:
            NoLayoutError: the clip has none for the shape of the frame.
        """
        if SHAPE.name not in {WIDE.name, *self.shapes}:
            others = ", ".join([WIDE.name, *self.shapes])
            raise NoLayoutError(
                f"there is no layout of this clip in {SHAPE.name} yet, but in {others}"
            )
        set_up(mn.config, SHAPE)
        if not args and not kwargs.keys() & {"renderer", "camera_class"}:
            kwargs["renderer"] = FilmRenderer(skip_animations=kwargs.get("skip_animations", False))
        super().__init__(*args, **kwargs)

    def setup(self) -> None:
        """Prepare the ground, the evidence, and the eye on every frame.

        Raises:
            BrandError: what the lecture or the clip brings of its own cannot be used.
        """
        own, home = brand_of(type(self))
        self.theme = own.themes[theme_name()]
        FACE.set(own.face)
        self.camera.background_color = self.theme.ground
        self.evidence = Evidence(clip_name(type(self)), Lens.of(self.camera))
        self.evidence.brand = own.told(self.theme.name, home)
        self._mark = self._set_mark(own.mark)
        self.facts = Facts(self.evidence.walks)
        speaker = speaker_here()
        self.narration = None if speaker is None else Narration(speaker)
        self._heading: mn.VGroup | None = None
        self._caption: Typeset | None = None
        self._posing = False
        self._dismissed: list[tuple[mn.Mobject, int]] = []
        self._turning: list[mn.Animation] = []
        self._watch_frames()

    def _watch_frames(self) -> None:
        # Frames are counted where they are written, so that times are the video's own.
        write = self.renderer.add_frame

        def observed(frame: np.ndarray, num_frames: int = 1) -> None:
            if not self.renderer.skip_animations:
                self.evidence.observe(self.get_mobject_family_members(), num_frames)
                self.evidence.strip.add(frame, num_frames, self.camera.frame_rate)
            write(frame, num_frames)

        self.renderer.add_frame = observed  # type: ignore[method-assign]

    @property
    def clock(self) -> float:
        """Seconds of video written so far."""
        return self.evidence.frames / float(self.camera.frame_rate)

    def beat(
        self,
        title: str,
        text: str,
        *,
        say: str | None = None,
        loop: bool = False,
        poster: bool = False,
    ) -> None:
        """Begin a beat: a section of the video, with its finding above and its caption below.

        The facts that these words say, as `facts` told them, are kept with the beat. The words
        change, and what was dismissed leaves, while the beat's first animation already plays; those
        of the first beat are there from the first frame on.

        The beat before is first held until its caption could be read, and all of it was said. Who
        speaks says the caption, or else what there is to `say`, of which the facts are kept as
        well; in it, "{caption}" stands for the caption, and "" is nothing.

        A beat that makes a good `loop` says so; the `poster` of the clip is the end of the beat
        that says so, or of all.
        """
        self._close_beat()
        self.next_section(title)
        told = self.facts.collect(title, text)
        is_first = not self.evidence.beats
        self.evidence.beats.append(
            {"title": title, "text": text, "t0": self.clock, "loop": loop, "facts": told}
        )
        self._posing = poster
        before = [mob for mob in (self._heading, self._caption) if mob is not None]
        self._heading, self._caption = heading, caption = (
            self._set_heading(title),
            self._set_caption(text),
        )
        if is_first:
            self.add(heading, caption)
        else:
            self._turn_words(before, heading, caption)
        if say is None:
            self._say(text, self.clock + PAUSE * TICK)
        elif say:
            words = say.replace("{caption}", text)
            self._say(words, self.clock + PAUSE * TICK, self.facts.collect("", words, again=told))

    def say(self, text: str) -> None:
        """Say something more while what comes next is played: when the phrase before is over.

        Its facts are kept as those of captions are. Where nobody speaks, nothing waits for it.
        """
        told = self.facts.collect("", text)
        self._hear_out()
        self._say(text, self.clock, told)

    def _say(self, text: str, begins: float, facts: Sequence[Any] | None = None) -> None:
        if self.narration is not None:
            self.narration.say(text, begins, facts)

    def _hear_out(self) -> None:
        """Stand still until what is being said is over, and a pause after it."""
        if self.narration is not None and self.narration.phrases:
            left = self.narration.over - self.clock
            self.hold((math.ceil(left / TICK) + PAUSE) * TICK)

    def _turn_words(self, before: Sequence[mn.Mobject], *after: mn.Mobject) -> None:
        """Have the words of before, and what was dismissed, leave with the next animation."""
        leaving = [*((mob, GOING) for mob in before), *self._dismissed]
        self._dismissed = []
        late = {"run_time": TURNING * TICK, "rate_func": _late}
        self._turning = [
            *(mn.FadeOut(mob, run_time=ticks * TICK) for mob, ticks in leaving),
            *(mn.FadeIn(mob, **late) for mob in after),
        ]

    def play(self, *args: Any, **kwargs: Any) -> None:
        """Play animations, and see that they leave no text out of place."""
        turning, self._turning = self._turning, []
        told = {key: kwargs.pop(key) for key in tuple(kwargs) if key.startswith("subcaption")}
        animations = (*self.compile_animations(*args, **kwargs), *turning)
        leaving = [part for mob in _removed_by(animations) for part in mob.get_family()]
        self._take_out_of_spaces(leaving)
        super().play(*animations, **told)
        # manim takes a group away, but not what of it was once shown alone.
        self.remove(*leaving)
        check_layout(self.get_mobject_family_members())

    def _take_out_of_spaces(self, leaving: Sequence[mn.Mobject]) -> None:
        # A space that keeps what has left would show it again, whenever it is added or faded.
        if not leaving:
            return
        # Manim may have taken it apart, when a part of it appeared: then only its parts know it.
        worlds = (getattr(mob, "world", None) for mob in self.get_mobject_family_members())
        for space in dict.fromkeys(world.space for world in worlds if world is not None):
            if space not in leaving:
                space.let_go(leaving)

    def hold(self, seconds: float) -> None:
        """Stand still for about `seconds`, in whole ticks."""
        ticks = round(seconds / TICK)
        if self._turning and ticks > 0:
            self.play(mn.Animation(mn.Mobject(), run_time=TURNING * TICK))
            ticks -= TURNING
        if ticks > 0:
            self.wait(ticks * TICK)

    def show(self, *parts: mn.Mobject, run_time: float = 0.4) -> None:
        """Let parts appear together; those that a clip begins with are there from the start."""
        if self.evidence.beats and not self.evidence.frames:
            self.add(*parts)
            self.camera.get_mobjects_to_display(self.mobjects)  # places the labels of spaces
            check_layout(self.get_mobject_family_members())
            return
        self.play(*(mn.FadeIn(part) for part in parts), run_time=run_time)

    def take_over(self, *parts: mn.Mobject, run_time: float = 12 * TICK) -> None:
        """Let parts come while those of the beat before leave; texts when these are gone."""
        late = GOING * TICK / run_time
        self.play(*(Arriving(part, late) for part in parts), run_time=run_time)

    def hide(self, *parts: mn.Mobject, run_time: float = 0.4) -> None:
        """Let parts go together."""
        self.play(*(mn.FadeOut(part) for part in parts), run_time=run_time)

    def dismiss(self, *leaving: mn.Mobject, ticks: int = GOING) -> None:
        """Let these leave with the words of this beat, whose last picture stays whole till then.

        A beat is a slide too, which holds that picture. What is no text may take more `ticks`, up
        to `TURNING`: it is still there as the next words come.
        """
        self._dismissed += [(mob, ticks) for mob in leaving]

    def dismiss_all(self) -> None:
        """Let everything leave with the words of this beat."""
        self.dismiss(*self._on_stage())

    def clear_stage(self, *kept: mn.Mobject, run_time: float = 9 * TICK) -> None:
        """Fade everything away but the heading, the caption and what is to be kept."""
        leaving = self._on_stage(*kept)
        if leaving:
            self.hide(*leaving, run_time=run_time)

    def _on_stage(self, *kept: mn.Mobject) -> list[mn.Mobject]:
        stay = {id(mob) for mob in (self._heading, self._caption, self._mark, *kept)}
        return [mob for mob in self.mobjects if id(mob) not in stay]

    def know(self, name: str, walk: Taken) -> Taken:
        """Enter a walk in the evidence under a name, and give it back."""
        self.evidence.add_walk(name, walk)
        return walk

    def tear_down(self) -> None:
        """End the last beat and write the evidence beside the video.

        Raises:
            StoryError: something was told or required that no title or caption says.
        """
        self._close_beat()
        self.facts.check_all_said()
        writer = self.renderer.file_writer
        if writer.output_spec.is_video and self.evidence.frames:
            path = writer.movie_file_path.with_suffix(".json")
            path.parent.mkdir(parents=True, exist_ok=True)
            self.evidence.write(path, Lens.of(self.camera), self.narration)

    def _close_beat(self) -> None:
        if not self.evidence.beats:
            return
        beat = self.evidence.beats[-1]
        # Twice, since manim may cut the last frame of a wait off.
        for _ in range(2):
            short = max(reading_time(beat["text"]), self._told_in(beat)) - (self.clock - beat["t0"])
            self.hold(max(short, TICK) if short > TICK / 4 else 0)
        beat["t1"] = self.clock
        if self._posing:
            self.evidence.poster = self.clock - TICK
        # In whole milliseconds: manim cuts off what is beyond, where all else is rounded.
        start, end = (round(beat[key], 3) for key in ("t0", "t1"))
        self.add_subcaption(beat["text"], duration=end - start, offset=start - self.renderer.time)
        self.beat_done()

    def _told_in(self, beat: Mapping[str, Any]) -> float:
        """Seconds until a beat, the last one, has said all, and a pause after it."""
        narration = self.narration
        if narration is None or narration.over <= beat["t0"]:
            return 0.0
        return (math.ceil((narration.over - beat["t0"]) / TICK) + PAUSE) * TICK

    def beat_done(self) -> None:
        """What is done at the last picture of each beat: nothing, unless a still is to be taken."""

    def _set_mark(self, mark: str | Path) -> mn.Mobject | None:
        """The lecture's mark at the right end of the heading's zone, where it stays."""
        if not mark:
            return None
        drawn = draw_mark(mark, self.theme)
        drawn.move_to((HEADING.right - drawn.width / 2, float(HEADING.middle[1]), 0.0))
        self.add(drawn)
        return drawn

    def _set_heading(self, title: str) -> mn.VGroup:
        topic = words(f"{self.topic}: ", size=TITLE_SIZE, colour=self.theme.ink)
        finding = words(title, size=TITLE_SIZE, colour=self.theme.ink, bold=True)
        right = HEADING.right if self._mark is None else self._mark.get_left()[0] - MARGIN
        room, gap = right - HEADING.left, 0.28 * topic.em
        baseline = HEADING.bottom + TITLE_DROP
        if topic.width + gap + finding.width <= room:
            baseline += (HEADING.height - ONE_LINE) / 2
            finding.rest(topic.rest(HEADING.left, baseline).get_right()[0] + gap, baseline)
        elif IS_NARROW:
            topic.rest(HEADING.left, baseline + TITLE_PITCH)
            fitted(finding, HEADING.width).rest(HEADING.left, baseline)
        else:
            share = room / (topic.width + gap + finding.width)
            topic.scale(share).rest(HEADING.left, baseline)
            finding.scale(share).rest(topic.get_right()[0] + share * gap, baseline)
        stated(topic, word("topic"))
        stated(finding, word("title"))
        return mn.VGroup(topic, finding)

    def _set_caption(self, text: str) -> Typeset:
        colour = self.theme.ink
        if not IS_NARROW:
            caption = words(text, size=CAPTION_SIZE, colour=colour)
            middle, baseline = float(CAPTION.middle[0]), CAPTION.bottom + CAPTION_DROP
            return stated(caption.rest(middle, baseline, anchor="centre"), word("caption"))
        caption = wrapped(text, HEADING.width, size=CAPTION_SIZE, colour=colour)
        caption.rest(HEADING.left, CAPTION.top - caption.em)
        return stated(caption, word("caption"))


def _removed_by(animations: Sequence[mn.Animation]) -> Iterator[mn.Mobject]:
    """What is gone when animations are over."""
    for animation in animations:
        if animation.is_remover():
            yield cast("mn.Mobject", animation.mobject)
        yield from _removed_by(getattr(animation, "animations", ()))


def _late(share: float) -> float:
    """The share of coming when so much of the time of going and coming has passed."""
    waiting = GOING / TURNING
    return mn.smooth(max(0.0, (share - waiting) / (1 - waiting)))


def reading_time(text: str) -> float:
    """Seconds that an audience needs to read a caption."""
    return len(text.split()) / WORDS_A_SECOND


def clip_name(scene: type) -> str:
    """The snake_case name of a clip, from the name of its class."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", scene.__name__).lower()
