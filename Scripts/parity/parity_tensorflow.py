"""Parity with TensorFlow's tf.nn.

    python Scripts/parity/parity_tensorflow.py BINARY [--questions 600] [--seed 1]
"""

import os
import random
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf

from parity import Case, chance, each, flat, main, numbers

LOGIT = 4.0
REDUCTIONS = ("none", "sum", "mean", "mean")
QUIRKS = [
    "every function returns a loss for each row; their mean divides by the number of rows",
    "class probabilities need not sum to 1: the loss counts their total, the gradient takes "
    "it for 1",
    "pos_weight of weighted_cross_entropy_with_logits weighs positives",
    "log_poisson_loss with compute_full_loss adds Stirling's term only above 1",
]


def tensor(value) -> tf.Tensor:
    return tf.constant(value, dtype=tf.float64)


def case(fields: dict, name: str, call, reduction: str) -> Case:
    """The case of a loss of the field called name, reduced as its user would."""
    reduce = {"none": lambda rows: rows, "sum": tf.reduce_sum, "mean": tf.reduce_mean}[reduction]
    x = tensor(fields[name])
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = reduce(call(x))
    return Case({**fields, "reduction": reduction, "preset": "tensorflow", "gradient": True},
                flat(loss.numpy()), flat(tape.gradient(loss, x).numpy()))


def class_shape(generator: random.Random) -> list[int]:
    return [generator.randint(1, 5), generator.randint(1, 6)]


def sparse(generator: random.Random) -> Case:
    rows, count = class_shape(generator)
    labels = [generator.randrange(count) for _ in range(rows)]
    fields = {"measure": "softmax_cross_entropy", "class_indices": labels,
              "logits": numbers(generator, [rows, count], -LOGIT, LOGIT)}
    return case(fields, "logits", lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=labels, logits=x), generator.choice(REDUCTIONS))


def probabilities(generator: random.Random) -> Case:
    shape = class_shape(generator)
    targets = tensor(numbers(generator, shape, 0, 1))
    if chance(generator, 2):
        targets = tf.nn.softmax(4 * targets)
    fields = {"measure": "softmax_cross_entropy",
              "class_probabilities": targets.numpy().tolist(),
              "logits": numbers(generator, shape, -LOGIT, LOGIT)}
    return case(fields, "logits", lambda x: tf.nn.softmax_cross_entropy_with_logits(
        labels=targets, logits=x), generator.choice(REDUCTIONS))


def sigmoid(generator: random.Random) -> Case:
    shape = class_shape(generator)
    targets = each(numbers(generator, shape, 0, 1), lambda t: generator.choice((0.0, 1.0, t)))
    fields = {"measure": "binary_cross_entropy", "targets": targets,
              "logits": numbers(generator, shape, -LOGIT, LOGIT)}
    if chance(generator, 2):
        return case(fields, "logits", lambda x: tf.nn.sigmoid_cross_entropy_with_logits(
            labels=tensor(targets), logits=x), generator.choice(REDUCTIONS))
    fields["positive_weight"] = 5 * generator.random()
    return case(fields, "logits", lambda x: tf.nn.weighted_cross_entropy_with_logits(
        labels=tensor(targets), logits=x, pos_weight=fields["positive_weight"]),
        generator.choice(REDUCTIONS))


def poisson(generator: random.Random) -> Case:
    shape, full = class_shape(generator), chance(generator, 2)
    targets = each(numbers(generator, shape, 0, 9),
                   lambda t: generator.choice((0.0, float(int(t)), t)))
    fields = {"measure": "poisson_nll", "targets": targets, "full": full,
              "predictions": numbers(generator, shape, -3, 3)}
    return case(fields, "predictions", lambda x: tf.nn.log_poisson_loss(
        tensor(targets), x, compute_full_loss=full), generator.choice(REDUCTIONS))


if __name__ == "__main__":
    sys.exit(main("TensorFlow", tf.__version__, {
        "sparse_softmax_cross_entropy_with_logits": sparse,
        "softmax_cross_entropy_with_logits": probabilities,
        "sigmoid_ and weighted_cross_entropy": sigmoid,
        "log_poisson_loss": poisson,
    }, QUIRKS))
