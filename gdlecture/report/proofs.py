"""proof.json: what `lecture verify` found of each clip of a folder, kept for the gallery."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gdlecture.dist import Dist
from gdlecture.report.telling import grouped
from gdlecture.verify.report import Report

PROOF = "proof.json"


@dataclass(frozen=True)
class Proved:
    """What became of one clip: whether it is true, how many failures, and counts by group.

    `accounted` is the share of ink that claims account for, None where it was not measured.
    """

    is_true: bool
    failures: int
    counts: Mapping[str, int]
    accounted: float | None


def proof_of(entries: Mapping[str, Mapping[str, Any]], manifest: Mapping[str, Any]) -> bytes:
    """The file's bytes: the entries of clips with the hashes of the files that they are about."""
    told = {
        name: {**entry, "files": hashes}
        for name, entry in sorted(entries.items())
        if (hashes := _hashes(name, manifest))
    }
    return (json.dumps({"clips": told}, indent=1, sort_keys=True) + "\n").encode()


def write_proof(dist: Dist, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the file in its place and in the manifest; what is the same is not written again.

    Raises:
        DistError: there is no manifest.
        OSError: it cannot be written.
    """
    with dist.writing() as parts:
        data = proof_of(entries, dist.manifest())
        dist.put_page(PROOF, data, {}, parts)


def read_proof(dist: Dist, manifest: Mapping[str, Any]) -> dict[str, Proved]:
    """What was found of the very clips that a manifest names; of others, nothing.

    A file that is not there, or cannot be read, tells nothing either.
    """
    try:
        clips = json.loads((dist.root / PROOF).read_text(encoding="utf-8"))["clips"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    found = {}
    for name, entry in clips:
        if isinstance(entry, dict) and entry.get("files") == (_hashes(name, manifest) or None):
            proved = _proved(entry)
            if proved is not None:
                found[name] = proved
    return found


def _proved(entry: Mapping[str, Any]) -> Proved | None:
    try:
        counts = {str(group): int(count) for group, count in entry["counts"].items()}
        share = entry["accounted"]
        return Proved(
            entry["verdict"] == "true", int(entry["failures"]), counts,
            None if share is None else float(share),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def _hashes(name: str, manifest: Mapping[str, Any]) -> dict[str, str]:
    """The SHA-256 of a clip's video and evidence, by their names, as the manifest has them."""
    wanted = [f"clips/{name}{suffix}" for suffix in (".mp4", ".webm", ".gif", ".json")]
    entries = manifest["files"]
    return {path: entries[path]["sha256"] for path in wanted if path in entries}


def entries_of(reports: Iterable[Report]) -> dict[str, dict[str, Any]]:
    """The entries of the clips among reports of `lecture verify`."""
    return {
        report.clip: {
            "verdict": "true" if report.is_true else "false",
            "failures": len(report.failures),
            "counts": grouped(report.tallies),
            "unseen": report.unseen,
            "taught": len(report.taught),
            "worst": round(report.worst, 3),
            "allowed": round(report.limit, 3),
            "accounted": None if report.accounted is None else round(report.accounted, 5),
        }
        for report in reports
        if report.kind == "clip"
    }
