"""What labels say: a label is a bare name; whatever else it says must be proved.

A name is a symbol (x_k, f(x_k), ∇f), a part of an equation that is proved, or one or a few words of
those that claim nothing. Equations are read; numbers, kinds and verdicts need their facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gdlecture.verify.called import method_of, named_in
from gdlecture.verify.charts import MEASURED
from gdlecture.verify.claims import Claim
from gdlecture.verify.equations import Known, check_equation, sides_of
from gdlecture.verify.names import strange_letter
from gdlecture.verify.reading import ONLY, numerals, untinted
from gdlecture.verify.record import Record
from gdlecture.verify.wording import spans
from gdlecture.verify.words import check_name

PROVED = frozenset((
    "axis", "caption", "condition", "digits", "formula", "kind", "number", "remark", "rule", "tick",
    "title", "verdict", "way",
))  # fmt: skip
"""Words that others prove; all the rest are labels, whatever they call themselves."""

PLAIN = frozenset((
    "a", "accuracy", "adagrad", "adam", "along", "and", "at", "backtracking", "barzilai",
    "borwein", "by", "cosine", "damped", "decay", "descent", "differentiate", "drawn", "error",
    "exponential", "gradient", "h", "hidden", "in", "inverse", "is", "its", "layer", "learning",
    "length", "log", "loss", "maps", "method", "momentum", "moves", "name", "nesterov", "neuron",
    "newton", "of", "on", "one", "or", "person", "rate", "rmsprop", "scale", "share", "slope",
    "slopes", "squared", "start", "starts", "step", "steps", "the", "their", "to", "trained",
    "training", "tries", "update", "vector", "with", "f", "k", "t", "x", "y", "z", "α",
))  # fmt: skip
"""Words of labels that claim nothing."""

STEPS = frozenset(("share right", "°C"))
"""Names of words that are no names alone."""

QUANTITIES = (r"x \+ h", r"f\(x \+ h\) - f\(x\)", "f - L", *MEASURED.values())
"""Names that are made of others."""

_GREEK = "alpha|beta|lambda|epsilon|theta|sigma"
_LETTER = rf"(?:[a-zA-Z]|{_GREEK})(?:_(?:\w|\([\w+\- ]+\)))?(?:'+|\^\*)?"
_INNER = rf"(?:{_LETTER}|-?\d+(?:\.\d+)?)"
_BY = r"(?:frac\(|\()partial [a-zA-Z](?:, |\)/\()partial [a-zA-Z]\)"
_CALL = rf"(?:nabla )?(?:{_LETTER}|{_BY})(?: ?\(({_INNER}(?:, {_INNER})*)\))?"
_NAME = re.compile(rf"abs\({_CALL}\)|{_CALL}")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CLAIMING = re.compile(r"[=≈≠<>≤≥→∈±]")
_DRAWN = re.compile(r"arrows drawn at (?P<times>[\d./]+) of their length")
_CLOSE = 1e-9


def check_label(word: Claim, standing: Sequence[Claim], record: Record) -> Iterator[str]:
    """What is wrong with what a label says among the claims that stand with it.

    Raises:
        FactError: a function of the clip cannot be taken again.
    """
    text = str(word.told["text"]).strip()
    if text in set(_notes(standing)):
        return  # told when the axis is read
    yield strange_letter(word, record)
    if word.told.get("facts"):
        yield f"{word.name}: expected no facts of a bare name; what has some is a number or remark"
    elif word.what in {"topic", "mark"}:
        yield from check_name(text)
        if word.is_mark and _CLAIMING.search(text):
            yield unproved(word)
        yield _of_another_method(word, text, record)
    elif text == untinted(text) and str(word.told["code"]).startswith("#"):
        yield from _check_words(word, text, standing, record)
    elif re.fullmatch(r'"[^"]*"', text):
        yield from _check_words(word, text.strip('"'), standing, record)
    else:
        yield _check_formula(word, untinted(text), standing, record)


def _of_another_method(word: Claim, text: str, record: Record) -> str:
    """What is wrong with a topic that is a method by which none of the clip's walks goes, or ""."""
    steps = [getattr(record.walk(name), "step", None) for name in record.names]
    named, own = {*named_in(text)}, {method_of(step) for step in steps if step is not None}
    # What is counted of where walks end goes by Newton's method, though none of them is named.
    facts = (fact for claim in record.evidence.claims for fact in claim.told.get("facts") or ())
    own |= {"newton" for fact in facts if fact["what"] == "ends so"}
    if not named or not own or named & own:
        return ""
    return f"{word.name}: expected a method of a walk, {' or '.join(sorted(own))}, found another"


