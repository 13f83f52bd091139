"""Derivatives that no table has, for questions about losses, from balls.

By the targets, by the variances, and the second derivatives by the predictions; and the
loss of a probability with the floors of frameworks.
"""

import math
from fractions import Fraction

from flint import arb

import loss_binary as binary
import loss_likelihood as likelihood
import loss_probabilities as predicted
from balls import INFINITY, Value
from loss_softmax import Row, ball, single, target_weights

LEAST_SPREAD = Fraction(float.fromhex("0x1.197998p-40"))
"""10⁻¹² in single precision: what PyTorch divides by at least."""


# Softmax cross-entropy.

def softmax_by_target(row: dict, j: int) -> Value | Fraction:
    """(1 - smoothing) w_j (-log p_j)."""
    weight = Fraction(row.get("classWeights", [1.0] * len(row["logits"]))[j])
    weight *= 1 - Fraction(row.get("smoothing", 0.0))
    return binary.times(weight, Row(row["logits"], row.get("softcap")).surprisal(j))


def softmax_curvature(row: dict, j: int) -> Value:
    """Q p_j (1 - p_j), of which the second is a sum of the others."""
    balls = Row(row["logits"])
    others = [power for c, power in enumerate(balls.powers) if c != j and power != 0]
    if balls.powers[j] == 0 or not others:
        return 0
    spread = balls.powers[j] * sum(others, arb(0)) / balls.total**2
    return binary.times(sum(target_weights(row)), spread)


# Binary cross-entropy.

def binary_by_target(row: dict) -> Value | Fraction:
    if row.get("form") == "probabilities":
        return probability_by_target(row)
    kept = 1 - Fraction(row.get("smoothing", 0.0))
    weight = Fraction(row.get("positiveWeight", 1.0))
    if weight == 1:
        return -kept * Fraction(row["logits"][0])
    balls = binary.sides(row["logits"][0])
    return ball(kept) * (ball(weight) * balls.surprisal(1) - balls.surprisal(0))


def binary_curvature(row: dict) -> Value | Fraction:
    if row.get("form") == "probabilities":
        return probability_curvature(row)
    balls, weights = binary.sides(row["logits"][0]), binary.weights(row)
    if balls.alone:
        return 0
    return binary.times(sum(weights), balls.powers[0] * balls.powers[1] / balls.total**2)


def binary_loss(row: dict) -> Value:
    if row.get("form") != "probabilities":
        return binary.binary_loss(row)
    t = Fraction(row["targets"][0])
    yes, no = surprisals(row)
    return binary.plus(binary.times(t, yes), binary.times(1 - t, no))


def binary_slope(row: dict) -> Value | Fraction:
    if row.get("form") != "probabilities":
        return binary.binary_slope(row)
    p, t = clipped(row), Fraction(row["targets"][0])
    if p != row["logits"][0]:
        return 0
    if "logFloor" in row:
        return (p - t) / max(p * (1 - p), LEAST_SPREAD)
    return binary.probability_slope(row)


def clipped(row: dict) -> Fraction:
    """The probability, brought into the range of the question in its type."""
    x = row["logits"][0]
    if "clip" not in row:
        return Fraction(x)
    exact = single if row["narrow"] else float
    low = exact(row["clip"])
    return Fraction(min(max(x, low), exact(1.0 - low)))


def surprisals(row: dict) -> list[Value]:
    """-log p and -log(1 - p), no larger than the floor of the logarithm allows."""
    p = clipped(row)
    found: list[Value] = []
    for share in (p, 1 - p):
        value: Value = INFINITY if share == 0 else 0 if share == 1 else -ball(share).log()
        if "logFloor" in row:
            most = -ball(row["logFloor"])
            if not isinstance(value, arb):
                value = most if value == INFINITY else 0
            elif value > most:
                value = most
        found.append(value)
    return found


def probability_by_target(row: dict) -> Value:
    yes, no = surprisals(row)
    if not isinstance(yes, arb) and yes == INFINITY:
        return INFINITY
    if not isinstance(no, arb) and no == INFINITY:
        return -INFINITY
    return 0 if clipped(row) == Fraction(1, 2) else ball_of(yes) - ball_of(no)


def probability_curvature(row: dict) -> Value | Fraction:
    p, t = clipped(row), Fraction(row["targets"][0])
    if p != row["logits"][0]:
        return 0
    if (p == 0 and t > 0) or (p == 1 and t < 1):
        return INFINITY
    return sum((w / share**2 for w, share in ((t, p), (1 - t, 1 - p)) if w), Fraction(0))


def ball_of(value: Value) -> arb:
    return value if isinstance(value, arb) else ball(value)


# Losses of predicted probabilities.

