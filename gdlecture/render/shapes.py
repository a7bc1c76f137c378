"""In which shape of the frame a process draws: in one, since places in the frame are constants."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager

from gdstage.shape import VARIABLE, chosen, shape_here


def can_draw(shape: str) -> bool:
    """Whether this process draws in a shape: in that which it began with, or in any at first."""
    if "gdstage.layout" not in sys.modules:
        os.environ[VARIABLE] = shape
    return shape_here().name == shape


def begun_in(shape: str) -> AbstractContextManager[None]:
    """Have processes that begin meanwhile draw in a shape."""
    return chosen(VARIABLE, shape)
