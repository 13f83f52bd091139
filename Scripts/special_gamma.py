"""Grids and balls of the gamma family, for special.py."""

import math
from functools import partial
from typing import Callable, Iterator

from flint import arb

from balls import Value, at_precision, nearest_double
from random_masses import SplitMix64
from special import Function

# MARK: - Balls


def log_gamma(x: float) -> Value:
    """log |gamma(x)|, by reflection below 0."""
    if x in (1.0, 2.0):
        return 0
    if x > 0:
        return arb(x).lgamma()
    return (arb.pi() / abs(arb(x).sin_pi())).log() - (1 - arb(x)).lgamma()


def digamma(x: float) -> Value:
    if x > 0:
        return arb(x).digamma()
    return (1 - arb(x)).digamma() - arb.pi() * arb(x).cot_pi()


def polygamma(order: float, x: float) -> Value:
    """(-1)^(n+1) n! times the sum of (x + k)^-s, s = n + 1, over all k."""
    if order == 0:
        return digamma(x)
    s = int(order) + 1
    sign = -1 if s % 2 else 1
    total = arb(s).zeta(arb(x)) if x > 0 else below_zero(s, arb(x), sign)
    return sign * arb(s).gamma() * total


def below_zero(s: int, x: arb, sign: int) -> arb:
    """The terms from x up to 0, a finite sum of both tails of zeta, and those above."""
    c = x - x.floor()
    return arb(s).zeta(c) + sign * (arb(s).zeta(1 - c) - arb(s).zeta(1 - x))


def log_beta(a: float, b: float) -> Value:
    if a == b == 1:
        return 0
    return arb(a).lgamma() + arb(b).lgamma() - (arb(a) + arb(b)).lgamma()


def log_binomial(n: float, k: float) -> Value:
    if k in (0.0, n):
        return 0
    rest = arb(n) - arb(k)
    return (arb(n) + 1).lgamma() - (arb(k) + 1).lgamma() - (rest + 1).lgamma()


def log_gamma_remainder(a: float, h: float) -> Value:
    if h == 0:
        return 0
    a, h = arb(a), arb(h)
    return (a + h).lgamma() - a.lgamma() - h * a.digamma()


def digamma_difference(a: float, h: float) -> Value:
    if h == 0:
        return 0
    return (arb(a) + arb(h)).digamma() - arb(a).digamma()


def zeta(s: float) -> Value:
    return 0 if s < 0 and s % 2 == 0 else arb(s).zeta()


def zeta_minus_one(s: float) -> Value:
    """For s > 2 the zeta function of 2, for the digits of a small value."""
    return arb(s).zeta(arb(2)) if s > 2 else zeta(s) - arb(1)


def hurwitz_zeta(s: float, a: float) -> Value:
    return arb(s).zeta(arb(a))


# MARK: - Points


def neighbours(x: float) -> Iterator[float]:
    """A double, those 1, 2 and 5 steps away, and some at 1e-15 ... 1e-2 of it."""
    yield x
    for direction in (-math.inf, math.inf):
        y = x
        for step in range(1, 6):
            y = math.nextafter(y, direction)
            if step in (1, 2, 5):
                yield y
    size = max(abs(x), 1.0)
    for exponent in range(-15, -1):
        yield x - size * float(f"1e{exponent}")
        yield x + size * float(f"1e{exponent}")


def magnitudes(seed: int, count: int, low: int, high: int) -> Iterator[float]:
    """Positive doubles whose exponents cover low ..< high evenly."""
    random = SplitMix64(seed)
    for index in range(count):
        exponent = low + (high - low) * index // count
        yield math.ldexp(1 + random.uniform(), exponent)


def uniform(seed: int, count: int, low: float, high: float) -> Iterator[float]:
    random = SplitMix64(seed)
    for _ in range(count):
        yield low + (high - low) * random.uniform()


def is_pole(x: float) -> bool:
    return x <= 0 and x == math.floor(x)


