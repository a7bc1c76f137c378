"""Texts are found where they are claimed, as they are claimed; what differs from them is not."""

import io
import random
from dataclasses import replace
from types import SimpleNamespace

import av
import manim as mn
import numpy as np
import pytest

from gdlecture.render.formats import WEBM_OPTIONS
from gdlecture.verify import typeset
from gdlecture.verify.claims import Claim, Picture
from gdlecture.verify.prose import says
from gdlecture.verify.record import Record
from gdlecture.verify.rows import check_agreement, check_beside, meaning
from gdlecture.verify.text import check_word, prepare, stencil_of
from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.look.prose import prose
from gdstage.look.readout import Readout
from gdstage.look.text import math, tint, words
from gdstage.look.theme import DARK, LIGHT
from gdstage.proof.fact import Fact, WalkFacts
from gdstage.proof.lens import Lens
from gdstage.proof.plain import json_ready
from gdstage.proof.statement import stated, word
from gdstage.proof.witness import Witness

WIDTHS = {480: 854, 720: 1280, 1080: 1920}
CODECS = {
    "h264": ("mp4", "libx264", {"crf": "21.5", "preset": "veryfast"}),
    "vp9": ("webm", "libvpx-vp9", WEBM_OPTIONS),
}
FRAMES = 8
WALK = descend(LOG_VALLEY, 1.6, step=gradient_step(0.1), steps=5)
FACTS = WalkFacts(WALK)


def drawn(mobjects, height, ground=DARK.ground):
    """The picture that manim draws, (height, width, 3)."""
    size = {"pixel_width": WIDTHS[height], "pixel_height": height, "frame_height": 8.0}
    with mn.tempconfig(size | {"frame_width": 8 * WIDTHS[height] / height}):
        camera = mn.Camera(background_color=ground)
        camera.capture_mobjects(mobjects)
        return camera.pixel_array[..., :3].copy()


def filmed(image, codec="h264"):
    """The last picture of a video that shows the image all along."""
    form, name, options = CODECS[codec]
    film = io.BytesIO()
    with av.open(film, "w", format=form) as container:
        stream = container.add_stream(name, rate=15, options=options)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt = "yuv420p"
        for _ in range(FRAMES):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    film.seek(0)
    with av.open(film) as container:
        *_, last = container.decode(video=0)
    return Picture(last, FRAMES - 1)


def claims_of(mobjects, height):
    """What the witness keeps of mobjects that stand still."""
    lens = Lens(WIDTHS[height], height, 15.0, height / 8)
    witness = Witness()
    witness.observe(mobjects, 0, 15, lens)
    told = json_ready(witness.records(lens, {"walk": WALK}))
    return [Claim(c["kind"], c["what"], c["t0"], c["t1"], c.get("in"), c) for c in told]


class Retaken(Record):
    """A record that has one walk."""

    def __init__(self):
        super().__init__(SimpleNamespace(walks={"walk": WALK}))

    def walk(self, of):
        return {"walk": WALK}[of]


def readout(fact, x=-2.0, y=1.0, colour=DARK.tangent, beside="", **how):
    return Readout(x, y, size=36, colour=colour, **how).write(fact, beside=beside)


def table(theme=DARK):
    """Texts of every kind, none on another."""
    ink = {"size": 36, "colour": theme.ink}
    return [
        words("converged at step 21", size=30, colour=theme.minimum).rest(-6.0, 3.0),
        words("The minimum of f″ is at x₁ ≈ −0.5671", **ink).rest(-6.0, 2.0),
        words("y = 0.25 is bold", bold=True, **ink).rest(3.0, 3.0),
        math(f"x_k = x_(k-1) - {tint('alpha', theme.iterate)} f'(x_(k-1))", **ink).rest(-6.0, 0.5),
        math("f(x) = frac(x^(2), 90) + sqrt(x)", size=36, colour=theme.function).rest(2.0, 0.5),
        readout(FACTS.value(1), -6.0, -1.0, theme.function),
        readout(FACTS.slope(2), -6.0, -2.0, theme.tangent),
        readout(FACTS.rate(), -2.0, -1.0, theme.iterate, chosen=True),
        readout(Fact("given", {"name": "h"}, -4.1234e-5), -2.0, -2.0, theme.iterate),
        readout(FACTS.count(3), 2.0, -1.0, theme.ink),
        words("0.5", size=24, colour=theme.label).rest(2.0, -2.0),
    ]


