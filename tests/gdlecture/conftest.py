import shutil
import sys
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdlecture import catalogue
from gdlecture.__main__ import main
from gdlecture.folders import own_folder
from gdlecture.render import production

HERE = Path(__file__).parent

commands = sys.modules["gdlecture.commands.render"]


@pytest.fixture(scope="session", autouse=True)
def samples():
    """The catalogue holds the samples beside this file, not the lecture's clips."""
    with catalogue.clips_in(HERE / "samples"):
        yield


class Here(Executor):
    """Calls at once, in this process."""

    def __init__(self, *_, **__):
        pass

    def submit(self, fn, /, *args):
        future = Future()
        try:
            future.set_result(fn(*args))
        except Exception as error:  # noqa: BLE001 (as an executor must)
            future.set_exception(error)
        return future


@pytest.fixture
def drawing(monkeypatch):
    """Has a function of a request draw the clips in this process, whatever their inputs.

    Unless it is asked for, nothing is made of them: what a stub draws is no clip.
    """

    def by(draw, *, products=False):
        monkeypatch.setattr(commands, "LocalPool", Here)
        if not products:
            monkeypatch.setattr(commands, "products", lambda *_, **__: [])
        monkeypatch.setattr(production, "draw", draw)
        monkeypatch.setattr(
            production, "inputs_hash", lambda module, settings, _: f"{module} {settings['quality']}"
        )

    return by


@pytest.fixture
def lecture():
    """Runs the command in this process."""

    def run(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def render(name, quality, out):
    ran = CliRunner().invoke(main, ["render", name, "-q", quality, "--out", str(out)])
    assert ran.exit_code == 0, ran.output


@pytest.fixture(scope="session")
def rendered(once):
    """The folder that rendering the tiny clip leaves; not to be changed."""
    out = once("rendered", lambda folder: render("tiny", "l", folder / "dist")) / "dist"
    before = snapshot(out)
    yield out
    assert snapshot(out) == before, "a test changed the folder that all share"


@pytest.fixture(scope="session")
def rendered_hd(once):
    """The same at 1080p."""
    return once("rendered_hd", lambda folder: render("tiny", "h", folder / "dist")) / "dist"


@pytest.fixture(scope="session")
def learning_rate(once):
    """The folder that rendering the lecture's own clip leaves; takes a quarter of a minute."""
    with catalogue.clips_in(own_folder()):
        made = once("real", lambda folder: render("learning_rate", "l", folder / "dist"))
    return made / "dist"


@pytest.fixture
def dist(rendered, tmp_path):
    """A copy of the rendered folder, to be spoilt."""
    return shutil.copytree(rendered, tmp_path / "dist")
