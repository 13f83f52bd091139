"""Divergences of parametric distributions in balls: textbook forms, one for each pair.

    divergence("gamma", (3.0, 1.0), "gamma", (4.0, 1.0)), cross_entropy(...), entropy(...)

Which pairs are infinite is decided by the ends of their supports and by a table of the moments
that the tails have, and need.
"""

from typing import Callable

from flint import arb

from balls import INFINITY, Value
from distribution_families import FAMILIES, GAMMA, Family, log2pi

SCALED = {"exponential", "gamma", "inverseGamma", "weibull", "rayleigh", "halfNormal",
          "chiSquared", "logNormal"}
"""Families on x > 0."""

REAL = {"normal", "laplace", "logistic", "cauchy", "gumbel", "studentT"}
WHOLE = {"bernoulli", "binomial", "geometric", "negativeBinomial", "poisson"}


def model(name: str, x: tuple) -> Family:
    return FAMILIES[name](x)


def entropy(name: str, x: tuple) -> Value:
    return model(name, x).entropy()


# MARK: - One family


def normal(p, q):
    return (q.b / p.b).log() + (p.b**2 + (p.a - q.a) ** 2) / (2 * q.b**2) - arb("0.5")


def laplace(p, q):
    d = abs(p.a - q.a)
    return (q.b / p.b).log() + d / q.b + p.b / q.b * (-d / p.b).exp() - 1


def logistic(p, q):
    """Of one scale: E [x + 2 log((1 + e^-(z - x))/(1 + e^-z))] = x coth(x/2) - 2."""
    x = (p.a - q.a) / p.b
    return x * (x / 2).coth() - 2


def cauchy(p, q):
    return (((p.b + q.b) ** 2 + (p.a - q.a) ** 2) / (4 * p.b * q.b)).log()


def gumbel(p, q):
    r = p.b / q.b
    return (-r.log() + GAMMA() * (r - 1) + ((q.a - p.a) / q.b).exp() * (1 + r).gamma() - 1
            + (p.a - q.a) / q.b)


def gamma(p, q):
    return ((p.a - q.a) * p.a.digamma() - p.a.lgamma() + q.a.lgamma()
            + q.a * (q.b.log() - p.b.log()) + p.a * (p.b / q.b - 1))


def inverse_gamma(p, q):
    return ((p.a - q.a) * p.a.digamma() - p.a.lgamma() + q.a.lgamma()
            + q.a * (p.b.log() - q.b.log()) + p.a * (q.b / p.b - 1))


def weibull(p, q):
    (k, s), (l, t) = (p.a, p.b), (q.a, q.b)
    return ((k / s**k).log() - (l / t**l).log() + (k - l) * (s.log() - GAMMA() / k)
            + (s / t) ** l * (l / k + 1).gamma() - 1)


def exponential(p, q):
    return (p.a / q.a).log() + q.a / p.a - 1


def rayleigh(p, q):
    return (q.a**2 / p.a**2).log() + p.a**2 / q.a**2 - 1


def half_normal(p, q):
    return (q.a / p.a).log() + p.a**2 / (2 * q.a**2) - arb("0.5")


def pareto(p, q):
    return (p.a / q.a).log() + q.a * (p.b / q.b).log() + q.a / p.a - 1


def uniform(p, q):
    return ((q.b - q.a) / (p.b - p.a)).log()


def dirichlet(alpha, beta):
    alpha, beta = [arb(x) for x in alpha], [arb(x) for x in beta]
    n, m = sum(alpha, arb(0)), sum(beta, arb(0))
    return (n.lgamma() - m.lgamma() + sum((y.lgamma() - x.lgamma() + (x - y) * x.digamma()
            for x, y in zip(alpha, beta)), arb(0)) - (n - m) * n.digamma())


def binary(p: float, q: float) -> Value:
    if p == q:
        return 0
    if (q == 0 and p > 0) or (q == 1 and p < 1):
        return INFINITY
    x, y = arb(p), arb(q)
    return ((x * (x / y).log() if p > 0 else arb(0))
            + ((1 - x) * ((1 - x) / (1 - y)).log() if p < 1 else arb(0)))


