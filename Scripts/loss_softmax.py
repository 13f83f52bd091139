"""Rows of softmax cross-entropy and of the losses made of it, from balls."""

import math
import struct
from fractions import Fraction
from typing import Callable, Iterator

from flint import arb

from balls import Value
from losses import nearest
from random_masses import SplitMix64

INFINITY = math.inf


def ball(x: float | Fraction | int) -> arb:
    x = Fraction(x)
    return arb(x.numerator) / arb(x.denominator)


def single(x: float) -> float:
    """The nearest single-precision number."""
    return struct.unpack("f", struct.pack("f", x))[0]


class Row:
    """Logits with their softmax as balls, at the precision of the moment.

    Infinities stand for their limits: a class at -inf is absent, a unique +inf alone.
    """

    def __init__(self, logits: list[float], softcap: float | None = None):
        top = max(logits)
        if softcap is None:
            present = [x == top if math.isinf(top) else x > -INFINITY for x in logits]
            values = [ball(x) if math.isfinite(x) else arb(0) for x in logits]
            self.peak = ball(top) if math.isfinite(top) else None
        else:
            cap = ball(softcap)
            present = [True] * len(logits)
            values = [cap * (ball(x) / cap).tanh() if math.isfinite(x)
                      else (cap if x > 0 else -cap) for x in logits]
            self.peak = cap * (ball(top) / cap).tanh() if math.isfinite(top) else cap
        shift = self.peak if self.peak is not None else arb(0)
        self.depths = [v - shift if ok else None for v, ok in zip(values, present)]
        self.powers = [d.exp() if d is not None else arb(0) for d in self.depths]
        self.total = sum(self.powers, arb(0))
        self.alone = sum(present) == 1

    def surprisal(self, c: int) -> Value:
        if self.depths[c] is None:
            return INFINITY
        return 0 if self.alone else self.total.log() - self.depths[c]

    def log_sum_exp(self) -> Value:
        if self.peak is None:
            return INFINITY
        return self.peak + (arb(0) if self.alone else self.total.log())


def is_zero(weights: list[Fraction], logits: list[float], j: int) -> bool:
    """Whether sum_c (b_c e_j - b_j e_c) is exactly 0: every power's factor is."""
    top = max(logits)
    factors: dict[float, Fraction] = {}
    for c, x in enumerate(logits):
        if x == -INFINITY or (top == INFINITY and x < top):
            continue
        factors[x] = factors.get(x, Fraction(0)) - weights[j]
    if logits[j] in factors:
        factors[logits[j]] += sum(weights)
    return not any(factors.values())


def target_weights(row: dict) -> list[Fraction]:
    """What -log p of each class weighs in the loss."""
    count = len(row["logits"])
    smoothing = Fraction(row.get("smoothing", 0.0))
    class_weights = row.get("classWeights", [1.0] * count)
    targets = row.get("targets") or [float(c == row["label"]) for c in range(count)]
    return [Fraction(w) * ((1 - smoothing) * Fraction(q) + smoothing / count)
            for w, q in zip(class_weights, targets)]


def cross_entropy(row: dict) -> Value:
    balls = Row(row["logits"], row.get("softcap"))
    total: Value = 0
    for c, weight in enumerate(target_weights(row)):
        surprisal = balls.surprisal(c)
        if weight == 0 or (not isinstance(surprisal, arb) and surprisal == 0):
            continue
        if not isinstance(surprisal, arb):
            return INFINITY
        total = total + ball(weight) * surprisal
    if row.get("zLoss"):
        lse = balls.log_sum_exp()
        if not isinstance(lse, arb):
            return INFINITY
        total = total + ball(row["zLoss"]) * lse * lse
    return total


def derivative(row: dict, j: int) -> Value | Fraction:
    weights = target_weights(row)
    plain = not row.get("zLoss") and row.get("softcap") is None
    if plain and is_zero(weights, row["logits"], j):
        return 0
    if plain and math.isfinite(row["logits"][0]) and len(set(row["logits"])) == 1:
        return sum(weights) / len(weights) - weights[j]  # a rational, perhaps a tie
    balls = Row(row["logits"], row.get("softcap"))
    total = ball(sum(weights))
    if row.get("zLoss"):
        total = total + 2 * ball(row["zLoss"]) * balls.log_sum_exp()
    slope = total * balls.powers[j] / balls.total - ball(weights[j])
    if row.get("softcap") is not None:
        if math.isinf(row["logits"][j]):
            return 0
        slope = slope / (ball(row["logits"][j]) / ball(row["softcap"])).cosh() ** 2
    return slope


