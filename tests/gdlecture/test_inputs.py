import pytest

from gdlecture import inputs
from gdlecture.inputs import SourceError, inputs_hash, parsed, source_files

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


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"x = 1\ndef broken(:\n", 2),
        (b"if True:\n\tx = 1\n        y = 2\n", 3),
        (b"x = 'no end\n", 1),
        (b"x = '\xff\xfe'\n", 1),
        (b"# coding: klingon\n", 0),
        (b"x = 1\x00\n", 0),
        (b"(" * 500 + b"\n", 1),
        (b"x = " + b"-" * 20_000 + b"1\n", 0),
    ],
)
def test_what_is_no_python_is_told_with_its_file_and_line(project, monkeypatch, source, line):
    monkeypatch.chdir(project.parent)
    (project / "helper.py").write_bytes(source)
    with pytest.raises(SourceError) as told:
        hash_now()
    where = f", line {line}" if line else ""
    assert str(told.value).startswith(f"some_project/helper.py{where}: ")
    assert str(told.value).isprintable()
    assert told.value.line == line


def test_a_source_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "clip.py").mkdir()
    with pytest.raises(SourceError, match=r"clip\.py: cannot be read: Is a directory"):
        parsed(tmp_path / "clip.py")


def test_versions_are_those_that_pictures_depend_on():
    assert {"python", "manim", "numpy", "sympy", "typst", "av", "pycairo"} <= set(inputs.versions())
