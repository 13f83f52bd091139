"""Losses made of softmax rows, and the negative log-likelihoods, from balls."""

import math
from fractions import Fraction
from typing import Iterator

from flint import arb

from balls import Value
from loss_softmax import INFINITY, Row, ball, cross_entropy, derivative, in_both, solved
from losses import nearest
from random_masses import SplitMix64


# The focal loss of softmax rows.

def focal(row: dict) -> Value:
    balls, y = Row(row["logits"]), row["label"]
    weight = row.get("classWeights", [1.0] * len(row["logits"]))[y]
    surprisal = balls.surprisal(y)
    if weight == 0 or balls.alone and surprisal == 0:
        return 0
    if not isinstance(surprisal, arb):
        return surprisal
    return ball(weight) * missed(balls, y) ** ball(row["gamma"]) * surprisal


def missed(balls: Row, y: int) -> arb:
    return sum((p for c, p in enumerate(balls.powers) if c != y), arb(0)) / balls.total


def focal_slope(row: dict, j: int) -> Value | Fraction:
    balls, y, gamma = Row(row["logits"]), row["label"], row["gamma"]
    weight = row.get("classWeights", [1.0] * len(row["logits"]))[y]
    if gamma == 0:
        return derivative(row, j)
    if weight == 0 or balls.alone and balls.surprisal(y) == 0 or balls.depths[j] is None and j != y:
        return 0
    if balls.depths[y] is None:
        pull = arb(1)  # p·(-log p) has the limit 0
    else:
        u, p = missed(balls, y), balls.powers[y] / balls.total
        pull = u ** ball(gamma) * (u + ball(gamma) * p * balls.surprisal(y))
    if j == y:
        return -ball(weight) * pull
    return ball(weight) * pull * balls.powers[j] / balls.total / missed(balls, y)


def focal_rows() -> Iterator[dict]:
    generator = SplitMix64(41)
    for gamma in (0.0, 0.5, 1.0, 2.0, 5.0):
        for logits in ([20.0, 0.0], [1.0, 2.0, 3.0], [100.0, 0.0, -50.0], [0.5, 0.5, 0.5],
                       [300.0, 0.0], [0.0, -INFINITY, 1.0], [INFINITY, 0.0], [7.0]):
            for label in range(len(logits)):
                yield {"logits": logits, "label": label, "gamma": gamma}
        weights = [0.0, 0.25, 3.0]
        yield {"logits": [1.0, 2.0, 3.0], "label": 0, "gamma": gamma, "classWeights": weights}
        yield {"logits": [1.0, 2.0, 3.0], "label": 2, "gamma": gamma, "classWeights": weights}
    for _ in range(150):
        count = generator.choice([2, 3, 10])
        scale = generator.choice([1.0, 10.0, 60.0])
        yield {"logits": [scale * generator.signed() for _ in range(count)],
               "label": generator.below(count), "gamma": 4.0 * generator.uniform()}


# Poly-1.

def poly(row: dict) -> Value:
    plain = cross_entropy(row)
    if not isinstance(plain, arb):
        return plain
    balls = Row(row["logits"])
    targets = row.get("targets") or [float(c == row["label"]) for c in range(len(row["logits"]))]
    return plain + ball(row["eps"]) * sum(
        (ball(q) * missed(balls, c) for c, q in enumerate(targets) if q), arb(0))


def poly_slope(row: dict, j: int) -> Value | Fraction:
    balls = Row(row["logits"])
    targets = row.get("targets") or [float(c == row["label"]) for c in range(len(row["logits"]))]
    p = [power / balls.total for power in balls.powers]
    agreed = sum((ball(q) * x for q, x in zip(targets, p)), arb(0))
    total = ball(sum(map(Fraction, targets)))
    return (total * p[j] - ball(targets[j])
            + ball(row["eps"]) * p[j] * (agreed - ball(targets[j])))


