"""`lecture explore`: a page on which descents are tried by hand."""

from __future__ import annotations

import math
from pathlib import Path

import click

from gdlecture.commands.arguments import WrongArgumentError, examples, out_option
from gdlecture.commands.formulas import FormulaCommand
from gdlecture.commands.gallery import shown
from gdlecture.dist import Dist, DistError
from gdstage.look.rounding import counted


@click.command(
    cls=FormulaCommand,
    epilog=examples(
        "lecture explore",
        'lecture explore "x**4 - x"',
        'lecture explore "(1 - x)**2 + 5*(y - x**2)**2" "cosh(x) - x"',
        'lecture explore "exp(-x)*sin(3*x)" "-x**2 + abs(x)" --window 0 4',
        'lecture explore "max(1 - x, 0) + x**2/2" "where(x < 0, -x, x**2)"',
    ),
)
@click.argument("expressions", metavar="[EXPR]...", nargs=-1)
@click.option(
    "--window",
    type=(float, float),
    metavar="LO HI",
    help="What is shown of x, and of y, of the typed functions.  [default: as their clips show]",
)
@out_option
def explore(expressions: tuple[str, ...], window: tuple[float, float] | None, out: Path) -> None:
    """Write explorer.html: click to set the start, slide the learning rate, see what becomes of it.

    One file that needs no network. It holds the four functions of the labs with the labs'
    settings, and every EXPR, a formula in x, or in x and y, such as "x**4 - x".
    """
    if window is not None and not -math.inf < window[0] < window[1] < math.inf:
        raise WrongArgumentError(
            f"--window must be LO HI with LO < HI, not {window[0]:g} {window[1]:g}"
        )
    from gdlecture.explorer.build import PAGE, build_explorer  # noqa: PLC0415
    from gdmath import ExpressionError  # noqa: PLC0415 (sympy)
    from gdstage.any.experiment import ExperimentError  # noqa: PLC0415 (sympy)

    dist = Dist(out)
    try:
        done = build_explorer(dist, expressions, window)
    except (ExpressionError, ExperimentError) as error:
        raise WrongArgumentError(str(error)) from error
    except DistError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot write {out / PAGE}: {error.strerror}") from error
    same = ", unchanged" if done.unchanged else ""
    size = f"{done.size / 1e6:.1f} MB"
    click.echo(f"{out / PAGE}: {counted(done.functions, 'function')}, {size}{same}")
    if dist.durations():
        line, good = shown(dist)
        click.echo(line, err=not good)
