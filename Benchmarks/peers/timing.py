"""Time contenders turn by turn, and compare them round by round."""

import gc
import statistics
import time
from dataclasses import dataclass, field
from typing import Callable

import numpy as np

BUDGET = 60.0
"""Seconds that the rounds of a benchmark may take, unless it would be too few of them."""
FEWEST_ROUNDS = 5
SETTLING = 0.005
"""Seconds before each run, in which threads that wait for more work stop spinning."""


@dataclass(frozen=True)
class Truth:
    """What must come out, computed by NumPy in double precision."""

    value: float
    gradient: np.ndarray | None = None


@dataclass(frozen=True)
class Tolerance:
    """Relative errors; the last one is relative to the largest entry of the gradient."""

    value: float
    gradient: float
    floor: float


OURS = Tolerance(1e-9, 1e-6, 1e-9)
ROUNDED = Tolerance(1e-7, 1e-6, 1e-9)
"""Of results of ours that are themselves in single precision."""
SINGLE = Tolerance(1e-4, 1e-3, 1e-6)
"""Of a peer that computes in single precision throughout."""
DOUBLE = Tolerance(1e-9, 1e-9, 1e-12)


@dataclass(frozen=True)
class Contender:
    """Somebody who does the work.

    `run` does it, and returns the value; `gradient` then tells the gradient. `prepare`
    comes before each run and is not timed. The time is divided by `units`: how many
    calls, or how many elements, one run stands for.
    """

    name: str
    run: Callable[[], float]
    truth: Truth | None
    tolerance: Tolerance = OURS
    gradient: Callable[[], np.ndarray] | None = None
    prepare: Callable[[], None] | None = None
    units: int = 1


@dataclass(frozen=True)
class Field:
    """All who do the same work: forms of ours, and the peers."""

    ours: list[Contender]
    peers: list[Contender]


@dataclass(frozen=True)
class Spread:
    """The median and the quartiles."""

    median: float
    lower: float
    upper: float

    @classmethod
    def of(cls, numbers: list[float]) -> "Spread":
        if len(numbers) == 1:
            return cls(*numbers * 3)
        lower, median, upper = statistics.quantiles(numbers, n=4, method="inclusive")
        return cls(median, lower, upper)


@dataclass
class Measurement:
    """A form of ours: its seconds a unit, and how many times as fast as others it is."""

    form: str
    seconds: float
    ratios: dict[str, Spread]
    peer_seconds: dict[str, float]
    rounds: int


@dataclass
class Outcome:
    measurements: list[Measurement] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def fault(contender: Contender, value: float) -> str | None:
    """What is wrong with the value and with the gradient that the last run left."""
    truth, tolerance = contender.truth, contender.tolerance
    if truth is None:
        return None
    if not abs(value - truth.value) <= tolerance.value * abs(truth.value):
        return f"{contender.name}: the value is {value!r}, not {truth.value!r}"
    if truth.gradient is None:
        return None
    got = np.asarray(contender.gradient())
    allowed = np.abs(truth.gradient)
    allowed = tolerance.gradient * allowed + tolerance.floor * float(allowed.max())
    wrong = ~(np.abs(got - truth.gradient) <= allowed)
    if not wrong.any():
        return None
    place = int(np.argmax(wrong))
    return (f"{contender.name}: {int(wrong.sum())} entries of the gradient are wrong, entry "
            f"{place} is {got.flat[place]!r}, not {truth.gradient.flat[place]!r}")


def timed(contender: Contender) -> tuple[float, float]:
    """The seconds a unit, and the value."""
    if contender.prepare:
        contender.prepare()
    time.sleep(SETTLING)
    start = time.perf_counter()
    value = contender.run()
    return (time.perf_counter() - start) / contender.units, value


def tried(contender: Contender) -> tuple[float, str | None]:
    """Runs twice, because the first time may compile: seconds of the second, and a fault."""
    try:
        timed(contender)
        seconds, value = timed(contender)
        return seconds * contender.units, fault(contender, value)
    except Exception as error:  # whatever a peer throws must not end the other benchmarks
        lines = str(error).strip().splitlines() or [""]
        return 0.0, f"{contender.name}: {type(error).__name__}: {lines[0]}"


def compete(contestants: Field, copy: Contender | None, rounds: int) -> Outcome:
    """Let all run in turn, in reversed order every other round; who is wrong is left out."""
    outcome, seconds = Outcome(), 0.0
    entered: list[Contender] = []
    for contender in [*contestants.ours, *contestants.peers, *([copy] if copy else [])]:
        duration, wrong = tried(contender)
        if wrong:
            outcome.faults.append(wrong)
        else:
            entered.append(contender)
            seconds += duration
    if seconds * rounds > BUDGET:
        rounds = max(min(rounds, FEWEST_ROUNDS), int(BUDGET / seconds))

    times: dict[str, list[float]] = {contender.name: [] for contender in entered}
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            for contender in reversed(entered) if number % 2 else entered:
                duration, value = timed(contender)
                times[contender.name].append(duration)
                # The last round's results are looked at whole.
                if number == rounds - 1 and (wrong := fault(contender, value)):
                    outcome.faults.append(f"{wrong} (round {number + 1})")
    finally:
        gc.enable()

    for form in [c.name for c in contestants.ours if c.name in times]:
        others = [c.name for c in [*contestants.peers, *([copy] if copy else [])]
                  if c.name in times]
        outcome.measurements.append(Measurement(
            form, statistics.median(times[form]),
            {name: Spread.of([b / a for a, b in zip(times[form], times[name])])
             for name in others},
            {name: statistics.median(times[name]) for name in others}, rounds))
    return outcome
