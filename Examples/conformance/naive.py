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
    def loss(p, target):
        weights = question.get("class_weights", [1.0] * len(p))
        weighted = [w * t for w, t in zip(weights, target)]
        total = sum(weighted)
        return (
            sum(-t * natural_log(x) for t, x in zip(weighted, p)),
            [total * x - t for t, x in zip(weighted, p)],
        )

    return of_rows(question, loss)


def softmax_focal_loss(question):
    gamma = question["gamma"]

    def loss(p, target):
        y = target.index(1.0)
        alpha = question.get("alpha", [1.0] * len(p))[y]
        missed = 1 - p[y]
        slope = gamma * missed ** (gamma - 1) * natural_log(p[y]) - missed**gamma / p[y]
        return (
            -alpha * missed**gamma * natural_log(p[y]),
            [alpha * slope * p[y] * ((c == y) - x) for c, x in enumerate(p)],
        )

    return of_rows(question, loss)


def of_rows(question, loss):
    rows = number(question["logits"])
    classes, smoothing = len(rows[0]), question.get("label_smoothing", 0.0)
    sample_weights = question.get("sample_weights", [1.0] * len(rows))
    value, gradient = 0.0, []
    for n, (row, sample) in enumerate(zip(rows, sample_weights)):
        used = 1.0
        if "class_probabilities" in question:
            target = number(question["class_probabilities"])[n]
        else:
            label = question["class_indices"][n]
            used = 0.0 if label == question.get("ignore_index") else 1.0
            target = [smoothing / classes] * classes
            target[label if used else 0] += 1 - smoothing
        loss_of_row, slopes = loss(softmax(row), target)
        value += used * sample * loss_of_row
        gradient.append([used * sample * slope for slope in slopes])
    divisor = 1 if question["reduction"] == "sum" else len(rows)
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


def sigmoid_focal_loss(question):
    """Without a gradient, which is no fault."""
    weights = question.get("weights", [1.0] * len(question["logits"]))
    alpha, value = question["alpha"], 0.0
    for x, t, w in zip(number(question["logits"]), number(question["targets"]), weights):
        p = 1 / (1 + exp(-x))
        loss = -t * natural_log(p) - (1 - t) * natural_log(1 - p)
        scale = 1.0 if alpha is None else alpha * t + (1 - alpha) * (1 - t)
        value += w * scale * (1 - (p * t + (1 - p) * (1 - t))) ** question["gamma"] * loss
    return {"value": value / (1 if question["reduction"] == "sum" else len(weights))}


def entropy(question):
    return {"value": -sum(p * natural_log(p) for p in number(question["p"]))}


def kl_divergence(question):
    pairs = zip(number(question["p"]), number(question["q"]))
    return {"value": sum(p * (natural_log(p) - natural_log(q)) for p, q in pairs)}


serve(
    {
        "softmax_cross_entropy": softmax_cross_entropy,
        "softmax_focal_loss": softmax_focal_loss,
        "binary_cross_entropy": binary_cross_entropy,
        "sigmoid_focal_loss": sigmoid_focal_loss,
        "entropy": entropy,
        "kl_divergence": kl_divergence,
    }
)
