"""How long one picture of the explorer's turning surface takes on the CPU: ours, and plotly's.

    python benchmarks/explorer_surface.py [--json]

Both draw the sauna over 40 × 40 cells with lines of height, axes, numbers, and a walk of 30 steps
with a dot an iterate, in a headless Chromium each, without a graphics card, on canvases of the same
size, and turn it by the same angles about the same axis. `ours_busy_ms` has three methods of 200
steps each. A picture counts from the new angle until a pixel of it can be read: so the drawing is
done, not only asked for. Ours finds anew which parts of the walk the surface hides.

plotly.js is the usual way to such a picture in a page; it draws with WebGL, which here is
SwiftShader's, on the CPU as well, and shades each pixel, not each face. It is asked for the picture
alone, past its own layout. The contestants take turns. `…_ms` is the median time by the clock,
which other work on the machine makes longer; `…_least_ms` is the least, which it touches less.

plotly comes with the dependency group `bench`, playwright with `dev`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import numpy as np
from playwright.sync_api import Page, sync_playwright

try:
    import plotly
except ImportError as missing:
    sys.exit(f"{missing.name} is missing: it comes with the dependency group `bench`")

from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.subject import lab_subject
from gdmath import SAUNA, descend, gradient_step

CELLS, FRAMES, WARM_UP = 40, 30, 5
FIRST, STEP = -58.0, 3.0
START, RATE, STEPS = (0.5, 0.6), 0.25, 30
BUDGET = 1000 / 60
# The peer compiles its shaders for the CPU as it begins, in milliseconds.
PATIENCE = 180_000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

OURS = """azimuth => {
  const { surface } = explorer;
  const begun = performance.now();
  surface.view.azimuth = azimuth;
  surface.draw();
  surface.context.getImageData(0, 0, 1, 1);
  return performance.now() - begun;
}"""

THEIRS = """azimuth => {
  const { glplot } = document.getElementById("peer")._fullLayout.scene._scene;
  const { gl } = glplot;
  const begun = performance.now();
  const angle = azimuth * Math.PI / 180;
  glplot.camera.lookAt([2.2 * Math.cos(angle), 2.2 * Math.sin(angle), 2], [0, 0, 0], [0, 0, 1]);
  glplot.redraw();
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  return performance.now() - begun;
}"""

BUSY = "#f=sauna&x=1.5&y=0.9&n=200&tol=none&k=200&m=gradient_0.02&m=nesterov_0.02&m=rmsprop_0.05"


def peer_page(width: int, height: int) -> str:
    (low, high), _ = SAUNA.window or ((0.0, 1.0), (0.0, 1.0))
    ends = np.linspace(low, high, CELLS + 1)
    walk = descend(SAUNA, START, gradient_step(RATE), STEPS, 1e-3)
    (x, y), f = walk.points.T, walk.values
    data: list[dict[str, Any]] = [
        {
            "type": "surface", "x": ends.tolist(), "y": ends.tolist(), "showscale": False,
            "z": SAUNA(*np.meshgrid(ends, ends)).tolist(), "contours": {"z": {"show": True}},
        },
        {
            "type": "scatter3d", "mode": "lines+markers", "marker": {"size": 4},
            "x": x.tolist(), "y": y.tolist(), "z": f.tolist(),
        },
    ]  # fmt: skip
    layout = {"width": width, "height": height, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    script = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><div id="peer"></div>'
        f"<script>{script.read_text(encoding='utf-8')}</script><script>"
        f'window.drawn = Plotly.newPlot("peer", {json.dumps(data)}, {json.dumps(layout)});</script>'
    )


def measure() -> dict[str, float]:
    """Times of a picture in milliseconds, by contestant."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else CHROMIUM
    executable = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:

        def opened(name: str, text: str, query: str = "") -> Page:
            # A browser each: WebGL on the CPU keeps a browser from all else while it begins.
            browser = playwright.chromium.launch(
                executable_path=executable,
                args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
            )
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(PATIENCE)
            page.goto(path.as_uri() + query)
            return page

        text = explorer_page([lab_subject(SAUNA)])
        x, y = START
        query = f"#f=sauna&x={x}&y={y}&a={RATE}&n={STEPS}&k={STEPS}"
        ours, busy = opened("ours.html", text, query), opened("busy.html", text, BUSY)
        for page in (ours, busy):
            page.wait_for_function("() => window.explorer?.surface.drawn")
        width, height = ours.evaluate(
            "() => [explorer.surface.canvas.clientWidth, explorer.surface.canvas.clientHeight]"
        )
        theirs = opened("theirs.html", peer_page(width, height))
        theirs.evaluate("() => drawn.then(() => true)")
        contestants = {"ours": (ours, OURS), "ours_busy": (busy, OURS), "plotly": (theirs, THEIRS)}
        times: dict[str, list[float]] = {name: [] for name in contestants}
        for frame in range(-WARM_UP, FRAMES):
            for name, (page, draw) in contestants.items():
                spent = page.evaluate(draw, FIRST + STEP * frame)
                if frame >= 0:
                    times[name].append(spent)
        result = {f"{name}_ms": statistics.median(spent) for name, spent in times.items()}
        result |= {f"{name}_least_ms": min(spent) for name, spent in times.items()}
    return {name: round(spent, 2) for name, spent in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the times as JSON, and no more")
    arguments = parser.parse_args()
    result = measure()
    if arguments.json:
        click.echo(json.dumps(result))
        return
    for name, spent in result.items():
        click.echo(f"{name:18}{spent:8.2f}   {spent / BUDGET:6.2f} of a sixtieth of a second")
    for name in ("ours", "ours_busy"):
        for kind in ("ms", "least_ms"):
            times = result[f"plotly_{kind}"] / result[f"{name}_{kind}"]
            click.echo(f"{name}_{kind} is {times:.1f} times as fast as plotly_{kind}")


if __name__ == "__main__":
    main()
