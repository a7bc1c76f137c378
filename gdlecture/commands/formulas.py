"""Arguments of the commands that take formulas."""

from __future__ import annotations

import math
import re
from typing import Any

import click


class Several(click.ParamType):
    """One or more values, with blanks or commas between them."""

    of = ""

    def takes(self, text: str) -> bool:
        """Whether an argument goes on with the values before it."""
        raise NotImplementedError


class Names(Several):
    """One or more names of small letters."""

    name, of = "names", "a name"

    def takes(self, text: str) -> bool:
        """Whether it is a name, or several: no formula is a word of three letters."""
        return re.fullmatch(r"[a-z]{3,}(-[a-z]+)*(,[a-z]{3,}(-[a-z]+)*)*,?", text) is not None

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 (click's)
        ctx: click.Context | None,  # noqa: ARG002 (click's)
    ) -> list[str]:
        """The names as a list."""
        return value if isinstance(value, list) else re.findall(r"[^\s,]+", str(value))


class Numbers(Several):
    """One or more numbers, with blanks or commas between them."""

    name, of = "numbers", "a number"

    def takes(self, text: str) -> bool:
        """Whether it is a number, or several."""
        return _are_numbers(text)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[float]:
        """The numbers as a list."""
        if isinstance(value, list):
            return value
        parts = re.split(r"[\s,]+", str(value).strip(" ,"))
        numbers = [_number(part) for part in parts]
        for part, number in zip(parts, numbers, strict=True):
            if number is None:
                self.fail(f"{part!r} is not a finite number", param, ctx)
        return [number for number in numbers if number is not None]


class FormulaCommand(click.Command):
    """A command on formulas: -x**2 is no option of it, and `Several` take all that follow."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the values that follow such an option together as its one value."""
        known = {
            name: parameter
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option)
            for name in parameter.opts
        }
        options: list[str] = []
        others: list[str] = []
        rest = list(args)
        while rest:
            argument = rest.pop(0)
            if argument == "--":
                others += rest
                break
            option = known.get(argument)
            if option is not None and isinstance(option.type, Several):
                values = []
                while rest and option.type.takes(rest[0]):
                    values.append(rest.pop(0))
                if not values and (not rest or rest[0] in known):
                    ctx.fail(f"Option {argument!r} needs {option.type.of} after it.")
                # What is none of its values is told by the option that it was meant for.
                options.append(f"{argument}={' '.join(values or [rest.pop(0)])}")
            elif argument.startswith("--") or argument[:2] in known:
                options.append(argument)
                count = 0 if option is None or option.is_flag else option.nargs
                options += rest[:count]
                del rest[:count]
            else:
                others.append(argument)
        return super().parse_args(ctx, [*options, "--", *others])


def _are_numbers(text: str) -> bool:
    parts = [part for part in text.split(",") if part.strip()]
    return bool(parts) and all(_number(part) is not None for part in parts)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None
