"""Losses of predicted probabilities, from balls: cross-entropy and Kullback–Leibler.

A row's predictions stand under "logits", as in the other tables.
"""

from fractions import Fraction
from typing import Iterator

from balls import Value
from loss_softmax import INFINITY, ball, in_both, solved, target_weights
from random_masses import SplitMix64


def in_range(slope: Fraction) -> Fraction | float:
    """A derivative, or the infinity that one beyond the doubles is."""
    if abs(slope) < 2**1024:
        return slope
    return INFINITY if slope > 0 else -INFINITY


# Cross-entropy.

def predictions(row: dict) -> list[Fraction]:
    """The probabilities that are meant."""
    masses = [Fraction(p) for p in row["logits"]]
    total = sum(masses) if row["form"] == "normalized" else 1
    return [p / total for p in masses]


def categorical(row: dict) -> Value:
    total: Value = 0
    for p, weight in zip(predictions(row), target_weights(row)):
        if weight == 0 or p == 1:
            continue
        if p == 0:
            return INFINITY
        total = total - ball(weight) * ball(p).log()
    return total


def categorical_slope(row: dict, j: int) -> Fraction | float:
    masses, weights = [Fraction(p) for p in row["logits"]], target_weights(row)
    if masses[j] == 0 and weights[j] > 0:
        return -INFINITY
    own = weights[j] / masses[j] if masses[j] else Fraction(0)
    pull = sum(weights) / sum(masses) if row["form"] == "normalized" else Fraction(0)
    return in_range(pull - own)


def categorical_rows() -> Iterator[dict]:
    generator = SplitMix64(47)
    for form in ("plain", "normalized"):
        for masses in ([0.25, 0.5, 0.25], [1.0, 0.0, 0.0], [1.0, 1e-17, 1e-300], [0.0, 1.0, 5e-324],
                       [1.0 - 2.0**-53, 2.0**-53, 0.0], [0.1, 0.2, 0.3]):
            for label in range(3):
                yield {"logits": masses, "label": label, "form": form}
            yield {"logits": masses, "targets": [0.0, 0.25, 0.75], "form": form}
        yield {"logits": [1.0], "label": 0, "form": form}
    for masses in ([1e20, 1.0, 1e-5], [1e300, 1e300, 1e-300], [5e-324, 5e-324, 1e-310]):
        for label in range(3):
            yield {"logits": masses, "label": label, "form": "normalized"}
    for number in range(60):
        count = generator.choice([2, 3, 10])
        row = {"logits": generator.masses(count), "form": ("plain", "normalized")[number % 2]}
        if number % 3:
            yield {**row, "label": generator.choice(list(range(count)))}
        elif number % 2:
            yield {**row, "targets": [float(c == 0) for c in range(count)]}
        else:
            yield {**row, "targets": generator.masses(count), "smoothing": 0.125}


# The Kullback-Leibler divergence of targets from predictions.

def divergence(row: dict) -> Value:
    total: Value = 0
    for p, t in zip(row["logits"], row["targets"]):
        if t == 0 or p == t:
            continue
        if p == 0:
            return INFINITY
        total = total + ball(t) * ball(Fraction(t) / Fraction(p)).log()
    return total


def divergence_slope(row: dict, j: int) -> Fraction | float:
    p, t = Fraction(row["logits"][j]), Fraction(row["targets"][j])
    if p == 0:
        return -INFINITY if t > 0 else 0
    return in_range(-t / p)


def divergence_rows() -> Iterator[dict]:
    generator = SplitMix64(48)
    for masses in ([0.25, 0.5, 0.25], [1.0, 0.0, 0.0], [0.5, 5e-324, 0.5], [3.0, 1e-300, 7.0]):
        for targets in ([0.25, 0.25, 0.5], [0.0, 0.125, 0.875], [1.0, 0.0, 0.0],
                        [1e-300, 2.0, 0.0]):
            yield {"logits": masses, "targets": targets}
    for _ in range(60):
        count = generator.choice([2, 3, 10])
        yield {"logits": generator.masses(count), "targets": generator.masses(count)}


def rows(family: Iterator[dict], loss, slope) -> list[dict]:
    # In single precision the smallest masses are 0, and so may be their sum.
    return [solved(row, loss, slope) for row in in_both(list(family)) if any(row["logits"])]


TABLES = {
    "categorical-cross-entropy": lambda: rows(categorical_rows(), categorical, categorical_slope),
    "kl-loss-probabilities": lambda: rows(divergence_rows(), divergence, divergence_slope),
}
