"""The parametric distributions of the tables: Tests/Oracles/distributions/*.json.

Each row names one or two distributions, ["gamma", "0x1.8p1", "0x1.0p0"], parameters in order,
lists of numbers as lists; "value" is the double nearest to the truth in nats, "ball" the truth
to 30 digits (oracles.py).
"""

from typing import Iterator

from balls import Value, certify
from distribution_divergences import CROSS, SAME, WHOLE, cross_entropy, divergence, entropy
from distribution_divergences import is_infinite
from random_masses import SplitMix64
from tables import number_text

Model = tuple[str, tuple]

MODERATE: dict[str, list[tuple]] = {
    "normal": [(0.0, 1.0), (1.0, 2.0), (-0.3, 0.7)],
    "logNormal": [(0.0, 1.0), (0.5, 0.25), (-1.0, 0.6)],
    "laplace": [(0.0, 1.0), (0.5, 2.0), (0.0, 0.3)],
    "logistic": [(0.0, 1.0), (2.0, 1.0), (0.5, 0.25)],
    "cauchy": [(0.0, 1.0), (1.0, 2.0), (-3.0, 0.5)],
    "gumbel": [(0.0, 1.0), (0.5, 2.0), (-1.0, 0.75)],
    "studentT": [(3.0, 0.0, 1.0), (1.0, 0.0, 2.0), (7.5, -1.0, 0.5)],
    "uniform": [(0.0, 1.0), (0.25, 0.75), (-1.0, 3.0), (2.0, 5.0)],
    "exponential": [(1.0,), (2.0,), (0.3,)],
    "gamma": [(3.0, 1.0), (0.5, 2.0), (1.0, 0.5), (2.5, 0.75)],
    "inverseGamma": [(3.5, 1.0), (1.5, 2.0), (0.75, 1.0)],
    "weibull": [(2.0, 1.0), (1.0, 0.5), (0.75, 2.0), (3.5, 1.5)],
    "rayleigh": [(1.0,), (2.5,)],
    "halfNormal": [(1.0,), (0.4,)],
    "chiSquared": [(4.0,), (1.0,), (2.5,)],
    "pareto": [(3.0, 1.0), (1.5, 2.0), (0.5, 0.25)],
    "beta": [(2.0, 3.0), (0.5, 0.5), (1.5, 4.0)],
    "bernoulli": [(0.5,), (0.2,), (0.9,)],
    "binomial": [(10, 0.3), (10, 0.5), (3, 0.3)],
    "geometric": [(0.5,), (0.2,), (0.9,)],
    "negativeBinomial": [(3.0, 0.5), (3.0, 0.25), (0.5, 0.6)],
    "poisson": [(1.0,), (10.0,), (0.3,)],
    "dirichlet": [((1.0, 2.0, 3.0),), ((0.5, 0.5, 0.5),), ((4.0, 0.25, 1.5),)],
    "diagonalNormal": [((0.0, 1.0), (1.0, 2.0)), ((0.5, 1.0), (1.0, 0.5))],
}
"""Parameters near 1, which distribution_integrals.py can integrate."""

