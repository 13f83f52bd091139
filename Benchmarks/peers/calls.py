"""The benchmarks of small calls, each in a loop of the contender's own language."""

from typing import Callable

import numpy as np
import scipy.special
import torch
import torch.nn.functional as F

from benchmark import Benchmark, Setting, masses, random_numbers
from losses import softmax_truth
from timing import DOUBLE, SINGLE, Contender, Field, Truth

SECTION = "Small calls"
CALL = "call"
SWIFT_CALLS, PYTHON_CALLS = 20000, 2000


def in_a_loop(call: Callable[[], float]) -> Callable[[], float]:
    def run() -> float:
        for _ in range(PYTHON_CALLS):
            value = call()
        return float(value)
    return run


def entropy(outcomes: int, setting: Setting) -> Field:
    p = masses(outcomes, 8)
    truth, tensor = Truth(float(-np.sum(p * np.log(p)))), torch.from_numpy(p)
    calls = SWIFT_CALLS * 10 // outcomes + 1
    ours = Contender(CALL, lambda: setting.library.entropy(p, calls), truth, units=calls)
    return Field([ours], [
        Contender("scipy.special", in_a_loop(lambda: scipy.special.entr(p).sum()), truth, DOUBLE,
                  units=PYTHON_CALLS),
        Contender("torch", in_a_loop(lambda: torch.special.entr(tensor).sum()), truth, DOUBLE,
                  units=PYTHON_CALLS)])


def softmax(setting: Setting) -> Field:
    logits = random_numbers(9).standard_normal((1, 10), np.float32)
    labels, kept = np.array([3]), np.zeros_like(logits)
    truth = softmax_truth(logits, labels, gradient=True)
    x, y = torch.from_numpy(logits.copy()).requires_grad_(), torch.from_numpy(labels)

    def call() -> torch.Tensor:
        x.grad = None
        value = F.cross_entropy(x, y)
        value.backward()
        return value.detach()

    run = setting.library.softmax_cross_entropy
    return Field(
        [Contender(CALL, lambda: run(logits, labels, kept, SWIFT_CALLS), truth,
                   gradient=lambda: kept, units=SWIFT_CALLS)],
        [Contender("torch", in_a_loop(call), truth, SINGLE, gradient=lambda: x.grad.numpy(),
                   units=PYTHON_CALLS)])


BENCHMARKS = [
    Benchmark(SECTION, "entropy, 10 outcomes", lambda setting: entropy(10, setting), threads=(1,)),
    Benchmark(SECTION, "entropy, 1000 outcomes", lambda setting: entropy(1000, setting),
              threads=(1,), goals={(CALL, 1): {"scipy.special": 5}}),
    Benchmark(SECTION, "softmax cross-entropy with its gradient, 1 × 10", softmax, threads=(1,)),
]