def generated(recipe: dict) -> list[float]:
    generator = SplitMix64(recipe["seed"])
    return [recipe["scale"] * generator.signed() for _ in range(recipe["n"])]


def solved(row: dict, loss: Callable, slope: Callable) -> dict:
    """The row with its truth; big rows keep their recipe and a few derivatives."""
    recipe = row.get("generated")
    if recipe:
        row = {**row, "logits": generated(recipe)}
    count = len(row["logits"])
    picks = range(count)
    if recipe:
        top = max(range(count), key=lambda c: row["logits"][c])
        picks = sorted({0, count - 1, top, row["label"], count // 3})
        row["picks"] = list(picks)
    row["loss"] = nearest(lambda: loss(row))
    row["gradient"] = [nearest(lambda: slope(row, j)) for j in picks]
    if recipe:
        del row["logits"]
    return row


# The rows.

def tails() -> Iterator[dict]:
    """Confidently right, and confidently wrong."""
    for d in (1.0, 5.0, 16.7, 20.0, 36.0, 37.0, 40.0, 100.0, 300.0, 500.0, 650.0, 690.0,
              700.0, 708.0, 715.0, 735.0, 744.0, 2.0**-30, 1e-17, 5e-324):
        yield {"logits": [d, 0.0], "label": 0}
        yield {"logits": [d, 0.0], "label": 1}
    for d in (20.0, 100.0, 400.0, 690.0):
        yield {"logits": [0.0, d, -1.0, 0.5], "label": 1}
        yield {"logits": [0.0, d, -1.0, 0.5], "label": 3}
        yield {"logits": [-d, -2 * d, -d / 2], "label": 2}
        yield {"logits": [d] + [0.25 * i for i in range(9)], "label": 0}
    yield {"logits": [1000.0, 0.0], "label": 1}
    yield {"logits": [-1e4, 0.0, 1e4], "label": 2}
    yield {"logits": [7.0], "label": 0}


def offsets() -> Iterator[dict]:
    for offset in (1e8, -1e8, 2.0**40, -(2.0**40), 1e6):
        for shape in ([2.0, -1.0, 0.5], [40.0, 0.0], [0.0, 0.0, 0.0], [0.25, 0.125, -3.0, 7.0]):
            yield {"logits": [offset + x for x in shape], "label": len(shape) // 2}
    for count in (2, 3, 10, 100):
        for value in (0.0, 0.1, -1e300, 1e8):
            yield {"logits": [value] * count, "label": count - 1}


def infinities() -> Iterator[dict]:
    low, high = -INFINITY, INFINITY
    for logits in ([0.0, low], [1.0, low, 2.0], [low, low, 3.0], [high, 0.0], [high, low, 1.0]):
        for label in range(len(logits)):
            yield {"logits": logits, "label": label}
            yield {"logits": logits, "label": label, "smoothing": 0.25}
            weights = [float(c != label) for c in range(len(logits))]
            yield {"logits": logits, "label": label, "classWeights": weights}
            present = [float(x > low and max(logits) < high) for x in logits]
            if sum(present) == 2:
                yield {"logits": logits, "targets": [x / 2 for x in present]}


def options() -> Iterator[dict]:
    shapes = ([1.0, 2.0, 3.0], [0.0, -4.0, 100.0], [0.5, 0.5, 0.5], [-2.0, 5.0, 0.1, 0.2, 0.3])
    for logits in shapes:
        count = len(logits)
        skewed = [0.0, 0.7, 2.3, 1e-3, 1e3][:count]
        for smoothing in (0.0, 1e-30, 1e-10, 0.1, 0.5, 0.9, 1.0 - 2.0**-53, 1.0):
            for label in (0, count - 1):
                row = {"logits": logits, "label": label, "smoothing": smoothing}
                yield row
                yield {**row, "classWeights": skewed}
        for z_loss in (1e-4, 1.0):
            yield {"logits": logits, "label": 1, "zLoss": z_loss}
            yield {"logits": logits, "label": 0, "zLoss": z_loss, "classWeights": skewed,
                   "smoothing": 0.1}
        for cap in (30.0, 1.0, 1e4):
            yield {"logits": logits, "label": 1, "softcap": cap}
            yield {"logits": [100 * x for x in logits], "label": 0, "softcap": cap}
    yield {"logits": [12.0, -3.0, 45.0], "label": 2, "zLoss": 1e-4, "softcap": 30.0}
    yield {"logits": [INFINITY, -3.0, -INFINITY], "label": 2, "softcap": 30.0}


def soft() -> Iterator[dict]:
    for logits in ([1.0, 2.0, 3.0], [40.0, 0.0, 1.0], [0.5, 0.5, 0.5], [700.0, 3.0, -2.0]):
        for targets in ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.2, 0.3, 0.5], [0.5, 0.5, 0.0],
                        [1.0 - 1e-12, 1e-12, 0.0], [1 / 3] * 3, [2.0, 0.0, 0.0],
                        [0.0, 0.0, 0.0], [1.0, 2.0, 0.25]):
            yield {"logits": logits, "targets": targets}
            yield {"logits": logits, "targets": targets, "classWeights": [1.0, 0.0, 5.0],
                   "smoothing": 0.1}


def draws() -> Iterator[dict]:
    generator = SplitMix64(2024)
    for number in range(240):
        count = generator.choice([2, 3, 5, 10, 30])
        scale = generator.choice([0.01, 1.0, 10.0, 100.0, 1000.0])
        logits = [scale * generator.signed() for _ in range(count)]
        row = {"logits": logits, "label": generator.below(count)}
        if number % 3 == 1:
            del row["label"]
            row["targets"] = generator.masses(count)
        if number % 4 == 1:
            row["smoothing"] = generator.uniform()
        if number % 5 == 1:
            row["classWeights"] = [3.0 * generator.uniform() for _ in range(count)]
        yield row


def large() -> Iterator[dict]:
    for count, scale, label, smoothing in (
            (1000, 5.0, 17, 0.0), (1000, 500.0, 999, 0.1), (10_000, 20.0, 5000, 0.0),
            (100_000, 10.0, 77_777, 0.0), (100_000, 300.0, 3, 0.05)):
        recipe = {"n": count, "seed": count + label, "scale": scale}
        yield {"generated": recipe, "label": label, "smoothing": smoothing}


def narrowed(row: dict) -> dict | None:
    """The row in single precision, where its logits keep their meaning there."""
    if "generated" in row:
        return None
    def narrow(values):
        return [x if math.isinf(x) or abs(x) > 3e38 else single(x) for x in values]

    row = {**row, "scalar": "float"}
    for key in ("logits", "targets", "variances"):
        if key in row:
            row[key] = narrow(row[key])
    if any(abs(x) > 3e38 and not math.isinf(x) for x in row["logits"]):
        return None
    if any(v == 0 for v in row.get("variances", [])):
        return None
    return row


def in_both(rows: list[dict]) -> list[dict]:
    """Every row in double precision, then in single."""
    single_rows = [narrowed(row) for row in rows]
    return [{"scalar": "double", **row} for row in rows] + [r for r in single_rows if r]


def cross_entropy_rows() -> list[dict]:
    families = (tails, offsets, infinities, options, soft, draws, large)
    rows = in_both([row for family in families for row in family()])
    return [solved(row, cross_entropy, derivative) for row in rows]


def log_sum_exp(row: dict) -> Value:
    return Row(row["logits"]).log_sum_exp()


def log_probability(row: dict, j: int) -> Value:
    surprisal = Row(row["logits"]).surprisal(j)
    return -surprisal


def softmax_rows() -> list[dict]:
    """The logarithm of the normaliser for a loss, the log-probabilities for derivatives."""
    families = [tails(), offsets(), draws()]
    rows = in_both([{"logits": row["logits"]} for family in families for row in family])
    return [solved(row, log_sum_exp, log_probability) for row in rows]


TABLES = {"softmax-cross-entropy": cross_entropy_rows, "softmax": softmax_rows}
