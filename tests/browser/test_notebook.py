"""The lab in a cell: `frame.js` in a real Chromium, its model answered by a real `Lab` in Python.

What a notebook's manager does, a few lines here do: they keep the model's traits, and carry what is
set on one side to the other.
"""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from gdlecture.notebook import lab
from gdmath import LOG_VALLEY, SAUNA, descend, gradient_step

SCRIPT = (Path(lab.__code__.co_filename).parent / "frame.js").read_text(encoding="utf-8")
TRAITS = ("title", "field", "link", "descends", "asked", "run")

CELL = """<!DOCTYPE html><html lang="en"><title>A notebook</title><meta charset="utf-8">
<body data-jp-theme-light="%(light)s"><div id="cell"></div>
<script type="module">
%(script)s
const bytes = Uint8Array.from(atob("%(page)s"), (c) => c.charCodeAt(0));
const kit = { page: new DataView(bytes.buffer), gap: %(gap)s };
const [traits, heard, changes] = [%(traits)s, [], {}];
const model = {
  get: (name) => traits[name],
  set: (name, value) => { traits[name] = changes[name] = value; },
  on: (_, listener) => heard.push(listener),
  off: () => {},
  save_changes: async () => {
    const told = await window.kernel?.(JSON.stringify(changes));
    if (told) { traits.run = JSON.parse(told); heard.forEach((listener) => listener()); }
  },
  widget_manager: { get_model: async () => ({ get: (name) => kit[name] }) },
};
window.answer = (run) => { traits.run = run; heard.forEach((listener) => listener()); };
window.show = () => widget.render({ model, el: document.getElementById("cell") });
</script></body></html>"""


@pytest.fixture
def cell(open_page, tmp_path):
    """Shows a lab as a cell of a notebook; gives the notebook's page and the explorer's frame."""

    def shown(made, *, kernel=True, dark=False, patience=6000, **options):
        traits = {name: getattr(made, name) for name in TRAITS} | {"kit": "IPY_MODEL_kit"}
        path = tmp_path / "cell.html"
        path.write_text(
            CELL % {
                "light": json.dumps(not dark),
                "script": SCRIPT.replace("export default", "const widget =").replace(
                    "PATIENCE = 6000", f"PATIENCE = {patience}"
                ),
                "page": base64.b64encode(made.kit.page).decode(),
                "gap": json.dumps(made.kit.gap),
                "traits": json.dumps(traits).replace("<", "\\u003c"),
            },
            encoding="utf-8",
        )  # fmt: skip
        page = open_page(path, reduced_motion="reduce", **options)

        def answer(changes):
            for name, value in json.loads(changes).items():
                setattr(made, name, value)
            return json.dumps(made.run)

        if kernel:
            page.expose_function("kernel", answer)
        page.evaluate("show()")
        page.wait_for_selector("iframe")
        frame = page.query_selector("iframe").content_frame()
        frame.wait_for_selector("body[data-ready]")
        frame.wait_for_function("() => explorer.walk")
        return page, frame

    return shown


def good(df_dx, x, learning_rate, num_iterations):
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)
    return x


def uphill(df_dx, x, learning_rate, num_iterations):
    for _ in range(num_iterations):
        x = x + learning_rate * df_dx(x)
    return x


def one_by_one(dfdx, dfdy, x, y, learning_rate, num_iterations):  # noqa: PLR0917 (the lab's)
    for _ in range(num_iterations):
        x = x - learning_rate * dfdx(x, y)
        y = y - learning_rate * dfdy(x, y)
    return x, y


def words(frame):
    return frame.inner_text("#word"), frame.inner_text("#because")


def points(frame, of="walk"):
    return np.array(frame.evaluate(f"() => explorer.{of}.points"))


def test_a_lab_without_code_is_the_explorer(cell):
    _, frame = cell(lab("exp(x) - log(x)"))
    assert words(frame)[0] == "converged at step 21"
    assert frame.is_hidden("#copy")
    frame.fill("#start-x", "0.05")
    frame.press("#start-x", "Enter")
    walk = descend(LOG_VALLEY, 0.05, gradient_step(0.1), 25, 1e-5)
    np.testing.assert_allclose(points(frame), walk.points, rtol=1e-12)


def test_a_students_walk_is_drawn_and_run_anew_by_a_click(cell):
    page, frame = cell(lab(lambda x: np.exp(x) - np.log(x), descent=good))
    assert words(frame)[0] == "converged at step 21"
    assert "Your code does what gdmath’s loop does." in words(frame)[1]
    plane = frame.query_selector("#plane")
    box = plane.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    moved = "explorer.state.start[0] !== 1.6"
    frame.wait_for_function(f"() => {moved} && explorer.walk.points[0][0] !== 1.6")
    (start,) = frame.evaluate("() => explorer.state.start")
    walk = descend(LOG_VALLEY, start, gradient_step(0.1), 25, 1e-5)
    np.testing.assert_allclose(points(frame), walk.points, rtol=1e-12)


def test_a_wrong_one_is_drawn_wrong_with_gdmaths_beside_it(cell):
    _, frame = cell(lab(LOG_VALLEY, descent=uphill), dark=True)
    assert words(frame) == (
        "wrong at step 1",
        "It looks like x + α f ′(x): the sign. Downhill is minus.",
    )
    assert points(frame)[1, 0] > 1.6
    walk = descend(LOG_VALLEY, 1.6, gradient_step(0.1), 25, 1e-5)
    np.testing.assert_allclose(points(frame, "ghost"), walk.points, rtol=1e-12)
    assert (
        len(frame.evaluate("() => explorer.plane.renderers.get('ghosts').data_source.data.x")) > 3
    )
    assert frame.is_visible("#key")
    ground = frame.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(17, 19, 26)"


