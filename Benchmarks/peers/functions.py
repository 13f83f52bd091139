"""The benchmarks of functions of rows of logits."""

from functools import partial
from typing import Callable

import jax
import numpy as np
import scipy.special
import torch

import peer_jax
from benchmark import Benchmark, Setting, random_numbers
from losses import KEPT, SPREAD, softmax_traffic
from timing import ROUNDED, SINGLE, Contender, Field, Truth

SECTION = "Functions of logits"
SHAPES = (8192, 1000), (128, 128256), (65536, 10)


def numpy_kl_rows(logits: np.ndarray, other_logits: np.ndarray) -> np.ndarray:
    log_p, log_q = (x - x.max(axis=1, keepdims=True) for x in (logits, other_logits))
    log_p -= np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    log_q -= np.log(np.exp(log_q).sum(axis=1, keepdims=True))
    return np.sum(np.exp(log_p) * (log_p - log_q), axis=1)


def kl_rows(difference: float, setting: Setting) -> Field:
    """Of rows that are independent, or that differ by so much."""
    random, shape = random_numbers(6), (setting.size(256), 32000)
    x, y = (random.standard_normal(shape, np.float32) for _ in range(2))
    if difference:
        y = x + np.float32(difference) * y
    rows = numpy_kl_rows(x.astype(np.float64), y.astype(np.float64))
    truth, kept = Truth(float(rows.mean()), rows), np.zeros(len(x), np.float32)
    ours = Contender(KEPT, lambda: setting.library.kl_rows(x, y, kept), truth, ROUNDED,
                     gradient=lambda: kept)
    mean = Truth(truth.value)
    peers = peer_jax.value_only(peer_jax.kl_rows, x, y, truth=mean)
    numpy = Contender("NumPy", lambda: float(numpy_kl_rows(x, y).mean()), mean, SINGLE)
    return Field([ours], [*peers, numpy])


def of_rows(name: str, numpy: Callable, in_torch: Callable, in_jax: Callable, rows: int,
            classes: int, setting: Setting) -> Field:
    """A function of each row; its output is compared as gradients are."""
    random = random_numbers(10)
    x = random.standard_normal((setting.size(rows), classes), np.float32) * np.float32(SPREAD)
    output = numpy(x.astype(np.float64), axis=1)
    truth, kept = Truth(float(output.flat[0]), output), np.zeros(output.shape, np.float32)
    tensor, compiled = torch.from_numpy(x), jax.jit(partial(in_jax, axis=1))
    torch_kept, last = torch.zeros(output.shape), {}
    array = peer_jax.of_numpy(x)

    def first(who: str, result: object) -> float:
        last[who] = result
        return float(np.asarray(result).flat[0])

    return Field([
        Contender(KEPT, lambda: setting.library.function_of_rows(name, x, kept), truth, ROUNDED,
                  gradient=lambda: kept),
    ], [
        Contender("torch", lambda: first("torch", in_torch(tensor, 1)), truth, SINGLE,
                  gradient=lambda: last["torch"].numpy()),
        Contender("torch, kept buffer",
                  lambda: first("kept", in_torch(tensor, 1, out=torch_kept)), truth, SINGLE,
                  gradient=torch_kept.numpy),
        Contender("jax", lambda: first("jax", compiled(array).block_until_ready()), truth, SINGLE,
                  gradient=lambda: np.asarray(last["jax"])),
        Contender("SciPy", lambda: first("SciPy", numpy(x, axis=1)), truth, SINGLE,
                  gradient=lambda: last["SciPy"])])


FUNCTIONS = {
    "log-sum-exp": (scipy.special.logsumexp, torch.logsumexp, jax.nn.logsumexp),
    "softmax": (scipy.special.softmax, torch.softmax, jax.nn.softmax),
    "log-softmax": (scipy.special.log_softmax, torch.log_softmax, jax.nn.log_softmax),
}

BENCHMARKS = [
    *(Benchmark(SECTION, f"KL divergence of rows of logits, {name}256 × 32000",
                partial(kl_rows, difference),
                traffic=lambda setting: setting.size(256) * 32000 * 8,
                goals={(KEPT, threads): {"jax": 2, "NumPy": 10} for threads in (1, 2)})
      for name, difference in (("", 0), ("0.05 apart, ", 0.05))),
    *(Benchmark(SECTION, f"{name}, {rows} × {classes}",
                partial(of_rows, name, *function, rows, classes),
                traffic=partial(softmax_traffic, rows, classes, 1 if name == "log-sum-exp" else 2))
      for name, function in FUNCTIONS.items() for rows, classes in SHAPES),
]
