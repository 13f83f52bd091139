"""Runs the benchmarks in this process, on the number of threads it was started with."""

import argparse
import json
from pathlib import Path

import torch

import calls
import functions
import growth
import losses
import measures
import report
from benchmark import Benchmark, Setting
from swift_library import SwiftLibrary, lines
from timing import Contender, Outcome, compete

BENCHMARKS = [*losses.BENCHMARKS, *measures.BENCHMARKS, *functions.BENCHMARKS, *calls.BENCHMARKS,
              *growth.BENCHMARKS]
BEYOND_CACHES = 1 << 25
"""So much traffic is limited by memory."""


def print_names() -> None:
    for benchmark in BENCHMARKS:
        print(benchmark.name)


def copy_of(traffic: int, library: SwiftLibrary) -> Contender:
    """A copy that reads and writes as many bytes in sum."""
    source, target = lines(traffic // 2), lines(traffic // 2)

    def run() -> float:
        library.copy(target, source)
        return 0.0

    return Contender(report.COPY, run, None)


def record(benchmark: Benchmark, setting: Setting, outcome: Outcome, traffic: int) -> dict:
    speed = None
    for measured in outcome.measurements:
        if report.COPY in measured.peer_seconds:
            speed = traffic / measured.peer_seconds[report.COPY]
    return {
        "section": benchmark.section, "name": benchmark.name, "threads": setting.threads,
        "traffic": traffic, "copy_speed": speed, "faults": outcome.faults,
        "measurements": [{
            "form": measured.form, "seconds": measured.seconds, "rounds": measured.rounds,
            "goals": benchmark.goals.get((measured.form, setting.threads), {}),
            "ratios": {name: {"median": ratio.median, "lower": ratio.lower, "upper": ratio.upper,
                              "seconds": measured.peer_seconds[name]}
                       for name, ratio in measured.ratios.items()},
        } for measured in outcome.measurements],
    }


def run(options: argparse.Namespace, threads: int) -> int:
    torch.set_num_threads(threads)
    setting = Setting(SwiftLibrary(options.library, threads), threads, options.quick)
    chosen = [benchmark for benchmark in BENCHMARKS
              if threads in benchmark.threads or (threads > 2 and 2 in benchmark.threads)
              if not options.only or any(name in benchmark.name for name in options.only)]
    records = []
    for number, benchmark in enumerate(chosen, 1):
        print(f"[{number}/{len(chosen)}] ", end="", flush=True)
        # What torch compiled for other shapes would make it compile for all shapes.
        torch.compiler.reset()
        contestants = benchmark.contestants(setting)
        traffic = benchmark.traffic(setting)
        copy = copy_of(traffic, setting.library) if traffic >= BEYOND_CACHES else None
        records.append(record(benchmark, setting, compete(contestants, copy, options.rounds),
                              traffic))
        print("\n".join(report.lines(records[-1])), flush=True)
    Path(options.worker).write_text(json.dumps(records), encoding="utf-8")
    return 0
