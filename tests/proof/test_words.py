"""Titles and captions say what their facts say, and every lie in them is found."""

import copy
import hashlib
import importlib
import json
from pathlib import Path

import manim as mn
import pytest

from gdlecture.verify.claims import Claim
from gdlecture.verify.evidence import EvidenceError, read_evidence
from gdlecture.verify.facts import retake_fact
from gdlecture.verify.fates import check_verdict, verdict_words
from gdlecture.verify.record import Record
from gdlecture.verify.rules import overtaught
from gdlecture.verify.wording import Token, formula_text, tokens
from gdlecture.verify.words import check_sentence, check_words
from gdmath import LOG_VALLEY, ScalarField, descend, gradient_step, newton_step
from gdstage.any.descent import AnyDescent
from gdstage.clip import Clip
from gdstage.proof.lens import Lens
from gdstage.speaker import Spoken, spoken_by
from gdstage.walks.fates import fate_of

CLIPS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenes").glob("[a-z]*.py"))

DESCENTS = {
    "it arrives": {"function": "exp(x) - log(x)", "start": 1.6},
    "several rates": {"function": "exp(x) - log(x)", "compare": (0.04, 0.1, 0.3, 0.5)},
    "several starts": {"function": "(x**2+y-11)**2+(x+y**2-7)**2", "rate": 0.01, "starts": 4},
    "out of the domain": {"function": "exp(x) - log(x)", "start": 1.6, "rate": 0.5},
    "a kink": {"function": "abs(x)", "start": 1.0, "rate": 0.3},
    "a saddle": {"function": "x**2 - y**2", "start": (1.0, 0.0), "rate": 0.1, "steps": 60},
    "a curve of minima": {"function": "(x**2 + y**2 - 1)**2", "rate": 0.05},
    "it diverges": {"function": "x**2", "rate": 1.2, "start": 1.0, "steps": 60},
    "no step": {"function": "x**3 - 3*x", "method": "newton", "start": 0.0},
    "a race": {"function": "exp(x) - log(x)", "start": 1.6, "methods": ("adam", "newton")},
    "a dead heat": {"function": "x**2", "start": 1.0, "compare": (0.25, 0.75), "steps": 60},
    "a local minimum": {"function": "cos(6*x) + x**2/2", "start": 1.3, "rate": 0.01},
}


@pytest.fixture(scope="module")
def told(once):
    """The evidence of a clip that is told without a picture, written and read back, as JSON."""

    def tell(clip, **numbers):
        key = hashlib.sha256(repr((clip.__name__, numbers)).encode()).hexdigest()[:16]
        folder = once(f"told_{key}", lambda part: tell_into(part / "told.json", clip, numbers))
        return json.loads((folder / "told.json").read_text())

    return tell


class Quick:
    """Says everything, in no time."""

    name = "quick"

    def speak(self, _, text):
        return Spoken(text, 0.0)


def tell_into(path, clip, numbers):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clip, "play", lambda *_, **__: None)
        patch.setattr(Clip, "wait", lambda *_, **__: None)
        # What is never played never leaves, and would lie on what comes.
        patch.setattr("gdstage.clip.check_layout", lambda _: None)
        settings = {"dry_run": True, "media_dir": str(path.parent), "quality": "low_quality"}
        with mn.tempconfig(settings), spoken_by(Quick()):
            scene = type(clip.__name__, (clip,), numbers)()
            scene.setup()
            scene.construct()
            scene._close_beat()
            scene.facts.check_all_said()
            scene.evidence.frames, scene.evidence.poster = 30, None
            scene.evidence.write(path, Lens.of(scene.camera), scene.narration)


def lecture_clip(name):
    return getattr(importlib.import_module(f"scenes.{name}"), name.title().replace("_", ""))


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """What `check_words` has to say of evidence as JSON; the walks of a clip are taken once."""
    path, records = tmp_path_factory.mktemp("read") / "clip.json", {}

    def check(data, beats=None):
        path.write_text(json.dumps({**data, "beats": data["beats"] if beats is None else beats}))
        evidence = read_evidence(path)
        record = records.setdefault(json.dumps(data["walks"]), Record(evidence))
        return [line for beat in evidence.beats for line in check_words(beat, record)]

    return check


