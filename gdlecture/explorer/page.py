"""The explorer's page: subjects, figures, style and scripts put together to one HTML file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from bokeh.resources import Resources
from jinja2 import Environment
from markupsafe import Markup

from gdlecture.explorer import figures
from gdlecture.explorer.subject import Subject
from gdlecture.mathml import equation
from gdstage.any.methods import METHODS, Method
from gdstage.look.theme import DARK, LIGHT, Theme, mix
from gdstage.walks.fates import templates

# Those that need no functions come before them.
_MATHEMATICS = (
    "rules.js",
    "walk.js",
    "spots.js",
    "onward.js",
    "approach.js",
    "horizon.js",
    "judge.js",
)
_SURFACE = ("relief.js", "sight.js", "frame.js", "aloft.js", "looks.js", "surface.js")
_SCRIPTS = (
    "fates.js",
    "numbers.js",
    "methods.js",
    "state.js",
    "picture.js",
    *_SURFACE,
    "page.js",
)


GAP = "/* the function */"
"""Stands in a notebook's page where the function comes to stand."""


def page(subjects: Iterable[Subject]) -> str:
    """The whole page, for one or more subjects; it asks nothing of any network."""
    subjects = list(subjects)
    return _page(subjects, ",\n".join(map(spelt_out, subjects)))


def frame() -> tuple[str, str]:
    """What comes before and after a `spelt_out` subject in the page that is a notebook's cell."""
    before, _, after = _page([], GAP, place="notebook").partition(GAP)
    return before, after


def _page(subjects: list[Subject], fields: str, place: str = "page") -> str:
    environment = Environment(autoescape=True, keep_trailing_newline=True)
    template = environment.from_string(_text("page.html.jinja"))
    bokeh = Resources(mode="inline", components=["bokeh"], minified=True).render_js()
    # Texts of this package and of Bokeh; what a person typed went through the parser or json.
    return template.render(
        fields=[{"name": one.field.name, "title": one.title} for one in subjects],
        place=place,
        methods={name: method.label for name, method in METHODS.items()},
        places=figures.METHODS,
        style=Markup(_style(place)),  # noqa: S704
        bokeh=Markup(bokeh),  # noqa: S704
        script=Markup(_script(fields)),  # noqa: S704
    )


def _text(name: str) -> str:
    return files("gdlecture.explorer").joinpath(name).read_text(encoding="utf-8")


# How wide a page, or a notebook's cell, must be for two columns, in pixels.
_WIDE = {"page": 900, "notebook": 620}


def _style(place: str) -> str:
    dark, light = (
        f"{theme.css()} "
        + " ".join(f"--method{i}: {theme.crowd[place]};" for i, place in enumerate(_CROWD))
        for theme in (DARK, LIGHT)
    )
    themes = (
        f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f':root[data-theme="light"] {{ color-scheme: light; {light} }}\n'
        f':root[data-theme="dark"] {{ color-scheme: dark; {dark} }}\n'
    )
    wide = _WIDE[place]
    style = _text("page.css").replace("(wide)", f"(min-width: {wide}px)")
    return themes + style.replace("(narrow)", f"(max-width: {wide - 1}px)")


# Of the crowd's colours those that mean nothing else on the page: no minimum, no danger.
_CROWD = (0, 2, 4)


def _palette(theme: Theme) -> dict[str, Any]:
    """The colours that the pictures use; what lies on a heat map is dark in both themes."""
    return {
        **theme.named(),
        "heat": list(theme.heat),
        "forbidden": mix(theme.ground, theme.danger, 0.14),
        "onHeat": DARK.ground,
        "methods": [[theme.crowd[i], mix(theme.crowd[i], theme.ground, 0.42)] for i in _CROWD],
    }


def _told(method: Method) -> dict[str, Any]:
    """What the page must know of a method."""
    told = asdict(method)
    return {name: told[name] for name in ("rule", "label", "settings", "rate", "schedule")}


def _script(fields: str) -> str:
    constants = {
        "THEMES": {theme.name: _palette(theme) for theme in (DARK, LIGHT)},
        "FATES": templates(),
        "METHODS": {name: _told(method) for name, method in METHODS.items()},
        "PLANE": {**figures.plane(), "target_id": figures.PLANE},
        "COURSE": {**figures.course(), "target_id": figures.COURSE},
    }
    head = [f"const {name} = {_json(value)};" for name, value in constants.items()]
    held = f"const FIELDS = [\n{fields},\n];"
    return "\n".join([*head, *map(_text, _MATHEMATICS), held, *map(_text, _SCRIPTS)])


def spelt_out(subject: Subject) -> str:
    """One subject as the text of a JavaScript object: its data, and its functions spelt out."""
    record = subject.record()
    record["formula"] = equation(subject.field.expr, subject.field.variables)
    code = record["functions"]
    data = _json({key: value for key, value in record.items() if key != "functions"})
    lists = ",\n  ".join(
        f"{key}: [{', '.join(code[key])}]" for key in ("gradient", "hessian", "domain")
    )
    return f"{{\n  ...{data},\n  value: {code['value']},\n  {lists},\n}}"


def _json(value: Any) -> str:
    """JSON that may stand in a script: no "<" in it can end one."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
