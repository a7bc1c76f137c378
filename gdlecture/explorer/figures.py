"""The two Bokeh figures, empty: what they show is set by the page, in the theme's colours."""

from __future__ import annotations

import json
import re
from typing import Any

from bokeh.embed import json_item
from bokeh.models import ColumnDataSource, Range1d
from bokeh.plotting import figure

PLANE = "plane"
COURSE = "course"
METHODS = range(3)
"""The places of the methods that may be shown at once, each with a shape of its own."""

_SHAPES = ("circle", "square", "diamond")

_ID = re.compile(r"\bp\d{4,}\b")


def plane() -> dict[str, Any]:
    """The picture of the function and the walk on it, as Bokeh's JSON."""
    plot = _empty(PLANE)
    plot.image_url(url="url", x="x", y="y", w="w", h="h", anchor="bottom_left",
                   source=_source("heat", "url", "x", "y", "w", "h"), name="heat")  # fmt: skip
    plot.quad(left="left", right="right", bottom="bottom", top="top", line_color=None,
              source=_source("forbidden", "left", "right", "bottom", "top"),
              name="forbidden")  # fmt: skip
    _polylines(plot, "contours", line_width=1, line_alpha=0.45)
    _polylines(plot, "valleys", line_width=4, line_cap="round")
    _polylines(plot, "drops", line_width=1.3, line_dash=[4, 4])
    _polylines(plot, "casing", line_width=5.5, line_join="round", line_cap="round")
    _polylines(plot, "past_steps", line_width=2.2)
    _polylines(plot, "graph", line_width=3, line_join="round", line_cap="round")
    _polylines(plot, "tangent", line_width=3.5, line_cap="round")
    _polylines(plot, "next", line_width=2.5, line_dash=[6, 5])
    _polylines(plot, "ghost", line_width=2, line_dash=[3, 4])
    _marks(plot, "ghosts", "circle", size=8, line_width=1.5)
    for i in METHODS:
        _polylines(plot, f"other{i}", line_width=2.2, line_join="round", line_alpha=0.85)
    _polylines(plot, "step", line_width=2.8)
    _marks(plot, "past_heads", "triangle", size=9)
    _marks(plot, "head", "triangle", size=11)
    _marks(plot, "minima", "inverted_triangle", size=11)
    _marks(plot, "past", "circle", size=11, line_width=2)
    for i in METHODS:
        _marks(plot, f"other{i}_now", _SHAPES[i], size=13, line_width=2)
    _marks(plot, "now", "circle", size=15, line_width=2)
    _marks(plot, "lost", "x", size=14, line_width=3)
    _marks(plot, "edge", "triangle", size=15)
    _words(plot)
    return item(plot)


def course() -> dict[str, Any]:
    """The picture of f(xₖ) against k, as Bokeh's JSON."""
    plot = _empty(COURSE)
    plot.yaxis.ticker.desired_num_ticks = 4
    plot.xaxis.ticker.min_interval = 1
    _polylines(plot, "floor", line_width=1.3, line_dash=[4, 4])
    _polylines(plot, "ahead", line_width=1.5)
    _polylines(plot, "values", line_width=2.2, line_join="round")
    _polylines(plot, "ghost", line_width=1.8, line_dash=[3, 4])
    for i in METHODS:
        _polylines(plot, f"other{i}", line_width=2, line_join="round")
        _marks(plot, f"other{i}_now", _SHAPES[i], size=10, line_width=1.5)
    _marks(plot, "past", "circle", size=5, line_width=1.5)
    _marks(plot, "now", "circle", size=11, line_width=2)
    _marks(plot, "lost", "x", size=11, line_width=3)
    _marks(plot, "edge", "triangle", size=11)
    _words(plot)
    return item(plot)


def item(plot: figure) -> dict[str, Any]:
    """A figure as a plain dictionary, its models numbered anew: Bokeh counts on and on."""
    text = json.dumps(json_item(plot))
    names = {old: f"{plot.name}{i}" for i, old in enumerate(dict.fromkeys(_ID.findall(text)))}
    plain: dict[str, Any] = json.loads(_ID.sub(lambda found: names[found[0]], text))
    return plain


def _empty(name: str) -> figure:
    """A figure without tools: the page itself must scroll under a thumb."""
    plot = figure(
        name=name, tools="", toolbar_location=None, sizing_mode="stretch_both",
        x_range=Range1d(start=0, end=1), y_range=Range1d(start=0, end=1),
        min_border=0, min_border_top=9,
        output_backend="canvas", background_fill_color=None, border_fill_color=None,
        outline_line_color=None,
    )  # fmt: skip
    plot.grid.visible = False
    plot.axis.minor_tick_line_color = None
    plot.axis.major_tick_in = 0
    plot.axis.axis_line_width = 1.5
    return plot


def _source(plot: str, *columns: str) -> ColumnDataSource:
    return ColumnDataSource({column: [] for column in columns}, name=f"{plot} data")


def _polylines(plot: figure, name: str, **look: Any) -> None:
    plot.multi_line("xs", "ys", source=_source(name, "xs", "ys"), name=name, **look)


def _marks(plot: figure, name: str, marker: str, **look: Any) -> None:
    source = _source(name, "x", "y", "angle")
    plot.scatter("x", "y", angle="angle", marker=marker, source=source, name=name, **look)


def _words(plot: figure) -> None:
    source = _source("words", "x", "y", "text", "dx", "dy", "align", "baseline")
    look: dict[str, Any] = {
        "text": "text",
        "x_offset": "dx",
        "y_offset": "dy",
        "text_align": "align",
        "text_baseline": "baseline",
        "background_fill_alpha": 0.8,
        "padding": 3,
        "border_radius": 4,
    }
    plot.text("x", "y", source=source, name="words", **look)
