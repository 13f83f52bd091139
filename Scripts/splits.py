"""The best threshold splits of labelled values, found by exhaustion in balls.

Every candidate is judged by the definitions, H(Y) − Σ n_s/N · H(Y|s) and the same
with Gini impurities; candidates whose balls still overlap at 512 bits count as equal,
and the lowest of them is taken.
"""

import csv
from fractions import Fraction
from pathlib import Path

from flint import arb, fmpq

from balls import at_precision, certify
from random_masses import SplitMix64

CRITERIA = ("informationGain", "gainRatio", "giniGain")
PENGUINS = Path(__file__).resolve().parent.parent / "Examples" / "data" / "penguins.csv"
COLUMNS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def entropy(counts: list[int]) -> arb:
    total = sum(counts)
    parts = [arb(fmpq(count, total)) for count in counts if count]
    return -sum((p * p.log() for p in parts), arb(0))


def gini(counts: list[int]) -> Fraction:
    total = sum(counts)
    return 1 - sum(Fraction(count, total) ** 2 for count in counts)


def value(left: list[int], right: list[int], criterion: str):
    """What a split is worth by one criterion."""
    both = [a + b for a, b in zip(left, right)]
    total, shares = sum(both), [sum(left), sum(right)]
    if criterion == "giniGain":
        gain = gini(both) - sum(Fraction(n, total) * gini(side)
                                for n, side in zip(shares, (left, right)))
        return arb(fmpq(gain.numerator, gain.denominator))
    gain = entropy(both) - sum((arb(fmpq(n, total)) * entropy(side)
                                for n, side in zip(shares, (left, right))), arb(0))
    return gain / entropy(shares) if criterion == "gainRatio" else gain


def is_independent(left: list[int], right: list[int]) -> bool:
    return all(a * sum(right) == b * sum(left) for a, b in zip(left, right))


def candidates(values: list[float], classes: list[int]):
    """(threshold, left, right) from the lowest threshold."""
    rows = sorted(zip(values, classes))
    left = [0] * (max(classes) + 1)
    right = [classes.count(k) for k in range(len(left))]
    for (x, k), (following, _) in zip(rows, rows[1:]):
        left[k] += 1
        right[k] -= 1
        if x < following:
            yield x / 2 + following / 2, list(left), list(right)


def best(values: list[float], classes: list[int], criterion: str):
    chosen, worth = None, None
    for candidate in candidates(values, classes):
        v = at_precision(512, lambda: value(*candidate[1:], criterion))
        if chosen is None or v > worth:
            chosen, worth = candidate, v
    return chosen


def datasets():
    """Name, values and classes by first appearance: random, tied, parted, independent."""
    for number in range(30):
        random = SplitMix64(4000 + number)
        n, k = 2 + random.below(60), 1 + random.below(4)
        levels = (3, 10, 1000, 10**9)[random.below(4)]
        values = [random.below(levels) / 8 for _ in range(n)]
        noise = (0, 1, 3)[random.below(3)]
        labels = [(int(8 * v) * k // levels + random.below(noise + 1)) % k for v in values]
        yield f"random #{number}", values, labels
    yield "all the same", [1.0] * 5, [0, 1, 0, 1, 1]
    yield "one class", [1.0, 2.0, 3.0], [0, 0, 0]
    yield "mirrored", [1.0, 2.0, 3.0, 4.0], [0, 1, 1, 0]
    yield "independent", [1.0, 1.0, 2.0, 2.0], [0, 1, 0, 1]
    yield "neighbouring doubles", [1.0, 1.0 + 2.0**-52, 1.0 + 2.0**-51], [0, 1, 1]
    yield "largest doubles", [-1.7e308, 1.7e308, 1.6e308], [0, 1, 1]
    rows = list(csv.DictReader(PENGUINS.open()))
    for column in COLUMNS:
        known = [row for row in rows if row[column] not in ("", "NA")]
        yield f"penguins {column}", [float(r[column]) for r in known], [r["species"] for r in known]


def best_split(values: list[float], classes: list[int], criterion: str) -> dict | None:
    """The best split by a criterion, with all that it is worth."""
    found = best(values, classes, criterion)
    if found is None:
        return None
    threshold, left, right = found
    row = {"threshold": float(threshold).hex(), "left": left, "right": right}
    for each in CRITERIA:
        zero = is_independent(left, right)
        row[each] = (0.0 if zero else certify(lambda: value(left, right, each)).double()).hex()
    return row


def split_rows() -> list[dict]:
    """One row for each dataset; those of the penguins name a column of their file."""
    result = []
    for name, values, labels in datasets():
        codes = {label: i for i, label in enumerate(dict.fromkeys(labels))}
        classes = [codes[label] for label in labels]
        row = {"name": name}
        if not name.startswith("penguins"):
            row |= {"values": [float(v).hex() for v in values], "labels": classes}
        result.append(row | {each: best_split(values, classes, each) for each in CRITERIA})
    return result
