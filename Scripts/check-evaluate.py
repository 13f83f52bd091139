"""Ask `infotheory evaluate` random questions and check every digit.

    python Scripts/check-evaluate.py BINARY [--questions 1000] [--seed 1]

Every answer is compared with a certified ball.  The exit status is 1 if one is
further off than its question allows (4 ulp, for special functions 1e-14, for every
number about a loss 1 ulp of its type), wrong about 0 or infinity, an error, late or
out of order.
Then come questions that must be refused, each with its own id, without ending
the process, and a few that are sent only after the previous answer arrived.
"""

import argparse
import json
import math
import queue
import subprocess
import sys
import threading
from collections import defaultdict
from fractions import Fraction

import loss_questions
from balls import Truth
from loss_answers import Combined
from questions import Author, Question

PATIENCE = 60.0
"""Seconds to wait for one answer."""

ULPS_OF_LOSSES = 1

GOOD_PAIR = {"p": [0.5, 0.5], "q": [0.25, 0.75]}


def kl(**fields) -> str:
    return json.dumps({"measure": "kl_divergence", **GOOD_PAIR, **fields})


def loss(**fields) -> str:
    return json.dumps({"measure": "softmax_cross_entropy", "logits": [[1, 2], [3, 4]], **fields})


def floor(**fields) -> str:
    return json.dumps({"measure": "binary_cross_entropy", "probabilities": 0.5, "targets": 1,
                       **fields})


def one(**fields) -> str:
    return json.dumps({"measure": "entropy", "p": [0.5, 0.5], **fields})


def joint(**fields) -> str:
    return json.dumps({"measure": "mutual_information", **fields})


def special(measure: str, **arguments) -> str:
    return json.dumps({"measure": measure, **arguments})


BAD_QUESTIONS = [
    one(p=[1.1, -0.1]), kl(q=[-0.25, 1.25]), one(p=["-0x1.0p-1", 1.5]),
    one(p=["nan", 1.0]), one(p=["NaN", 0.5, 0.5]), kl(p=["inf", 0.5]), one(p=["-inf", 1.0]),
    one(p=[0.5, 0.6]), kl(q=[0.25, 0.25]), one(p=[1e-3, 1e-3]), one(p=[3, 2, 1]),
    kl(p=[0.5, 0.25, 0.25]), kl(q=[1.0]), kl(q=[]),
    one(measure="kl_divergance"), one(measure="entropie"), one(measure=""), one(measure=7),
    one(normalise=True), kl(suport="smoothed"),
    one(p=[]), kl(p=[], q=[]), one(p=[0.0, 0.0], normalize=True),
    one(p="half"), one(p=["x", 0.5]), one(p=[[0.5], [0.5]]), one(p=[None, 1.0]), one(p=[True, 0.0]),
    one(unit="bytes"), kl(support="sometimes"), kl(support="smoothed", pseudocount=-1.0),
    json.dumps({"measure": "kl_divergence", "p": [0.5, 0.5]}), json.dumps({"p": [0.5, 0.5]}),
    json.dumps({"measure": "binary_entropy", "p": 1.5}),
    one(measure="renyi_entropy", order=-1.0), one(measure="renyi_entropy", order="nan"),
    kl(measure="skew_divergence", order=1.5), one(measure="self_information", outcome=2),
    kl(measure="wasserstein_1", positions=[1.0, 1.0]),
    kl(measure="wasserstein_1", positions=[1.0, 2.0, 3.0]),
    loss(), loss(class_indices=[0]), loss(class_indices=[0, 2]), loss(class_indices=[0, -1]),
    loss(class_indices=[0, 0.5]), loss(class_indices=[0, 1], class_weights=[1, -1]),
    loss(class_indices=[0, 1], label_smoothing=1.5), loss(class_indices=[0, 1], reduction="avg"),
    loss(class_indices=[5, 5], ignore_index=5), loss(class_indices=[0, 1], unit="bits"),
    loss(class_indices=[-100, -100], preset="pytorch"), loss(class_indices=[0, 1], preset="x"),
    loss(class_probabilities=[[1, 1], [1, 0]]), loss(class_probabilities=[[2, -1], [1, 0]]),
    loss(logits=[["nan", 1]], class_indices=[0]), loss(logits=[[1], [1, 2]], class_indices=[0, 0]),
    loss(logits=[["-inf", "-inf"]], class_indices=[0]), loss(class_indices=[0, 1], gamma=2),
    loss(measure="binary_cross_entropy", targets=[[0, 1], [2, 1]]),
    loss(measure="sigmoid_focal_loss", targets=[[0, 1], [1, 1]], alpha=2),
    loss(measure="binary_cross_entropy", targets=[[0, 1], [1, 1]], positive_weight=[1, 2, 3]),
    loss(class_indices=[0, 1], target_gradient=True), loss(class_indices=[0, 1], divisor=2),
    loss(class_indices=[0, 1], hessian_diagonal=True, z_loss_scale=1),
    loss(class_indices=[0, 1], reduction="divided_by"),
    loss(class_indices=[0, 1], reduction="divided_by", divisor=0), floor(log_floor=1),
    floor(epsilon=0.5), floor(log_floor=-1, epsilon=0), floor(hessian_diagonal=1),
    loss(measure="kl_loss", targets=[[1, 0], [1, 0]], probabilities=[[1, 0], [1, 0]]),
    loss(measure="kl_loss", targets=[[1, 0], [1, 0]], least_probability=0.1),
    floor(measure="categorical_cross_entropy"), floor(least_probability=0.1),
    joint(), joint(joint=[[1]], columns=[["a"], ["b"]]), joint(joint=[[0.5, 0.5], [1.0]]),
    joint(joint=[[0.5, -0.5], [0.5, 0.5]]), joint(joint=[[1.0], [1.0]]), joint(joint=[]),
    joint(columns=[["a"], ["b", "c"]]), joint(columns=[["a"], [None]]),
    joint(columns=[["a"], ["b"], ["c"]]), joint(joint=[[1.0]], x="x", y="q"),
    joint(measure="adjusted_mutual_information", joint=[[0.5, 0.5]]),
    special("digamma", x=-1.0), special("digamma", x="nan"), special("digamma"),
    special("digamma", y=1.0), special("lambert_w", x=-1.0), special("log_gamma", x=1e308),
    special("polygamma", order=0.5, x=1.0), special("digama", x=1.0),
]