def zero_between(function: Callable[[arb], arb], low: float, high: float) -> float:
    """The double nearest to the zero of a function that changes its sign once."""
    def bisect() -> arb:
        left, right = arb(low), arb(high)
        rises = function(left) < 0
        for _ in range(100):
            middle = ((left + right) / 2).mid()
            if (function(middle) < 0) == rises:
                left = middle
            else:
                right = middle
        return left
    return nearest_double(at_precision(192, bisect))


def line(zeros: tuple[float, ...], largest: float) -> Iterator[tuple[float]]:
    """The whole line but the poles: both signs, poles, zeros, halves and seams."""
    centres = [*zeros, 0.5, 1.0, 1.5, 2.0, 3.0, 19.0, 20.0, 100.5,
               -0.5, -1.0, -1.5, -2.0, -3.0, -10.0, -10.5, -150.5, -1000.0]
    numbers = [x for centre in centres for x in neighbours(centre)]
    numbers += [centre + sign * 0.0625 + step for centre in zeros
                for sign in (-1, 1) for step in (-1e-15, 0.0, 1e-15)]
    numbers += magnitudes(1, 700, -1022, math.frexp(largest)[1])
    numbers += [5e-324, 2.0**-1022, 5.6e-309, 2.0**-200, math.nextafter(2.0**-200, 0), largest]
    numbers += uniform(2, 400, 0, 30)
    numbers += (-x for x in uniform(3, 400, 0, 200))
    numbers += (-x for x in magnitudes(4, 300, -1022, 51))
    numbers += (k / 2 for k in range(-61, 61))
    return ((x,) for x in numbers if not is_pole(x))


def next_to(zero: float) -> tuple[float, float, float]:
    return zero, math.nextafter(zero, -math.inf), math.nextafter(zero, math.inf)


def log_gamma_points() -> Iterator[tuple[float]]:
    zeros = [zero_between(log_gamma, *ends) for n in range(3, 16)
             for ends in ((math.nextafter(-n, 0), 0.45 - n), (math.nextafter(-n, -99), -n - 0.45))
             if (log_gamma(ends[0]) < 0) != (log_gamma(ends[1]) < 0)]
    # The first ones in full; those from −5 on are next to their poles.
    yield from line((-2.4570247382208006, *zeros[:8]), 2.559983327851638e305)
    yield from ((x,) for zero in zeros for x in next_to(zero))


def digamma_points() -> Iterator[tuple[float]]:
    zeros = [zero_between(digamma, 0.001 - k, 0.999 - k) for k in range(1, 61)]
    yield from line((zero_between(digamma, 1, 2), *zeros[:4], zeros[9], zeros[50]), 1.79e308)
    yield from ((x,) for zero in zeros for x in next_to(zero))


