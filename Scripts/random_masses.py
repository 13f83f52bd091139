"""Random distributions that any language can rebuild bit for bit.

SplitMix64, state starting at the seed, all arithmetic modulo 2^64:

    state += 0x9E3779B97F4A7C15
    z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB
    return z ^ (z >> 31)

The first n draws are w_i = next() >> 24 (40-bit integers, 1 in place of 0);
W is their exact sum and p_i = float(w_i) / float(W).

Kind "independent": q is made in the same way from the next n draws.
Kind "near": the next n draws are u_i = float(next() >> 11) * 2^-52 - 1.0, then
r_i = p_i * (1.0 + separation * u_i), in IEEE operations in exactly that order,
and q_i = r_i / S, where S is the correctly rounded sum of all r_i (math.fsum).
"""

import math

MASK = (1 << 64) - 1


class SplitMix64:
    """The generator above, with the few conveniences the tables need."""

    def __init__(self, seed: int):
        self.state = seed & MASK

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound: int) -> int:
        return self.next() % bound

    def uniform(self) -> float:
        """A double in [0, 1)."""
        return float(self.next() >> 11) * 2.0**-53

    def signed(self) -> float:
        """A double in [-1, 1)."""
        return float(self.next() >> 11) * 2.0**-52 - 1.0

    def choice(self, options):
        return options[self.below(len(options))]

    def masses(self, count: int) -> list[float]:
        weights = [self.next() >> 24 or 1 for _ in range(count)]
        total = float(sum(weights))
        return [float(weight) / total for weight in weights]

    def neighbour(self, p: list[float], separation: float) -> list[float]:
        moved = [mass * (1.0 + separation * self.signed()) for mass in p]
        total = math.fsum(moved)
        return [mass / total for mass in moved]


def generate_pmf(count: int, seed: int) -> list[float]:
    return SplitMix64(seed).masses(count)


def generate_pair(kind: str, count: int, seed: int,
                  separation: float) -> tuple[list[float], list[float]]:
    generator = SplitMix64(seed)
    p = generator.masses(count)
    if kind == "independent":
        return p, generator.masses(count)
    return p, generator.neighbour(p, separation)