def verdicts(claims, picture):
    return [seen.failure for claim in claims if (seen := check_word(claim, picture, Retaken()))]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("height", WIDTHS)
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_what_stands_there_is_found(height, codec, theme):
    claims = claims_of(table(theme), height)
    picture = filmed(drawn(table(theme), height, theme.ground), codec)
    assert len(claims) == len(table())
    for claim in claims:
        seen = check_word(claim, picture, Retaken())
        assert (seen.failure, seen.looked) == ("", True)
        assert seen.error < 0.25


def with_text(number, source):
    """The same readout with other digits: what a lie in the drawing would show."""
    colour = number.get_fill_color().to_hex()
    return [math(source, size=36, colour=colour).rest(number.get_left()[0], 1.0)]


@pytest.mark.parametrize("codec", CODECS)
def test_any_wrong_digit_is_told(codec):
    number = readout(FACTS.value(1))
    (claim,) = claims_of([number], 480)
    true = claim.told["text"].split()[-1]
    assert true == "3.058368"
    places = range(len(true)) if codec == "h264" else range(len(true) - 1, len(true))
    for place in (i for i in places if true[i] != "."):
        for digit in "0123456789":
            lie = true[:place] + digit + true[place + 1 :]
            if lie != true:
                picture = filmed(drawn(with_text(number, f"approx {lie}"), 480), codec)
                told = check_word(claim, picture, Retaken()).failure
                assert told, lie
                assert f"glyph {place + 2} of 9: expected it, found '{digit}'" in told


@pytest.mark.parametrize(
    "lie",
    ["approx -3.058368", "= 3.058368", "approx 3.05836", "approx 3.058386", "approx 30.58368",
     "approx 3.058 times 10^(-5)"],
)  # fmt: skip
def test_a_number_written_otherwise_is_told(lie):
    number = readout(FACTS.value(1))
    (claim,) = claims_of([number], 480)
    picture = filmed(drawn(with_text(number, lie), 480))
    assert check_word(claim, picture, Retaken()).failure


def test_a_minus_that_is_missing_is_told():
    number = readout(Fact("given", {"name": "h"}, -0.25))
    (claim,) = claims_of([number], 480)
    (minus,) = [number[1]]
    picture = drawn([number], 480)
    assert check_word(claim, filmed(picture), Retaken()).failure == ""
    minus.set_fill(opacity=0)
    told = check_word(claim, filmed(drawn([number], 480)), Retaken()).failure
    assert "glyph 2 of 6: expected it, found 'nothing'" in told


@pytest.mark.parametrize("power", [-5, -6, -7, -9])
def test_a_wrong_power_is_told(power):
    number = readout(Fact("given", {"name": "h"}, 4.12345e-4))
    (claim,) = claims_of([number], 480)
    assert claim.told["text"] == "approx 4.123 times 10^(-4)"
    other = readout(Fact("given", {"name": "h"}, 4.12345 * 10.0**power))
    assert check_word(claim, filmed(drawn([number], 480)), Retaken()).failure == ""
    assert check_word(claim, filmed(drawn([other], 480)), Retaken()).failure


def painted(image, claim, glyph, colour=None):
    """The picture with one glyph painted over, in the ground's colour."""
    held = stencil_of(claim)
    place = held.places[glyph]
    copy = image.copy()
    window = copy[held.top : held.top + held.cover.shape[0], held.left :][place.rows, place.columns]
    window[2:-2, 2:-2] = image[0, 0] if colour is None else colour
    return copy


@pytest.mark.parametrize("glyph", range(9))
def test_a_digit_painted_over_is_told(glyph):
    number = readout(FACTS.slope(2))
    (claim,) = claims_of([number], 480)
    image = drawn([number], 480)
    assert check_word(claim, filmed(image), Retaken()).failure == ""
    assert check_word(claim, filmed(painted(image, claim, glyph)), Retaken()).failure