NOT_JSON = ["{", "entropy", '{"measure":"entropy","p":[0.5,0.5]', "[1,2", '{"id":1']


class Process:
    """A running `BINARY evaluate`, read by a thread so that nothing can block."""

    def __init__(self, binary: str, *options: str):
        self.child = subprocess.Popen([binary, "evaluate", *options], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.child.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def send(self, lines: list[str]) -> None:
        """Write from a thread: both pipes may be full at the same time."""
        threading.Thread(target=self._write, args=(lines,), daemon=True).start()

    def _write(self, lines: list[str]) -> None:
        try:
            self.child.stdin.write("".join(line + "\n" for line in lines))
            self.child.stdin.flush()
        except BrokenPipeError:
            pass  # the reader reports that the process ended

    def answer(self) -> dict:
        """The next answer; raises if there is none in time."""
        line = self.lines.get(timeout=PATIENCE)
        if line is None:
            raise EOFError("the process ended")
        reply = json.loads(line, parse_constant=refuse_constant)
        if not isinstance(reply, dict):
            raise ValueError(f"not an object: {line.strip()}")
        return reply

    def end(self) -> int:
        self.child.stdin.close()
        return self.child.wait(timeout=PATIENCE)


def refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def read_number(value: object) -> float:
    """A JSON number, or one of the two infinities as text."""
    if isinstance(value, str):
        if value not in ("inf", "-inf"):
            raise ValueError(f"not a number: {value!r}")
        return float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"not a number: {value!r}")
    return float(value)


def error_in_ulps(got: float, truth: Truth) -> float:
    """|got - truth| in units in the last place of the truth; inf if wrong in kind."""
    nearest = truth.double()
    if got == nearest and (truth.is_exact_zero or math.isinf(nearest)):
        return 0.0
    if truth.is_exact_zero or math.isinf(nearest) or not math.isfinite(got):
        return math.inf
    distance = abs(Fraction(got) - truth.fraction()) / Fraction(math.ulp(nearest))
    return float(min(distance, Fraction(10) ** 300))


def is_allowed(got: float, question: Question, ulps: float) -> bool:
    """Whether an answer is as near to the truth as its question demands."""
    if ulps <= question.ulps:
        return True
    if math.isinf(question.truth.double()) or not math.isfinite(got):
        return False
    truth = question.truth.fraction()
    slack = max(question.absolute, Fraction(question.relative) * abs(truth))
    return abs(Fraction(got) - truth) <= slack


