"""What a slide is made of: a beat's piece of video, its pictures, and what is said."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from gdlecture.catalogue import title_of
from gdlecture.deck.pieces import cut_beats
from gdlecture.dist import Dist
from gdlecture.media.video import frames_at
from gdlecture.verify.evidence import Evidence, EvidenceError, read_evidence
from gdstage.look.theme import DARK, THEMES, Theme, in_colours

FOLDER = "deck"
"""Where the pieces and their pictures are, beside deck.html."""


class DeckError(Exception):
    """There is no deck to be made of these clips; the message says why."""


@dataclass(frozen=True)
class Slide:
    """One beat as a slide.

    `piece` is its video; it plays from the picture `first` to the picture `last`. `theme` has the
    colours that it is drawn in; `width` and `height` are the video's, in px, `frames` and `fps` its
    length; `language` is the tag of that of its words. `phrases` are what its sound says.
    """

    clip: str
    number: int
    title: str
    text: str
    loop: bool
    theme: Theme
    piece: Path
    first: Path
    last: Path
    width: int
    height: int
    frames: int
    fps: float
    language: str = "en"
    phrases: tuple[str, ...] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether anything is said while it plays."""
        return bool(self.phrases)

    @property
    def notes(self) -> str:
        """What is said, or where nobody speaks the caption, which is there to be said."""
        return " ".join(self.phrases) or self.text

    @property
    def ground(self) -> str:
        """The colour around it, #rrggbb."""
        return self.theme.ground

    @property
    def name(self) -> str:
        """What its files and its address are called."""
        return self.piece.stem

    @property
    def topic(self) -> str:
        """Its clip in words, as the film's chapter calls it."""
        return title_of(self.clip)

    @property
    def duration(self) -> float:
        """How long it plays, in seconds."""
        return self.frames / self.fps

    @property
    def heading(self) -> str:
        """What an outline calls it."""
        return f"{self.topic}: {self.title}"

    @property
    def described(self) -> str:
        """The video in words, for those who cannot see it."""
        return f"{self.heading}. {self.text}"


def make_slides(dist: Dist, names: Sequence[str], folder: Path) -> list[Slide]:
    """Cut these clips, and write pieces and pictures in a folder.

    Raises:
        DeckError: a clip is not there, or is no mp4.
        EvidenceError, MediaError: a clip is broken.
    """
    themes = {name: clip.get("theme") for name, clip in dist.manifest()["clips"].items()}
    slides: list[Slide] = []
    for name in names:
        video = mp4_of(dist, name)
        evidence = read_evidence(video.with_suffix(".json"))
        if not evidence.beats:
            raise EvidenceError(f"{name}: expected beats, found none")
        theme = THEMES.get(themes.get(name) or DARK.name, DARK)
        theme = in_colours(theme, evidence.brand.colours)
        slides += [_slide(name, i, evidence, theme, folder) for i in _numbers(evidence)]
        own = slides[-len(evidence.beats) :]
        cut_beats(video, evidence, [slide.piece for slide in own])
        for slide in own:
            _write_picture(slide.piece, 0, slide.first)
            _write_picture(slide.piece, slide.frames - 1, slide.last)
    return slides


def mp4_of(dist: Dist, name: str) -> Path:
    """A clip's video, of which slides can be made.

    Raises:
        DeckError: it is not there, or is no mp4.
    """
    video = dist.video(name)
    if not video.is_file():
        raise DeckError(f"{video}: there is no such video; first: lecture render {name}")
    if video.suffix != ".mp4":
        raise DeckError(
            f"{name} is a {video.suffix[1:]}, and slides need an mp4: "
            f"lecture render {name} --format mp4"
        )
    return video


def _numbers(evidence: Evidence) -> range:
    return range(1, len(evidence.beats) + 1)


def _slide(clip: str, number: int, evidence: Evidence, theme: Theme, folder: Path) -> Slide:
    beat = evidence.beats[number - 1]
    stem = f"{clip}-{number:02}"
    return Slide(
        clip=clip,
        number=number,
        title=beat.title,
        text=beat.text,
        loop=beat.loop,
        theme=theme,
        piece=folder / f"{stem}.mp4",
        first=folder / f"{stem}-first.jpg",
        last=folder / f"{stem}.jpg",
        width=evidence.width,
        height=evidence.height,
        frames=round(beat.t1 * evidence.fps) - round(beat.t0 * evidence.fps),
        fps=evidence.fps,
        language=evidence.brand.language,
        phrases=tuple(p.text for p in evidence.phrases if beat.t0 <= p.t0 < beat.t1),
    )


def _write_picture(piece: Path, index: int, target: Path) -> None:
    ((_, frame),) = frames_at(piece, [index])
    picture: Image.Image = frame.to_image()
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=90, subsampling=0)
    target.write_bytes(buffer.getvalue())
