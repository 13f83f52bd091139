"""The named inputs of the oracle tables: stress families, not typical data.

Each family is a regime in which a plausible implementation is known to fail:
nearly equal distributions, subnormal masses, peaked distributions, zeros,
masses that are not normalised.
"""

import math
from dataclasses import dataclass, field
from fractions import Fraction

from random_masses import SplitMix64, generate_pair, generate_pmf

TINY = 5e-324
GOLDEN_P = [0.5, 0.25, 0.125, 0.125]


@dataclass(frozen=True)
class Case:
    """Named masses; `recipe` replaces them in the file when they are generated."""

    name: str
    p: list[float]
    q: list[float] | None = None
    recipe: dict = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.p)

    @property
    def normalize(self) -> bool:
        """Whether the masses need to be normalised before they are probabilities."""
        return not (sums_to_one(self.p) and (self.q is None or sums_to_one(self.q)))

    @property
    def has_zero(self) -> bool:
        return 0.0 in self.p or (self.q is not None and 0.0 in self.q)


def sums_to_one(masses: list[float]) -> bool:
    """Whether the exact sum is within n * 2^-52 of 1."""
    if len(masses) > 2000:
        return abs(math.fsum(masses) - 1) <= len(masses) * 2.0**-53
    return abs(sum(map(Fraction, masses)) - 1) <= Fraction(len(masses), 1 << 52)


def nudged(masses: list[float], up: int, down: int) -> list[float]:
    """Move one mass up and another down by one unit in the last place."""
    result = list(masses)
    result[up] = math.nextafter(result[up], math.inf)
    result[down] = math.nextafter(result[down], 0.0)
    return result


def scaled(masses: list[float], factor: float) -> list[float]:
    return [mass * factor for mass in masses]


def random_pmf(count: int, seed: int) -> list[float]:
    return generate_pmf(count, seed)


def wide_pmf(count: int, seed: int) -> list[float]:
    """Masses whose logarithms are spread evenly from 1 to about 1e-300."""
    generator = SplitMix64(seed)
    small = [10.0 ** (-300 * generator.uniform()) * 0.25 / count for _ in range(count - 1)]
    return small + [1.0 - math.fsum(small)]


def generated_pmfs() -> list[Case]:
    cases = []
    for count, seed in ((1000, 13), (10_000, 16), (1_000_000, 17)):
        recipe = {"kind": "independent", "n": count, "seed": seed, "separation": (0.0).hex()}
        cases.append(Case(f"generated n={count}", random_pmf(count, seed), recipe=recipe))
    return cases


def generated_pairs() -> list[Case]:
    plan = [("independent", 1000, 11, 0.0), ("near", 1000, 12, 1e-3), ("near", 1000, 13, 1e-9),
            ("near", 1000, 14, 1e-15), ("independent", 10_000, 15, 0.0),
            ("near", 10_000, 16, 1e-9), ("independent", 1_000_000, 18, 0.0),
            ("near", 1_000_000, 17, 1e-9)]
    cases = []
    for kind, count, seed, separation in plan:
        label = f"near {separation:g}".replace("e-0", "e-") if kind == "near" else kind
        recipe = {"kind": kind, "n": count, "seed": seed, "separation": separation.hex()}
        p, q = generate_pair(kind, count, seed, separation)
        cases.append(Case(f"generated {label} n={count}", p, q, recipe))
    return cases


def pmf_cases() -> list[Case]:
    cases = [Case(f"uniform n={n}", [1.0 / n] * n) for n in (1, 2, 3, 7, 10, 100)]
    for count, seeds in ((2, 2), (3, 2), (5, 2), (10, 3), (100, 1)):
        for index in range(seeds):
            p = random_pmf(count, 1000 * count + index)
            cases.append(Case(f"random n={count} #{index}", p))
    for index in range(3):
        cases.append(Case(f"wide n=8 #{index}", wide_pmf(8, 70 + index)))
    cases += [Case(name, p) for name, p in SPECIAL_PMFS.items()]
    cases.append(Case("near uniform 1e-9 n=10", SplitMix64(5).neighbour([0.1] * 10, 1e-9)))
    cases.append(Case("fl(3p) n=10", scaled(random_pmf(10, 31), 3.0)))
    cases.append(Case("1e5 p n=10", scaled(random_pmf(10, 32), 1e5)))
    cases.append(Case("1e-5 p n=10", scaled(random_pmf(10, 33), 1e-5)))
    cases.append(Case("2^40 p n=10", scaled(random_pmf(10, 34), 2.0**40)))
    return cases + generated_pmfs()


