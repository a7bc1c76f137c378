"""The rules of descent as they are written, held against what they are: minus, not plus."""

from __future__ import annotations

import re

from gdlecture.verify.claims import Claim
from gdlecture.verify.reading import untinted

_PAIR = 'vec(x_[K], y_[K], delim: "[") = vec(x_[P], y_[P], delim: "[") - '
LINES: dict[str, tuple[str, ...]] = {
    "gradient": (
        "x_[K] = x_[P] - alpha f'(x_[P])",
        "x_[K] = x_[P] - alpha nabla [N](x_[P])",
        _PAIR + "alpha nabla [N](x_[P], y_[P])",
    ),
    "momentum": (
        "v_[K] = beta v_[P] + f'(x_[P])",
        "x_[K] = x_[P] - alpha v_[K]",
    ),
    "newton": (
        "x_[K] = x_[P] - frac(f'(x_[P]), f''(x_[P]))",
        _PAIR + "H^(-1) nabla [N](x_[P], y_[P])",
    ),
}  # fmt: skip
"""How each method's rule may be written, for [K] the next iterate, [P] the one before, [N] f.

Nocedal and Wright, Numerical Optimization, 2nd ed., sections 2.2 and 3.3; Polyak 1964 for momentum.
"""


def check_rule(word: Claim) -> str:
    """What is wrong with a rule's line, or "": it must be one of its method's."""
    method, k = word.told.get("method"), word.told.get("k", "k")
    before = "k-1" if k == "k" else str(k - 1)
    letter = word.told.get("name", "f")
    said = _plain(word.told["text"])
    known = [
        _plain(line.replace("[K]", f"({k})").replace("[P]", f"({before})").replace("[N]", letter))
        for line in LINES.get(str(method), ())
    ]
    if said in known:
        return ""
    return f"expected the rule of the method {method!r}, found {untinted(word.told['text'])!r}"


def check_step(word: Claim) -> str:
    """What is wrong with the signs of a step in numbers, x - α f'(x), or ""."""
    kinds = [fact["what"] for fact in word.told.get("facts") or ()]
    if kinds != ["coordinate", "rate", "slope"]:
        return ""
    bare = re.sub(r"times 10\^\([^)]*\)|[\d.]+|approx|=|[()\s]", "", untinted(word.told["text"]))
    signs = bare.replace("dot", "·")
    if signs in {"-·", "-·-"}:  # a slope below 0 has its own
        return ""
    return f"expected a step “x - α · slope”, found the signs {signs!r}"


def _plain(code: str) -> str:
    """Typst's mathematics without spaces and colours, each index in parentheses."""
    bare = re.sub(r"\bthin\b|\s", "", untinted(code))
    return re.sub(r"_(\w)", r"_(\1)", bare)