@pytest.mark.parametrize("name", CLIPS)
def test_every_word_of_a_clip_is_true(told, failures, name):
    data = told(lecture_clip(name))
    assert failures(data) == []
    assert failures(data, spoken(data)) == []
    assert sum(len(beat["facts"]) for beat in data["beats"]) >= len(data["beats"])


@pytest.mark.parametrize("settings", DESCENTS.values(), ids=DESCENTS)
def test_every_word_of_a_descent_is_true(told, failures, settings):
    assert failures(told(AnyDescent, **settings)) == []


@pytest.mark.parametrize("also_its_fact", [True, False])
def test_a_method_that_is_called_otherwise_is_told(told, failures, also_its_fact):
    data = told(AnyDescent, **DESCENTS["a race"])
    beat = next(beat for beat in data["beats"] if "is there first" in beat["text"])
    assert beat["text"].startswith("Newton is there first")
    beat["text"] = beat["text"].replace("Newton", "Adam")
    for fact in beat["facts"]:
        if fact["what"] == "method" and also_its_fact:
            fact["said"] = "Adam"
    assert any("newton" in line for line in failures(data))


def test_both_are_two_and_all_of_them(told, failures):
    races = {
        "both arrive": ("gradient", "newton"),
        "all 3 arrive": ("gradient", "damped-newton", "newton"),
    }
    for said, methods in races.items():
        data = told(AnyDescent, **{**DESCENTS["a race"], "methods": methods})
        assert failures(data) == []
        beat, fact = next(
            (beat, fact) for beat, fact in facts_of(data) if fact["what"] == "ending with"
        )
        assert (fact["said"], f"; {said}." in beat["text"]) == (said, True)
        (lie,) = set(races) - {said}
        beat["text"] = beat["text"].replace(said, lie)
        fact["said"] = lie
        assert any(f"“{lie}”: expected" in line for line in failures(data))


@pytest.mark.parametrize("name", CLIPS)
def test_every_beat_says_more_than_its_caption(told, name):
    data = told(lecture_clip(name))
    said = [phrase["text"] for phrase in spoken(data)]
    assert len(said) == len(data["phrases"]) >= len(data["beats"])
    for beat in data["beats"]:
        assert any(
            beat["text"] in text or beat["text"].rpartition(". ")[2] in text
            for text in said
            if len(text) > len(beat["text"])
        ), beat["text"]


def test_what_is_said_is_no_more_taught_for_being_said_twice(told, tmp_path):
    data, path = told(lecture_clip("sauna_question")), tmp_path / "clip.json"
    assert any(fact["what"] == "taught" for phrase in spoken(data) for fact in phrase["facts"])
    shares = []
    for phrases in (data["phrases"], []):
        path.write_text(json.dumps({**data, "phrases": phrases}))
        shares.append(list(overtaught(read_evidence(path))))
    assert shares == [[], []]


# Lies in the evidence


def spoken(data):
    """What is said and no caption, as beats."""
    phrases = [phrase for phrase in data["phrases"] if "facts" in phrase]
    return [{"title": "", "loop": False, **phrase} for phrase in phrases]


def facts_of(data):
    return [(beat, fact) for beat in data["beats"] for fact in beat["facts"]]


def is_numeral(fact):
    found = tokens(fact.get("said", ""))
    return len(found) == 1 and found[0].text == fact["said"]


def another(said):
    """The numeral with its last digit changed, or another word."""
    words = {"two": "three", "three": "two", "four": "five", "five": "four", "zero": "one"}
    if said.lower() in words:
        return words[said.lower()]
    turned = str.maketrans("0123456789₀₁₂₃₄₅₆₇₈₉", "1234567890₁₂₃₄₅₆₇₈₉₀")
    at = max((i for i, c in enumerate(said) if c.isdecimal() or c in "₀₁₂₃₄₅₆₇₈₉"), default=None)
    return None if at is None else said[:at] + said[at].translate(turned) + said[at + 1 :]


