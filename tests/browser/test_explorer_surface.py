"""The surface beside the map: gdmath's iterates where projection says, gaps, turning, looks."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gdlecture.explorer.page import page as explorer_page
from gdlecture.explorer.presets import Setting
from gdlecture.explorer.subject import Subject, lab_subject
from gdmath import LOG_VALLEY, SAUNA, ScalarField, descend
from gdstage.any.methods import METHODS
from gdstage.look.theme import DARK, LIGHT, mix

BOWL, SADDLE, WALL = "x**2 + 3*y**2", "x**2/2 - y**2", "x - log(x) + y**2"
ROOT = "sqrt(x - 1/7) + y**2/4"
POLE, CLIFF, WAVES = "1/x + y**2", "exp(x**2 + y**2)", "sin(2*x)*cos(2*y) + x/4"
STARTS = {
    BOWL: [1.7, -0.9], SADDLE: [1.5, 0.4], WALL: [2.2, 1.5], ROOT: [1.0, 1.0], POLE: [1.5, 1.0],
    CLIFF: [0.4, -0.3], WAVES: [-1.9, 1.2],
}  # fmt: skip
FIELDS = {text: ScalarField.parse(text) for text in STARTS} | {"sauna": SAUNA}
VIEWS = [(-58.0, 42.0), (20.0, 12.0), (140.0, 70.0), (-130.0, 30.0)]
FIRST = (-58, 42)
TALL, DISTANCE, CELLS = 0.62, 5, 40


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    subjects = [lab_subject(LOG_VALLEY), lab_subject(SAUNA), *map(subject, STARTS)]
    path.write_text(explorer_page(subjects), encoding="utf-8")
    return path


def subject(text):
    """The function with a plain window: which part of it is worth showing takes long to find."""
    field = replace(FIELDS[text], name=text, window=((-3.0, 3.0),) * 2)
    return Subject(
        field, text, (), (Setting(tuple(STARTS[text]), 0.1, 30),), (1e-3, 1.0), 1e-5, None
    )


@pytest.fixture
def explorer(open_page, file):
    def opened(query="", motion="reduce", **options):
        page = open_page(file, query=query, reduced_motion=motion, **options)
        page.wait_for_selector("body[data-ready]")
        return page

    return opened


def painted(page):
    """Waits until all that was asked for is on the canvas; tells what is."""
    page.wait_for_function("() => explorer.surface.due === null && explorer.surface.drawn")
    return page.evaluate("() => explorer.surface.drawn")


def choose(page, name, view=FIRST, k=None, **change):
    """Shows a function, from its first start unless told another, seen from somewhere."""
    start = STARTS.get(name, [0.5, 0.6])
    change = {"name": name, "start": start, "steps": 30, "tolerance": None, **change}
    methods = change.pop("methods", [{"name": "gradient", "rate": 0.1, "settings": {}}])
    state = {**change, "methods": methods, "chosen": 0, "k": 999 if k is None else k}
    page.evaluate("state => explorer.set(state, 'k')", state)
    page.evaluate("view => explorer.surface.look(...view)", view)
    page.evaluate("() => explorer.surface.draw()")
    return painted(page)


def ends_of(page):
    """The window and the heights of the box, lowest and highest of x, y and f."""
    return np.array(
        page.evaluate(
            """() => { const { left, right, front, back, bottom, top } = explorer.surface.relief;
                 return [[left, right], [front, back], [bottom, top]]; }"""
        )
    )


def in_box(ends, points):
    sides = np.array([1, 1, TALL])
    return ((np.asarray(points) - ends[:, 0]) / (ends[:, 1] - ends[:, 0]) - 0.5) * sides


def projected(drawn, places):
    """Places of the box (n, 3) as pixels (n, 2): the world is turned before a viewer at -y."""
    azimuth, elevation = np.radians([drawn["view"]["azimuth"], drawn["view"]["elevation"]])
    around, tilt = -np.pi / 2 - azimuth, elevation
    turn = np.array(
        [
            [math.cos(around), -math.sin(around), 0],
            [math.sin(around), math.cos(around), 0],
            [0, 0, 1],
        ]
    )
    lean = np.array(
        [[1, 0, 0], [0, math.cos(tilt), -math.sin(tilt)], [0, math.sin(tilt), math.cos(tilt)]]
    )
    across, depth, up = (lean @ turn @ np.asarray(places).T).reshape(3, -1)
    size = drawn["scale"] * DISTANCE / (DISTANCE + depth)
    return np.stack([drawn["middle"][0] + size * across, drawn["middle"][1] - size * up], axis=-1)


def spots(drawn, name, i=None):
    """Where marks of a name, and of the method at a place, are on the canvas."""
    found = [m for m in drawn["marks"] if m["name"] == name and (i is None or m.get("i") == i)]
    return np.array([[s["u"], s["v"]] for mark in found for s in mark["spots"]]).reshape(-1, 2)


def walked(name, start, method, steps=30):
    rule = METHODS[method["name"]].step(method["rate"], method["settings"], steps)
    walk = descend(FIELDS[name], start, rule, steps, None)
    return np.column_stack([walk.points, walk.values])


def canvas(page):
    return page.evaluate("() => explorer.surface.canvas.toDataURL()")


def colour_at(page, u, v):
    return page.evaluate(
        """([u, v]) => { const ratio = devicePixelRatio;
             const { data } = explorer.surface.context.getImageData(u * ratio, v * ratio, 1, 1);
             return [...data]; }""",
        [u, v],
    )


def rgb(colour):
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


# --- what is on it -------------------------------------------------------------------------


def test_it_is_there_for_two_variables_and_not_for_one(explorer):
    page = explorer("#f=sauna")
    assert page.locator("#surface").is_visible()
    page.locator('input[value="log_valley"]').check(force=True)
    assert page.locator("#surface").is_hidden()
    page.locator('input[value="sauna"]').check(force=True)
    assert page.locator("#surface").is_visible()
    drawn = painted(page)
    assert len(spots(drawn, "now")) == 1


@pytest.mark.parametrize("name", [BOWL, SADDLE, WAVES, "sauna"])
def test_iterates_are_gdmaths_where_projection_says(explorer, name):
    page = explorer()
    for view in VIEWS:
        drawn = choose(page, name, view)
        start = STARTS.get(name, [0.5, 0.6])
        points = walked(name, start, {"name": "gradient", "rate": 0.1, "settings": {}})
        ends = ends_of(page)
        inside = np.all((points >= ends[:, 0]) & (points <= ends[:, 1]), axis=1)
        wanted = projected(drawn, in_box(ends, points[inside]))
        seen = np.concatenate([spots(drawn, "past"), spots(drawn, "now")])
        assert seen.shape == wanted.shape
        assert len(seen) > 5
        assert np.abs(seen - wanted).max() < 0.5
        assert len(spots(drawn, "edge")) == np.count_nonzero(~inside)


def test_steps_go_over_the_surface_above_the_straight_line_of_the_map(explorer):
    page = explorer()
    drawn = choose(page, WAVES, k=4)
    points = walked(WAVES, STARTS[WAVES], {"name": "gradient", "rate": 0.1, "settings": {}})
    (step,) = next(part["lines"] for part in drawn["lines"] if part["name"] == "step")
    shares = np.linspace(0, 1, len(step))[:, None]
    flat = points[3, :2] + shares * (points[4, :2] - points[3, :2])
    lifted = np.column_stack([flat, FIELDS[WAVES].at(flat)])
    wanted = projected(drawn, in_box(ends_of(page), lifted))
    seen = np.array([[s["u"], s["v"]] for s in step])
    assert np.abs(seen - wanted).max() < 0.5


def test_three_methods_at_once_in_their_colours(explorer):
    page = explorer(scheme="dark")
    methods = [
        {"name": "gradient", "rate": 0.05, "settings": {}},
        {"name": "newton", "rate": None, "settings": {}},
        {"name": "momentum", "rate": 0.1, "settings": METHODS["momentum"].settings},
    ]
    drawn = choose(page, BOWL, methods=methods, k=6)
    ends = ends_of(page)
    crowd = (0, 2, 4)
    for i, method in enumerate(methods):
        points = walked(BOWL, STARTS[BOWL], method)
        k = min(6, len(points) - 1)
        name = "other_now" if i else "now"
        (seen,) = spots(drawn, name, i)
        (wanted,) = projected(drawn, in_box(ends, points[k : k + 1]))
        assert np.abs(seen - wanted).max() < 0.5
        assert colour_at(page, *seen)[:3] == rgb(DARK.crowd[crowd[i]])


def gaps_of(view, ends, name, points):
    """How far the line of sight to each point (n, 3) keeps above the surface, at its closest.

    The surface next to the point does not count.
    """
    azimuth, elevation = np.radians(view)
    flat = math.cos(elevation)
    eye = DISTANCE * np.array(
        [flat * math.cos(azimuth), flat * math.sin(azimuth), math.sin(elevation)]
    )
    closest = []
    for place in in_box(ends, points):
        shares = np.linspace(0, 1, 4000)[1:, None]
        ray = place + shares * (eye - place)
        away = np.hypot(*(ray - place)[:, :2].T)
        ray = ray[(np.abs(ray[:, :2]) <= 0.5).all(axis=1) & (away > 1.5 / CELLS)]
        sides = ends[:2, 1] - ends[:2, 0]
        values = FIELDS[name].at((ray[:, :2] + 0.5) * sides + ends[:2, 0])
        ground = TALL * ((values - ends[2, 0]) / (ends[2, 1] - ends[2, 0]) - 0.5)
        closest.append(np.min(ray[:, 2] - ground, initial=1.0))
    return np.array(closest)


def test_what_the_surface_hides_is_known_and_drawn_fainter(explorer):
    page = explorer()
    told, wanted = [], []
    for view in [(-58, 42), (120, 20), (30, 15), (-150, 10)]:
        for name in (WAVES, "sauna"):
            drawn = choose(page, name, view)
            start = STARTS.get(name, [0.5, 0.6])
            points = walked(name, start, {"name": "gradient", "rate": 0.1, "settings": {}})
            (mark,) = [m for m in drawn["marks"] if m["name"] == "past"]
            gap = gaps_of(view, ends_of(page), name, points[:-1])
            clear = np.abs(gap) > 0.02
            told += [s["isHidden"] for s, is_ in zip(mark["spots"], clear, strict=True) if is_]
            wanted += list(gap[clear] < 0)
    assert told == wanted
    assert 20 < sum(told) < len(told) - 20
    # Of one that is hidden the own colour does not cover what is there.
    drawn = choose(page, "sauna", (120, 20), k=29, start=[3.9, 3.9])
    (now,) = next(m["spots"] for m in drawn["marks"] if m["name"] == "now")
    is_iterates = colour_at(page, now["u"], now["v"])[:3] == rgb(LIGHT.iterate)
    assert is_iterates is not now["isHidden"]


def test_nearer_faces_cover_farther_ones(explorer):
    page = explorer()
    checked = 0
    for view in [(-58, 42), (33, 25), (170, 15), (-95, 60)]:
        drawn = choose(page, WAVES, view, start=[-2.99, -2.99], steps=0)
        ends = ends_of(page)
        cells = page.evaluate(
            """() => explorer.surface.relief.cells.map(({ rim, over, under, lines }) =>
                 rim && !lines.length ? [over, under] : null)"""
        )
        numbers = [n for n in range(CELLS * CELLS) if cells[n]]
        j, i = np.divmod(numbers, CELLS)
        flat = np.column_stack([i + 0.5, j + 0.5]) / CELLS * 6 - 3
        points = np.column_stack([flat, FIELDS[WAVES].at(flat)])
        places = projected(drawn, in_box(ends, points))
        gap = gaps_of(view, ends, WAVES, points)
        for number, place in zip(np.array(numbers)[gap > 0.03], places[gap > 0.03], strict=True):
            own = [[int(c) for c in text[4:-1].split()] for text in cells[number]]
            seen = colour_at(page, *place)[:3]
            # A neighbour's colour may be mixed in, and a line of height that begins there.
            assert min(abs(np.subtract(own, seen)).max(axis=1)) < 40, (view, number, seen, own)
            checked += 1
    assert checked > 100


# --- gaps and cuts -------------------------------------------------------------------------


def rims(page):
    """The corners (m, 3) of each face, or None, in the box's units, row by row."""
    flat = page.evaluate(
        """() => { const { cells, places } = explorer.surface.relief;
             return cells.map(({ rim }) => rim && [...places.slice(3 * rim[0], 3 * rim[1])]); }"""
    )
    return [None if rim is None else np.array(rim).reshape(-1, 3) for rim in flat]


