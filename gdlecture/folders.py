"""Folders of clips: which there are, and how a clip in one is imported, whatever is installed.

A user's repository has a package `scenes` of its own, and so has the lecture. So a folder of clips
is no package that Python looks for on its path, but one that is told where it lies.
"""

from __future__ import annotations

import keyword
import re
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

NAME = "scenes"
"""What a folder of clips is called, where it is not told."""

_PACKAGE = Path(__file__).resolve().parent


def own_folder() -> Path:
    """The lecture's own clips: in the package where it was installed, beside it in a checkout."""
    carried = _PACKAGE / NAME
    return carried if carried.is_dir() else _PACKAGE.with_name(NAME)


def folder_here() -> Path:
    """The folder `scenes` where the command was given, if there is one; else the lecture's own."""
    here = Path.cwd() / NAME
    return here if here.is_dir() else own_folder()


def package_of(folder: Path) -> str:
    """What a folder's clips call the package that they are in: its name, unless that is taken."""
    name = folder.name
    if name == NAME:
        return name
    if name.isidentifier() and not keyword.iskeyword(name) and _free(name, folder):
        return name
    return "clips_in_" + re.sub(r"\W", "_", name)


def import_from(folder: Path, module: str) -> ModuleType:
    """Import `module`, of the package that `folder` is, from there.

    It may import what lies beside it by the package's name, relatively, or, as manim has it, by
    its own name. The folder need not have an `__init__.py`.
    """
    package = module.partition(".")[0]
    known = sys.modules.get(package)
    if known is None or [*map(Path, getattr(known, "__path__", ()))] != [folder]:
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]
        _open(folder, package)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return import_module(module)


def _open(folder: Path, package: str) -> None:
    """Have Python know the folder as that package."""
    init, places = folder / "__init__.py", [str(folder)]
    if init.is_file():
        spec = spec_from_file_location(package, init, submodule_search_locations=places)
    else:
        spec = ModuleSpec(package, None, is_package=True)
        spec.submodule_search_locations = places
    if spec is None:
        raise ImportError(f"{init}: cannot be imported")
    sys.modules[package] = opened = module_from_spec(spec)
    if spec.loader is not None:
        spec.loader.exec_module(opened)


def _free(name: str, folder: Path) -> bool:
    """Whether no other package or module has that name."""
    try:
        spec = find_spec(name)
    except ValueError:  # such as __main__
        return False
    return spec is None or [*map(Path, spec.submodule_search_locations or ())] == [folder]
