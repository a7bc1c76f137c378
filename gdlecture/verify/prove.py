"""All claims of a clip, looked for in its decoded pictures, and all ink held against the claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gdlecture.media.video import all_frames
from gdlecture.verify.axes import ScaleError, check_axes, check_marks, ground_of
from gdlecture.verify.brands import wrong_ground
from gdlecture.verify.charts import misnamed_charts
from gdlecture.verify.checks import mark_name
from gdlecture.verify.chosen import hold_choices, unpictured_choices, wrong_counts, wrong_lengths
from gdlecture.verify.claims import ON_ITS_WAY, Picture, Seen
from gdlecture.verify.colours import check_map
from gdlecture.verify.crowds import wrong_crowds
from gdlecture.verify.evidence import Evidence, Mark
from gdlecture.verify.families import forgotten
from gdlecture.verify.heads import wrong_heads
from gdlecture.verify.heard import check_said
from gdlecture.verify.ink import tolerance
from gdlecture.verify.ledger import Ledger
from gdlecture.verify.levels import check_levels
from gdlecture.verify.lingering import Lingering
from gdlecture.verify.lists import wrong_lists, wrong_sums
from gdlecture.verify.measured import wrong_marks
from gdlecture.verify.methods import wrong_methods
from gdlecture.verify.names import misnamed
from gdlecture.verify.nets import iterates_of_maps, misnamed_inputs
from gdlecture.verify.on_the_way import head_elsewhere, iterate_apart, reading_elsewhere
from gdlecture.verify.panes import wrong_panes
from gdlecture.verify.places import words_elsewhere
from gdlecture.verify.plane import check_shape
from gdlecture.verify.points import wrong_points
from gdlecture.verify.record import Record
from gdlecture.verify.reverse import Stray, account
from gdlecture.verify.sayings import check_functions, check_saying, check_sign
from gdlecture.verify.scenery import UNMEASURED, around, misplaced_scenery, strange_scenery
from gdlecture.verify.shapes import ClaimError
from gdlecture.verify.sighting import Sighting, frames_of, look_for
from gdlecture.verify.slopes import wrong_slopes
from gdlecture.verify.source import FactError
from gdlecture.verify.space import check_space
from gdlecture.verify.space_axes import check_axis_word
from gdlecture.verify.standing import Cast, Standing, disc, foreign_to
from gdlecture.verify.strides import wrong_strides
from gdlecture.verify.tables import wrong_tables
from gdlecture.verify.text import check_word, prepare
from gdlecture.verify.ties import disagreements, early_ends, facts_in, unsaid
from gdlecture.verify.tones import (
    wrong_basins,
    wrong_bends,
    wrong_sayings,
    wrong_scales,
    wrong_tones,
)
from gdlecture.verify.watch import Pose
from gdlecture.verify.words import check_words

EVERY = 4
"""Of so many frames one is watched: what changes for longer is seen."""

LET_GO = 2
"""Frames for which a dot that has just claimed its iterate still is one."""

BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What broken claims raise."""

SAME = 1e-9
"""Relative: a stated number is the one taken again. Sums of other orders differ by less."""

PALE = 0.2
"""Words paler than this are hardly seen, and not to be read."""

FADED = 0.2
"""Which share of a line in motion may be missing, or off, in one picture."""

LINES = {"curve", "line", "segment", "polyline", "hop", "way", "point", "level"}

STEADY = {"word", "curve", "polyline", "axes", "map", "level", "surface"}
"""Kinds large enough to be seen whatever moves over them: watched while things move, too."""


@dataclass(frozen=True)
class Failure:
    """A claim that is not so, or ink that no claim accounts for: what was expected and found.

    `frame` is the index of the picture that shows it, `box` (left, top, right, bottom; px) where,
    `standing` the claim as it was placed; each is None where there is none.
    """

    text: str
    frame: int | None = None
    box: tuple[float, float, float, float] | None = None
    standing: Standing | None = None

    def __str__(self) -> str:
        return self.text


