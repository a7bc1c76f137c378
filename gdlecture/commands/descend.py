"""`lecture descend`: a clip of gradient descent on any function."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from gdlecture.commands.arguments import WrongArgumentError, examples, out_option
from gdlecture.commands.formulas import FormulaCommand, Names, Numbers
from gdlecture.commands.gallery import shown
from gdlecture.commands.outcome import finish
from gdlecture.commands.speaking import chosen_voice, voice_options
from gdlecture.dist import Dist
from gdlecture.settings import QUALITIES, SHAPES, THEMES, Settings


@click.command(
    cls=FormulaCommand,
    epilog=examples(
        'lecture descend "x**4 - 3*x**2 + x" --start 1.5 --rate 0.05 --steps 30',
        'lecture descend "exp(x) - log(x)" --start 1.6 --compare 0.05 0.1 0.5 -o rates.mp4',
        'lecture descend "(x**2 + y - 11)**2 + (x + y**2 - 7)**2" --rate 0.01 --starts 8',
        'lecture descend "x**2/20 + 5*y**2" --methods gradient momentum adam --rate 0.15',
        'lecture descend "abs(x)" --start 1.6 --dry-run --json',
        'lecture descend --latex "e^x - \\ln x" --method newton -q l',
        'lecture descend --data points.csv --model "score = a*hours + b" --start 0 0',
        'lecture descend "x**2" --print-config > my.toml; lecture descend --config my.toml',
    ),
)
@click.argument("expression", required=False)
@click.option("--latex", metavar="TEXT", help="The function in LaTeX instead (needs lark).")
@click.option(
    "--data", metavar="FILE.csv",
    help="A table with the columns' names in its first line: the loss of --model on it.",
)  # fmt: skip
@click.option(
    "--model", metavar="TEXT",
    help='A formula of columns and of one or two parameters: "a*t + b", or "s = a*t + b" where s '
    "is the target.",
)  # fmt: skip
@click.option(
    "--loss", type=click.Choice(("squared", "log")),
    help="Mean of (model − target)², or the log loss of sigmoid(model) for targets 0 and 1.  "
    "[default: squared]",
)  # fmt: skip
@click.option(
    "--start", type=Numbers(), metavar="X [Y]…", multiple=True,
    help="Where to start; of several starts, one after the other.  [default: chosen]",
)  # fmt: skip
@click.option("--starts", type=int, metavar="N", help="So many starts, spread over the window.")
@click.option("--rate", type=float, metavar="α", help="The learning rate.  [default: 0.1]")
@click.option("--compare", type=Numbers(), metavar="α α…", help="Several learning rates.")
@click.option(
    "--method", metavar="NAME",
    help="The rule of the steps: gradient, momentum, nesterov, adagrad, rmsprop, adam, step-decay, "
    "exponential-decay, cosine-decay, inverse-decay, backtracking, barzilai-borwein, newton, "
    "damped-newton.  [default: gradient]",
)  # fmt: skip
@click.option("--methods", type=Names(), metavar="NAME NAME…", help="Several methods to race.")
@click.option("--beta", type=float, help="What momentum and nesterov keep of their velocity.")
@click.option("--beta1", type=float, help="What adam keeps of its mean slope.")
@click.option("--beta2", type=float, help="What adam keeps of its mean square.")
@click.option("--epsilon", type=float, help="Added to the root by adagrad, rmsprop and adam.")
@click.option("--decay", type=float, help="Of rmsprop's mean square; of inverse-decay's rate.")
@click.option("--every", type=int, metavar="N", help="After so many steps step-decay drops.")
@click.option("--factor", type=float, help="What step-decay and exponential-decay multiply by.")
@click.option("--least", type=float, help="The rate at which cosine-decay ends.")
@click.option("--shrink", type=float, help="What a refused step is multiplied by.")
@click.option("--decrease", type=float, help="The share of the fall that Armijo asks for.")
@click.option("--length", type=click.Choice(("long", "short")), help="Of barzilai-borwein.")
@click.option("--steps", type=int, metavar="N", help="At most so many steps.  [default: 25]")
@click.option(
    "--tolerance", type=float, help="The slope at which it has arrived.  [default: chosen]"
)
@click.option(
    "--window", type=Numbers(), metavar="LOW HIGH…",
    help="What to show of x, or of x and y.  [default: chosen]",
)  # fmt: skip
@click.option(
    "--basins/--no-basins", default=None,
    help="Of two variables: end with a map of where every start in the window leads.",
)  # fmt: skip
@click.option("--title", help="The first words of each heading.")
@click.option(
    "--config", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Settings from a TOML file; options given here come first.",
)  # fmt: skip
@click.option("--print-config", is_flag=True, help="Print the settings as TOML, and draw nothing.")
@click.option("--dry-run", is_flag=True, help="Print the plan, and draw nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: the plan for machines.")
@click.option(
    "-q", "--quality", type=click.Choice(list(QUALITIES)),
    help="480p15, 720p30, 1080p60, 1440p60 or 2160p60, by manim's letters.  [default: h]",
)  # fmt: skip
@click.option("--theme", type=click.Choice(THEMES), help="[default: dark]")
@click.option(
    "--shape", type=click.Choice(SHAPES), envvar="GDLECTURE_SHAPE",
    help="Of the frame: a layout of its own in each.  [default: 16:9]",
)  # fmt: skip
@voice_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.mp4",
    help="The video's file; captions, poster and evidence go beside it.  "
    "[default: a clip in the folder of --out]",
)  # fmt: skip
@out_option
def descend(  # noqa: PLR0917 (click passes them by name)
    expression: str | None,
    start: tuple[list[float], ...],
    config: Path | None,
    print_config: bool,  # noqa: FBT001 (a flag of the command)
    dry_run: bool,  # noqa: FBT001 (a flag of the command)
    as_json: bool,  # noqa: FBT001 (a flag of the command)
    output: Path | None,
    out: Path,
    **options: Any,
) -> None:
    """Draw gradient descent on EXPRESSION, a function of x, or of x and y.

    Known are + - * / ** ( ), numbers, pi and e; exp log sqrt cbrt abs sign relu sigmoid; sin cos
    tan sinh cosh tanh, and asin … atanh; max(a, b) min(a, b) pow(a, b); and where(x < 0, -x, x**2)
    for pieces. One variable is drawn as a graph, two as a surface beside a map. What is not
    told is chosen: start, window, ticks, pace. The clip has captions, a poster and evidence
    like those of the lecture; `lecture verify FILE.mp4` proves it.
    """
    from gdlecture.descend.settings import SettingsError, read_settings, written  # noqa: PLC0415

    try:
        settings = read_settings(config) if config is not None else {}
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    given = {key: value for key, value in options.items() if value is not None}
    if expression is not None:
        given["function"] = expression
    if start:
        given["start"] = [number for point in start for number in point]
    _settle(settings, given)
    if print_config:
        defaults = {
            "method": "gradient", "steps": 25, "quality": "h", "theme": "dark", "shape": SHAPES[0],
        }  # fmt: skip
        if settings.get("methods"):
            del defaults["method"]
        elif settings.get("method", "gradient") == "gradient" and not settings.get("compare"):
            defaults["rate"] = 0.1
        click.echo(written({**defaults, **settings}), nl=False)
        return
    if as_json and not dry_run:
        raise click.UsageError("--json tells the plan: it goes with --dry-run")
    if dry_run:
        _tell(settings, output, as_json=as_json)
    else:
        _make(settings, output, out)


def _settle(settings: dict[str, Any], given: dict[str, Any]) -> None:
    """Let what is given on the command line take the place of what the file says.

    Raises:
        click.UsageError: there is no function, or there are two.
    """
    ways = ("function", "latex", "data")
    if len([way for way in ways if way in given]) > 1:
        raise click.UsageError("an expression, --latex and --data say the same; give one")
    for one, others in (
        *((way, tuple(w for w in ways if w != way)) for way in ways),
        ("start", ("starts",)),
        ("starts", ("start",)),
        ("rate", ("compare",)),
        ("method", ("methods",)),
        ("voice", ("voice_command",)),
        ("voice_command", ("voice",)),
        ("methods", ("method",)),
    ):
        if one in given:
            for other in others:
                settings.pop(other, None)
    settings.update(given)
    if not settings.keys() & set(ways):
        raise click.UsageError(
            'what function? give an expression such as "x**2", or --latex, or --data'
        )
    for one, other in (("data", "model"), ("model", "data"), ("loss", "data")):
        if one in given and other not in settings:
            raise click.UsageError(f'--{one} needs --{other}: --data t.csv --model "a*t + b"')
    if "data" in settings and "model" not in settings:
        raise click.UsageError('--data needs --model, such as "a*t + b"')
    if "data" not in settings:
        settings.pop("model", None)
        settings.pop("loss", None)


def _tell(settings: dict[str, Any], output: Path | None, *, as_json: bool) -> None:
    """Print the plan, or say on one line why there is none."""
    from gdlecture.descend import making, telling  # noqa: PLC0415 (sympy)

    try:
        plan, decided = making.planned(settings)
        name = output.stem if output is not None else making.name_of({**settings, **decided})
        told = json.dumps(telling.as_data(plan), ensure_ascii=False) if as_json else ""
    except making.DataError as error:
        raise WrongArgumentError(str(error)) from error
    except making.DescendError as error:
        raise click.ClickException(str(error)) from error
    click.echo(told or telling.told(plan, name))


def _make(settings: dict[str, Any], output: Path | None, out: Path) -> None:
    """Plan, draw and write the clip, or say on one line why not."""
    from gdlecture.descend import making  # noqa: PLC0415 (sympy)
    from gdlecture.dist import DistError  # noqa: PLC0415
    from gdlecture.render.progress import RenderProgress  # noqa: PLC0415 (rich)
    from gdlecture.render.work import RenderError  # noqa: PLC0415
    from gdstage.look.brand import BrandError  # noqa: PLC0415 (numpy)

    dist = Dist(out)
    try:
        _, decided = making.planned(settings)
        name = output.stem if output is not None else making.name_of({**settings, **decided})
        if output is not None:
            making.check_target(output)
        else:
            dist.prepare()
            if trouble := dist.trouble():
                click.echo(f"{trouble}; it is made anew", err=True)
        speaks = chosen_voice(settings.get("voice"), settings.get("voice_command"), Path.cwd())
        style = Settings(
            settings.get("quality", "h"), settings.get("theme", "dark"), "mp4", False,  # noqa: FBT003
            settings.get("shape", SHAPES[0]), *speaks,
        )  # fmt: skip
        with RenderProgress([name], dist.durations()) as progress:
            clip = making.rendered(name, decided, style, progress.drawn)
            if output is not None:
                making.put_beside(clip, output)
            else:
                making.put_in_dist(clip, dist)
            progress.done(clip)
    except making.DataError as error:
        raise WrongArgumentError(str(error)) from error
    except (making.DescendError, BrandError, DistError, RenderError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(output if output is not None else dist.video(name))
    if output is None:
        _show_in_gallery(dist)


def _show_in_gallery(dist: Dist) -> None:
    """Let a gallery that is there already show the new clip too."""
    from gdlecture.gallery.check import has_gallery  # noqa: PLC0415

    if has_gallery(dist, dist.manifest()) and not finish([shown(dist)]):
        raise click.exceptions.Exit(1)
