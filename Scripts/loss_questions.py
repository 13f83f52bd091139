"""Random questions about losses, with their certified answers.

The truth of each row comes from the tables' own definitions (loss_softmax.py,
loss_binary.py, loss_likelihood.py); what is added here is what a question adds: rows
that are ignored, weights of rows, and what the sum is divided by.
"""

import math
from fractions import Fraction
from typing import Callable

import loss_binary as binary
import loss_derivatives as derivatives
import loss_likelihood as likelihood
import loss_softmax as softmax
from balls import Value, certify
from loss_answers import Answer, Combined, certified
from loss_draft import (SCALES, Draft, arranged, logits, nested, per_row, row_weights, spelled,
                        targets)
from loss_softmax import Row
from random_masses import SplitMix64

CLASS_MEASURES = {
    "softmax_cross_entropy": (softmax.cross_entropy, softmax.derivative),
    "poly1_cross_entropy": (likelihood.poly, likelihood.poly_slope),
    "softmax_focal_loss": (likelihood.focal, likelihood.focal_slope),
    "nll_loss": (lambda row: negative_log(row), lambda row, j: negative_log_slope(row, j)),
    "categorical_cross_entropy": (derivatives.categorical, derivatives.categorical_slope),
    "kl_loss": (derivatives.kl, derivatives.kl_slope),
    "generalized_kl_loss": (likelihood.generalized, likelihood.generalized_slope),
}
ELEMENT_MEASURES = {
    "binary_cross_entropy": (derivatives.binary_loss, derivatives.binary_slope),
    "sigmoid_focal_loss": (binary.focal_loss, binary.focal_slope),
    "poisson_nll": (likelihood.poisson, likelihood.poisson_slope),
    "gaussian_nll": (likelihood.gaussian, likelihood.gaussian_slope),
}
FUNCTIONS = ("log_sum_exp", "log_softmax", "softmax", "sigmoid", "softplus")
MEASURES = [*CLASS_MEASURES, *ELEMENT_MEASURES, *FUNCTIONS]

MEANS = {None: ("mean", "mean"), "pytorch": ("weighted_mean", "batch_mean"),
         "keras": ("mean", "mean"), "onnx": ("weighted_mean", "batch_mean"),
         "optax": ("batch_mean", "batch_mean")}
"""What "mean" is with class indices, and with class probabilities."""

REDUCTIONS = ("none", "sum", "mean", "mean", "mean", "weighted_mean", "batch_mean",
              "divided_by")

FLOORS = {"pytorch": {"logFloor": -100.0}, "mlx": {"logFloor": -100.0}, "keras": {"clip": 1e-7},
          "optax": {}}
"""What frameworks do to probabilities near 0 and 1."""

def draw(measure: str, random: SplitMix64) -> tuple[dict, Combined] | None:
    """The fields, and the answers; None where a mean of nothing was drawn."""
    draft = Draft(random, measure, narrow=random.below(3) == 0)
    if draft.narrow:
        draft.fields["dtype"] = "float32"
    if measure in FUNCTIONS:
        return function(draft)
    draft.fields["gradient"] = True
    if measure in CLASS_MEASURES:
        loss, slope = CLASS_MEASURES[measure]
        shape = draw_classes(draft)
    else:
        loss, slope = ELEMENT_MEASURES[measure]
        shape = draw_elements(draft)
        slope = derivatives.alike(slope)
    mean = draw_reduction(draft)
    combined = certified(draft, loss, {"gradient": slope, **draw_derivatives(draft)}, mean, shape)
    return (spelled(draft), combined) if combined else None


def questions(count: int, seed: int) -> list[tuple[dict, Combined]]:
    """Questions in turn about every loss."""
    random, drawn, turn = SplitMix64(seed), [], 0
    while len(drawn) < count:
        turn += 1
        try:
            question = draw(MEASURES[turn % len(MEASURES)], random)
        except ArithmeticError:
            continue  # a tie between doubles no ball can decide: ask another one
        if question:
            drawn.append(question)
    return drawn


