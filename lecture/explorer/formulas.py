"""A field as MathML: "f(x, y) = …", however long, as the gallery sets formulas."""

from __future__ import annotations

from markupsafe import Markup

from gdmath import ScalarField
from lecture.gallery.formulas import _Printer


def formula(field: ScalarField) -> Markup:
    """The markup of one line; brackets keep their size beside fractions."""
    printer = _Printer()
    names = "<mo>,</mo>".join(printer.doprint(v) for v in field.variables)
    line = f"<mi>f</mi><mo>(</mo>{names}<mo>)</mo><mo>=</mo>{printer.doprint(field.expr)}"
    for bracket in "()":
        line = line.replace(f"<mo>{bracket}</mo>", f'<mo stretchy="false">{bracket}</mo>')
    line = line.replace("<mo>-</mo>", "<mo>−</mo>")
    return Markup(f"<math><mrow>{line}</mrow></math>")  # noqa: S704 (sympy's own markup)
