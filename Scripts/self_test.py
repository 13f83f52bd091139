"""Compare the ball measures with independent mpmath code and golden values.

Each formula here is written a second time, from the definition, on plain lists
of numbers.  It is trusted only where 900 and 1300 digits agree to 40 digits.
"""

from typing import Callable

import mpmath
from mpmath import mp, mpf

from cases import pair_cases, pmf_cases
from measures import FIELDS, FUNCTIONS, UNNORMALISED, evaluate
from tables import ORDERS, joint_tables, mixtures, uneven_positions

AGREEMENT = mpf(10) ** -30
GOLDEN_P, GOLDEN_Q = [0.5, 0.25, 0.125, 0.125], [0.25] * 4

GOLDEN = [
    ("kl_divergence", None, "0.17328679513998632735"),
    ("jensen_shannon_divergence", None, "0.042474759198849368225"),
    ("jensen_shannon_distance", None, "0.20609405425399677994"),
    ("bhattacharyya_coefficient", None, "0.9571067811865475244"),
    ("bhattacharyya_distance", None, "0.043840314666364652052"),
    ("hellinger_distance", None, "0.2071067811865475244"),
    ("total_variation", None, "0.25"),
    ("pearson_chi_squared", None, "0.375"),
    ("triangular_discrimination", None, "0.16666666666666666667"),
    ("renyi_divergence", 0.5, "0.087680629332729304104"),
    ("renyi_divergence", 2.0, "0.31845373111853461581"),
    ("renyi_divergence", 3.0, "0.41916459520222160335"),
    ("renyi_divergence", mpmath.inf, "0.69314718055994530942"),
    ("renyi_entropy", 0.5, "1.2986137317871613147"),
    ("renyi_entropy", 2.0, "1.067840630001356003"),
    ("tsallis_entropy", 0.5, "1.8284271247461900976"),
    ("tsallis_entropy", 2.0, "0.65625"),
]

GOLDEN_BITS = [
    ("entropy", {"p": GOLDEN_P}, "1.75"),
    ("kl_divergence", {"p": [0.5, 0.5], "q": [0.75, 0.25]}, "0.20751874963942190927"),
    ("kl_divergence", {"p": [0.75, 0.25], "q": [0.5, 0.5]}, "0.18872187554086713600"),
    ("joint_entropy", {"joint": joint_tables()[0]}, "3.375"),
    ("conditional_entropy", {"joint": joint_tables()[0], "given": "y"}, "1.625"),
    ("conditional_entropy", {"joint": joint_tables()[0], "given": "x"}, "1.375"),
]


def log(x):
    return mpmath.log(x) if x > 0 else -mpmath.inf


def kl(p, q):
    return sum((a * (log(a) - log(b)) for a, b in zip(p, q) if a > 0), mpf(0))


def shannon(p):
    return -sum((a * log(a) for a in p if a > 0), mpf(0))


def renyi(p, order):
    if order == mpmath.inf:
        return -log(max(p))
    if order == 1:
        return shannon(p)
    return log(sum(a ** mpf(order) for a in p if a > 0)) / (1 - mpf(order))


def tsallis(p, order):
    if order == 1:
        return shannon(p)
    return (1 - sum(a ** mpf(order) for a in p if a > 0)) / (mpf(order) - 1)


def affinity(p, q, order):
    """The sum of p^a q^(1-a), with its limits where a mass is 0."""
    a, total = mpf(order), mpf(0)
    for x, y in zip(p, q):
        if x > 0 and y > 0:
            total += x ** a * y ** (1 - a)
        elif (x > 0 and a >= 1) or (y > 0 and a < 0):
            return mpmath.inf
        elif y > 0 and a == 0 and x > 0:
            total += y
    return total


def renyi_divergence(p, q, order):
    if order == 1:
        return kl(p, q)
    if order == mpmath.inf:
        return log(max(a / b if b > 0 else mpmath.inf for a, b in zip(p, q) if a > 0))
    return log(affinity(p, q, order)) / (mpf(order) - 1)


def alpha(p, q, order):
    if order == 1:
        return kl(p, q)
    return kl(q, p) if order == 0 else (affinity(p, q, order) - 1) / (order * (order - 1))


def mixture(p, q, w):
    return [(1 - w) * a + w * b for a, b in zip(p, q)]


def shannon_jensen(p, q):
    m = mixture(p, q, mpf(1) / 2)
    return (kl(p, m) + kl(q, m)) / 2


def chi_squared(p, q):
    return sum((mpmath.inf if b == 0 else (a - b) ** 2 / b for a, b in zip(p, q) if a != b), mpf(0))


def chernoff(p, q):
    """Golden-section search: nothing in common with the ball version but f itself."""
    shared = [(a, b) for a, b in zip(p, q) if a > 0 and b > 0]
    if not shared:
        return mpmath.inf
    weights = [(b, log(a) - log(b)) for a, b in shared]

    def f(x):
        return log(sum(b * mpmath.exp(x * r) for b, r in weights))

    low, high, section = mpf(0), mpf(1), (mpmath.sqrt(5) - 1) / 2
    for _ in range(250):
        left, right = high - section * (high - low), low + section * (high - low)
        low, high = (low, right) if f(left) < f(right) else (left, high)
    return -min(f(mpf(0)), f((low + high) / 2), f(mpf(1)))


