"""A field's own formula, from its expression, made to fit a width."""

from gdmath import ScalarField
from gdstage.look.fitting import formula_line
from gdstage.look.printing import typst
from gdstage.look.theme import current_theme

theme = current_theme()
field = ScalarField.parse("exp(x) - log(x)*sin(x)/2")
code = typst(field.expr)
line = formula_line("f(x)", code, size=48, colour=theme.function, width=6.0)
picture = [line.rest(-3.0, 0.0)]
