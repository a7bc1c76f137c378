"""The slides as manim-slides reads them: one JSON a clip, for its `present` and its `convert`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from gdlecture.deck.slides import FOLDER, Slide


def presentation(slides: Sequence[Slide]) -> str:
    """One clip's slides; files are named as seen from the folder that holds `slides/`.

    manim-slides can play backwards, from a file of its own. No such file is made: as when its
    own rendering skips that, the film itself stands in.
    """
    told = {
        "slides": [
            {
                "file": f"{FOLDER}/{slide.piece.name}",
                "rev_file": f"{FOLDER}/{slide.piece.name}",
                "loop": slide.loop,
                "notes": slide.text,
            }
            for slide in slides
        ],
        "resolution": [slides[0].width, slides[0].height],
        "background_color": slides[0].ground,
    }
    # Plain ASCII: manim-slides reads it in the system's encoding.
    return json.dumps(told, indent=1) + "\n"
