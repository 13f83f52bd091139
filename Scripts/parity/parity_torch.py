"""Parity with PyTorch and torchvision.

    python Scripts/parity/parity_torch.py BINARY [--questions 2500] [--seed 1]
"""

import random
import sys

import torch
import torch.nn.functional as F
from torchvision.ops import sigmoid_focal_loss as focal

from parity import Case, chance, each, flat, main, numbers

REDUCTIONS = ("none", "sum", "mean", "mean")
LOGIT = 4.0
QUIRKS = [
    "the mean with class indices divides by the sum of the labels' class weights",
    "the mean with class probabilities divides by the number of rows, class weights or not",
    "class weights weigh the smoothing mass, and ignored rows have none",
    "ignore_index is -100 unless told otherwise, and may be a class",
    "a mean of ignored rows, or of rows without weight, is NaN (here an error)",
    "class probabilities need not sum to 1 or be at most 1",
    "binary cross-entropy of probabilities floors logarithms at -100 and p(1 - p) at 1e-12",
    "weights of binary cross-entropy do not enter the divisor",
    "kl_div: the mean divides by the number of elements, batchmean by the first dimension",
    "poisson_nll_loss adds 1e-8 to a rate, Stirling's term only above 1",
    "gaussian_nll_loss takes variances below 1e-6 for it",
]


def tensor(value) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)


def case(fields: dict, name: str, call, reduction: str) -> Case:
    """The case of a loss of the field called name."""
    x = tensor(fields[name]).requires_grad_()
    loss = call(x)
    loss.sum().backward()
    asked = {"reduction": reduction}
    if reduction == "mean":
        asked = {}
    if reduction == "batchmean":
        # By the first dimension, which of more than two is not the number of rows.
        asked = {"reduction": "divided_by", "divisor": x.shape[0]}
    return Case({**fields, **asked, "preset": "pytorch", "gradient": True},
                flat(loss.detach()), flat(x.grad))


def class_shape(generator: random.Random) -> list[int]:
    count = generator.randint(1, 6)
    return generator.choice(([generator.randint(1, 5), count], [count],
                             [generator.randint(1, 3), count, generator.randint(1, 3)]))


def class_weights(generator: random.Random, count: int) -> dict:
    if not chance(generator, 2):
        return {}
    return {"class_weights": [generator.choice((0.0, 1.0, generator.uniform(0, 3)))
                              for _ in range(count)]}


def smoothing(generator: random.Random) -> dict:
    if not chance(generator, 2):
        return {}
    return {"label_smoothing": generator.choice((0.0, 0.1, 1.0, generator.random()))}


def labels(generator: random.Random, shape: list[int]) -> tuple[dict, int]:
    """Class indices, and which of them is ignored."""
    count = shape[0] if len(shape) == 1 else shape[1]
    rows = shape[:1] + shape[2:] if len(shape) > 1 else []
    drawn = each(numbers(generator, rows, 0, 1), lambda _: generator.randrange(count))
    fields, ignored = {}, -100
    if chance(generator, 3):
        ignored = generator.choice((-1, 255, generator.randrange(count)))
        fields["ignore_index"] = ignored
    if chance(generator, 2):
        drawn = each(drawn, lambda y: ignored if chance(generator, 3) else y)
    return {**fields, "class_indices": drawn}, ignored


def weight(fields: dict) -> torch.Tensor | None:
    return tensor(fields["class_weights"]) if "class_weights" in fields else None


def with_indices(generator: random.Random, measure: str) -> Case:
    shape, reduction = class_shape(generator), generator.choice(REDUCTIONS)
    chosen, ignored = labels(generator, shape)
    is_softmax = measure == "softmax_cross_entropy"
    name = "logits" if is_softmax else "log_probabilities"
    fields = {"measure": measure, **chosen,
              name: numbers(generator, shape, -LOGIT, LOGIT if is_softmax else 0),
              **class_weights(generator, shape[0] if len(shape) == 1 else shape[1]),
              **(smoothing(generator) if is_softmax else {})}
    y = torch.tensor(chosen["class_indices"])
    options = {"weight": weight(fields), "ignore_index": ignored, "reduction": reduction}
    if is_softmax:
        options["label_smoothing"] = fields.get("label_smoothing", 0.0)
    function = F.cross_entropy if is_softmax else F.nll_loss
    return case(fields, name, lambda x: function(x, y, **options), reduction)


