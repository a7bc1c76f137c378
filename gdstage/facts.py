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
from gdstage.proof.truths import along, crosses, unless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gdmath import Verdict
    from gdstage.proof.fact import Fact

LOWERED = "[₀-₉]"
ALONE_AFTER, ALONE_BEFORE = r"[\w.−/]", r"(?:\w|\.\d|/\d|\u202f\d|[%…×⁻])"
"""What a word or a numeral is not part of: characters before it, and what comes after it."""

COUNTS = "no one two three four five six seven eight nine ten".split()
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

    def say(self, fact: Fact, said: str) -> str:
        """Put a fact so."""
        self.told.append(fact.put(said))
        return said

    def collect(self, title: str, text: str) -> list[Fact]:
        """What was told and is said in these words, in the order of reading.

        What is not said here waits for the beat that does. Where two are put alike, the one that
        was told first is read first.
        """
        words, taken = f"{title}\n{text}", 0
        found: list[tuple[int, int, Fact]] = []
        waiting: list[Fact] = []
        used: set[int] = set()
        for fact in self.told:
            place = _place_of(fact.said, words, used if _is_number(fact) else set())
            if place is None:
                waiting.append(fact)
                continue
            used |= set(range(place, place + len(fact.said))) if _is_number(fact) else set()
            found.append((place, taken, fact))
            taken += 1
        self.told = waiting
        return [fact for _, _, fact in sorted(found, key=lambda each: each[:2])]

    def check_all_said(self) -> None:
        """See that nothing was required of the clip that none of its beats says.

        Raises:
            StoryError: something was.
        """
        if self.told:
            said = ", ".join(f"“{fact.said}”" for fact in self.told)
            raise StoryError(f"required, but said in no title or caption: {said}")

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

    def number(self, fact: Any, decimals: Any, old: int = 0) -> str:
        """A number, rounded."""
        if isinstance(fact, str):
            fact, decimals = given(fact, decimals), old
        return self.say(fact, str(shown(float(fact.value), decimals)))

    def chosen(self, fact: Fact) -> str:
        """A number that someone chose, in full."""
        return self.say(fact, f"{float(fact.value):g}".replace("-", "−"))

    def whole(self, fact: Fact) -> str:
        """A count."""
        return self.say(fact, str(int(fact.value)))

    def spelled(self, fact: Fact) -> str:
        """A count up to ten, as a word."""
        return self.say(fact, COUNTS[int(fact.value)])

    def either(self, truth: Fact, said: str, otherwise: str) -> str:
        """One thing if two numbers stand so to each other, another if not."""
        return self.say(truth, said) if truth.value else self.say(unless(truth), otherwise)

    def percent(self, fact: Fact, decimals: int = 0) -> str:
        """A share of 100, rounded."""
        return self.say(fact, f"{float(fact.value):.{decimals}f}%")

    def up_to(self, fact: Any, decimals: Any, old: int = 0) -> str:
        """A number rounded down, for what holds of all numbers up to it."""
        if isinstance(fact, str):
            fact, decimals = given(fact, decimals), old
        down = floored(float(fact.value), decimals)
        return self.say(rounded_down(fact, decimals, float(down)), str(down))

    # Statements that are so or not

    def ends(self, name: str, verdict: Verdict) -> bool:
        """Whether a walk ends so."""
        return self.walks[name].verdict is verdict

    def fate(self, name: str, said: str) -> str:
        """A word for how a walk ends: "settles"."""
        return self.say(self.end_of(name).verdict(), said)

    def require(self, said: str, *truths: Fact, holds: bool = True) -> str:
        """See that something is so, and say it.

        Raises:
            StoryError: it is not.
        """
        if not holds:
            raise StoryError(f"the story says “{said}”, and it is not so; choose other numbers")
        for truth in truths:
            self.say(truth, said)
            if truth.value is False:
                raise StoryError(f"the story says “{said}”, and it is not so; choose other numbers")
        return said

    # OLD, on its way out

    def faster(self, one: str, other: str) -> bool:
        return self.walks[one].stopped_at < self.walks[other].stopped_at

    def at_step(self, name: str, k: int) -> bool:
        return self.walks[name].stopped_at == k

    def crosses(self, name: str, place: float, axis: int = 0) -> bool:
        return crosses(self.walks[name], given("place", place), axis).value

    def shortens(self, name: str) -> bool:
        return along(self.walks[name], "length", "<").value

    def falls(self, name: str) -> bool:
        return along(self.walks[name], "value", "<").value

    def less(self, what: str, one: float, other: float) -> bool:
        return bool(one < other)

    # Of a walk

    def of(self, name: str) -> WalkFacts:
        """The facts of a walk's iterates."""
        return WalkFacts(self.walks[name])

    def end_of(self, name: str) -> EndFacts:
        """The facts of a walk's end."""
        return EndFacts(self.walks[name])


def _is_number(fact: Fact) -> bool:
    return not isinstance(fact.value, bool | str)


def _place_of(said: str, words: str, used: set[int]) -> int | None:
    """Where something is said, as a whole, in places that are not yet used."""
    before, after = (LOWERED, LOWERED) if re.match(LOWERED, said) else (ALONE_AFTER, ALONE_BEFORE)
    for found in re.finditer(f"(?<!{before}){re.escape(said)}(?!{after})", words):
        if not used & set(range(*found.span())):
            return found.start()
    return None
