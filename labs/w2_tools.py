"""What the notebooks of the course's lab import from a module of this name, drawn by our own lab.

The signatures are the lab's, arguments in its order. Those that say where matplotlib is to put its
text, its colours or its camera are taken and not needed. Functions may be Python's or gdmath's.
Each shows its picture at once, as matplotlib does, and returns it; a click chooses a new start.
"""

# ruff: noqa: ARG001, PLR0917 (the lab's signatures)
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from IPython.display import display

from gdlecture.notebook import Lab, lab
from gdmath import LOG_VALLEY, SAUNA, THREE_WELLS, TWO_VALLEYS

Function = Callable[..., Any]
Range = Sequence[float]

f_example_1 = LOG_VALLEY
dfdx_example_1 = LOG_VALLEY.partial("x")
f_example_2 = TWO_VALLEYS
dfdx_example_2 = TWO_VALLEYS.partial("x")
f_example_3 = SAUNA
dfdx_example_3 = SAUNA.partial("x")
dfdy_example_3 = SAUNA.partial("y")
f_example_4 = THREE_WELLS
dfdx_example_4 = THREE_WELLS.partial("x")
dfdy_example_4 = THREE_WELLS.partial("y")


class Shown(tuple[Lab, Lab]):
    """A picture that is on the screen already: unpacked like a figure and its axes."""

    __slots__ = ()

    def _ipython_display_(self) -> None:
        """Nothing once more, where it is a cell's last value."""


def plot_f(x_range: Range, y_range: Range, f: Function, x_axis_height: float = 0.0) -> Shown:
    """Draw f of one variable over x_range; y_range is what is seen of its values."""
    return _shown(lab(f, window=x_range, heights=y_range))


def plot_f_cont_and_surf(
    x_range: Range, y_range: Range, z_range: Range, f: Function, *, cmap: str = "", view: Any = None
) -> Shown:
    """Draw f of two variables as a map."""
    return _shown(lab(f, window=(x_range, y_range)))


def gradient_descent_one_variable(
    x_range: Range, y_range: Range, f: Function, dfdx: Function, gradient_descent: Function,
    num_iterations: int, learning_rate: float, x_initial: float,
    x_axis_height: float = 0.0, text_place: Any = None,
) -> Shown:  # fmt: skip
    """Draw what the function gradient_descent(dfdx, x, rate, iterations) does on f."""
    return _shown(
        lab(
            f, dfdx, descent=gradient_descent, window=x_range, heights=y_range,
            start=x_initial, rate=learning_rate, steps=num_iterations,
        )
    )  # fmt: skip


def gradient_descent_two_variables(
    x_range: Range, y_range: Range, z_range: Range, f: Function, gradient_descent: Function,
    dfdx: Function, dfdy: Function, num_iterations: int, learning_rate: float,
    x_initial: float, y_initial: float,
    text_place: Any = None, step: Any = None, view_place: Any = None,
    *, cmap: str = "", view: Any = None,
) -> Shown:  # fmt: skip
    """Draw what gradient_descent(dfdx, dfdy, x, y, rate, iterations) does on f."""
    return _shown(
        lab(
            f, dfdx, dfdy, descent=gradient_descent, window=(x_range, y_range),
            start=(x_initial, y_initial), rate=learning_rate, steps=num_iterations,
        )
    )  # fmt: skip


def _shown(made: Lab) -> Shown:
    display(made)
    return Shown((made, made))