# Formulas


def _check_formula(word: Claim, code: str, standing: Sequence[Claim], record: Record) -> str:
    if len(sides_of(code)) > 1:
        told = check_equation(code, known_of(standing, record))
        return f"{word.name}: {told}" if told else ""
    bare = re.sub(r"\s", "", code)
    if any(re.fullmatch(name, code.strip()) for name in QUANTITIES) or bare in set(_terms(record)):
        return ""
    name = _NAME.fullmatch(code.strip())
    if name is None:
        return unproved(word)
    held = [n for n in (name[1] or name[2] or "").split(", ") if _is_number(n)]
    pictured = list(_numbers_of(standing)) if held else []
    for number in held:
        if not any(abs(float(number) - other) < _CLOSE for other in pictured):
            return f"{word.name}: expected a place in the picture, found {number}"
    return ""


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def unproved(word: Claim) -> str:
    """What is said of words that nobody can prove."""
    return f"{word.name}: expected what can be proved, found a label that is no bare name"


def _terms(record: Record) -> Iterator[str]:
    """The terms, with a letter, of the equations of a clip: each of these is proved by itself."""
    for claim in record.evidence.claims:
        if claim.kind == "word" and claim.what in {"label", "formula"}:
            for side in sides_of(str(claim.told["text"]))[2::2]:
                for term in _parted(re.sub(r"\s", "", side)):
                    if re.search("[a-z]", term):
                        yield term


def _parted(side: str) -> Iterator[str]:
    """The terms of a sum."""
    depth, term = 0, ""
    for sign in side:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign in "+-" and not depth:
            yield term
            term = ""
        else:
            term += sign
    yield term


def known_of(standing: Sequence[Claim], record: Record) -> Known:
    """What equations may be of: the functions that stand, else those of the clip, and points.

    Raises:
        FactError: a function cannot be taken again.
    """
    told = [of for claim in standing for of in _fields_in(claim.told)]
    if not told:
        told = [of for claim in record.evidence.claims for of in _fields_in(claim.told)]
        told += [{"walk": name} for name in record.names]
    fields = {repr(of): record.field(of) for of in told}
    points = {point: None for claim in standing for point in _points_in(claim)}
    return Known(tuple(fields.values()), tuple(points))