@dataclass
class Proof:
    """What became of a clip's claims.

    Of each kind: how many there are, how many were never seen, and the largest error (px).
    `accounted` is the share of ink that claims account for, in the pictures in which all stood.
    """

    failures: list[Failure] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    errors: dict[str, float] = field(default_factory=dict)
    accounted: float = float("nan")
    strays: list[Stray] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)


class Prover:
    """Proves the claims of one clip in one pass through its video."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence, self.record = evidence, Record(evidence)
        self.cast = Cast(evidence, self.record)
        self.proof = Proof()
        self._ink, self._claimed = 0, 0
        self._pose: Pose | None = None
        self._is_another = False
        self._together: set[object] = set()
        self.ledger = Ledger(self.cast)
        self.lingering = Lingering(self.cast, self.ledger)

    def prove(self, video: Path) -> Proof:
        """Look for every claim, and hold all ink against them.

        Raises:
            MediaError: the video cannot be decoded.
        """
        prepare(one.claim for one in self.cast.all if one.kind == "word")
        if self.evidence.strip is None:
            told = "strip: expected the film in small, found none: render the clip again"
            self.proof.failures.append(Failure(told))
        self._place_all()
        due, marks = self._due()
        pauses = self.cast.pauses()
        for index, frame in enumerate(all_frames(video)):
            picture = Picture(frame, index)
            if index == 0:
                wrong = wrong_ground(self.evidence, ground_of(picture))
                self.proof.failures += [Failure(line, index) for line in wrong]
            if index in due:
                self._look_at(picture, due[index])
            if index in marks:
                self._sight(picture, marks[index])
            if index in pauses:
                self._hold_against(picture)
            self._compare(picture)
            self.proof.strays += self.lingering.strays(picture)
            if index % EVERY == 0:
                self._watch(picture)
                self._hold_what_stirs(picture)
        self._conclude()
        return self.proof

    # Before the pictures

    def _due(self) -> tuple[dict[int, list[Standing]], dict[int, list[Mark]]]:
        """Which claims and which dots are to be looked for, by the index of the picture."""
        due: dict[int, list[Standing]] = defaultdict(list)
        for one in self.cast.all:
            for index in self.cast.frames_for(one):
                due[index].append(one)
        marks: dict[int, list[Mark]] = defaultdict(list)
        for mark in self.evidence.marks:
            for index in frames_of(mark, self.evidence.fps) if mark.on_screen else ():
                marks[index].append(mark)
        return due, marks

    def _place_all(self) -> None:
        for one in self.cast.all:
            if one.kind == "axes":
                self._try(one, self.cast.read_scale)
        for one in self.cast.all:
            self._try(one, self.cast.place)
            self._try(one, self._retake)
            self._try(one, self._judge)
            if one.kind in self._hearings:
                self._try(one, self._hearings[one.kind])
        self._hear_all()
        for mark in self.evidence.marks:
            self._find(mark)

    @property
    def _hearings(self) -> dict[str, Callable[[Standing], None]]:
        """What is asked of a claim of a kind before the pictures are looked at."""
        return {
            "axes": self._read,
            "word": self._hear,
            "scenery": self._recognise,
            "point": self._recognise,
            "tip": self._follow,
            "region": self._read_out,
        }

    def _read(self, one: Standing) -> None:
        words = (other.claim for other in self.cast.beside(one, "word"))
        self._fail(one, check_axes(one.claim, words))

    def _hear_all(self) -> None:
        """Hold what is said against the record, and what is pictured against what is said."""
        try:
            claims = [one.claim for one in self.cast.all]
            strange = [
                *check_functions(claims, self.record), *wrong_scales(claims, self.record),
                *wrong_basins(claims), *wrong_strides(self.evidence, self.record),
            ]  # fmt: skip
        except FactError as error:
            strange = [str(error)]
        self.proof.failures += [Failure(failure) for failure in strange]
        said = [line for beat in self.evidence.beats for line in check_words(beat, self.record)]
        said += check_said(self.evidence, self.record)
        said += [*unsaid(self.evidence), *wrong_sayings(self.evidence)]
        said += [*wrong_counts(self.evidence), *unpictured_choices(self.evidence)]
        said += [*wrong_crowds(self.evidence), *wrong_sums(self.evidence)]
        self.proof.failures += [Failure(line) for line in said]
        for at, left, top, right, bottom in self.evidence.silent:
            told = "expected all that moves to say what it is, found ink that does not"
            frame = round(at * self.evidence.fps)
            self.proof.failures.append(Failure(told, frame, (left, top, right, bottom)))

    def _find(self, mark: Mark) -> None:
        """See that the evidence has a dot where the scale says that its iterate is."""
        name, limit = mark_name(mark), tolerance(self.evidence.stature)
        try:
            expected = self.cast.expected_pixel(mark)
        except (ClaimError, FactError) as error:
            if mark.on_screen:
                self.proof.failures.append(Failure(f"{name}: {error}"))
            return
        off = float(np.hypot(*(expected - mark.pixel)))
        if mark.on_screen and not off <= limit:
            x, y = expected
            told = f"expected it at ({x:.1f}, {y:.1f}) ± {limit:.2f} px by the scale"
            self.proof.failures.append(Failure(f"{name}: {told}, found it {off:.1f} px off"))

    def _recognise(self, one: Standing) -> None:
        strange = strange_scenery(one.claim) if one.kind == "scenery" else ""
        told = (check_sign(one.claim, self.record), strange)
        self._fail(one, filter(None, told))

    def _judge(self, one: Standing) -> None:
        """Hold what a claim has chosen, and the meaning of its colours."""
        hold_choices(one.claim, self.record)
        self._fail(one, wrong_tones(one.claim, self.record))

    def _retake(self, one: Standing) -> None:
        """Compare every number that a claim states with the one taken again."""
        for fact in facts_in(one.claim.told):
            stated = fact.get("value")
            if not isinstance(stated, int | float | str):
                continue
            if isinstance(stated, str):
                true = self.record.retake(fact)
                if true != stated and stated not in {"inf", "-inf", "nan"}:
                    self._fail(one, [f"expected {fact['what']} {true}, found {stated}"])
                continue
            true = self.record.value(fact)
            if not (
                abs(true - stated) <= SAME * max(abs(true), abs(stated), 1e-6) or true == stated
            ):
                self._fail(one, [f"expected {fact['what']} {true!r}, found {stated!r}"])

    def _hear(self, one: Standing) -> None:
        index = self.cast.frames_for(one)[-1]
        standing = [other.claim for other in self.cast.standing(index)]
        sayings = check_saying(one.claim, standing, self.record)
        self._fail(one, filter(None, sayings), index)
        self._read_out(one)
        if one.claim.what in {"tick", "axis"} and one.claim.scale is not None:
            scales = self.cast.scales_at(index)
            self._fail(one, check_axis_word(one.claim, scales, standing, self.record), index)

    def _read_out(self, one: Standing) -> None:
        if one.is_glimpse:
            standing = [other.claim for other in self.cast.standing(one.first)]
            told = (
                reading_elsewhere(one.claim, standing, self.record),
                iterate_apart(one.claim, standing),
            )
            self._fail(one, filter(None, told), one.first)

    def _follow(self, one: Standing) -> None:
        standing = [other.claim for other in self.cast.standing(one.first)]
        limit = tolerance(self.evidence.stature)
        self._fail(one, filter(None, [head_elsewhere(one.claim, standing, limit)]), one.first)

    def _try(self, one: Standing, do: Callable[[Standing], None]) -> None:
        try:
            do(one)
        except (ClaimError, FactError, ScaleError) as error:
            self._fail(one, [str(error)])
        except BROKEN as error:
            kind = type(error).__name__
            self._fail(one, [f"expected a whole claim, found {kind}: {error}"])

    # In a picture

    def _look_at(self, picture: Picture, due: Iterable[Standing]) -> None:
        index, ink = picture.index, self.cast.ink_at(picture.index)
        for one in due:
            try:
                seen = self._look(one, picture, ink)
            except (FactError, *BROKEN) as error:
                seen = Seen(f"expected a whole claim, found {type(error).__name__}: {error}")
            one.found.append((index, self.cast.is_sure(one, index), seen))
            if one.watched and seen.looked and not seen.failure and one.watched.levels is None:
                one.watched.keep(picture.stored_luma)

    def _look(self, one: Standing, picture: Picture, ink: NDArray[np.uint8]) -> Seen:
        claim, standing = one.claim, [other.claim for other in self.cast.standing(picture.index)]
        if one.kind == "word":
            pale = float(claim.told.get("opacity", 1.0)) < PALE
            if pale:
                return Seen(looked=False)
            return check_word(claim, picture, self.record, standing)
        if self.cast.is_in_space(one):
            scales = self.cast.scales_at(picture.index)
            if claim.scale not in scales and self.cast.is_still(picture.index):
                return Seen(f"expected a view of its space, {claim.scale}, found none")
            if self.cast.is_passed(one, picture.index):
                return Seen(looked=False)
            return check_space(claim, picture, scales, standing, self.record)
        return self._look_in_plane(one, picture, ink)

    def _look_in_plane(self, one: Standing, picture: Picture, ink: NDArray[np.uint8]) -> Seen:
        claim, foreign = one.claim, self.cast.others(one, ink)
        if one.kind == "axes":
            return check_marks(claim, picture, foreign)
        if one.kind in {"map", "level"}:
            foreign |= self.cast.halos_at(picture.index)
        if one.kind == "map":
            return self._look_at_map(one, picture, foreign)
        if one.kind == "level":
            return check_levels(claim, picture, self.cast.axes(one), self.record, foreign)
        if one.shape is None or one.claim.what in UNMEASURED:
            return Seen(looked=False)
        halos = self.cast.halos_beside(one, picture.index)
        unlike = self.cast.unlike(one, picture.index)
        return check_shape(one.shape, picture, foreign | halos, unlike | halos)

    def _look_at_map(self, one: Standing, picture: Picture, foreign: NDArray[np.bool_]) -> Seen:
        lines = foreign | self._lines_at(picture.index)
        return check_map(one.claim, picture, self.cast.axes(one), self.record, lines)

    def _lines_at(self, index: int) -> NDArray[np.bool_]:
        """Where level lines are in a frame."""
        mask = np.zeros(self.cast.size, dtype=bool)
        for one in self.cast.standing(index):
            if one.kind == "level" and one.patch:
                mask[one.patch.window] |= one.patch.mask
        return mask

    def _sight(self, picture: Picture, marks: Iterable[Mark]) -> None:
        ink = self.cast.ink_at(picture.index)
        for mark in marks:
            foreign = foreign_to(disc(mark, self.cast.size), ink)
            self.proof.sightings.append(look_for(mark, picture.rgb, picture.index, foreign))

    def _compare(self, picture: Picture) -> None:
        """Hold a picture against the one that was drawn; what is wrong is told once a stretch."""
        strip = self.evidence.strip
        if strip is None or picture.index % strip.every:
            return
        wrong = strip.wrong(picture)
        if wrong and not self._is_another:
            told, box = wrong
            at = picture.index / self.evidence.fps
            self.proof.failures.append(Failure(f"{at:.2f} s: {told}", picture.index, box))
        self._is_another = wrong is not None

    def _watch(self, picture: Picture) -> None:
        """Look again at what has changed since it was proved."""
        index, luma = picture.index, picture.stored_luma
        still = self.cast.is_still(index)
        changed = [
            one
            for one in self.cast.standing(index)
            if one.watched and (still or one.kind in STEADY) and one.watched.has_changed(luma)
        ]
        if changed:
            self._look_at(picture, changed)

    def _hold_what_stirs(self, picture: Picture) -> None:
        """Hold pictures in which all must stand, and which are not alike, against the claims."""
        stretch = self.cast.stretch_of(picture.index)
        before, now = self._pose, Pose(picture, stretch) if stretch else None
        self._pose = now
        if now and before and before.differs(now):
            self._hold_against(before.picture, sudden=True)
            if self._hold_against(picture, sudden=True):
                self._pose = before  # what came must not pass for what was there

    def _hold_against(self, picture: Picture, *, sudden: bool = False) -> bool:
        """Hold all ink of a picture against the claims; whether there is some without any."""
        found = account(picture, self.ledger.claimed(picture))
        self._ink, self._claimed = self._ink + found.ink, self._claimed + found.claimed
        self.proof.strays += [replace(stray, sudden=sudden) for stray in found.strays]

        self._hold_together(picture.index, ground_of(picture))
        return bool(found.strays)

    def _hold_together(self, index: int, ground: NDArray[np.float64]) -> None:
        """Hold what stands in a frame against each other, once for frames in which that is so."""
        marks = (tuple(map(id, self.cast.marks_at(index - k))) for k in range(LET_GO + 1))
        standing = tuple(map(id, self.cast.standing(index)))
        together = (standing, tuple(marks), tuple(ground.tolist()))
        if together in self._together:
            return
        self._together.add(together)
        known = {failure.text for failure in self.proof.failures}
        for told in self.disagreements(index, ground):
            if told and told not in known:
                self.proof.failures.append(Failure(told, index))

    def disagreements(self, index: int, ground: NDArray[np.float64]) -> Iterator[str]:
        """What does not agree of what stands in a frame, whose ground has a colour 0…255."""
        claims = [one.claim for one in self.cast.standing(index)]
        dots, colours = self.cast.dots_at(index), self.cast.dot_colours_at(index)
        for name, k in iterates_of_maps(claims):
            dots[name].add(k)
        yield from disagreements(claims, dots, colours, self.cast.spots_at(index))
        # A dot may be let go a little before it is gone.
        marks = [mark for k in range(LET_GO + 1) for mark in self.cast.marks_at(index - k)]
        height = self.evidence.stature
        try:
            yield from misplaced_scenery(around(claims, marks, ground, height, self.record))
            yield from misnamed(claims, self.cast.marks_at(index), self.cast, self.record)
            yield from words_elsewhere(claims, self.cast.marks_at(index), self.cast, self.record)
            yield from wrong_methods(claims, self.cast.marks_at(index), self.record)
            yield from misnamed_inputs(claims)
            yield from wrong_heads(claims, self.record)
            yield from wrong_panes(claims, self.record)
            yield from wrong_slopes(claims, self.record)
            yield from wrong_marks(claims, self.record)
            yield from wrong_points(claims, self.record)
            yield from wrong_lists(claims, self.cast.marks_at(index), self.record)
            yield from wrong_tables(claims, self.cast.marks_at(index), self.record)
            yield from misnamed_charts(claims, self.record)
            yield from wrong_lengths(claims)
            yield from wrong_bends(claims, self.record)
            yield from forgotten(claims, self.record)
            yield from early_ends(claims, dots, self.record)
        except (FactError, *BROKEN) as error:
            yield f"frame {index}: expected whole claims, found {type(error).__name__}: {error}"

    # After them

    def _conclude(self) -> None:
        for one in self.cast.all:
            self.proof.counts[one.kind] += 1
            if not any(seen.looked for *_, seen in one.found):
                self.proof.unseen[one.kind] += 1
                continue
            failed = [(index, seen) for index, seen in one.counted if seen.failure]
            if one.is_glimpse and one.kind in LINES:
                most = ON_ITS_WAY * tolerance(self.evidence.stature)
                # What fades may still lie over a part of what moves.
                failed = [
                    (index, seen)
                    for index, seen in failed
                    if not (seen.error <= most or seen.missing <= FADED)
                ]
            for index, seen in failed[:1]:
                self._fail(one, [seen.failure], index)
            errors = [] if one.is_glimpse else [seen.error for _, seen in one.counted]
            errors = [error for error in errors if np.isfinite(error)]
            worst = max([self.proof.errors.get(one.kind, 0.0), *errors])
            self.proof.errors[one.kind] = worst
        if self._ink:
            self.proof.accounted = self._claimed / self._ink

    def _fail(self, one: Standing, failures: Iterable[str], frame: int | None = None) -> None:
        box = None
        if one.patch:
            rows, columns = one.patch.window
            box = (columns.start, rows.start, columns.stop, rows.stop)
        for failure in failures:
            said = failure.removeprefix(f"{one.claim.name}: ")
            self.proof.failures.append(Failure(f"{one.claim.name}: {said}", frame, box, one))
