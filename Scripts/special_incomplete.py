"""The incomplete gamma and beta functions and their inverses, for special.py.

Arb's own functions serve while the parameters are moderate; beyond, the smaller tail
is the density times an integral over the logarithm (the log-odds) of the variable,

    J = integral of exp(-G(w)) over w > 0, with G convex and G(0) = 0,

which Arb integrates rigorously up to W; the rest is below exp(-G(W))/G'(W).  For beta

    G(w) = s w + q ((e^w - 1 - w) - (z - log(1 + z))/x), z = x (e^w - 1), q = (a + b) x,

and gamma is the limit x -> 0 with q fixed.  `integral_agrees` compares the two ways.
"""

import math

from flint import acb, arb, ctx

from balls import certify
from random_masses import SplitMix64
from special import Function

NATIVE = 60.0
"""Up to here Arb's own functions are quick."""

NOTHING = arb(0, arb(2) ** -1300)
"""A tail that is 0 as a double; the integral J is below 4 wherever it is used."""


# The tails

def more_precision(bits: float):
    """A context for the integrals: the frame starts with three times the bits it needs."""
    return ctx.workprec(ctx.prec // 2 + int(bits) + 32)


def magnitude(w: acb) -> float:
    """An upper bound of |w|."""
    return float(abs(w).upper()) * (1 + 1e-12)


def power_series(w: acb, coefficient, bound: float) -> acb:
    """The sum of coefficient(k) w^k, of which each |coefficient| is at most 1.

    `bound` is one of |w|, below 1/2, so that what is left out is below twice its first term.
    """
    terms = int((ctx.prec + 20) / -math.log2(bound)) + 2 if bound > 0 else 1
    value = acb(0)
    for k in reversed(range(terms)):
        value = value * w + coefficient(k)
    rest = 2 * arb(bound) ** terms
    return value + acb(arb(0, rest), arb(0, rest))


def exponential_remainder(w: acb) -> acb:
    """e^w - 1 - w; by its series where balls would lose by the difference."""
    bound = magnitude(w)
    if bound >= 0.4:
        return w.expm1() - w
    return w * w * power_series(w, lambda k: 1 / arb(math.factorial(k + 2)), bound)


def logarithm_remainder(z: acb, analytic: bool) -> acb:
    """(z - log(1 + z))/z, by the series of the inverse hyperbolic tangent near 0."""
    bound = magnitude(z)
    if bound >= 0.4:
        return (z - (1 + z).log(analytic)) / z
    s = z / (2 + z)
    square = s * s
    tail = power_series(square, lambda k: arb(1) / (2 * k + 3), min(magnitude(square), 0.1))
    return s - 2 * s * s / (2 + z) * tail


def tail_integral(s: arb, q: arb, x: arb, sign: int) -> arb:
    """J, with w = sign * (the distance on the logarithmic scale)."""
    def exponent(w, analytic=False):
        w = acb(w)
        spread = exponential_remainder(sign * w)
        if not x == 0:
            growth = (sign * w).expm1()
            spread -= growth * logarithm_remainder(x * growth, analytic)
        return s * w + q * spread

    def slope(w):
        growth = (sign * w).expm1()
        return s + q * sign * ((1 + growth) / (1 + x * growth) - 1)

    goal = 0.7 * ctx.prec + 20
    width = arb(2) ** -1100
    while not (exponent(width).real > goal and slope(width) > 0):
        width *= 2
    step = width / 2
    for _ in range(6):
        if exponent(width - step).real > goal and slope(width - step) > 0:
            width -= step
        step /= 2
    width = arb(width.mid())
    value = acb.integral(
        lambda t, analytic: (-exponent(width * t, analytic)).exp(), 0, 1,
        eval_limit=10**6).real * width
    rest = (-exponent(width).real).exp() / slope(width)
    return value + rest * arb(0.5, 0.5)


def remembered(tail):
    """A tail that keeps its values at doubles: its complement and its inverse come next."""
    values: dict[tuple, tuple[arb, bool]] = {}

    def look_up(*arguments):
        if isinstance(arguments[-1], arb):
            return tail(*arguments)
        key = (*arguments, ctx.prec)
        if key not in values:
            values[key] = tail(*arguments[:-1], arb(arguments[-1]))
        return values[key]

    return look_up


@remembered
def gamma_integral(a: float, x: arb) -> tuple[arb, bool]:
    """The tail on the falling side of the density, and whether it is the upper one."""
    with more_precision(3 * math.log2(a)):
        s = x - a
        is_upper = bool(s > 0)
        exponent = a * x.log() - x - arb(a).lgamma()
        if exponent < -1e4:
            return NOTHING, is_upper
        return exponent.exp() * tail_integral(abs(s), x, arb(0), 1 if is_upper else -1), is_upper


@remembered
def beta_integral(a: float, b: float, x: arb) -> tuple[arb, bool]:
    """The tail on the falling side of the density, and whether it is the upper one."""
    with more_precision(3 * math.log2(max(a, b))):
        y = 1 - x
        s = b * x - a * y
        is_upper = bool(s > 0) if min(a, b) >= 1 else b > a
        if not is_upper:
            s = -s
        log_beta = arb(a).lgamma() + arb(b).lgamma() - (arb(a) + b).lgamma()
        exponent = a * x.log() + b * y.log() - log_beta
        if exponent < -1e4 and min(a, b) >= 1:
            return NOTHING, is_upper
        # The smaller of x and y, whose exponential stays away from the logarithm's cut.
        if x < 0.5:
            j = tail_integral(s, (arb(a) + b) * x, x, 1 if is_upper else -1)
        else:
            j = tail_integral(s, (arb(a) + b) * y, y, -1 if is_upper else 1)
        return exponent.exp() * j, is_upper


def gamma_tail(a: float, x: float | arb, want_upper: bool) -> arb:
    """P or Q of the gamma distribution."""
    if a <= NATIVE:
        x = arb(x)
        return x.gamma_upper(a, regularized=1) if want_upper else x.gamma_lower(a, regularized=1)
    tail, is_upper = gamma_integral(a, x)
    return tail if is_upper == want_upper else 1 - tail


def beta_tail(a: float, b: float, x: float | arb, want_upper: bool) -> arb:
    """I_x(a, b) or its complement."""
    if max(a, b) <= NATIVE:
        x = arb(x)
        return (1 - x).beta_lower(b, a, regularized=1) if want_upper \
            else x.beta_lower(a, b, regularized=1)
    if min(a, b) < 1:
        # Next to the end where the density is a power, J would be over a wide flat range,
        # and the hypergeometric series is short.
        y = 1 - arb(x)
        if b * arb(x) < 1:
            lower = arb(x).beta_lower(a, b, regularized=1)
            return 1 - lower if want_upper else lower
        if a * y < 1:
            upper = y.beta_lower(b, a, regularized=1)
            return upper if want_upper else 1 - upper
    tail, is_upper = beta_integral(a, b, x)
    return tail if is_upper == want_upper else 1 - tail


def unless_zero(tail: arb) -> arb | int:
    """The tail, or 0 where it is too far below the least double to be written out."""
    return 0 if tail < arb(2) ** -1200 else tail


# The inverses

def root(tail, density, target: tuple[float, bool], guess: float) -> arb:
    """The x at which a tail is target = (value, is upper), as a ball that provably holds it.

    One step of the interval Newton method: with f the density over a ball X around x,
    x - (F(x) - p)/f(X) inside X proves a root there. Where the guess is too far for that,
    ordinary steps on the logarithm of the smaller tail come first.
    """
    value, is_upper = target
    if value > 0.5:
        wanted, side = 1 - arb(value), not is_upper
    else:
        wanted, side = arb(value), is_upper
    sign = -1 if side else 1
    x, t = arb(guess), tail(guess, side)
    for _ in range(60):
        gap = sign * (wanted - t)
        here = density(x)
        slack = x * arb(2) ** (8 - ctx.prec)  # for a guess that is the root
        around = arb(x, 4 * abs(gap / here).upper() + slack)
        if around > 0:
            better = x + gap / density(around)
            if around.contains(better) and better.rel_accuracy_bits() >= 90:
                return better
        step = (sign * (wanted.log() - t.log()) * t / (here * x)).mid()
        x = arb((x * max(min(step, arb(2)), arb(-2)).exp()).mid())
        t = tail(x, side)
    return arb(x, math.inf)


def gamma_root(a: float, target: tuple[float, bool]) -> arb:
    def density(x):
        with more_precision(2 * abs(math.log2(a))):
            return ((a - 1) * x.log() - x - arb(a).lgamma()).exp()
    return root(lambda x, up: gamma_tail(a, x, up), density, target,
                GAMMA_STARTS[a, *target])


def beta_root(a: float, b: float, target: tuple[float, bool]) -> arb:
    """Solved for the smaller of x and 1 - x, so that a root next to 1 keeps its bits."""
    def density(x):
        with more_precision(2 * math.log2(max(a, b, 2))):
            log_beta = arb(a).lgamma() + arb(b).lgamma() - (arb(a) + b).lgamma()
            return ((arb(a) - 1) * x.log() + (arb(b) - 1) * (1 - x).log() - log_beta).exp()
    start = BETA_STARTS[a, b, *target]
    if start < 0.5:
        return root(lambda x, up: beta_tail(a, b, x, up), density, target, start)
    value, want_upper = target
    return 1 - root(lambda y, up: beta_tail(b, a, y, up), lambda y: density(1 - y),
                    (value, not want_upper), 1 - start)


def integral_agrees() -> bool:
    """Whether Arb's own functions and the integral give the same tails at a few points."""
    global NATIVE
    points = [(20.0, 18.0), (300.0, 310.0), (1000.5, 900.0), (3.5, 0.25)]
    saved, good = NATIVE, True
    for a, x in points:
        for up in (False, True):
            ways = []
            for NATIVE in (math.inf, 0.0):
                ways.append((gamma_tail(a, x, up),
                             beta_tail(a, 40.0, a / (a + 40.0) * 1.01, up)))
            good &= all(p.overlaps(r) and r.rel_accuracy_bits() > 100 for p, r in zip(*ways))
    NATIVE = saved
    return good


# The grids

def neighbours(x: float) -> list[float]:
    return [math.nextafter(x, 0), x, math.nextafter(x, math.inf)]


def gamma_points() -> list[tuple[float, float]]:
    g = SplitMix64(2026_11_22)
    points = []
    for _ in range(400):  # everywhere moderate
        a = 10 ** (6 * g.uniform() - 3)
        points.append((a, a * 10 ** (3 * g.uniform() - 2)))
    for i in range(700):  # the transition x = a, to six deviations and into the tails
        a = 10 ** (15 * g.uniform())
        points.append((a, a + (6 if i < 450 else 37) * g.signed() * math.sqrt(a)))
    for _ in range(350):  # small shapes
        points.append((10 ** (-300 * g.uniform() ** 2), 10 ** (3 - 300 * g.uniform() ** 3)))
    for _ in range(200):  # small variables
        points.append((10 ** (4 * g.uniform() - 2), 10 ** (-300 * g.uniform() ** 2)))
    for _ in range(200):  # integers and halves
        points.append((0.5 * (1 + g.below(100)), 0.25 * (1 + g.below(400))))
    for _ in range(150):  # huge shapes
        a = 10 ** (15 + 285 * g.uniform())
        points.append((a, g.choice(neighbours(a) + [a * (1 + 7e-9), a * (1 - 3e-9)])))
    for a in (0.5, 1.0, 2.0**-10, 5.0, 20.0, 100.0):  # the method's seams
        for left in neighbours(a):
            for x in {1.0, 0.5, 20.0, a}:
                points += [(left, right) for right in neighbours(x)]
    return [(a, x) for a, x in points if x > 0]


def beta_points() -> list[tuple[float, float, float]]:
    g = SplitMix64(2026_11_23)
    points = []

    def near(a: float, b: float, deviations: float) -> float:
        mean = a / (a + b)
        return mean + deviations * g.signed() * math.sqrt(mean * (b / (a + b)) / (a + b))

    for _ in range(500):  # everywhere moderate
        points.append((10 ** (6 * g.uniform() - 3), 10 ** (6 * g.uniform() - 3), g.uniform()))
    for i in range(700):  # the transition and the tails
        a, b = 10 ** (12 * g.uniform()), 10 ** (12 * g.uniform())
        points.append((a, b, near(a, b, 6 if i < 450 else 37)))
    for _ in range(250):  # small parameters
        points.append((10 ** (-20 * g.uniform() ** 2), 10 ** (4 - 24 * g.uniform()),
                       g.choice([g.uniform(), 10 ** (-30 * g.uniform())])))
    for _ in range(200):  # next to 0 and 1
        a, b = 10 ** (5 * g.uniform() - 2), 10 ** (5 * g.uniform() - 2)
        points.append((a, b, g.choice([10 ** (-300 * g.uniform() ** 2),
                                       1 - 10 ** (-16 * g.uniform())])))
    for _ in range(200):  # integers and halves, dyadic variables
        points.append((0.5 * (1 + g.below(80)), 0.5 * (1 + g.below(80)), g.below(64) / 64))
    for _ in range(150):  # one parameter far larger than the other
        a, b = 10 ** (4 * g.uniform() - 3), 10 ** (6 + 10 * g.uniform())
        x = min(a / b * 10 ** (3 * g.uniform() - 1), 0.5)
        points.append((a, b, x))
        points.append((b, a, 1 - x))
    for a in (0.5, 2.0**-10, 1.0, 5.0, 20.0):  # the method's seams
        for b in (2.0**-10, 1.0, 20.0, 300.0):
            for x in (0.5, a / (a + b), min(1 / (a + b), 0.75)):
                points += [(a, b, z) for z in neighbours(x)]
                points.append((math.nextafter(a, 0), b, x))
    return [point for point in points if 0 < point[2] < 1]


GAMMA_STARTS: dict[tuple[float, float, bool], float] = {}
BETA_STARTS: dict[tuple[float, float, float, bool], float] = {}


def nearest(tail) -> float:
    return certify(lambda: unless_zero(tail()), bits=80).double()


def usable(probability: float) -> bool:
    return 0 < probability < 1


def gamma_probabilities(want_upper: bool):
    """(a, p) for the variables of the direct grid, where the roots will be."""
    def points():
        g = SplitMix64(2026_11_24)
        more = []
        for _ in range(950):
            a = 10 ** (5.3 * g.uniform() - 3)
            more.append((a, a * math.exp(3 * g.signed() / math.sqrt(a)) if a > 0.3
                         else 10 ** (6 * g.uniform() - 5)))
        found = []
        for a, x in gamma_points() + more:
            p = nearest(lambda: gamma_tail(a, x, want_upper))
            if usable(p) and 1e-12 <= a <= 1e17:
                GAMMA_STARTS[a, p, want_upper] = x
                found.append((a, p))
        return found
    return points


def beta_probabilities(want_upper: bool):
    def points():
        g = SplitMix64(2026_11_25)
        more = [(10 ** (4.3 * g.uniform() - 2), 10 ** (4.3 * g.uniform() - 2), g.uniform())
                for _ in range(950)]
        found = []
        for a, b, x in beta_points() + more:
            p = nearest(lambda: beta_tail(a, b, x, want_upper))
            if usable(p) and max(a, b) >= 1e-3 and min(a, b) > 1e-9:
                BETA_STARTS[a, b, p, want_upper] = x
                found.append((a, b, p))
        return found
    return points


FUNCTIONS: dict[str, Function] = {
    "regularized-gamma-p": Function(
        ("a", "x"), gamma_points, lambda a, x: unless_zero(gamma_tail(a, x, False))),
    "regularized-gamma-q": Function(
        ("a", "x"), gamma_points, lambda a, x: unless_zero(gamma_tail(a, x, True))),
    "regularized-beta": Function(
        ("a", "b", "x"), beta_points, lambda a, b, x: unless_zero(beta_tail(a, b, x, False))),
    "complementary-regularized-beta": Function(
        ("a", "b", "x"), beta_points, lambda a, b, x: unless_zero(beta_tail(a, b, x, True))),
    "inverse-regularized-gamma-p": Function(
        ("a", "p"), gamma_probabilities(False), lambda a, p: gamma_root(a, (p, False))),
    "inverse-regularized-gamma-q": Function(
        ("a", "q"), gamma_probabilities(True), lambda a, q: gamma_root(a, (q, True))),
    "inverse-regularized-beta": Function(
        ("a", "b", "p"), beta_probabilities(False),
        lambda a, b, p: beta_root(a, b, (p, False))),
    "inverse-complementary-regularized-beta": Function(
        ("a", "b", "q"), beta_probabilities(True),
        lambda a, b, q: beta_root(a, b, (q, True))),
}
