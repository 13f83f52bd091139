"""PyTorch's losses, for `infotheory conformance` to examine.

    python3 -m venv .venv-conformance
    .venv-conformance/bin/pip install -r Examples/conformance/requirements.txt
    infotheory conformance \
      --command '.venv-conformance/bin/python Examples/conformance/torch_losses.py'

With the argument `one-hot` labels are given to it as probabilities.

What PyTorch calls the mean is the weighted mean of class indices; a reduction or an option
that it lacks is answered as unsupported, which is no fault.
"""

import sys

import torch
import torch.nn.functional as F
from serve import Unsupported, number, serve

IGNORED = -100
"""PyTorch's own label for rows to ignore, which stands for any that is not asked for."""


ONE_HOT = sys.argv[1:] == ["one-hot"]


def tensor(question, values):
    single = question.get("dtype") == "float32"
    return torch.tensor(number(values), dtype=torch.float32 if single else torch.float64)


def reduction(question, names):
    if question["reduction"] not in names:
        raise Unsupported
    return names[question["reduction"]]


def with_gradient(loss, logits):
    loss.backward()
    return {"value": loss.item(), "gradient": logits.grad.tolist()}


def softmax_cross_entropy(question):
    if "sample_weights" in question:
        raise Unsupported
    if "class_probabilities" in question:
        targets = tensor(question, question["class_probabilities"])
        return softmax_cross_entropy_of_probabilities(question, targets)
    if ONE_HOT:
        labels = torch.tensor(question["class_indices"])
        targets = F.one_hot(labels, len(question["logits"][0]))
        return softmax_cross_entropy_of_probabilities(question, targets)
    weight = question.get("class_weights")
    ignored = question.get("ignore_index", IGNORED)
    if ignored == IGNORED and "ignore_index" not in question and IGNORED in question["class_indices"]:
        ignored = -IGNORED  # so that it is a bad label, as any other is
    logits = tensor(question, question["logits"]).requires_grad_()
    names = {"sum": "sum", "weighted_mean": "mean"}
    if weight is None:
        names["mean"] = "mean"
    loss = F.cross_entropy(
        logits,
        torch.tensor(question["class_indices"]),
        weight=None if weight is None else tensor(question, weight),
        ignore_index=ignored,
        label_smoothing=question.get("label_smoothing", 0.0),
        reduction=reduction(question, names),
    )
    return with_gradient(loss, logits)


def softmax_cross_entropy_of_probabilities(question, targets):
    if "class_weights" in question or "ignore_index" in question:
        raise Unsupported
    logits = tensor(question, question["logits"]).requires_grad_()
    loss = F.cross_entropy(
        logits,
        targets.to(logits.dtype),
        label_smoothing=question.get("label_smoothing", 0.0),
        reduction=reduction(question, {"sum": "sum", "mean": "mean", "batch_mean": "mean"}),
    )
    return with_gradient(loss, logits)


def binary_cross_entropy(question):
    logits = tensor(question, question["logits"]).requires_grad_()
    weights = question.get("weights")
    positive = question.get("positive_weight")
    names = {"sum": "sum", "mean": "mean", "batch_mean": "mean"}
    if weights is None:
        names["weighted_mean"] = "mean"
    loss = F.binary_cross_entropy_with_logits(
        logits,
        tensor(question, question["targets"]),
        weight=None if weights is None else tensor(question, weights),
        pos_weight=None if positive is None else tensor(question, positive),
        reduction=reduction(question, names),
    )
    return with_gradient(loss, logits)


def sigmoid_focal_loss(question):
    """As torchvision.ops.sigmoid_focal_loss has it, line by line from its definition."""
    logits = tensor(question, question["logits"]).requires_grad_()
    targets = tensor(question, question["targets"])
    if not ((targets >= 0) & (targets <= 1)).all():
        raise ValueError("targets must be in 0 … 1")
    if "weights" in question:
        raise Unsupported
    p = torch.sigmoid(logits)
    entropy = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    loss = entropy * (1 - (p * targets + (1 - p) * (1 - targets))) ** question["gamma"]
    if (alpha := question["alpha"]) is not None:
        loss = (alpha * targets + (1 - alpha) * (1 - targets)) * loss
    names = {"sum": "sum", "mean": "mean", "batch_mean": "mean", "weighted_mean": "mean"}
    loss = loss.sum() if reduction(question, names) == "sum" else loss.mean()
    return with_gradient(loss, logits)


def entropy(question):
    return {"value": torch.special.entr(tensor(question, question["p"])).sum().item()}


def kl_divergence(question):
    # One-hot rows and zeros are where its 0 times infinity shows.
    p, q = tensor(question, question["p"]), tensor(question, question["q"])
    return {"value": F.kl_div(q.log(), p, reduction="sum").item()}


serve(
    {
        "softmax_cross_entropy": softmax_cross_entropy,
        "binary_cross_entropy": binary_cross_entropy,
        "sigmoid_focal_loss": sigmoid_focal_loss,
        "entropy": entropy,
        "kl_divergence": kl_divergence,
    }
)
