"""Functions of the oracle's arithmetic to many digits, for the tests of its balls.

Each row has a function, its arguments, and the value there to `DIGITS` significant digits,
the last of them off by at most one.
"""

import math

from flint import arb, ctx

from balls import at_precision
from random_masses import SplitMix64
from tables import number_text

DIGITS = 130
PRECISION = 640

FUNCTIONS = {
    "logGamma": lambda x: x.lgamma(), "digamma": lambda x: x.digamma(),
    "trigamma": lambda x: arb(2).zeta(x), "exp": lambda x: x.exp(), "expm1": lambda x: x.expm1(),
    "log": lambda x: x.log(), "log1p": lambda x: x.log1p(), "tanh": lambda x: x.tanh(),
    "sqrt": lambda x: x.sqrt(), "erf": lambda x: x.erf(), "pow": lambda x, y: x**y,
}

GAMMA_POINTS = [
    5e-324, 1e-300, 1e-20, 2.0**-10, 0.1, 0.5, 0.75, 1 - 2.0**-53, 1 + 2.0**-52, 1 + 2.0**-20,
    1.4616321449683622, 1.4616321449683625, 1.5, 2 - 2.0**-52, 2 + 2.0**-51, 2.5, 3.0, 10.25, 55.5,
    56.0, 57.0, 103.5, 104.0, 170.6, 1e3, 1e6 + 0.5, 2.0**30 - 1, 2.0**30, 2.0**31 + 1, 1e12, 1e15,
    1e100, 1e300]

REAL_POINTS = [s * x for s in (1, -1) for x in (
    5e-324, 1e-300, 1e-30, 2.0**-53, 2.0**-27, 2.0**-26, 2.0**-24, 2.0**-20, 1e-3, 0.1, 0.25, 0.3,
    0.4999, 0.5, 0.6931471805599453, 0.75)]
LARGE_POINTS = [s * x for s in (1, -1) for x in (1.0, 1.5, 20.0, 37.5, 700.0, 745.5, 1e4)]
POWERS = [(2.0, 0.5), (0.1, 3.7), (1 + 2.0**-52, 1e12), (1 - 2.0**-53, -3e15), (1e300, 1e-3),
          (5e-324, 0.01), (0.5, 300.25), (10.0, -20.5), (3.0, 1e-300)]


def points(name: str) -> list[tuple[float, ...]]:
    random = SplitMix64(sum(map(ord, name)))
    drawn = [math.ldexp(1 + random.uniform(), k) for k in range(-40, 60, 7)]
    if name == "pow":
        return POWERS
    if name in ("logGamma", "digamma", "trigamma", "log", "sqrt"):
        # log 1 and log Γ(1) are exactly 0, and have no digits.
        return [(x,) for x in GAMMA_POINTS + drawn if not (name == "log" and x == 1)]
    small = [(x,) for x in REAL_POINTS]
    if name == "erf":
        return small + [(s * x,) for s in (1, -1) for x in (1.0, 2.5, 9.0, 13.8, 13.9, 19.7, 30.0)]
    return small if name == "log1p" else small + [(x,) for x in LARGE_POINTS]


def value(name: str, arguments: tuple[float, ...]) -> str:
    """All digits are proved: the ball is that narrow."""
    precision = PRECISION
    while True:
        ball = at_precision(precision, lambda: FUNCTIONS[name](*map(arb, arguments)))
        if ball.rel_accuracy_bits() > DIGITS * 3.33 + 10:
            return at_precision(precision, lambda: ball.str(DIGITS, radius=False))
        precision *= 2


def rows() -> list[dict]:
    saved = ctx.prec
    try:
        return [{"function": name, "arguments": [number_text(x) for x in arguments],
                 "digits": value(name, arguments)}
                for name in FUNCTIONS for arguments in points(name)]
    finally:
        ctx.prec = saved
