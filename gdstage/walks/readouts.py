"""The live numbers of a walk: each a formula and what it is at the current iterate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import manim as mn

from gdstage.layout import COLUMNS, IS_TALL, PANEL
from gdstage.look.fitting import fitted
from gdstage.look.readout import Readout
from gdstage.look.rounding import as_chosen
from gdstage.look.text import math, tint
from gdstage.proof.fact import WalkFacts
from gdstage.proof.statement import stated, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gdstage.look.text import Typeset
    from gdstage.look.theme import Theme
    from gdstage.proof.fact import Fact

COLUMN, EDGE = round(PANEL.left - 0.034, 9), round(PANEL.right - 0.05, 9)
"""Where the column beside a graph begins, and where writing must end (scene units)."""

RULE_EDGE, NUMBERS = round(COLUMNS[0].right - 0.05, 9), round(COLUMNS[1].left - 0.034, 9)
"""Where a rule must end, and where live numbers begin: beneath a graph they are beside it."""

SIZE = 36
MANY_LINES = 3
"""Rules of so many lines are written smaller, and closer."""

TALLER = 0.25
"""How much farther than others a line with a fraction is from each of its neighbours."""

ROW = 0.72
CROWDED, TIGHT = 5, 0.6
GAP = 0.03
PALE = 0.3
DECIMALS = 6
ASIDE = 2.2
SHORT = 6
"""A learning rate of more characters leaves no room beside it."""


@dataclass(frozen=True)
class Quantity:
    """A formula in Typst's mathematics, its colour, and the fact that it is at iterate k of a walk.

    A number that someone `chose` is written as it was chosen, however many decimals it has.
    """

    code: str
    colour: str
    value: Callable[[Any, int], float | Fact]
    chosen: bool = False


class Readouts(mn.VGroup):
    """Formulas with the live numbers that they stand for; `numbers` are what changes.

    The numbers are no part of the group: what moves is drawn anew in every frame, and the formulas
    need not be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.quantities: list[Quantity] = []
        self.numbers = mn.VGroup()

    def put(
        self,
        quantity: Quantity,
        x: float,
        y: float,
        *,
        size: float = SIZE,
        decimals: int = DECIMALS,
    ) -> Typeset:
        """Add a quantity, its baseline from (x, y) in scene units; its formula."""
        label = math(quantity.code, size=size, colour=quantity.colour).rest(x, y)
        self.attach(quantity, label, size=size, decimals=decimals)
        return label

    def attach(self, quantity: Quantity, label: Typeset, *, size: float, decimals: int) -> None:
        """Add a quantity that begins where its label ends."""
        self.add(label)
        self.quantities.append(quantity)
        place = label.get_right()[0] + GAP
        number = Readout(
            place, label.baseline, size=size, colour=quantity.colour, decimals=decimals,
            chosen=quantity.chosen,
        )  # fmt: skip
        self.numbers.add(number)

    def rows(
        self, quantities: Iterable[Quantity], x: float, y: float, step: float, **style: Any
    ) -> Self:
        """Add quantities one under the other, the first baseline from (x, y), in scene units."""
        for i, quantity in enumerate(quantities):
            self.put(quantity, x, y - i * step, **style)
        return self

    @property
    def whole(self) -> mn.VGroup:
        """Formulas and numbers together, to come and go."""
        return mn.VGroup(self, self.numbers)

    def grow_pale(self, pale: bool) -> None:  # noqa: FBT001 (a state)
        """Be pale while the walk is elsewhere than the numbers say, or not."""
        for readout, quantity in zip(self.numbers, self.quantities, strict=True):
            readout.set_fill(opacity=PALE if pale and not quantity.chosen else 1.0)

    def read(self, walk: Any, k: int) -> Self:
        """Read out iterate k of a walk, or the state after k tries."""
        for readout, quantity in zip(self.numbers, self.quantities, strict=True):
            readout.write(quantity.value(walk, k), beside=quantity.code)
        return self


def live_number(
    label: Typeset, colour: str, *, size: float = SIZE, decimals: int = DECIMALS
) -> Readout:
    """A number that begins where its label ends."""
    place = label.get_right()[0] + GAP
    return Readout(place, label.baseline, size=size, colour=colour, decimals=decimals)


def rate(theme: Theme) -> Quantity:
    """The learning rate."""
    return Quantity("alpha", theme.iterate, lambda walk, _: WalkFacts(walk).rate(), chosen=True)


def momentum(theme: Theme) -> Quantity:
    """How much of the last step is kept."""
    return Quantity("beta", theme.label, lambda walk, _: WalkFacts(walk).momentum(), chosen=True)