def cumulative(p):
    return [sum(p[:i + 1], mpf(0)) for i in range(len(p))]


def along(p, q, x, norm):
    """Sum of gap * norm(F - G) over the line."""
    steps = [b - a for a, b in zip(x, x[1:])]
    return sum((g * norm(a - b) for g, a, b in zip(steps, cumulative(p), cumulative(q))), mpf(0))


def wasserstein_2(p, q, x):
    """Integrate over the merged levels of both cumulative functions."""
    left, right = cumulative(p), cumulative(q)
    total, last = mpf(0), mpf(0)
    for level in sorted(left + right):
        middle = (last + level) / 2
        i = next((k for k, c in enumerate(left) if c >= middle), len(x) - 1)
        j = next((k for k, c in enumerate(right) if c >= middle), len(x) - 1)
        total, last = total + (level - last) * (x[i] - x[j]) ** 2, level
    return mpmath.sqrt(total)


def residual(p, x):
    rest = [1 - c for c in cumulative(p)[:-1]]
    terms = ((b - a) * s * log(s) for a, b, s in zip(x, x[1:], rest) if s > mpf(10) ** -700)
    return -sum(terms, mpf(0))


def conditional(joint, given):
    groups = joint if given == "x" else list(zip(*joint))
    total = sum(sum(g) for g in groups)
    return sum((sum(g) / total * shannon([c / sum(g) for c in g]) for g in groups if sum(g) > 0),
               mpf(0))


def generalized_js(rows, weights):
    w = [x / sum(weights) for x in weights]
    m = [sum(a * row[k] for a, row in zip(w, rows)) for k in range(len(rows[0]))]
    return sum((a * kl(row, m) for a, row in zip(w, rows) if a > 0), mpf(0))


def itakura_saito(p, q):
    if any((a > 0) != (b > 0) for a, b in zip(p, q)):
        return mpmath.inf
    return sum((a / b - log(a / b) - 1 for a, b in zip(p, q) if a > 0), mpf(0))


SECOND: dict[str, Callable] = {
    "entropy": shannon,
    "min_entropy": lambda p: renyi(p, mpmath.inf),
    "hartley_entropy": lambda p: log(mpf(sum(1 for a in p if a > 0))),
    "collision_entropy": lambda p: -log(sum(a * a for a in p)),
    "gini_impurity": lambda p: 1 - sum(a * a for a in p),
    "perplexity": lambda p: mpmath.exp(shannon(p)),
    "extropy": lambda p: -sum(((1 - a) * log(1 - a) for a in p if a != 1), mpf(0)),
    "normalized_entropy": lambda p: shannon(p) / log(mpf(len(p))),
    "renyi_entropy": renyi,
    "tsallis_entropy": tsallis,
    "hill_number": lambda p, order: mpmath.exp(renyi(p, order)),
    "cumulative_residual_entropy": residual,
    "self_information": lambda p, outcome: -log(p[outcome]),
    "binary_entropy": lambda x: shannon([x, 1 - x]),
    "joint_entropy": lambda j: shannon([c / sum(map(sum, j)) for line in j for c in line]),
    "conditional_entropy": conditional,
    "cross_entropy": lambda p, q: kl(p, q) + shannon(p),
    "kl_divergence": kl,
    "reverse_kl_divergence": lambda p, q: kl(q, p),
    "jeffreys_divergence": lambda p, q: kl(p, q) + kl(q, p),
    "population_stability_index": lambda p, q: kl(p, q) + kl(q, p),
    "jensen_shannon_divergence": shannon_jensen,
    "jensen_shannon_distance": lambda p, q: mpmath.sqrt(abs(shannon_jensen(p, q))),
    "generalized_jensen_shannon_divergence": generalized_js,
    "skew_divergence": lambda p, q, order: kl(p, mixture(p, q, mpf(order))),
    "renyi_divergence": renyi_divergence,
    "tsallis_divergence": lambda p, q, order: kl(p, q) if order == 1
    else (affinity(p, q, order) - 1) / (mpf(order) - 1),
    "alpha_divergence": lambda p, q, order: alpha(p, q, mpf(order)),
    "cressie_read_divergence": lambda p, q, order: alpha(p, q, mpf(order) + 1),
    "hellinger_distance": lambda p, q: mpmath.sqrt(abs(1 - affinity(p, q, 0.5))),
    "bhattacharyya_coefficient": lambda p, q: affinity(p, q, 0.5),
    "bhattacharyya_distance": lambda p, q: -log(affinity(p, q, 0.5)),
    "chernoff_information": chernoff,
    "total_variation": lambda p, q: sum(abs(a - b) for a, b in zip(p, q)) / 2,
    "pearson_chi_squared": chi_squared,
    "neyman_chi_squared": lambda p, q: chi_squared(q, p),
    "triangular_discrimination": lambda p, q: sum(
        ((a - b) ** 2 / (a + b) for a, b in zip(p, q) if a + b > 0), mpf(0)),
    "generalized_kl_divergence": lambda p, q: kl(p, q) - sum(p) + sum(q),
    "itakura_saito_divergence": itakura_saito,
    "wasserstein_1": lambda p, q, x: along(p, q, x, abs),
    "wasserstein_2": wasserstein_2,
    "cramer_distance": lambda p, q, x: mpmath.sqrt(along(p, q, x, lambda d: d * d)),
    "energy_distance": lambda p, q, x: mpmath.sqrt(2 * along(p, q, x, lambda d: d * d)),
    "kolmogorov_smirnov": lambda p, q, x: max(
        (abs(a - b) for a, b in zip(cumulative(p), cumulative(q))), default=mpf(0)),
}


