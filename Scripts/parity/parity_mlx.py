"""Parity with MLX, on the processor.

    python Scripts/parity/parity_mlx.py BINARY [--questions 600] [--seed 1]

MLX holds numbers in double precision there but takes exponentials and logarithms in
single precision, so the comparison is as fine as that, and as coarse near 0 as near 1.
"""

import random
import sys
from importlib.metadata import version

import mlx.core as mx
from mlx.nn import losses

from parity import Case, chance, each, flat, main, numbers

mx.set_default_device(mx.cpu)

LOGIT = 4.0
SINGLE = 2e-6
REDUCTIONS = ("none", "sum", "mean", "mean")
QUIRKS = [
    "the mean of weighted losses divides by the number of rows, not by their weights",
    "a total of class probabilities is taken for 1, in the loss and in the gradient",
    "logarithms of probabilities are floored at -100",
    "kl_div_loss takes log-targets, and its mean divides by the number of rows",
    "gaussian_nll_loss takes variances below 1e-6 for it",
]


def array(value) -> mx.array:
    return mx.array(value, dtype=mx.float64)


def case(fields: dict, name: str, call, reduction: str) -> Case:
    x = array(fields[name])
    gradient = mx.grad(lambda x: mx.sum(call(x)))(x)
    return Case({**fields, "reduction": reduction, "preset": "mlx", "gradient": True},
                flat(call(x)), flat(gradient), SINGLE, least=1.0)


def class_shape(generator: random.Random) -> list[int]:
    return [generator.randint(1, 5), generator.randint(1, 6)]


def cross_entropy(generator: random.Random) -> Case:
    (rows, count), reduction = class_shape(generator), generator.choice(REDUCTIONS)
    smoothing = generator.choice((0.0, 0.1, 0.9 * generator.random()))
    fields = {"measure": "softmax_cross_entropy", "label_smoothing": smoothing,
              "logits": numbers(generator, [rows, count], -LOGIT, LOGIT)}
    if chance(generator, 2):
        targets = [generator.randrange(count) for _ in range(rows)]
        fields["class_indices"], targets = targets, mx.array(targets)
    else:
        fields["class_probabilities"] = numbers(generator, [rows, count], 0, 1)
        targets = array(fields["class_probabilities"])
    weights = None
    if chance(generator, 2):
        fields["sample_weights"] = numbers(generator, [rows], 0, 2)
        weights = array(fields["sample_weights"])
    return case(fields, "logits", lambda x: losses.cross_entropy(
        x, targets, weights, label_smoothing=smoothing, reduction=reduction), reduction)


def binary(generator: random.Random) -> Case:
    shape, reduction = class_shape(generator), generator.choice(REDUCTIONS)
    targets = each(numbers(generator, shape, 0, 1), lambda t: generator.choice((0.0, 1.0, t)))
    fields = {"measure": "binary_cross_entropy", "targets": targets}
    weights = None
    if chance(generator, 2):
        fields["weights"] = numbers(generator, shape, 0, 2)
        weights = array(fields["weights"])
    takes_logits = chance(generator, 2)
    name = "logits" if takes_logits else "probabilities"
    # In the tails MLX's gradient is NaN, or has lost all digits.
    fields[name] = (numbers(generator, shape, -LOGIT, LOGIT) if takes_logits
                    else numbers(generator, shape, 0.05, 0.95))
    return case(fields, name, lambda x: losses.binary_cross_entropy(
        x, array(targets), weights, with_logits=takes_logits, reduction=reduction), reduction)


def nll_loss(generator: random.Random) -> Case:
    (rows, count), reduction = class_shape(generator), generator.choice(REDUCTIONS)
    labels = [generator.randrange(count) for _ in range(rows)]
    fields = {"measure": "nll_loss", "class_indices": labels,
              "log_probabilities": numbers(generator, [rows, count], -LOGIT, 0)}
    return case(fields, "log_probabilities", lambda x: losses.nll_loss(
        x, mx.array(labels), reduction=reduction), reduction)


def kl_div_loss(generator: random.Random) -> Case:
    shape, reduction = class_shape(generator), generator.choice(REDUCTIONS)
    targets = numbers(generator, shape, -5, 0)
    fields = {"measure": "kl_loss", "log_targets": targets,
              "log_predictions": numbers(generator, shape, -6, 0)}
    return case(fields, "log_predictions", lambda x: losses.kl_div_loss(
        x, array(targets), reduction=reduction), reduction)


def gaussian_nll_loss(generator: random.Random) -> Case:
    shape, reduction = class_shape(generator), generator.choice(REDUCTIONS)
    full = chance(generator, 2)
    fields = {"measure": "gaussian_nll", "predictions": numbers(generator, shape, -3, 3),
              "targets": numbers(generator, shape, -3, 3), "full": full,
              "variances": each(numbers(generator, shape, 0.01, 3),
                                lambda v: generator.choice((0.0, v, v, v)))}
    return case(fields, "predictions", lambda x: losses.gaussian_nll_loss(
        x, array(fields["targets"]), array(fields["variances"]), full=full,
        reduction=reduction), reduction)


if __name__ == "__main__":
    sys.exit(main("MLX", version("mlx"), {
        "cross_entropy": cross_entropy,
        "binary_cross_entropy": binary,
        "nll_loss": nll_loss,
        "kl_div_loss": kl_div_loss,
        "gaussian_nll_loss": gaussian_nll_loss,
    }, QUIRKS))
