"""The labs in JupyterLab itself, in Chromium: run from its menu, clicked, and by keyboard."""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest

from gdmath import LOG_VALLEY, SAUNA, descend, gradient_step
from gdstage.look.theme import DARK, LIGHT

ROOT = Path(__file__).parents[2]
PATIENCE = 300

# What a student writes in place of the dots, from above.
ANSWERS = {
    "one_variable": [
        ("return ...", "return np.exp(x) - 1 / x"),
        ("x = ...", "x = x - learning_rate * df_dx(x)"),
    ],
    "two_variables": [
        ("return ...", "return -x * (3 * x - 12) * y**2 * (y - 6) / 90"),
        ("return ...", "return -x**2 * (x - 6) * y * (3 * y - 12) / 90"),
        (
            "x, y = ..., ...",
            "x, y = x - learning_rate * dfdx(x, y), y - learning_rate * dfdy(x, y)",
        ),
    ],
}
ANSWERED = "Your code does what gdmath’s loop does."  # which the kernel alone says

EXERCISE = 9  # the cell in which either notebook's student sees the own code walk

# Scrolls to a cell, for as long as the notebook is being laid out, and sees whether the walk in it
# is over and Bokeh's canvases have pixels that are not clear.
PICTURED = """index => {
  jupyterapp.shell.currentWidget.content.scrollToItem(index, "start");
  const frame = document.querySelector(`.jp-Cell[data-windowed-list-index="${index}"] iframe`);
  const { explorer, document: page } = frame?.contentWindow ?? {};
  if (!explorer?.walk || explorer.timer !== null) return false;
  const canvases = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    one.localName === "canvas" ? [one] : one.shadowRoot ? canvases(one.shadowRoot) : []);
  return ["plane", "course"].every((id) => canvases(page.getElementById(id)).some(
    (canvas) => canvas.width && canvas.height && canvas.getContext("2d")
      .getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value)));
}"""
# Where dots are, walked through already and reached; of the walk that the kernel answered with.
DOTS = """() => ["past", "now"].flatMap((name) => {
  const { x, y } = explorer.plane.renderers.get(name).data_source.data;
  return [...x].map((one, k) => [one, y[k]]);
})"""
GROUND = "() => getComputedStyle(document.body).backgroundColor"

# What does not fit where it is, but for what scrolls.
TOO_WIDE = """() => [...document.querySelectorAll("main > *, main > * > *, .readout > div, button")]
  .filter((one) => one.checkVisibility() && !one.matches(".unseen, .plot")
    && !one.closest("#presets, #formula"))
  .filter((one) => one.scrollWidth > Math.max(one.clientWidth, 1) + 1
    || one.getBoundingClientRect().right > innerWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 80))"""

SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
OPTIONS = {
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.port": 0,
    "ServerApp.allow_root": True,
    "ServerApp.open_browser": False,
    "IdentityProvider.token": "",
    "LabApp.expose_app_in_browser": True,
    # Should these tests be killed, nothing stays for long.
    "ServerApp.shutdown_no_activity_timeout": 600,
    "MappingKernelManager.cull_idle_timeout": 600,
    "MappingKernelManager.cull_connected": True,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab on the students' notebooks, with no settings but these: its address."""
    home = tmp_path_factory.mktemp("jupyter")
    labs = home / "labs"
    labs.mkdir()
    for name, answers in ANSWERS.items():
        text = (ROOT / f"labs/{name}.ipynb").read_text(encoding="utf-8")
        for dots, answer in answers:
            assert dots in text
            text = text.replace(dots, answer, 1)
        (labs / f"{name}.ipynb").write_text(text, encoding="utf-8")
    for name, settings in SETTINGS.items():
        path = home / f"settings/@jupyterlab/{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    places = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
    }
    options = [f"--{name}={value}" for name, value in OPTIONS.items()]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=labs,
            env=os.environ | {name: str(place) for name, place in places.items()},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    with ended(process):
        yield address(process, home)


def address(process, home):
    """Where the server listens, as soon as it does."""
    told, until = home / f"runtime/jpserver-{process.pid}.json", time.monotonic() + PATIENCE
    while not told.exists() or not told.stat().st_size:
        assert process.poll() is None, (home / "log").read_text()
        assert time.monotonic() < until, (home / "log").read_text()
        time.sleep(0.1)
    return json.loads(told.read_text())["url"]


@contextmanager
def ended(process):
    """At the end neither the process is left nor one that it began."""
    try:
        yield
    finally:
        family = [psutil.Process(process.pid)] if process.poll() is None else []
        family += [child for parent in family for child in parent.children(recursive=True)]
        process.terminate()  # a server then ends its kernels
        _, left = psutil.wait_procs(family, timeout=20)
        for one in left:
            one.kill()
        process.wait()


class Notebook:
    """A notebook that JupyterLab shows, and the lab in its exercise's cell."""

    def __init__(self, page):
        self.page = page

    def do(self, command, **arguments):
        """Run one of JupyterLab's own commands."""
        self.page.evaluate(
            "([command, given]) => jupyterapp.commands.execute(command, given).then(() => {})",
            [command, arguments],
        )

    def run_all(self):
        """Run all cells as a student does, from the menu, and wait until they have run."""
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
        # Cells that are run before there is a kernel may be forgotten.
        self.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready.then(() => {})")
        for name in ("Run", "Run All Cells"):
            self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.wait_for_function(
            "() => jupyterapp.shell.currentWidget.content.widgets.every("
            " ({ model }) => model.type !== 'code' || model.executionCount > 0)"
        )

    def go_to(self, index):
        self.page.evaluate(
            "index => jupyterapp.shell.currentWidget.content.scrollToItem(index, 'start')"
            ".then(() => {})",
            index,
        )

    def exercise(self, index=EXERCISE):
        """The explorer's frame in the exercise's cell, in sight and drawn."""
        self.page.wait_for_function(PICTURED, arg=index, polling=300)
        cell = self.page.locator(f".jp-Cell[data-windowed-list-index='{index}'] iframe")
        return cell.element_handle().content_frame()

    def move_down(self, index):
        self.page.evaluate(
            "index => { jupyterapp.shell.currentWidget.content.activeCellIndex = index; }", index
        )
        self.do("notebook:move-cell-down")

    def cells(self):
        return self.page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length")


