"""What must hold of a handout: its files are whole, and its clips are still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gdlecture.dist import Dist
from gdlecture.verify.checks import check_entry


def check_handout(dist: Dist, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One line for each file that is not what it was, and for clips that are not there any more."""
    entry = manifest["handout"]
    for path in entry["files"]:
        yield from check_entry(dist, path, manifest)
    gone = ", ".join(sorted(set(entry["clips"]) - set(manifest["clips"])))
    if gone:
        yield f"clips: expected those that are here, found {gone}; make it again: lecture handout"
