"""Outlines read from Typst's SVG are those that manim reads, which is slower."""

import manim as mn
import numpy as np
import pytest

from gdstage.look import text
from gdstage.look.outlines import UnreadableError, curves, outlines_in

WRITTEN = {
    "fractions": lambda: text.math("x_k = x_(k-1) - frac(f'(x_(k-1)), f''(x_(k-1)))", **STYLE),
    "roots": lambda: text.math("sqrt(s_k + epsilon)", **STYLE),
    "columns": lambda: text.math('vec(x_k, y_k, delim: "[")', **STYLE),
    "colours": lambda: text.math(text.tint("alpha", "#f2a33a") + " thin nabla f", **STYLE),
    "words": lambda: text.words("Barzilai–Borwein: ffi Ü, eˣ − ln x ≈ 2.33", **STYLE),
}
STYLE = {"size": 36, "colour": "#ffffff"}


def looks(mobject):
    return [
        (part.get_fill_color(), part.get_fill_opacity(), part.get_stroke_width(),
         part.get_stroke_color() if part.get_stroke_width() else None)
        for part in mobject.submobjects
    ]  # fmt: skip


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_they_are_those_that_manim_reads(write, tmp_path, monkeypatch):
    with mn.tempconfig({"media_dir": str(tmp_path)}):
        ours = write()
        monkeypatch.delattr(text.Typeset, "init_svg_mobject")
        manims = write()
    assert looks(ours) == looks(manims)
    for one, other in zip(ours.submobjects, manims.submobjects, strict=True):
        assert np.allclose(one.points, other.points, rtol=0, atol=1e-12)
    assert ours.baseline == pytest.approx(manims.baseline, abs=1e-12)


def test_what_is_scaled_keeps_the_width_of_its_bars():
    bar = max(text.math("frac(1, 2)", **STYLE).scale(0.5), key=lambda part: part.get_stroke_width())
    assert bar.get_stroke_width() == text.FRACTION_BAR


def test_a_line_and_a_parabola_are_cubics_through_their_points():
    line, parabola = curves("M 1 2 h 3 q 1 1 2 0").reshape(-1, 4, 2)
    assert line.tolist() == [[1, 2], [2, 2], [3, 2], [4, 2]]
    middle = np.array([1, 3, 3, 1]) @ parabola / 8
    assert middle == pytest.approx([5, 2.5])


@pytest.mark.parametrize("shape", ["<image/>", '<path d="M 0 0 A 1 1 0 0 0 2 2"/>'])
def test_another_svg_is_told_and_left_to_manim(shape, tmp_path):
    path = tmp_path / "other.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{shape}</svg>', encoding="utf-8")
    with pytest.raises(UnreadableError, match="expected"):
        outlines_in(path)