EXTREME: dict[str, list[tuple]] = {
    "normal": [(0.0, 1e-300), (1e300, 1e300), (1e-9, 1.0), (1.0, 1e8)],
    "logNormal": [(-700.0, 30.0), (0.0, 1e-9)],
    "laplace": [(1e-9, 1.0), (0.0, 1e300), (5.0, 1e-3)],
    "logistic": [(0.0, 1e-200), (1e-7, 1.0)],
    "cauchy": [(1e-9, 1.0), (0.0, 1e300), (1e200, 1e-100)],
    "gumbel": [(0.0, 1e-3), (1e-9, 1.0), (0.0, 3.0)],
    "studentT": [(1e8, 0.0, 1.0), (1e-3, 0.0, 1.0), (30.0, 0.0, 1e-100)],
    "uniform": [(-1e300, 1e300), (0.0, 1.0 + 2.0**-52), (1.0, 1.0 + 2.0**-52)],
    "exponential": [(1e-300,), (1e300,), (1.0 + 2.0**-52,)],
    "gamma": [(1e8, 1.0), (1e12, 1.0), (1e12 + 1, 1.0), (1e15, 1.0), (1e-300, 1.0), (1e300, 1.0),
              (3.0000001, 1.0), (1e-3, 1e3), (3.0, 1.0 + 2.0**-40)],
    "inverseGamma": [(1e12, 1.0), (1e-5, 1.0), (3.5 + 2.0**-40, 1.0)],
    "weibull": [(1e-2, 1.0), (100.0, 1.0), (2.0 + 2.0**-50, 1.0), (1.0, 1e-200)],
    "rayleigh": [(1e-200,), (1.0 + 2.0**-52,)],
    "halfNormal": [(1e200,), (1.0 - 2.0**-53,)],
    "chiSquared": [(1e9,), (5e-324,), (4.0 + 2.0**-50,)],
    "pareto": [(1e-9, 1.0), (1e9, 1.0), (3.0 + 2.0**-50, 1.0), (3.0, 1.0 - 2.0**-53)],
    "beta": [(1e8, 1e8), (1e8 + 1, 1e8), (1e-3, 1e6), (1e-300, 1.0), (3.0, 1e8), (1e12, 1e12),
             (2.0, 3.0 + 2.0**-50)],
    "bernoulli": [(0.0,), (1.0,), (1e-20,), (2e-20,), (1e-300,), (1.0 - 2.0**-53,), (5e-324,),
                  (0.5 + 2.0**-52,)],
    "binomial": [(10, 0.0), (10, 1.0), (10, 1e-300), (200, 0.5), (200, 0.5 + 2.0**-40)],
    "geometric": [(1.0,), (1e-9,), (1e-300,), (0.5 + 2.0**-52,)],
    "negativeBinomial": [(3.0, 1.0), (3.0, 0.5 + 2.0**-40), (10.0, 0.2)],
    "poisson": [(1e-300,), (1e-9,), (100.0,), (100.0 + 2.0**-40,), (1e3,)],
    "dirichlet": [((1e8, 1e8, 1e8),), ((1e8, 1e8 + 1, 1e8),), ((1e-9, 1.0, 1e9),),
                  (tuple(1.0 + i / 64 for i in range(20)),)],
    "diagonalNormal": [((0.0,), (1.0,)), ((1e-9,), (1.0,)), ((0.0,) * 3, (1e-100, 1.0, 1e100))],
}

DIVERGENCE_ONLY: dict[str, list[tuple]] = {"poisson": [(1e8,), (1e8 + 1,), (1e300,)]}
"""Whose entropy is a sum of too many terms here."""


def every(family: str) -> list[Model]:
    return [(family, x) for x in MODERATE[family] + EXTREME[family]]


def canonical(model: Model) -> Model:
    """The simplest name of a distribution that has two."""
    name, x = model
    if name == "binomial" and x[0] == 1:
        return "bernoulli", x[1:]
    if name == "negativeBinomial" and x[0] == 1.0:
        return "geometric", x[1:]
    return model


def gamma_name(model: Model) -> Model:
    """The gamma distribution that a model is, where its parameters are doubles."""
    name, x = model
    match name:
        case "chiSquared": return "gamma", (x[0] / 2, 2.0)
        case "weibull" if x[0] == 1: return "gamma", x
        case "exponential" if (1 / x[0]).hex().startswith("0x1.0000000000000p"):
            return "gamma", (1.0, 1 / x[0])
        case "uniform" if x == (0.0, 1.0): return "beta", (1.0, 1.0)
        case _: return canonical(model)


def is_closed(p: Model, q: Model) -> bool:
    """Whether the pair is infinite, or has a form here."""
    (a, x), (b, y) = canonical(p), canonical(q)
    if x == y and a == b or is_infinite(a, x, b, y):
        return True
    if a == b:
        return a in SAME and (
            a not in ("binomial", "negativeBinomial") or x[0] == y[0]) and (
            a != "logistic" or x[1] == y[1])
    return b in CROSS and mean_exists(a, x, b, y)


def mean_exists(a: str, x: tuple, b: str, y: tuple) -> bool:
    """Whether the mean of -log q has a form for an outcome of p, both of different families."""
    if b in WHOLE:
        return a == "bernoulli"
    positive = a not in ("normal", "laplace", "logistic", "gumbel", "studentT")
    if b == "gumbel":
        return a in ("normal", "laplace", "gumbel", "uniform", "exponential", "gamma", "chiSquared")
    if b == "laplace":
        on_one_side = positive and (y[0] <= 0 or (a == "uniform" and x[0] >= y[0]))
        return on_one_side or a in ("uniform", "exponential", "normal")
    if b == "logNormal":
        return a != "uniform"
    if b == "beta":
        return a == "uniform"
    return True