@pytest.mark.parametrize("height", WIDTHS)
@pytest.mark.parametrize("way", [(1, 0), (0, 1), (-1, 0), (0, -1)])
def test_a_text_that_is_moved_is_told(height, way):
    texts = table()[:3]
    claims = claims_of(texts, height)
    for text in texts:
        # Three pixels at 1080p; two are let be.
        text.shift(np.array([*way, 0]) * 3.0 / 135)
    for told in verdicts(claims, filmed(drawn(texts, height))):
        assert "expected it at (" in told


def test_a_text_that_is_far_off_is_told_with_its_place():
    (text,) = texts = table()[:1]
    (claim,) = claims_of(texts, 480)
    text.shift((4 / 60, -3 / 60, 0))
    told = check_word(claim, filmed(drawn(texts, 480)), Retaken()).failure
    assert told.endswith("found it off by (4, 3) px (right, down)")


@pytest.mark.parametrize("said", ["converged at step 27", "converged at stop 21", "diverged"])
def test_other_words_are_told(said):
    (claim,) = claims_of(table()[:1], 480)
    lie = words(said, size=30, colour=DARK.minimum).rest(-6.0, 3.0)
    assert check_word(claim, filmed(drawn([lie], 480)), Retaken()).failure


def test_a_formula_with_another_letter_is_told():
    (claim,) = claims_of([math("f(x_k)", size=36, colour=DARK.function).rest(0, 0)], 480)
    lie = math("f(y_k)", size=36, colour=DARK.function).rest(0, 0)
    assert check_word(claim, filmed(drawn([lie], 480)), Retaken()).failure


def test_another_colour_is_told():
    number = readout(FACTS.value(1), colour=DARK.function)
    (claim,) = claims_of([number], 480)
    for colour in (DARK.tangent, DARK.iterate, DARK.danger, DARK.ink):
        number.set_fill(colour)
        told = check_word(claim, filmed(drawn([number], 480)), Retaken()).failure
        assert f"expected it in {DARK.function}, found #" in told


def test_a_pale_number_is_read_like_any():
    number = readout(FACTS.value(1)).set_fill(opacity=0.3)
    (claim,) = claims_of([number], 480)
    assert claim.told["opacity"] == pytest.approx(0.3)
    assert check_word(claim, filmed(drawn([number], 480)), Retaken()).failure == ""
    lie = readout(FACTS.value(2)).set_fill(opacity=0.3)
    assert check_word(claim, filmed(drawn([lie], 480)), Retaken()).failure
    solid = readout(FACTS.value(1))
    assert "found #" in check_word(claim, filmed(drawn([solid], 480)), Retaken()).failure


@pytest.mark.parametrize("codec", CODECS)
def test_over_a_heat_map_with_lines_texts_are_found(codec):
    height = 480
    shares = np.linspace(0, 1, WIDTHS[height])
    low, high = (np.array(mn.ManimColor(c).to_int_rgb()) for c in (DARK.heat[0], DARK.heat[2]))
    number = readout(FACTS.value(1), colour=DARK.ink)
    lie = readout(Fact("given", {"name": "h"}, 3.058367), colour=DARK.ink)
    line = mn.Line((-3, 1.42, 0), (3, 1.42, 0), stroke_width=3, color=DARK.danger)
    (claim,) = claims_of([number], height)
    for shown, holds in ((number, True), (lie, False)):
        text = drawn([line, shown], height).astype(float) - drawn([], height)
        warm = (low + (high - low) * shares[:, np.newaxis])[np.newaxis] * 0.5
        image = np.clip(warm + text * 0.9, 0, 255).astype(np.uint8)
        told = check_word(with_colour(claim, image), filmed(image, codec), Retaken()).failure
        assert (told == "") is holds


def with_colour(claim, image):
    """The claim in the colour that the ink has in the image."""
    held = stencil_of(claim)
    ink = np.median(held.cut(image)[held.cover > 0.98], axis=0).astype(int)
    return replace(claim, told=claim.told | {"colours": ["#{:02x}{:02x}{:02x}".format(*ink)]})


# --- what the claim says -------------------------------------------------------------------


def changed(claim, **told):
    return replace(claim, told=claim.told | told)


@pytest.fixture(scope="module")
def shown():
    number = readout(FACTS.value(1))
    (claim,) = claims_of([number], 480)
    return claim, filmed(drawn([number], 480))


