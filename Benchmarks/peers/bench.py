"""Time the library beside the packages that people use, turn by turn in one process.

For each number of threads a process of its own is started, held to that many
processors before anything is loaded, so that every package makes as many threads.
Results go to Benchmarks/peers/results. The exit status is 1 if anything had to be
left out because it failed or computed something wrong.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import report

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent.parent / "Documentation" / "Performance.md"
PACKAGES = ("torch", "jax", "numpy", "scipy", "scikit-learn")
INTERRUPTED = 130


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="Benchmarks/peers/run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NAME", action="append", default=[],
                        help="benchmarks with NAME in their name (can be repeated)")
    parser.add_argument("--threads", type=int, action="append",
                        help="this number of threads instead of 1 and 2 (can be repeated)")
    parser.add_argument("--rounds", type=int, default=11,
                        help="how often each contender runs, fewer if it takes minutes")
    parser.add_argument("--quick", action="store_true",
                        help="three rounds on small data, to see that all works")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    parser.add_argument("--write-documentation", action="store_true",
                        help=f"put the tables into {DOCUMENT.name}")
    parser.add_argument("--library", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--worker", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rounds < 1 or min(options.threads or [1]) < 1:
        parser.error("there must be at least one round and one thread")
    if options.write_documentation and (options.quick or options.only or options.threads):
        parser.error("only a whole run goes into the documentation")
    if options.quick:
        options.rounds = min(options.rounds, 3)
    return options


def processors() -> list[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def processor_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def environment(threads: int) -> dict[str, str]:
    """What the packages read when they are loaded."""
    numbers = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
                             "NUMEXPR_NUM_THREADS", "NPROC"), str(threads))
    # OpenMP's threads spin otherwise while they wait, into the next contender's turn,
    # and make torch up to 90 times as slow where anything else runs on the machine.
    passive = {"OMP_WAIT_POLICY": "PASSIVE"}
    return {**passive, **os.environ, **numbers, "JAX_PLATFORMS": "cpu",
            "TORCHINDUCTOR_COMPILE_THREADS": "1",
            "TORCHINDUCTOR_CACHE_DIR": str(HERE / ".venv" / "inductor")}


def run_workers(options: argparse.Namespace) -> list[dict]:
    """The records of all numbers of threads, each from a process of its own."""
    records: list[dict] = []
    available = len(processors())
    with tempfile.TemporaryDirectory() as folder:
        for threads in options.threads or [1, 2]:
            if threads > available:
                print(f"there are only {available} processors: no run on {threads}")
                continue
            file = Path(folder) / f"{threads}.json"
            command = [sys.executable, "-W", "ignore", __file__, "--library", options.library,
                       "--worker", str(file), "--threads", str(threads),
                       "--rounds", str(options.rounds)]
            command += [word for name in options.only for word in ("--only", name)]
            command += ["--quick"] if options.quick else []
            status = subprocess.run(command, env=environment(threads)).returncode
            if status:
                print(f"the run on {report.threads_text(threads)} ended with {status}: "
                      "nothing was written", file=sys.stderr)
                raise SystemExit(INTERRUPTED if status == INTERRUPTED else 1)
            records += json.loads(file.read_text(encoding="utf-8"))
    return records


def supervise(options: argparse.Namespace) -> int:
    start = time.monotonic()
    records = run_workers(options)
    if not records:
        print("there is no such benchmark: --list prints the names", file=sys.stderr)
        return 64
    names = list(dict.fromkeys(record["name"] for record in records))
    records.sort(key=lambda record: names.index(record["name"]))
    speeds: dict[int, list[float]] = {}
    for record in records:
        if record["copy_speed"]:
            speeds.setdefault(record["threads"], []).append(record["copy_speed"])
    result = {
        "date": time.strftime("%Y-%m-%d"), "processor": processor_name(),
        "packages": {name: version(name) for name in PACKAGES}, "quick": options.quick,
        "pinned": hasattr(os, "sched_setaffinity"),
        "copy_speeds": {threads: max(found) for threads, found in speeds.items()},
        "records": records,
    }
    print(f"{len(records)} benchmarks in {time.monotonic() - start:.0f} s")
    report.write(result, HERE / "results", DOCUMENT if options.write_documentation else None)
    faults = sum(len(record["faults"]) for record in records)
    if faults:
        print(f"{faults} left out, because they failed", file=sys.stderr)
    return 1 if faults else 0


def main() -> int:
    options = arguments()
    try:
        if options.worker:
            threads, = options.threads
            if hasattr(os, "sched_setaffinity"):
                # The last ones: the first has the interrupts of most systems.
                os.sched_setaffinity(0, processors()[-threads:])
            import worker  # loads the packages, which look at the processors
            return worker.run(options, threads)
        if options.list:
            import worker
            worker.print_names()
            return 0
        return supervise(options)
    except KeyboardInterrupt:
        if not options.worker:
            print("\ninterrupted: nothing was written", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
