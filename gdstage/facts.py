"""What a clip may say: facts, put into words, written down, and refused if they are not so.

A title's or a caption's numbers come from here, and so do its verdicts and its adjectives:
"faster", "at once", "below the bound". Each fact is kept with the beat whose words say it, in the
order of reading, for whoever checks them. It knows nothing of manim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gdstage.look.rounding import floored, shown
from gdstage.proof.ending_facts import EndFacts
from gdstage.proof.fact import WalkFacts, given
from gdstage.proof.field_facts import floored as rounded_down
from gdstage.proof.truths import dimension, slope_there, taught, unless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gdmath import ScalarField, Verdict
    from gdstage.proof.fact import Fact, Place
    from gdstage.proof.map_facts import SpotFacts

LOWERED = "[₀-₉]"
ALONE_AFTER, ALONE_BEFORE = r"[\w.−/]", r"(?:\w|\.\d|/\d|\u202f\d|[%…×⁻])"
"""What a word or a numeral is not part of: characters before it, and what comes after it."""

COUNTS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class StoryError(ValueError):
    """The story says what is not so; the message says what, and what is so."""


class Facts:
    """Facts about walks known by their names, and others; each that is asked for is `told`.

    What a method gives back is how the fact is put; it must stand so in the words of a beat.
    """

    def __init__(self, walks: Mapping[str, Any]) -> None:
        self.walks = walks
        self.told: list[Fact] = []
        self.required: list[Fact] = []
        self._unsaid: list[Fact] = []
        self._repeated: list[Fact] = []

    def say(self, fact: Fact, said: str) -> str:
        """Put a fact so."""
        self.told.append(fact.put(said))
        return said

    def collect(self, title: str, text: str, again: Sequence[Fact] = ()) -> list[Fact]:
        """What was told and is said in these words, in the order of reading.

        What is not said here waits for the beat that does; what was required of the clip holds for
        each beat that says it. Of two that are put alike, the first told is read first. These words
        may say `again` what others said.
        """
        words, used = f"{title}\n{text}", set[int]()
        found: list[tuple[int, Fact]] = []
        waiting: list[Fact] = []
        for is_new, fact in (*((False, it) for it in again), *((True, it) for it in self.told)):
            place = _place_of(fact.said, words, used if is_numeral(fact.said) else set())
            if place is None:
                if is_new:
                    waiting.append(fact)
                continue
            if not is_new:
                self._repeated.append(fact)
            if is_numeral(fact.said):
                used |= set(range(place, place + len(fact.said)))
            found.append((place, fact))
        for fact in self.required:
            place = _place_of(fact.said, words, set())
            if place is not None:
                found.append((place, fact))
                self._unsaid = [other for other in self._unsaid if other is not fact]
        self.told = waiting
        return [fact for _, fact in sorted(found, key=lambda each: each[0])]

    def check_all_said(self) -> None:
        """See that nothing was told or required that no beat says.

        Raises:
            StoryError: something was.
        """
        # What was told a second time, for words that say it again, has been said.
        told = [fact for fact in self.told if fact not in self._repeated]
        if unsaid := [*told, *self._unsaid]:
            said = ", ".join(f"“{fact.said}”" for fact in unsaid)
            raise StoryError(f"told, but said in no title, caption or phrase: {said}")

    # Numbers, as they are written

    def steps(self, name: str) -> str:
        """How many steps a walk took."""
        return self.whole(self.of(name).steps())

    def budget(self, name: str) -> str:
        """How many steps a walk was allowed."""
        return self.whole(self.end_of(name).budget())

    def rate(self, name: str) -> str:
        """A walk's learning rate, as it was chosen."""
        return self.chosen(self.of(name).rate())

    def coordinate(self, name: str, k: int, decimals: int, axis: int = 0) -> str:
        """A coordinate of iterate k, rounded; -1 is the last."""
        return self.number(self.of(name).coordinate(k, axis), decimals)

    def start(self, name: str, axis: int = 0) -> str:
        """A coordinate of a walk's start, as it was chosen."""
        return self.chosen(self.of(name).coordinate(0, axis))

    def start_point(self, name: str) -> str:
        """A walk's start in the plane, as it was chosen."""
        return f"({self.start(name)}, {self.start(name, 1)})"

    def index(self, name: str, k: int) -> str:
        """The number of an iterate as a subscript; -1 is the last."""
        k = k if k >= 0 else len(self.walks[name].points) + k
        return self.say(self.of(name).count(k), str(k).translate(SUBSCRIPTS))

    def value(self, name: str, k: int, decimals: int) -> str:
        """The field's value at iterate k, rounded."""
        return self.number(self.of(name).value(k), decimals)

    def slope(self, name: str, k: int, decimals: int, axis: int = 0) -> str:
        """The slope at iterate k along an axis, rounded."""
        return self.number(self.of(name).slope(k, axis), decimals)

    def length(self, name: str, k: int, decimals: int) -> str:
        """How far step k went, rounded."""
        return self.number(self.of(name).length(k), decimals)

    def number(self, fact: Fact, decimals: int) -> str:
        """A number, rounded."""
        return self.say(fact, str(shown(float(fact.value), decimals)))

    def chosen(self, fact: Fact) -> str:
        """A number that someone chose, in full."""
        return self.say(fact, f"{float(fact.value):g}".replace("-", "−"))

    def spot(self, spot: SpotFacts) -> str:
        """Where a stationary point of two variables is, in full."""
        return self.place(spot.on_map())

    def place(self, place: Place) -> str:
        """A place of the plane, in full."""
        return f"({', '.join(self.chosen(fact) for fact in place if fact)})"

    def level(self, spot: SpotFacts, said: str = "0", axis: int = 0) -> str:
        """The slope there, which is 0."""
        return self.say(slope_there(spot.field, spot.near, axis), said)

    def dimension(self, field: ScalarField) -> str:
        """How many variables a field has, as a word."""
        return self.spelled(dimension(field))

    def given(self, what: str, value: float) -> str:
        """A number that someone chose and that is no walk's."""
        return self.chosen(given(what, value))

    def whole(self, fact: Fact) -> str:
        """A count."""
        return self.say(fact, str(int(fact.value)))

    def spelled(self, fact: Fact, *, first: bool = False) -> str:
        """A count up to ten, as a word, perhaps the first of a sentence."""
        word = COUNTS[int(fact.value)]
        return self.say(fact, word.capitalize() if first else word)

    def either(self, truth: Fact, said: str, otherwise: str) -> str:
        """One thing if two numbers stand so to each other, another if not."""
        return self.say(truth, said) if truth.value else self.say(unless(truth), otherwise)

    def percent(self, fact: Fact, decimals: int = 0) -> str:
        """A share of 100, rounded."""
        return self.say(fact, f"{float(fact.value):.{decimals}f}%")

    def up_to(self, fact: Fact, decimals: int) -> str:
        """A number rounded down, for what holds of all numbers up to it."""
        down = floored(float(fact.value), decimals)
        return self.say(rounded_down(fact, decimals, float(down)), str(down))

    # Statements that are so or not

    def ends(self, name: str, verdict: Verdict) -> bool:
        """Whether a walk ends so."""
        return self.walks[name].verdict is verdict

    def fate(self, name: str, said: str) -> str:
        """A word for how a walk ends: "settles"."""
        return self.say(self.end_of(name).verdict(), said)

    def require(self, said: str, *truths: Fact) -> str:
        """See that something is so, and say it.

        Raises:
            StoryError: it is not.
        """
        for truth in truths:
            self.require_as(said, truth, True if isinstance(truth.value, bool) else truth.value)
        return said

    def require_as(self, said: str, fact: Fact, value: Any) -> str:
        """See that a fact is what the story needs, and say it.

        Raises:
            StoryError: it is something else.
        """
        if fact.value != value:
            raise StoryError(f"the story says “{said}”, and it is not so; choose other numbers")
        put = fact.put(said)
        self.required.append(put)
        self._unsaid.append(put)
        return said

    def teach(self, *utterances: str) -> None:
        """Say what is theory, or what to do: nobody proves it, so a clip says little of this."""
        for said in utterances:
            self.require(said, taught())

    # Of a walk

    def of(self, name: str) -> WalkFacts:
        """The facts of a walk's iterates."""
        return WalkFacts(self.walks[name])

    def end_of(self, name: str) -> EndFacts:
        """The facts of a walk's end."""
        return EndFacts(self.walks[name])


def is_numeral(said: str) -> bool:
    """Whether something is put as nothing but a numeral, in digits or as a word."""
    return said.lower() in {*COUNTS, "zero", "twice"} or not re.search(
        r"[^\W\d]|\s", said.replace("\u202f", "")
    )


def _place_of(said: str, words: str, used: set[int]) -> int | None:
    """Where something is said, as a whole, in places that are not yet used."""
    before, after = (LOWERED, LOWERED) if re.match(LOWERED, said) else (ALONE_AFTER, ALONE_BEFORE)
    for found in re.finditer(f"(?<!{before}){re.escape(said)}(?!{after})", words):
        if not used & set(range(*found.span())):
            return found.start()
    return None
