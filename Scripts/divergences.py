"""Divergences made of logarithms and powers, as their definitions say.

Exact integer comparisons decide what is 0 or infinite; everything else is a
plain formula in balls, tightened by doubling the precision.
"""

from typing import Sequence

from flint import arb, fmpq

from balls import INFINITY, Value, to_integers
from masses import Masses, common, escapes, ratio, root, same

FEW = 10
"""Up to so many outcomes, sums of quotients are exact rationals."""


def cross_entropy(p: Masses, q: Masses) -> Value:
    if escapes(p, q):
        return INFINITY
    terms = [(a, b) for a, b in common(p, q) if b != q.total]
    if not terms:
        return 0
    return -sum((a * ratio(b, q.total).log() for a, b in terms), arb(0)) / p.total


def kl_divergence(p: Masses, q: Masses) -> Value:
    if escapes(p, q):
        return INFINITY
    if same(p, q):
        return 0
    weighted = sum((a * ratio(a, b).log() for a, b in common(p, q)), arb(0))
    return weighted / p.total + ratio(q.total, p.total).log()


def reverse_kl_divergence(p: Masses, q: Masses) -> Value:
    return kl_divergence(q, p)


def jeffreys_divergence(p: Masses, q: Masses) -> Value:
    if escapes(p, q) or escapes(q, p):
        return INFINITY
    return kl_divergence(p, q) + kl_divergence(q, p)


def jensen_shannon_divergence(p: Masses, q: Masses) -> Value:
    if same(p, q):
        return 0
    total = arb(0)
    for a, b in zip(p.integers, q.integers):
        u, v = a * q.total, b * p.total
        for mass in (u, v):
            if mass > 0 and u != v:
                total += mass * ratio(2 * mass, u + v).log()
    return total / (2 * p.total * q.total)


def jensen_shannon_distance(p: Masses, q: Masses) -> Value:
    return root(jensen_shannon_divergence(p, q))


def generalized_jensen_shannon_divergence(
        distributions: Sequence[Sequence[float]], weights: Sequence[float]) -> Value:
    """The weighted mean divergence from the mixture; rows of weight 0 don't count."""
    kept = [(Masses(row), w) for row, w in zip(distributions, to_integers(weights)[0]) if w > 0]
    if all(same(kept[0][0], row) for row, _ in kept):
        return 0
    total_weight = sum(w for _, w in kept)
    divergence = arb(0)
    for outcome in range(len(kept[0][0])):
        mixed = sum((w * row.probability(outcome) for row, w in kept), arb(0)) / total_weight
        for row, w in kept:
            if row.integers[outcome] > 0:
                probability = row.probability(outcome)
                divergence += w * probability * (probability / mixed).log()
    return divergence / total_weight


def skew_divergence(p: Masses, q: Masses, order: float = 0.5) -> Value:
    if order == 1 and escapes(p, q):
        return INFINITY
    if order == 0 or same(p, q):
        return 0
    weight, unit = order.as_integer_ratio()
    total = arb(0)
    for a, b in zip(p.integers, q.integers):
        if a > 0:
            u, v = a * q.total, b * p.total
            total += a * ratio(unit * u, (unit - weight) * u + weight * v).log()
    return total / p.total


# Two distributions: powers.

def power_sum(p: Masses, q: Masses, order: float | arb) -> arb:
    """The sum of p^order q^(1-order) over the outcomes both can produce.

    Whole orders of a few outcomes stay rational: at a tie between two doubles
    (half of 5e-324, say) only an exact value can be rounded.
    """
    whole = arb(order).unique_fmpz()
    if whole == 0:
        return ratio(sum(b for _, b in common(p, q)), q.total)
    if whole is not None and len(p) <= FEW and arb(order).is_exact():
        powers = (b * fmpq(a * q.total, b * p.total) ** whole for a, b in common(p, q))
        return arb(sum(powers, fmpq(0)) / q.total)
    shift = ratio(q.total, p.total).log()
    terms = (b * (order * (ratio(a, b).log() + shift)).exp() for a, b in common(p, q))
    return sum(terms, arb(0)) / q.total


