"""Parity with Keras, on its JAX backend.

    python Scripts/parity/parity_keras.py BINARY [--questions 600] [--seed 1]

Losses of rows are compared in double precision.  Where Keras takes a mean over the last
axis it rounds to single precision on every backend but TensorFlow's, so there the
comparison is as fine as that.
"""

import os
import random
import sys

os.environ["KERAS_BACKEND"] = "jax"

import jax
import jax.numpy as jnp
import keras
from keras import losses

from parity import TOLERANCE, Case, chance, flat, main, numbers

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")

LOGIT = 4.0
SINGLE = 2e-6
QUIRKS = [
    "sum_over_batch_size divides by the rows that are not ignored, whatever they weigh",
    "a mean of ignored rows is 0",
    "probabilities are brought into 1e-7 … 1 - 1e-7, where the gradient outside is 0",
    "BinaryFocalCrossentropy has no alpha unless apply_class_balancing",
    "Poisson adds 1e-7 to a rate",
]


def case(fields: dict, name: str, call, tolerance: float = TOLERANCE) -> Case:
    x = jnp.array(fields[name])
    gradient = jax.grad(lambda x: jnp.sum(call(x)))(x)
    return Case({**fields, "preset": "keras", "gradient": True}, flat(call(x)), flat(gradient),
                tolerance)


def shape_of(generator: random.Random) -> list[int]:
    """One of a few shapes, because each new one is compiled."""
    return generator.choice(([1, 3], [4, 2], [3, 5]))


def reduction(generator: random.Random) -> tuple[dict, str | None]:
    """As a field, and as Keras has it."""
    return generator.choice((({}, "sum_over_batch_size"), ({"reduction": "sum"}, "sum"),
                             ({"reduction": "none"}, None)))


def sample_weights(generator: random.Random, rows: int) -> tuple[dict, jax.Array | None]:
    if chance(generator, 2):
        return {}, None
    weights = numbers(generator, [rows], 0, 2)
    return {"sample_weights": weights}, jnp.array(weights)


def sparse(generator: random.Random) -> Case:
    (rows, count), (asked, name) = shape_of(generator), reduction(generator)
    labels = [generator.randrange(count) for _ in range(rows)]
    ignored = generator.choice((None, generator.randrange(count)))
    weighted, weights = sample_weights(generator, rows) if ignored is None else ({}, None)
    fields = {"measure": "softmax_cross_entropy", "class_indices": labels, **asked, **weighted,
              "logits": numbers(generator, [rows, count], -LOGIT, LOGIT)}
    if ignored is not None:
        fields["ignore_index"] = ignored
    loss = losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=ignored, reduction=name)
    return case(fields, "logits", lambda x: loss(jnp.array(labels), x, sample_weight=weights))


def categorical(generator: random.Random) -> Case:
    (rows, count), (asked, name) = shape_of(generator), reduction(generator)
    targets = jnp.array(numbers(generator, [rows, count], 0, 1))
    if chance(generator, 2):
        targets = jax.nn.softmax(4 * targets)
    smoothing = generator.choice((0.0, 0.1, generator.random()))
    weighted, weights = sample_weights(generator, rows)
    fields = {"measure": "softmax_cross_entropy", "class_probabilities": targets.tolist(),
              "logits": numbers(generator, [rows, count], -LOGIT, LOGIT),
              "label_smoothing": smoothing, **asked, **weighted}
    loss = losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=smoothing, reduction=name)
    return case(fields, "logits", lambda x: loss(targets, x, sample_weight=weights))


def binary_targets(generator: random.Random, shape: list[int]) -> jax.Array:
    targets = jnp.array(numbers(generator, shape, 0, 1))
    return jnp.round(targets) if chance(generator, 2) else targets


def binary_logits(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = binary_targets(generator, shape)
    smoothing = generator.choice((0.0, 0.1, generator.random()))
    fields = {"measure": "binary_cross_entropy", "targets": targets.tolist(),
              "logits": numbers(generator, shape, -LOGIT, LOGIT), "label_smoothing": smoothing}
    loss = losses.BinaryCrossentropy(from_logits=True, label_smoothing=smoothing)
    return case(fields, "logits", lambda x: loss(targets, x), SINGLE)


def binary_probabilities(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = binary_targets(generator, shape)
    fields = {"measure": "binary_cross_entropy", "targets": targets.tolist(),
              "probabilities": binary_targets(generator, shape).tolist()}
    return case(fields, "probabilities", lambda x: losses.BinaryCrossentropy()(targets, x),
                SINGLE)


def binary_focal(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = binary_targets(generator, shape)
    gamma = generator.choice((0.0, 0.5, 2.0, 5.0))
    alpha = generator.choice((None, generator.random()))
    fields = {"measure": "sigmoid_focal_loss", "targets": targets.tolist(), "gamma": gamma,
              "logits": numbers(generator, shape, -LOGIT, LOGIT)}
    options = {}
    if alpha is not None:
        fields["alpha"] = alpha
        options = {"alpha": alpha, "apply_class_balancing": True}
    loss = losses.BinaryFocalCrossentropy(from_logits=True, gamma=gamma, **options)
    return case(fields, "logits", lambda x: loss(targets, x), SINGLE)


def categorical_focal(generator: random.Random) -> Case:
    (rows, count), (asked, name) = shape_of(generator), reduction(generator)
    labels = [generator.randrange(count) for _ in range(rows)]
    gamma, alpha = generator.choice((0.0, 0.5, 2.0, 5.0)), generator.random()
    fields = {"measure": "softmax_focal_loss", "class_indices": labels, "gamma": gamma, **asked,
              "alpha": [alpha] * count, "logits": numbers(generator, [rows, count], -2, 2)}
    loss = losses.CategoricalFocalCrossentropy(
        from_logits=True, alpha=alpha, gamma=gamma, reduction=name)
    one_hot = jax.nn.one_hot(jnp.array(labels), count)
    return case(fields, "logits", lambda x: loss(one_hot, x))


def poisson(generator: random.Random) -> Case:
    shape = shape_of(generator)
    targets = numbers(generator, shape, 0, 9)
    fields = {"measure": "poisson_nll", "targets": targets, "predicts_logarithms": False,
              "predictions": numbers(generator, shape, 0.1, 9)}
    return case(fields, "predictions", lambda x: losses.Poisson()(jnp.array(targets), x),
                SINGLE)


if __name__ == "__main__":
    sys.exit(main("Keras", keras.__version__, {
        "SparseCategoricalCrossentropy(from_logits)": sparse,
        "CategoricalCrossentropy(from_logits)": categorical,
        "BinaryCrossentropy(from_logits)": binary_logits,
        "BinaryCrossentropy": binary_probabilities,
        "BinaryFocalCrossentropy(from_logits)": binary_focal,
        "CategoricalFocalCrossentropy(from_logits)": categorical_focal,
        "Poisson": poisson,
    }, QUIRKS))