def count(theme: Theme) -> Quantity:
    """The number of steps."""
    return Quantity("k", theme.ink, lambda walk, k: WalkFacts(walk).count(k))


def coordinate(theme: Theme, axis: int, name: str) -> Quantity:
    """A coordinate of the iterate."""
    return Quantity(f"{name}_k", theme.iterate, lambda walk, k: WalkFacts(walk).coordinate(k, axis))


def value(theme: Theme, code: str) -> Quantity:
    """The field's value at the iterate."""
    return Quantity(code, theme.function, lambda walk, k: WalkFacts(walk).value(k))


def slope(theme: Theme, code: str = "f'(x_k)", axis: int = 0) -> Quantity:
    """The slope at the iterate along an axis."""
    return Quantity(code, theme.tangent, lambda walk, k: WalkFacts(walk).slope(k, axis))


def steepness(theme: Theme) -> Quantity:
    """The length of the gradient at the iterate."""
    return Quantity(
        "abs(nabla f(x_k, y_k))",
        theme.tangent,
        lambda walk, k: WalkFacts(walk).steepness(k),
    )


def curvature(theme: Theme) -> Quantity:
    """The second derivative at the iterate."""
    return Quantity("f''(x_k)", theme.tangent, lambda walk, k: WalkFacts(walk).curvature(k))


def rule(theme: Theme, method: str = "gradient") -> tuple[str, ...]:
    """The lines of a method's rule in one variable, in Typst's mathematics."""
    alpha, g = tint("alpha", theme.iterate), tint("f'(x_(k-1))", theme.tangent)
    bend, square = tint("f''(x_(k-1))", theme.tangent), tint("f'(x_(k-1))^2", theme.tangent)
    velocity = f"v_k = beta thin v_(k-1) + {g}"
    scaled = f"x_k = x_(k-1) - {alpha} thin frac({g}, sqrt(s_k) + epsilon)"
    scheduled = f"x_k = x_(k-1) - alpha_k thin {g}"
    enough = f"f(x_k) <= f(x_(k-1)) - c thin t thin {square}"
    return {
        "gradient": (f"x_k = x_(k-1) - {alpha} thin {g}",),
        "momentum": (velocity, f"x_k = x_(k-1) - {alpha} thin v_k"),
        "nesterov": (velocity, f"x_k = x_(k-1) - {alpha} thin ({g} + beta thin v_k)"),
        "adagrad": (f"s_k = s_(k-1) + {square}", scaled),
        "rmsprop": (f"s_k = gamma thin s_(k-1) + (1 - gamma) thin {square}", scaled),
        "adam": (
            f"m_k = beta_1 thin m_(k-1) + (1 - beta_1) thin {g}",
            f"s_k = beta_2 thin s_(k-1) + (1 - beta_2) thin {square}",
            "hat(m)_k = m_k \\/ (1 - beta_1^k) quad hat(s)_k = s_k \\/ (1 - beta_2^k)",
            f"x_k = x_(k-1) - {alpha} thin frac(hat(m)_k, sqrt(hat(s)_k) + epsilon)",
        ),
        "step decay": (f"alpha_k = {alpha} thin gamma^(floor((k-1) \\/ n))", scheduled),
        "exponential decay": (f"alpha_k = {alpha} thin gamma^(k-1)", scheduled),
        "cosine decay": (
            f"alpha_k = a + ({alpha} - a) frac(1 + cos(pi (k-1) \\/ n), 2)", scheduled,
        ),
        "1/k decay": (f"alpha_k = frac({alpha}, 1 + gamma (k-1))", scheduled),
        "backtracking": (
            f"x_k = x_(k-1) - t thin {g}",
            f"t = {alpha}, gamma alpha, gamma^2 alpha, dots",
            enough,
        ),
        "barzilai_borwein": (
            "s_k = x_(k-1) - x_(k-2)",
            f"y_k = {g} - f'(x_(k-2))",
            f"x_k = x_(k-1) - frac(s_k, y_k) thin {g}",
        ),
        "newton": (f"x_k = x_(k-1) - frac({g}, {bend})",),
        "damped_newton": (
            f"x_k = x_(k-1) - t thin frac({g}, {bend})",
            "t = 1, gamma, gamma^2, dots",
            f"f(x_k) <= f(x_(k-1)) - c thin t thin {square} \\/ {bend}",
        ),
    }[method]  # fmt: skip


class Spacing(NamedTuple):
    """How large a rule is written, how far its lines, it and the numbers, and their rows are apart.

    Scene units, but for the size.
    """

    size: float
    line: float
    gap: float
    row: float


