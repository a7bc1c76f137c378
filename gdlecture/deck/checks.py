"""What must hold of a deck: its files are whole, and its clips are those of the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gdlecture.dist import Dist, sha256
from gdlecture.verify.checks import check_entry


def check_deck(dist: Dist, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One line for each file that is not what it was, and for each clip that has changed since."""
    entry = manifest["deck"]
    for path in entry["files"]:
        yield from check_entry(dist, path, manifest)
    known = entry["clips"]
    changed = [name for name in known if clip_hash(manifest, name) != known[name]]
    if changed:
        older = ", ".join(changed)
        yield (
            f"clips: expected those that are here, found older ones of {older}; "
            "make it again: lecture deck"
        )


def clip_hash(manifest: Mapping[str, Any], name: str) -> str:
    """What a clip's video and evidence are, in one word, as the manifest has them."""
    entries = (manifest["files"].get(f"clips/{name}{suffix}") for suffix in (".mp4", ".json"))
    told = " ".join(entry["sha256"] for entry in entries if entry is not None)
    return sha256(told.encode())
