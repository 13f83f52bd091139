"""Grids and balls of the elementary forms, Lambert W, and the error functions."""

import math

from flint import arb

from random_masses import SplitMix64
from special import Function

LARGEST, SMALLEST = 1.7976931348623157e308, 5e-324


def spread(seed: int, count: int, low: int, high: int) -> list[float]:
    """Random doubles whose binary exponents run evenly from low to high."""
    generator = SplitMix64(seed)
    step = (high - low + 1) / count
    return [math.ldexp(1.0 + generator.uniform(), low + int(k * step)) for k in range(count)]


def uniform(seed: int, count: int, low: float, high: float) -> list[float]:
    generator = SplitMix64(seed)
    return [low + (high - low) * generator.uniform() for _ in range(count)]


def both_signs(points: list[float]) -> list[float]:
    return [sign * x for x in points for sign in (1.0, -1.0)]


def around(centre: float, seed: int = 1, scale: float | None = None) -> list[float]:
    """A point, its neighbours among the doubles, and points from 1e-15 to 0.1 away."""
    generator = SplitMix64(seed)
    scale = scale or abs(centre) or 1.0
    points = [centre]
    above = below = centre
    for _ in range(4):
        above, below = math.nextafter(above, math.inf), math.nextafter(below, -math.inf)
        points += [above, below]
    for k in range(1, 16):
        for _ in range(2):
            points.append(centre + generator.signed() * scale * 10.0**-k)
    return points


def within(points: list[float], low: float, high: float) -> list[tuple[float]]:
    """The points in the closed interval, each as a tuple of arguments."""
    return [(x,) for x in points if low <= x <= high]


def of_x(points, evaluate, name: str = "x") -> Function:
    return Function((name,), points, lambda x: evaluate(arb(x)) if x else evaluate(arb(0)))


# Error functions

HALVES = [k / 2 for k in range(-60, 61)]


def edges(seed: int) -> list[float]:
    """Where a product leaves the normal doubles, and where it leaves all of them."""
    return spread(seed, 60, -1026, -1016) + spread(seed + 1, 30, 1018, 1023)


def error_points(seed: int) -> list[float]:
    points = both_signs(spread(seed, 500, -1074, -1)) + uniform(seed + 1, 900, -6.5, 6.5)
    points += [x for c in (0.5, -0.5, 1.0, -1.0, 2.0, 6.0, -6.0) for x in around(c, seed)]
    return points + both_signs(edges(seed)) + HALVES + [0.0, SMALLEST, -SMALLEST, 2.0**-1022]


def complement_points(seed: int) -> list[float]:
    points = error_points(seed) + uniform(seed + 2, 500, 0.0, 28.0)
    return points + uniform(seed + 3, 100, 26.5, 27.3) + around(8.7418) + around(27.226)


def scaled_complement_points() -> list[float]:
    points = complement_points(20) + spread(24, 150, 3, 1023) + spread(26, 300, 1015, 1022)
    points += uniform(25, 200, -26.7, 0.0)
    return points + around(-26.62873571375149) + around(2.0**60) + around(2.0**100) + [LARGEST]


def log_complement_points() -> list[float]:
    points = complement_points(30) + spread(34, 300, 3, 511)
    return points + uniform(35, 100, 0.0, 100.0) + around(1.3407807929942596e154)


def inverse_error_points() -> list[float]:
    points = both_signs(spread(40, 600, -1074, -1)) + uniform(41, 800, -1.0, 1.0)
    points += [sign * (1.0 - 2.0**-k) for k in range(1, 54) for sign in (1, -1)]
    points += [x for c in (0.5, -0.5, 2.0**-60) for x in around(c)]
    points += both_signs([1.0 - x for x in spread(42, 100, -53, -2)] + edges(43))
    return points + [0.0, SMALLEST, -SMALLEST]


def inverse_complement_points() -> list[float]:
    points = spread(45, 1100, -1074, -1) + uniform(46, 700, 0.0, 2.0)
    points += [x for c in (0.5, 1.0, 1.5) for x in around(c)]
    points += [2.0 - x for x in spread(47, 150, -52, -2)]
    points += [1.0 + x for x in both_signs(spread(48, 60, -52, -2))]
    return points + [SMALLEST, 1e-323, 2.0**-1022, math.nextafter(2.0, 0.0)]


def log_complement(x: arb) -> arb:
    return (-x.erf()).log1p() if x < 1 else x.erfc().log()


