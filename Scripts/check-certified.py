"""Ask `infotheory evaluate --certified` random questions and check every proof.

    python Scripts/check-certified.py BINARY [--questions 10000] [--seed 1]

Each number of an answer has bounds, which must overlap the ball of python-flint for the
same question; a value that is called proven must be the double nearest to that ball, and
its decimal number the ball's to 25 digits. Questions about what is not certified must be
refused as such, and do not count. The exit status is 1 if one proof is wrong.
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import distribution_questions
import joint_questions
import loss_questions
from balls import Truth, exact_fraction
from questions import FUNCTIONS, Author

HALF_A_DIGIT = Fraction(1, 10**24)
"""More than half a unit in the 25th digit, relatively."""

BATCH = 500


def evaluate_module():
    """The machinery of the other check, whose name is no identifier."""
    place = Path(__file__).with_name("check-evaluate.py")
    specification = importlib.util.spec_from_file_location("check_evaluate", place)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def bounds(truth: Truth) -> tuple[Fraction, Fraction]:
    """The ends of a ball, which are rational numbers."""
    if not hasattr(truth.value, "exp"):
        return Fraction(truth.value), Fraction(truth.value)
    return exact_fraction(truth.value.lower()), exact_fraction(truth.value.upper())


def infinite_fault(number: dict, truth: Truth) -> str | None:
    """What is wrong with a number where the truth, or a bound, is infinite."""
    if truth.is_infinite or "inf" in (number["lower"], number["upper"].lstrip("-")):
        wanted = truth.double()
        if number["value"] not in (wanted, "inf" if wanted > 0 else "-inf"):
            return f"value {number['value']}, truth {wanted}"
        return None
    return ""


def fault(number: dict, truth: Truth) -> str | None:
    """What is wrong with a number, None if nothing is."""
    if (infinite := infinite_fault(number, truth)) != "":
        return infinite
    low, high = bounds(truth)
    if Fraction(number["lower"]) > high or Fraction(number["upper"]) < low:
        return f"bounds {number['lower']} … {number['upper']}, truth {truth.decimal()}"
    if "proven" in number:
        return None
    value = number["value"]
    if float(value) != truth.double():
        return f"value {value}, truth {truth.double()!r}"
    if high == low == 0 or float(value) == 0:
        return None
    room = HALF_A_DIGIT * max(abs(low), abs(high)) + (high - low)
    if abs(Fraction(number["decimal"]) - low) > room:
        return f"decimal {number['decimal']}, truth {truth.decimal()}"
    return None


def flat(value) -> list[dict]:
    """The numbers of an answer, from any depth."""
    if isinstance(value, list):
        return [number for item in value for number in flat(item)]
    return [value]


def parts(reply: dict) -> list[dict]:
    """All numbers of an answer: the value or values, then the gradient."""
    value = flat(reply["value"]) if isinstance(reply["value"], (list, dict)) else [reply]
    return value + flat(reply.get("gradient", []))


class Count:
    """What was asked, and how it went."""

    def __init__(self):
        self.questions, self.numbers, self.unproven = Counter(), Counter(), Counter()
        self.refused: Counter = Counter()
        self.violations: list[str] = []

    def judge(self, fields: dict, truths: list[Truth], reply: dict) -> None:
        measure = fields["measure"]
        if reply.get("error", {}).get("code") == "not_certified":
            self.refused[measure] += 1
            return
        self.questions[measure] += 1
        if "error" in reply:
            return self.violate(fields, str(reply["error"]))
        numbers = parts(reply)
        if len(numbers) != len(truths):
            return self.violate(fields, f"{len(numbers)} numbers instead of {len(truths)}")
        for number, truth in zip(numbers, truths):
            self.numbers[measure] += 1
            self.unproven[measure] += "proven" in number
            if wrong := fault(number, truth):
                self.violate(fields, wrong)

    def violate(self, fields: dict, what: str) -> None:
        self.violations.append(f"{json.dumps(fields)[:1500]}: {what}")

    def print(self) -> None:
        print(f"{'measure':<42}{'questions':>10}{'numbers':>10}{'not proven':>12}")
        for measure in sorted(self.questions):
            print(f"{measure:<42}{self.questions[measure]:>10}{self.numbers[measure]:>10}"
                  f"{self.unproven[measure]:>12}")
        for violation in self.violations[:40]:
            print(f"FAIL {violation}")
        print(f"refused as not certified: {dict(sorted(self.refused.items()))}")
        print(f"{self.questions.total()} questions, {self.numbers.total()} numbers, "
              f"{self.unproven.total()} not proven correctly rounded, "
              f"{len(self.violations)} violations")


def drawn(seed: int):
    """Questions without end, about measures, losses and distributions by turns."""
    author = Author(seed)
    author.measures = [*FUNCTIONS, *joint_questions.MEASURES]
    while True:
        asked = (author.question() for _ in range(BATCH))
        yield [(question.fields, [question.truth]) for question in asked]
        seed += 1
        yield [(fields, [answer.truth for answer in combined.value
                         + combined.derivatives.get("gradient", [])])
               for fields, combined in loss_questions.questions(BATCH, seed)
               if set(combined.derivatives) <= {"gradient"}]
        yield distribution_questions.questions(BATCH, seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    process, count = evaluate_module().Process(options.binary, "--certified"), Count()
    try:
        for batch in drawn(options.seed):
            process.send([json.dumps({"id": n, **fields})
                          for n, (fields, _) in enumerate(batch)])
            for number, (fields, truths) in enumerate(batch):
                reply = process.answer()
                if reply.get("id") != number:
                    count.violate(fields, f"answered with id {reply.get('id')!r}")
                count.judge(fields, truths, reply)
            if count.questions.total() >= options.questions:
                break
        if (status := process.end()) != 0:
            count.violate({}, f"exit status {status} at the end of the input")
    finally:
        process.child.kill()
    count.print()
    return 1 if count.violations else 0


if __name__ == "__main__":
    sys.exit(main())
