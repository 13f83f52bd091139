"""Quantities of joint distributions in certified balls, and their oracle tables.

Every Shannon quantity is a sum of entropies of groups of variables.  Times the
total N it is sum c * m * log m over the integer masses m of all groups, so
equal logarithms are put together exactly, and 0 is decided on integers.  The
library never takes such differences; the mutual information is also computed
from its definition here, and both must agree.

joint-tables.json holds the tables ("counts", or "masses" as hexadecimal
floats, in row-major order; variables are x, y, z, w).  <measure>.json holds the
arguments and values, as explained in oracles.py.
"""

from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, prod
from typing import Iterator

from flint import arb, fmpq

from balls import INFINITY, Value, at_precision, certify, to_integers
from random_masses import SplitMix64
from tables import number_text, vector_text

LETTERS = "xyzw"
SMALL_PRIMES = [p for p in range(2, 100) if all(p % q for q in range(2, p))]


class Table:
    """A named table with its cells as exact integers."""

    def __init__(self, name: str, shape: list[int], counts=None, masses=None):
        self.name, self.shape, self.counts, self.masses = name, shape, counts, masses
        cells = counts if counts is not None else to_integers(masses)[0]
        places = product(*(range(size) for size in shape))
        assert len(cells) == prod(shape)
        self.cells = {place: mass for place, mass in zip(places, cells) if mass}
        self.total = sum(self.cells.values())
        self.names = LETTERS[:len(shape)]

    def marginal(self, names) -> dict[tuple, int]:
        kept = [self.names.index(name) for name in sorted(set(names))]
        sums: dict[tuple, int] = defaultdict(int)
        for place, mass in self.cells.items():
            sums[tuple(place[i] for i in kept)] += mass
        return sums


class Logarithms:
    """sum c * log m of integers, exactly; factors below 100 are split off."""

    def __init__(self):
        self.parts: dict[int, int] = defaultdict(int)

    def add(self, coefficient: int, m: int) -> None:
        for prime in SMALL_PRIMES:
            while m % prime == 0 and m > 1:
                m //= prime
                self.parts[prime] += coefficient
        if m > 1:
            self.parts[m] += coefficient

    def value(self, divisor: int) -> Value:
        if not any(self.parts.values()):
            return 0
        return sum((c * arb(m).log() for m, c in self.parts.items() if c), arb(0)) / divisor


def of_entropies(table: Table, *terms: tuple[int, str]) -> Value:
    """sum c * H(group)."""
    logs = Logarithms()
    for coefficient, names in terms:
        logs.add(coefficient * table.total, table.total)
        for mass in table.marginal(names).values():
            logs.add(-coefficient * mass, mass)
    return logs.value(table.total)


def entropy(t: Table, of: str, given: str = "") -> Value:
    return of_entropies(t, (1, of + given), (-1, given))


def mutual_information(t: Table, x: str, y: str, given: str = "") -> Value:
    value = of_entropies(t, (1, x + given), (1, y + given), (-1, x + y + given), (-1, given))
    check_definition(t, x, y, given, value)
    return value


def check_definition(t: Table, x: str, y: str, given: str, value: Value) -> None:
    """The sum of p(x, y, z) log(p(x, y|z) / (p(x|z) p(y|z))), which must be the same."""
    names = sorted(set(x + y + given))
    def masses(group):
        sums = t.marginal(group)
        picked = [names.index(name) for name in sorted(set(group))]
        return lambda place: sums[tuple(place[i] for i in picked)]
    joint, xs, ys, zs = (masses(g) for g in (x + y + given, x + given, y + given, given))
    total = arb(0)
    for place, mass in t.marginal(names).items():
        total += mass * (arb(joint(place)) * zs(place) / (arb(xs(place)) * ys(place))).log()
    assert (total / t.total).overlaps(arb(value)), (t.name, x, y, given)


def variation_of_information(t: Table, x: str, y: str) -> Value:
    return of_entropies(t, (2, x + y), (-1, x), (-1, y))


def total_correlation(t: Table, of: str, given: str = "") -> Value:
    singles = [(1, name + given) for name in of]
    return of_entropies(t, *singles, (-1, of + given), (1 - len(of), given))