def cross_entropy_indices(generator: random.Random) -> Case:
    return with_indices(generator, "softmax_cross_entropy")


def nll_loss(generator: random.Random) -> Case:
    return with_indices(generator, "nll_loss")


def cross_entropy_probabilities(generator: random.Random) -> Case:
    shape, reduction = class_shape(generator), generator.choice(REDUCTIONS)
    targets = tensor(numbers(generator, shape, 0, 1))
    if chance(generator, 2):
        targets = torch.softmax(4 * targets, dim=0 if len(shape) == 1 else 1)
    fields = {"measure": "softmax_cross_entropy",
              "logits": numbers(generator, shape, -LOGIT, LOGIT),
              "class_probabilities": targets.tolist(), **smoothing(generator),
              **class_weights(generator, shape[0] if len(shape) == 1 else shape[1])}
    return case(fields, "logits", lambda x: F.cross_entropy(
        x, targets, weight=weight(fields), reduction=reduction,
        label_smoothing=fields.get("label_smoothing", 0.0)), reduction)


def elements(generator: random.Random) -> list[int]:
    return generator.choice(([], [generator.randint(1, 6)],
                             [generator.randint(1, 3), generator.randint(1, 4)], [2, 2, 3]))


def element_targets(generator: random.Random, shape: list[int]):
    return each(numbers(generator, shape, 0, 1), lambda t: generator.choice((0.0, 1.0, t)))


def element_weights(generator: random.Random, shape: list[int]) -> dict:
    return {"weights": numbers(generator, shape, 0, 2)} if chance(generator, 2) else {}


def bce_with_logits(generator: random.Random) -> Case:
    shape, reduction = elements(generator), generator.choice(REDUCTIONS)
    fields = {"measure": "binary_cross_entropy", "logits": numbers(generator, shape, -LOGIT, LOGIT),
              "targets": element_targets(generator, shape), **element_weights(generator, shape)}
    if shape and chance(generator, 2):
        fields["positive_weight"] = numbers(generator, shape[-1:], 0, 5)
    options = {name: tensor(fields[key]) for name, key in
               (("weight", "weights"), ("pos_weight", "positive_weight")) if key in fields}
    return case(fields, "logits", lambda x: F.binary_cross_entropy_with_logits(
        x, tensor(fields["targets"]), reduction=reduction, **options), reduction)


def bce(generator: random.Random) -> Case:
    shape, reduction = elements(generator), generator.choice(REDUCTIONS)
    fields = {"measure": "binary_cross_entropy", "probabilities": element_targets(generator, shape),
              "targets": element_targets(generator, shape), **element_weights(generator, shape)}
    options = {"weight": tensor(fields["weights"])} if "weights" in fields else {}
    return case(fields, "probabilities", lambda p: F.binary_cross_entropy(
        p, tensor(fields["targets"]), reduction=reduction, **options), reduction)


def focal_loss(generator: random.Random) -> Case:
    shape, reduction = elements(generator), generator.choice(REDUCTIONS)
    fields = {"measure": "sigmoid_focal_loss", "logits": numbers(generator, shape, -LOGIT, LOGIT),
              "targets": element_targets(generator, shape)}
    options = {}
    if chance(generator, 2):
        fields["gamma"] = options["gamma"] = generator.choice((0.0, 0.5, 1.0, 2.0, 5.0))
    if chance(generator, 2):
        fields["alpha"] = generator.choice((None, 0.0, generator.random()))
        options["alpha"] = -1 if fields["alpha"] is None else fields["alpha"]
    return case(fields, "logits", lambda x: focal(
        x, tensor(fields["targets"]), reduction=reduction, **options), reduction)


