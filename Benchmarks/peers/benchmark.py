"""What a benchmark is: work of a size, and who does it."""

from dataclasses import dataclass, field
from typing import Callable

import numpy as np

from swift_library import SwiftLibrary
from timing import Field

QUICK = 16
"""By how much sizes are divided when the run is only to see that all works."""


@dataclass(frozen=True)
class Setting:
    library: SwiftLibrary
    threads: int
    quick: bool

    def size(self, number: int) -> int:
        return max(1, number // QUICK) if self.quick else number


@dataclass(frozen=True)
class Benchmark:
    """`traffic` is how many bytes must at least be read and written, if they are so many
    that memory limits the speed. `goals` are, for a form of ours and a number of threads,
    how many times as fast as a peer it is to be at least."""

    section: str
    name: str
    contestants: Callable[[Setting], Field]
    threads: tuple[int, ...] = (1, 2)
    traffic: Callable[[Setting], int] = lambda setting: 0
    goals: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)



def random_numbers(number: int) -> np.random.Generator:
    return np.random.default_rng(number)


def masses(size: int, number: int) -> np.ndarray:
    p = random_numbers(number).random(size)
    return p / p.sum()
