"""Check the forms of distribution_families.py and distribution_divergences.py by quadrature.

    python Scripts/distribution_integrals.py

From the densities alone, written here a second time: integrals by mpmath in the variable
log x or asinh x, sums for whole numbers.  Of parameters near 1, to 1e-9.
"""

import sys
from functools import lru_cache

import mpmath
from mpmath import mp, mpf

from balls import certify
from distribution_cases import MODERATE, Model, between, cross_entropy, divergence
from distribution_cases import divergence_pairs, entropy
from distribution_divergences import WHOLE, ends, is_infinite

mp.dps = 20
AGREEMENT = mpf(10) ** -9
MANY = {"dirichlet", "diagonalNormal"}


def log_density(model: Model, x: mpf) -> mpf:
    """The logarithm of the density or probability at x."""
    name, parameters = model
    a = mpf(parameters[0])
    b = mpf(parameters[1]) if len(parameters) > 1 else mpf(1)
    log, pi, gamma = mpmath.log, mp.pi, mpmath.loggamma
    match name:
        case "normal": return -((x - a) / b) ** 2 / 2 - log(b * mpmath.sqrt(2 * pi))
        case "logNormal": return log_density(("normal", (a, b)), log(x)) - log(x)
        case "laplace": return -abs(x - a) / b - log(2 * b)
        case "logistic":
            z = abs(x - a) / b
            return -z - log(b) - 2 * mpmath.log1p(mpmath.exp(-z))
        case "cauchy": return -log(pi * b * (1 + ((x - a) / b) ** 2))
        case "gumbel":
            z = (x - a) / b
            return -z - mpmath.exp(min(-z, mpf(1000))) - log(b)
        case "studentT":
            z = (x - b) / mpf(parameters[2])
            return (gamma((a + 1) / 2) - gamma(a / 2) - log(a * pi) / 2 - log(parameters[2])
                    - (a + 1) / 2 * mpmath.log1p(z**2 / a))
        case "uniform": return -log(b - a)
        case "exponential": return log(a) - a * x
        case "gamma": return (a - 1) * log(x) - x / b - gamma(a) - a * log(b)
        case "inverseGamma": return a * log(b) - gamma(a) - (a + 1) * log(x) - b / x
        case "weibull": return log(a / b) + (a - 1) * log(x / b) - (x / b) ** a
        case "rayleigh": return log(x / a**2) - (x / a) ** 2 / 2
        case "halfNormal": return log(mpf(2)) + log_density(("normal", (0.0, a)), x)
        case "chiSquared": return log_density(("gamma", (a / 2, 2.0)), x)
        case "pareto": return log(a) + a * log(b) - (a + 1) * log(x)
        case "beta":
            return ((a - 1) * log(x) + (b - 1) * mpmath.log1p(-x) + gamma(a + b) - gamma(a)
                    - gamma(b))
        case "bernoulli": return log(a if x == 1 else 1 - a)
        case "binomial": return log(mpmath.binomial(a, x)) + x * log(b) + (a - x) * log(1 - b)
        case "geometric": return log(a) + x * log(1 - a)
        case "negativeBinomial":
            return gamma(x + a) - gamma(x + 1) - gamma(a) + a * log(b) + x * log(1 - b)
        case "poisson": return x * log(a) - a - gamma(x + 1)
    raise ValueError(name)


def mean(p: Model, function, q: Model | None = None) -> mpf:
    """The mean of a function of an outcome of p, smooth but where the density of q is not."""
    if p[0] in WHOLE:
        last = {"bernoulli": 1, "binomial": int(p[1][0])}.get(p[0], 400)
        return mpmath.fsum(mpmath.exp(log_density(p, mpf(k))) * function(mpf(k))
                           for k in range(last + 1))
    kinks = {mpf(model[1][0]) for model in (p, q) if model and model[0] == "laplace"}
    return mpmath.fsum(mass * function(x) for mass, x in nodes(p, frozenset(kinks)))


@lru_cache(maxsize=None)
def nodes(p: Model, kinks: frozenset) -> list[tuple[mpf, mpf]]:
    """Points with the probability that each stands for: the trapezoidal rule between kinks,
    in a variable in which the ends fall faster than any exponential."""
    low, high = map(mpf, ends(*p))
    inner = sorted(x for x in kinks if low < x < high)
    if not inner and low == -mpmath.inf:
        inner = [mpf(0)]
    bounds, step, result = [low, *inner, high], mpf(1) / 32, []
    for left, right in zip(bounds, bounds[1:]):
        for k in range(-6 * 32, 6 * 32 + 1):
            x, weight = place(left, right, k * step)
            logarithm = log_density(p, x) if left < x < right else -mpmath.inf
            mass = weight * step * mpmath.exp(logarithm) if logarithm > -800 else mpf(0)
            if mass > mpf(10) ** -90:
                result.append((mass, x))
    return result


def place(left: mpf, right: mpf, u: mpf) -> tuple[mpf, mpf]:
    """Where u leads to between two ends, one of which may be infinite, and how fast."""
    steep, slope = mpmath.sinh(u), mpmath.cosh(u)
    if mpmath.isinf(left) or mpmath.isinf(right):
        gap = mpmath.exp(steep)
        return (right - gap if mpmath.isinf(left) else left + gap), gap * slope
    share = 1 / (1 + mpmath.exp(-2 * steep))
    return left + (right - left) * share, (right - left) * 2 * slope * share * (1 - share)


def truth(evaluate) -> mpf:
    fraction = certify(evaluate).fraction()
    return mpf(fraction.numerator) / fraction.denominator


def disagrees(found: mpf, expected: mpf) -> bool:
    return not abs(found - expected) <= AGREEMENT * max(1, abs(expected))


def run() -> int:
    count, failures = 0, []
    for family in MODERATE:
        for x in MODERATE[family] if family not in MANY else ():
            p = (family, x)
            count += 1
            if disagrees(mean(p, lambda v: -log_density(p, v)), truth(lambda: entropy(*p))):
                failures.append(f"entropy {p}")
    for p, q in divergence_pairs():
        near = all(x in MODERATE[name] for name, x in (p, q))
        if not near or p == q or MANY & {p[0], q[0]} or is_infinite(*p, *q):
            continue
        count += 1
        found = mean(p, lambda v: log_density(p, v) - log_density(q, v), q)
        if disagrees(found, truth(lambda: between(divergence, p, q))):
            failures.append(f"divergence {p} {q}: {mpmath.nstr(found, 15)}")
        cross = mean(p, lambda v: -log_density(q, v), q)
        if disagrees(cross, truth(lambda: between(cross_entropy, p, q))):
            failures.append(f"cross-entropy {p} {q}: {mpmath.nstr(cross, 15)}")
    for failure in failures:
        print(f"FAIL {failure}")
    print(f"{count} distributions and pairs, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(run())
