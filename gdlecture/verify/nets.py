"""Networks as drawn: how broad a weight's line is, its colour, which data are ringed as wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gdlecture.verify.reading import untinted
from gdlecture.verify.shapes import ClaimError

if TYPE_CHECKING:
    from gdlecture.verify.claims import Claim
    from gdlecture.verify.record import Record
    from gdmath import Walk

PER_WEIGHT = 0.003
"""How broad the line of a weight of 1 is, as a share of the picture's height."""

LEAST_TIMES, MOST_TIMES = 0.25, 8.0
"""A drawing of few neurons may have lines so many times as broad, one over a map finer ones."""

HAIR = 0.0016
"""Of the picture's height: a line that broad is drawn at any size, and must be there."""

OFF = 0.02
"""A line may be so much of its breadth broader or finer."""


def check_weight(claim: Claim, record: Record) -> None:
    """See that a line is as broad as its weight is large, in the colour of the class it leads to.

    Raises:
        ClaimError: it is not.
        FactError: the weight cannot be taken again.
    """
    weight = record.value(claim.told["weight"])
    if claim.kind == "segment":
        _check_ends(claim, record)
    colour, _, found = claim.told["style"]["stroke"]
    expected = PER_WEIGHT * _times(claim, record) * abs(weight) * record.evidence.stature
    if abs(found - expected) > OFF * expected + 0.01:
        raise ClaimError(f"expected a line {expected:.2f} px broad, found {found:.2f} px")
    palette = claim.told.get("palette")
    if palette and colour != palette[int(weight > 0)]:
        raise ClaimError(f"expected {palette[int(weight > 0)]} for {weight:g}, found {colour}")


def _check_ends(claim: Claim, record: Record) -> None:
    """See that the line leads to the neuron of its weight, from the one that it weighs.

    Layers follow from left to right, and their neurons from the top down.
    """
    (x0, y0), (x1, y1) = ([float(fact["value"]) for fact in end] for end in claim.told["places"])
    spots: dict[float, set[float]] = defaultdict(set)
    for other in record.evidence.claims:
        if other.kind == "segment" and other.what == claim.what and other.scale == claim.scale:
            for end in other.told["places"]:
                spots[float(end[0]["value"])].add(-float(end[1]["value"]))
    layers = sorted(spots)
    layer, after = layers.index(x0), layers.index(x1)
    source, target = sorted(spots[x0]).index(-y0), sorted(spots[x1]).index(-y1)
    of = claim.told["weight"]["of"]
    field: Any = record.walk(of["walk"]).field
    if hasattr(field, "network"):
        numbers = np.arange(len(record.walk(of["walk"]).points[0]), dtype=float)
        expected = int(field.network.unpack(numbers)[layer][0][target, source])
    else:
        expected = source
    if after != layer + 1 or of["axis"] != expected:
        raise ClaimError(f"expected parameter {expected} between its neurons, found {of['axis']}")


def misnamed_inputs(standing: Sequence[Claim]) -> Iterator[str]:
    """Names like x_2 in neurons that are another input: these are counted from the top down."""
    neurons: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in standing:
        if (claim.kind, claim.what) == ("point", "neuron"):
            neurons[claim.scale].append(claim)
    labels = [claim for claim in standing if claim.kind == "word" and claim.what == "label"]
    for drawn in neurons.values():
        spots = [[float(fact["value"]) for fact in one.told["places"][0]] for one in drawn]
        first = min(x for x, _ in spots)
        heights = sorted((y for x, y in spots if x == first), reverse=True)
        for one, (x, y) in zip(drawn, spots, strict=True):
            own = f"x_{heights.index(y) + 1}" if x == first else ""
            for word in labels:
                text = untinted(str(word.told["text"])).strip()
                if _is_in(word, one) and re.fullmatch(r"x_\d+", text) and text != own:
                    yield f"{word.name}: expected the name of its neuron, {own or 'none'}"


