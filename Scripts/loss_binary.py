"""Losses of one logit or one probability, from balls."""

import math
from fractions import Fraction
from typing import Callable, Iterator

from flint import arb

from balls import Value
from loss_softmax import INFINITY, Row, ball, in_both
from losses import nearest
from random_masses import SplitMix64


def times(weight: Fraction, value: Value) -> Value:
    """A product in which 0 times infinity is 0."""
    if weight == 0:
        return 0
    return value if not isinstance(value, arb) and value == INFINITY else ball(weight) * value


def plus(a: Value, b: Value) -> Value:
    return INFINITY if INFINITY in (x for x in (a, b) if not isinstance(x, arb)) else a + b


def sides(x: float) -> Row:
    """The row of logits 0 and x, of which infinities are limits."""
    if x == -INFINITY:
        return Row([0.0, -INFINITY])
    return Row([0.0, x])


def weights(row: dict) -> tuple[Fraction, Fraction]:
    """What -log sigma(-x) and -log sigma(x) weigh."""
    target, smoothing = Fraction(row["targets"][0]), Fraction(row.get("smoothing", 0.0))
    positive = target * (1 - smoothing) + smoothing / 2
    return 1 - positive, positive * Fraction(row.get("positiveWeight", 1.0))


def binary_loss(row: dict) -> Value:
    balls, (a, b) = sides(row["logits"][0]), weights(row)
    return plus(times(a, balls.surprisal(0)), times(b, balls.surprisal(1)))


def binary_slope(row: dict) -> Value | Fraction:
    balls, (a, b) = sides(row["logits"][0]), weights(row)
    if row["logits"][0] == 0:
        return (a - b) / 2
    if balls.alone:
        return a if row["logits"][0] > 0 else -b
    return (ball(a) * balls.powers[1] - ball(b) * balls.powers[0]) / balls.total


def focal_weights(row: dict) -> tuple[Fraction, Fraction]:
    alpha = row.get("alpha")
    return (Fraction(1), Fraction(1)) if alpha is None else (1 - Fraction(alpha), Fraction(alpha))


def focal_loss(row: dict) -> Value:
    """Of a positive t·α·q^γ·(-log p), of a mixture α_t·u^γ·H."""
    balls, gamma = sides(row["logits"][0]), ball(row["gamma"])
    t, (a, b) = Fraction(row["targets"][0]), focal_weights(row)
    p, q = (balls.powers[i] / balls.total for i in (1, 0))
    if t in (0, 1) or row.get("convention") == "termwise":
        one = times(t * b, modulated(q, gamma, balls.surprisal(1)))
        return plus(one, times((1 - t) * a, modulated(p, gamma, balls.surprisal(0))))
    u = ball(t) * q + ball(1 - t) * p
    weight = a * (1 - t) + b * t if row.get("alpha") is not None else Fraction(1)
    return times(weight, modulated(u, gamma, binary_loss({**row, "smoothing": 0.0})))


def modulated(u: arb, gamma: arb, surprisal: Value) -> Value:
    if not isinstance(surprisal, arb):
        return surprisal
    return surprisal if gamma == 0 else (gamma * u.log()).exp() * surprisal


def focal_slope(row: dict) -> Value | Fraction:
    x = row["logits"][0]
    balls, gamma = sides(x), ball(row["gamma"])
    t, (a, b) = Fraction(row["targets"][0]), focal_weights(row)
    if row["gamma"] == 0 and x == 0:
        return ((1 - t) * a - t * b) / 2 if row.get("convention") == "termwise" or t in (0, 1) \
            else (a * (1 - t) + b * t if row.get("alpha") is not None else 1) * (1 - 2 * t) / 2
    p, q = (balls.powers[i] / balls.total for i in (1, 0))
    if math.isinf(x):
        sign = (1 - t) * a if x > 0 else -t * b
        if 0 < t < 1 and row.get("convention") != "termwise":
            scale = a * (1 - t) + b * t if row.get("alpha") is not None else Fraction(1)
            missed = 1 - t if x > 0 else t
            return ball(scale) * ball(missed) ** gamma * ball(1 - t if x > 0 else -t)
        return sign
    lp, lq = balls.surprisal(1), balls.surprisal(0)
    if t in (0, 1) or row.get("convention") == "termwise":
        total: Value = 0
        if t * b:
            total = total - ball(t * b) * q**gamma * (q + gamma * p * lp)
        if (1 - t) * a:
            total = total + ball((1 - t) * a) * p**gamma * (p + gamma * q * lq)
        return total
    t_ball, s_ball = ball(t), ball(1 - t)
    u = t_ball * q + s_ball * p
    entropy = t_ball * lp + s_ball * lq
    scale = a * (1 - t) + b * t if row.get("alpha") is not None else Fraction(1)
    inner = s_ball * p - t_ball * q
    if row["gamma"] != 0 and t != Fraction(1, 2):
        inner = inner + gamma * (1 - 2 * t_ball) * (p * q / u) * entropy
    elif t == Fraction(1, 2) and x == 0:
        return 0
    return ball(scale) * u**gamma * inner