def poly_rows() -> Iterator[dict]:
    generator = SplitMix64(42)
    for eps in (0.0, 1.0, 2.0, -0.5):
        for logits in ([4.0, 2.0, 1.0], [0.0, 5.0, 1.0], [40.0, 0.0, 1.0], [300.0, 1.0, 2.0]):
            for label in range(3):
                yield {"logits": logits, "label": label, "eps": eps}
            yield {"logits": logits, "targets": [0.0, 0.8, 0.2], "eps": eps}
            yield {"logits": logits, "targets": [1.0, 0.0, 0.0], "eps": eps}
    for _ in range(60):
        yield {"logits": [8.0 * generator.signed() for _ in range(4)],
               "targets": generator.masses(4), "eps": 3.0 * generator.uniform()}


# Kullback-Leibler.

def kl(row: dict) -> Value:
    """Of logits, log-predictions with probabilities, or with log-targets: "form"."""
    balls = Row(row["logits"]) if row["form"] == "logits" else None
    total: Value = 0
    for c, (x, t) in enumerate(zip(row["logits"], row["targets"])):
        if row["form"] == "logTargets":
            mass, logarithm = (ball(t).exp(), ball(t)) if t > -INFINITY else (None, None)
        else:
            mass, logarithm = (ball(t), ball(t).log()) if t > 0 else (None, None)
        if mass is None:
            continue
        surprisal = balls.surprisal(c) if balls else -ball(x) if x > -INFINITY else INFINITY
        if not isinstance(surprisal, arb) and surprisal == INFINITY:
            return INFINITY
        total = total + mass * (logarithm + surprisal)
    return total


def kl_slope(row: dict, j: int) -> Value | Fraction:
    t = row["targets"][j]
    if row["form"] == "logits":
        return derivative(row, j)
    if row["form"] == "logTargets":
        return -ball(t).exp() if t > -INFINITY else 0
    return Fraction(-t)


def kl_rows() -> Iterator[dict]:
    generator = SplitMix64(43)
    low = -INFINITY
    for form in ("logits", "probabilities"):
        for logits in ([-1.0, -2.0, -0.5], [-700.0, -0.25, -3.0], [low, -0.5, -1.0]):
            for targets in ([0.25, 0.25, 0.5], [0.0, 0.125, 0.875], [1.0, 0.0, 0.0]):
                yield {"logits": logits, "targets": targets, "form": form}
    for logits in ([-1.0, -2.0, -0.5], [-700.0, -0.25, -3.0], [low, -0.5, -1.0]):
        for targets in ([-3.0, -0.25, -1.5], [low, -0.25, -2.0], [-800.0, -1.0, -0.5]):
            yield {"logits": logits, "targets": targets, "form": "logTargets"}
    for number in range(90):
        count = generator.choice([2, 3, 10])
        logits = [-8.0 * generator.uniform() for _ in range(count)]
        form = ("logits", "probabilities", "logTargets")[number % 3]
        targets = generator.masses(count)
        if form == "logTargets":
            targets = [-9.0 * generator.uniform() for _ in range(count)]
        yield {"logits": logits, "targets": targets, "form": form}


def generalized(row: dict) -> Value:
    total: Value = 0
    for x, t in zip(row["logits"], row["targets"]):
        if x == -INFINITY:
            if t > 0:
                return INFINITY
            continue
        total = total + ball(x).exp()
        if t > 0:
            total = total + ball(t) * (ball(t).log() - ball(x)) - ball(t)
    return total


def generalized_slope(row: dict, j: int) -> Value | Fraction:
    x, t = row["logits"][j], Fraction(row["targets"][j])
    return -t if x == -INFINITY else 1 - t if x == 0 else ball(x).exp() - ball(t)


def generalized_rows() -> Iterator[dict]:
    generator = SplitMix64(44)
    for logits in ([-1.0, -2.0, 0.5], [-700.0, 0.0, 300.0], [-INFINITY, -0.5, 1.0]):
        for targets in ([0.25, 0.25, 0.5], [0.0, 0.125, 7.0], [1.0, 0.0, 1e-300]):
            yield {"logits": logits, "targets": targets}
    for _ in range(60):
        logits = [4.0 * generator.signed() for _ in range(3)]
        yield {"logits": logits, "targets": [5.0 * generator.uniform() for _ in range(3)]}
        near = [math.exp(x) * (1.0 + 2.0**-8 * generator.signed()) for x in logits]
        yield {"logits": logits, "targets": near}


