import shutil
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdlecture import catalogue
from gdlecture.__main__ import main

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def load():
    """A module beside this file, by its name: the folders of tests are no packages."""

    def module(name):
        spec = spec_from_file_location(name, HERE / f"{name}.py")
        found = module_from_spec(spec)
        spec.loader.exec_module(found)
        return found

    return module


@contextmanager
def ours():
    """The catalogue holds the samples beside this file, and the lecture is made of them."""
    with pytest.MonkeyPatch.context() as patch, catalogue.clips_in(HERE / "samples"):
        patch.setattr(catalogue, "ORDER", ("told", "told_again"))
        yield


@pytest.fixture(autouse=True)
def samples():
    """Each test has them, and no other folder's test does."""
    with ours():
        yield


@pytest.fixture
def lecture():
    """Runs the command in this process."""

    def run(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


def render(*arguments):
    ran = CliRunner().invoke(main, ["render", "-q", "l", *map(str, arguments)])
    assert ran.exit_code == 0, ran.output


@pytest.fixture(scope="session")
def told(once):
    """The folder that rendering the samples leaves, spoken by hibari; not to be changed."""

    def fill(folder):
        with ours():
            render("--voice", "hibari", "--out", folder / "dist")

    return once("told", fill) / "dist"


@pytest.fixture
def dist(told, tmp_path):
    """A copy of it, to be spoilt."""
    return shutil.copytree(told, tmp_path / "dist")
