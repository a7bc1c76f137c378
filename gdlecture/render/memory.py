"""How many clips may be drawn side by side: no more than there are cores, and than memory holds."""

from __future__ import annotations

from pathlib import Path

import psutil

from gdlecture.render.pool import cores

MB = 1024 * 1024

A_JOB = {"l": 600, "m": 700, "h": 950, "p": 1200, "k": 2200}
"""MB that a process takes at most when it draws in a quality: measured in the smallest and in `h`
(by benchmarks/lecture.py: 914), of the others by their pixels."""

HEAVY = 640 * MB
"""Bytes: a process that holds more after a clip makes room for a new one, since what a large film
took is not all given back."""

_CGROUPS = (
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)


def jobs_here(quality: str) -> tuple[int, str]:
    """How many processes to draw with, and why they are fewer than the cores, if they are."""
    most, free = cores(), free_memory()
    fit = max(1, free // (A_JOB[quality] * MB))
    if fit >= most:
        return most, ""
    told = (
        f"{free / MB / 1024:.1f} GB of memory are free, and a clip takes up to {A_JOB[quality]} MB"
    )
    return fit, f"{told}: {fit} of {most} cores draw (--jobs {most} insists)"


def free_memory(groups: Path = Path("/sys/fs/cgroup")) -> int:
    """Bytes that this process and its like may still take; in a container, what that lets them."""
    free = psutil.virtual_memory().available
    for limit, used in _CGROUPS:
        try:
            left = int((groups / limit).read_text()) - int((groups / used).read_text())
        except (OSError, ValueError):  # no container, or one without a limit: "max"
            continue
        free = min(free, max(left, 0))
    return int(free)