@pytest.fixture
def opened(server, chromium):
    """Opens one of the notebooks; it asks no other host, and our page in it has no complaint."""
    contexts, outside, complaints = [], [], []

    def open_notebook(name):
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(1000 * PATIENCE)

        def refuse(route):
            outside.append(route.request.url)
            route.abort()

        context.route(re.compile(rf"^https?://(?!{re.escape(server.split('/')[2])})"), refuse)
        context.on("weberror", lambda found: complaints.append(found.error.stack or ""))
        page = context.new_page()
        page.goto(f"{server}lab/tree/{name}.ipynb")
        notebook = Notebook(page)
        notebook.run_all()
        return notebook

    yield open_notebook
    for context in contexts:
        context.close()
    assert outside == []
    assert [one for one in complaints if "srcdoc" in one] == []


def walked_anew(frame, before):
    """Wait until the student's code has walked as is asked now; what that is."""
    frame.wait_for_function(
        """([before, answered]) => {
          const { start, steps } = explorer.state;
          return JSON.stringify([start, explorer.method.rate, steps]) !== before
            && document.getElementById("because").textContent.includes(answered);
        }""",
        arg=[before, ANSWERED],
    )
    frame.wait_for_function("() => explorer.timer === null")
    return json.loads(asked(frame))


def asked(frame):
    return frame.evaluate(
        "() => JSON.stringify([explorer.state.start, explorer.method.rate, explorer.state.steps])"
    )


def click(frame, right, down):
    plane = frame.locator("#plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    plane.click(position={"x": right * box["width"], "y": down * box["height"]})


def test_one_variable_is_run_clicked_and_slid(opened):
    notebook = opened("one_variable")
    frame = notebook.exercise()
    assert frame.inner_text("#word") == "converged at step 21"

    before = asked(frame)
    click(frame, 0.5, 0.4)
    (start,), rate, steps = walked_anew(frame, before)
    assert start != 1.6
    walk = descend(LOG_VALLEY, start, gradient_step(rate), steps, 1e-5)
    dots = np.array(frame.evaluate(DOTS))
    np.testing.assert_allclose(dots, np.c_[walk.points, walk.values], rtol=1e-12)
    assert frame.inner_text("#read-k") == f"= {walk.stopped_at}"

    # Keys are the page's alone: b would add a cell, and an arrow choose another.
    before, cells = asked(frame), notebook.cells()
    frame.press("#rate", "b")
    for _ in range(3):
        frame.press("#rate", "ArrowRight")
    ((same,), rate, steps) = walked_anew(frame, before)
    assert (same, rate > 0.1, notebook.cells()) == (start, True, cells)
    walk = descend(LOG_VALLEY, start, gradient_step(rate), steps, 1e-5)
    frame.wait_for_function("rate => explorer.method.rate === rate", arg=rate)
    dots = np.array(frame.evaluate(DOTS))
    np.testing.assert_allclose(dots, np.c_[walk.points, walk.values], rtol=1e-12)

    # Scrolled out of sight and back, or moved below another cell, it is where it was, though a
    # browser begins a frame anew that is moved.
    before = asked(frame)
    notebook.go_to(0)
    frame = notebook.exercise()
    assert asked(frame) == before
    frame.evaluate("() => { window.isFirst = true; }")
    notebook.move_down(EXERCISE)
    frame = notebook.exercise(EXERCISE + 1)
    assert not frame.evaluate("() => window.isFirst")
    assert asked(frame) == before


def test_two_variables_are_walked_in_the_dark_and_in_a_narrow_window(opened, serious):
    notebook = opened("two_variables")
    frame = notebook.exercise()
    assert frame.inner_text("#word") == "converged at step 18"
    assert frame.evaluate(GROUND) == rgb(LIGHT.ground)

    before = asked(frame)
    click(frame, 0.6, 0.5)
    start, rate, steps = walked_anew(frame, before)
    assert start != [0.5, 0.6]
    walk = descend(SAUNA, start, gradient_step(rate), steps, 1e-3)
    np.testing.assert_allclose(frame.evaluate(DOTS), walk.points, rtol=1e-12)

    notebook.do("apputils:change-theme", theme="JupyterLab Dark")
    frame = notebook.exercise()
    frame.wait_for_function(f"ground => ({GROUND})() === ground", arg=rgb(DARK.ground))
    assert serious(frame) == []

    notebook.page.evaluate("jupyterapp.shell.collapseLeft()")
    notebook.page.set_viewport_size({"width": 400, "height": 900})
    frame = notebook.exercise()
    frame.wait_for_function("() => innerWidth < 400 && explorer.plane.model.inner_width < 400")
    notebook.do("apputils:change-theme", theme="JupyterLab Light")
    frame = notebook.exercise()
    frame.wait_for_function(f"ground => ({GROUND})() === ground", arg=rgb(LIGHT.ground))
    assert frame.evaluate(TOO_WIDE) == []
    assert serious(frame) == []


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"
