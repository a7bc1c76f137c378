"""What a clip showed, as numbers: every true iterate with the time and the pixel of its dot.

A mark is not declared but observed: frame by frame, whenever a dot stands exactly on the iterate
that it stands for, solid and in its full colour.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import manim as mn
import numpy as np

from gdmath import Exploration, Verdict, certify
from gdmath.descent.excerpt import beginning, digest
from gdmath.fields.regression import RegressionLoss
from gdstage.pace import TICK
from gdstage.proof.brief import in_columns
from gdstage.proof.claim import EXACTLY, Claim, Sight
from gdstage.proof.lens import Lens
from gdstage.proof.plain import json_ready, step_record
from gdstage.proof.strip import Strip
from gdstage.proof.witness import Witness, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from gdmath import Walk
    from gdstage.speaker import Narration

SCHEMA = 2
"""The version of the format, docs/evidence.md."""

MOST_ROWS, FEW_ROWS = 1001, 300
"""Iterates up to which a walk is kept whole, and about as many as are kept of a longer one."""

MOST_VARIABLES = 4
"""Of walks in more variables, as of a network's weights, as many fewer are kept."""

VERSIONED = ("manim", "numpy", "sympy", "typst", "av", "pycairo")


class IterateDot(Claim, mn.Dot):
    """The solid disc of a current iterate in the plane; it is anchored in scene units."""

    def __init__(self, colour: str, radius: float = 0.11) -> None:
        super().__init__(radius=radius, color=colour, fill_opacity=1, stroke_width=0)
        self.set_z_index(10)
        self.colour = colour
        self.disc_radius = radius

    def sight(self) -> Sight | None:
        """The dot at its anchor, if it is solid, whole and exactly there."""
        whole = abs(self.width - 2 * self.disc_radius) < EXACTLY
        if self.get_fill_opacity() == 1.0 and whole and self.is_at(self.get_center()):
            return self.seen_at(self.anchor)
        return None


@dataclass
class Mark:
    """What was seen over the frames first ≤ n < past."""

    sight: Sight
    first: int
    past: int


@dataclass
class Evidence:
    """The walks, marks, claims and beats of one clip while it is being rendered."""

    clip: str
    lens: Lens | None = None
    walks: dict[str, Any] = field(default_factory=dict)
    beats: list[dict[str, Any]] = field(default_factory=list)
    frames: int = 0
    poster: float | None = None
    brand: dict[str, Any] = field(default_factory=dict)
    strip: Strip = field(default_factory=Strip)
    _marks: list[Mark] = field(default_factory=list)
    _open: dict[int, Mark] = field(default_factory=dict)
    _witness: Witness = field(default_factory=Witness)

    def add_walk(self, name: str, walk: Walk | Exploration) -> None:
        """Make a walk known by a name that dots refer to.

        Raises:
            ValueError: another walk has that name.
        """
        if self.walks.setdefault(name, walk) is not walk:
            raise ValueError(
                f"walk name {name!r} is taken: give every walk of a clip a name of its own"
            )

    def observe(self, mobjects: Iterable[mn.Mobject], frames: int) -> None:
        """Note which dots stand on their iterate, and what stands, in the next `frames` frames."""
        mobjects = list(mobjects)
        if self.lens is not None:
            self._witness.observe(mobjects, self.frames, frames, self.lens)
        seen = {
            id(dot): sight
            for dot in mobjects
            if isinstance(dot, Claim) and (sight := dot.sight()) is not None
        }
        for key in [key for key, mark in self._open.items() if seen.get(key) != mark.sight]:
            self._marks.append(self._open.pop(key))
        for key, sight in seen.items():
            self._open.setdefault(key, Mark(sight, self.frames, self.frames)).past += frames
        self.frames += frames

    def write(self, path: Path, lens: Lens, narration: Narration | None = None) -> None:
        """Write the evidence file of a finished clip, and what was said in it.

        Raises:
            KeyError: a dot refers to a walk that was never made known.
        """
        marks = standing([*self._marks, *self._open.values()])
        marks.sort(key=lambda mark: (mark.first, mark.sight.walk, mark.sight.k))
        drawn = {name: {m.sight.k for m in marks if m.sight.walk == name} for name in self.walks}
        record: dict[str, Any] = {
            "schema": SCHEMA,
            "clip": self.clip,
            "versions": {name: version(name) for name in VERSIONED},
            **({"brand": self.brand} if self.brand else {}),
            "fps": lens.fps,
            "width": lens.width,
            "height": lens.height,
            "duration": self.frames / lens.fps,
            "poster": self.frames / lens.fps - TICK if self.poster is None else self.poster,
            "walks": [walk_record(name, walk, drawn[name]) for name, walk in self.walks.items()],
            "marks": [self._mark_record(mark, lens) for mark in marks],
            "beats": plain(self.beats, self.walks),
            **({} if narration is None else self._told(narration)),
            "still": [
                [round(frame / lens.fps, 6) for frame in stretch] for stretch in self._witness.still
            ],
            "silent": [[round(at / lens.fps, 6), *box] for at, box in self._witness.silent],
            **({"strip": self.strip.record()} if len(self.strip) else {}),
            "claims": self._witness.records(lens, self.walks),
        }
        say_once(record["walks"])
        beside = path.with_suffix(path.suffix + ".part")
        beside.write_text(in_lines(json_ready(record)), encoding="utf-8")
        beside.replace(path)

    def _told(self, narration: Narration) -> dict[str, Any]:
        """Whose voice it is, and what it says."""
        phrases = plain(narration.phrases, self.walks)
        return {"voice": narration.speaker.name, "phrases": phrases}

    def _known(self, sight: Sight) -> dict[str, Any]:
        """In which scale a dot is seen, and where it is there."""
        if sight.known is None:
            return {}
        where = self._witness.name(sight.known.frame)
        return {"in": where, "place": in_columns(plain(list(sight.known.places[0]), self.walks))}

    def _mark_record(self, mark: Mark, lens: Lens) -> dict[str, Any]:
        sight = mark.sight
        x, y = lens.to_pixel(sight.place)
        radius = sight.radius * lens.scale
        return {
            "walk": sight.walk,
            "k": sight.k,
            "point": self.walks[sight.walk].points[sight.k],
            "t0": mark.first / lens.fps,
            "t1": mark.past / lens.fps,
            "pixel": [x, y],
            "radius": radius,
            "color": sight.colour,
            **self._known(sight),
            "on_screen": sight.uncovered
            and radius <= x <= lens.width - radius
            and radius <= y <= lens.height - radius,
        }


