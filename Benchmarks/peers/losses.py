"""The benchmarks of the losses."""

from functools import partial

import numpy as np
import scipy.special

import peer_jax
import peer_torch
from benchmark import Benchmark, Setting, random_numbers
from timing import SINGLE, Contender, Field, Truth

GRADIENTS = "Losses with their gradients"
VALUES = "Losses without gradients"
KEPT, IN_PLACE, ARRAY = "kept buffer", "in place", "new array"
SPREAD = 2.0
"""The standard deviation of logits."""

BIG = {(KEPT, 1): {"torch.compile": 5.7, "jax": 4.8},
       (KEPT, 2): {"torch.compile": 7.3, "jax": 7}}
SOFTMAX_GOALS = {
    (8192, 1000): {(KEPT, 1): {"torch.compile": 4.3, "jax": 2.7},
                   (KEPT, 2): {"torch.compile": 3.8, "jax": 2, "torch": 5}},
    (512, 50257): BIG,
    (128, 128256): BIG,
    (65536, 10): {(KEPT, threads): {"torch.compile": 3, "jax": 3.5} for threads in (1, 2)},
}
ARRAY_GOALS = {(ARRAY, threads): {"torch.compile": 1, "jax": 1} for threads in (1, 2)}


def softmax_data(rows: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    random = random_numbers(1)
    logits = random.standard_normal((rows, classes), np.float32) * np.float32(SPREAD)
    return logits, random.integers(0, classes, rows)


def softmax_truth(logits: np.ndarray, labels: np.ndarray, gradient: bool) -> Truth:
    x, rows = logits.astype(np.float64), np.arange(len(labels))
    x -= x.max(axis=1, keepdims=True)
    chosen = x[rows, labels]
    np.exp(x, out=x)
    totals = x.sum(axis=1)
    value = float(np.mean(np.log(totals) - chosen))
    if not gradient:
        return Truth(value)
    x /= totals[:, None]
    x[rows, labels] -= 1
    x /= len(labels)
    return Truth(value, x)


def softmax(rows: int, classes: int, setting: Setting) -> Field:
    logits, labels = softmax_data(setting.size(rows), classes)
    truth = softmax_truth(logits, labels, gradient=True)
    library, kept, overwritten = setting.library, np.zeros_like(logits), np.empty_like(logits)
    ours = [
        Contender(KEPT, lambda: library.softmax_cross_entropy(logits, labels, kept), truth,
                  gradient=lambda: kept),
        Contender(IN_PLACE, lambda: library.softmax_cross_entropy_in_place(overwritten, labels),
                  truth, gradient=lambda: overwritten,
                  prepare=lambda: np.copyto(overwritten, logits)),
        Contender(ARRAY, lambda: library.softmax_cross_entropy_array(logits, labels), truth,
                  gradient=lambda: library.last_gradient(logits.shape)),
    ]
    return Field(ours, [
        *peer_torch.with_gradient(peer_torch.cross_entropy, logits, labels, truth),
        *peer_jax.with_gradient(peer_jax.cross_entropy, logits, labels, truth),
        peer_jax.with_gradient(peer_jax.cross_entropy_by_log_softmax, logits, labels, truth,
                               "jax, log_softmax")[0]])


def softmax_of_doubles(rows: int, classes: int, setting: Setting) -> Field:
    single, labels = softmax_data(setting.size(rows), classes)
    logits = single.astype(np.float64)
    truth, kept = softmax_truth(logits, labels, gradient=True), np.zeros_like(logits)
    ours = Contender(
        KEPT, lambda: setting.library.softmax_cross_entropy_of_doubles(logits, labels, kept),
        truth, gradient=lambda: kept)
    return Field([ours], [
        *peer_torch.with_gradient(peer_torch.cross_entropy, logits, labels, truth),
        *peer_jax.with_gradient(peer_jax.cross_entropy, logits, labels, truth)])


def softmax_value(rows: int, classes: int, setting: Setting) -> Field:
    logits, labels = softmax_data(setting.size(rows), classes)
    truth = softmax_truth(logits, labels, gradient=False)
    ours = Contender("value", lambda: setting.library.softmax_cross_entropy(logits, labels), truth)
    return Field([ours], [
        *peer_torch.value_only(peer_torch.cross_entropy, logits, labels, truth),
        *peer_jax.value_only(peer_jax.cross_entropy, logits, labels, truth=truth)])


def targets(rows: int, classes: int, setting: Setting) -> Field:
    """Distributions over the classes, even and with most on a few."""
    rows = setting.size(rows)
    logits, _ = softmax_data(rows, classes)
    random = random_numbers(4)
    goals = random.exponential(1, (rows, classes)) ** random.integers(1, 5, (rows, 1))
    goals = (goals / goals.sum(axis=1, keepdims=True)).astype(np.float32)
    wide = goals.astype(np.float64)
    log_p = scipy.special.log_softmax(logits.astype(np.float64), axis=1)
    gradient = (wide.sum(axis=1, keepdims=True) * np.exp(log_p) - wide) / rows
    truth = Truth(float(-(wide * log_p).sum() / rows), gradient)
    kept = np.zeros_like(logits)
    ours = Contender(KEPT, lambda: setting.library.softmax_target_entropy(logits, goals, kept),
                     truth, gradient=lambda: kept)
    return Field([ours], [
        *peer_torch.with_gradient(peer_torch.cross_entropy, logits, goals, truth),
        *peer_jax.with_gradient(peer_jax.target_entropy, logits, goals, truth)])


def softmax_focal_truth(logits: np.ndarray, labels: np.ndarray) -> Truth:
    """With γ = 2 and m = 1 − p of the label, d(m²·s)/dx = (m + 2·p·s)·m·ds/dx for s = −log p."""
    rows = np.arange(len(labels))
    log_p = scipy.special.log_softmax(logits.astype(np.float64), axis=1)
    surprisal = -log_p[rows, labels]
    missed = -np.expm1(-surprisal)
    slope = missed * (missed + 2 * np.exp(-surprisal) * surprisal)
    gradient = np.exp(log_p)
    gradient[rows, labels] = -missed
    gradient *= slope[:, None] / len(labels)
    return Truth(float((missed**2 * surprisal).mean()), gradient)


def softmax_focal(rows: int, classes: int, setting: Setting) -> Field:
    logits, labels = softmax_data(setting.size(rows), classes)
    truth, kept = softmax_focal_truth(logits, labels), np.zeros_like(logits)
    ours = Contender(KEPT, lambda: setting.library.softmax_focal_loss(logits, labels, kept), truth,
                     gradient=lambda: kept)
    return Field([ours], [
        *peer_torch.with_gradient(peer_torch.softmax_focal, logits, labels, truth),
        *peer_jax.with_gradient(peer_jax.softmax_focal, logits, labels, truth)])


def binary_data(size: int) -> tuple[np.ndarray, np.ndarray]:
    random = random_numbers(2)
    logits = random.standard_normal(size, np.float32) * np.float32(SPREAD)
    return logits, random.integers(0, 2, size).astype(np.float32)


def binary_truth(logits: np.ndarray, targets: np.ndarray, focal: bool) -> Truth:
    """With u = (1 − 2t)x: the surprisal is log(1 + eᵘ), and its slope in u is σ(u)."""
    x, t = logits.astype(np.float64), targets.astype(np.float64)
    sign = 1 - 2 * t
    surprisal, missed = np.logaddexp(0, sign * x), scipy.special.expit(sign * x)
    if not focal:
        return Truth(float(surprisal.mean()), sign * missed / len(x))
    # d(m² s)/du = m² (2(1 − m) s + m), because dm/du = m(1 − m).
    weights = (0.75 - 0.5 * t) * missed**2
    slope = weights * (2 * scipy.special.expit(-sign * x) * surprisal + missed)
    return Truth(float((weights * surprisal).mean()), sign * slope / len(x))


def binary(focal: bool, setting: Setting) -> Field:
    logits, targets = binary_data(setting.size(10**7))
    truth = binary_truth(logits, targets, focal)
    kept, library = np.zeros_like(logits), setting.library
    run = library.sigmoid_focal_loss if focal else library.binary_cross_entropy
    ours = Contender(KEPT, lambda: run(logits, targets, kept), truth, gradient=lambda: kept)
    loss = "focal" if focal else "binary_cross_entropy"
    return Field([ours], [
        *peer_torch.with_gradient(getattr(peer_torch, loss), logits, targets, truth),
        *peer_jax.with_gradient(getattr(peer_jax, loss), logits, targets, truth)])


def linear(rows: int, width: int, classes: int, setting: Setting) -> Field:
    """The gradient that is compared is that by the hidden states."""
    random, classes = random_numbers(3), setting.size(classes)
    hidden = random.standard_normal((rows, width), np.float32)
    weight = random.standard_normal((classes, width), np.float32) * np.float32(0.05)
    labels = random.integers(0, classes, rows)
    logits = hidden.astype(np.float64) @ weight.T.astype(np.float64)
    by_logits = softmax_truth(logits, labels, gradient=True)
    truth = Truth(by_logits.value, by_logits.gradient @ weight.astype(np.float64))
    by_hidden, by_weight = np.zeros_like(hidden), np.zeros_like(weight)
    ours = Contender(
        KEPT, lambda: setting.library.linear_cross_entropy(
            hidden, weight, labels, by_hidden, by_weight),
        truth, SINGLE, gradient=lambda: by_hidden)
    return Field([ours], [peer_torch.linear(hidden, weight, labels, truth)])


def softmax_traffic(rows: int, classes: int, times: int, setting: Setting) -> int:
    return setting.size(rows) * classes * 4 * times


BENCHMARKS = [
    *(Benchmark(GRADIENTS, f"softmax cross-entropy, {rows} × {classes}",
                partial(softmax, rows, classes),
                traffic=partial(softmax_traffic, rows, classes, 2),
                goals=SOFTMAX_GOALS[rows, classes] | ARRAY_GOALS)
      for rows, classes in SOFTMAX_GOALS),
    *(Benchmark(GRADIENTS, f"softmax cross-entropy of doubles, {rows} × {classes}",
                partial(softmax_of_doubles, rows, classes))
      for rows, classes in ((1024, 1000), (16384, 10))),
    *(Benchmark(GRADIENTS, f"softmax cross-entropy with probabilities, {rows} × {classes}",
                partial(targets, rows, classes),
                traffic=partial(softmax_traffic, rows, classes, 3))
      for rows, classes in ((8192, 1000), (65536, 10))),
    Benchmark(GRADIENTS, "softmax focal loss, 8192 × 1000", partial(softmax_focal, 8192, 1000),
              traffic=partial(softmax_traffic, 8192, 1000, 2)),
    Benchmark(GRADIENTS, "binary cross-entropy, 1e7 logits", partial(binary, False),
              traffic=lambda setting: setting.size(10**7) * 12,
              goals={(KEPT, threads): {"torch.compile": 5} for threads in (1, 2)}),
    Benchmark(GRADIENTS, "sigmoid focal loss, 1e7 logits", partial(binary, True),
              traffic=lambda setting: setting.size(10**7) * 12,
              goals={(KEPT, threads): {"torch.compile": 4, "torch": 30} for threads in (1, 2)}),
    Benchmark(GRADIENTS, "linear cross-entropy, 512 × 512 × 32000",
              partial(linear, 512, 512, 32000),
              goals={(KEPT, threads): {"torch": 1} for threads in (1, 2)}),
    *(Benchmark(VALUES, f"softmax cross-entropy value, {rows} × {classes}",
                partial(softmax_value, rows, classes),
                traffic=partial(softmax_traffic, rows, classes, 1),
                goals={("value", threads): {
                    "torch.compile": 1.3 if (rows, threads) == (8192, 2) else 1.8}
                    for threads in (1, 2)})
      for rows, classes in SOFTMAX_GOALS),
]
