"""What a clip depends on, as one hash: change any of it, and the clip must be rendered again."""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from gdlecture.lines import said_by

T = TypeVar("T")

PROJECT = ("gdmath", "gdstage", "scenes", "gdlecture")
"""Packages whose source counts; of all others the version does."""

# What a picture, a number or a file can depend on. Click and rich only talk.
PACKAGES = (
    "av", "hibari-tts", "inflect", "manim", "mpmath", "numba", "numpy", "onnxruntime", "pillow",
    "pycairo", "pyloudnorm", "scipy", "srt", "sympy", "typst",
)  # fmt: skip

FONT_FILES = (".otf", ".ttf", ".ttc", ".otc")

_RENDERER = "gdlecture.render.rendering"


class SourceError(Exception):
    """A source file is no Python: in which line (0 if in none), and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(path, line, reason)
        self.path, self.line, self.reason = path, line, reason

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{_as_typed(self.path)}{line}: {self.reason}"


def parsed(path: Path) -> ast.Module:
    """The syntax of a source file, which is not run.

    Raises:
        SourceError: it cannot be read, or is no Python.
    """
    return _looked_at(path, ast.parse)


def _looked_at(path: Path, look: Callable[[bytes], T]) -> T:
    """What is seen in a source file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python has to say of it, it says when it runs
            return look(path.read_bytes())
    except SyntaxError as error:
        raise SourceError(path, error.lineno or 0, error.msg) from error
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes, brackets in brackets
        raise SourceError(path, 0, said_by(error)) from error


def _as_typed(path: Path) -> Path:
    """The path as it is reached from here, if it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def versions() -> dict[str, str]:
    """The versions of Python and of every installed package that a clip can depend on."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def inputs_hash(module: str, settings: Mapping[str, object], folder: Path | None = None) -> str:
    """A sha256 over the sources that a clip's module needs, the settings, and the versions.

    The lecture's brand counts, too. Sources are the module's own, those of the project's modules
    that it imports, directly or not, and those that render it; read as text, nothing is imported.
    `folder` is that of the clips of which the module is one.

    Raises:
        SourceError: one of them is no Python.
        BrandError: what the lecture brings of its own cannot be used.
    """
    digest = hashlib.sha256()
    sources = source_files(module, folder) | source_files(_RENDERER)
    files = {path.name: path for path in named_files(sources[module], folder)}
    sources = sources | {f"file {name}": path for name, path in files.items()}
    for name in sorted(sources):
        content = sources[name].read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    from gdstage.look.brand import brand_at  # noqa: PLC0415 (numpy, which takes a moment)

    own = brand_at(Path.cwd() if folder is None else folder).digest()
    told = {**settings, **({"brand": own} if own else {})}
    digest.update(json.dumps([told, versions()], sort_keys=True).encode())
    return digest.hexdigest()


def named_files(source: Path, folder: Path | None) -> list[Path]:
    """Fonts and pictures of the lecture that a clip's source names, as its `brand` does."""
    from gdstage.look.brand import PICTURES, home_of  # noqa: PLC0415 (numpy takes a moment)

    home = home_of(folder or Path.cwd())
    texts = {
        node.value
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = (home / text for text in texts if text.lower().endswith((*PICTURES, *FONT_FILES)))
    return sorted(path for path in named if path.is_file())


def source_files(module: str, folder: Path | None = None) -> dict[str, Path]:
    """The project's modules that importing `module` runs, by name, itself included.

    Of a module in a `folder` of clips, also those that lie there.
    """
    package = module.partition(".")[0]
    roots = {name: _root_of(name) for name in PROJECT}
    if folder is None:
        roots[package] = _root_of(package)
    else:
        roots = {path.stem: path for path in _modules_in(folder)} | roots | {package: folder}
    found: dict[str, Path] = {}
    waiting, seen = [module], {module}
    while waiting:
        name = waiting.pop()
        path = _path_of(name, roots[name.partition(".")[0]])
        if path is None:  # a name in a module, not a module
            continue
        found[name] = path
        for other in (name.rpartition(".")[0], *_imports(path, name)):
            if other not in seen and other.partition(".")[0] in roots:
                seen.add(other)
                waiting.append(other)
    return found


def _modules_in(folder: Path) -> Iterator[Path]:
    """What can be imported by its own name by those who have the folder on their path."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".py" or (path / "__init__.py").is_file():
            yield path


def _root_of(package: str) -> Path | None:
    """The folder of a package, or the file of a module that is none."""
    spec = find_spec(package)
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return Path(spec.origin) if spec.origin else None


def _path_of(module: str, root: Path | None) -> Path | None:
    # find_spec of a submodule would import its package, so only the top one is asked for.
    rest = module.split(".")[1:]
    if root is None or root.is_file():
        return None if rest else root
    base = root.joinpath(*rest)
    candidates = (base / "__init__.py", base.with_suffix(".py"))
    return next((path for path in candidates if path.is_file()), None)


def _imports(path: Path, module: str) -> tuple[str, ...]:
    """Every module that a file may import; names from a module are given as modules too."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    return _looked_at(path, lambda source: _imports_of(source, package))


@cache  # clips share most of their modules
def _imports_of(source: bytes, package: str) -> tuple[str, ...]:
    return tuple(_imported(ast.parse(source), package))


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            above = parts[: len(parts) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)
