"""A real, headless Chromium without a network, for the pages that the lecture ships."""

import os
import shutil
import sys
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def executable():
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    found = [path for name in names if (path := shutil.which(name))]
    if sys.platform == "darwin":
        found += [path for path in MAC if Path(path).exists()]
    assert found, "no Chromium: script/setup --chromium installs one"
    return found[0]


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(),
            args=["--no-sandbox"],  # films play by themselves only where users' browsers let them
        )
        yield browser
        browser.close()


AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SERIOUS = """async () => (await axe.run(document, { preload: false })).violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])"""


@pytest.fixture(scope="session")
def serious():
    """Tells what axe finds serious in a page or a frame: the rule's name, and where."""

    def found(frame):
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        return frame.evaluate(SERIOUS)

    return found


def missed(request):
    """What a failed request is worth saying; a film's is ended whenever enough of it is there."""
    if (request.resource_type, request.failure) != ("media", "net::ERR_ABORTED"):
        yield f"no {request.url[:200]}: {request.failure}"


@pytest.fixture
def open_page(chromium):
    """Opens a file as a page, offline; at the test's end no page may have complained.

    `open_page(path, width=…, height=…, scheme="dark", query="")` gives Playwright's Page.
    """
    contexts, complaints = [], []

    def opened(path, *, width=1280, height=800, scheme="light", query="", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        context.set_offline(True)
        # What the context hears, its pop-ups and frames say too.
        context.on("weberror", lambda found: complaints.append(str(found.error)))
        context.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        context.on("requestfailed", lambda request: complaints.extend(missed(request)))
        page = context.new_page()
        page.goto(Path(path).resolve().as_uri() + query)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