def numbers(value):
    """Doubles, or nested lists of them, as mpf."""
    if isinstance(value, (list, range)):
        return [numbers(item) for item in value]
    return mpf(value)


def normalised(masses):
    exact = numbers(masses)
    total = sum(exact)
    return [mass / total for mass in exact]


def second_opinion(measure: str, fields: dict) -> mpf:
    """The mpmath value at the current precision."""
    keep = numbers if measure in UNNORMALISED or measure == "binary_entropy" else normalised
    values = []
    for name in FIELDS[measure]:
        if name in ("p", "q"):
            values.append(keep(fields[name]))
        elif name == "positions":
            values.append(numbers(fields.get(name, range(len(fields["p"])))))
        elif name == "distributions":
            values.append([normalised(line) for line in fields[name]])
        elif name in ("joint", "weights"):
            values.append(numbers(fields[name]))
        else:
            values.append(fields[name])
    return SECOND[measure](*values)


def stable_value(measure: str, fields: dict) -> mpf | None:
    """The mpmath value if two precisions agree, else None."""
    values = []
    for digits in (900, 1300):
        mp.dps = digits
        values.append(mpf(second_opinion(measure, fields)))
    return values[1] if close(*values, mpf(10) ** -40) else None


def close(x: mpf, y: mpf, tolerance: mpf) -> bool:
    return x == y or (mpmath.isfinite(x) and abs(x - y) <= tolerance * abs(y))


def disagrees(measure: str, fields: dict) -> bool | None:
    """Whether the ball value contradicts mpmath; None where mpmath is not stable."""
    truth = evaluate(measure, fields)
    if truth.is_exact_zero:
        mp.dps = 900
        return abs(second_opinion(measure, fields)) > mpf(10) ** -300
    expected = stable_value(measure, fields)
    if expected is None:
        return None
    if truth.is_infinite:
        return expected != mpmath.inf
    fraction = truth.fraction()
    return not close(mpf(fraction.numerator) / fraction.denominator, expected, AGREEMENT)


def questions(measure: str):
    """A few inputs for one measure, from the same families as the oracles."""
    fields = FIELDS[measure]
    if measure == "binary_entropy":
        yield from ({"p": x} for x in (0.0, 1.0, 5e-324, 1e-310, 3e-20, 0.3, 0.5 - 2.0**-40, 0.75))
    elif "joint" in fields:
        for joint in joint_tables()[:-1]:
            yield from ({"joint": joint, "given": given} for given in ("x", "y"))
    elif "distributions" in fields:
        yield from ({"distributions": rows, "weights": w} for rows, w in mixtures())
    else:
        yield from mass_questions(measure)


def mass_questions(measure: str):
    fields = FIELDS[measure]
    for case in pair_cases() if "q" in fields else pmf_cases():
        if case.size > 4 or (measure == "normalized_entropy" and case.size < 2):
            continue
        base = {"p": case.p, "q": case.q}
        yield from ({**base, "order": order} for order in ORDERS.get(measure, [])[::3])
        if "outcome" in fields:
            yield {**base, "outcome": case.size - 1}
        elif "order" not in fields:
            yield base
        if "positions" in fields and case.size > 1:
            yield {**base, "positions": uneven_positions(case.size)[2]}


def golden_failures() -> list[str]:
    mp.dps = 40
    failures = []
    rows = [(name, {"p": GOLDEN_P, "q": GOLDEN_Q, "order": order}, text, mpf(1))
            for name, order, text in GOLDEN]
    rows += [(name, fields, text, mpmath.log(2)) for name, fields, text in GOLDEN_BITS]
    for name, fields, text, unit in rows:
        if not close(mpf(evaluate(name, fields).decimal()) / unit, mpf(text), mpf(10) ** -17):
            failures.append(f"golden {name}")
    return failures


def run() -> int:
    failures, verdicts = golden_failures(), []
    for measure in FUNCTIONS:
        for fields in questions(measure):
            verdicts.append(disagrees(measure, fields))
            if verdicts[-1]:
                failures.append(f"{measure} {fields}")
    for failure in failures:
        print(f"FAIL {failure}")
    undecided = verdicts.count(None)
    print(f"{len(verdicts)} values, {undecided} undecided by mpmath, {len(failures)} failures")
    return 1 if failures else 0
