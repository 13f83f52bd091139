"""Entropies of one distribution or of a joint table, as their definitions say.

Nothing here is clever about cancellation, on purpose: precision is doubled
until the ball is tight, so each formula can be read next to its definition.
"""

from typing import Sequence

from flint import arb

from balls import INFINITY, Value, to_integers
from masses import Masses, gaps, ratio, x_log_x


def entropy(p: Masses) -> Value:
    if p.support == 1:
        return 0
    weighted = sum((a * arb(a).log() for a in p.integers if a > 0), arb(0))
    return arb(p.total).log() - weighted / p.total


def power_total(p: Masses, order: float) -> arb:
    """The sum of p^order over the support.

    Whole orders stay in integers: at a tie between two doubles only an exact
    value can be rounded.
    """
    if order == 0:
        return arb(p.support)
    if order == int(order):
        return ratio(sum(a ** int(order) for a in p.integers), p.total ** int(order))
    scale = arb(p.total).log()
    logs = (arb(a).log() - scale for a in p.integers if a > 0)
    return sum(((order * log).exp() for log in logs), arb(0))


def renyi_entropy(p: Masses, order: float) -> Value:
    if p.support == 1:
        return 0
    if order == 1:
        return entropy(p)
    if order == INFINITY:
        return -ratio(max(p.integers), p.total).log()
    return power_total(p, order).log() / (1 - arb(order))


def tsallis_entropy(p: Masses, order: float) -> Value:
    if p.support == 1:
        return 0
    if order == 1:
        return entropy(p)
    return (1 - power_total(p, order)) / (arb(order) - 1)


def min_entropy(p: Masses) -> Value:
    return renyi_entropy(p, INFINITY)


def hartley_entropy(p: Masses) -> Value:
    return renyi_entropy(p, 0.0)


def collision_entropy(p: Masses) -> Value:
    return renyi_entropy(p, 2.0)


def gini_impurity(p: Masses) -> Value:
    """The sum of p(1 − p), in integers."""
    if p.support == 1:
        return 0
    return ratio(sum(a * (p.total - a) for a in p.integers), p.total**2)


def hill_number(p: Masses, order: float) -> Value:
    if order == 0:
        return arb(p.support)
    return arb(renyi_entropy(p, order)).exp()


def perplexity(p: Masses) -> Value:
    return hill_number(p, 1.0)


def binary_entropy(p: float) -> Value:
    top, bottom = p.as_integer_ratio()
    if top == 0 or top == bottom:
        return 0
    return -x_log_x(top, bottom) - x_log_x(bottom - top, bottom)


def cumulative_residual_entropy(p: Masses, positions: Sequence[float] | None = None) -> Value:
    steps, unit = gaps(len(p), positions)
    survivals, survival = [], p.total
    for mass in p.integers[:-1]:
        survival -= mass
        survivals.append(survival)
    if all(s in (0, p.total) for s in survivals):
        return 0
    terms = (g * x_log_x(s, p.total) for g, s in zip(steps, survivals))
    return -sum(terms, arb(0)) / unit


def extropy(p: Masses) -> Value:
    if p.support == 1:
        return 0
    return -sum((x_log_x(p.total - a, p.total) for a in p.integers), arb(0))


def self_information(p: Masses, outcome: int) -> Value:
    mass = p.integers[outcome]
    if mass == 0:
        return INFINITY
    return 0 if mass == p.total else -ratio(mass, p.total).log()


def normalized_entropy(p: Masses) -> Value:
    return 0 if p.support == 1 else entropy(p) / arb(len(p)).log()


# Joint tables.

def joint_entropy(joint: Sequence[Sequence[float]]) -> Value:
    return entropy(Masses([cell for row in joint for cell in row]))


def conditional_entropy(joint: Sequence[Sequence[float]], given: str) -> Value:
    """H(Y|X) for given = "x" (rows), H(X|Y) for given = "y" (columns)."""
    width = len(joint[0])
    cells = to_integers([cell for row in joint for cell in row])[0]
    rows = [cells[start:start + width] for start in range(0, len(cells), width)]
    groups = rows if given == "x" else [list(column) for column in zip(*rows)]
    if all(sum(1 for cell in group if cell > 0) <= 1 for group in groups):
        return 0
    weighted = arb(0)
    for group in groups:
        size = sum(group)
        for cell in group:
            if cell not in (0, size):
                weighted -= cell * ratio(cell, size).log()
    return weighted / sum(cells)
