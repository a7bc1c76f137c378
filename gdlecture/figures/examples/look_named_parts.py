"""A formula whose parts have names, to be coloured, dimmed or moved one by one."""

from gdstage.look.named_parts import Parts, paint
from gdstage.look.theme import current_theme

theme = current_theme()
parts = [("next", "x_k"), ("is", "="), ("here", "x_(k-1)"), ("step", "- frac(f', f'')")]
formula = Parts(parts, size=56, colour=theme.ink, colours={"next": theme.iterate})
paint(formula.part["step"], theme.tangent)
formula.part["is"].set_opacity(0.4)
picture = [formula.rest(0.0, 0.0, anchor="centre")]