class Report:
    """Failures, and per measure the errors seen."""

    def __init__(self):
        self.failures: list[str] = []
        self.errors: dict[str, list[float]] = defaultdict(list)

    def fail(self, message: str) -> None:
        self.failures.append(message)

    def judge(self, number: int, question: Question, reply: dict) -> None:
        if reply.get("id") != number:
            self.fail(f"question {number} was answered with id {reply.get('id')!r}")
        elif "error" in reply:
            self.fail(f"{shown(question)} gave {reply['error']}")
        elif reply.get("unit", "nats") != question.fields.get("unit", "nats"):
            self.fail(f"{shown(question)} was answered in {reply['unit']}")
        else:
            self.measure_error(question, reply)

    def judge_loss(self, number: int, fields: dict, answers: Combined, reply: dict) -> None:
        if reply.get("id") != number:
            return self.fail(f"question {number} was answered with id {reply.get('id')!r}")
        if "error" in reply:
            return self.fail(f"{json.dumps(fields)} gave {reply['error']}")
        try:
            errors = answers.errors(reply)
        except ValueError as problem:
            return self.fail(f"{json.dumps(fields)}: {problem}")
        self.errors[fields["measure"]] += errors
        if max(errors) > ULPS_OF_LOSSES:
            self.fail(f"{json.dumps(fields)}: {reply}, {max(errors):.3g} ulp")

    def measure_error(self, question: Question, reply: dict) -> None:
        try:
            value = read_number(reply.get("value"))
            error = error_in_ulps(value, question.truth)
        except ValueError as problem:
            return self.fail(f"{shown(question)}: {problem}")
        self.errors[question.measure].append(error)
        if not is_allowed(value, question, error):
            wanted = question.truth.decimal()
            self.fail(f"{shown(question)}: {reply['value']!r}, truth {wanted}, {error:.3g} ulp")

    def print(self) -> None:
        print(f"{'measure':<42}{'questions':>10}{'worst ulp':>14}{'mean ulp':>14}")
        for measure, errors in sorted(self.errors.items()):
            mean = sum(errors) / len(errors)
            print(f"{measure:<42}{len(errors):>10}{max(errors):>14.4g}{mean:>14.4g}")
        for failure in self.failures[:40]:
            print(f"FAIL {failure}")
        asked = sum(map(len, self.errors.values()))
        print(f"{asked} values compared, {len(self.failures)} failures")


def shown(question: Question) -> str:
    text = json.dumps(question.fields)
    return text if len(text) < 2000 else text[:2000] + "…"


def line_of(number: int, question: Question) -> str:
    return json.dumps({"id": number, **question.fields})


def ask_in_bulk(process: Process, questions: list[Question], report: Report) -> None:
    process.send([line_of(number, question) for number, question in enumerate(questions)])
    for number, question in enumerate(questions):
        report.judge(number, question, process.answer())


def ask_about_losses(process: Process, count: int, seed: int, report: Report) -> None:
    questions = loss_questions.questions(count, seed)
    process.send([json.dumps({"id": n, **fields}) for n, (fields, _) in enumerate(questions)])
    for number, (fields, answers) in enumerate(questions):
        report.judge_loss(number, fields, answers, process.answer())


def ask_one_by_one(process: Process, questions: list[Question], report: Report) -> None:
    """Each question is sent after the answer to the one before: needs flushing."""
    for number, question in enumerate(questions):
        process.send([line_of(number, question)])
        report.judge(number, question, process.answer())


def with_id(line: str, number: int) -> str:
    return json.dumps({"id": f"bad {number}", **json.loads(line)})


def ask_bad_ones(process: Process, report: Report) -> None:
    """Each must be refused under its own id, and the process must go on."""
    lines = [(with_id(line, n), f"bad {n}") for n, line in enumerate(BAD_QUESTIONS)]
    lines += [(line, None) for line in NOT_JSON]
    for line, identifier in lines:
        process.send([line])
        reply = process.answer()
        error = reply.get("error")
        if reply.get("id", "missing") != identifier:
            report.fail(f"{line} was answered with id {reply.get('id', 'missing')!r}")
        if not isinstance(error, dict) or not error.get("code") or not error.get("message"):
            report.fail(f"{line} was answered with {reply}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    options = parse_arguments()
    author = Author(options.seed)
    questions = [author.question() for _ in range(options.questions)]
    report, process = Report(), Process(options.binary)
    try:
        ask_one_by_one(process, questions[:5], report)
        ask_in_bulk(process, questions[5:], report)
        ask_about_losses(process, options.questions, options.seed, report)
        ask_bad_ones(process, report)
        ask_one_by_one(process, questions[-5:], report)
        if (status := process.end()) != 0:
            report.fail(f"exit status {status} at the end of the input")
    except queue.Empty:
        report.fail(f"no answer within {PATIENCE:g} seconds")
    except (EOFError, ValueError) as problem:
        report.fail(str(problem))
    finally:
        process.child.kill()
    report.print()
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