def in_lines(record: dict[str, Any]) -> str:
    """A record as JSON, with a line for each item of its lists: one reads one at a time."""
    told = (
        f" {_json(key)}: "
        + (
            "[\n  " + ",\n  ".join(map(_json, part)) + "\n ]"
            if isinstance(part, list) and part
            else _json(part)
        )
        for key, part in record.items()
    )
    return "{\n" + ",\n".join(told) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def standing(marks: list[Mark]) -> list[Mark]:
    """The marks without those of a dot that a moving camera carries along, frame by frame."""
    ends = {(m.sight.walk, m.sight.k, m.past) for m in marks}
    starts = {(m.sight.walk, m.sight.k, m.first) for m in marks}

    def carried(mark: Mark) -> bool:
        dot = (mark.sight.walk, mark.sight.k)
        touching = (*dot, mark.first) in ends or (*dot, mark.past) in starts
        return mark.past - mark.first == 1 and touching

    return [mark for mark in marks if not carried(mark)]


def walk_record(name: str, walk: Walk | Exploration, drawn: Collection[int] = ()) -> dict[str, Any]:
    """A walk as the evidence file keeps it: enough to take it again and compare.

    Of a long one the iterates with an index in `drawn` and some more, and the digest of all.
    """
    if isinstance(walk, Exploration):
        return exploration_record(name, walk)
    recipe = getattr(walk.field, "recipe", None)
    regression = recipe if isinstance(walk.field, RegressionLoss) else None
    network = None if regression else recipe
    step = walk.step
    kept = kept_rows(walk.stopped_at, drawn, walk.field.dimension)
    rows = slice(None) if kept is None else kept
    sure = beginning(walk)
    return {
        "name": name,
        "function": walk.field.name if recipe else str(walk.field.expr),
        "network": network,
        **({"regression": regression} if regression else {}),
        "variables": [str(variable) for variable in walk.field.variables],
        **({"beta": None} | step_record(step)),
        "start": walk.start,
        "steps": walk.steps,
        "tolerance": walk.tolerance,
        "verdict": walk.verdict.name,
        "ending": walk.ending.record(),
        "stopped_at": walk.stopped_at,
        **({} if kept is None else {"kept": kept, "digest": digest(walk)}),
        "points": walk.points[rows],
        "values": walk.values[rows],
        "gradients": walk.gradients[rows],
        "certified_error": None if network else certify(sure),
        **({"certified_steps": sure.stopped_at} if sure is not walk and not network else {}),
    }


def say_once(walks: list[dict[str, Any]]) -> None:
    """Let all walks on the same data but the first name that one instead of the data."""
    known: list[tuple[str, Any]] = []
    for walk in walks:
        regression = walk.get("regression")
        if regression is None:
            continue
        for name, before in known:
            if before == regression:
                walk["regression"] = name
                break
        else:
            known.append((walk["name"], regression))


def kept_rows(last: int, drawn: Collection[int] = (), dimension: int = 1) -> list[int] | None:
    """The indices of the iterates that the evidence keeps of a walk of so many steps.

    None for all of them; of a long walk the first ones, those that are `drawn`, some evenly
    spread, and the last.
    """
    share = min(1.0, MOST_VARIABLES / dimension)
    if last < share * MOST_ROWS:
        return None
    few = round(share * FEW_ROWS)
    spread = np.linspace(0, last, few).round().astype(int).tolist()
    return sorted({*range(min(few // 10, last)), *spread, 0, last, *drawn})


def exploration_record(name: str, exploration: Exploration) -> dict[str, Any]:
    """A random walk as the evidence file keeps it; its points are draws, so none has an error."""
    field, points = exploration.field, exploration.points
    return {
        "name": name,
        "function": str(field.expr),
        "variables": [str(variable) for variable in field.variables],
        "window": field.window,
        "step": "random",
        "rate": None,
        "beta": None,
        "seed": exploration.seed,
        "radius": exploration.radius,
        "start": exploration.start,
        "steps": len(exploration.tried),
        "tolerance": None,
        "verdict": Verdict.BUDGET_SPENT.name,
        "stopped_at": len(points) - 1,
        "points": points,
        "values": exploration.values,
        "gradients": field.gradient(points),
        "certified_error": 0.0,
    }
