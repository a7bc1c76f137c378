"""What formulas say, as text that can be searched and copied."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_suffix(".typ")


def plain_texts(codes: Iterable[str]) -> dict[str, str]:
    """Each line of Typst in plain text: "$x_(k-1)$" as "x_(k−1)", "$frac(1, 2)$" as "1/2"."""
    wanted = list(dict.fromkeys(codes))
    with tempfile.TemporaryDirectory(prefix="lecture-") as folder:
        root = Path(folder)
        shutil.copy(_TEMPLATE, root)
        (root / "codes.json").write_text(json.dumps(wanted), encoding="utf-8")
        told = json.loads(typst.query(str(root / _TEMPLATE.name), "<plain>", field="value"))
    return {code: " ".join(text.split()) for code, text in zip(wanted, told, strict=True)}