def test_a_number_is_that_of_its_fact_taken_again(shown):
    claim, picture = shown
    other = claim.told["facts"][0] | {"of": {"walk": "walk", "k": 2}}
    told = check_word(changed(claim, facts=[other]), picture, Retaken()).failure
    assert f"expected value {float(WALK.values[2])!r}, found ≈ 3.058368" in told


def test_a_number_without_a_fact_is_told(shown):
    claim, picture = shown
    told = check_word(changed(claim, facts=[]), picture, Retaken()).failure
    assert told.endswith("expected a fact for each number, found 0")


def test_code_that_says_something_else_than_the_text_is_told(shown):
    claim, picture = shown
    told = check_word(changed(claim, text="approx 3.058369"), picture, Retaken()).failure
    assert "expected Typst's code of it" in told


WORDS = "Halve h: f″(x₁, y) ≈ −0.25 of 1.4ᵏ, and 1/x"


@pytest.mark.parametrize("bold", [False, True])
def test_words_with_mathematics_among_them_are_read_back(bold):
    assert says(words(WORDS, size=36, colour=DARK.ink, bold=bold).code, WORDS)
    assert says('#strong("Halve h")' if bold else '#"Halve h"', "Halve h")


@pytest.mark.parametrize(
    ("true", "lie"),
    [("x_(1)", "x_(2)"), ("x_(1)", "x^(1)"), ("x_(1)", "x 1"), ("y", "z"), ("y", "pi"),
     ("−0.25", "-0.25"), ("−0.25", "−0.2 5"), ("−0.25", "−0.251"), ("f″", "f′"), ("≈", "="),
     ("≈", "<="), ("≈", "==>"), ("1.4^(k)", "1.4^(n)"), ("^(k)", "^(k^(2))"), (r"1\/x", "1/x"),
     (r"1\/x", r"1\/x^2"), ("$h$", '$h "not"$'), ("$h$", "$cancel(h)$"), ("$h$", "$ h $"),
     ("$h$", "$#h$"), ("$h$", "h"), ('"Halve ', '"Double '), ("Halve ", "Halve"),
     ('#"Halve "', '#strong("Halve ")')],
)  # fmt: skip
def test_a_character_that_the_text_has_not_is_told(true, lie):
    code = words(WORDS, size=36, colour=DARK.ink).code
    assert code.count(true) >= 1
    assert not says(code.replace(true, lie, 1), WORDS)


PIECES = (*"xfaIσα()[],=≈<>≤−-+·×/∂∇′″₀₁ₖ₋²ˣᵏ⁻.’|_^$#* ", "\\", '"', ", ", "Δx", "λmax", "sin",
          "ln", "max", "of", "2", "0.5", "10", "2D", "<=", "e.g.", "230\u202f400")  # fmt: skip


def test_whatever_words_say_typst_sets_it_and_it_is_read_back():
    rng = random.Random(1)  # noqa: S311 (the same ones each time)
    texts = ["".join(rng.choices(PIECES, k=9)).strip() or "x" for _ in range(1000)]
    codes = [prose(text, bold=bold) for text in texts for bold in (False, True)]
    assert all(says(prose(text, bold=bold), text) for text in texts for bold in (False, True))
    errors = typeset.TypesetError
    assert not [c for c, found in typeset.typeset(codes).items() if isinstance(found, errors)]


def test_mathematics_in_words_is_found_and_another_index_is_told():
    (claim,) = claims_of([words("from x₁ = 0.5 on", size=36, colour=DARK.ink).rest(0, 0)], 480)
    for text, holds in (("from x₁ = 0.5 on", True), ("from x₂ = 0.5 on", False)):
        shown = words(text, size=36, colour=DARK.ink).rest(0, 0)
        told = check_word(claim, filmed(drawn([shown], 480)), Retaken()).failure
        assert (told == "") is holds


def test_code_that_typst_refuses_is_told(shown):
    claim, picture = shown
    broken = changed(claim, text="#nonsense", code="$display(#$#nonsense$)$", facts=[])
    told = check_word(replace(broken, what="label"), picture, Retaken()).failure
    assert "Typst: unknown variable: nonsense" in told


