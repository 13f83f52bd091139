"""Which inputs each measure is evaluated on, as rows of the oracle files."""

import math
from functools import lru_cache
from typing import Iterator

from cases import Case, pair_cases, pmf_cases
from gradients import GREAT_ORDERS, PARTIALS, Gradient, verify
from masses import Masses
from measures import FIELDS, evaluate
from random_masses import SplitMix64

ROOT_ORDERS = [0.0, 0.5, 1.0, 2.0, 3.0, 10.0, 100.0]
NEAR_ONE = [1.0 + s * 2.0**-k for k in (1, 10, 20, 30, 40) for s in (-1, 1)]
NEAR_ONE += [1.0 - 2.0**-53, 1.0 + 2.0**-52]
FINITE_ORDERS = sorted(set(ROOT_ORDERS + NEAR_ONE))

ORDERS = {
    "renyi_entropy": FINITE_ORDERS + [math.inf],
    "tsallis_entropy": FINITE_ORDERS,
    "hill_number": FINITE_ORDERS + [math.inf],
    "renyi_divergence": FINITE_ORDERS + [math.inf],
    "tsallis_divergence": FINITE_ORDERS,
    "alpha_divergence": [-2.0, -1.0, 2.0**-40, 0.0, 0.25, 0.5, 0.75, 1.0 - 2.0**-30, 1.0,
                         1.0 + 2.0**-20, 2.0, 3.0, 7.5],
    "cressie_read_divergence": [-2.0, -1.0, -0.5, 0.0, 2.0 / 3.0, 1.0, 2.0],
    "skew_divergence": [0.0, 1e-3, 0.1, 0.5, 0.99, 1.0],
}

MILLION = {"entropy", "kl_divergence", "jensen_shannon_divergence"}
"""The measures that are also evaluated on a million outcomes."""

ALWAYS = {"golden", "equal n=4", "near 1e-9 n=10 #0", "near 1e-15 n=3 #0", "zeros in p n=4",
          "zeros in q n=4", "disjoint n=4", "opposite spikes of 5e-324", "wide n=8 #0",
          "spikes 1-1e-12 and 1-2e-12", "5e-324 and 1e-323 beside 1",
          "uniform n=10", "spike 1-2^-53", "subnormal n=5", "zeros n=5", "counts n=5"}
"""Cases that every order sees; the others take turns, to keep the files small."""

TURNS = 3


@lru_cache(maxsize=None)
def inputs(kind: str) -> list[Case]:
    return pmf_cases() if kind == "pmfs" else pair_cases()


def kind_of(measure: str) -> str:
    return "pairs" if "q" in FIELDS[measure] else "pmfs"


def cases_for(measure: str) -> list[Case]:
    """The cases a measure is defined and affordable on."""
    largest = 1_000_000 if measure in MILLION else 10_000
    smallest = 2 if measure == "normalized_entropy" else 1
    return [c for c in inputs(kind_of(measure)) if smallest <= c.size <= largest]


def takes_turn(case: Case, number: int, order_number: int) -> bool:
    if case.name in ALWAYS:
        return True
    return (number + order_number) % TURNS == 0 and case.size <= 1000


def number_text(x: float) -> str:
    """A hexadecimal float without trailing zeros."""
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    mantissa, exponent = float(x).hex().split("p")
    whole, _, fraction = mantissa.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}p{exponent}"


def vector_text(values: list[float]) -> list[str]:
    return [number_text(value) for value in values]


def row(measure: str, fields: dict, arguments: dict) -> dict:
    truth = evaluate(measure, arguments)
    return {**fields, "value": number_text(truth.double()), "ball": truth.decimal()}


def case_arguments(case: Case) -> dict:
    masses = {"p": Masses(case.p)}
    return masses if case.q is None else {**masses, "q": Masses(case.q)}


def plain_rows(measure: str) -> Iterator[dict]:
    """One row per case; the order, where there is one, takes its turn too."""
    orders = ORDERS.get(measure)
    for number, case in enumerate(cases_for(measure)):
        arguments = case_arguments(case)
        if orders is None:
            yield row(measure, {"case": case.name}, arguments)
            continue
        for order_number, order in enumerate(orders):
            if takes_turn(case, number, order_number) or (order == 0.5 and case.size > 1000):
                fields = {"case": case.name, "order": number_text(order)}
                yield row(measure, fields, {**arguments, "order": order})