SPECIAL_PMFS = {
    "golden": GOLDEN_P,
    "dyadic n=6": [2.0**-k for k in range(1, 6)] + [2.0**-5],
    "dyadic n=60": [2.0**-k for k in range(1, 60)] + [2.0**-59],
    "single 3": [3.0],
    "point mass n=3": [0.0, 1.0, 0.0],
    "zeros n=5": [0.0, 0.25, 0.0, 0.5, 0.25],
    "zeros at ends n=6": [0.0, 0.0, 0.3, 0.3, 0.4, 0.0],
    "spike 1-1e-12": [1.0 - 1e-12, 1e-12],
    "spike 1-1e-12 n=5": [2.5e-13, 1.0 - 1e-12, 2.5e-13, 2.5e-13, 2.5e-13],
    "spike 1-2^-53": [1.0 - 2.0**-53, 2.0**-53],
    "spike 1-2^-53 last": [2.0**-53, 1.0 - 2.0**-53],
    "spike beside 1e-30": [1.0, 1e-30],
    "subnormal 1, 5e-324": [1.0, TINY],
    "subnormal 5e-324, 1": [TINY, 1.0],
    "subnormal n=4": [1e-310, 0.5, TINY, 0.5],
    "subnormal n=5": [3e-309, 1.0, 2e-320, TINY, 1e-310],
    "all subnormal n=3": [TINY, 1e-310, 3e-310],
    "half and half and 1e-300": [0.5, 1e-300, 0.5],
    "around half": [math.nextafter(0.5, 1.0), math.nextafter(0.5, 0.0)],
    "counts n=11": [4.0, 2.0, 3.0, 0.0, 2.0, 4.0, 0.0, 0.0, 2.0, 1.0, 1.0],
    "counts n=5": [1.0, 2.0, 3.0, 2.0, 1.0],
    "counts large n=4": [1e15, 1.0, 123456789.0, 2.0**53],
    "huge masses n=3": [1e300, 3e299, 1e-300],
}


def separated_pairs() -> list[Case]:
    cases = []
    for count, seeds in ((2, 2), (3, 2), (10, 2), (100, 1)):
        for index in range(seeds):
            p, q = generate_pair("independent", count, 100 * count + index, 0.0)
            cases.append(Case(f"independent n={count} #{index}", p, q))
    for exponent in (3, 6, 9, 12, 15):
        separation = float(f"1e-{exponent}")
        for count, seeds in ((2, 1), (3, 1), (10, 2), (100, 1)):
            for index in range(seeds):
                seed = 10_000 * exponent + 10 * count + index
                p, q = generate_pair("near", count, seed, separation)
                cases.append(Case(f"near 1e-{exponent} n={count} #{index}", p, q))
    return cases


def rescaled_pairs() -> list[Case]:
    """The same distribution in other units, rounded or exactly."""
    p, other = random_pmf(10, 41), random_pmf(10, 42)
    small, large = random_pmf(4, 43), random_pmf(100, 44)
    return [
        Case("equal n=10", p, list(p)),
        Case("q = 2^40 p n=10", p, scaled(p, 2.0**40)),
        Case("q = 2^-40 p n=4", small, scaled(small, 2.0**-40)),
        Case("q = fl(3p) n=4", small, scaled(small, 3.0)),
        Case("q = fl(3p) n=10", p, scaled(p, 3.0)),
        Case("q = fl(3p) n=100", large, scaled(large, 3.0)),
        Case("q = fl(1e5 p) n=10", p, scaled(p, 1e5)),
        Case("q = fl(1e-5 p) n=10", p, scaled(p, 1e-5)),
        Case("1e5 p, independent q n=10", scaled(p, 1e5), other),
        Case("p, 2^40 independent q n=10", p, scaled(other, 2.0**40)),
        Case("neighbours by 1 ulp n=4", small, nudged(small, 0, 1)),
        Case("neighbours by 1 ulp n=10", p, nudged(p, 3, 7)),
        Case("neighbours by 1 ulp n=100", large, nudged(large, 10, 90)),
        Case("neighbours of one half", [0.5, 0.5], nudged([0.5, 0.5], 0, 1)),
    ]


def wide_pairs() -> list[Case]:
    cases = [Case(f"wide n=8 #{i}", wide_pmf(8, 80 + i), wide_pmf(8, 90 + i)) for i in range(3)]
    p = wide_pmf(8, 83)
    cases.append(Case("wide and uniform n=8", p, [0.125] * 8))
    cases.append(Case("wide near 1e-9 n=8", p, SplitMix64(84).neighbour(p, 1e-9)))
    return cases


def pair_cases() -> list[Case]:
    special = [Case(name, p, q) for name, (p, q) in SPECIAL_PAIRS.items()]
    return separated_pairs() + special + rescaled_pairs() + wide_pairs() + generated_pairs()


SPIKE_12 = [1.0 - 1e-12, 1e-12]
SPIKE_53 = [1.0 - 2.0**-53, 2.0**-53]

