"""Parity with Optax.

    python Scripts/parity/parity_optax.py BINARY [--questions 600] [--seed 1]
"""

import random
import sys

import jax
import jax.numpy as jnp
import optax
from optax import losses

from parity import Case, chance, flat, main, numbers

jax.config.update("jax_enable_x64", True)

LOGIT = 4.0
REDUCTIONS = ("none", "sum", "mean")
QUIRKS = [
    "every function returns a loss for each row; their mean divides by the number of rows",
    "class probabilities need not sum to 1",
    "sigmoid_focal_loss has no alpha unless told",
    "where class indices come with ignored rows, optax has a mask, and no default index",
]


def case(fields: dict, name: str, call, reduction: str) -> Case:
    """The case of a loss of the field called name, reduced as its user would."""
    reduce = {"none": lambda rows: rows, "sum": jnp.sum, "mean": jnp.mean}[reduction]
    x = jnp.array(fields[name])
    gradient = jax.grad(lambda x: jnp.sum(reduce(call(x))))(x)
    return Case({**fields, "reduction": reduction, "preset": "optax", "gradient": True},
                flat(reduce(call(x))), flat(gradient))


def shape_of(generator: random.Random) -> list[int]:
    """One of a few shapes, because each new one is compiled."""
    return generator.choice(([3], [2, 4], [4, 3], [1, 5]))


def targets_of(generator: random.Random, shape: list[int]):
    targets = jnp.array(numbers(generator, shape, 0, 1))
    if chance(generator, 2):
        targets = jax.nn.softmax(4 * targets)
    return targets


def integer_labels(generator: random.Random) -> Case:
    shape = shape_of(generator)
    labels = [generator.randrange(shape[-1]) for _ in range(shape[0] if len(shape) > 1 else 1)]
    labels = labels if len(shape) > 1 else labels[0]
    fields = {"measure": "softmax_cross_entropy", "class_indices": labels,
              "logits": numbers(generator, shape, -LOGIT, LOGIT)}
    return case(fields, "logits", lambda x: losses.softmax_cross_entropy_with_integer_labels(
        x, jnp.array(labels)), generator.choice(REDUCTIONS))


def probabilities(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = targets_of(generator, shape)
    smoothing = generator.choice((0.0, 0.1, generator.random()))
    fields = {"measure": "softmax_cross_entropy", "class_probabilities": targets.tolist(),
              "logits": numbers(generator, shape, -LOGIT, LOGIT), "label_smoothing": smoothing}
    return case(fields, "logits", lambda x: losses.softmax_cross_entropy(
        x, losses.smooth_labels(targets, smoothing)), generator.choice(REDUCTIONS))


def poly(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = targets_of(generator, shape)
    epsilon = generator.choice((0.0, 1.0, 2.0, generator.uniform(-1, 5)))
    fields = {"measure": "poly1_cross_entropy", "class_probabilities": targets.tolist(),
              "logits": numbers(generator, shape, -LOGIT, LOGIT), "epsilon": epsilon}
    return case(fields, "logits", lambda x: losses.poly_loss_cross_entropy(
        x, targets, epsilon=epsilon), generator.choice(REDUCTIONS))


def binary_targets(generator: random.Random, shape: list[int]):
    targets = jnp.array(numbers(generator, shape, 0, 1))
    return jnp.round(targets) if chance(generator, 2) else targets


def sigmoid_cross_entropy(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = binary_targets(generator, shape)
    fields = {"measure": "binary_cross_entropy", "targets": targets.tolist(),
              "logits": numbers(generator, shape, -LOGIT, LOGIT)}
    return case(fields, "logits", lambda x: losses.sigmoid_binary_cross_entropy(x, targets),
                generator.choice(REDUCTIONS))


def focal(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = binary_targets(generator, shape)
    fields = {"measure": "sigmoid_focal_loss", "targets": targets.tolist(),
              "logits": numbers(generator, shape, -LOGIT, LOGIT)}
    options = {}
    if chance(generator, 2):
        fields["gamma"] = options["gamma"] = generator.choice((0.0, 0.5, 2.0, 5.0))
    if chance(generator, 2):
        fields["alpha"] = options["alpha"] = generator.random()
    return case(fields, "logits", lambda x: losses.sigmoid_focal_loss(x, targets, **options),
                generator.choice(REDUCTIONS))


def divergence(generator: random.Random) -> Case:
    shape = shape_of(generator)
    kind = generator.randrange(3)
    targets = targets_of(generator, shape)
    if kind == 1:
        targets = jnp.log(targets)
    fields = {"measure": "generalized_kl_loss" if kind == 2 else "kl_loss",
              "log_predictions": numbers(generator, shape, -6, 0),
              "log_targets" if kind == 1 else "targets": targets.tolist()}
    function = (losses.kl_divergence, losses.kl_divergence_with_log_targets,
                losses.generalized_kl_divergence)[kind]
    return case(fields, "log_predictions", lambda x: function(x, targets),
                generator.choice(REDUCTIONS))


if __name__ == "__main__":
    sys.exit(main("Optax", optax.__version__, {
        "softmax_cross_entropy_with_integer_labels": integer_labels,
        "softmax_cross_entropy, smooth_labels": probabilities,
        "poly_loss_cross_entropy": poly,
        "sigmoid_binary_cross_entropy": sigmoid_cross_entropy,
        "sigmoid_focal_loss": focal,
        "kl_divergence and its relatives": divergence,
    }, QUIRKS))