def uneven_positions(count: int) -> list[list[float]]:
    """Squares, a geometric scale, and random steps across the origin."""
    generator = SplitMix64(900 + count)
    random = sorted({generator.signed() * 100.0 for _ in range(count)})
    return [[i * i * 0.1 for i in range(count)], [10.0 ** (i - 3) for i in range(count)], random]


def position_rows(measure: str) -> Iterator[dict]:
    yield from plain_rows(measure)
    for case in cases_for(measure):
        if 2 <= case.size <= 6:
            for positions in uneven_positions(case.size):
                fields = {"case": case.name, "positions": vector_text(positions)}
                yield row(measure, fields, {**case_arguments(case), "positions": positions})


def outcome_rows(measure: str) -> Iterator[dict]:
    for case in cases_for(measure):
        indices = range(case.size) if case.size <= 6 else (0, case.size // 2, case.size - 1)
        for index in indices:
            yield row(measure, {"case": case.name, "outcome": index},
                      {**case_arguments(case), "outcome": index})


def binary_points() -> list[float]:
    tiny = [5e-324, 1e-323, 1e-310, 2.0**-1022, 1e-300, 1e-200, 1e-100, 3e-20, 1e-16, 1e-10, 1e-5]
    half = [0.5 + s * 2.0**-k for k in (52, 45, 40, 30, 27, 26, 20, 10, 5, 3) for s in (1, -1)]
    one = [1.0 - 2.0**-k for k in (53, 52, 50, 40, 30, 20, 10)] + [1.0 - 1e-12, 0.9999]
    plain = [0.0, 1.0, 0.5, 0.1, 0.25, 0.75, 0.9, 1 / 3, 0.01, 0.001, 0.11, 0.3, 0.45]
    generator = SplitMix64(77)
    points = plain + tiny + half + one + [0.5 - 2.0**-54, 0.5 - 1e-8]
    return points + [generator.uniform() for _ in range(10)]


def binary_rows(measure: str) -> Iterator[dict]:
    for x in binary_points():
        yield row(measure, {"x": number_text(x)}, {"p": x})


def joint_tables() -> list[list[list[float]]]:
    cover_thomas = [[1 / 8, 1 / 16, 1 / 32, 1 / 32], [1 / 16, 1 / 8, 1 / 32, 1 / 32],
                    [1 / 16] * 4, [1 / 4, 0.0, 0.0, 0.0]]
    fixed = [
        cover_thomas, [[0.25, 0.25], [0.25, 0.25]], [[0.5, 0.0], [0.0, 0.5]], [[1.0]],
        [[0.5, 0.5]], [[0.5], [0.5]], [[0.0, 0.0], [0.25, 0.75]], [[0.5, 5e-324], [0.0, 0.5]],
        [[1.0 - 2.0**-53, 2.0**-53], [0.0, 0.0]], [[0.5 - 2.0**-40, 2.0**-40], [0.0, 0.5]],
        [[0.5, 1e-300, 0.0], [1e-310, 0.25, 0.25]],
        [[3.0, 1.0, 4.0], [1.0, 5.0, 9.0]], [[0.0, 7.0], [2.0, 0.0]],
    ]
    random = []
    for rows, columns, seed in ((2, 2, 1), (2, 3, 2), (3, 5, 3), (5, 3, 4), (10, 10, 5)):
        cells = SplitMix64(600 + seed).masses(rows * columns)
        random.append([cells[i:i + columns] for i in range(0, len(cells), columns)])
    return fixed + random


def joint_rows(measure: str) -> Iterator[dict]:
    givens = [{}] if measure == "joint_entropy" else [{"given": "x"}, {"given": "y"}]
    for joint in joint_tables():
        for given in givens:
            fields = {"joint": [vector_text(line) for line in joint], **given}
            yield row(measure, fields, {"joint": joint, **given})


def mixtures() -> list[tuple[list[list[float]], list[float]]]:
    """Rows and weights: random, nearly equal, equal, disjoint, unequal weights."""
    generator = SplitMix64(55)
    result = []
    for rows, count in ((2, 2), (3, 4), (5, 3), (4, 10)):
        table = [generator.masses(count) for _ in range(rows)]
        result += [(table, [1.0 / rows] * rows), (table, generator.masses(rows))]
    for separation in (1e-3, 1e-9, 1e-15):
        p = generator.masses(5)
        table = [p] + [generator.neighbour(p, separation) for _ in range(2)]
        result += [(table, [0.25, 0.25, 0.5]), (table, generator.masses(3))]
    halves = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]
    identity = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    return result + [
        (halves, [0.25, 0.25, 0.5]), (identity, [0.5, 0.25, 0.25]), (identity, [1 / 3] * 3),
        (identity, [0.0, 0.5, 0.5]), (identity, [0.0, 1.0, 0.0]), ([[0.3, 0.7]], [1.0]),
        ([[0.5, 0.5], [0.25, 0.75]], [1.0 - 1e-12, 1e-12]),
        ([[1.0, 5e-324], [1.0, 1e-310]], [0.5, 0.5]),
        ([[0.5, 0.5, 0.0], [0.0, 0.25, 0.75]], [0.5, 0.5]),
        ([[0.5, 0.5], [0.25, 0.75]], [1.0, 1e-300]),
    ]


