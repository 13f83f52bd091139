"""Distributions with exact masses, and the exact decisions about them.

A vector of stored doubles becomes integers over a common power of two, so
normalising by the exact sum is a quotient of integers, and "equal", "zero" and
"infinite" are decided on integers, never on balls.
"""

from typing import Sequence

from flint import arb

from balls import Value, to_integers


class Masses:
    """Exact masses of a distribution: `integers[i] / total` is the probability."""

    def __init__(self, values: Sequence[float]):
        self.values = [float(value) for value in values]
        self._set(to_integers(self.values)[0])

    @classmethod
    def from_integers(cls, integers: Sequence[int]) -> "Masses":
        """Masses known only up to scale, finer than doubles can be."""
        masses = cls.__new__(cls)
        masses.values = []
        masses._set(list(integers))
        return masses

    def _set(self, integers: list[int]) -> None:
        self.integers = integers
        self.total = sum(integers)
        self.support = sum(1 for mass in integers if mass > 0)

    def __len__(self) -> int:
        return len(self.integers)

    def probability(self, index: int) -> arb:
        return arb(self.integers[index]) / self.total


def same(p: Masses, q: Masses) -> bool:
    """Whether both normalise to exactly the same distribution."""
    pairs = zip(p.integers, q.integers)
    return all(a * q.total == b * p.total for a, b in pairs)


def escapes(p: Masses, q: Masses) -> bool:
    """Whether p puts mass where q has none."""
    return any(a > 0 and b == 0 for a, b in zip(p.integers, q.integers))


def common(p: Masses, q: Masses) -> list[tuple[int, int]]:
    """The masses of the outcomes that both p and q can produce."""
    return [(a, b) for a, b in zip(p.integers, q.integers) if a > 0 and b > 0]


def ratio(top: int, bottom: int) -> arb:
    return arb(top) / bottom


def x_log_x(top: int, bottom: int) -> arb:
    """x log x for the exact rational x = top / bottom, 0 at 0."""
    if top == 0 or top == bottom:
        return arb(0)
    x = ratio(top, bottom)
    return x * x.log()


def root(value: Value) -> Value:
    return value.sqrt() if isinstance(value, arb) else value


def gaps(count: int, positions: Sequence[float] | None) -> tuple[list[int], int]:
    """Exact steps between neighbouring positions, and their common denominator."""
    if positions is None:
        positions = range(count)
    places, unit = to_integers(positions)
    return [right - left for left, right in zip(places, places[1:])], unit
