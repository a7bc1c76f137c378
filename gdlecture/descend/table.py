"""A table of data from a CSV file, and the regression on it that a command asks for."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from gdmath.fields.regression import MOST_ROWS, RegressionError, RegressionLoss, regression

LARGEST_FILE = 20_000_000
MOST_COLUMNS = 200


def read_table(path: Path) -> dict[str, list[str]]:
    """The columns of a CSV file by the names in its first line, as texts; `;` may part them too.

    Raises:
        RegressionError: it is no such file, with the line.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RegressionError(f"{path}: more than {LARGEST_FILE // 10**6} MB are too many")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RegressionError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RegressionError(f"{path}: is not UTF-8 text") from error
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(), delimiter=sign) if any(row)]
    except csv.Error as error:
        raise RegressionError(f"{path}: is no CSV: {error}") from error
    if not rows:
        raise RegressionError(f"{path}: is empty; its first line names the columns")
    names = [name.strip() for name in rows[0]]
    _check_names(path, names)
    if not 1 <= len(rows) - 1 <= MOST_ROWS:
        raise RegressionError(f"{path}: 1 to {MOST_ROWS:,} rows of data, not {len(rows) - 1:,}")
    for number, row in enumerate(rows[1:], 1):
        if len(row) != len(names):
            raise RegressionError(
                f"{path}: row {number}: {len(names)} values are needed, not {len(row)}"
            )
    columns = zip(*rows[1:], strict=True)
    return dict(zip(names, ([v.strip() for v in column] for column in columns), strict=True))


def _check_names(path: Path, names: list[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise RegressionError(f"{path}: at most {MOST_COLUMNS} columns, not {len(names)}")
    for name in names:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,29}", name):
            raise RegressionError(
                f"{path}: the first line must name the columns, as in hours,score; "
                f"{name[:40]!r} is no name"
            )
    if len(set(names)) < len(names):
        raise RegressionError(f"{path}: each column needs a name of its own")


def regression_on(path: Path, model: str, loss: str) -> RegressionLoss:
    """The loss of a model, "a*t + b" or "s = a*t + b", on the data of a file.

    Without "s =" the target is the one column that the model does not use, or the one called y.

    Raises:
        RegressionError, ExpressionError: the file, the model or the loss cannot be used.
    """
    columns = read_table(path)
    told, sign, formula = model.partition("=")
    if sign:
        return regression(formula.strip(), columns, target=told.strip(), loss=loss)
    words = set(re.findall(r"[A-Za-z_]\w*", model))
    rest = [name for name in columns if name not in words]
    if "y" in rest:
        rest = ["y"]
    if len(rest) != 1:
        found = f"{', '.join(rest)} are not in it" if rest else "all columns are in it"
        raise RegressionError(f"model: which column is the target? write s = a*t + b; {found}")
    return regression(model, columns, target=rest[0], loss=loss)