def test_where_f_has_no_value_there_is_a_gap_on_a_forbidden_floor(explorer):
    page = explorer("", scheme="light")
    drawn = choose(page, WALL, (-150, 45), steps=0)
    faces = np.array([rim is not None for rim in rims(page)]).reshape(CELLS, CELLS)
    assert not faces[:, : CELLS // 2].any()
    assert faces[:, CELLS // 2 :].all()
    (floor,) = projected(drawn, [[-0.3, 0.1, -TALL / 2]])
    assert colour_at(page, *floor)[:3] == rgb(mix(LIGHT.ground, LIGHT.danger, 0.14))
    # Between two lines of the grid, too, faces end where values do.
    choose(page, ROOT, steps=0)
    least = min(rim[:, 0].min() for rim in rims(page) if rim is not None)
    assert least == pytest.approx(1 / 7 / 6, abs=1e-9)


def test_no_face_is_stretched_over_a_pole(explorer):
    page = explorer()
    choose(page, POLE, steps=0)
    across = [
        rim for rim in rims(page)
        if rim is not None and rim[:, 0].min() < -1e-9 and rim[:, 0].max() > 1e-9
    ]  # fmt: skip
    assert across == []


def test_heights_are_cut_not_squeezed_and_that_is_said(explorer):
    page = explorer()
    choose(page, BOWL)
    assert page.locator("#cut").inner_text() == ""
    drawn = choose(page, CLIFF, k=2, methods=[{"name": "gradient", "rate": 1.9, "settings": {}}])
    ends = ends_of(page)
    assert page.locator("#cut").inner_text().startswith("Cut off above f = ")
    corners = np.concatenate([rim for rim in rims(page) if rim is not None])
    assert corners[:, 2].max() <= TALL / 2 + 1e-12
    # The walk leaps over the top: it is told there, in words too, and drawn nowhere else.
    points = walked(CLIFF, STARTS[CLIFF], {"name": "gradient", "rate": 1.9, "settings": {}})[:3]
    outside = ~np.all((points >= ends[:, 0]) & (points <= ends[:, 1]), axis=1)
    assert outside.tolist() == [False, True, True] or outside.any()
    assert len(spots(drawn, "edge")) == outside.sum()
    assert len(spots(drawn, "past")) + len(spots(drawn, "now")) == (~outside).sum()
    assert drawn["words"]["text"].startswith(f"(x, y){'₀₁₂'[np.flatnonzero(outside)[-1]]} = (")


def test_a_walk_that_loses_its_value_is_marked_on_the_floor(explorer):
    page = explorer()
    method = {"name": "gradient", "rate": 5.0, "settings": {}}
    drawn = choose(page, WALL, start=[2.2, 0.1], methods=[method], k=9)
    *_, last = walked(WALL, [2.2, 0.1], method)
    assert math.isnan(last[2])
    ends = ends_of(page)
    (seen,) = spots(drawn, "lost")
    (wanted,) = projected(drawn, in_box(ends, [[*last[:2], ends[2, 0]]]))
    assert np.abs(seen - wanted).max() < 0.5
    assert len(spots(drawn, "now")) == 0
    assert "no value" in drawn["words"]["text"]


# --- turning -------------------------------------------------------------------------------


def view_of(page):
    return page.evaluate("() => Object.values(explorer.surface.view)")


def test_it_is_turned_by_the_mouse(explorer):
    page = explorer("#f=sauna&k=9")
    painted(page)
    before = canvas(page)
    box = page.locator("#surface").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20)
    page.mouse.up()
    painted(page)
    azimuth, elevation = view_of(page)
    assert azimuth < FIRST[0]
    assert elevation > FIRST[1]
    assert canvas(page) != before
    page.mouse.move(x, y)
    assert view_of(page) == [azimuth, elevation]
    page.locator("#usual-view").click()
    painted(page)
    assert view_of(page) == list(FIRST)
    assert canvas(page) == before


def test_it_is_turned_by_a_finger_that_goes_sideways(explorer):
    page = explorer("#f=sauna&k=9", has_touch=True)
    painted(page)
    box = page.locator("#surface").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, dx in (("touchStart", 0), ("touchMove", 30), ("touchMove", 80), ("touchEnd", None)):
        points = [] if dx is None else [{"x": x + dx, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    painted(page)
    assert view_of(page)[0] < FIRST[0]


def test_it_is_turned_by_keys_which_then_do_not_step_the_walk(explorer):
    page = explorer("#f=sauna&k=9")
    painted(page)
    canvas_, k = page.locator("#surface"), "() => explorer.state.k"
    before = canvas(page)
    for key, view in [
        ("ArrowRight", [-53, 42]), ("ArrowUp", [-53, 47]), ("ArrowLeft", [-58, 47]),
        ("ArrowDown", [-58, 42]), ("ArrowLeft", [-63, 42]),
    ]:  # fmt: skip
        canvas_.press(key)
        painted(page)
        assert view_of(page) == view
        assert (canvas(page) == before) is (view == [-58, 42])
        assert page.evaluate(k) == 9
    assert page.locator("#status").inner_text() == "Seen from −63° about the f axis, 42° up."
    for _ in range(30):
        canvas_.press("ArrowUp")
    assert view_of(page)[1] < 90
    for _ in range(60):
        canvas_.press("ArrowDown")
    assert view_of(page)[1] > 0
    canvas_.press("Home")
    assert view_of(page) == list(FIRST)
    assert page.evaluate(k) == 9
    # Where it has not the focus, the arrows are the walk's as before.
    page.locator("#plane").press("ArrowRight")
    assert page.evaluate(k) == 10


def test_its_focus_is_seen_and_it_is_described(explorer):
    page = explorer("#f=sauna&k=9")
    painted(page)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.id"))
        if reached[-1] == "surface":
            break
    assert reached[-2:] == ["plane", "surface"]
    ring = "() => getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(ring) == "solid"
    told = page.locator("#surface-told").inner_text()
    assert told.startswith("f over x from 0 to 5 and y from 0 to 5, mostly from 73.6 to 85.")
    assert "The walk’s point is on it." in told


def test_it_glides_back_only_where_motion_is_wanted(explorer):
    views = """async () => {
      const { surface } = explorer;
      surface.look(100, 20);
      document.getElementById("usual-view").click();
      const seen = [{ ...surface.view }];
      for (let i = 0; i < 40 && !document.getElementById("usual-view").hidden; i += 1) {
        await new Promise((done) => setTimeout(done, 30));
        seen.push({ ...surface.view });
      }
      return seen.map(({ azimuth, elevation }) => [azimuth, elevation]);
    }"""
    page = explorer("#f=sauna&k=9")
    painted(page)
    assert page.evaluate(views) == [list(FIRST)]
    page = explorer("#f=sauna&k=9", motion="no-preference")
    painted(page)
    seen = page.evaluate(views)
    assert seen[0] == [100, 20]
    assert seen[-1] == list(FIRST)
    assert any(20 < elevation < FIRST[1] for _, elevation in seen)


# --- the page ------------------------------------------------------------------------------


def test_it_is_painted_anew_with_all_that_changes(explorer):
    page = explorer("#f=sauna&x=0.5&y=0.6&a=0.1&n=30&k=9")
    painted(page)
    seen = [canvas(page)]
    for change in (
        lambda: page.locator("#k").fill("12"),
        lambda: page.locator("#rate-number").fill("0.3") or page.keyboard.press("Enter"),
        lambda: page.locator("#start-x").fill("3.5") or page.keyboard.press("Enter"),
        lambda: page.locator("#name-0").select_option("adam"),
        lambda: page.locator("#add").click(),
        lambda: page.emulate_media(color_scheme="dark"),
        lambda: page.locator(f'input[value="{BOWL}"]').check(force=True),
        lambda: page.set_viewport_size({"width": 1100, "height": 700}),
    ):
        change()
        page.wait_for_timeout(100)
        painted(page)
        seen.append(canvas(page))
        assert seen[-1] != seen[-2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_is_seen_at_any_width(explorer, scheme):
    page = explorer("#f=sauna&k=9", scheme=scheme)
    for width in (360, 390, 900, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(100)
        drawn = choose(page, "sauna", (35, 50))
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
        plane, surface = (page.locator(f"#{id_}").bounding_box() for id_ in ("plane", "surface"))
        if width < 1280:
            assert surface["y"] >= plane["y"] + plane["height"]
            assert surface["x"] == plane["x"]
        else:
            assert surface["x"] >= plane["x"] + plane["width"]
            assert surface["y"] == plane["y"]
        corners = [[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.31, 0.31)]
        pixels = projected(drawn, corners)
        assert pixels.min() > 0
        assert (pixels.max(axis=0) < [surface["width"], surface["height"]]).all()
        assert np.ptp(pixels[:, 0]) > 0.5 * min(surface["width"], surface["height"])


def test_a_fine_screen_has_fine_pixels(explorer):
    page = explorer("#f=sauna&k=9", device_scale_factor=2)
    painted(page)
    size = page.evaluate("() => [explorer.surface.canvas.width, explorer.surface.canvas.height]")
    box = page.locator("#surface").bounding_box()
    assert size == [round(2 * box["width"]), round(2 * box["height"])]
