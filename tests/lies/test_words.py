"""Lies in texts: readouts, formulas, verdicts, captions, and numbers in the wrong place."""

from dataclasses import replace

import manim as mn
import pytest
from ways_of_lying import arguments, replaced, result

from gdstage.look.text import Typeset


def drawn_as(typeset, other):
    """A text whose glyphs are those of another one."""
    shown = Typeset(other, size=48, colour=typeset.submobjects[0].get_fill_color().to_hex())
    for text in (shown, typeset):
        text.shift(-text.get_corner(mn.DL))
    typeset.submobjects = shown.scale(typeset.em / shown.em, about_point=mn.ORIGIN).submobjects
    return typeset


# --- numbers -------------------------------------------------------------------------------


def next_digit(shown):
    """The last digit is another one."""
    if not shown.mantissa[-1].isdigit() or shown.relation == "=":
        return shown
    return replace(shown, mantissa=shown.mantissa[:-1] + str((int(shown.mantissa[-1]) + 1) % 10))


def unrounded(shown):
    return replace(shown, relation="=")


def as_exact(characters):
    return [("=" if c == "≈" else c, raised) for c, raised in characters]


def without_minus(characters):
    return [(c, raised) for c, raised in characters if c != "−"]


def with_a_third_digit(characters):
    """The third digit after the point is drawn as another one."""
    point = next((i for i, (c, _) in enumerate(characters) if c == "."), len(characters))
    if len(characters) <= point + 3:
        return characters
    digit, raised = characters[point + 3]
    characters[point + 3] = (str((int(digit) + 3) % 10), raised)
    return characters


def without_power(characters):
    return [(c, raised) for c, raised in characters if not raised]


def of_the_iterate_before(figure, walk, k):
    return figure, walk, max(k - 1, 0)


def glyphs_of_the_iterate_before(instead):
    """The facts are those of now, the digits those of before."""

    def make(original):
        def write(readout, value, beside=""):
            before = getattr(readout, "before", value)
            readout.before = value
            original(readout, before, beside)
            points = [slot.points.copy() for slot in readout.submobjects]
            original(readout, value, beside)
            for slot, was in zip(readout.submobjects, points, strict=True):
                slot.set_points(was)
            return readout

        return write

    instead("gdstage.look.readout:Readout.write", make)


def doubled(fact):
    return replace(fact, value=2 * fact.value)


def doubled_glyphs(shown):
    return replace(shown, mantissa=f"{2 * float(shown.mantissa):g}")


def rows_swapped(instead):
    """The value stands where the slope belongs, and the other way round."""

    def make(original):
        def initialise(panel, *args, **kwargs):
            original(panel, *args, **kwargs)
            one, other = panel.numbers[-2:]
            one._place, other._place = other._place, one._place

        return initialise

    instead("gdstage.walks.readouts:GraphPanel.__init__", make)


def value_in_every_row(instead):
    instead(
        "gdstage.walks.readouts:WalkFacts.slope",
        lambda _: lambda facts, k, axis=0: facts.value(k + axis),
    )


def left_as_it_was(instead):
    """The numbers stay those of the start."""
    instead(
        "gdstage.walks.stepping:_Steps.__init__",
        lambda original: lambda steps, figure, moments, _: original(steps, figure, moments, None),
    )


