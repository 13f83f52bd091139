"""How much memory the cross-entropy of a linear layer takes beside its inputs and outputs.

    Benchmarks/peers/run --memory

The growth of the resident memory while the value and both gradients of 512 rows of width
512 with 32,000 classes are computed, ours and torch's, each in a process of its own.
"""

import argparse
import os
import subprocess
import sys
import threading
import time

import numpy as np

ROWS, WIDTH, CLASSES = 512, 512, 32000
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE


def growth(work) -> int:
    """By how many bytes resident memory grows at most while a function runs."""
    before, largest, done = resident(), [0], threading.Event()

    def watch() -> None:
        while not done.is_set():
            largest[0] = max(largest[0], resident())
            time.sleep(0.0005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    done.set()
    watcher.join()
    return largest[0] - before


def random_problem(rows: int, classes: int) -> list[np.ndarray]:
    random = np.random.default_rng(3)
    return [random.standard_normal((rows, WIDTH), np.float32),
            random.standard_normal((classes, WIDTH), np.float32) * np.float32(0.05),
            random.integers(0, classes, rows)]


def ours(path: str, threads: int) -> int:
    from swift_library import SwiftLibrary
    library = SwiftLibrary(path, threads)

    def prepared(rows: int, classes: int):
        problem = random_problem(rows, classes)
        outputs = [np.full_like(array, 1) for array in problem[:2]]
        return lambda: library.linear_cross_entropy(*problem, *outputs)

    prepared(40, 300)()  # what is made once for all calls
    return growth(prepared(ROWS, CLASSES))


def torchs(threads: int) -> int:
    import torch
    import torch.nn.functional as F
    torch.set_num_threads(threads)

    def prepared(rows: int, classes: int):
        h, w, y = (torch.from_numpy(array) for array in random_problem(rows, classes))
        for x in (h, w):
            x.requires_grad_()
            # The gradients are outputs: their memory is there, and touched, before.
            x.grad = torch.ones_like(x)
        return lambda: F.cross_entropy(F.linear(h, w), y).backward()

    prepared(40, 300)()
    return growth(prepared(ROWS, CLASSES))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", required=True)
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--of", choices=("ours", "torch"), help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.of:
        print(ours(arguments.library, arguments.threads) if arguments.of == "ours"
              else torchs(arguments.threads))
        return 0
    for threads in (1, 2):
        sizes = [int(subprocess.run(
            [sys.executable, __file__, "--library", arguments.library, "--of", whose,
             "--threads", str(threads)], check=True, stdout=subprocess.PIPE, text=True).stdout)
            for whose in ("ours", "torch")]
        print(f"linear cross-entropy, {ROWS} × {WIDTH} × {CLASSES}, threads {threads}: "
              f"{sizes[0] / 1e6:.1f} MB, torch {sizes[1] / 1e6:.1f} MB, "
              f"{sizes[1] / sizes[0]:.1f} times as much")
    return 0


if __name__ == "__main__":
    sys.exit(main())