def scaled(value: Value, factor: arb) -> Value:
    return value * factor if isinstance(value, arb) else value


SAME: dict[str, Callable[[Family, Family], Value]] = {
    "normal": normal, "logNormal": normal, "laplace": laplace, "logistic": logistic,
    "cauchy": cauchy, "gumbel": gumbel, "gamma": gamma, "inverseGamma": inverse_gamma,
    "weibull": weibull, "exponential": exponential, "rayleigh": rayleigh,
    "halfNormal": half_normal, "pareto": pareto, "uniform": uniform,
    "chiSquared": lambda p, q: gamma(p.same(), q.same()),
    "beta": lambda p, q: dirichlet(p.x, q.x),
    "dirichlet": lambda p, q: dirichlet(p.x[0], q.x[0]),
    "bernoulli": lambda p, q: binary(p.x[0], q.x[0]),
    "binomial": lambda p, q: scaled(binary(p.x[1], q.x[1]), p.a),
    "geometric": lambda p, q: scaled(binary(p.x[0], q.x[0]), 1 / p.a),
    "negativeBinomial": lambda p, q: scaled(binary(p.x[1], q.x[1]), p.a / p.b),
    "poisson": lambda p, q: p.a * (p.a / q.a).log() - p.a + q.a,
    "diagonalNormal": lambda p, q: sum(
        (normal(model("normal", (m, s)), model("normal", (n, t)))
         for m, s, n, t in zip(*p.x, *q.x)), arb(0)),
}


# MARK: - Means of -log q


def mean(p: Family) -> arb:
    return p.mean() if hasattr(p, "mean") else p.power(1)


def second(p: Family) -> arb:
    return p.second() if hasattr(p, "second") else p.power(2)


def distance(p: Family, m: float) -> arb:
    return p.distance(m) if hasattr(p, "distance") else abs(mean(p) - m)


CROSS: dict[str, Callable[[Family, Family], Value]] = {
    "normal": lambda p, q: (log2pi() / 2 + q.b.log()
                            + (second(p) - 2 * q.a * mean(p) + q.a**2) / (2 * q.b**2)),
    "logNormal": lambda p, q: (log2pi() / 2 + q.b.log() + p.log()
                               + (p.log_squared() - 2 * q.a * p.log() + q.a**2) / (2 * q.b**2)),
    "laplace": lambda p, q: (2 * q.b).log() + distance(p, q.x[0]) / q.b,
    "uniform": lambda p, q: (q.b - q.a).log(),
    "gumbel": lambda p, q: (q.b.log() + (mean(p) - q.a) / q.b
                            + (q.a / q.b).exp() * p.fall(1 / q.b)),
    "exponential": lambda p, q: -q.a.log() + q.a * mean(p),
    "gamma": lambda p, q: (q.a.lgamma() + q.a * q.b.log() - (q.a - 1) * p.log()
                           + mean(p) / q.b),
    "chiSquared": lambda p, q: CROSS["gamma"](p, q.same()),
    "inverseGamma": lambda p, q: (q.a.lgamma() - q.a * q.b.log() + (q.a + 1) * p.log()
                                  + q.b * p.power(-1)),
    "weibull": lambda p, q: (q.a * q.b.log() - q.a.log() - (q.a - 1) * p.log()
                             + p.power(q.a) / q.b**q.a),
    "rayleigh": lambda p, q: 2 * q.a.log() - p.log() + second(p) / (2 * q.a**2),
    "halfNormal": lambda p, q: ((arb.pi() / 2).log() / 2 + q.a.log()
                                + second(p) / (2 * q.a**2)),
    "pareto": lambda p, q: (q.a + 1) * p.log() - q.a.log() - q.a * q.b.log(),
    "beta": lambda p, q: (q.a.lgamma() + q.b.lgamma() - (q.a + q.b).lgamma()
                          - (q.a - 1) * p.log() - (q.b - 1) * p.log_complement()),
    "poisson": lambda p, q: q.a - p.a * q.a.log(),
    "negativeBinomial": lambda p, q: (-q.a * q.b.log() - p.a * (q.a * (1 - q.b)).log()),
    "geometric": lambda p, q: -q.a.log() - p.a * (1 - q.a).log(),
    "binomial": lambda p, q: (-(1 - p.a) * q.a * (1 - q.b).log() - p.a * (
        q.a * q.b * (1 - q.b) ** (q.a - 1)).log()),
}
"""Of whole numbers only from Bernoulli outcomes, to which the others come down."""


