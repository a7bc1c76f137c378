"""From settings to a plan, and from a plan to finished files."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gdlecture.catalogue import DESCENDED, clips
from gdlecture.descend.latex import LatexError, formula_of
from gdlecture.descend.limits import TooLongError, deadline
from gdlecture.descend.table import regression_on
from gdlecture.dist import BESIDE, Dist, DistError, write_whole
from gdlecture.lines import one_line
from gdlecture.render.shapes import can_draw
from gdlecture.render.work import Listener, RenderedClip, RenderRequest
from gdlecture.render.worker import draw
from gdlecture.settings import Settings
from gdmath.fields.regression import RegressionError
from gdstage.any.experiment import MOST_RUNS, MOST_STEPS, ExperimentError
from gdstage.any.methods import SETTINGS
from gdstage.any.plan import Plan, experiment_of, plan_of

SECONDS = 4.0
"""How much computing a formula may ask for before it is drawn."""

SECONDS_A_STEP = 1.5e-4
"""How much more for each step of a walk, with its certificate."""

SECONDS_OF_DATA = 26.0
"""How much more for sums over as many as ten thousand rows of data."""

EXPERIMENT = (
    "start", "starts", "rate", "compare", "method", "methods", *SETTINGS, "steps", "tolerance",
    "window", "basins", "title",
)  # fmt: skip
"""The settings that decide the plan, beside the function."""

_MODULE, _CLASS = "gdstage.any.descent", "AnyDescent"
_SUFFIXES = (*BESIDE, ".mp4")
_LONGEST_NAME = 48


class DescendError(Exception):
    """What was asked for cannot be made; the message says why, on one line."""


class DataError(DescendError):
    """Data, a model or a loss that make no function."""


def planned(settings: Mapping[str, Any]) -> tuple[Plan, dict[str, Any]]:
    """The plan that settings ask for, and the settings with the function as text.

    Raises:
        DescendError: a formula or a setting cannot be used.
    """
    given = {key: settings[key] for key in EXPERIMENT if settings.get(key) is not None}
    has_data = settings.get("data") is not None
    seconds = SECONDS + has_data * SECONDS_OF_DATA
    try:
        with deadline(seconds + SECONDS_A_STEP * _steps_asked_for(given)):
            function = _function_of(settings)
            plan = plan_of(experiment_of(function, **given))
    except TooLongError:
        what, how = ("model", "take fewer rows or a") if has_data else ("expression", "write a")
        raise DescendError(
            f"{what}: it takes more than {seconds:g} s to work out; {how} simpler one"
        ) from None
    except RegressionError as error:
        raise DataError(one_line(str(error))) from error
    except (ExperimentError, LatexError, ValueError) as error:
        raise DescendError(one_line(str(error))) from error
    except (ArithmeticError, RecursionError, MemoryError, TypeError, NotImplementedError,
            SyntaxError, AttributeError) as error:  # fmt: skip
        # What sympy raises inside, where it finds no answer, is open.
        raise DescendError(
            f"expression: it cannot be worked out ({type(error).__name__}); write a simpler one"
        ) from error
    return plan, {"function": function, **given}


def _function_of(settings: Mapping[str, Any]) -> str:
    """The function as text, whichever way it is told."""
    if settings.get("data") is not None:
        loss = settings.get("loss", "squared")
        return regression_on(Path(settings["data"]), settings["model"], loss).written()
    function: str | None = settings.get("function")
    return formula_of(settings["latex"]) if function is None else function


def _steps_asked_for(given: Mapping[str, Any]) -> float:
    """How many steps all walks may take; nonsense counts for nothing, and is refused later."""
    steps = given.get("steps", 0)
    if not isinstance(steps, int) or not 1000 < steps <= MOST_STEPS:
        return 0
    lists = [
        value
        for key in ("start", "compare", "methods")
        if isinstance(value := given.get(key), list)
    ]
    return steps * min(MOST_RUNS, max([1, given.get("starts", 1), *map(len, lists)]))


def name_of(settings: Mapping[str, Any]) -> str:
    """The name of a clip in dist, from its title or its function; never one of the lecture's.

    It is plain ASCII, so that any file system and any address takes it. Where that says less than
    what it is made from (another script, signs in a title, brackets, more than fits) it ends with a
    hash: titles that differ in more than the case of letters have names that differ.
    """
    title, function = settings.get("title") or "", settings["function"]
    if settings.get("data") is not None:
        function = f"{settings.get('loss', 'squared')}_{settings['model']}"
    told_by = " ".join(unicodedata.normalize("NFC", title or function).casefold().split())
    signs = {"**": "_pow_", "+": "_plus_", "-": "_minus_", "*": "_", "/": "_by_", ".": "p"}
    text = _in_ascii(told_by)
    for sign, word in signs.items():
        text = text.replace(sign, word)
    slug = re.sub(r"[^a-z0-9]+", "_", text).strip("_")
    name = f"{DESCENDED}{slug or 'clip'}"
    plain = re.fullmatch("[a-z0-9 ]+" if title else "[a-z0-9 _+*/.=-]+", told_by)
    if plain and len(name) <= _LONGEST_NAME:
        return name
    mark = hashlib.sha256(told_by.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - 9].rstrip('_')}_{mark}"


def _in_ascii(text: str) -> str:
    """The letters without their accents; of another script none is left."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def check_target(target: Path) -> None:
    """See that files can be written where they are to go, before any work is done.

    Raises:
        DescendError: they cannot.
    """
    if target.suffix != ".mp4":
        raise DescendError(f"{target}: the clip is an mp4; write {target.stem or 'my'}.mp4")
    if not target.stem.isprintable():
        raise DescendError("the file's name must be printable")
    if target.is_dir():
        raise DescendError(f"{target}: is a folder")
    folder = target.parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise DescendError(f"cannot write {target}: {folder} is no folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DescendError(f"cannot write {target}: Permission denied")


def rendered(
    name: str, settings: Mapping[str, Any], style: Settings, listener: Listener | None
) -> RenderedClip:
    """Draw the clip.

    Raises:
        RenderError: something went wrong on the way.
    """
    parameters = {**settings, "clip_name": name}
    frozen = tuple((key, _frozen(value)) for key, value in sorted(parameters.items()))
    request = RenderRequest(name, _MODULE, _CLASS, style, frozen)
    if not can_draw(style.shape):
        return draw(request)
    from gdlecture.render.rendering import render_clip  # noqa: PLC0415 (manim)

    return render_clip(request, listener)


def put_beside(clip: RenderedClip, target: Path) -> None:
    """Write a clip's files: the video at `target` last, the others beside it.

    Raises:
        DistError: one cannot be written.
    """
    for suffix in _SUFFIXES:
        write_whole(target.with_suffix(suffix), clip.files[suffix])


def put_in_dist(clip: RenderedClip, dist: Dist) -> None:
    """Put a clip among the finished ones.

    Raises:
        DistError: it cannot be written, or would take the place of a clip of the lecture.
    """
    if clip.name in {source.name for source in clips()}:
        raise DistError(f"{clip.name}: is a clip of the lecture")
    dist.publish(clip)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value
