"""The captions of a clip as .srt and .vtt: what is said, for as long as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import srt  # type: ignore[import-untyped]

from gdlecture.verify.evidence import Evidence


class CaptionError(ValueError):
    """A caption file cannot be read; the message says why."""


@dataclass(frozen=True)
class Caption:
    """What is said from `start` to `end`, in whole milliseconds, so that neighbours just meet."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, start: float, end: float, text: str) -> Caption:
        """A caption from `start` to `end` in seconds."""
        return cls(round(1000 * start), round(1000 * end), " ".join(text.split()))


def clip_captions(evidence: Evidence, begins: float = 0.0) -> list[Caption]:
    """What a clip says, when it says it: its phrases, or where nobody speaks its beats' captions.

    It `begins` so late, in seconds.
    """
    told = evidence.phrases or evidence.beats
    return [Caption.of(begins + each.t0, begins + each.t1, each.text) for each in told]


def to_srt(captions: Iterable[Caption]) -> str:
    """The captions as SubRip, numbered from 1."""
    return str(
        srt.compose(
            srt.Subtitle(
                None, timedelta(milliseconds=c.start), timedelta(milliseconds=c.end), c.text
            )
            for c in captions
        )
    )


def to_vtt(captions: Iterable[Caption]) -> str:
    """The captions as WebVTT, in which & < > are markup and so written as entities."""
    cues = (
        f"{_clock(c.start)} --> {_clock(c.end)}\n{html.escape(c.text, quote=False)}\n"
        for c in captions
    )
    return "\n".join(["WEBVTT\n", *cues])


def from_srt(text: str) -> list[Caption]:
    """The captions of a SubRip file.

    Raises:
        CaptionError: it is none.
    """
    try:
        found = list(srt.parse(text))
    except (srt.SRTParseError, ValueError) as error:
        raise CaptionError(f"no SubRip: {str(error).splitlines()[0]}") from error
    return [Caption(_milliseconds(s.start), _milliseconds(s.end), s.content) for s in found]


def from_vtt(text: str) -> list[Caption]:
    """The captions of a WebVTT file without styles and regions.

    Raises:
        CaptionError: it is none.
    """
    header, _, body = text.partition("\n")
    if not re.fullmatch(r"\ufeff?WEBVTT(?:[ \t].*)?", header):
        raise CaptionError("no WebVTT: the first line must be WEBVTT")
    blocks = [block for block in re.split(r"\n{2,}", body.strip("\n")) if block]
    return [_cue(block) for block in blocks]


def _cue(block: str) -> Caption:
    found = re.fullmatch(
        r"(?:[^\n]+\n)?(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})\n(.+)",
        block,
        re.DOTALL,
    )
    if not found:
        raise CaptionError(f"no WebVTT cue: {block.splitlines()[0]!r}")
    *clock, text = found.groups()
    hours, minutes, seconds, thousandths = ([int(part) for part in clock[i::4]] for i in range(4))
    start, end = (
        ((h * 60 + m) * 60 + s) * 1000 + ms
        for h, m, s, ms in zip(hours, minutes, seconds, thousandths, strict=True)
    )
    return Caption(start, end, html.unescape(text))


def _clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def _milliseconds(time: timedelta) -> int:
    return round(time / timedelta(milliseconds=1))
