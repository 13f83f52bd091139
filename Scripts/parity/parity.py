"""Compare the presets of `infotheory evaluate` with a framework, option by option.

A framework's module draws questions and works out their answers with the framework in
double precision; here they are asked, and the differences counted.  Logits stay away
from the tails, where frameworks lose all digits.
"""

import argparse
import json
import math
import random
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Callable

TOLERANCE = 1e-12
SMALL = 1e-3
"""Numbers below this part of the largest of an answer are judged as if they were it:
a framework's p - y has lost digits where it nearly cancels."""


@dataclass
class Case:
    """A question, and what the framework answers; the numbers are flat."""

    fields: dict
    value: list[float]
    gradient: list[float] | None = None
    tolerance: float = TOLERANCE
    least: float = 0.0
    """Numbers below this are judged as if they were it."""


Draw = Callable[[random.Random], Case]


def flat(value) -> list[float]:
    """The numbers of an answer or of an array, from any depth."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [number for item in value for number in flat(item)]
    return [float(value)]


def ask(binary: str, cases: list[Case]) -> list[dict]:
    lines = "".join(json.dumps({"id": i, **case.fields}) + "\n" for i, case in enumerate(cases))
    done = subprocess.run([binary, "evaluate"], input=lines, capture_output=True, text=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(cases):
        sys.exit(f"{len(answers)} answers to {len(cases)} questions: {done.stderr}")
    return answers


def difference(got: list[float], wanted: list[float], least: float) -> float:
    """The worst relative difference of two lists of numbers."""
    if len(got) != len(wanted):
        return math.inf
    floor = max(least, SMALL * max((abs(x) for x in wanted if math.isfinite(x)), default=0.0))
    return max((0.0 if a == b else abs(a - b) / max(abs(b), floor)
                if math.isfinite(a) and math.isfinite(b) else math.inf
                for a, b in zip(got, wanted)), default=0.0)


@dataclass
class Line:
    """What is known of one function of the framework."""

    cases: int = 0
    value: float = 0.0
    gradient: float = 0.0
    undefined: int = 0


def judge(case: Case, answer: dict, line: Line) -> bool:
    """Whether an answer agrees; NaN of the framework is an error of the tool."""
    line.cases += 1
    if any(math.isnan(x) for x in case.value):
        line.undefined += 1
        return answer.get("error", {}).get("code") in ("empty", "zero_total")
    if "error" in answer:
        return False
    value = difference(flat(answer["value"]), case.value, case.least)
    gradient = 0.0
    if case.gradient is not None:
        gradient = difference(flat(answer["gradient"]), case.gradient, case.least)
    line.value, line.gradient = max(line.value, value), max(line.gradient, gradient)
    return value <= case.tolerance and gradient <= case.tolerance


def main(framework: str, version: str, draws: dict[str, Draw], quirks: list[str],
         questions: int = 600) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", help="the infotheory tool")
    parser.add_argument("--questions", type=int, default=questions)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    names = [list(draws)[i % len(draws)] for i in range(options.questions)]
    cases = [draws[name](generator) for name in names]
    lines: dict[str, Line] = defaultdict(Line)
    failures = []
    for name, case, answer in zip(names, cases, ask(options.binary, cases)):
        if not judge(case, answer, lines[name]):
            failures.append((name, case, answer))
    print(f"{framework} {version}, double precision, {len(cases)} questions")
    print(f"{'function':<44}{'questions':>10}{'NaN there':>10}{'value':>10}{'gradient':>10}")
    for name, line in lines.items():
        print(f"{name:<44}{line.cases:>10}{line.undefined:>10}"
              f"{line.value:>10.1e}{line.gradient:>10.1e}")
    for quirk in quirks:
        print(f"reproduced: {quirk}")
    for name, case, answer in failures[:10]:
        print(f"FAIL {name} {json.dumps(case.fields)}\n  there {case.value} {case.gradient}\n"
              f"  here {json.dumps(answer)}")
    tolerances = " or ".join(f"{t:g}" for t in sorted({case.tolerance for case in cases}))
    print(f"{len(failures)} of {len(cases)} differ by more than {tolerances}")
    return 1 if failures else 0


# Drawing.

def numbers(generator: random.Random, shape: list[int], low: float, high: float):
    """Random numbers as lists within lists; one number where the shape is empty."""
    if not shape:
        return generator.uniform(low, high)
    return [numbers(generator, shape[1:], low, high) for _ in range(shape[0])]


def chance(generator: random.Random, one_in: int) -> bool:
    return generator.randrange(one_in) == 0


def each(value, change: Callable):
    """A change of every number in lists within lists."""
    return [each(item, change) for item in value] if isinstance(value, list) else change(value)