# MARK: - What is asked for


def is_infinite(p: str, x: tuple, q: str, y: tuple) -> bool:
    """Whether p has mass where q has none, or tails too heavy for q."""
    if p in WHOLE or q in WHOLE:
        return whole_is_infinite(p, x, q, y)
    if {p, q} & {"dirichlet", "diagonalNormal"}:
        return p != q
    low, high = ends(p, x)
    other_low, other_high = ends(q, y)
    if low < other_low or high > other_high:
        return True
    return tails_are_infinite(p, x, q, y)


def ends(name: str, x: tuple) -> tuple[float, float]:
    if name in REAL:
        return -INFINITY, INFINITY
    if name in ("uniform", "beta"):
        return (x[0], x[1]) if name == "uniform" else (0.0, 1.0)
    return (x[1] if name == "pareto" else 0.0), INFINITY


def whole_is_infinite(p: str, x: tuple, q: str, y: tuple) -> bool:
    if not (p in WHOLE and q in WHOLE):
        return True
    last = {"bernoulli": lambda x: 1 if x[0] else 0,
            "binomial": lambda x: x[0] if x[1] else 0,
            "geometric": lambda x: 0 if x[0] == 1 else INFINITY,
            "negativeBinomial": lambda x: 0 if x[1] == 1 else INFINITY,
            "poisson": lambda x: INFINITY}
    return last[p](x) > last[q](y)


def tails_are_infinite(p: str, x: tuple, q: str, y: tuple) -> bool:
    """Moments that q's density needs: of order 2 for normal ones, 1 for exponential ones …"""
    highest = {"pareto": x[0], "studentT": x[0], "inverseGamma": x[0], "cauchy": 1.0}
    needed = {"normal": 2, "halfNormal": 2, "rayleigh": 2, "exponential": 1, "gamma": 1,
              "chiSquared": 1, "laplace": 1, "logistic": 1, "gumbel": 1}
    order = y[0] if q == "weibull" else needed.get(q, 0)
    if p in highest and order >= highest[p]:
        return True
    if q == "inverseGamma":
        lowest = {"gamma": x[0], "exponential": 1.0, "chiSquared": x[0] / 2, "rayleigh": 2.0,
                  "weibull": x[0], "halfNormal": 1.0, "beta": x[0], "uniform": 1.0}
        return p in lowest and lowest[p] <= 1 and (p != "uniform" or x[0] == 0)
    if q == "gumbel":
        return (p in ("studentT", "cauchy") or (p in ("laplace", "logistic") and x[1] >= y[1]))
    return False


def cross_entropy(p: str, x: tuple, q: str, y: tuple) -> Value:
    if is_infinite(p, x, q, y):
        return INFINITY
    if q in CROSS and (p == "bernoulli" or p not in WHOLE):
        return CROSS[q](model(p, x), model(q, y))
    if (p, x) == (q, y):
        return entropy(p, x)
    return entropy(p, x) + SAME[p](model(p, x), model(q, y))


def divergence(p: str, x: tuple, q: str, y: tuple) -> Value:
    if (p, x) == (q, y):
        return 0
    if is_infinite(p, x, q, y):
        return INFINITY
    if p == q:
        return SAME[p](model(p, x), model(q, y))
    return CROSS[q](model(p, x), model(q, y)) - entropy(p, x)
