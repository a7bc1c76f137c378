"""A verdict in a line: how many numbers, lines, points, areas and dots of a clip were proved."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from gdlecture.verify.report import Report, Tally
from gdstage.look.rounding import counted

GROUPS: Mapping[str, tuple[str, ...]] = {
    "number": ("number",),
    "word": ("word",),
    "line": ("axes", "curve", "hop", "level", "line", "polyline", "segment"),
    "point": ("point", "tip"),
    "area": ("map", "region", "surface"),
    "dot": ("dot",),
}
"""Kinds of claims by what a reader would call them; others state no quantity."""


def grouped(tallies: Iterable[Tally]) -> dict[str, int]:
    """How many claims of each group there are; groups without any are left out."""
    names = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
    counts = Counter[str]()
    for tally in tallies:
        if tally.kind in names:
            counts[names[tally.kind]] += tally.count
    return {group: counts[group] for group in GROUPS if counts[group]}


def said(counts: Mapping[str, int]) -> str:
    """Counts by group in words: 214 numbers, 31 lines, 111 dots."""
    return ", ".join(counted(counts[group], group) for group in GROUPS if counts.get(group))


def percent(share: float) -> str:
    """A share as it may be told: rounded down, so that 100 % means all."""
    return f"{math.floor(1000 * share + 1e-9) / 10:.1f} %"


def line(report: Report) -> str:
    """What became of verifying a clip, or another file, in a line."""
    verdict = "true" if report.is_true else "FAILED"
    if report.kind != "clip":
        name = "lecture.mp4" if report.kind == "film" else report.clip
        return f"{name}: {verdict}"
    parts = [
        counted(report.walks, "walk") if report.walks else "",
        said(grouped(report.tallies)) or (counted(report.beats, "beat") if report.beats else ""),
        f"{counted(report.phrases, 'phrase')} heard" if report.phrases else "",
        f"{counted(report.off_screen, 'dot')} off screen" if report.off_screen else "",
        f"{report.unseen} unseen" if report.unseen else "",
        f"{len(report.taught)} taught, not proved" if report.taught else "",
        f"{percent(report.accounted)} of the ink accounted for" if report.accounted else "",
        f"at most {report.worst:.2f} px off ({report.limit:.2f} allowed)" if report.limit else "",
    ]
    return f"{report.clip}: {verdict}: " + (", ".join(filter(None, parts)) or "nothing proved")


def total(reports: Iterable[Report]) -> str:
    """The last line: all clips together."""
    reports = list(reports)
    clips = [report for report in reports if report.kind == "clip"]
    failures = sum(len(report.failures) for report in reports)
    counts = grouped(tally for report in clips for tally in report.tallies)
    parts = (
        counted(len(clips), "clip"),
        counted(sum(report.walks for report in clips), "walk"),
        said(counts),
    )
    verdict = counted(failures, "failure") if failures else "all true"
    return f"{', '.join(filter(None, parts))}: {verdict}"