def dual_total_correlation(t: Table, of: str, given: str = "") -> Value:
    rests = [(1, of.replace(name, "") + given) for name in of]
    return of_entropies(t, *rests, (1 - len(of), of + given), (-1, given))


def signed_sum(t: Table, of: str, given: str, sign: int) -> Value:
    terms = []
    for name in of:
        terms += [(1, name + given), (-sign, of.replace(name, "") + given)]
    n = len(of)
    both = -1 + sign * (n - 1)
    return of_entropies(t, *terms, (both, of + given), (1 - n + sign, given))


def o_information(t: Table, of: str, given: str = "") -> Value:
    return signed_sum(t, of, given, 1)


def s_information(t: Table, of: str, given: str = "") -> Value:
    return signed_sum(t, of, given, -1)


def co_information(t: Table, of: str, given: str = "") -> Value:
    terms = []
    for choice in product((0, 1), repeat=len(of)):
        group = "".join(name for name, chosen in zip(of, choice) if chosen)
        terms.append((-(-1) ** len(group), group + given))
    return of_entropies(t, *terms)


def lautum_information(t: Table, x: str, y: str) -> Value:
    xs, ys, joint = t.marginal(x), t.marginal(y), t.marginal(x + y)
    if len(xs) * len(ys) > len(joint):
        return INFINITY
    logs = Logarithms()
    for place, mass in joint.items():
        a, b = xs[place[:1]], ys[place[1:]]
        for factor, sign in ((a, 1), (b, 1), (mass, -1), (t.total, -1)):
            logs.add(sign * a * b, factor)
    return logs.value(t.total**2)


def pointwise_mutual_information(t: Table, x: int, y: int) -> Value:
    mass = t.cells.get((x, y), 0)
    top, bottom = mass * t.total, t.marginal("x")[(x,)] * t.marginal("y")[(y,)]
    if top == 0:
        return -INFINITY
    return 0 if top == bottom else (arb(top) / bottom).log()


def mean_of(h: Value, k: Value, mean: str) -> arb:
    h, k = arb(h), arb(k)
    return {"arithmetic": (h + k) / 2, "geometric": (h * k).sqrt(), "minimum": h.min(k),
            "maximum": h.max(k)}[mean]


def normalized_mutual_information(t: Table, mean: str) -> Value:
    shared = mutual_information(t, "x", "y")
    if not isinstance(shared, arb):
        return 0
    if of_entropies(t, (1, "x"), (-1, "xy")) == 0 == of_entropies(t, (1, "y"), (-1, "xy")):
        return 1
    if mean == "minimum":
        for name in "xy":
            if of_entropies(t, (1, name), (-1, "xy")) == 0:
                other = "y" if name == "x" else "x"
                return 1 if entropy(t, other) is not None else 0
    return shared / mean_of(entropy(t, "x"), entropy(t, "y"), mean)


def uncertainty_coefficient(t: Table, of: str, given: str) -> Value:
    if of_entropies(t, (1, given), (-1, of + given)) == 0:
        return 1
    shared = mutual_information(t, of, given)
    return shared if not isinstance(shared, arb) else shared / entropy(t, of)


def gini_gain(t: Table, about: str, split: str) -> Value:
    whole = sum((Fraction(m, t.total) ** 2 for m in t.marginal(about).values()), Fraction(0))
    parts, splits = Fraction(0), t.marginal(split)
    for place, mass in t.cells.items():
        own = splits[place[:1]] if split == "x" else splits[place[1:]]
        parts += Fraction(mass * mass, own * t.total)
    gain = parts - whole
    return arb(fmpq(gain.numerator, gain.denominator)) if gain else 0


# Adjusted mutual information.