def polygamma_points() -> Iterator[tuple[float, float]]:
    random = SplitMix64(5)
    for order in (0, 1, 2, 3, 4, 5, 8, 15, 30, 60, 100, 170, 500, 1000):
        spread = min(1000, 2000 // (order + 1))
        for x in (*magnitudes(order, 65, -spread, spread), *uniform(order, 30, 0, 2 * order + 30),
                  order + 1.0, 20.0, 0.5, 1.0, *(-x for x in uniform(order + 7, 40, 0, 60)),
                  *(float(f"1e-{random.below(16)}") - random.below(20) for _ in range(10)),
                  -0.5, -1.5, -100.5, -1e6 - 0.5):
            if not is_pole(x):
                yield order, x
    # Next to the zeros of even orders, of which there is one between two poles.
    for order in range(2, 42, 2):
        for pole in (-1.0, -2.0, -7.0):
            zero = zero_between(partial(polygamma, order), pole + 0.05, pole + 0.95)
            yield from ((order, x) for x in list(neighbours(zero))[:7])


def pairs(seed: int, count: int, low: int, high: int) -> Iterator[tuple[float, float]]:
    """Pairs of positive doubles whose exponents cover a square evenly."""
    random = SplitMix64(seed)
    side = math.isqrt(count - 1) + 1
    for i in range(side):
        for j in range(side):
            yield tuple(math.ldexp(1 + random.uniform(), low + (high - low) * k // side)
                        for k in (i, j))


def log_beta_points() -> Iterator[tuple[float, float]]:
    yield from pairs(6, 400, -1022, 1022)
    yield from pairs(7, 900, -30, 40)
    random = SplitMix64(8)
    # Around B(1, 1), also where a + b - 2 all but vanishes.
    for _ in range(300):
        step = math.ldexp(random.signed(), -random.below(53))
        other = math.ldexp(random.signed(), -random.below(53))
        yield 1 + step, 1 + other
        yield 1 + step, 1 - step
    for _ in range(100):
        a = 1 + math.ldexp(random.signed(), -1 - random.below(28))
        yield from ((a, b) for b in next_to(zero_between(partial(log_beta, a), 0.3, 6.0)))
    for exponent in range(-52, -1):
        yield 1 + 2.0**exponent, 1 - 2.0**exponent
    # On the curve B = 1.
    for _ in range(60):
        a = 0.5 + 0.5 * random.uniform()
        b = zero_between(partial(log_beta, a), 1.0, 8.0)
        yield from ((a, x) for x in list(neighbours(b))[:9])
    for _ in range(100):
        a = 0.01 + 0.49 * random.uniform()
        exponent = zero_between(lambda y: log_beta(a, y.exp()), 0.5, 709.0)
        ends = (math.exp(exponent) * factor for factor in (0.99, 1.01))
        yield from ((a, b) for b in next_to(zero_between(partial(log_beta, a), *ends)))
    yield from ((0.5, 2.5), (0.5, 0.5), (2.5, 2.5), (0.5, 1.0), (1e8, 1e-8), (1e300, 1e300),
                (1.0, 1.0), (1.0, 1e300), (1e-300, 1.0), (5e-324, 5e-324), (5e-324, 1e308),
                (1000.0, 1000.0), (0.75, 0.75), (1e308, 2.0), (1.2e308, 1.2e308))


def log_binomial_points() -> Iterator[tuple[float, float]]:
    random = SplitMix64(9)
    for n in magnitudes(10, 500, -1000, 1020):
        k = n * random.uniform()
        yield n, k
        yield n, math.ldexp(k, -random.below(1000))
        yield n, n - math.ldexp(k, -random.below(52))
    for n in magnitudes(11, 300, -40, 130):
        yield n, n * random.uniform()
        yield n, math.ldexp(n * random.uniform(), -random.below(60))
        yield n, n / 2
    for n in range(40):
        yield from ((n, k) for k in {0, 1, n // 2, n} if k <= n)
    for exponent in (-111, -110, -109, 119, 120, 121, 122):
        yield from ((2.0**exponent * (1 + random.uniform()), 2.0**exponent / 2) for _ in range(5))


def steps(seed: int) -> Iterator[tuple[float, float]]:
    """Starts and steps: small ones, large ones, and down next to 0."""
    random = SplitMix64(seed)
    for a, h in pairs(seed + 4, 400, -1022, 1022):
        yield a, h if random.below(2) or h >= a else -h
    for a in magnitudes(seed + 1, 400, -1020, 1000):
        for low in (-1000, -60):
            h = math.ldexp(a * random.signed(), random.below(-low) + low)
            yield a, h
    for a in magnitudes(seed + 2, 600, -30, 60):
        yield a, a * random.signed()
        yield a, math.ldexp(a * random.uniform(), random.below(60))
    for a in (1e-3, 0.5, 1.0, 3.0, 19.5, 20.0, 25.0, 1e3, 1e10, 2.0**100, 2.0**120, 1e200):
        for exponent in (-111, -110, -109, -30, -3):
            yield from ((a, sign * math.ldexp(a, exponent)) for sign in (-1, 1))
        for gap in (2.0**-53, 1e-10, 1e-3):
            yield a, -a * (1 - gap)
        # s = h/(2a + h) = 1/16, where the series end.
        yield from ((a, a * 2 / 15), (a, a * 2 / 15 * 1.0001), (a, -a * 2 / 17))
    for a in magnitudes(seed + 3, 30, -520, -480):
        yield from ((a, a / 3), (a, -a / 3), (a, 0.1), (a, 7.5))
    yield from ((5e-324, 5e-324), (1e-320, -3e-321), (1e-310, 1e-309), (1e308, 1.5e308),
                (1e300, 1e5), (1e-300, 1e5), (30.0, 1e305), (1.0, 2.0**-1074))


def zeta_points() -> Iterator[tuple[float]]:
    numbers = [x for centre in (1.0, -2.0, -4.0, -6.0, -18.0, -100.0, -0.5, 0.0, 2.0, 27.0)
               for x in neighbours(centre)]
    numbers += [1 + x for x in magnitudes(20, 100, -52, 0)]
    numbers += [1 - x for x in magnitudes(21, 100, -53, 0)]
    numbers += uniform(22, 400, -1, 3)
    numbers += uniform(23, 500, 1, 70)
    numbers += uniform(24, 500, -265, 0)
    numbers += (float(k) for k in range(-270, 70))
    for sign in (-1, 1):
        numbers += (sign * x for x in magnitudes(25, 80, -1022, 0))
    return ((s,) for s in numbers if s != 1)


def zeta_minus_one_points() -> Iterator[tuple[float]]:
    numbers = [s for (s,) in zeta_points() if s > -17]
    numbers += uniform(26, 400, 2, 1080)
    numbers += uniform(27, 200, -260, -17)
    numbers += [1074.0, 1074.9, 1075.0, 1022.0, 1001.0, 1002.0]
    # Where ζ(s) = 1, from below −17 on twice between even integers.
    for right in (-17 - k / 16 for k in range(800)):
        left = right - 1 / 16
        if (zeta_minus_one(left) < 0) != (zeta_minus_one(right) < 0):
            numbers += next_to(zero_between(lambda s: s.zeta() - 1, left, right))
    return ((s,) for s in numbers)


def hurwitz_zeta_points() -> Iterator[tuple[float, float]]:
    random = SplitMix64(28)
    for a in magnitudes(29, 500, -1022, 1022):
        yield 1 + math.ldexp(1 + random.uniform(), -random.below(53)), a
        yield 1 + 2 * random.uniform(), a
    for a in magnitudes(30, 500, -10, 20):
        yield 1 + 40 * random.uniform(), a
        yield float(2 + random.below(60)), a
    for s in (1.5, 2.0, 2.5, 20.0, 20.5, 30.0, 100.0, 100.5, 300.25, 1000.0, 1001.0, 1002.0):
        for a in (*magnitudes(31, 8, -6, 12), s, s - 0.5, 19.5, 20.0, 1.0, 0.999999):
            yield s, a
    yield from ((1e4, 1.0), (5e3, 1.0625), (1 + 2.0**-52, 1e300), (1 + 2.0**-52, 1e-9))


FUNCTIONS = {
    "log-gamma": Function(("x",), log_gamma_points, log_gamma),
    "digamma": Function(("x",), digamma_points, digamma),
    "trigamma": Function(("x",), partial(line, (), 1e300), partial(polygamma, 1)),
    "polygamma": Function(("n", "x"), polygamma_points, polygamma),
    "log-beta": Function(("a", "b"), log_beta_points, log_beta),
    "log-binomial": Function(("n", "k"), log_binomial_points, log_binomial),
    "log-gamma-remainder": Function(("a", "h"), partial(steps, 40), log_gamma_remainder),
    "digamma-difference": Function(("a", "h"), partial(steps, 50), digamma_difference),
    "zeta": Function(("s",), zeta_points, zeta),
    "zeta-minus-one": Function(("s",), zeta_minus_one_points, zeta_minus_one),
    "hurwitz-zeta": Function(("s", "a"), hurwitz_zeta_points, hurwitz_zeta),
}
