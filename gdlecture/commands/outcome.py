"""What became of making something of finished clips, in one line."""

from __future__ import annotations

from collections.abc import Callable


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
