"""The examples: small files that run, each of which draws one figure."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOMS = {
    "look": ("words", "formula", "function", "named_parts", "readout", "signs", "theme"),
    "plane": ("axes", "graph", "log_axis", "contour_map", "no_value"),
    "space": ("surface", "camera", "plane", "tangent_plane", "curve", "arrow", "contours"),
    "walks": (
        "graph_walk", "pointer", "map_walk", "surface_walk", "map_and_surface_walk", "crowd",
        "chart", "board", "badge", "graph_panel", "pair_panel", "line_panel", "readouts",
        "gauge", "rate_gauge", "start_gauge",
    ),
}  # fmt: skip
"""The rooms, and in what order their figures are shown; those that are not named come last."""

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """A file that draws one figure: its room and name, what it says of itself, and its code."""

    room: str
    name: str
    path: Path
    description: str
    code: str

    @property
    def anchor(self) -> str:
        """The file's name: by it the page is linked to."""
        return self.path.stem

    @property
    def title(self) -> str:
        """Its name in words."""
        return self.name.replace("_", " ").capitalize()


def examples() -> list[Example]:
    """All examples, room by room."""
    found = [_example(path) for path in FOLDER.glob("[!_]*.py")]
    return sorted(found, key=_place)


def rooms() -> dict[str, str]:
    """What each room is, as its package says."""
    told = {room: import_module(f"gdstage.{room}").__doc__ or "" for room in ROOMS}
    return {room: text.strip() for room, text in told.items()}


def _example(path: Path) -> Example:
    room, _, name = path.stem.partition("_")
    text = path.read_text(encoding="utf-8")
    description = ast.get_docstring(ast.parse(text, path)) or ""
    code = text.partition('"""\n')[2].strip()
    return Example(room, name, path, description, code)


def _place(example: Example) -> tuple[int, int, str]:
    order = ROOMS[example.room]
    place = order.index(example.name) if example.name in order else len(order)
    return list(ROOMS).index(example.room), place, example.name
