"""Rows of two softmaxes and their divergences, from balls.

A row holds the logits of both, D(p||q), D(q||p) and the Jensen-Shannon divergence.
"""

import math
from fractions import Fraction
from typing import Callable, Iterator

from flint import arb

from balls import Value
from loss_softmax import INFINITY, Row, ball, single
from losses import nearest
from random_masses import SplitMix64


def present(logits: list[float]) -> list[bool]:
    top = max(logits)
    return [x == top if math.isinf(top) else x > -INFINITY for x in logits]


def are_equal(a: list[float], b: list[float]) -> bool:
    """Whether both have one softmax: then every ball about a divergence holds 0."""
    if present(a) != present(b):
        return False
    finite = [(x, y) for x, y, ok in zip(a, b, present(a)) if ok and not math.isinf(x)
              and not math.isinf(y)]
    return len({Fraction(x) - Fraction(y) for x, y in finite}) <= 1


def log_probability(row: Row, c: int) -> arb:
    return row.depths[c] - row.total.log()


def kl(a: list[float], b: list[float]) -> Value:
    if are_equal(a, b):
        return 0
    if any(x and not y for x, y in zip(present(a), present(b))):
        return INFINITY
    p, q = Row(a), Row(b)
    return sum((p.powers[c] / p.total * (log_probability(p, c) - log_probability(q, c))
                for c, ok in enumerate(present(a)) if ok), arb(0))


def jensen_shannon(a: list[float], b: list[float]) -> Value:
    if are_equal(a, b):
        return 0
    p, q = Row(a), Row(b)
    total = arb(0)
    for c in range(len(a)):
        parts = [row.powers[c] / row.total for row in (p, q)]
        for part, row, ok in zip(parts, (p, q), (present(a)[c], present(b)[c])):
            if ok:
                log_mean = ((parts[0] + parts[1]) / 2).log()
                total += part * (log_probability(row, c) - log_mean) / 2
    return total


def near() -> Iterator[tuple[list[float], list[float]]]:
    """Nearly the same, down to one unit in the last place, and with a common offset."""
    generator = SplitMix64(77)
    shapes = ([0.0, 0.0], [1.0, 2.0, 3.0], [20.0, 0.0], [0.0, -60.0, -59.0], [0.0, -300.0],
              [5.0, 4.0, -2.0, 0.5, 1e-3], [1e-10, 2e-10], [300.0, 299.0, 298.0, -400.0])
    for logits in shapes:
        for power in range(1, 60, 6):
            step = 2.0**-power
            yield logits, [x + step * generator.signed() for x in logits]
            yield logits, [x * (1 + step * generator.signed()) for x in logits]
        yield logits, [math.nextafter(x, INFINITY) for x in logits]
        yield logits, [math.nextafter(logits[0], INFINITY)] + logits[1:]
        yield logits, [x + 2.0**20 for x in logits]
        yield [x + 2.0**20 for x in logits], [x + 1e-9 for x in logits]
        yield logits, list(logits)


def far() -> Iterator[tuple[list[float], list[float]]]:
    """Masses far below the largest, which are not 0 all the same."""
    for d in (1.0, 10.0, 29.0, 31.0, 50.0, 100.0, 400.0, 744.0, 746.0, 1000.0, 1e4, 1e8):
        yield [d, 0.0], [0.0, d]
        yield [d, 0.0], [0.0, 0.0]
        if d > 1e4:
            continue  # e^-d would take millions of bits
        yield [d, 0.0, 0.0], [2 * d, 0.0, 1.0]
        yield [0.0, -d, -d / 2], [0.0, -d / 2, -d]
        yield [0.0, 0.0, -d], [1e-12, 0.0, 1.0 - d]
        yield [0.0, 1e-3, -2 * d], [1e-20, 1e-3, 2.0 - 2 * d]
    yield [0.0] * 100, [12.0] + [0.0] * 99
    yield [12.0] + [0.0] * 99, [0.0] * 100
    yield [3.0] + [0.0] * 50, [3.0, 1e-7] + [0.0] * 49


def infinities() -> Iterator[tuple[list[float], list[float]]]:
    low, high = -INFINITY, INFINITY
    yield [0.0, low], [0.0, 1.0]
    yield [0.0, low, 1.0], [0.5, low, 1.0]
    yield [0.0, low, 1.0], [low, 0.0, 1.0]
    yield [high, 0.0], [3.0, 0.0]
    yield [high, low], [high, 0.0]
    yield [high, 0.0], [0.0, high]
    yield [low, 2.0], [low, 5.0]


def draws() -> Iterator[tuple[list[float], list[float]]]:
    generator = SplitMix64(2025)
    for _ in range(150):
        count = generator.choice([2, 3, 10, 30])
        scale = generator.choice([0.01, 1.0, 10.0, 100.0, 1000.0])
        apart = generator.choice([1.0, 0.1, 1e-3, 1e-8, 1e-13])
        logits = [scale * generator.signed() for _ in range(count)]
        yield logits, [x + apart * scale * generator.signed() for x in logits]


def narrow(logits: list[float]) -> list[float]:
    return [x if math.isinf(x) else single(x) for x in logits]


def divergence_rows() -> list[dict]:
    rows = []
    for family in (near, far, infinities, draws):
        for a, b in family():
            for scalar, change in (("double", list), ("float", narrow)):
                x, y = change(a), change(b)
                rows.append({
                    "scalar": scalar, "logits": x, "others": y,
                    "forward": nearest(lambda: kl(x, y)), "backward": nearest(lambda: kl(y, x)),
                    "jensenShannon": nearest(lambda: jensen_shannon(x, y))})
    return rows


TABLES: dict[str, Callable[[], list[dict]]] = {"softmax-divergences": divergence_rows}