SPECIAL_PAIRS = {
    "golden": (GOLDEN_P, [0.25] * 4),
    "near .3 .3 .4 by 1e-8": ([0.3, 0.3, 0.4], [0.3 + 1e-8, 0.3 - 1e-8, 0.4]),
    "equal n=4": (GOLDEN_P, list(GOLDEN_P)),
    "equal with zeros": ([0.0, 0.5, 0.5], [0.0, 0.5, 0.5]),
    "equal with subnormals": ([1.0, TINY], [1.0, TINY]),
    "single outcome": ([1.0], [1.0]),
    "single outcome 3 and 5": ([3.0], [5.0]),
    "zeros in p n=4": ([0.0, 0.5, 0.0, 0.5], GOLDEN_P),
    "zeros in p n=3": ([0.0, 1.0, 0.0], [0.2, 0.5, 0.3]),
    "zeros in p, q nearly there": ([0.0, 1.0], [1e-12, 1.0 - 1e-12]),
    "zeros in both n=5": ([0.0, 0.5, 0.25, 0.0, 0.25], [0.25, 0.5, 0.125, 0.0, 0.125]),
    "zeros in both, same places": ([0.0, 0.3, 0.7, 0.0], [0.0, 0.6, 0.4, 0.0]),
    "zeros in q n=4": (GOLDEN_P, [0.5, 0.0, 0.25, 0.25]),
    "zeros in q n=2": ([0.5, 0.5], [0.0, 1.0]),
    "zeros crossed n=3": ([0.5, 0.5, 0.0], [0.0, 0.25, 0.75]),
    "disjoint n=2": ([1.0, 0.0], [0.0, 1.0]),
    "disjoint n=4": ([0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.25, 0.75]),
    "0, 1 and 5e-324, 1": ([0.0, 1.0], [TINY, 1.0]),
    "5e-324, 1 and 0, 1": ([TINY, 1.0], [0.0, 1.0]),
    "5e-324 and 1e-323 beside 1": ([1.0, TINY], [1.0, 2 * TINY]),
    "1e-310 and 2e-310 beside halves": ([0.5, 0.5, 1e-310], [0.5, 0.5, 2e-310]),
    "1e-310 and 5e-324 beside thirds": ([0.25, 0.75, 1e-310], [0.25, 0.75, TINY]),
    "neighbouring subnormals": ([0.5, 0.5, 1e-310], [0.5, 0.5, 1e-310 + TINY]),
    "subnormal in p only": ([TINY, 0.5, 0.5], [0.25, 0.25, 0.5]),
    "subnormal in q only": ([0.25, 0.25, 0.5], [1e-310, 0.5, 0.5]),
    "opposite spikes of 5e-324": ([1.0, TINY], [TINY, 1.0]),
    "all subnormal": ([TINY, 1e-323, 3e-310], [1e-310, 3e-310, TINY]),
    "subnormal and counts": ([TINY, 1e-323, 3e-310], [3.0, 2.0, 5.0]),
    "spikes 1-1e-12 and 1-2e-12": (SPIKE_12, [1.0 - 2e-12, 2e-12]),
    "spikes 1-1e-12 and 1-2^-53": (SPIKE_12, SPIKE_53),
    "spikes 1-2^-53 and 1-2^-52": (SPIKE_53, [1.0 - 2.0**-52, 2.0**-52]),
    "opposite spikes 1-1e-12": (SPIKE_12, SPIKE_12[::-1]),
    "spike and uniform": (SPIKE_53, [0.5, 0.5]),
    "spikes 1e-100 and 2e-100": ([1.0, 1e-100], [1.0, 2e-100]),
    "dyadic n=6": ([2.0**-k for k in (1, 2, 3, 4, 5, 5)], [2.0**-k for k in (5, 5, 4, 3, 2, 1)]),
    "dyadic by 2^-40": ([0.5, 0.5], [0.5 + 2.0**-40, 0.5 - 2.0**-40]),
    "1e-300 at either end": ([1e-300, 0.5, 0.5], [0.5, 0.5, 1e-300]),
    "1e-300 and 1e-200": ([1e-300, 0.5, 0.5], [1e-200, 0.25, 0.75]),
    "counts n=6": ([4.0, 2.0, 3.0, 1.0, 10.0, 4.0], [2.0, 3.0, 7.0, 1.0, 4.0, 3.0]),
    "counts n=3, tripled": ([1.0, 2.0, 5.0], [3.0, 6.0, 15.0]),
    "counts near n=3": ([1e9, 2e9, 5e9], [1e9 + 1, 2e9 - 1, 5e9]),
    "huge masses": ([1e300, 3e299, 1e-300], [2e299, 1e300, 1e-310]),
}
