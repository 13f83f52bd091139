"""Time this library beside the packages that people use, turn by turn in one run.

    make bench                     every benchmark
    make bench ARGUMENTS="NAME"    one of them

Each round times both contenders on the same data, in reversed order every other
round. What is printed is the median of the rounds' ratios, and their range: times
alone say little, because machines drift. All run on one thread.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np

ROUNDS = 11


class Contender:
    """The Swift program: it holds the data, and runs a job when it is told to."""

    def __init__(self, program: str, job: str, *arguments: str):
        self.process = subprocess.Popen([program, job, *arguments], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self) -> tuple[float, float]:
        """Seconds and the result."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        nanoseconds, value = self.process.stdout.readline().split()
        return float(nanoseconds) * 1e-9, float(value)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


@dataclass(frozen=True)
class Benchmark:
    """A job of the Swift program, and the peer that does the same."""

    name: str
    peer: str
    job: str
    data: Callable[[], list[np.ndarray]]
    run: Callable[..., float]


def label_pairs(size: int, alphabet: int) -> list[np.ndarray]:
    """Labels of which the second repeats the first half of the time."""
    random = np.random.default_rng(7)
    x = random.integers(0, alphabet, size)
    y = np.where(random.random(size) < 0.5, x, random.integers(0, alphabet, size))
    return [x, y]


def bincount_mutual_information(x: np.ndarray, y: np.ndarray) -> float:
    rows, columns = int(x.max()) + 1, int(y.max()) + 1
    joint = np.bincount(x * columns + y, minlength=rows * columns).reshape(rows, columns)
    p = joint / joint.sum()
    independent = p.sum(axis=1, keepdims=True) * p.sum(axis=0, keepdims=True)
    filled = p > 0
    return float(np.sum(p[filled] * np.log(p[filled] / independent[filled])))


BENCHMARKS = [
    Benchmark(f"mutual information, 1e7 pairs of {alphabet} labels", "numpy.bincount",
              "mutual-information", lambda alphabet=alphabet: label_pairs(10**7, alphabet),
              bincount_mutual_information)
    for alphabet in (10, 100, 1000)
]


def seconds(function: Callable[..., float], data: list[np.ndarray]) -> tuple[float, float]:
    start = time.perf_counter()
    value = function(*data)
    return time.perf_counter() - start, value


def measure(benchmark: Benchmark, program: str) -> None:
    data = benchmark.data()
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, column in enumerate(data):
            files.append(os.path.join(folder, str(number)))
            column.astype(np.int64).tofile(files[-1])
        ours = Contender(program, benchmark.job, *files)
        ratios, times = [], []
        for number in range(ROUNDS + 1):
            if number % 2:
                theirs, expected = seconds(benchmark.run, data)
                own, value = ours.run()
            else:
                own, value = ours.run()
                theirs, expected = seconds(benchmark.run, data)
            assert abs(value - expected) <= 1e-9 * max(abs(expected), 1e-3), (value, expected)
            if number:  # the first round warms up
                ratios.append(theirs / own)
                times.append((own, theirs))
        ours.close()
    own, theirs = (statistics.median(column) for column in zip(*times))
    print(f"{benchmark.name}\n  {statistics.median(ratios):.2f} times as fast as {benchmark.peer} "
          f"({min(ratios):.2f} … {max(ratios):.2f}; {own * 1e3:.1f} and {theirs * 1e3:.1f} ms)",
          flush=True)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 64
    program, words = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    chosen = [b for b in BENCHMARKS if all(word in b.name for word in words)]
    for benchmark in chosen:
        measure(benchmark, program)
    return 0 if chosen else 1


if __name__ == "__main__":
    sys.exit(main())
