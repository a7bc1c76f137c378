# ruff: noqa: E501 (one formula after the other: nobody reads them in lines)
"""Expressions that a stranger may send: a corpus, and an endless source of more, by seed."""

import random

CORPUS = [
    "", " ", "\t", "x" * 501, "x" * 100000, "(" * 200, "((((x))))", ")(", "x)", "(x", "1/0", "x/0", "0/0*x",
    "9**9**9", "9**9**9**9**9", "x**9**9**9", "10**10**10*x", "(x**200)**200", "2**-(10**9)",
    "exp(exp(exp(exp(exp(x)))))", "1/exp(exp(exp(exp(exp(x)))))", "exp(exp(exp(exp(9))))",
    "sin(1e300)*x", "sin(exp(exp(6)))*x", "x**x**x**x**x", "x**x**x", "(-1)**x", "0**x", "x**0",
    "log(x)/x", "sin(x)/x", "sin(1/x)", "x*sin(1/x)", "1/x", "1/x**2", "-1/x", "tan(x)", "tan(tan(tan(x)))",
    "abs(x)", "abs(abs(x)-1)", "sqrt(abs(x))", "sqrt(x)", "sqrt(-x)", "sqrt(x**2)", "x**(1/3)", "x**0.5",
    "log(-x**2)", "log(-1)", "sqrt(-1-x**2)", "asin(x)", "asin(x**2+2)", "acos(10*x)", "log(log(log(x)))",
    "1e308*x", "1e-308*x", "1e300*x**2", "1e-300*x**2", "1e9*x**2", "1e-9*x**2", "(x-1e9)**2", "(x-1e15)**2",
    "7", "0", "0*x", "pi", "e", "e**x", "x-x", "x", "-x", "x**2", "-x**2", "x**3", "x**4", "x**200", "x**-200",
    "exp(x)-log(x)", "exp(1000*x)", "exp(-1000*x**2)", "exp(x)", "exp(-x)", "1e400*x", "0.1e-400*x",
    "x**2+y**2", "y", "y**2", "x*y", "x**2-y**2", "(x**2+y**2)**0.5", "log(x*y)", "1/(x*y)", "x/y", "atan(y/x)",
    "(1-x)**2+100*(y-x**2)**2", "(x**2+y-11)**2+(x+y**2-7)**2", "sin(x)*sin(y)", "exp(x*y)", "x**y", "abs(x)+abs(y)",
    "20+x**2-10*cos(2*pi*x)+y**2-10*cos(2*pi*y)", "sin(1000*x)", "sin(x)+sin(1000*x)/1000", "cos(x**20)",
    "__import__('os').system('id')", "x.__class__", "().__class__.__bases__", "lambda x: x", "x if x else y",
    "[x for x in (1,2)]", "{x}", "{x:1}", "x; y", "x = 2", "x == 2", "x < 2", "not x", "x and y", "x or y", "~x",
    "x @ y", "x % 2", "x // 2", "x << 2", "x | 2", "x & 2", "x ^ 2", "x, y", "*x", "**x", "x**", "x+", "+", "f(x)", "sin",
    "sin x", "sinx", "sin(x, y)", "sin()", "sin(x=1)", "sin(*x)", "sin(**x)", "2x", "x2", "x y", "3(x)", "(x)(y)", "1_000*x",
    "0x10*x", "1j*x", "True", "None", "nan", "inf", "oo", "zoo", "I", "z", "X", "'x'", '"x"', "`x`", "f'{x}'", "b'x'", "x#y",
    "x\ny", "x\\\ny", "x\x00y", "\x00", "\u202ex", "x²", "x³", "√x", "π*x", "2·x", "x−1", "½*x", "٣*x", "ｘ**2", "\ud800x"[1:],
    "eval('1')", "exec('1')", "open('/etc/passwd')", "globals()", "exit()", "...", "x...", "...x", "x:=2", "(x:=2)", "await x",
    "yield x", "sum(x)", "max(x,y)", "factorial(x)", "gamma(x)", "E", "Abs(x)", "Symbol('x')", "S(1)", "diff(x)",
    "+".join(["x"] * 249), "*".join(["x"] * 249), "-".join(["x"] * 249), "-" * 400 + "x", "+" * 499 + "x",
    "sin(" * 30 + "x" + ")" * 30, "exp(" * 30 + "x" + ")" * 30, "sqrt(" * 39 + "x" + ")" * 39, "abs(" * 39 + "x" + ")" * 39,
    "tan(" * 38 + "x" + ")" * 38, "log(" * 38 + "x" + ")" * 38, "(x+1)*" * 80 + "1", "1/(1+" * 35 + "x" + ")" * 35,
    "x**" * 38 + "x", "(x**2+1)**" * 20 + "2", "/".join(["x"] * 200), "x/(y/" * 20 + "x" + ")" * 20,
    "sin(x)**2+cos(x)**2", "(x+y)**200", "(x+y+1)**200*(x-y)**200", "exp(sin(cos(tan(x))))**exp(cos(x))",
    "asin(sin(x))", "acos(cos(x))", "atan(tan(x))", "tanh(100*x)", "sinh(700*x)", "cosh(cosh(cosh(x)))",
    "1e200*sin(x*1e200)", "(x-1e100)**2", "(x-1e-100)**2", "x+1e-300", "sqrt(sqrt(sqrt(x)))", "x**pi", "x**-pi", "pi**x**pi",
    "relu(" * 39 + "x" + ")" * 39, "max(x," * 38 + "1" + ")" * 38, "where(x<0,1," * 38 + "x" + ")" * 38,
    "max(" + "x," * 200 + "1)", "max(x**x, y**y)", "where(x**x < 0, 1, 2)", "cbrt(" * 38 + "x" + ")" * 38,
    "sigmoid(exp(exp(exp(x))))", "where(x<0, log(x), 1/x)", "where(x<y, x, y)", "cbrt(x)", "relu(x)-x/2", "sign(x)",
    "where(x<0, -x, x**2)", "max(x,y)", "min(0, x)", "sigmoid(x)*x", "relu(x**2-1)+relu(y)", "cbrt(x**2+y**2)",
    "0.1+0.2*x", "1" * 400, "0." + "1" * 400, "1e99999", "1e-99999", "1e", ".", "1.", ".5", "1..2", "1.2.3", "1e5.5",
]  # fmt: skip