def probability_loss(row: dict) -> Value:
    p, t = Fraction(row["logits"][0]), Fraction(row["targets"][0])
    return plus(*(times(w, INFINITY if x == 0 else 0 if x == 1 else -ball(x).log())
                  for w, x in ((t, p), (1 - t, 1 - p))))


def probability_slope(row: dict) -> Value | Fraction:
    p, t = Fraction(row["logits"][0]), Fraction(row["targets"][0])
    if p == 0:
        return 1 if t == 0 else -INFINITY
    if p == 1:
        return -1 if t == 1 else INFINITY
    slope = (p - t) / (p * (1 - p))
    if abs(slope) >= 2**1024:
        return INFINITY if slope > 0 else -INFINITY
    return slope


LOGITS = [0.0, 1.0, -1.0, 0.5, -2.0, 5.0, -15.0, 16.7, 20.0, -20.0, 36.5, -40.0, 100.0, -100.0,
          300.0, -690.0, 705.0, -740.0, 2.0**-40, -1e-17, 5e-324, 1000.0, -1e4, INFINITY,
          -INFINITY]
TARGETS = [0.0, 1.0, 0.5, 0.3, 1e-12, 1.0 - 2.0**-40]


def binary_rows() -> Iterator[dict]:
    generator = SplitMix64(31)
    for x in LOGITS:
        for t in TARGETS:
            yield {"logits": [x], "targets": [t]}
            if not math.isinf(x):
                yield {"logits": [x], "targets": [t], "positiveWeight": 3.5, "smoothing": 0.1}
                yield {"logits": [x], "targets": [t], "smoothing": 1.0}
                yield {"logits": [x], "targets": [t], "positiveWeight": 0.0}
    for _ in range(300):
        scale = generator.choice([0.1, 1.0, 10.0, 100.0])
        t = generator.choice([0.0, 1.0, generator.uniform()])
        yield {"logits": [scale * generator.signed()], "targets": [t]}


def focal_rows() -> Iterator[dict]:
    generator = SplitMix64(32)
    for x in LOGITS:
        for t in (0.0, 1.0, 0.3, 0.5):
            for gamma in (0.0, 0.5, 1.0, 2.0, 5.0):
                yield {"logits": [x], "targets": [t], "gamma": gamma, "alpha": 0.25}
            yield {"logits": [x], "targets": [t], "gamma": 2.0}
            yield {"logits": [x], "targets": [t], "gamma": 1.5, "convention": "termwise",
                   "alpha": 0.75}
    for _ in range(300):
        row = {"logits": [generator.choice([1.0, 10.0, 50.0]) * generator.signed()],
               "targets": [generator.choice([0.0, 1.0, generator.uniform()])],
               "gamma": generator.choice([0.0, 0.5, 1.0, 2.0, 5.0, 3.7 * generator.uniform()])}
        yield row if generator.below(2) else {**row, "alpha": generator.uniform()}


def probability_rows() -> Iterator[dict]:
    generator = SplitMix64(33)
    for p in (0.0, 1.0, 0.5, 0.1, 0.999, 1e-10, 1e-300, 5e-324, 1.0 - 2.0**-53, 1.0 - 1e-9, 0.3):
        for t in TARGETS + [2.0**-53]:
            yield {"logits": [p], "targets": [t]}
    for _ in range(100):
        yield {"logits": [generator.uniform()], "targets": [generator.uniform()]}


def solved(rows: Iterator[dict], loss: Callable, slope: Callable) -> list[dict]:
    return [{**row, "loss": nearest(lambda: loss(row)), "gradient": [nearest(lambda: slope(row))]}
            for row in in_both(list(rows))]


TABLES = {
    "binary-cross-entropy": lambda: solved(binary_rows(), binary_loss, binary_slope),
    "sigmoid-focal": lambda: solved(focal_rows(), focal_loss, focal_slope),
    "binary-probabilities":
        lambda: solved(probability_rows(), probability_loss, probability_slope),
}