def test_a_sliders_latest_place_is_what_is_run(cell):
    made = lab(SAUNA, descent=one_by_one)
    _, frame = cell(made)
    assert words(frame)[0] == "wrong at step 1"
    for rate in ("0.1", "0.2", "0.3"):
        frame.fill("#rate-number", rate)
        frame.press("#rate-number", "Enter")
    frame.wait_for_function("() => explorer.walk && explorer.host && explorer.method.rate === 0.3")
    frame.wait_for_timeout(300)
    assert made.asked["rate"] == 0.3
    np.testing.assert_array_equal(points(frame), made.run["points"])


def test_what_breaks_is_told_in_the_cell(cell):
    def broken(df_dx, x, learning_rate, num_iterations):
        return x - learning_rate * df_dx(x) / (num_iterations - 25)

    _, frame = cell(lab("x**2", lambda x: 2.0 * float(x), descent=broken, start=1.0, steps=25))
    told, why = words(frame)
    assert told == "it breaks off"
    assert "ZeroDivisionError" in why


def test_a_saved_lab_shows_without_a_kernel(cell):
    _, frame = cell(lab(LOG_VALLEY, descent=uphill), kernel=False)
    assert words(frame)[0] == "wrong at step 1"


def test_a_kernel_that_was_busy_may_answer_late(cell):
    made = lab("exp(x) - log(x)", descent=good)
    page, frame = cell(made, kernel=False, patience=100)
    frame.fill("#start-x", "0.05")
    frame.press("#start-x", "Enter")
    frame.get_by_text("No kernel answers").first.wait_for()
    assert "Your code" not in words(frame)[1]
    made.asked = {"start": [0.05], "rate": 0.1, "steps": 25}
    page.evaluate("run => answer(run)", made.run)
    assert "Your code does what gdmath’s loop does." in words(frame)[1]
    assert frame.inner_text("#warning") == ""
    taken = points(frame)
    np.testing.assert_array_equal(taken, made.run["points"][: len(taken)])


INK = """() => {
  const canvases = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    one.localName === "canvas" ? [one] : one.shadowRoot ? canvases(one.shadowRoot) : []);
  return canvases(document.getElementById("plane")).map((canvas) => canvas.width && canvas
    .getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter(Boolean).length);
}"""


def test_a_cell_that_was_out_of_sight_is_drawn_when_it_is_back(cell):
    page, frame = cell(lab("x**2"))
    frame.wait_for_function(f"() => Math.max(...({INK})()) > 1000")
    page.evaluate(
        """() => {
          const cell = document.getElementById("cell");
          cell.style.display = "none";
          cell.firstChild.contentWindow.visualViewport.dispatchEvent(new Event("resize"));
          cell.style.display = "";
        }"""
    )
    page.wait_for_timeout(200)
    assert max(frame.evaluate(INK)) > 1000


def test_a_saved_lab_of_two_variables_shows_its_surface_too(cell):
    page, frame = cell(lab(SAUNA, descent=one_by_one), kernel=False, width=1100, height=900)
    frame.wait_for_function("() => explorer.surface.due === null && explorer.surface.drawn")
    seen = frame.evaluate(
        """() => Object.fromEntries(explorer.surface.drawn.marks.map(
             ({ name, spots }) => [name, spots.length]))"""
    )
    told = points(frame)
    assert seen["past"] + seen["now"] == len(told)
    assert seen["ghosts"] == len(points(frame, "ghost"))
    picture = "() => explorer.surface.canvas.toDataURL()"
    before = frame.evaluate(picture)
    frame.press("#surface", "ArrowLeft")
    frame.wait_for_function("() => explorer.surface.due === null")
    assert frame.evaluate(picture) != before
    # The notebook's theme is the surface's as well.
    before = frame.evaluate(picture)
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'false'; }")
    frame.wait_for_function("() => explorer.surface.theme === explorer.plane.theme")
    page.wait_for_timeout(100)
    assert frame.evaluate(picture) != before


def test_one_notebook_holds_the_page_once_and_stays_small():
    one, other = lab("x**2"), lab(SAUNA, descent=one_by_one)
    assert one.kit is other.kit
    whole = len(base64.b64encode(one.kit.page))
    each = [sum(len(str(value)) for value in lab_.get_state().values()) for lab_ in (one, other)]
    assert whole + sum(each) < 1_000_000


@pytest.mark.parametrize("width", [284, 400, 700, 1100])
def test_it_fits_the_cell(cell, width):
    page, frame = cell(lab(SAUNA, descent=one_by_one), width=width, height=900)
    page.wait_for_timeout(300)
    wide, needed = frame.evaluate("() => [innerWidth, document.documentElement.scrollWidth]")
    assert needed <= wide
    high, inside = frame.evaluate(
        "() => [innerHeight, document.body.getBoundingClientRect().height]"
    )
    assert abs(high - inside) <= 1
    assert width < 620 or high < 780


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious_in_the_cell(cell, serious, dark):
    _, frame = cell(lab(SAUNA, descent=one_by_one), dark=dark)
    assert serious(frame) == []