def _fields_in(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The functions of a claim, whole."""
    for key in ("field", "tangent_to", "hessian"):
        of = told.get(key)
        while isinstance(of, Mapping) and isinstance(of.get("of"), Mapping):
            of = of["of"]
        if isinstance(of, Mapping):
            yield of


def _points_in(claim: Claim) -> Iterator[tuple[float, ...]]:
    """The point that a claim looks at, or at which its plane touches."""
    of = claim.told.get("field")
    if isinstance(of, Mapping) and isinstance(of.get("at"), list):
        yield tuple(map(float, of["at"]))
    elif "tangent_to" in claim.told:
        yield tuple(float(fact["value"]) for fact in claim.told["places"][0][:2])


def _numbers_of(standing: Sequence[Claim]) -> Iterator[float]:
    """The coordinates of what is pictured."""
    for claim in standing:
        if claim.kind in {"curve", "line", "point", "segment"}:
            yield from (float(c) for c in claim.told.get("at") or ())
            for place in claim.told.get("places") or ():
                yield from (float(fact["value"]) for fact in place if fact)


# Words


def _check_words(
    word: Claim, text: str, standing: Sequence[Claim], record: Record
) -> Iterator[str]:
    is_measure = any(re.fullmatch(name, f'"{text}"') for name in MEASURED.values())
    if is_measure or text in STEPS or text.lower() in {name.lower() for name in record.names}:
        return
    if re.fullmatch(r"\d+", text):
        yield _check_item(word, int(text), standing)
    elif drawn := _DRAWN.fullmatch(text):
        yield _check_times(word, drawn["times"], standing)
    elif only := ONLY.fullmatch(text):
        yield _check_held(word, only["held"], record)
    elif text in {"no value", "out of the domain"}:
        if not any(claim.what in {"no value", "wall", "condition"} for claim in standing):
            yield f"{word.name}: expected a place without a value beside it, found none"
    elif _CLAIMING.search(text) or numerals(text):
        yield unproved(word)
    else:
        yield from _check_plain(word, text, record)


def _check_plain(word: Claim, text: str, record: Record) -> Iterator[str]:
    """Each word must be one that claims nothing, or be of a walk's name."""
    left = text.lower()
    for name in sorted(record.names, key=len, reverse=True):
        left = left.replace(name.lower(), " ")
    for each in _WORDS.findall(left):
        if each not in PLAIN:
            yield f"{word.name}: expected a fact that says “{each}”, found none"


def check_kept(word: Claim, standing: Sequence[Claim], record: Record) -> str:
    """What is wrong with a title, a caption or a tick that is none: it needs a beat, or an axis."""
    text, beats = word.told["text"], record.evidence.beats
    if word.what == "tick":
        axes = [claim.told for claim in standing if claim.kind == "axes"]
        told = [tick for each in axes for side in ("x", "y") for tick in _ticks(each.get(side))]
        is_tick = word.scale is not None or word.told["code"] in told
        return "" if is_tick else f"{word.name}: expected an axis with this tick, found none"
    kept = {beat.title if word.what == "title" else beat.text for beat in beats}
    return "" if text in kept else f"{word.name}: expected a beat with these words, found none"


def _ticks(side: Any) -> Iterator[str]:
    """What is written at the ticks of an axis, and beside it for all of them."""
    if isinstance(side, Mapping):
        yield from (str(tick.get("label")) for tick in side.get("ticks", ()))
        yield str(side.get("note"))


def _notes(standing: Sequence[Claim]) -> Iterator[str]:
    """What is written at the ends of axes of what their labels leave out."""
    for axes in (claim.told for claim in standing if claim.kind == "axes"):
        for named, side in ((True, axes.get("x")), (False, axes.get("y"))):
            if isinstance(side, Mapping) and side.get("note"):
                yield f"{side['name']} {side['note']}" if named else str(side["note"])


def check_remark(word: Claim, record: Record) -> Iterator[str]:
    """What a remark says beyond names and its facts."""
    text = str(word.told["text"])
    facts = word.told.get("facts", [])
    told = [str(fact.get("said", "")) for fact in facts]
    if any(fact["what"] == "kind of end" for fact in facts):
        told.append("stopped")
    proved = [span for said in told for span in spans(said, text)]
    left = "".join(
        " " if any(low <= i < past for low, past in proved) else sign for i, sign in enumerate(text)
    )
    yield from _check_plain(word, left, record)


def _check_item(word: Claim, count: int, standing: Sequence[Claim]) -> str:
    """A number alone is that of an item: words stand right of it, and the items are in turn."""
    items = sorted(
        (claim for claim in standing if _is_item(claim, standing)),
        key=lambda claim: float(claim.told["box"][1]),
    )
    if word in items and items.index(word) + 1 == count:
        return ""
    return unproved(word)


def _is_item(claim: Claim, standing: Sequence[Claim]) -> bool:
    if claim.kind != "word" or claim.what in PROVED:
        return False
    if not re.fullmatch(r"\d+", str(claim.told["text"])):
        return False
    _, top, right, bottom = claim.told["box"]
    return any(
        other.kind == "word"
        and not other.told["text"][0].isdigit()
        and 0 <= other.told["box"][0] - right < 2 * claim.told["em"]
        and other.told["box"][1] < (top + bottom) / 2 < other.told["box"][3]
        for other in standing
    )


def _check_times(word: Claim, said: str, standing: Sequence[Claim]) -> str:
    above, _, below = said.partition("/")
    times = float(above) / float(below or 1)
    drawn = [
        float(fact["of"]["times"])
        for claim in standing
        for place in claim.told.get("places") or ()
        for fact in place
        if fact and fact["what"] == "ahead"
    ] + [float(claim.told["times"]) for claim in standing if claim.kind == "arrows"]
    if drawn and all(abs(abs(other) - times) < _CLOSE for other in drawn):
        return ""
    return f"{word.name}: expected arrows drawn so, found them at {sorted(set(drawn))}"


def _check_held(word: Claim, held: str, record: Record) -> str:
    """A variable is only a number where the next cut that is written has a number in its place."""
    for claim in record.evidence.claims:
        if claim.kind != "word" or claim.t1 < word.t0:
            continue
        cut = re.match(r"[a-z]\(([^()]*)\) =", untinted(str(claim.told["text"])))
        if cut and re.search(r"\d", cut[1]):
            if held in re.split(r"[, ]+", cut[1]):
                return f"{word.name}: expected a number for {held}, found {cut[0]}"
            return ""
    return f"{word.name}: expected a cut where {held} is a number, found none"
