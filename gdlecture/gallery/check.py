"""What must hold of the gallery: it is whole, and about the clips that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gdlecture.dist import Dist
from gdlecture.gallery.page import PAGE, files_hash
from gdlecture.verify.checks import check_entry


def has_gallery(dist: Dist, manifest: Mapping[str, Any]) -> bool:
    """Whether there is a page, or should be one."""
    return PAGE in manifest["files"] or (dist.root / PAGE).exists()


def check_gallery(dist: Dist, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One line for each way in which index.html is not the page of these clips."""
    failures = list(check_entry(dist, PAGE, manifest))
    yield from failures
    entry = manifest.get("pages", {}).get(PAGE, {})
    if not failures and entry.get("of") != files_hash(manifest):
        yield f"{PAGE}: expected the page of these clips, found that of others"