def say_otherwise(beat, fact):
    """Another numeral in the words, in the fact, or nothing if there is no other."""
    said, lie = fact["said"], another(fact["said"])
    if lie is None:
        return False
    for part in ("text", "title"):
        at = next((t for t in tokens(beat[part]) if t.text == said), None)
        if at is not None:
            beat[part] = beat[part][: at.start] + lie + beat[part][at.end :]
            fact["said"] = lie
            return True
    return False


EVERYTHING = [*((name, None) for name in CLIPS), *((name, DESCENTS[name]) for name in DESCENTS)]
IDS = [name for name, _ in EVERYTHING]


@pytest.fixture
def clip(told, request):
    name, settings = request.param
    return told(AnyDescent, **settings) if settings else told(lecture_clip(name))


def lies_about(clip, change):
    """Each way of changing one fact of a clip: the beat, or a phrase, and what was changed."""
    in_captions = [fact for _, fact in facts_of(clip)]
    for beat in (*clip["beats"], *spoken(clip)):
        for index, fact in enumerate(beat["facts"]):
            if not beat["title"] and fact in in_captions:
                continue  # said again
            lie = copy.deepcopy(beat)
            if change(lie, lie["facts"][index]):
                yield lie, fact


def put_otherwise(beat, fact):
    return is_numeral(fact) and say_otherwise(beat, fact)


def worth_otherwise(_, fact):
    """The fact is another number, or no truth: it was only written down so."""
    value = fact["value"]
    if fact["what"] == "given":
        return False
    if isinstance(value, str):
        fact["value"] = "STOPPED" if value != "STOPPED" else "CONVERGED"
    else:
        fact["value"] = (not value) if isinstance(value, bool) else 1.5 * value + 1.5
    return True


def left_out(beat, fact):
    if not is_numeral(fact) or fact["said"].lower() == "one":
        return False
    beat["facts"].remove(fact)
    return True


def turned_round(_, fact):
    """ "a < b" of what is not so."""
    if fact["what"] not in {"ordered", "along"}:
        return False
    fact["of"]["by"] = {"<": ">", ">": "<", "<=": ">", ">=": "<"}[fact["of"]["by"]]
    return True


@pytest.mark.parametrize("clip", EVERYTHING, ids=IDS, indirect=True)
@pytest.mark.parametrize(
    "change", [put_otherwise, worth_otherwise, left_out, turned_round], ids=lambda f: f.__name__
)
def test_a_lie_about_any_fact_is_found(clip, failures, change):
    assert [fact for beat, fact in lies_about(clip, change) if not failures(clip, [beat])] == []


def test_there_are_lies_of_each_kind_to_find(told):
    clip = told(lecture_clip("learning_rate"))
    counts = {
        change.__name__: sum(1 for _ in lies_about(clip, change))
        for change in (put_otherwise, worth_otherwise, left_out, turned_round)
    }
    assert counts["put_otherwise"] >= 15, counts
    assert counts["turned_round"] >= 3, counts


@pytest.mark.parametrize("name", ["learning_rate", "sauna_descent", "local_minima"])
def test_a_fact_of_another_walk_is_found(told, failures, name):
    """True of that walk, and put as it is: but the words are of another one."""
    clip = told(lecture_clip(name))
    walks, found = {walk["name"]: walk for walk in clip["walks"]}, 0
    for other in walks:

        def swap(_, fact, other=other):
            of = fact["of"]
            if fact["what"] not in {"steps", "coordinate"} or of["walk"] == other:
                return False
            at = slice(of.get("k", 0), of.get("k", 0) + 1)
            here, there = (walks[walk]["points"][at] for walk in (of["walk"], other))
            if fact["what"] == "coordinate" and here == there:
                return False  # it is there too
            of["walk"] = other
            return True

        for beat, fact in lies_about(clip, swap):
            found += 1
            assert failures(clip, [beat]), (fact, other)
    assert found >= 5


