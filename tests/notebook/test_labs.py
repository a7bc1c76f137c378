"""The labs: their notebooks run as they are, know right answers from wrong ones, and stay small."""

import json
import re
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from gdlecture.notebook import Lab

LABS = Path(__file__).parents[2] / "labs"
CALLS = json.loads((Path(__file__).parents[1] / "data/lab_calls.json").read_text())
NAMES = ("one_variable", "two_variables")

# What takes the place of a line with dots: right, and wrong with what is then said.
ANSWERS = {
    "one_variable": {
        "return ...": {
            "return np.exp(x) - 1 / x": "✓",
            "return 1 / x - np.exp(x)": "The sign",
            "return np.exp(x) - np.log(x)": "f itself",
        },
        "x = ...": {
            "x = x - learning_rate * df_dx(x)": "✓",
            "x = x + learning_rate * df_dx(x)": "the sign",
            "x = x - df_dx(x)": "rate is forgotten",
            "return x - learning_rate * df_dx(x)": "inside the loop",
        },
        "bound = ...": {
            "bound = 0.410": "✓",
            "bound = 0.205": "the bound is 2/f″",
            "bound = 0.5": "it is smaller",
        },
    },
    "two_variables": {
        "return ...": {
            "return -x * (3 * x - 12) * y**2 * (y - 6) / 90": "✓",
            "return -y * (3 * y - 12) * x**2 * (x - 6) / 90": "derivative by y",
        },
        "x, y = ..., ...": {
            "x, y = x - learning_rate * dfdx(x, y), y - learning_rate * dfdy(x, y)": "✓",
            "x -= learning_rate * dfdx(x, y); y -= learning_rate * dfdy(x, y)": "with the new x",
        },
        "bound = ...": {"bound = 15 / 32": "✓", "bound = 0.2344": "the bound is 2/λ"},
    },
}


def notebook(name):
    return nbformat.read(LABS / f"{name}.ipynb", as_version=4)


def cells(name):
    return [cell.source for cell in notebook(name).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_committed_without_outputs(name):
    nbformat.validate(notebook(name))
    assert all(not cell.outputs for cell in notebook(name).cells if cell.cell_type == "code")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_as_it_is_and_stays_small(name):
    ran = NotebookClient(notebook(name), resources={"metadata": {"path": LABS}}).execute()
    outputs = [out for cell in ran.cells for out in cell.get("outputs", [])]
    assert [out for out in outputs if out.output_type in {"error", "stream"}] == []
    shown = [out["data"] for out in outputs]
    assert sum("application/vnd.jupyter.widget-view+json" in data for data in shown) == 3
    unwritten = [data["text/plain"] for data in shown if "✗" in data["text/plain"]]
    assert len(unwritten) == len(ANSWERS[name]) + (name == "two_variables")
    assert all("still to be written" in text for text in unwritten)
    assert len(nbformat.writes(ran)) < 2_000_000


@pytest.mark.parametrize(
    ("name", "dots", "answer"),
    [
        (name, dots, answer)
        for name in NAMES
        for dots in ANSWERS[name]
        for answer in ANSWERS[name][dots]
    ],
)
def test_an_answer_is_judged(name, dots, answer):
    sources = cells(name)
    (exercise, *_) = (source for source in sources if dots in source)
    *lines, check = exercise.replace(dots, answer).strip().splitlines()
    space = {}
    exec(sources[0], space)  # noqa: S102 (the notebook's own)
    exec("\n".join(lines), space)  # noqa: S102
    told = repr(eval(check, space))  # noqa: S307
    assert ANSWERS[name][dots][answer] in told


# --- the lab's own names ------------------------------------------------------------------------


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(LABS))
    monkeypatch.delitem(sys.modules, "w2_tools", raising=False)
    import w2_tools  # noqa: PLC0415 (a module of the notebooks' folder)

    shown = []
    monkeypatch.setattr(w2_tools, "display", shown.append)
    return w2_tools, shown


def one(df_dx, x, learning_rate=0.1, num_iterations=100):
    for _ in range(num_iterations):
        x = x - learning_rate * df_dx(x)
    return x


def two(dfdx, dfdy, x, y, learning_rate=0.1, num_iterations=100):  # noqa: PLR0917 (the lab's)
    for _ in range(num_iterations):
        x, y = x - learning_rate * dfdx(x, y), y - learning_rate * dfdy(x, y)
    return x, y


CASES = [
    (name, call)
    for name, told in CALLS.items()
    if isinstance(told, dict) and "calls" in told
    for call in told["calls"]
]


@pytest.mark.parametrize(("name", "call"), CASES, ids=lambda value: str(value)[:24])
def test_the_labs_calls_are_understood(tools, name, call):
    module, shown = tools
    descent = one if name == "gradient_descent_one_variable" else two
    known = {"gradient_descent": descent}
    arguments = [known.get(a) or getattr(module, a) if isinstance(a, str) else a for a in call]
    keywords = arguments.pop() if isinstance(arguments[-1], dict) else {}
    figure, axes = getattr(module, name)(*arguments, **keywords)
    assert shown == [figure]
    assert isinstance(axes, Lab)
    if "descent" in name:
        assert figure.diagnosis.is_right, figure.diagnosis
        start = [a for a in call if isinstance(a, float | int)][2:][: len(figure.run["start"])]
        assert figure.run["start"] == start


def test_a_students_own_function_of_numpy_is_drawn(tools):
    module, shown = tools

    def f_example_1(x):
        return np.exp(x) - np.log(x)

    module.plot_f([0.001, 2.5], [-0.3, 13], f_example_1, 0.0)
    (made,) = shown
    assert made.subject.field.expr == module.f_example_1.expr
    assert '"view":[[0.001,2.5],[-0.3,13.0]]' in made.field


def test_examples_are_the_labs_functions(tools):
    module, _ = tools
    assert module.f_example_3(4, 4) == pytest.approx(85 - 16 * 2 * 16 * 2 / 90)
    assert {*CALLS["names"]} <= {*dir(module)}
    assert module.dfdx_example_1(1.6) == pytest.approx(np.exp(1.6) - 1 / 1.6)


def test_the_readmes_example_is_told_as_it_says():
    readme = (LABS.parent / "README.md").read_text(encoding="utf-8")
    (code,) = [part for part in readme.split("```")[1::2] if "gdlecture.notebook" in part]
    *lines, last = code.removeprefix("python").strip().splitlines()
    space = {}
    exec("\n".join(lines), space)  # noqa: S102 (the README's own)
    found = eval(last, space).diagnosis  # noqa: S307
    told = f"{found.words}. {found.why}"
    (quoted,) = [
        said for said in re.findall("“([^”]*)”", " ".join(readme.split())) if "α f" in said
    ]
    assert told.startswith(quoted.rstrip("."))