NUMBERS = {
    "the last digit is another": (
        "Valley", result("gdstage.look.readout:shown", next_digit), "word “number”"),
    "a digit is drawn as another": (
        "Valley", result("gdstage.look.readout:_characters", with_a_third_digit), "glyph"),
    "≈ is turned into =": (
        "Valley", result("gdstage.look.readout:shown", unrounded), "word “number”"),
    "≈ is drawn as =": (
        "Valley", result("gdstage.look.readout:_characters", as_exact), "glyph"),
    "the minus is dropped": (
        "Hills", result("gdstage.look.readout:_characters", without_minus), "word “number”"),
    "the numbers are of the iterate before": (
        "Valley", arguments("gdstage.walks.readouts:Readouts.read", of_the_iterate_before),
        "word “number”"),
    "the digits are of the iterate before": (
        "Valley", glyphs_of_the_iterate_before, "word “number”"),
    "the numbers are never read out": ("Valley", left_as_it_was, "word “number”"),
    "α is doubled": (
        "Valley", result("gdstage.walks.readouts:WalkFacts.rate", doubled), "expected rate"),
    "α is written doubled": (
        "Valley", result("gdstage.look.readout:as_chosen", doubled_glyphs), "expected rate"),
    "a number stands in the row of another": ("Valley", rows_swapped, "word “number”"),
    "the value is in the slope’s row": ("Valley", value_in_every_row, "word “number”"),
    "x is read out as y": (
        "Hills",
        arguments("gdstage.walks.readouts:WalkFacts.coordinate", lambda f, k, _: (f, k, 0)),
        "word “number”"),
    "−f is read out": (
        "Hills",
        result("gdstage.walks.readouts:WalkFacts.value", lambda f: replace(f, value=-f.value)),
        "expected value"),
    "the bound under the gauge is another": (
        "Gauge", arguments("gdstage.walks.gauges:number", lambda value, n: (value * 1.1, n)),
        "word “number”"),
    "the highest rate that arrives is rounded up": (
        "Gauge", result("gdstage.walks.gauges:floored", lambda most: most + most.scaleb(-3)),
        "word “number”"),
    "the iterate without a value has another x": (
        "Leap", arguments("gdstage.walks.graph_walk:number", lambda x, n: (x + 0.01, n)),
        "word “number”"),
    "a pointer tells another height": (
        "Twice", arguments("gdstage.walks.graph_walk:number", lambda x, n: (10 * x, n)),
        "word “number”"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(caught, clip, lie, expected):
    caught(clip, lie, expected)


# --- formulas and labels -------------------------------------------------------------------


def drawn_otherwise(where, old, new):
    """A formula that says one thing, and is drawn as another."""

    def lie(instead):
        def make(original):
            def set_text(code, **style):
                text = original(code, **style)
                if old in code:
                    drawn_as(text, text.code.replace(old, new))
                return text

            return set_text

        instead(where, make)

    return lie


def said_otherwise(where, old, new):
    return arguments(where, lambda code, *rest: (code.replace(old, new), *rest))


FORMULAS = {
    "the function has another sign": (
        "Valley", result("gdstage.walks.descent_clip:typst", lambda c: c.replace("-", "+")),
        "word “formula”"),
    "the function is another": (
        "Hills", result("gdstage.walks.room_clip:typst", lambda c: c.replace("sin", "cos")),
        "word “formula”"),
    "the function is drawn with another power": (
        "Twice", drawn_otherwise("gdstage.look.fitting:math", "^(2)", "^(3)"), "word “formula”"),
    "the rule has a plus": (
        "Valley", said_otherwise("gdstage.walks.readouts:math", "x_(k-1) -", "x_(k-1) +"),
        "word"),
    "the rule is drawn with a plus": (
        "Valley", drawn_otherwise("gdstage.walks.readouts:math", " - ", " + "), "found '+'"),
    "the rule is drawn with ±": (
        "Valley", drawn_otherwise("gdstage.walks.readouts:math", " - ", " plus.minus "),
        "found '±'"),
    "the function is drawn with a plus": (
        "Valley", drawn_otherwise("gdstage.look.fitting:math", " - ", " + "), "found '+'"),
    "x_k is labelled y_k": (
        "Valley", said_otherwise("gdstage.walks.readouts:math", "x_k", "y_k"), "word"),
    "f is labelled f′": (
        "Valley", said_otherwise("gdstage.walks.readouts:math", "f(x_k)", "f'(x_k)"), "word"),
    "a tick is drawn as another number": (
        "Valley", drawn_otherwise("gdstage.plane.axes:formula", "−1", "−4"), "word “tick”"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), FORMULAS.values(), ids=FORMULAS)
def test_formulas(caught, clip, lie, expected):
    caught(clip, lie, expected)


def cell(number, told):
    """Another number in a cell of the table, where this one would stand."""

    def change(shown):
        return replace(shown, mantissa=told) if shown.mantissa == number else shown

    return result("gdstage.props.tangent_plane:shown", change)


LABELS = {
    "a cell of a table has another number": ("Gaps", cell("0.16", "0.18"), "expected gap"),
    "a cell says how many times less": ("Gaps", cell("4", "5"), "expected ratio"),
    "the distance in a row is another": ("Gaps", cell("0.4", "0.6"), "expected given 0.4"),
    "an equation beside the picture has another power": (
        "Gaps", said_otherwise("gdstage.props.tangent_plane:math", "h^(2)", "h^(3)"), "h^(3)"),
    "a label is a number that nobody proves": (
        "Gaps", said_otherwise("gdstage.props.tangent_plane:math", "f - L", "f - 0.1"), "label"),
    "a table’s cells call themselves labels": (
        "Gaps", arguments("gdstage.props.tangent_plane:word", lambda _, *__: ("label",)),
        "expected what can be proved"),
    "a name says a verdict": (
        "Valley", said_otherwise("gdstage.look.text:in_math", "x_k", '"it arrives"'), "arrives"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), LABELS.values(), ids=LABELS)
def test_labels(caught, clip, lie, expected):
    caught(clip, lie, expected)


# --- verdicts ------------------------------------------------------------------------------


def other_fate(**parts):
    return result("gdstage.walks.badge:fate_of", lambda fate: replace(fate, **parts))


def of_the_first_walk(instead):
    def make(original):
        return lambda clip, _: original(clip, next(iter(clip.evidence.walks.values())))

    instead("gdstage.walks.walk_clip:WalkClip.badge_of", make)


VERDICTS = {
    "it is said to have converged": (
        "Valley", other_fate(words="converged at step 3"), "converged at step 3"),
    "it is said to have taken other steps": (
        "Valley", other_fate(words="4 steps spent, not there yet"), "4 steps spent"),
    "it is said to move away": (
        "Valley", other_fate(words="3 steps spent, moving away"), "moving away"),
    "it is said to have left the domain later": (
        "Leap", other_fate(words="left the domain at step 2"), "at step 2"),
    "the verdict is another walk’s": ("Twice", of_the_first_walk, "diverged by step 2"),
    "the verdict’s sign is a tick": ("Valley", other_fate(sign="tick"), "sign"),
    "the verdict’s sign is another end’s own": ("Valley", other_fate(sign="wave"), "found wave"),
    "the verdict has the colour of arrival": ("Valley", other_fate(tone="minimum"), "expected"),
    "a board gives another fate": (
        "Race",
        result("gdstage.walks.board:fate_of", lambda f: replace(f, words="converged at step 9")),
        "converged at step 9"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), VERDICTS.values(), ids=VERDICTS)
def test_verdicts(caught, clip, lie, expected):
    caught(clip, lie, expected)


# --- titles and captions -------------------------------------------------------------------


def caption_drawn(old, new):
    """The caption in the picture is not the one in the evidence and the subtitles."""

    def lie(instead):
        def make(original):
            return lambda clip, text: original(clip, text.replace(old, new))

        instead("gdstage.clip:Clip._set_caption", make)

    return lie


def title_drawn(instead):
    def make(original):
        def set_words(text, **style):
            shown = "arrived" if text == "not there yet" else text
            return original(shown, **style)

        return set_words

    instead("gdstage.clip:words", make)


def spoken(name, change):
    """A lie of what a fact is put as, in evidence, subtitles and picture."""

    def lie(instead):
        def make(original):
            def say(facts, *args):
                return change(original(facts, *args))

            return say

        instead(f"gdstage.facts:Facts.{name}", make)

    return lie


def told_of(name, other):
    """A fact of another walk, truly put."""
    return arguments(
        f"gdstage.facts:Facts.{name}",
        lambda facts, walk, *rest: (facts, other.get(walk, walk), *rest),
    )


def leaps(instead, index="₁", k=-1, said="has no value"):
    """The caption of the leap: an index, an iterate, how it ends."""

    def make(original):
        def beat(clip, title, _):
            clip.facts.told.clear()
            facts, of = clip.facts, clip.facts.of("leap")
            told = facts.say(of.count("₀₁₂".index(index)), index)
            number, end = facts.coordinate("leap", k, 3), facts.fate("leap", said)
            return original(clip, title, f"It leaps to x{told} ≈ {number}, where f {end}.")

        return beat

    instead("gdstage.clip:Clip.beat", make)


def of_iterate(name, k):
    """A fact of another iterate of that walk, truly put."""
    return arguments(
        f"gdstage.facts:Facts.{name}", lambda facts, walk, _, *rest: (facts, walk, k, *rest)
    )


def added(sentence):
    """A sentence that the caption says too, in evidence, subtitles and picture."""
    return arguments(
        "gdstage.clip:Clip.beat", lambda clip, title, text: (clip, title, f"{text} {sentence}")
    )


def marked(text):
    """The lecture's mark is another text."""
    return arguments("gdstage.clip:draw_mark", lambda _, theme: (text, theme))


def mark_drawn(text):
    """The mark in the picture is not the one in the evidence."""

    def draw(original, told, **style):
        drawn, true = original(text, **style), original(told, **style)
        drawn.source, drawn.code = true.source, true.code
        return drawn

    return replaced("gdstage.look.mark:words", draw)


CAPTIONS = {
    "the mark in the corner is a verdict": ("Told", marked("It diverges"), "“diverges”"),
    "the mark in the corner compares": ("Told", marked("The fastest"), "“fastest”"),
    "the mark in the corner has an equation": ("Told", marked("min f = 2"), "word “mark”"),
    "the mark in the picture is another": ("Told", mark_drawn("Week 2"), "word “mark”"),
    "the caption compares what no fact does": (
        "Told", added("The lighter, the longer it takes."), "“lighter”"),
    "the caption asks why what is not so": (
        "Told", added("Why do 3 steps find the minimum?"), "“find the minimum”"),
    "the caption says that it finds what it does not": (
        "Told", added("They find its minimum."), "“find its minimum”"),
    "the caption speaks of all": ("Told", added("It does so from each start."), "“each”"),
    "the caption says which way": ("Told", added("Then f climbs."), "“climbs”"),
    "the caption gives a colour": ("Told", added("Steps are blue."), "“blue”"),
    "the caption has the number of another iterate": (
        "Told", of_iterate("coordinate", 1), "expected it after 3 steps, found k = 1"),
    "the caption has the number of the start": (
        "Told", of_iterate("coordinate", 0), "expected it after 3 steps, found k = 0"),
    "the caption has x₀ where x₁ is meant": (
        "Leap", lambda instead: leaps(instead, index="₀"), "x₀: expected 1.6"),
    "the caption has the number of x₀ behind x₁": (
        "Leap", lambda instead: leaps(instead, k=0), "x₁: expected"),
    "a digit of the caption is drawn otherwise": (
        "Told", caption_drawn("0.1", "0.7"), "expected the caption"),
    "the caption has another number": (
        "Told", spoken("coordinate", lambda said: said[:-1] + "3"), "“0.7853”"),
    "the caption has the right number of another walk": (
        "Twice", told_of("coordinate", {"out": "in"}), "beat"),
    "the caption has another walk’s rate": ("Twice", told_of("rate", {"out": "in"}), "beat"),
    "the caption counts other steps": ("Told", spoken("steps", lambda _: "4"), "“4”"),
    "the title says that it arrives": (
        "Told", spoken("fate", lambda _: "it arrives"), "“it arrives”"),
    "the title in the picture says that it arrives": ("Told", title_drawn, "expected the title"),
    "the caption says = of what is rounded": (
        "Told", arguments(
            "gdstage.clip:Clip.beat",
            lambda clip, title, text: (clip, title, text.replace("≈", "="))), "found “= "),
    "the caption says of the walk what is of no one": (
        "Told", arguments(
            "gdstage.clip:Clip.beat",
            lambda clip, title, text: (clip, title, text + " It never settles.")),
        "“never settles”"),
    "the caption has a number of no fact": (
        "Told", arguments(
            "gdstage.clip:Clip.beat",
            lambda clip, title, text: (clip, title, text + " So 9 more.")), "“9”"),
}  # fmt: skip


@pytest.mark.parametrize(("clip", "lie", "expected"), CAPTIONS.values(), ids=CAPTIONS)
def test_captions(caught, clip, lie, expected):
    caught(clip, lie, expected)


def test_a_plain_dot_and_a_false_sentence(film):
    failures = film("Plain")
    assert any("“it arrives”" in line for line in failures), failures
    assert any("expected a claim for what is at" in line for line in failures), failures