def _is_in(word: Claim, neuron: Claim) -> bool:
    left, top, right, bottom = word.told["box"]
    x0, y0, x1, y1 = neuron.told["box"]
    return bool(x0 < (left + right) / 2 < x1 and y0 < (top + bottom) / 2 < y1)


def _times(claim: Claim, record: Record) -> float:
    """How many times as broad as usual a line is: all weights of one drawing are alike."""
    found = {
        float(other.told.get("times", 1))
        for other in (claim, *record.evidence.claims)
        if other.what == claim.what and other.scale == claim.scale
    }
    if len(found) > 1 or not LEAST_TIMES <= min(found) <= MOST_TIMES:
        raise ClaimError(f"expected one scale of breadths, found {sorted(found)}")
    return found.pop()


def check_wrong(claim: Claim, record: Record) -> None:
    """See that a network gets a point of its data wrong as long as that is ringed as such.

    Its iterates are those of the map beneath.

    Raises:
        ClaimError: it gets it right, or another point is ringed, or there is no map.
    """
    of = claim.told["datum"]
    walk, i = record.walk(of["walk"]), int(of["i"])
    if any(fact["of"].get("i") != i for fact in claim.told["places"][0]):
        raise ClaimError(f"expected the place of point {i}, found another’s")
    ks = {k for name, k in iterates_of_maps(_with(claim, record)) if name == of["walk"]}
    if not ks:
        raise ClaimError("expected a map of what its network says beneath it, found none")
    if any(i not in wrong_data(walk, k) for k in ks):
        raise ClaimError(f"expected point {i} to be wrong, found it right")


def check_border(claim: Claim, record: Record) -> None:
    """See that a line called a network's border is that of the map beneath, at its iterate.

    Raises:
        ClaimError: it is another, or there is no map.
    """
    of = claim.told["field"]
    if "network" not in of:
        return
    if claim.told["levels"] != [0]:
        raise ClaimError(f"expected the border, at 0, found {claim.told['levels']}")
    beneath = set(iterates_of_maps(_with(claim, record)))
    if beneath != {(of["network"], of["k"])}:
        raise ClaimError("expected the border of what the map beneath it says, found another’s")


def _with(claim: Claim, record: Record) -> list[Claim]:
    """What is in the scale of a claim while it stands."""
    others = (other for other in record.evidence.claims if other.scale == claim.scale)
    return [other for other in others if other.t0 < claim.t1 and claim.t0 < other.t1]


def drawn_neurons(walk: Walk, k: int, window: Any) -> set[int]:
    """The hidden neurons, by the axis of their weight, whose lines at iterate k are in a window.

    Those of which a small picture would show no more than a hair need not be drawn.
    """
    network: Any = getattr(walk.field, "network")  # noqa: B009 - only those of networks have it
    (weights, biases), (said, _) = network.unpack(walk.points[k])[:2]
    first = network.layers[0].size
    return {
        first + i
        for i, (normal, bias, weight) in enumerate(zip(weights, biases, said[0], strict=True))
        if PER_WEIGHT * abs(float(weight)) > HAIR and _crosses(window, normal, bias)
    }


def _crosses(window: Any, normal: Any, bias: float) -> bool:
    """Whether the line normal · x + bias = 0 passes well within a window."""
    xs, ys = (np.quantile(side, [0.05, 0.95]) for side in window)
    corners = np.array([(x, y) for x in xs for y in ys]) @ normal + bias
    return bool(corners.min() < 0 < corners.max())


def iterates_of_maps(standing: Sequence[Claim]) -> Iterator[tuple[str, int]]:
    """The walk and the iterate of each map of what a network says."""
    for claim in standing:
        if claim.kind == "map" and claim.what == "decision":
            yield str(claim.told["walk"]), int(claim.told["k"])


def wrong_data(walk: Walk, k: int) -> set[int]:
    """The data that a network with the parameters of iterate k gets wrong."""
    loss: Any = walk.field
    output = loss.predict(walk.points[k], loss.data_x)
    return {int(i) for i in np.flatnonzero((output > 0.5)[:, 0] != (loss.data_y > 0.5)[:, 0])}
