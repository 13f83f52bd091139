"""Distances that are rational functions of the masses, or roots of such.

The cancellation in differences of probabilities is left to exact integers.
"""

from typing import Sequence

from flint import arb

from balls import INFINITY, Value, to_integers
from divergences import jeffreys_divergence
from masses import Masses, escapes, gaps, ratio, root


def differences(p: Masses, q: Masses) -> list[tuple[int, int, int]]:
    """(u, v, |u - v|) with probabilities u and v over the denominator P Q."""
    scaled = [(a * q.total, b * p.total) for a, b in zip(p.integers, q.integers)]
    return [(u, v, abs(u - v)) for u, v in scaled]


def total_variation(p: Masses, q: Masses) -> Value:
    distance = sum(d for _, _, d in differences(p, q))
    return ratio(distance, 2 * p.total * q.total) if distance else 0


def pearson_chi_squared(p: Masses, q: Masses) -> Value:
    if escapes(p, q):
        return INFINITY
    terms = [ratio(d * d, v) for _, v, d in differences(p, q) if d > 0]
    return sum(terms, arb(0)) / (p.total * q.total) if terms else 0


def neyman_chi_squared(p: Masses, q: Masses) -> Value:
    return pearson_chi_squared(q, p)


def triangular_discrimination(p: Masses, q: Masses) -> Value:
    terms = [ratio(d * d, u + v) for u, v, d in differences(p, q) if d > 0]
    return sum(terms, arb(0)) / (p.total * q.total) if terms else 0


def population_stability_index(p: Masses, q: Masses) -> Value:
    return jeffreys_divergence(p, q)


# Masses that are not normalised.

def generalized_kl_divergence(p: Masses, q: Masses) -> Value:
    if escapes(p, q):
        return INFINITY
    pairs = [(arb(a), arb(b)) for a, b in zip(p.values, q.values) if a != b]
    terms = (b if a == 0 else a * (a / b).log() - a + b for a, b in pairs)
    return sum(terms, arb(0)) if pairs else 0


def itakura_saito_divergence(p: Masses, q: Masses) -> Value:
    if escapes(p, q) or escapes(q, p):
        return INFINITY
    ratios = [arb(a) / arb(b) for a, b in zip(p.values, q.values) if a != b]
    return sum((r - r.log() - 1 for r in ratios), arb(0)) if ratios else 0


# Distances on a line of ordered positions.

def cumulative_gaps(p: Masses, q: Masses) -> list[int]:
    """|F_i - G_i| over the denominator P Q, for all i but the last (where it is 0)."""
    result, left, right = [], 0, 0
    for a, b in list(zip(p.integers, q.integers))[:-1]:
        left, right = left + a, right + b
        result.append(abs(left * q.total - right * p.total))
    return result


def wasserstein_1(p: Masses, q: Masses, positions: Sequence[float] | None = None) -> Value:
    steps, unit = gaps(len(p), positions)
    moved = sum(g * d for g, d in zip(steps, cumulative_gaps(p, q)))
    return ratio(moved, p.total * q.total * unit) if moved else 0


def wasserstein_2(p: Masses, q: Masses, positions: Sequence[float] | None = None) -> Value:
    """The quantile coupling walks both distributions at once, in exact integers."""
    places, unit = to_integers(range(len(p)) if positions is None else positions)
    i = j = moved = 0
    left, right = p.integers[0] * q.total, q.integers[0] * p.total
    while True:
        mass = min(left, right)
        moved += mass * (places[i] - places[j]) ** 2
        left, right = left - mass, right - mass
        while left == 0 and i + 1 < len(p):
            i, left = i + 1, p.integers[i + 1] * q.total
        while right == 0 and j + 1 < len(q):
            j, right = j + 1, q.integers[j + 1] * p.total
        if left == 0 or right == 0:
            break
    return ratio(moved, p.total * q.total * unit * unit).sqrt() if moved else 0


def cramer_squared(p: Masses, q: Masses, positions: Sequence[float] | None) -> Value:
    steps, unit = gaps(len(p), positions)
    moved = sum(g * d * d for g, d in zip(steps, cumulative_gaps(p, q)))
    return ratio(moved, (p.total * q.total) ** 2 * unit) if moved else 0


def cramer_distance(p: Masses, q: Masses, positions: Sequence[float] | None = None) -> Value:
    return root(cramer_squared(p, q, positions))


def energy_distance(p: Masses, q: Masses, positions: Sequence[float] | None = None) -> Value:
    return root(2 * cramer_squared(p, q, positions))


def kolmogorov_smirnov(p: Masses, q: Masses, positions: Sequence[float] | None = None) -> Value:
    largest = max(cumulative_gaps(p, q), default=0)
    return ratio(largest, p.total * q.total) if largest else 0