def renyi_divergence(p: Masses, q: Masses, order: float) -> Value:
    if order >= 1 and escapes(p, q):
        return INFINITY
    if same(p, q) or (order == 0 and not escapes(q, p)):
        return 0
    shared = common(p, q)
    if not shared:
        return INFINITY
    if order == 1:
        return kl_divergence(p, q)
    if order == INFINITY:
        top, bottom = shared[0]
        for a, b in shared:
            if a * bottom > top * b:
                top, bottom = a, b
        return ratio(top * q.total, bottom * p.total).log()
    return power_sum(p, q, order).log() / (arb(order) - 1)


def tsallis_divergence(p: Masses, q: Masses, order: float) -> Value:
    if order >= 1 and escapes(p, q):
        return INFINITY
    if same(p, q) or (order == 0 and not escapes(q, p)):
        return 0
    if order == 1:
        return kl_divergence(p, q)
    return (power_sum(p, q, order) - 1) / (arb(order) - 1)


def alpha_of_ball(p: Masses, q: Masses, order: arb) -> Value:
    """The alpha divergence of an order that is a real number, not only a double."""
    if order == 1:
        return kl_divergence(p, q)
    if order == 0:
        return kl_divergence(q, p)
    if (order > 1 and escapes(p, q)) or (order < 0 and escapes(q, p)):
        return INFINITY
    if same(p, q):
        return 0
    return (power_sum(p, q, order) - 1) / (order * (order - 1))


def alpha_divergence(p: Masses, q: Masses, order: float) -> Value:
    return alpha_of_ball(p, q, arb(order))


def cressie_read_divergence(p: Masses, q: Masses, order: float) -> Value:
    return alpha_of_ball(p, q, arb(order) + 1)


def hellinger_distance(p: Masses, q: Masses) -> Value:
    if same(p, q):
        return 0
    indices = range(len(p))
    steps = (p.probability(i).sqrt() - q.probability(i).sqrt() for i in indices)
    return (sum((step * step for step in steps), arb(0)) / 2).sqrt()


def bhattacharyya_coefficient(p: Masses, q: Masses) -> Value:
    shared = common(p, q)
    if not shared:
        return 0
    if same(p, q):
        return arb(1)
    return sum((arb(a * b).sqrt() for a, b in shared), arb(0)) / arb(p.total * q.total).sqrt()


def bhattacharyya_distance(p: Masses, q: Masses) -> Value:
    if same(p, q):
        return 0
    coefficient = bhattacharyya_coefficient(p, q)
    return -coefficient.log() if common(p, q) else INFINITY


def chernoff_information(p: Masses, q: Masses) -> Value:
    """Enclose max -f over [0, 1], f(x) = log of the sum of p^x q^(1-x), f convex.

    Any point x gives f(x) >= min f, and its tangent stays below f, so
    min f >= f(x) - max(0, x f'(x), -(1-x) f'(x)).  An approximate minimiser is
    therefore enough, and a minimum at an end of [0, 1] needs no special case.
    """
    if same(p, q):
        return 0
    shared = common(p, q)
    if not shared:
        return INFINITY
    shift = ratio(q.total, p.total).log()
    points = [(ratio(b, q.total), ratio(a, b).log() + shift) for a, b in shared]
    x = minimiser(points)
    value, slope, _ = log_moment(points, x)
    slack = arb(0).max(x * slope).max((x - 1) * slope)
    return (-value).union(-value + slack)


def log_moment(points: list[tuple[arb, arb]], x: arb) -> tuple[arb, arb, arb]:
    """f, f' and f'' at x, for f(x) = log of the sum of mass exp(x log_ratio)."""
    zeroth = first = second = arb(0)
    for mass, log_ratio in points:
        term = mass * (x * log_ratio).exp()
        zeroth += term
        first += term * log_ratio
        second += term * log_ratio * log_ratio
    mean = first / zeroth
    return zeroth.log(), mean, second / zeroth - mean * mean


def minimiser(points: list[tuple[arb, arb]]) -> arb:
    """A point of [0, 1] near the minimum of f: Newton's steps inside a bracket."""
    low, high = arb(0), arb(1)
    if not log_moment(points, low)[1] < 0:
        return low
    if not log_moment(points, high)[1] > 0:
        return high
    x = arb(0.5)
    for _ in range(200):
        _, slope, curvature = log_moment(points, x)
        if slope.contains(0):
            return x
        low, high = (x, high) if slope < 0 else (low, x)
        step = (x - slope / curvature).mid()
        inside = step.is_finite() and low < step and step < high
        following = step if inside else ((low + high) / 2).mid()
        if following == x:
            return x
        x = following
    return x