def categorical(row: dict) -> Value:
    return predicted.categorical(brought(row, "logits"))


def categorical_slope(row: dict, j: int) -> Fraction | float:
    inside = brought(row, "logits")
    if inside["logits"][j] != row["logits"][j]:
        return 0
    return predicted.categorical_slope(inside, j)


def kl(row: dict) -> Value:
    if row["form"] != "predicted":
        return likelihood.kl(row)
    return predicted.divergence(brought(row, "logits", "targets"))


def kl_slope(row: dict, j: int) -> Value | Fraction:
    if row["form"] != "predicted":
        return likelihood.kl_slope(row, j)
    inside = brought(row, "logits", "targets")
    if inside["logits"][j] != row["logits"][j]:
        return 0
    return predicted.divergence_slope(inside, j)


def brought(row: dict, *names: str) -> dict:
    """The row with probabilities brought into the range of the question in its type."""
    if "least" not in row:
        return row
    exact = single if row["narrow"] else float
    low = exact(row["least"])
    high = 1.0 if "targets" in names else exact(1.0 - low)
    return {**row, **{name: [min(max(p, low), high) for p in row[name]] for name in names}}


# Divergences and likelihoods.

def kl_by_target(row: dict, j: int) -> Value | Fraction:
    if row["form"] == "predicted":
        return predicted_by_target(row, j)
    x, t = row["logits"][j], row["targets"][j]
    if row["form"] == "logTargets":
        return ball(t).exp() * ball(1 + Fraction(t) - Fraction(x))
    if t == 0:
        return -INFINITY
    return 1 - Fraction(x) if t == 1 else ball(t).log() + ball(1 - Fraction(x))


def predicted_by_target(row: dict, j: int) -> Value | Fraction:
    inside = brought(row, "logits", "targets")
    p, t = inside["logits"][j], inside["targets"][j]
    if t != row["targets"][j]:
        return 0
    if p == 0 or t == 0:
        return INFINITY if p == 0 else -INFINITY
    return 1 if p == t else 1 + ball(Fraction(t) / Fraction(p)).log()


def generalized_by_target(row: dict, j: int) -> Value | Fraction:
    x, t = row["logits"][j], row["targets"][j]
    if t == 0:
        return -INFINITY
    return -Fraction(x) if t == 1 else ball(t).log() - ball(x)


def generalized_curvature(row: dict, j: int) -> Value:
    return power(row["logits"][j])


def poisson_by_target(row: dict) -> Value | Fraction:
    x, t = row["logits"][0], Fraction(row["targets"][0])
    rest = ball(t).log() + 1 / (2 * ball(t)) if row["full"] and t > 1 else 0
    if row["log"]:
        return -Fraction(x) if isinstance(rest, int) else rest - ball(x)
    rate = Fraction(x) + Fraction(row["eps"])
    if rate == 0:
        return INFINITY
    return rest if rate == 1 else rest - ball(rate).log()


def poisson_curvature(row: dict) -> Value | Fraction:
    x, t = row["logits"][0], Fraction(row["targets"][0])
    if row["log"]:
        return power(x)
    rate = Fraction(x) + Fraction(row["eps"])
    return 0 if t == 0 else INFINITY if rate == 0 else t / rate**2


def gaussian_by_variance(row: dict) -> Fraction:
    x, t, v = (Fraction(row[key][0]) for key in ("logits", "targets", "variances"))
    return (v - (x - t) ** 2) / (2 * v**2)


def power(x: float) -> Value | Fraction:
    return Fraction(1) if x == 0 else ball(x).exp()


def alike(slope):
    """The derivative of an element, as that of one class of a row."""
    return lambda row, j: slope(row)


OF = {
    "softmax_cross_entropy": {"target_gradient": softmax_by_target,
                              "hessian_diagonal": softmax_curvature},
    "binary_cross_entropy": {"target_gradient": alike(binary_by_target),
                             "hessian_diagonal": alike(binary_curvature)},
    "kl_loss": {"target_gradient": kl_by_target},
    "generalized_kl_loss": {"target_gradient": generalized_by_target,
                            "hessian_diagonal": generalized_curvature},
    "poisson_nll": {"target_gradient": alike(poisson_by_target),
                    "hessian_diagonal": alike(poisson_curvature)},
    "gaussian_nll": {"variance_gradient": alike(gaussian_by_variance)},
}
"""Of each measure, the derivatives beside the gradient, by the fields that ask for them."""


def has(fields: dict, name: str) -> bool:
    """Whether a question with such fields has a derivative."""
    if name == "target_gradient":
        return "class_indices" not in fields and not (
            fields["measure"] == "kl_loss" and "logits" in fields)
    return name != "hessian_diagonal" or not {"z_loss_scale", "logit_softcap"} & set(fields)