# Poisson and normal.

def poisson(row: dict) -> Value:
    x, t = row["logits"][0], row["targets"][0]
    rest = arb(0)
    if row["full"] and t > 1:
        rest = ball(t) * ball(t).log() - ball(t) + (2 * arb.pi() * ball(t)).log() / 2
    if row["log"]:
        if math.isinf(x):
            return INFINITY if x > 0 or t > 0 else 0
        return ball(x).exp() - ball(t) * ball(x) + rest
    rate = Fraction(x) + Fraction(row["eps"])
    if t == 0:
        return Fraction(x)
    return INFINITY if rate == 0 else ball(x) - ball(t) * ball(rate).log() + rest


def poisson_slope(row: dict) -> Value | Fraction:
    x, t = row["logits"][0], Fraction(row["targets"][0])
    if row["log"]:
        if math.isinf(x):
            return INFINITY if x > 0 else -t
        return 1 - t if x == 0 else ball(x).exp() - ball(t)
    rate = Fraction(x) + Fraction(row["eps"])
    if t == 0:
        return 1
    return -INFINITY if rate == 0 else 1 - t / rate


def poisson_rows() -> Iterator[dict]:
    generator = SplitMix64(45)
    for x in (0.0, 1.0, -3.0, 5.5, -100.0, 300.0, 720.0, INFINITY, -INFINITY):
        for t in (0.0, 1.0, 3.0, 1000.0, 0.5):
            yield {"logits": [x], "targets": [t], "full": False, "log": True}
            yield {"logits": [x], "targets": [t], "full": True, "log": True}
    for x in (0.0, 1.5, 1e-5, 300.0):
        for t in (0.0, 1.0, 3.0, 1000.0, 0.5):
            for eps in (0.0, 1e-8):
                yield {"logits": [x], "targets": [t], "full": eps > 0, "log": False, "eps": eps}
    for number in range(100):
        yield {"logits": [6.0 * generator.uniform()], "targets": [50.0 * generator.uniform()],
               "full": number % 2 == 0, "log": number % 3 > 0, "eps": 0.0}


def gaussian(row: dict) -> Value:
    x, t, v = (Fraction(row[key][0]) for key in ("logits", "targets", "variances"))
    loss = (ball(v).log() + ball((x - t) ** 2 / v)) / 2
    if row["full"]:
        return loss + (2 * arb.pi()).log() / 2
    return (x - t) ** 2 / v / 2 if v == 1 else loss


def gaussian_slope(row: dict) -> Fraction:
    x, t, v = (Fraction(row[key][0]) for key in ("logits", "targets", "variances"))
    return (x - t) / v


def gaussian_rows() -> Iterator[dict]:
    generator = SplitMix64(46)
    for x in (0.0, 1e8, -1e-20, 0.3):
        for t in (0.0, 1e8 + 1, 0.25):
            for v in (1.0, 1e-30, 1e20, 0.1):
                yield {"logits": [x], "targets": [t], "variances": [v], "full": v == 0.1}
    for number in range(100):
        yield {"logits": [3.0 * generator.signed()], "targets": [3.0 * generator.signed()],
               "variances": [generator.uniform() * 10.0 ** generator.signed()],
               "full": number % 2 == 0}


def elements(rows: Iterator[dict], loss, slope) -> list[dict]:
    return [{**row, "loss": nearest(lambda: loss(row)), "gradient": [nearest(lambda: slope(row))]}
            for row in in_both(list(rows))]


def rows(family: Iterator[dict], loss, slope) -> list[dict]:
    return [solved(row, loss, slope) for row in in_both(list(family))]


TABLES = {
    "softmax-focal": lambda: rows(focal_rows(), focal, focal_slope),
    "poly-1-cross-entropy": lambda: rows(poly_rows(), poly, poly_slope),
    "kl-loss": lambda: rows(kl_rows(), kl, kl_slope),
    "generalized-kl-loss": lambda: rows(generalized_rows(), generalized, generalized_slope),
    "poisson-nll": lambda: elements(poisson_rows(), poisson, poisson_slope),
    "gaussian-nll": lambda: elements(gaussian_rows(), gaussian, gaussian_slope),
}
