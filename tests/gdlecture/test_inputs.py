import pytest

from gdlecture import inputs
from gdlecture.inputs import inputs_hash, source_files

FILES = {
    "__init__": "",
    "clip": "from some_project.used import thing\nfrom . import helper\nimport json\n",
    "used": "from .deep import other as thing\n",
    "deep/__init__": "def f():\n    from some_project import lazily\nother = f\n",
    "helper": "",
    "lazily": "import some_project.clip\n",
    "unused": "",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    root = tmp_path / "some_project"
    for name, source in FILES.items():
        path = root / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    return root


def test_sources_are_all_modules_that_an_import_leads_to(project):
    found = source_files("some_project.clip")
    names = ["", ".clip", ".deep", ".helper", ".lazily", ".used"]
    assert sorted(found) == [f"some_project{name}" for name in names]
    assert found["some_project.deep"] == project / "deep/__init__.py"


def test_a_clip_of_the_lecture_depends_on_stage_and_mathematics():
    found = source_files("scenes.learning_rate")
    assert {"scenes.learning_rate", "gdstage.clip", "gdmath.descent.loop"} <= set(found)
    assert not [name for name in found if name.startswith("gdlecture")]


def hash_now(**settings):
    return inputs_hash("some_project.clip", {"quality": "l", **settings})


def test_the_hash_changes_with_what_is_used_and_only_with_that(project):
    before = hash_now()
    (project / "unused.py").write_text("x = 1\n")
    assert hash_now() == before
    for name in ("clip", "deep/__init__", "helper"):
        path = project / f"{name}.py"
        old = path.read_text()
        path.write_text(old + "# more\n")
        assert hash_now() != before
        path.write_text(old)
    assert hash_now() == before


@pytest.mark.usefixtures("project")
def test_the_hash_changes_with_settings_and_versions(monkeypatch):
    before = hash_now()
    assert hash_now(quality="h") != before
    monkeypatch.setattr(inputs, "versions", lambda: {"manim": "another"})
    assert hash_now() != before


@pytest.mark.usefixtures("project")
def test_the_hash_depends_on_the_renderer_too(monkeypatch):
    before = hash_now()
    monkeypatch.setattr(inputs, "_RENDERER", "some_project.unused")
    assert hash_now() != before


def test_versions_are_those_that_pictures_depend_on():
    assert {"python", "manim", "numpy", "sympy", "typst", "av", "pycairo"} <= set(inputs.versions())