def draw_reduction(draft: Draft) -> str:
    """Sets the reduction; returns the name of what the sum is divided by."""
    random, fields = draft.random, draft.fields
    name = random.choice(REDUCTIONS)
    preset = None
    elementwise = draft.measure in ELEMENT_MEASURES or draft.measure.endswith("kl_loss")
    predicted = draft.measure == "categorical_cross_entropy"
    if name == "mean" and not elementwise and not predicted and draft.chance(2):
        preset = random.choice([key for key in MEANS if key])
        fields["preset"] = preset
    if name != "mean" or draft.chance(2):
        fields["reduction"] = name
    if name == "divided_by":
        fields["divisor"] = random.choice((1.0, 4096.0, 7.5, 1e3 * random.uniform() + 1e-3))
    if name != "mean" or elementwise:
        return name
    return MEANS[preset]["class_probabilities" in fields]


def draw_derivatives(draft: Draft) -> dict:
    """Asks for some of the derivatives that there are beside the gradient."""
    chosen = {name: slope for name, slope in derivatives.OF.get(draft.measure, {}).items()
              if derivatives.has({"measure": draft.measure, **draft.fields}, name)
              and draft.chance(2)}
    draft.fields.update(dict.fromkeys(chosen, True))
    return chosen


# Rows of logits.

def draw_classes(draft: Draft) -> list[int]:
    """Fills the rows; returns the shape of the input."""
    random, fields, measure = draft.random, draft.fields, draft.measure
    count = random.choice((1, 2, 2, 3, 3, 5, 9))
    depth = 0 if draft.chance(6) else 1 + random.below(4)
    inner = 1 + random.below(3) if depth and draft.chance(4) else None
    rows = max(depth, 1) * (inner or 1)
    common = class_options(draft, count)
    soft = measure.endswith("kl_loss") or measure[-7:] == "entropy" and draft.chance(2)
    name = {"nll_loss": "log_probabilities", "generalized_kl_loss": "log_predictions",
            "categorical_cross_entropy": "probabilities",
            "kl_loss": {"logits": "logits", "predicted": "probabilities"}.get(
                common.get("form"), "log_predictions")}.get(measure, "logits")
    if measure == "categorical_cross_entropy" and soft and draft.chance(2):
        fields["label_smoothing"] = common["smoothing"] = random.choice((0.125, 1.0))
    ignored = -100 if not soft and draft.chance(3) else None
    labels = []
    for _ in range(rows):
        row = {**common, "logits": logits(draft, count, name)}
        if soft:
            row["targets"] = targets(draft, count, common.get("form"))
        else:
            row["label"] = random.below(count)
            labels.append(row["label"])
            if ignored is not None and draft.chance(3):
                labels[-1] = ignored
        draft.rows.append(row if soft or labels[-1] != ignored else None)
    draft.weights = row_weights(draft, rows)
    draft.applied = [Fraction(0) if row is None else applied(row, soft) * Fraction(u)
                     for row, u in zip(draft.rows, draft.weights)]
    shape = [depth, count] if depth else [count]
    if inner:
        shape.append(inner)
    kept = [row or {"logits": logits(draft, count, name)} for row in draft.rows]
    fields[name] = arranged([row["logits"] for row in kept], shape)
    if soft:
        key = "log_targets" if common.get("form") == "logTargets" else \
            "targets" if measure.endswith("kl_loss") else "class_probabilities"
        fields[key] = arranged([row["targets"] for row in draft.rows], shape)
    else:
        fields["class_indices"] = per_row(labels, shape)
        if ignored is not None:
            fields["ignore_index"] = ignored
    if "sample_weights" in fields:
        fields["sample_weights"] = per_row(draft.weights, shape)
    return shape


def applied(row: dict, soft: bool) -> Fraction:
    """What a row weighs by its class weights."""
    weights = row.get("classWeights")
    if weights is None:
        return Fraction(1)
    if not soft:
        return Fraction(weights[row["label"]])
    return sum(Fraction(w) * Fraction(q) for w, q in zip(weights, row["targets"]))


