"""What became of making something of finished clips, in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click


def outcome(name: str, make: Callable[[], str], *expected: type[Exception]) -> tuple[str, bool]:
    """What `make` tells of the file `name`, or why it is not there; and whether it is there now.

    `expected` are the errors whose message says why; an OSError tells that it cannot be written.
    """
    try:
        return f"{name}: {make()}", True
    except expected as error:
        return f"{name}: {error}", False
    except OSError as error:
        return f"{name}: cannot be written: {error.strerror or error}", False


def finish(outcomes: Iterable[tuple[str, bool]]) -> bool:
    """Tell what became of each thing that was made, as it comes; whether all are there now."""
    whole = True
    for line, done in outcomes:
        click.echo(line, err=not done)
        whole = whole and done
    return whole
