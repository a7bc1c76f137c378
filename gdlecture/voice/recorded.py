"""A folder of one's own recordings: FOLDER/CLIP/NN.wav, the phrases of a clip from 01 on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gdlecture.settings import HIBARI, SILENT


def recording(folder: Path, clip: str, number: int) -> Path:
    """Where the recording of a phrase is, or should be."""
    return folder / clip / f"{number:02}.wav"


def recordings(folder: Path, clip: str) -> list[Path]:
    """All recordings that there are of a clip."""
    return sorted((folder / clip).glob("*.wav"))


def recordings_hash(voice: str, command: str, clip: str) -> str:
    """A sha256 of the recordings that a clip is spoken with; "" if it is with none."""
    if command or voice in {SILENT, HIBARI}:
        return ""
    told = hashlib.sha256()
    for path in recordings(Path(voice), clip):
        told.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()