def class_options(draft: Draft, count: int) -> dict:
    """Options of the measure: as fields, and as the tables call them."""
    random, fields, options = draft.random, draft.fields, {}

    def option(name: str, key: str, value) -> None:
        fields[name] = options[key] = value

    match draft.measure:
        case "softmax_cross_entropy":
            if draft.chance(3):
                option("label_smoothing", "smoothing", random.choice((0.1, 1.0, random.uniform())))
            if draft.chance(6):
                option("z_loss_scale", "zLoss", random.choice((1e-4, 1.0)))
            if draft.chance(6):
                option("logit_softcap", "softcap", random.choice((30.0, 1.0)))
        case "poly1_cross_entropy":
            option("epsilon", "eps", random.choice((0.0, 1.0, 3.0 * random.uniform())))
        case "softmax_focal_loss":
            option("gamma", "gamma", random.choice((0.0, 0.5, 1.0, 2.0, 4.0 * random.uniform())))
        case "kl_loss":
            options["form"] = random.choice(
                ("logits", "probabilities", "logTargets", "predicted"))
            if options["form"] == "predicted" and draft.chance(2):
                option("least_probability", "least", random.choice((1e-7, 0.125)))
                options["narrow"] = draft.narrow
        case "categorical_cross_entropy":
            options["form"] = random.choice(("plain", "normalized"))
            if options["form"] == "normalized":
                fields["normalize"] = True
            elif draft.chance(2):
                option("least_probability", "least", random.choice((1e-7, 0.125)))
                options["narrow"] = draft.narrow
    weighted = {"softmax_cross_entropy": "class_weights", "nll_loss": "class_weights",
                "softmax_focal_loss": "alpha"}.get(draft.measure)
    if weighted and draft.chance(3):
        weights = [draft.exact(random.choice((0.0, 1.0, 3.0 * random.uniform())))
                   for _ in range(count)]
        option(weighted, "classWeights", weights)
    return options


# Elements.

def draw_elements(draft: Draft) -> list[int]:
    random, fields, measure = draft.random, draft.fields, draft.measure
    shape = random.choice(([], [3], [1], [6], [2, 3], [3, 1], [2, 1, 2]))
    count = math.prod(shape)
    common = element_options(draft)
    positive = None
    if measure == "binary_cross_entropy" and "form" not in common and draft.chance(3):
        columns = shape[-1] if shape and draft.chance(2) else 1
        positive = [abs(x) for x in draft.numbers(columns, 4.0)]
        fields["positive_weight"] = positive if columns > 1 else positive[0]
    name = common.get("form") or ("predictions" if measure.endswith("nll") else "logits")
    for i in range(count):
        row = dict(common)
        if positive:
            row["positiveWeight"] = positive[i % len(positive)]
        row["logits"] = draft.numbers(1, random.choice(SCALES if name == "logits" else (1.0, 9.0)))
        if name == "probabilities":
            row["logits"] = [probability(draft)]
        if measure == "poisson_nll" and not common["log"]:
            row["logits"] = [abs(row["logits"][0])]
        row["targets"] = [element_target(draft)]
        if measure == "gaussian_nll":
            row["variances"] = [draft.exact(random.uniform() * 10.0 ** random.signed() + 1e-6)]
        draft.rows.append(row)
    draft.weights = row_weights(draft, count, "weights")
    draft.applied = [Fraction(u) for u in draft.weights]
    fields[name] = nested([row["logits"][0] for row in draft.rows], shape)
    fields["targets"] = nested([row["targets"][0] for row in draft.rows], shape)
    if measure == "gaussian_nll":
        fields["variances"] = nested([row["variances"][0] for row in draft.rows], shape)
    if "weights" in fields:
        fields["weights"] = nested(draft.weights, shape)
    return shape