_LEAVES = (
    "x",
    "x",
    "x",
    "y",
    "1",
    "2",
    "0",
    "3",
    "0.5",
    "10",
    "1e9",
    "1e-9",
    "1e300",
    "pi",
    "e",
    "7.25",
)
_FUNCTIONS = [
    "exp",
    "log",
    "ln",
    "sqrt",
    "abs",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "asin",
    "acos",
    "atan",
    "relu",
    "sigmoid",
    "cbrt",
    "sign",
]
_PIECES = (*_FUNCTIONS, *["x", "y", "+", "-", "*", "/", "**", "(", ")", "(", ")", ".", ",", "1", "2", "9", "0", "1e9", "1e-9", "^", "_", "=", "'", '"', "\\", "[", "]", "{", "}", ":", ";", "!", "@", "#", "$", "%", "&", "|", "~", "<", ">", "?"],
           " ", "\t", "\n", "x**", "**2", "sin(", "__", "lambda", "import", "²", "π", "\u202e")  # fmt: skip


def formula(rng: random.Random, depth: int = 4) -> str:
    """A formula of the right grammar, wild in its numbers."""
    kind = rng.random()
    if depth == 0 or kind < 0.2:
        return rng.choice(_LEAVES)
    if kind < 0.5:
        return f"{rng.choice(_FUNCTIONS)}({formula(rng, depth - 1)})"
    sign = rng.choice(("+", "-", "*", "/", "**", "*", "+"))
    left, right = formula(rng, depth - 1), formula(rng, depth - 1)
    return f"({left}){sign}({right})" if rng.random() < 0.6 else f"{left} {sign} {right}"


def garbage(rng: random.Random) -> str:
    """Pieces of formulas and of other things, in any order."""
    return "".join(rng.choice(_PIECES) for _ in range(rng.randint(1, 25)))


def broken(rng: random.Random) -> str:
    """A formula with a few characters changed, taken out or doubled."""
    text = list(formula(rng))
    for _ in range(rng.randint(1, 3)):
        i = rng.randrange(len(text))
        text[i] = rng.choice(("", text[i] * 2, rng.choice(_PIECES)))
    return "".join(text)


def inputs(seed: int, count: int) -> list[str]:
    """The corpus, and as many more as make `count`."""
    rng = random.Random(seed)  # noqa: S311 (the same ones each time)
    makers = (formula, formula, broken, garbage)
    more = [rng.choice(makers)(rng) for _ in range(max(0, count - len(CORPUS)))]
    return [*CORPUS, *more][:count]