def kl_div(generator: random.Random) -> Case:
    shape = [generator.randint(1, 4), generator.randint(1, 5)]
    if chance(generator, 3):
        shape.append(generator.randint(1, 3))
    reduction = generator.choice(REDUCTIONS + ("batchmean",))
    takes_log = chance(generator, 2)
    targets = numbers(generator, shape, -5, 0) if takes_log else element_targets(generator, shape)
    fields = {"measure": "kl_loss", "log_predictions": numbers(generator, shape, -6, 0),
              "log_targets" if takes_log else "targets": targets}
    return case(fields, "log_predictions", lambda x: F.kl_div(
        x, tensor(targets), reduction=reduction, log_target=takes_log), reduction)


def poisson_nll_loss(generator: random.Random) -> Case:
    shape, reduction = elements(generator), generator.choice(REDUCTIONS)
    takes_log, full = chance(generator, 2), chance(generator, 2)
    fields = {"measure": "poisson_nll", "full": full, "predicts_logarithms": takes_log,
              "predictions": numbers(generator, shape, -3 if takes_log else 0, 5),
              "targets": each(numbers(generator, shape, 0, 9),
                              lambda t: generator.choice((0.0, float(int(t)), t)))}
    options = {}
    if chance(generator, 3):
        fields["epsilon"] = options["eps"] = generator.random()
    return case(fields, "predictions", lambda x: F.poisson_nll_loss(
        x, tensor(fields["targets"]), log_input=takes_log, full=full, reduction=reduction,
        **options), reduction)


def gaussian_nll_loss(generator: random.Random) -> Case:
    # Of one number PyTorch wants the variance as an array.
    shape = elements(generator) or [1]
    reduction, full = generator.choice(REDUCTIONS), chance(generator, 2)
    fields = {"measure": "gaussian_nll", "predictions": numbers(generator, shape, -3, 3),
              "targets": numbers(generator, shape, -3, 3), "full": full,
              "variances": each(numbers(generator, shape, 0.01, 3),
                                lambda v: generator.choice((0.0, v, v, v)))}
    options = {}
    if chance(generator, 3):
        fields["least_variance"] = options["eps"] = generator.random() + 0.01
    return case(fields, "predictions", lambda x: F.gaussian_nll_loss(
        x, tensor(fields["targets"]), tensor(fields["variances"]), full=full,
        reduction=reduction, **options), reduction)


def functions(generator: random.Random) -> Case:
    name = generator.choice(("log_sum_exp", "log_softmax", "softmax", "sigmoid", "softplus"))
    shape = [generator.randint(1, 3), generator.randint(1, 6)]
    drawn = numbers(generator, shape, -LOGIT, LOGIT)
    x = tensor(drawn)
    if name in ("sigmoid", "softplus"):
        return Case({"measure": name, "x": drawn}, flat(getattr(F, name)(x)))
    call = torch.logsumexp if name == "log_sum_exp" else getattr(F, name)
    return Case({"measure": name, "logits": drawn}, flat(call(x, dim=1)))


if __name__ == "__main__":
    sys.exit(main("PyTorch", torch.__version__, {
        "cross_entropy, class indices": cross_entropy_indices,
        "cross_entropy, class probabilities": cross_entropy_probabilities,
        "nll_loss": nll_loss,
        "binary_cross_entropy_with_logits": bce_with_logits,
        "binary_cross_entropy": bce,
        "sigmoid_focal_loss (torchvision)": focal_loss,
        "kl_div": kl_div,
        "poisson_nll_loss": poisson_nll_loss,
        "gaussian_nll_loss": gaussian_nll_loss,
        "logsumexp, log_softmax, softmax, …": functions,
    }, QUIRKS, questions=2500))
