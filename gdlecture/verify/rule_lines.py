"""The rules of descent as they are written, held against what they are: minus, not plus."""

from __future__ import annotations

import re

from gdlecture.verify.claims import Claim
from gdlecture.verify.reading import untinted

_PAIR = 'vec(x_[K], y_[K], delim: "[") = vec(x_[P], y_[P], delim: "[") - '
_SCALED = "x_[K] = x_[P] - alpha frac(f'(x_[P]), sqrt(s_[K]) + epsilon)"
_VELOCITY = "v_[K] = beta v_[P] + f'(x_[P])"
_SCHEDULED = "x_[K] = x_[P] - alpha_[K] f'(x_[P])"
LINES: dict[str, tuple[str, ...]] = {
    "gradient": (
        "x_[K] = x_[P] - alpha f'(x_[P])",
        "x_[K] = x_[P] - alpha nabla [N](x_[P])",
        _PAIR + "alpha nabla [N](x_[P], y_[P])",
    ),
    "momentum": (
        _VELOCITY,
        "x_[K] = x_[P] - alpha v_[K]",
        "v_[K] = beta v_[P] + nabla [N](x_[P], y_[P])",
        _PAIR + "alpha v_[K]",
    ),
    "nesterov": (_VELOCITY, "x_[K] = x_[P] - alpha (f'(x_[P]) + beta v_[K])"),
    "adagrad": ("s_[K] = s_[P] + f'(x_[P])^2", _SCALED),
    "rmsprop": ("s_[K] = gamma s_[P] + (1 - gamma) f'(x_[P])^2", _SCALED),
    "adam": (
        "m_[K] = beta_1 m_[P] + (1 - beta_1) f'(x_[P])",
        "s_[K] = beta_2 s_[P] + (1 - beta_2) f'(x_[P])^2",
        "hat(m)_[K] = m_[K]\\/(1 - beta_1^k) quad hat(s)_[K] = s_[K]\\/(1 - beta_2^k)",
        "x_[K] = x_[P] - alpha frac(hat(m)_[K], sqrt(hat(s)_[K]) + epsilon)",
    ),
    "step decay": ("alpha_[K] = alpha gamma^(floor([P]\\/n))", _SCHEDULED),
    "exponential decay": ("alpha_[K] = alpha gamma^[P]", _SCHEDULED),
    "cosine decay": ("alpha_[K] = a + (alpha - a) frac(1 + cos(pi [P]\\/n), 2)", _SCHEDULED),
    "1/k decay": ("alpha_[K] = frac(alpha, 1 + gamma [P])", _SCHEDULED),
    "backtracking": (
        "x_[K] = x_[P] - t f'(x_[P])",
        "t = alpha, gamma alpha, gamma^2 alpha, dots",
        "f(x_[K]) <= f(x_[P]) - c t f'(x_[P])^2",
    ),
    "barzilai_borwein": (
        "s_[K] = x_[P] - x_(k-2)",
        "y_[K] = f'(x_[P]) - f'(x_(k-2))",
        "x_[K] = x_[P] - frac(s_[K], y_[K]) f'(x_[P])",
    ),
    "newton": (
        "x_[K] = x_[P] - frac(f'(x_[P]), f''(x_[P]))",
        _PAIR + "H^(-1) nabla [N](x_[P], y_[P])",
    ),
    "damped_newton": (
        "x_[K] = x_[P] - t frac(f'(x_[P]), f''(x_[P]))",
        "t = 1, gamma, gamma^2, dots",
        "f(x_[K]) <= f(x_[P]) - c t f'(x_[P])^2\\/f''(x_[P])",
    ),
}  # fmt: skip
"""How each method's rule may be written, for [K] the next iterate, [P] the one before, [N] f.

Nocedal and Wright, Numerical Optimization, 2nd ed., sections 2.2, 3.1 and 3.3; Polyak 1964 for
momentum, Sutskever et al. 2013 for Nesterov's; Duchi et al. 2011, Hinton 2012, Kingma and Ba 2015
for rates of their own; Barzilai and Borwein 1988. Steps begin with k = 1.
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
