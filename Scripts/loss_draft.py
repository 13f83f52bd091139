"""A question about a loss while it is being written: its numbers, and its JSON."""

import math
from dataclasses import dataclass, field
from fractions import Fraction

from loss_softmax import single
from random_masses import SplitMix64
from tables import number_text

SCALES = (0.1, 1.0, 1.0, 10.0, 100.0, 700.0)


@dataclass
class Draft:
    """A question while it is being written: its rows, and what goes with them."""

    random: SplitMix64
    measure: str
    narrow: bool = False
    fields: dict = field(default_factory=dict)
    rows: list[dict] = field(default_factory=list)
    """Of each row what the tables' definitions take; None where it is ignored."""
    weights: list[float] = field(default_factory=list)
    applied: list[Fraction] = field(default_factory=list)
    """What each row weighs in a weighted mean."""

    def exact(self, x: float) -> float:
        """The number as the tool will hold it."""
        return single(x) if self.narrow and math.isfinite(x) else x

    def numbers(self, count: int, scale: float) -> list[float]:
        return [self.exact(scale * self.random.signed()) for _ in range(count)]

    def chance(self, one_in: int) -> bool:
        return self.random.below(one_in) == 0


def logits(draft: Draft, count: int, name: str) -> list[float]:
    random = draft.random
    if name == "probabilities":
        drawn = [draft.exact(x) for x in random.masses(count)]
        if draft.chance(4) and count > 1:
            drawn[random.below(count)] = 0.0
        return drawn
    if name != "logits":
        return [-abs(x) for x in draft.numbers(count, random.choice((1.0, 5.0, 50.0)))]
    drawn = draft.numbers(count, random.choice(SCALES))
    if "logit_softcap" in draft.fields:
        return drawn  # tanh of a large offset is too near 1 for rational arithmetic
    if draft.chance(8):
        offset = random.choice((1e6, -1e8, 2.0**40))
        drawn = [draft.exact(offset + x) for x in drawn]
    if draft.chance(8):
        drawn[random.below(count)] = -math.inf
        if max(drawn) == -math.inf:
            drawn[0] = 0.0
    return drawn


def targets(draft: Draft, count: int, form: str | None) -> list[float]:
    random = draft.random
    if form == "logTargets":
        return [-abs(x) for x in draft.numbers(count, 9.0)]
    if draft.measure == "generalized_kl_loss":
        return [abs(x) for x in draft.numbers(count, 5.0)]
    drawn = [draft.exact(x) for x in random.masses(count)]
    if draft.chance(3):
        chosen = random.below(count)
        drawn = [float(c == chosen) for c in range(count)]
    return drawn


def row_weights(draft: Draft, count: int, name: str = "sample_weights") -> list[float]:
    if not draft.chance(3):
        return [1.0] * count
    drawn = [draft.exact(draft.random.choice((0.0, 1.0, 2.0 * draft.random.uniform())))
             for _ in range(count)]
    draft.fields[name] = drawn
    return drawn


# JSON.

def nested(values: list, shape: list[int]):
    if not shape:
        return values[0]
    step = len(values) // shape[0]
    return [nested(values[i * step:(i + 1) * step], shape[1:]) for i in range(shape[0])]


def arranged(rows: list[list[float]], shape: list[int]):
    """Rows of classes as rows × classes, one row, or (N, C, d)."""
    if len(shape) == 1:
        return rows[0]
    if len(shape) == 2:
        return rows
    inner = shape[2]
    return [[[rows[n * inner + i][c] for i in range(inner)] for c in range(shape[1])]
            for n in range(shape[0])]


def per_row(values: list, shape: list[int]):
    return nested(values, shape[:1] + shape[2:] if len(shape) > 1 else [])


def spelled(draft: Draft) -> dict:
    """The fields, numbers in arrays as JSON numbers or as hexadecimal text."""
    hexadecimal = draft.chance(2)

    def spell(value):
        if isinstance(value, list):
            return [spell(item) for item in value]
        if isinstance(value, float) and (hexadecimal or math.isinf(value)):
            return number_text(value)
        return value

    return {"measure": draft.measure, **{key: spell(value) for key, value in draft.fields.items()}}