ROOMY, DENSE = Spacing(SIZE, 0.6, 0.95, ROW), Spacing(30, 0.48, 0.85, 0.55)


class GraphPanel(Readouts):
    """The rule of a method, and the numbers of the current iterate of a walk of one variable.

    It has room for these learning `rates`; numbers have so many `decimals`.
    """

    def __init__(
        self,
        theme: Theme,
        method: str = "gradient",
        rates: Iterable[float] = (),
        *,
        top: float = PANEL.top - 0.75,
        decimals: int = DECIMALS,
    ) -> None:
        super().__init__()
        newton, codes = "newton" in method, rule(theme, method)
        style = ROOMY if len(codes) < MANY_LINES else DENSE
        y = top - TALLER if newton and len(codes) == 1 else top
        for i, code in enumerate(codes):
            line = math(code, size=style.size, colour=theme.ink)
            stated(line, word("rule", method=method, line=i))
            tall = len(codes) > 1 and "frac(" in code
            y -= style.line * (i > 0) + TALLER * tall
            self.add(fitted(line, RULE_EDGE - COLUMN).rest(COLUMN, y))
            y -= TALLER * tall * (i < len(codes) - 1)
        x = coordinate(theme, 0, "x")
        y = top if IS_TALL else y - style.gap
        if newton:
            rows = [count(theme), x, slope(theme), curvature(theme)]
            self.rows(rows, NUMBERS, y if IS_TALL else y - TALLER, style.row)
            return
        self.put(rate(theme), NUMBERS, y)
        rows = [momentum(theme)] if method in {"momentum", "nesterov"} else []
        if all(len(str(as_chosen(rate))) <= SHORT for rate in rates):
            self.put(count(theme), NUMBERS + ASIDE, y)
        else:
            rows.append(count(theme))
        rows += [x, value(theme, "f(x_k)"), slope(theme)]
        pitch = style.row if len(rows) < CROWDED else min(style.row, TIGHT)
        self.rows(rows, NUMBERS, y - pitch, pitch, decimals=decimals)


def pair_rule(theme: Theme, name: str = "f") -> str:
    """The rule of gradient descent in two variables, points and gradient as columns."""
    alpha = tint("alpha", theme.iterate)
    slope = tint(f"nabla {name}(x_(k-1), y_(k-1))", theme.tangent)
    return f"{column('x_k', 'y_k')} = {column('x_(k-1)', 'y_(k-1)')} - {alpha} thin {slope}"


def column(*entries: str) -> str:
    """A column vector in Typst's mathematics."""
    return f'vec({", ".join(entries)}, delim: "[")'


class PairPanel(Readouts):
    """The rule in two variables, and α, k, x_k, y_k and the gradient's length at (x_k, y_k).

    The first baseline is from (x, top), in scene units.
    """

    size, row = 34, 0.68

    def __init__(self, theme: Theme, x: float, top: float) -> None:
        super().__init__()
        line = math(pair_rule(theme), size=self.size, colour=theme.ink)
        stated(line, word("rule", method="gradient"))
        self.add(fitted(line, EDGE - x).rest(x, top))
        style = {"size": self.size, "decimals": 4}
        first = top - 0.3 - 1.1 * self.row
        self.put(rate(theme), x, first, **style)
        self.put(count(theme), x + 1.9, first, **style)
        rows = (coordinate(theme, 0, "x"), coordinate(theme, 1, "y"), steepness(theme))
        self.rows(rows, x, first - self.row, self.row, **style)


class LinePanel(Readouts):
    """Quantities on one line under the heading, each from its own x; the baseline at y."""

    def __init__(
        self,
        quantities: Sequence[tuple[float, Quantity]],
        y: float,
        *,
        size: float = 32,
        decimals: int = 4,
    ) -> None:
        super().__init__()
        for x, quantity in quantities:
            self.put(quantity, x, y, size=size, decimals=decimals)


class RuleLine(Readouts):
    """The rule from a place (x, y), and the rate, the count and x of a walk, each from its own.

    Places are of baselines, in scene units.
    """

    def __init__(
        self,
        theme: Theme,
        place: tuple[float, float],
        places: Sequence[tuple[float, float]],
    ) -> None:
        super().__init__()
        quantities = rate(theme), count(theme), coordinate(theme, 0, "x")
        for at, quantity in zip(places, quantities, strict=True):
            self.put(quantity, *at, size=SIZE, decimals=4)
        code = math(rule(theme)[0], size=SIZE, colour=theme.ink)
        self.add(stated(code.rest(*place), word("rule", method="gradient", line=0)))
