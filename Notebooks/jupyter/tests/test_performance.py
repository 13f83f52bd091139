"""How fast the kernel starts and runs cells, and how much memory cells leave behind.

Where other work keeps all processors busy, the time on the clock is not the kernel's:
start and cells are then judged by the time that they had a processor. Their steps follow
one another, so that on an idle machine the clock shows little more.
"""

import os
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Notebook

CELLS = 100


def resident_megabytes(process: int) -> float:
    """The memory that a process and its children have."""
    status = Path(f"/proc/{process}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    own = int(line.split()[1]) / 1024
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(resident_megabytes(int(child)) for child in children)


def processor_seconds(process: int) -> float:
    """The time that a process, those it has waited for and its children have used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(processor_seconds(int(child)) for child in children)


def judged(times: tuple):
    """The time on the clock, or that on a processor where more wants to run than there are."""
    return times[1 if os.getloadavg()[0] > os.cpu_count() else 0]


class Measured(NamedTuple):
    """Times on the clock and on a processor, in seconds, and the growth in megabytes."""

    start: tuple[float, float]
    first: tuple[float, float]
    cells: tuple[list[float], list[float]]
    growth: float


@pytest.fixture(scope="module")
def measured():
    """A notebook of a hundred cells, its start, their times, and its memory before and after."""
    notebook = Notebook()
    process = notebook.manager.provisioner.pid
    starting = notebook.start_seconds, processor_seconds(process)
    start, used = time.monotonic(), processor_seconds(process)
    notebook.check("import InformationTheory\nlet value0 = try Categorical([0.5, 0.5]).entropy().bits")
    first = time.monotonic() - start, processor_seconds(process) - used
    before = resident_megabytes(process)
    clock, processor = [], []
    for i in range(1, CELLS + 1):
        code = (
            f"let value{i} = value{i - 1} + 1\nfunc next{i}(_ x: Double) -> Double {{ x + value{i} }}\n"
            f"var shared = [value{i}]\nprint(next{i}(1))\nvalue{i}"
        )
        used = processor_seconds(process)
        answer = notebook.check(code)
        assert answer.result == f"{i + 1}.0"
        clock.append(answer.seconds)
        processor.append(processor_seconds(process) - used)
    growth = resident_megabytes(process) - before
    yield Measured(starting, first, (clock, processor), growth)
    notebook.close()


def test_the_kernel_starts_within_three_seconds(measured):
    print("start: %.2f s on the clock, %.2f s on a processor" % measured.start)
    assert judged(measured.start) <= 3


def test_the_first_cell_takes_at_most_ten_seconds(measured):
    print("first cell: %.2f s on the clock, %.2f s on a processor" % measured.first)
    assert judged(measured.first) <= 10


def test_a_cell_takes_at_most_half_a_second(measured):
    for name, seconds in zip(("clock", "processor"), measured.cells, strict=True):
        early, late = (statistics.median(part) for part in (seconds[:20], seconds[-20:]))
        middle = statistics.median(seconds)
        print(f"{name}: median {middle:.3f} s, first 20 {early:.3f} s, last 20 {late:.3f} s")
    assert statistics.median(judged(measured.cells)) <= 0.5


def test_a_hundred_cells_leave_less_than_200_megabytes(measured):
    print(f"growth: {measured.growth:.1f} MB")
    assert measured.growth <= 200
