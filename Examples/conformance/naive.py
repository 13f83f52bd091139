"""Losses and a divergence as a textbook writes them, for `infotheory conformance` to fault.

    infotheory conformance --command 'python3 Examples/conformance/naive.py'

Needs nothing but Python. Every line is right on paper; the report names what is wrong with
it in doubles: confident rows lose all digits, 0 times infinity is NaN, an ignored row that
holds NaN spoils the batch, a weighted mean divides by the number of rows, and label -1 is
the last class.
"""

from math import exp, inf, log

from serve import number, serve


def softmax(row):
    top = max(row)
    powers = [exp(x - top) for x in row]
    total = sum(powers)
    return [power / total for power in powers]


def natural_log(x):
    return log(x) if x > 0 else -inf


def softmax_cross_entropy(question):
    labels = question["class_indices"]
    classes = len(question["logits"][0])
    class_weights = question.get("class_weights", [1.0] * classes)
    sample_weights = question.get("sample_weights", [1.0] * len(labels))
    smoothing = question.get("label_smoothing", 0.0)
    value, gradient = 0.0, []
    for row, label, sample in zip(number(question["logits"]), labels, sample_weights):
        used = 0.0 if label == question.get("ignore_index") else 1.0
        p = softmax(row)
        target = [smoothing / classes] * classes
        target[label if used else 0] += 1 - smoothing
        weighted = [w * t for w, t in zip(class_weights, target)]
        value += used * sample * sum(-t * natural_log(x) for t, x in zip(weighted, p))
        total = sum(weighted)
        gradient.append([used * sample * (total * x - t) for t, x in zip(weighted, p)])
    divisor = 1 if question["reduction"] == "sum" else len(labels)
    return {"value": value / divisor, "gradient": [[g / divisor for g in row] for row in gradient]}


def binary_cross_entropy(question):
    weights = question.get("weights", [1.0] * len(question["logits"]))
    positive = question.get("positive_weight", 1.0)
    value, gradient = 0.0, []
    for x, t, w in zip(number(question["logits"]), number(question["targets"]), weights):
        p = 1 / (1 + exp(-x))
        value -= w * (positive * t * natural_log(p) + (1 - t) * natural_log(1 - p))
        gradient.append(w * ((1 - t) * p - positive * t * (1 - p)))
    divisor = 1 if question["reduction"] == "sum" else len(weights)
    return {"value": value / divisor, "gradient": [g / divisor for g in gradient]}


def kl_divergence(question):
    pairs = zip(number(question["p"]), number(question["q"]))
    return {"value": sum(p * (natural_log(p) - natural_log(q)) for p, q in pairs)}


serve(
    {
        "softmax_cross_entropy": softmax_cross_entropy,
        "binary_cross_entropy": binary_cross_entropy,
        "kl_divergence": kl_divergence,
    }
)
