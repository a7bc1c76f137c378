import sys

import pytest

from gdlecture.explorer import page as explorer_page
from gdlecture.explorer.javascript import functions_of
from gdmath import ScalarField


def one_line(ran):
    (line,) = ran.stderr.strip().splitlines()
    assert "Traceback" not in ran.output
    return line


def test_it_writes_one_page_and_says_so(lecture, tmp_path):
    ran = lecture("explore", "x**4 - x", "--out", tmp_path / "new")
    assert ran.exit_code == 0, ran.output
    path = tmp_path / "new/explorer.html"
    assert [*(tmp_path / "new").iterdir()] == [path]
    assert ran.stdout == f"{path}: 5 functions, {path.stat().st_size / 1e6:.1f} MB\n"
    text = path.read_text(encoding="utf-8")
    assert "value: (x) => power(x, 4) - x" in text
    assert "gradient: [(x) => 4*power(x, 3) - 1]" in text


@pytest.mark.parametrize(
    "arguments",
    [("-x**2",), ("-x**2", "--window", "-3", "3"), ("--window", "-3", "3", "--", "-x**2")],
)
def test_a_formula_may_begin_with_a_minus(lecture, tmp_path, arguments):
    ran = lecture("explore", "--out", tmp_path, *arguments)
    assert ran.exit_code == 0, ran.output
    text = (tmp_path / "explorer.html").read_text(encoding="utf-8")
    assert "value: (x) => -square(x)" in text


def test_kinked_functions_are_written_in_javascript():
    field = ScalarField.parse("relu(x) + cbrt(y)*max(x, y) + where(x < y, sigmoid(x), min(x, 2))")
    functions = functions_of(field)
    for part in (
        "Math.max(x, 0)", "Math.cbrt(y)", "Math.max(x, y)", "(x < y) ? ((1/(1 + Math.exp(-x))))",
        "Math.min(x, 2)",
    ):  # fmt: skip
        assert part in functions["value"]
    assert "(x > 0) ? (1) : (0)" in functions["gradient"][0]
    assert functions["domain"] == []


def test_the_same_page_each_time(lecture, tmp_path):
    pages = []
    for name in "ab":
        assert lecture("explore", "cosh(x) - x", "--out", tmp_path / name).exit_code == 0
        pages.append((tmp_path / name / "explorer.html").read_bytes())
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("x^2", "'^' is not a power here; write ** (x**2)"),
        ("__import__('os')", "it has no place in a formula"),
        ("sin(x", "1 parenthesis left open; write )"),
        ("x*z", "z is unknown"),
        ("log(-1 - x**2)", "it has no real value anywhere"),
        ("</script><script>", "it has no place in a formula"),
        ("", "it is empty"),
    ],
)
def test_a_bad_expression_is_one_line_and_nothing_is_written(lecture, tmp_path, expression, reason):
    ran = lecture("explore", "x**2", expression, "--out", tmp_path / "dist")
    assert ran.exit_code == 2
    assert reason in one_line(ran)
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("window", [("3", "1"), ("nan", "1"), ("1", "1")])
def test_a_window_must_have_a_width(lecture, tmp_path, window):
    ran = lecture("explore", "x**2", "--window", *window, "--out", tmp_path / "dist")
    assert ran.exit_code == 2
    assert "window" in one_line(ran)
    assert not (tmp_path / "dist").exists()


def test_a_window_is_kept(lecture, tmp_path):
    ran = lecture("explore", "log(x - 7)", "--window", "6", "9", "--out", tmp_path)
    assert ran.exit_code == 0, ran.output
    assert '"window":[[6.0,9.0]]' in (tmp_path / "explorer.html").read_text(encoding="utf-8")


def test_a_failure_leaves_the_page_of_before(lecture, tmp_path):
    (tmp_path / "explorer.html").write_text("before")
    assert lecture("explore", "x^2", "--out", tmp_path).exit_code == 2
    assert (tmp_path / "explorer.html").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["explorer.html"]
    (tmp_path / "file").write_text("in the way")
    ran = lecture("explore", "--out", tmp_path / "file/dist")
    assert ran.exit_code == 1
    assert one_line(ran).startswith("Error: cannot write ")


def test_text_cannot_end_the_script():
    assert explorer_page._json("</script>") == '"\\u003c/script>"'


def test_help_stays_quick(lecture):
    ran = lecture("explore", "--help")
    assert ran.exit_code == 0
    assert "\n    lecture explore" in ran.stdout.partition("Examples:")[2]
    assert "gdlecture.commands.explore" in sys.modules
