"""What someone may have chosen: numbers that stand in the evidence with no recipe.

Each has a name of these. Most are one number for ever, which the name says; the others cannot lie,
for what they are is seen or said where they are used.
"""

from __future__ import annotations

FIXED: dict[str, tuple[float, float]] = {
    "2": (2, 2),
    "zero": (0, 0),
    "none": (0, 0),
    "level": (0, 0),
    "straight": (0, 0),
    "trough": (0, 0),
    "end of the domain": (0, 0),
    "no minimum": (-1, -1),
    "all": (1, 1),
    "a quarter": (0.25, 0.25),
    "a cycle of two": (2, 2),
    "a cubic": (3, 3),
    "almost nothing": (0, 0.05),
}
"""The least and the most that is called so."""

FREE = {
    **dict.fromkeys(("x", "y", "z", "start", "chosen"), "where one looks: the rest is retaken"),
    **dict.fromkeys(("h", "held"), "how far from there, or what is held still: written, or seen"),
    **dict.fromkeys(("wall", "right wall", "back wall", "floor"), "a border: of the picture"),
    **dict.fromkeys(("middle", "middle of x", "middle of y"), "the window’s middle: a way from it"),
    **dict.fromkeys(("tick", "edge", "on the scale"), "a value on a scale: its place is proved"),
    **dict.fromkeys(("tolerance", "goal"), "where a line is drawn: its place is proved"),
    **dict.fromkeys(("first", "last", "steps"), "settings of a run, all of which is retaken"),
    "starts": "how many: counted in the picture, see `chosen.py`",
}
"""The names of all others, and why they cannot lie."""


def is_given(name: str, value: float) -> bool:
    """Whether a number of a name may be given."""
    low, high = FIXED.get(name, (value, value))
    return (name in FIXED or name in FREE) and low <= value <= high
