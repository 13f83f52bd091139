"""Points for the elementary kernels: where an implementation changes its method.

The truth is stored as hi + lo, so a kernel that returns two doubles is tested
to its full accuracy.
"""

import math

from flint import arb

from balls import double_pair
from random_masses import SplitMix64

NAMES = ("log", "exp", "exponential-remainder", "log1p", "relative-entropy-term")


def unique(points: list) -> list:
    return list(dict.fromkeys(points))


def log_points() -> list[float]:
    generator = SplitMix64(101)
    points = [2.0**e * (1.0 + generator.uniform()) for e in range(-1022, 1024, 20)]
    points += [5e-324, 1e-323, 1e-320, 1e-315, 1e-310, 2.0**-1022, 1.7976931348623157e308]
    points += [1.0, 0.5, 2.0, 4.0, math.e, 10.0, 0.1, math.sqrt(2), math.sqrt(0.5)]
    points += [1.0 + 2.0**-k for k in range(1, 53)] + [1.0 - 2.0**-k for k in range(2, 54)]
    points += [1.0 + generator.signed() * 2.0**-generator.below(50) * 0.99 for _ in range(60)]
    points += [1.0 + (k + 0.5) / 128 for k in range(0, 128, 8)]
    return unique(points)


def exp_points() -> list[float]:
    generator = SplitMix64(102)
    points = [-745.0 + 1454.0 * generator.uniform() for _ in range(120)]
    points += [sign * 2.0**-k for k in range(0, 60, 2) for sign in (1, -1)]
    points += [k * math.log(2) / 64 * (1 + 2.0**-40) for k in range(-64, 65, 4)]
    points += [0.0, 1.0, -1.0, 709.0, -745.0, -708.0, -709.5, -740.0, 5e-324, 1e-310, -1e-300]
    points += [generator.signed() for _ in range(60)]
    points += [(k + 0.5) * math.log(2) / 64 for k in range(-16, 17)]
    return unique(points)


def remainder_points() -> list[float]:
    generator = SplitMix64(103)
    points = [sign * 2.0**-k for k in range(0, 100) for sign in (1, -1)]
    points += [generator.signed() * 2.0**-generator.below(30) for _ in range(60)]
    points += [-745.0 + 1454.0 * generator.uniform() for _ in range(30)]
    points += [0.0, 709.0, -745.0, -1e5, 1e-160, -1e-150, 1e-161, 5e-324, -1e-310, -37.0, -38.0]
    return unique(points)


def log1p_points() -> list[float]:
    generator = SplitMix64(104)
    points = [sign * 2.0**-k for k in range(1, 80) for sign in (1, -1)]
    points += [-1.0 + 2.0**-k for k in range(2, 54, 3)] + [2.0**k for k in range(0, 1024, 40)]
    points += [generator.signed() * 2.0**-generator.below(50) for _ in range(80)]
    points += [0.0, 5e-324, -5e-324, 1e-310, -1e-310, 1e-300, 0.1, -0.1, 1.7976931348623157e308]
    return unique(points)


def term_points() -> list[tuple[float, float]]:
    """Neighbours, the seam |p-q|/(p+q) = 1/8 (q/p = 7/9 or 9/7), far apart, wide."""
    generator = SplitMix64(105)
    points = []
    for _ in range(40):
        p = generator.uniform()
        points += [(p, math.nextafter(p, 1.0)), (p, math.nextafter(p, 0.0))]
    for k in range(1, 53):
        p = generator.uniform()
        points.append((p, p * (1.0 + generator.choice((1, -1)) * 2.0**-k)))
    for _ in range(20):
        p = generator.uniform()
        for edge in (7 / 9, 9 / 7):
            points.append((p, p * edge * (1.0 + generator.signed() * 2.0**-generator.below(50))))
    points += [(generator.uniform(), generator.uniform()) for _ in range(60)]
    points += [(10.0 ** (-300 * generator.uniform()), 10.0 ** (-300 * generator.uniform()))
               for _ in range(50)]
    points += [(1.0, 1.0), (0.5, 0.5), (0.0, 0.25), (0.0, 5e-324), (1.0, 5e-324), (5e-324, 1.0),
               (1e-310, 2e-310), (5e-324, 1e-323), (1e300, 1e-300), (1e-300, 1e300), (3.0, 1e15),
               (1.05e-321, 2e236), (1e15, 1e15 + 1), (1.0, 1e-16), (1e-16, 1.0)]
    return unique(points)


def remainder(y: float):
    return 0 if y == 0 else arb(y).exp() - 1 - arb(y)


def term(p: float, q: float):
    if p == q:
        return 0
    if p == 0:
        return arb(q)
    return arb(p) * (arb(p) / arb(q)).log() - arb(p) + arb(q)


def one_argument(points: list[float], function) -> list[dict]:
    return [row({"x": x}, lambda x=x: function(x)) for x in points]


def row(arguments: dict[str, float], function) -> dict:
    high, low = double_pair(function)
    return {**arguments, "hi": high, "lo": low}


def rows(name: str) -> list[dict]:
    """The table of one kernel, as doubles."""
    if name == "log":
        return one_argument(log_points(), lambda x: 0 if x == 1 else arb(x).log())
    if name == "exp":
        return one_argument(exp_points(), lambda x: arb(x).exp())
    if name == "exponential-remainder":
        return one_argument(remainder_points(), remainder)
    if name == "log1p":
        return one_argument(log1p_points(), lambda x: 0 if x == 0 else (1 + arb(x)).log())
    return [row({"p": p, "q": q}, lambda p=p, q=q: term(p, q)) for p, q in term_points()]
