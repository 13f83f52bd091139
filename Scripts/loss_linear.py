"""Linear cross-entropy with its gradients, from balls.

The hidden states, weights and biases are small dyadic numbers, so that their products
are exact in single precision and a table is about the loss, not about the logits.  Each
row is a call with the reduction `sum`: "rowLosses" and "logSumExps" by its rows (the
latter without weights), then the derivatives as flat lists.  A "...Scale" holds the sum
of the magnitudes of the products that a derivative adds up, for bounds of its rounding.
"""

import math
from typing import Iterator

from flint import arb

from loss_softmax import Row, ball
from losses import nearest
from random_masses import SplitMix64


class Problem:
    """The balls of one call, at the precision of the moment."""

    def __init__(self, row: dict):
        self.row = row
        self.hidden, self.weight = row["hidden"], row["weight"]
        self.bias = row.get("bias") or [0.0] * len(self.weight)
        self.labels = row["labels"]
        self.valid = [t for t, y in enumerate(self.labels) if y != row.get("ignoreIndex")]

    def logits(self, t: int) -> list[float]:
        """Exact, since all numbers are short."""
        return [sum(h * w for h, w in zip(self.hidden[t], weights)) + bias
                for weights, bias in zip(self.weight, self.bias)]

    def weights(self, t: int) -> tuple[float, float]:
        """Of the class, and of the row."""
        class_weights = self.row.get("classWeights") or [1.0] * len(self.weight)
        row_weights = self.row.get("sampleWeights") or [1.0] * len(self.labels)
        return class_weights[self.labels[t]], row_weights[t]

    def log_sum_exp(self, t: int):
        return Row(self.logits(t)).log_sum_exp()

    def loss(self, t: int):
        row, (w, u) = Row(self.logits(t)), self.weights(t)
        surprisal = row.surprisal(self.labels[t])
        if not isinstance(surprisal, arb) and math.isinf(surprisal):
            return math.inf if w * u else 0
        return (ball(w) * surprisal + ball(self.row.get("zLoss", 0.0)) * self.squared(t)) * ball(u)

    def squared(self, t: int):
        if not self.row.get("zLoss"):
            return 0
        return self.log_sum_exp(t) ** 2

    def slope(self, t: int, c: int) -> arb:
        """The derivative by a logit, by the others' powers where the class is the label."""
        row, (w, u) = Row(self.logits(t)), self.weights(t)
        pull = arb(0)
        if self.row.get("zLoss"):
            pull = 2 * ball(self.row["zLoss"]) * self.log_sum_exp(t)
        if c == self.labels[t]:
            rest = sum((p for i, p in enumerate(row.powers) if i != c), arb(0))
            return ball(u) * (pull * row.powers[c] - ball(w) * rest) / row.total
        return ball(u) * (ball(w) + pull) * row.powers[c] / row.total

    def by_hidden(self, t: int, d: int) -> tuple[arb, arb]:
        if t not in self.valid:
            return arb(0), arb(0)
        return self.both(self.slope(t, c) * ball(self.weight[c][d])
                         for c in range(len(self.weight)))

    def by_weight(self, c: int, d: int) -> tuple[arb, arb]:
        return self.both(self.slope(t, c) * ball(self.hidden[t][d]) for t in self.valid)

    def by_bias(self, c: int) -> tuple[arb, arb]:
        return self.both(self.slope(t, c) for t in self.valid)

    @staticmethod
    def both(terms) -> tuple[arb, arb]:
        total, size = arb(0), arb(0)
        for term in terms:
            total, size = total + term, size + abs(term)
        return total, size


def certain(evaluate) -> float:
    """The nearest double; a sum that no ball tells from 0 is one that cancels."""
    value = evaluate()
    if isinstance(value, arb) and value.contains(0) and abs(value) < arb(2) ** -200:
        return 0.0
    return nearest(evaluate)


def solved(row: dict) -> dict:
    problem = Problem(row)
    rows, classes = range(len(row["hidden"])), range(len(row["weight"]))
    columns = range(len(row["weight"][0]))
    solved = dict(row)

    def taken(name: str, places: list, evaluate) -> None:
        solved[f"{name}Gradient"] = [
            certain(lambda: evaluate(Problem(row), *place)[0]) for place in places]
        solved[f"{name}Scale"] = [
            certain(lambda: evaluate(Problem(row), *place)[1]) for place in places]

    solved["rowLosses"] = [nearest(lambda: problem.loss(t)) if t in problem.valid else 0.0
                           for t in rows]
    solved["logSumExps"] = [
        nearest(lambda: problem.log_sum_exp(t)) if t in problem.valid else 0.0 for t in rows]
    taken("hidden", [(t, d) for t in rows for d in columns], Problem.by_hidden)
    taken("weight", [(c, d) for c in classes for d in columns], Problem.by_weight)
    taken("bias", [(c,) for c in classes], Problem.by_bias)
    return solved


# The rows.

def short(generator: SplitMix64, span: int, unit: float) -> float:
    return (generator.below(2 * span + 1) - span) * unit


def drawn(seed: int, rows: int, width: int, classes: int) -> dict:
    generator = SplitMix64(seed)
    return {
        "hidden": [[short(generator, 20, 0.125) for _ in range(width)] for _ in range(rows)],
        "weight": [[short(generator, 24, 0.0625) for _ in range(width)]
                   for _ in range(classes)],
        "bias": [short(generator, 12, 0.25) for _ in range(classes)],
        "labels": [generator.below(classes) for _ in range(rows)],
    }


def shapes() -> Iterator[dict]:
    for seed, shape in enumerate(((1, 1, 2), (1, 4, 3), (3, 5, 7), (2, 17, 6), (7, 2, 13),
                                  (4, 33, 5), (34, 2, 3), (2, 1, 125), (1, 3, 245))):
        yield drawn(seed + 1, *shape)


def options() -> Iterator[dict]:
    row = drawn(50, 4, 3, 5)
    yield {key: value for key, value in row.items() if key != "bias"}
    yield {**row, "classWeights": [1.0, 0.0, 0.25, 7.0, 1000.0]}
    yield {**row, "sampleWeights": [0.5, 0.0, 3.0, 1.0]}
    yield {**row, "zLoss": 0.0001220703125}
    yield {**row, "zLoss": 0.5, "classWeights": [1.0, 0.5, 0.25, 7.0, 2.0],
           "sampleWeights": [0.5, 1.0, 3.0, 0.125]}
    yield {**row, "labels": [-100, 2, -100, 4], "ignoreIndex": -100}
    yield {**row, "labels": [1, 1, 3, 4], "ignoreIndex": 1}
    low = -math.inf
    yield {**row, "bias": [0.0, low, 1.0, low, 0.5], "labels": [0, 2, 4, 0]}


def tails() -> Iterator[dict]:
    """Confidently right and wrong, out to where a float has no losses."""
    for gap in (8.0, 20.0, 64.0, 100.0, 300.0, 650.0, 690.0):
        yield {"hidden": [[1.0], [1.0]], "weight": [[gap], [0.0], [0.5], [-1.0]],
               "labels": [0, 2]}
        yield {"hidden": [[1.0, 0.5], [-1.0, 0.25]], "weight": [[-gap, 1.0], [gap, -1.0]],
               "bias": [4096.0, 4096.0], "labels": [1, 0]}


def linear_rows() -> list[dict]:
    return [solved(row) for family in (shapes, options, tails) for row in family()]


TABLES = {"linear-cross-entropy": linear_rows}