@lru_cache(maxsize=None)
def expected_cell(total: int, a: int, b: int, precision: int) -> arb:
    """E[n log n] of a hypergeometric count, from exact binomials or, of large counts,
    by ratios outwards from the mode until nothing is left in 2^-precision."""
    low, high = max(0, a + b - total), min(a, b)
    if high - low <= 2000:
        weights = {n: comb(b, n) * comb(total - b, a - n) for n in range(low, high + 1)}
        whole = comb(total, a)
        return sum((n * arb(n).log() * w for n, w in weights.items() if n > 1), arb(0)) / whole
    mode = min(max((a + 1) * (b + 1) // (total + 2), low), high)
    weight_sum, sum_ = arb(0), arb(0)
    for step, end in ((1, high), (-1, low)):
        weight, n = arb(1), mode
        while True:
            if step == 1 or n != mode:
                weight_sum += weight
                sum_ += weight * n * arb(n).log() if n > 1 else 0
            if n == end or weight < arb(2) ** (-precision):
                break
            if step == 1:
                weight *= arb((a - n) * (b - n)) / ((n + 1) * (total - a - b + n + 1))
            else:
                weight *= arb(n * (total - a - b + n)) / ((a - n + 1) * (b - n + 1))
            n += step
    return sum_ / weight_sum


def adjusted_mutual_information(t: Table, mean: str, precision: int) -> Value:
    """(I - E) / (M - E), with N E[I] = sum E[n log n] - sum a log a - sum b log b + N log N."""
    rows, columns = list(t.marginal("x").values()), list(t.marginal("y").values())
    n = t.total
    expected = sum((expected_cell(n, a, b, precision) for a in rows for b in columns), arb(0))
    expected -= sum((m * arb(m).log() for m in rows + columns), arb(0))
    expected = expected / n + arb(n).log()
    shared = arb(mutual_information(t, "x", "y"))
    largest = mean_of(entropy(t, "x"), entropy(t, "y"), mean)
    return (shared - expected) / (largest - expected)


def adjusted(t: Table, mean: str) -> Value:
    for precision in (512, 1024):
        value = at_precision(precision, lambda: adjusted_mutual_information(t, mean, precision - 100))
        if value.rel_accuracy_bits() >= 112:
            return value
    raise ArithmeticError(f"adjusted mutual information of {t.name}: 0, or nearly")


# Tables.


def outer(*margins: list[int]) -> list[int]:
    return [prod(masses) for masses in product(*margins)]


def count_tables() -> Iterator[Table]:
    thirty_seconds = [4, 2, 1, 1, 2, 4, 1, 1, 2, 2, 2, 2, 8, 0, 0, 0]
    yield Table("Cover and Thomas", [4, 4], thirty_seconds)
    yield Table("independent 3x4", [3, 4], outer([1, 2, 3], [5, 1, 7, 2]))
    nearly = outer([1000, 2000, 3001], [5000, 1003, 7000])
    nearly[0] += 1
    yield Table("one more than independent", [3, 3], nearly)
    far = outer([10**7, 3 * 10**7], [2 * 10**7, 10**7 + 1])
    far[3] -= 1
    yield Table("one less than independent, 1e14", [2, 2], far)
    yield Table("2x2 with 1e15 and 1", [2, 2], [10**15, 1, 0, 7])
    yield Table("beyond 2^53", [2, 2], [2**60, 2**55, 2**40, 3 * 2**58])
    yield Table("permutation", [3, 3], [0, 5, 0, 0, 0, 7, 2, 0, 0])
    yield Table("determined", [4, 2], [3, 0, 0, 4, 5, 0, 0, 9])
    yield Table("empty row", [3, 2], [1, 2, 0, 0, 3, 4])
    for rows, columns, largest, seed in ((2, 3, 10, 1), (5, 4, 40, 2), (7, 7, 10**7, 3),
                                         (3, 8, 10**6, 4), (10, 10, 5, 5)):
        g = SplitMix64(8000 + seed)
        yield Table(f"counts {rows}x{columns}", [rows, columns],
                    [g.below(largest) for _ in range(rows * columns)])
    yield Table("XOR", [2, 2, 2], [1, 0, 0, 1, 0, 1, 1, 0])
    yield Table("nearly XOR", [2, 2, 2], [1000, 1, 0, 1000, 0, 1001, 1000, 0])
    yield Table("three copies", [2, 2, 2], [3, 0, 0, 0, 0, 0, 0, 5])
    yield Table("independent 2x3x2", [2, 3, 2], outer([1, 2], [3, 1, 4], [5, 7]))
    chain = [(i + 1) * (2 if i == j else 1) * (5 if j == k else 2)
             for i in range(2) for j in range(2) for k in range(2)]
    yield Table("chain", [2, 2, 2], chain)
    for shape, seed in (([2, 3, 4], 6), ([3, 3, 3], 7), ([2, 2, 2, 2], 8), ([3, 2, 4, 2], 9)):
        g = SplitMix64(8000 + seed)
        cells = [g.below(30) * g.below(2) for _ in range(prod(shape))]
        yield Table(f"counts {'x'.join(map(str, shape))}", shape, cells)
    yield Table("parity of 4", [2] * 4, [1 - (i ^ i >> 1 ^ i >> 2 ^ i >> 3) % 2 for i in range(16)])


def mass_tables() -> Iterator[Table]:
    yield Table("subnormal corner", [2, 2], masses=[0.5, 5e-324, 0.0, 0.5])
    yield Table("tiny cells", [2, 3], masses=[0.5, 1e-300, 0.0, 1e-310, 0.25, 0.25])
    yield Table("1e-200 of independence", [2, 2], masses=[1.0 - 2.0**-52, 1e-200, 1e-200, 2.0**-52])
    yield Table("product of far masses", [2, 2],
                masses=[1.0 - 2.0**-53, 2.0**-300, 2.0**-250, 2.0**-550])
    yield Table("tiny corner, nearly independent", [2, 2],
                masses=[1.0, 1.3 * 2.0**-520, 1.7 * 2.0**-520,
                        (1.0 + 2.0**-20) * 2.21 * 2.0**-1040])
    yield Table("nearly determined", [2, 2], masses=[0.5 - 2.0**-40, 2.0**-40, 0.0, 0.5])
    for rows, columns, seed in ((2, 2, 11), (3, 4, 12), (6, 5, 13)):
        cells = SplitMix64(8000 + seed).masses(rows * columns)
        yield Table(f"random {rows}x{columns}", [rows, columns], masses=cells)
    for k in (3, 6, 9, 12, 15):
        g = SplitMix64(8100 + k)
        p, q = g.masses(3), g.masses(4)
        cells = [a * b * (1.0 + 10.0**-k * g.signed()) for a in p for b in q]
        yield Table(f"1e-{k} of independence 3x4", [3, 4], masses=cells)
        r = g.masses(2)
        cells = [a * b * c * (1.0 + 10.0**-k * g.signed()) for a in p for b in q for c in r]
        yield Table(f"1e-{k} of independence 3x4x2", [3, 4, 2], masses=cells)
    yield Table("rounded product", [2, 2], masses=[0.1 * 0.3, 0.1 * 0.7, 0.9 * 0.3, 0.9 * 0.7])
    g = SplitMix64(8020)
    wide = [w * 2.0 ** -g.below(1000) for w in g.masses(12)]
    yield Table("wide 2x3x2", [2, 3, 2], masses=wide)
    yield Table("random 2x3x2x2", [2, 3, 2, 2], masses=g.masses(24))


@lru_cache(maxsize=None)
def tables() -> list[Table]:
    return [*count_tables(), *mass_tables()]


def chance_tables() -> Iterator[Table]:
    """The 200 small tables of the adjusted mutual information, and a few large ones."""
    g = SplitMix64(9000)
    number = 0
    while number < 200:
        rows, columns = 2 + g.below(5), 2 + g.below(5)
        largest = g.choice([2, 4, 10, 40])
        cells = [g.below(largest) for _ in range(rows * columns)]
        for i in range(min(rows, columns)):
            cells[i * columns + i] += g.below(1 + largest) * (number % 3)
        table = Table(f"chance {number}", [rows, columns], cells)
        sides = [sum(1 for _ in table.marginal(name)) for name in "xy"]
        if min(sides) < 2 or max(table.cells.values()) == 1:
            continue
        number += 1
        yield table
    yield Table("chance 1e7", [3, 3], [10**6, 123456, 7, 99, 10**6 + 1, 3 * 10**6, 5, 1234567, 4 * 10**6])
    yield Table("chance 1e7, two", [2, 2], [5 * 10**6, 10, 0, 5 * 10**6])
    yield Table("chance, nearly single", [40, 40], [
        (1 if i == j else 0) + (1 if i == 0 and j in (0, 1) else 0)
        for i in range(40) for j in range(40)])


# Rows.


def queries(table: Table) -> Iterator[tuple[str, dict]]:
    names, rank = table.names, len(table.shape)
    for of in [*names, names]:
        yield "entropy-of-variables", {"x": of}
    for name in names:
        yield "entropy-of-variables", {"x": name, "given": names.replace(name, "")}
    yield "mutual-information", {"x": "x", "y": "y"}
    yield "mutual-information", {"x": "y", "y": "y"}
    if rank > 2:
        for x, y, given in ((("x", "y", "z"), ("xy", "z", ""), ("x", "yz", ""), ("z", "x", "y")) if rank == 3
                            else (("xy", "z", "w"), ("x", "y", "zw"), ("xw", "yz", ""), ("w", "xy", "z"))):
            yield "mutual-information", {"x": x, "y": y, "given": given}
    for measure in ("total-correlation", "dual-total-correlation", "o-information", "s-information",
                    "co-information"):
        yield measure, {"x": names}
        if rank > 2:
            yield measure, {"x": names[:-1], "given": names[-1]}
    if rank > 2:
        yield "variation-of-information", {"x": "x", "y": "yz"}
        return
    yield "variation-of-information", {"x": "x", "y": "y"}
    yield "lautum-information", {"x": "x", "y": "y"}
    # The ratios are promised where the mutual information is a normal double.
    for mean in () if "tiny corner" in table.name else (
            "arithmetic", "geometric", "minimum", "maximum"):
        yield "normalized-mutual-information", {"mean": mean}
    for x, y in ("xy", "yx"):
        if "tiny corner" not in table.name:
            yield "uncertainty-coefficient", {"x": x, "given": y}
        yield "gini-gain", {"x": x, "y": y}
    for x, y in ((0, 0), (1, 1), (0, 1), (table.shape[0] - 1, 0)):
        if table.marginal("x")[(x,)] and table.marginal("y")[(y,)]:
            yield "pointwise-mutual-information", {"outcomes": [x, y]}


def evaluate(measure: str, t: Table, q: dict) -> Value:
    x, y, given = q.get("x", ""), q.get("y", ""), q.get("given", "")
    match measure:
        case "entropy-of-variables": return entropy(t, x, given)
        case "mutual-information": return mutual_information(t, x, y, given)
        case "variation-of-information": return variation_of_information(t, x, y)
        case "total-correlation": return total_correlation(t, x, given)
        case "dual-total-correlation": return dual_total_correlation(t, x, given)
        case "o-information": return o_information(t, x, given)
        case "s-information": return s_information(t, x, given)
        case "co-information": return co_information(t, x, given)
        case "lautum-information": return lautum_information(t, x, y)
        case "normalized-mutual-information": return normalized_mutual_information(t, q["mean"])
        case "uncertainty-coefficient": return uncertainty_coefficient(t, x, given)
        case "gini-gain": return gini_gain(t, x, y)
        case "pointwise-mutual-information": return pointwise_mutual_information(t, *q["outcomes"])
        case "adjusted-mutual-information": return adjusted(t, q["mean"])
    raise ValueError(measure)


NAMES = ["entropy-of-variables", "mutual-information", "variation-of-information",
         "total-correlation", "dual-total-correlation", "o-information", "s-information",
         "co-information", "lautum-information", "normalized-mutual-information",
         "uncertainty-coefficient", "gini-gain", "pointwise-mutual-information",
         "adjusted-mutual-information"]


def chance_queries(t: Table) -> Iterator[dict]:
    number = int(t.name.split()[1]) if t.name.split()[1].isdigit() else 0
    yield {"mean": "arithmetic"}
    yield {"mean": ("geometric", "minimum", "maximum")[number % 3]}


def value_rows(measure: str) -> list[dict]:
    """All rows of one measure's file."""
    if measure == "adjusted-mutual-information":
        asked = ((t, q) for t in chance_tables() for q in chance_queries(t))
    else:
        asked = ((t, q) for t in tables() for name, q in queries(t) if name == measure)
    rows = []
    for t, q in asked:
        truth = certify(lambda: evaluate(measure, t, q))
        rows.append({"case": t.name, **{k: v for k, v in q.items() if v != ""},
                     "value": number_text(truth.double()), "ball": truth.decimal()})
    return rows


def table_rows() -> list[dict]:
    return [{"name": t.name, "shape": t.shape,
             **({"counts": t.counts} if t.counts is not None else {"masses": vector_text(t.masses)})}
            for t in [*tables(), *chance_tables()]]