def test_a_true_number_of_another_walk_is_found(told, failures):
    data = told(lecture_clip("learning_rate"))
    beat = next(beat for beat in data["beats"] if beat["title"] == "too small")
    fact = next(fact for fact in beat["facts"] if fact["what"] == "steps")
    beat["text"] = beat["text"].replace("25 steps", "17 steps")
    fact |= {"of": {"walk": "bold"}, "value": 17, "said": "17"}
    assert any("expected a walk with α = 0.04, found 0.3" in line for line in failures(data))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bold, and faster still", "bold, and no faster"),
        ("On a log scale", "It runs away. On a log scale"),
        ("about right", "about right after 7 steps"),
        ("back and forth.", "back and forth, yet never settles."),
        ("21 and 17 steps", "17 and 21 steps"),
        ("every α up to", "twice every α up to"),
        ("slow, but it arrives", "faster, and it arrives"),
        ("does x₁ lie", "does x₂ lie"),
        ("four rates", "five rates"),
    ],
)
def test_a_false_sentence_is_found(told, failures, old, new):
    data = told(lecture_clip("learning_rate"))
    before = json.dumps(data["beats"], ensure_ascii=False)
    for beat in data["beats"]:
        beat["title"], beat["text"] = (beat[part].replace(old, new) for part in ("title", "text"))
    assert json.dumps(data["beats"], ensure_ascii=False) != before
    assert failures(data)


@pytest.mark.parametrize(
    "fact",
    [
        None,
        7,
        {},
        {"what": "steps"},
        {"what": "steps", "of": []},
        {"what": ["steps"], "of": {}},
        {"what": "steps", "of": {"walk": "nobody"}},
        {"what": "coordinate", "of": {"walk": "right", "k": 1e9, "axis": 0}, "value": 1},
        {"what": "ordered", "of": {"values": 3, "by": "<"}, "value": True},
        {"what": "ordered", "of": {"values": [1, 2], "by": "!"}, "value": True},
        {"what": "formula", "of": {"field": {"walk": "right"}, "by": ["q"], "at": {}, "text": "x"}},
        {"what": "expression", "of": {"expr": "__import__('os').system('true')"}, "value": 0},
        {"what": "expression", "of": {"expr": "9**9**9**9"}, "value": 0},
        {"what": "valleys", "of": {"field": {"walk": "right"}, "window": [[2, 1]]}, "value": 1},
        {
            "what": "nowhere",
            "of": {"field": {"walk": "right"}, "window": [[0, "x"]]},
            "value": True,
        },
        {"what": "number of", "of": {"things": [{}]}, "value": 1},
    ],
)
def test_a_broken_fact_is_told_and_no_error(told, failures, fact):
    data = told(lecture_clip("learning_rate"))
    data["beats"][0]["facts"] = [fact]
    try:
        told_of = failures(data)
    except EvidenceError as error:  # it is no fact at all: whoever reads it says so
        told_of = [str(error)]
    assert told_of
    assert all("\n" not in line for line in told_of)


# Reading


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("step 21 of 230\u202f400", ["21", "230\u202f400"]),
        ("x₃ ≈ −0.564, 3.357×10⁻⁶", ["₃", "−0.564", "3.357×10⁻⁶"]),
        ("below 10⁻⁵ or 36% of 15/32", ["10⁻⁵", "36%", "15/32"]),
        ("0.0273764471… halves: four", ["0.0273764471…", "halves", "four"]),
        ("float64 and x2 are names", []),
        ("its slope is almost 0", []),
    ],
)
def test_numerals_are_read_as_a_viewer_reads_them(words, expected):
    assert [token.text for token in tokens(words)] == expected


