"""In which shape of the frame a process draws: in one, since places in the frame are constants."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from gdstage.shape import VARIABLE, shape_here


def can_draw(shape: str) -> bool:
    """Whether this process draws in a shape: in that which it began with, or in any at first."""
    if "gdstage.layout" not in sys.modules:
        os.environ[VARIABLE] = shape
    return shape_here().name == shape


@contextmanager
def begun_in(shape: str) -> Iterator[None]:
    """Have processes that begin meanwhile draw in a shape."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = shape
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
