"""The house: which room may look into which, and that no two files look into each other."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("gdmath", "gdstage", "scenes", "gdlecture")

# What each package may import of the project besides itself; scenes not even one another.
MAY_IMPORT = {
    "gdmath": (),
    "gdstage": ("gdmath",),
    "scenes": ("gdmath", "gdstage"),
    "gdlecture": ("gdmath", "gdstage", "scenes"),
}

# The rooms of gdstage, each with those it stands on; what these stand on is meant too.
STANDS_ON = {
    "pace": (),
    "motion": (),
    "shape": (),
    "speaker": (),
    "film": (),
    "studio": ("film", "shape"),
    "proof": ("pace", "shape", "speaker"),
    "look": ("pace", "motion", "proof"),
    "layout": ("look",),
    "facts": ("look",),
    "plane": ("layout",),
    "space": ("layout", "film"),
    "clip": ("layout", "facts", "studio", "film", "speaker"),
    "walks": ("plane", "space", "clip"),
    "props": ("walks",),
    "any": ("walks",),
}


def beneath(room):
    """Every room that a room of gdstage may import, itself included."""
    return {room}.union(*(beneath(lower) for lower in STANDS_ON[room]))


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {
    module_name(path): path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))
}


def imports(path):
    """Every module that a file imports, wherever in it, and every name in a module."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_bytes(), path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*start, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def modules_imported(path):
    """The project's own modules among them."""
    for name in imports(path):
        if name in SOURCES:
            yield name
        elif name.rpartition(".")[0] in SOURCES:
            yield name.rpartition(".")[0]


def is_allowed(importer, imported):
    ours, theirs = importer.split("."), imported.split(".")
    if ours[0] != theirs[0]:
        return theirs[0] in MAY_IMPORT[ours[0]]
    if ours[0] == "scenes":
        return False
    if ours[0] == "gdstage" and len(theirs) > 1:
        return theirs[1] in beneath(ours[1])
    return True


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_follow_the_arrows(package):
    wrong = [
        f"{importer} imports {imported}"
        for importer, path in SOURCES.items()
        for imported in modules_imported(path)
        if importer.split(".")[0] == package and not is_allowed(importer, imported)
    ]
    assert wrong == []


def test_every_room_of_the_stage_has_its_place_in_the_law():
    rooms = {name.split(".")[1] for name in SOURCES if name.startswith("gdstage.")}
    assert rooms == set(STANDS_ON)


def circles(graph):
    """Each import that is part of a circle: an edge from which a way leads back."""
    reach = {start: reachable(graph, start) for start in graph}
    return sorted(
        f"{one} imports {other}"
        for one in graph
        for other in graph[one]
        if other == one or one in reach[other]
    )


def reachable(graph, start):
    found, waiting = set(), [start]
    while waiting:
        for step in graph[waiting.pop()]:
            if step not in found:
                found.add(step)
                waiting.append(step)
    return found


def test_no_files_import_each_other_in_a_circle():
    graph = {name: set(modules_imported(path)) for name, path in SOURCES.items()}
    assert circles(graph) == []


def test_a_circle_is_named_by_its_imports():
    graph = {"a": {"b", "c"}, "b": {"a"}, "c": {"d"}, "d": set(), "e": {"e"}}
    assert circles(graph) == ["a imports b", "b imports a", "e imports e"]


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("gdmath.descent.loop", "gdstage.pace", False),
        ("gdstage.look.theme", "gdstage.plane.axes", False),
        ("gdstage.plane.axes", "gdstage.space.space", False),
        ("gdstage.walks.crowd", "gdstage.props.newton", False),
        ("gdstage.props.newton", "gdstage.any.plan", False),
        ("gdstage.any.plan", "gdstage.look.rounding", True),
        ("scenes.newton", "scenes.slicing", False),
        ("scenes.newton", "gdstage.props.newton", True),
        ("gdlecture.dist", "scenes.newton", True),
        ("gdstage.clip", "gdlecture.dist", False),
    ],
)
def test_the_law_forbids_what_it_should(importer, imported, allowed):
    assert is_allowed(importer, imported) is allowed


def test_scenes_hold_clips_and_nothing_else():
    folder = ROOT / "scenes"
    assert [
        path.name for path in folder.iterdir() if path.is_dir() and any(path.glob("*.py"))
    ] == []


@pytest.mark.parametrize("clip", sorted((ROOT / "scenes").glob("*.py")), ids=lambda p: p.stem)
def test_a_clip_is_read_at_a_glance(clip):
    assert len(clip.read_text(encoding="utf-8").splitlines()) <= 150


def test_gdmath_and_the_words_of_a_plan_need_no_manim():
    script = (
        "import sys, gdmath, gdstage.any.story;"
        "print([m for m in sys.modules if m.split('.')[0] == 'manim'])"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]"), ran.stderr