ERROR_FUNCTIONS = {
    "error-function": of_x(
        lambda: within(error_points(10), -LARGEST, LARGEST), lambda x: x.erf()),
    "complementary-error-function": of_x(
        lambda: within(complement_points(15), -LARGEST, 1e6), lambda x: x.erfc()),
    "scaled-complementary-error-function": of_x(
        lambda: within(scaled_complement_points(), -26.7, LARGEST),
        lambda x: x.erfc() * (x * x).exp()),
    "log-complementary-error-function": of_x(
        lambda: within(log_complement_points(), -LARGEST, 1.3407807929942596e154),
        log_complement),
    "inverse-error-function": of_x(
        lambda: within(inverse_error_points(), math.nextafter(-1.0, 0.0),
                       math.nextafter(1.0, 0.0)), lambda y: y.erfinv(), "y"),
    "inverse-complementary-error-function": of_x(
        lambda: within(inverse_complement_points(), SMALLEST, math.nextafter(2.0, 0.0)),
        lambda y: y.erfcinv(), "y"),
}


# Forms without cancellation, Lambert W, dilogarithm

def log1pmx_points() -> list[float]:
    points = both_signs(spread(50, 500, -560, -1)) + both_signs(spread(51, 300, -52, -1))
    points += uniform(52, 300, -1.0, 3.0) + spread(53, 200, 0, 1023) + around(-1.0)
    points += [x for c in (0.0625, -0.0625, 0.5) for x in around(c)]
    points += [-1.0 + x for x in spread(54, 100, -53, -2)]
    points += both_signs(spread(55, 50, -1074, -500) + spread(56, 60, -514, -508))
    return points + [0.0, SMALLEST, LARGEST]


def generator_points() -> list[float]:
    points = spread(60, 500, -1074, 1023) + uniform(61, 500, 0.0, 4.0)
    points += [1.0 + x for x in both_signs(spread(62, 400, -52, -2))]
    points += [x for c in (1.0, 0.9375, 1.0625, math.e, 2.0**200, 2.5e305) for x in around(c)]
    return points + spread(63, 150, -60, 60) + [0.0, SMALLEST, 2.0**-1022]


# The two doubles beside -1/e; the lower one lies outside the domain.
BRANCH_POINT = -0.36787944117144228


def branch_points(seed: int) -> list[float]:
    steps = [BRANCH_POINT + k * 2.0**-54 for k in range(1, 40)]
    steps += [BRANCH_POINT + x for x in spread(seed, 500, -53, -4)]
    return [BRANCH_POINT, *steps, *around(-0.26), *uniform(seed + 1, 300, BRANCH_POINT, 0.0)]


def lambert_points() -> list[float]:
    points = branch_points(70) + both_signs(spread(72, 400, -1074, -3))
    points += spread(73, 500, -20, 1023) + uniform(74, 200, 0.0, 10.0) + around(2.0**-60)
    return points + HALVES + around(math.e) + [0.0, SMALLEST, -SMALLEST, LARGEST]


def lower_lambert_points() -> list[float]:
    points = branch_points(80) + [-x for x in spread(82, 1000, -1074, -3)]
    points += branch_points(83)[1:] + [-x for x in spread(85, 100, -20, -3)]
    return points + [-SMALLEST, -(2.0**-1022), -0.1, -0.2, -0.25]


DILOGARITHM_ZERO = 12.595170369845016


def dilogarithm_points() -> list[float]:
    points = both_signs(spread(90, 700, -1074, 1023)) + uniform(91, 500, -3.0, 3.0)
    points += uniform(92, 200, 0.0, 20.0) + both_signs(spread(93, 150, -60, 10))
    seams = (-1.0, 0.5, 1.0, 2.0, DILOGARITHM_ZERO, DILOGARITHM_ZERO + 2.0**-4)
    points += [x for c in seams for x in around(c)]
    return points + HALVES + [0.0, SMALLEST, -SMALLEST, LARGEST, -LARGEST]


def dilogarithm(x: arb) -> arb:
    """Inversion brings x > 1 to where the polylogarithm is real."""
    if x == 1:
        return arb.pi() ** 2 / 6
    if x < 1:
        return x.polylog(2)
    return arb.pi() ** 2 / 3 - x.log() ** 2 / 2 - (1 / x).polylog(2)


ELEMENTARY = {
    "log1pmx": of_x(
        lambda: within(log1pmx_points(), math.nextafter(-1.0, 0.0), LARGEST),
        lambda u: u.log1p() - u, "u"),
    "kl-generator": of_x(
        lambda: within(generator_points(), 0.0, LARGEST),
        lambda x: x * x.log() - x + 1 if x > 0 else arb(1)),
    "lambert-w0": of_x(
        lambda: within(lambert_points(), BRANCH_POINT, LARGEST), lambda x: x.lambertw()),
    "lambert-wm1": of_x(
        lambda: within(lower_lambert_points(), BRANCH_POINT, -SMALLEST),
        lambda x: x.lambertw(-1)),
    "dilogarithm": of_x(
        lambda: within(dilogarithm_points(), -LARGEST, LARGEST), dilogarithm),
}

FUNCTIONS: dict[str, Function] = {**ERROR_FUNCTIONS, **ELEMENTARY}