def mixture_rows(measure: str) -> Iterator[dict]:
    for table, weights in mixtures():
        fields = {"distributions": [vector_text(line) for line in table],
                  "weights": vector_text(weights)}
        yield row(measure, fields, {"distributions": table, "weights": weights})


def measure_rows(measure: str) -> list[dict]:
    """All rows of one measure's file."""
    fields = FIELDS[measure]
    if measure == "binary_entropy":
        return list(binary_rows(measure))
    for field, rows in (("positions", position_rows), ("outcome", outcome_rows),
                        ("joint", joint_rows), ("distributions", mixture_rows)):
        if field in fields:
            return list(rows(measure))
    return list(plain_rows(measure))


GRADIENT_CASES = {"independent n=2 #0", "independent n=3 #0", "independent n=3 #1",
                  "independent n=10 #0", "near 1e-3 n=3 #0", "near 1e-6 n=3 #0",
                  "near 1e-9 n=3 #0", "near 1e-9 n=10 #0", "near 1e-12 n=3 #0",
                  "near 1e-15 n=3 #0", "1e-300 and 1e-200", "spikes 1-1e-12 and 1-2e-12",
                  "1e5 p, independent q n=10", "counts n=6"}


FAR_GRADIENT_CASES = {"subnormal in p only", "subnormal in q only", "opposite spikes of 5e-324",
                      "opposite spikes 1-1e-12", "huge masses", "wide n=8 #0",
                      "wide and uniform n=8", "1e-310 and 5e-324 beside thirds"}
"""Distributions so far apart that quotients of masses leave the doubles."""

GREAT_ORDER_CASES = {"independent n=3 #0", "counts n=6", "golden", "huge masses"}


def gradient_rows() -> list[dict]:
    """Derivatives, each rule verified against finite differences of the measure where
    these can be had: not those of powers of a thousand digits."""
    rows = []
    for case in inputs("pairs"):
        p, q = Masses(case.p), Masses(case.q)
        if case.name in GRADIENT_CASES:
            for measure, order, rule in PARTIALS:
                gradient = Gradient(p, q, order, rule)
                verify(measure, gradient)
                rows.append(gradient_row(case, measure, gradient))
        if case.name in FAR_GRADIENT_CASES:
            rows += [gradient_row(case, measure, Gradient(p, q, order, rule))
                     for measure, order, rule in PARTIALS if measure != "cross_entropy"]
        if case.name in GREAT_ORDER_CASES:
            rows += [gradient_row(case, measure, Gradient(p, q, order, rule))
                     for measure, order, rule in GREAT_ORDERS]
    return rows


def gradient_row(case: Case, measure: str, gradient: Gradient) -> dict:
    fields = {"case": case.name, "measure": measure}
    if gradient.order:
        fields["order"] = number_text(gradient.order[0])
    for side, name in enumerate("pq"):
        fields[name] = vector_text([truth.double() for truth in gradient.vector(side)])
    fields["unit"] = {name: number_text(gradient.unit(side)) for side, name in enumerate("pq")}
    return fields