@pytest.mark.parametrize(
    ("said", "value", "faithful"),
    [
        ("0.5753", 0.57534, True), ("0.5753", 0.57536, False), ("21", 21, True), ("21", 22, False),
        ("15/32", 0.46875, True), ("15/32", 0.47, False), ("36%", 0.361, True), ("36%", 36.4, True),
        ("36%", 0.37, False), ("0.02737…", 0.027376, True), ("0.02738…", 0.027376, False),
        ("11⁻⁵", 1e-5, False), ("10⁻⁵", 1e-5, True), ("10⁻⁵", 1e-4, False),
        ("₃", 3, True), ("₃", 2, False),
        ("four", 4, True), ("four", 5, False), ("−0.564", -0.56401, True), ("0.564", -0.564, False),
        ("0", 0.2, False), ("0", 0.0, True), ("half", 0.5, True), ("230\u202f400", 230400, True),
    ],
)  # fmt: skip
def test_a_numeral_tells_its_value_and_no_other(said, value, faithful):
    assert Token(said, 0, len(said)).tells(value) is faithful


@pytest.mark.parametrize(
    ("said", "text"),
    [("x²", "x**2"), ("1/x", "1/x"), ("cos x", "cos(x)"), ("σ(1 − σ)", "s*(1-s)"), ("c²", "y**2")],
)
def test_formulas_in_words_are_read(said, text):
    assert formula_text(said) == text


# Verdicts in the picture

ENDS = [
    descend(LOG_VALLEY, 1.6, gradient_step(rate), steps, 1e-5)
    for rate, steps in ((0.1, 25), (0.04, 25), (0.5, 25), (0.3, 5))
] + [
    descend(ScalarField.parse("x**2"), 1.0, gradient_step(1.0), 25, 1e-5),
    descend(ScalarField.parse("x**2"), 1.0, gradient_step(1.5), 90, 1e-5),
    descend(ScalarField.parse("x**2"), 0.0, gradient_step(0.1), 25, 1e-5),
    descend(ScalarField.parse("-x**2"), 1.0, gradient_step(0.2), 25, 1e-5),
    descend(ScalarField.parse("x**3"), 0.0, gradient_step(0.2), 25, 1e-5),
    descend(ScalarField.parse("x**3 - 3*x"), 0.0, newton_step, 25, 1e-5),
    descend(ScalarField.parse("x**2 - y**2"), (1.0, 0.0), gradient_step(0.2), 25, 1e-3),
    descend(ScalarField.parse("exp(-x)"), 0.0, gradient_step(1.0), 50, 1e-5),
]


@pytest.mark.parametrize("walk", ENDS, ids=lambda w: f"{w.verdict.name} at {w.stopped_at}")
def test_verify_writes_the_verdict_as_the_picture_does(walk):
    fate = fate_of(walk)
    assert verdict_words(walk) == (fate.words, fate.short)


class Walks:
    """A record of one walk."""

    def __init__(self, walk):
        self.known = walk

    def walk(self, _):
        return self.known

    def retake(self, fact):
        return retake_fact(fact, self)


def test_a_verdict_of_another_walk_is_found():
    right, small, *_ = ENDS
    fact = {"what": "verdict", "of": {"walk": "w"}, "value": "CONVERGED"}
    claim = Claim("word", "verdict", 0, 1, None, {"text": "converged at step 21", "facts": [fact]})
    assert check_verdict(claim, Walks(right)) == ""
    assert "expected BUDGET_SPENT, found CONVERGED" in check_verdict(claim, Walks(small))
    later = Claim("word", "verdict", 0, 1, None, claim.told | {"text": "converged at step 22"})
    assert "expected “converged at step 21”" in check_verdict(later, Walks(right))


def test_words_without_facts_claim_nothing():
    record = Walks(ENDS[0])
    assert list(check_sentence("Plain words, one by one.", [], record)) == []
    assert list(check_sentence("It arrives.", [], record))
    assert list(check_sentence("Two of them.", [], record))
    assert list(check_sentence("This one is faster.", [], record))