def element_options(draft: Draft) -> dict:
    random, fields = draft.random, draft.fields
    match draft.measure:
        case "binary_cross_entropy":
            if draft.chance(2):
                return probability_options(draft)
            if draft.chance(2):
                return {}
            fields["label_smoothing"] = random.choice((0.1, 1.0, random.uniform()))
            return {"smoothing": fields["label_smoothing"]}
        case "sigmoid_focal_loss":
            fields["gamma"] = random.choice((0.0, 0.5, 2.0, 4.0 * random.uniform()))
            fields["alpha"] = random.choice((None, 0.25, random.uniform()))
            fields["soft_targets"] = random.choice(("mixture", "termwise"))
            return {"gamma": fields["gamma"], "alpha": fields["alpha"],
                    "convention": fields["soft_targets"]}
        case "poisson_nll":
            fields["predicts_logarithms"] = random.below(2) == 0
            fields["full"] = random.below(2) == 0
            fields["epsilon"] = random.choice((0.0, 1e-8, 0.5))
            return {"log": fields["predicts_logarithms"], "full": fields["full"],
                    "eps": fields["epsilon"]}
        case _:
            fields["full"] = random.below(2) == 0
            return {"full": fields["full"]}


def probability_options(draft: Draft) -> dict:
    """What becomes of probabilities near 0 and 1: as fields, and as the truth takes it."""
    random, fields = draft.random, draft.fields
    options = {"form": "probabilities", "narrow": draft.narrow}
    match random.below(4):
        case 0:
            fields["preset"] = random.choice(list(FLOORS))
            options |= FLOORS[fields["preset"]]
        case 1: fields["log_floor"] = options["logFloor"] = random.choice((-100.0, -2.5, -1e-3))
        case 2: fields["epsilon"] = options["clip"] = random.choice((1e-7, 0.125, 0.0, 0.3))
        case _:
            if draft.chance(2):
                fields["preset"], fields["log_floor"] = random.choice(list(FLOORS)), None
    return options


def probability(draft: Draft) -> float:
    random = draft.random
    return draft.exact(random.choice((0.0, 1.0, 0.5, 1e-9 * random.uniform(), random.uniform(),
                                      random.uniform(), 1.0 - 1e-6 * random.uniform())))


def element_target(draft: Draft) -> float:
    random = draft.random
    match draft.measure:
        case "poisson_nll": return draft.exact(random.choice((0.0, 1.0, 50.0 * random.uniform())))
        case "gaussian_nll": return draft.exact(3.0 * random.signed())
        case _: return draft.exact(random.choice((0.0, 1.0, random.uniform())))


# Definitions that no table has.

def negative_log(row: dict) -> Value:
    weight = row.get("classWeights", [1.0] * len(row["logits"]))[row["label"]]
    return Fraction(weight) * -Fraction(row["logits"][row["label"]])


def negative_log_slope(row: dict, j: int) -> Value:
    weight = row.get("classWeights", [1.0] * len(row["logits"]))[row["label"]]
    return -Fraction(weight) if j == row["label"] else 0


def function(draft: Draft) -> tuple[dict, Combined]:
    random, measure = draft.random, draft.measure
    if measure in ("sigmoid", "softplus"):
        shape = random.choice(([], [4], [2, 2]))
        xs = draft.numbers(math.prod(shape), random.choice(SCALES))
        draft.fields["x"] = nested(xs, shape)
        calls: list[Callable[[], Value]] = [
            (lambda x=x: -log_or_share(measure, [0.0, x])) for x in xs]
        return spelled(draft), Combined([Answer(certify(call), draft.narrow) for call in calls])
    count = random.choice((1, 2, 3, 7))
    rows = [logits(draft, count, "logits") for _ in range(1 + random.below(3))]
    draft.fields["logits"] = rows
    places = [(row, j) for row in rows for j in range(1 if measure == "log_sum_exp" else count)]
    calls = [(lambda row=row, j=j: share(measure, row, j)) for row, j in places]
    return spelled(draft), Combined([Answer(certify(call), draft.narrow) for call in calls])


def log_or_share(measure: str, row: list[float]) -> Value:
    """Minus the sigmoid or the softplus of the second of two logits, the first being 0."""
    balls = Row(row)
    return -balls.powers[1] / balls.total if measure == "sigmoid" else -balls.surprisal(0)


def share(measure: str, row: list[float], j: int) -> Value:
    balls = Row(row)
    match measure:
        case "log_sum_exp": return balls.log_sum_exp()
        case "log_softmax": return -balls.surprisal(j)
        case _:
            if balls.depths[j] is None:
                return 0
            return 1 if balls.alone else balls.powers[j] / balls.total
