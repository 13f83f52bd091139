"""Parity with the operators of ONNX, in its reference evaluator. It has no gradients.

    python Scripts/parity/parity_onnx.py BINARY [--questions 600] [--seed 1]
"""

import random
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from parity import Case, chance, each, flat, main, numbers

LOGIT = 4.0
REDUCTIONS = ("none", "sum", "mean", "mean")
QUIRKS = [
    "the mean divides by the sum of the labels' class weights",
    "there is no ignore_index unless told; it may be a class",
    "a mean of ignored rows, or of rows without weight, is NaN (here an error)",
]


def run(operator: str, x, y, weights, attributes: dict) -> np.ndarray:
    inputs = {"x": np.array(x, dtype=np.float64), "y": np.array(y, dtype=np.int64)}
    if weights is not None:
        inputs["w"] = np.array(weights, dtype=np.float64)
    node = helper.make_node(operator, list(inputs), ["loss"], **attributes)
    graph = helper.make_graph(
        [node], "loss",
        [helper.make_tensor_value_info(
            name, TensorProto.INT64 if name == "y" else TensorProto.DOUBLE, None)
         for name in inputs],
        [helper.make_tensor_value_info("loss", TensorProto.DOUBLE, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    return ReferenceEvaluator(model).run(None, inputs)[0]


def case(generator: random.Random, operator: str, measure: str, name: str, high: float) -> Case:
    shape = [generator.randint(1, 4), generator.randint(1, 5)]
    rows = shape[:1]
    if chance(generator, 2):
        rows.append(generator.randint(1, 3))
        shape.append(rows[1])
    labels = each(numbers(generator, rows, 0, 1), lambda _: generator.randrange(shape[1]))
    reduction = generator.choice(REDUCTIONS)
    fields, attributes = {}, {"reduction": reduction}
    if chance(generator, 2):
        # Not -1, which the evaluator's NegativeLogLikelihoodLoss takes for none.
        ignored = generator.choice((-100, 255, generator.randrange(shape[1])))
        fields["ignore_index"] = attributes["ignore_index"] = ignored
        labels = each(labels, lambda y: ignored if chance(generator, 3) else y)
    if chance(generator, 2):
        fields["class_weights"] = [generator.choice((0.0, 1.0, generator.uniform(0, 3)))
                                   for _ in range(shape[1])]
    fields |= {"measure": measure, name: numbers(generator, shape, -LOGIT, high),
               "class_indices": labels, "reduction": reduction, "preset": "onnx"}
    return Case(fields, flat(run(
        operator, fields[name], labels, fields.get("class_weights"), attributes)))


def cross_entropy(generator: random.Random) -> Case:
    return case(generator, "SoftmaxCrossEntropyLoss", "softmax_cross_entropy", "logits", LOGIT)


def likelihood(generator: random.Random) -> Case:
    return case(generator, "NegativeLogLikelihoodLoss", "nll_loss", "log_probabilities", 0)


if __name__ == "__main__":
    sys.exit(main("ONNX", onnx.__version__, {
        "SoftmaxCrossEntropyLoss": cross_entropy,
        "NegativeLogLikelihoodLoss": likelihood,
    }, QUIRKS))