def test_a_box_of_another_size_is_told(shown):
    claim, picture = shown
    left, top, right, bottom = claim.told["box"]
    wider = changed(claim, box=[left, top, right + 4, bottom])
    assert "4.0 px off" in check_word(wider, picture, Retaken()).failure


def test_all_texts_are_set_at_once(monkeypatch):
    compiled, compile_ = [], typeset._compile

    def counted(codes):
        compiled.append(len(codes))
        return compile_(codes)

    monkeypatch.setattr(typeset, "_compile", counted)
    texts = [words(f"text {n} of many", size=30, colour=DARK.ink) for n in range(50)]
    claims = claims_of(texts, 480)
    prepare(claims)
    assert compiled == [50]
    prepare(claims)
    assert compiled == [50]


# --- rows ----------------------------------------------------------------------------------


def row(code, fact, y, beside=None):
    label = math(code, size=36, colour=DARK.ink).rest(-4.0, y)
    number = readout(fact, label.get_right()[0] + 0.2, y, beside=code if beside is None else beside)
    return [label, number]


def rows_told(*rows):
    claims = claims_of([mobject for told in rows for mobject in told], 480)
    numbers = [claim for claim in claims if claim.what == "number"]
    return [check_beside(number, claims) for number in numbers], check_agreement(numbers, {})


def test_numbers_beside_their_formulas_are_true():
    told, together = rows_told(
        row("alpha", FACTS.rate(), 3.0),
        row("k", FACTS.count(1), 2.0),
        row("x_k", FACTS.coordinate(1), 1.0),
        row("f(x_k)", FACTS.value(1), 0.0),
        row("f'(x_k)", FACTS.slope(1), -1.0),
        row("f''(x_k)", FACTS.curvature(1), -2.0),
    )
    assert told == [""] * 6
    assert together == ""


def test_a_right_digit_in_the_wrong_row_is_told():
    told, _ = rows_told(row("f(x_k)", FACTS.slope(1), 0.0), row("f'(x_k)", FACTS.value(1), 1.0))
    assert "expected value beside 'f(x_k)', found slope" in told[0]
    assert 'expected slope along axis 0 beside "f\'(x_k)", found value' in told[1]


def test_a_number_beside_another_formula_than_it_claims_is_told():
    told, _ = rows_told(
        row("f'(x_k)", FACTS.value(1), 0.0, beside="f(x_k)"),
        row("f(x_k)", FACTS.slope(1), 1.0, beside="f'(x_k)"),
    )
    assert "expected 'f(x_k)' to its left, found \"f'(x_k)\"" in told[0]
    assert "expected \"f'(x_k)\" to its left, found 'f(x_k)'" in told[1]


def test_the_coordinates_are_not_taken_for_each_other():
    told, _ = rows_told(row("y_k", FACTS.coordinate(1), 0.0))
    assert "expected coordinate along axis 1 beside 'y_k', found coordinate along axis 0" in told[0]


def test_rows_of_different_iterates_are_told():
    _, together = rows_told(
        row("x_k", FACTS.coordinate(1), 0.0), row("f(x_k)", FACTS.value(2), 1.0)
    )
    assert together.startswith("numbers of walk: expected them of one iterate, found ")


def test_a_label_of_another_walk_is_told():
    label = stated(words("α = 0.3", size=36, colour=DARK.ink), word("label", FACTS.rate()))
    label.rest(-4.0, 0.0)
    number = readout(FACTS.value(1), label.get_right()[0] + 0.3, 0.0, beside="α = 0.3")
    named, told = claims_of([label, number], 480)
    assert check_beside(told, [named, told]) == ""
    other = named.told["facts"][0] | {"of": {"walk": "another"}}
    swapped = changed(named, facts=[other])
    assert "expected a number of another" in check_beside(told, [swapped, told])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x_k", ("coordinate", 0)),
        ("y_k", ("coordinate", 1)),
        ("T(x_k, y_k)", ("value", None)),
        ("abs(nabla f(x_k, y_k))", ("steepness", None)),
        ("(partial f)/(partial y)(x_k, y_k)", ("slope", 1)),
        ("momentum", None),
    ],
)
def test_formulas_have_a_meaning(code, expected):
    assert meaning(code) == expected
