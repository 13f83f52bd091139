"""What a question about a loss is to be answered with, and how far off an answer is."""

import math
import struct
from dataclasses import dataclass, field
from fractions import Fraction

from balls import INFINITY, Truth, Value, certify
from loss_softmax import ball

CANCELLING = Fraction(1, 1 << 68)
"""Of the parts of a sum that cancel, what the library may be off by."""


@dataclass(frozen=True)
class Answer:
    """One number of an answer: its truth, and the error that is allowed beside the ulps."""

    truth: Truth
    narrow: bool
    slack: Fraction = Fraction(0)

    def error(self, got: float) -> float:
        """How far off a number is, in units in the last place of its type."""
        nearest = self.truth.double()
        if self.narrow and math.isfinite(nearest):
            nearest = narrowed(nearest)
        if self.truth.is_exact_zero or not math.isfinite(nearest) or not math.isfinite(got):
            return 0.0 if got == nearest else math.inf
        distance = max(abs(Fraction(got) - self.truth.fraction()) - self.slack, Fraction(0))
        return float(min(distance / Fraction(spacing(nearest, self.narrow)), Fraction(10) ** 300))


@dataclass(frozen=True)
class Combined:
    """All numbers of an answer, in the order in which JSON lists them."""

    value: list[Answer]
    derivatives: dict[str, list[Answer]] = field(default_factory=dict)

    def errors(self, reply: dict) -> list[float]:
        """The errors of a reply; raises ValueError where its form is wrong."""
        wanted, got = list(self.value), numbers(reply.get("value"))
        for name, answers in self.derivatives.items():
            wanted, got = wanted + answers, got + numbers(reply.get(name))
        if extra := set(reply) - {"id", "value", *self.derivatives}:
            raise ValueError(f"nobody asked for {', '.join(sorted(extra))}")
        if len(wanted) != len(got):
            raise ValueError(f"{len(got)} numbers instead of {len(wanted)}")
        return [answer.error(number) for answer, number in zip(wanted, got)]


def certified(draft, loss, slopes: dict, mean: str, shape: list[int]) -> Combined | None:
    """The answers to a draft; None where there is nothing to take a mean of."""
    rows = draft.rows
    divisor = {"none": 1, "sum": 1, "mean": sum(row is not None for row in rows),
               "weighted_mean": sum(draft.applied), "batch_mean": len(rows),
               "divided_by": draft.fields.get("divisor")}[mean]
    if divisor == 0 or len(rows) == 0 or all(row is None for row in rows):
        return None
    divisor = Fraction(divisor)

    def total(chosen) -> Value:
        sum_: Value = 0
        for row, u in chosen:
            term = 0 if row is None else times(Fraction(u) / divisor, loss(row))
            if not isinstance(term, Fraction) and not hasattr(term, "exp") and term == INFINITY:
                return INFINITY
            sum_ = sum_ + (ball(term) if isinstance(term, Fraction) else term)
        return exact_zero(sum_)

    pairs = list(zip(rows, draft.weights))
    groups = [[pair] for pair in pairs] if mean == "none" else [pairs]
    parts = [sum((size(row) * Fraction(u) for row, u in group if row), Fraction(0)) / divisor
             if cancels(draft.measure, group) else Fraction(0) for group in groups]
    value = [Answer(certify(lambda: total(group)), draft.narrow, part * CANCELLING)
             for group, part in zip(groups, parts)]
    count = len(rows[0]["logits"]) if rows[0] else next(len(r["logits"]) for r in rows if r)
    derivatives: dict[str, list[Answer]] = {name: [] for name in slopes}
    for n, c in places(len(rows), count, shape):
        row, factor = rows[n], Fraction(draft.weights[n]) / divisor
        slack = size(row) * factor * CANCELLING if row and has_parts(row) else Fraction(0)
        for name, slope in slopes.items():
            derivatives[name].append(Answer(certify(
                lambda: 0 if row is None else exact_zero(times(factor, slope(row, c)))),
                draft.narrow, slack))
    return Combined(value, derivatives)


def places(rows: int, count: int, shape: list[int]):
    """Row and class of each number of the gradient, in the order of the input."""
    inner = shape[2] if len(shape) > 2 and count == shape[1] and rows == shape[0] * shape[2] else 1
    for block in range(rows // inner):
        for c in range(count):
            for i in range(inner):
                yield block * inner + i, c


def times(weight: Fraction, value: Value) -> Value | Fraction:
    """A product in which 0 times infinity is 0."""
    if weight == 0:
        return 0
    if isinstance(value, (int, Fraction)):
        return weight * value
    if isinstance(value, float):
        return value if math.isinf(value) else weight * Fraction(value)
    return ball(weight) * value


def exact_zero(value: Value | Fraction) -> Value:
    if isinstance(value, float):
        return value
    if not hasattr(value, "exp"):
        return ball(value) if value else 0
    return 0 if value.is_exact() and value == 0 else value


def has_parts(row: dict) -> bool:
    """Whether a derivative is a difference of parts that may cancel."""
    return "label" not in row or any(row.get(key) for key in ("smoothing", "zLoss", "softcap"))


def cancels(measure: str, group: list) -> bool:
    """Whether a loss is a sum of terms of both signs."""
    return measure in ("kl_loss", "generalized_kl_loss", "poisson_nll", "gaussian_nll",
                       "nll_loss")


def size(row: dict | None) -> Fraction:
    """A bound of the parts that a row's loss or derivative is made of."""
    if row is None:
        return Fraction(0)
    finite = [abs(Fraction(x)) for x in row["logits"] if math.isfinite(x)]
    weights = sum(map(Fraction, row.get("classWeights", [1.0]))) + 1
    masses = sum(abs(Fraction(t)) for t in row.get("targets", [1.0])) + 1
    scale = Fraction(row.get("positiveWeight", 1.0)) + 1
    for v in row.get("variances", []):
        scale += Fraction(masses + max(finite)) ** 2 / Fraction(v)
    if row.get("log"):
        scale += Fraction(math.exp(row["logits"][0]))
    return (max(finite, default=Fraction(0)) + 60) * masses * weights * scale


# Reading.

def numbers(value) -> list[float]:
    """The numbers of an answer, from any depth."""
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    if value in ("inf", "-inf"):
        return [float(value)]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"not a number: {value!r}")
    return [float(value)]


def narrowed(x: float) -> float:
    try:
        return struct.unpack("f", struct.pack("f", x))[0]
    except OverflowError:
        return math.copysign(math.inf, x)


def spacing(x: float, narrow: bool) -> float:
    """The unit in the last place."""
    if not narrow:
        return math.ulp(x)
    return max(2.0 ** (math.frexp(x)[1] - 24), 2.0**-149)
