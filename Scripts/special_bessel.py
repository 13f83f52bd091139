"""Grids and balls of the exponential integrals and of the modified Bessel functions."""

import math

from flint import arb, ctx

from random_masses import SplitMix64
from special import Function
from special_elementary import (
    HALVES, LARGEST, SMALLEST, around, both_signs, edges, of_x, spread, uniform, within)

# Exponential integrals

EI_ZERO = 0.3725074107813666


def integral_points(seed: int) -> list[float]:
    points = spread(seed, 800, -1074, 9) + uniform(seed + 1, 650, 0.0, 60.0)
    points += uniform(seed + 2, 300, 0.0, 740.0) + uniform(seed + 3, 100, 0.0, 2.0)
    points += [x for c in (1.0, 4.0, 50.0, 708.0, 716.355, 738.4) for x in around(c)]
    return points + HALVES + [SMALLEST, 2.0**-1022]


def ei_points() -> list[float]:
    points = both_signs(integral_points(105)) + around(EI_ZERO) + around(EI_ZERO + 2.0**-8)
    return points[::2] + around(EI_ZERO, 2) + points[1::4]


ORDERS = (0, 1, 2, 3, 4, 5, 8, 12, 20, 33, 46, 54, 55, 56, 57, 80, 98, 99, 100, 101, 102, 150,
          400, 1000, 10**6, 10**9, 2**40 + 1, 2**53 - 1)


def order_points() -> list[tuple[float, float]]:
    generator = SplitMix64(110)
    points = []
    for order in ORDERS:
        xs = spread(111 + order, 30, -1074, 9) + uniform(112 + order, 25, 0.0, 12.0)
        xs += uniform(113 + order, 10, 0.0, 740.0) + around(4.0, order)[:9] + [1.0, 0.5, 2.0]
        points += [(float(order), x) for x in xs]
        if order > 1:
            points.append((float(order), 0.0))
    for _ in range(200):
        points.append((float(generator.below(130)), 8.0 * generator.uniform()))
    return [(n, x) for n, x in points if x > 0 or n > 1]


def between_convergents(n: int, x: arb) -> arb:
    """E_n(x) e^x = 1/(x + n/(1 + 1/(x + (n + 1)/(1 + 2/(x + ...))))), DLMF 8.19.17.

    All terms are positive, so that the value lies between any two convergents that
    follow each other.  Arb's own method fails for large orders.
    """
    def convergent(count: int) -> arb:
        value = x
        for k in range(count, 0, -1):
            value = x + (n + k - 1) / (1 + k / value)
        return 1 / value

    def next_convergent(count: int) -> arb:
        value = arb(1)
        for k in range(count, 0, -1):
            value = 1 + k / (x + (n + k) / value)
        return 1 / (x + n / value)

    return convergent(ctx.prec // 2).union(next_convergent(ctx.prec // 2))


def exponential_integral(n: float, x: float) -> arb:
    if n == 0:
        return (-arb(x)).exp() / arb(x)
    if x == 0:
        return 1 / (arb(n) - 1)
    if n >= 1000:
        return between_convergents(int(n), arb(x)) * (-arb(x)).exp()
    return arb(x).expint(arb(n))


# Modified Bessel functions

LOG_I1_ZERO = 1.5183471012143483


def bessel_points(seed: int) -> list[float]:
    points = spread(seed, 800, -1074, 1023) + uniform(seed + 1, 700, 0.0, 40.0)
    points += spread(seed + 2, 400, -30, 30) + [abs(x) for x in HALVES]
    points += [x for c in (32.0, 2.0**-60, 1.0, LOG_I1_ZERO) for x in around(c)]
    points += around(LOG_I1_ZERO, 2) + around(LOG_I1_ZERO + 2.0**-6)
    points += edges(seed + 3) + spread(seed + 5, 30, -514, -508)
    return points + [0.0, SMALLEST, 2.0**-1022, 2.0**1023, LARGEST]


def alternating(points: list[float]) -> list[float]:
    return [-x if k % 3 == 0 else x for k, x in enumerate(points)]


def ratio(x: arb) -> arb:
    return x.bessel_i(1, scaled=True) / x.bessel_i(0, scaled=True)


def logarithm(order: int, x: arb) -> arb:
    """Without the scaling where the exponential would only be divided out again."""
    if x < 1:
        return x.bessel_i(order).log()
    return x.bessel_i(order, scaled=True).log() + x


FUNCTIONS = {
    "exponential-integral-e1": of_x(
        lambda: within(integral_points(100), SMALLEST, 800.0), lambda x: x.expint(1)),
    "exponential-integral-ei": of_x(
        lambda: within([x for x in ei_points() if x], -760.0, 716.3555), lambda x: x.ei()),
    "exponential-integral-en": Function(("order", "x"), order_points, exponential_integral),
    "bessel-i0-scaled": of_x(
        lambda: within(alternating(bessel_points(120)), -LARGEST, LARGEST),
        lambda x: abs(x).bessel_i(0, scaled=True)),
    "bessel-i1-scaled": of_x(
        lambda: within(alternating(bessel_points(130)), -LARGEST, LARGEST),
        lambda x: abs(x).bessel_i(1, scaled=True) * (-1 if x < 0 else 1)),
    "log-bessel-i0": of_x(
        lambda: within(alternating(bessel_points(140)), -LARGEST, LARGEST),
        lambda x: logarithm(0, abs(x))),
    "log-bessel-i1": of_x(
        lambda: within(bessel_points(150), SMALLEST, LARGEST), lambda x: logarithm(1, x)),
    "bessel-ratio-i1-i0": of_x(
        lambda: within(alternating(bessel_points(160)), -LARGEST, LARGEST),
        lambda x: ratio(abs(x)) * (-1 if x < 0 else 1)),
}
