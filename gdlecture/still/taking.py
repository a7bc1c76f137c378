"""Stills of a clip: it is played without a film, and its picture drawn where it is asked for."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gdlecture.catalogue import title_of
from gdlecture.render.rendering import current_beat, manim_for, reason_of, scene_of
from gdlecture.render.work import RenderError, RenderRequest, ShapeError
from gdlecture.still.pdf import pdf_of
from gdlecture.still.picture import PictureError, png_of, svg_of
from gdlecture.still.unseen import play_unseen
from gdstage.clip import Clip
from gdstage.layout import NoLayoutError

KINDS = (".pdf", ".svg", ".png")
"""What a still can be."""


class NoBeatError(ValueError):
    """The clip has no such beat; the message says which it has."""


@dataclass(frozen=True)
class Words:
    """What a beat says: its title and its caption."""

    title: str
    text: str


@dataclass(frozen=True)
class Pages:
    """All beats of a clip: what they say, and a PDF with a page for each."""

    words: tuple[Words, ...]
    pdf: bytes


def take_still(
    request: RenderRequest, beat: str | None, kind: str, *, transparent: bool = False
) -> tuple[int, bytes]:
    """The last picture of a beat as a file of a kind, and the beat's number.

    `beat` is its number, from 1, or its title; None is the last.

    Raises:
        NoBeatError: there is none.
        RenderError: whatever goes wrong in the scene.
    """
    if beat is not None and beat.isdecimal() and int(beat) == 0:
        raise NoBeatError(f"{request.name}: beats are counted from 1")
    taken: list[tuple[int, bytes]] = []

    def at_end(scene: Clip) -> None:
        number, title = len(scene.evidence.beats), current_beat(scene)
        if beat is not None and beat in (str(number), title):
            taken.append((number, drawn(scene)))
            raise _TakenError

    def drawn(scene: Clip) -> bytes:
        if kind == ".png":
            return png_of(scene, transparent=transparent)
        svg = svg_of(scene, _title(request, scene), transparent=transparent)
        return pdf_of([svg]) if kind == ".pdf" else svg.encode()

    def last(scene: Clip) -> None:
        titles = [told["title"] for told in scene.evidence.beats]
        if beat is not None or not titles:
            raise NoBeatError(_no_beat(request.name, beat, titles))
        taken.append((len(titles), drawn(scene)))

    _play(request, at_end, last)
    return taken[0]


def take_all(request: RenderRequest, *, transparent: bool = False) -> Pages:
    """All beats of a clip, each with the last picture of it.

    Raises:
        NoBeatError: it has none.
        RenderError: whatever goes wrong in the scene.
    """
    words: list[Words] = []
    svgs: list[str] = []

    def at_end(scene: Clip) -> None:
        told = scene.evidence.beats[-1]
        words.append(Words(told["title"], told["text"]))
        svgs.append(svg_of(scene, _title(request, scene), transparent=transparent))

    _play(request, at_end)
    if not svgs:
        raise NoBeatError(_no_beat(request.name, None, []))
    return Pages(tuple(words), pdf_of(svgs))


class _TakenError(Exception):
    """There is no more to be seen."""


def _play(
    request: RenderRequest,
    at_end: Callable[[Clip], None],
    last: Callable[[Clip], None] = lambda _: None,
) -> None:
    seen: list[Clip] = []

    def watch(scene: Clip) -> None:
        seen[:] = [scene]
        at_end(scene)

    try:
        with tempfile.TemporaryDirectory(prefix="lecture-") as folder, manim_for(request, folder):
            last(play_unseen(scene_of(request), at_end=watch))
    except _TakenError:
        return
    except (NoBeatError, KeyboardInterrupt):
        raise
    except NoLayoutError as error:
        raise ShapeError(request.name, "", str(error)) from error
    except PictureError as error:
        raise RenderError(request.name, current_beat(seen[-1]), str(error)) from error
    except BaseException as error:  # what a scene may raise is open: it may even exit
        beat = current_beat(seen[-1]) if seen else ""
        after = f"after the beat {beat!r}: " if beat else ""
        raise RenderError(request.name, "", f"{after}{reason_of(error, request)}") from error


def _title(request: RenderRequest, scene: Clip) -> str:
    return f"{title_of(request.name)}: {current_beat(scene)}"


def _no_beat(name: str, beat: str | None, titles: Sequence[str]) -> str:
    if not titles:
        return f"{name}: has no beats, so there is nothing to be seen"
    near = difflib.get_close_matches(beat or "", titles, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f": they are 1 to {len(titles)}"
    return f"{name}: there is no beat {beat!r}{hint}"