def same_family_pairs(family: str) -> Iterator[tuple[Model, Model]]:
    models = every(family) + [(family, x) for x in DIVERGENCE_ONLY.get(family, [])]
    for i, p in enumerate(models):
        for j, q in enumerate(models):
            # All pairs of the first four; of the others, every third.
            if (max(i, j) < 4 or abs(i - j) == 1 or (3 * i + j) % 3 == 0) and fits(p, q):
                yield p, q


def fits(p: Model, q: Model) -> bool:
    """Whether outcomes have as many components."""
    if p[0] in ("dirichlet", "diagonalNormal") or q[0] in ("dirichlet", "diagonalNormal"):
        return dimension(p) == dimension(q)
    return True


def dimension(p: Model) -> int:
    return len(p[1][0]) if p[0] in ("dirichlet", "diagonalNormal") else 1


def near_pairs(family: str) -> Iterator[tuple[Model, Model]]:
    """Parameters that differ by 1e-3 ... 1e-15 of themselves."""
    random = SplitMix64(7000 + sum(map(ord, family)))
    if family in ("uniform", "pareto", "dirichlet", "diagonalNormal", "binomial", "studentT"):
        return
    for exponent in (3, 6, 9, 12, 15):
        for x in MODERATE[family][:2]:
            y = tuple(v + max(abs(v), 0.5) * 10.0**-exponent * random.signed() for v in x)
            if family in ("logistic", "negativeBinomial"):
                y = (y[0], x[1]) if family == "logistic" else (x[0], y[1])
            yield (family, x), (family, y)


def mixed_pairs() -> Iterator[tuple[Model, Model]]:
    for a in MODERATE:
        for b in MODERATE:
            if a == b:
                continue
            infinite = 0
            for x in MODERATE[a][:3]:
                for y in MODERATE[b][:3]:
                    if not fits((a, x), (b, y)):
                        continue
                    if is_infinite(a, x, b, y):
                        infinite += 1
                        if infinite > 1:
                            continue
                    yield (a, x), (b, y)
    yield from [
        (("binomial", (1, 0.3)), ("bernoulli", (0.4,))),
        (("bernoulli", (0.3,)), ("binomial", (1, 0.4))),
        (("negativeBinomial", (1.0, 0.3)), ("geometric", (0.4,))),
        (("bernoulli", (0.25,)), ("binomial", (7, 0.4))),
        (("gamma", (1.0, 1.0)), ("exponential", (3.0,))),
        (("weibull", (1.0, 2.0)), ("gamma", (1.5, 2.0))),
        (("chiSquared", (3.0,)), ("gamma", (1.5, 3.0))),
    ]


def divergence_pairs() -> list[tuple[Model, Model]]:
    pairs = [pair for family in MODERATE for pair in same_family_pairs(family)]
    pairs += [pair for family in MODERATE for pair in near_pairs(family)]
    pairs += list(mixed_pairs())
    return [pair for pair in dict.fromkeys(pairs) if is_closed(*pair)]


def cross_entropy_pairs() -> list[tuple[Model, Model]]:
    return [pair for i, pair in enumerate(divergence_pairs())
            if (i % 4 == 0 or all(x in MODERATE[f] for f, x in pair))
            and pair[0] not in [("poisson", x) for x in DIVERGENCE_ONLY["poisson"]]
            and i % 2 == 0]


def text(model: Model) -> list:
    name, x = model
    return [name] + [[number_text(v) for v in value] if isinstance(value, tuple)
                     else number_text(value) for value in x]


def row(names: dict[str, Model], evaluate) -> dict:
    truth = certify(evaluate)
    fields = {key: text(model) for key, model in names.items()}
    return {**fields, "value": number_text(truth.double()), "ball": truth.decimal()}


def between(function, p: Model, q: Model) -> Value:
    if function is divergence and gamma_name(p) == gamma_name(q):
        return 0
    return function(*canonical(p), *canonical(q))


def rows(quantity: str) -> list[dict]:
    if quantity == "entropy":
        models = [model for family in MODERATE for model in every(family)]
        return [row({"p": model}, lambda: entropy(*model)) for model in models]
    function, pairs = QUANTITIES[quantity]
    return [row({"p": p, "q": q}, lambda: between(function, p, q)) for p, q in pairs()]


QUANTITIES = {"kl-divergence": (divergence, divergence_pairs),
              "cross-entropy": (cross_entropy, cross_entropy_pairs)}
NAMES = ("entropy", *QUANTITIES)

