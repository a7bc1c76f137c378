"""How fields and walks show themselves in notebooks, read by the pictures' own axes."""

import re
import sys
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from gdmath import LOG_VALLEY, PARABOLOID, SAUNA, ScalarField, descend, gradient_step

WALK = descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=25, tolerance=1e-5)
ON_MAP = descend(SAUNA, (0.5, 0.6), gradient_step(0.25), steps=20)


def svg(shown):
    return ET.fromstring(re.search(r"<svg.*</svg>", shown)[0])  # noqa: S314 (our own)


def number(text):
    return float(text.replace("−", "-"))


def test_a_field_shows_its_formula_and_a_graph():
    shown = LOG_VALLEY._repr_html_()
    assert LOG_VALLEY._repr_latex_() == r"$f(x) = e^{x} - \ln{\left(x \right)}$"
    assert LOG_VALLEY._repr_latex_() in shown
    assert len(svg(shown).findall(".//polyline")) == 1


def test_a_field_without_a_window_shows_its_formula_only():
    shown = ScalarField.parse("x**2")._repr_html_()
    assert "<svg" not in shown
    assert "$f(x) = x^{2}$" in shown


def test_a_walks_dots_stand_where_the_labels_of_the_axis_put_them():
    """Two labels of an axis give its scale; every dot is read back with it, as an eye would."""
    picture = svg(WALK._repr_html_())
    labels = [(float(t.get("x")), number(t.text)) for t in picture.findall(".//text")[:2]]
    (p0, x0), (p1, x1) = labels
    seen = [float(c.get("cx")) for c in picture.findall(".//circle")]
    read = x0 + (np.array(seen) - p0) * (x1 - x0) / (p1 - p0)
    np.testing.assert_allclose(read, WALK.points[:, 0], atol=(x1 - x0) / 360)


def test_on_a_map_both_axes_tell_the_dots():
    picture = svg(ON_MAP._repr_html_())
    (p0, x0), (p1, x1), (_, y0), (_, y1) = (
        (float(t.get("x")), number(t.text)) for t in picture.findall(".//text")
    )
    dots = picture.findall(".//circle")
    read = [x0 + (float(c.get("cx")) - p0) * (x1 - x0) / (p1 - p0) for c in dots]
    np.testing.assert_allclose(read, ON_MAP.points[:, 0], atol=0.02)
    heights = [float(c.get("cy")) for c in dots]
    slope, offset = np.polyfit(heights, ON_MAP.points[:, 1], 1)
    assert abs(slope * 12 + offset - y1) < 0.05
    assert abs(slope * 188 + offset - y0) < 0.05


def test_the_last_dot_is_solid():
    dots = svg(WALK._repr_html_()).findall(".//circle")
    assert [d.get("fill") for d in dots] == ["none"] * WALK.stopped_at + ["currentColor"]


def test_a_walk_says_what_became_of_it():
    assert "converged after 21 steps, at x = 0.567" in WALK._repr_html_()
    lost = descend(LOG_VALLEY, 1.6, gradient_step(0.5), steps=25)
    assert "left the domain after 1 step, at x = -0.564016 with f = nan" in lost._repr_html_()
    assert len(svg(lost._repr_html_()).findall(".//circle")) == 1


def test_elsewhere_they_are_plain_text():
    assert repr(WALK).startswith("Walk(field=ScalarField(")
    assert "<" not in repr(LOG_VALLEY)


@pytest.mark.parametrize("text", ["x**2 - y**2", "3", "1/x", "x*y*0 + 1", "exp(x)"])
def test_any_walk_shows_something(text):
    field = ScalarField.parse(text)
    shown = descend(field, (1.0,) * field.dimension, steps=9)._repr_html_()
    assert "nan," not in shown
    assert "inf," not in shown


def test_three_variables_have_a_formula_and_a_verdict():
    field = ScalarField.parse("x**2 + y**2 + z**2", ["x", "y", "z"])
    shown = descend(field, (1.0, 2.0, 3.0), steps=3)._repr_html_()
    assert "<svg" not in shown
    assert "budget spent after 3 steps" in shown


def test_the_table_has_a_row_an_iterate(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setattr("gdmath.display.find_spec", lambda _: None)
    rows = WALK.table()
    assert list(rows[0]) == ["k", "x", "f", "df/dx"]
    assert [row["k"] for row in rows] == [*range(22)]
    assert rows[-1]["x"] == WALK.points[-1, 0]
    assert rows[-1]["df/dx"] == WALK.gradients[-1, 0]
    assert rows._repr_html_().count("<tr>") == 23
    two = descend(PARABOLOID, (1, 2), steps=1).table()
    assert two[0] == {"k": 0, "x": 1.0, "y": 2.0, "f": 5.0, "∂f/∂x": 2.0, "∂f/∂y": 4.0}


def test_where_pandas_is_the_table_is_a_frame(monkeypatch):
    class Frame:
        def __init__(self, rows):
            self.rows = rows

        def set_index(self, name):
            return name, self.rows

    class Pandas:
        DataFrame = Frame

    monkeypatch.setitem(sys.modules, "pandas", Pandas)
    monkeypatch.setattr("gdmath.display.find_spec", lambda _: True)
    assert WALK.table()[0] == "k"
