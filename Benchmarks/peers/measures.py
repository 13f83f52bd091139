"""The benchmarks of measures: of distributions and of labels."""

from functools import partial

import numpy as np
import scipy.spatial.distance
import scipy.special
import scipy.stats
import sklearn.metrics
import torch
import torch.nn.functional as F

import peer_jax
from benchmark import Benchmark, Setting, masses, random_numbers
from timing import DOUBLE, Contender, Field, Truth

SECTION = "Measures"
VALUE = "value"
SIZE = 10**7


def goals(numbers: dict[str, float]) -> dict[tuple[str, int], dict[str, float]]:
    """The same for each number of threads."""
    return {(VALUE, threads): numbers for threads in (1, 2)}


def entropy(setting: Setting) -> Field:
    p = masses(setting.size(SIZE), 3)
    truth, tensor = Truth(float(-np.sum(p * np.log(p)))), torch.from_numpy(p)
    return Field([Contender(VALUE, lambda: setting.library.entropy(p), truth)], [
        *peer_jax.measure(peer_jax.entropy, p, truth=truth),
        Contender("torch", lambda: torch.special.entr(tensor).sum().item(), truth, DOUBLE),
        Contender("scipy.special", lambda: float(scipy.special.entr(p).sum()), truth, DOUBLE),
        Contender("scipy.stats", lambda: float(scipy.stats.entropy(p)), truth, DOUBLE)])


def kl_divergence(setting: Setting) -> Field:
    p, q = masses(setting.size(SIZE), 4), masses(setting.size(SIZE), 5)
    truth = Truth(float(np.sum(p * np.log(p / q))))
    tensors = torch.from_numpy(p), torch.from_numpy(q)
    return Field([Contender(VALUE, lambda: setting.library.divergence("kl_divergence", p, q), truth)], [
        *peer_jax.measure(peer_jax.kl_divergence, p, q, truth=truth),
        Contender("torch", lambda: F.kl_div(tensors[1].log(), tensors[0], reduction="sum").item(),
                  truth, DOUBLE),
        Contender("scipy.special", lambda: float(scipy.special.rel_entr(p, q).sum()), truth,
                  DOUBLE),
        Contender("scipy.stats", lambda: float(scipy.stats.entropy(p, q)), truth, DOUBLE)])


def jensen_shannon(setting: Setting) -> Field:
    p, q = masses(setting.size(SIZE), 4), masses(setting.size(SIZE), 5)
    m = (p + q) / 2
    truth = Truth(float(np.sum(p * np.log(p / m) + q * np.log(q / m)) / 2))
    ours = Contender(
        VALUE, lambda: setting.library.divergence("jensen_shannon_divergence", p, q), truth)
    return Field([ours], [
        *peer_jax.measure(peer_jax.jensen_shannon, p, q, truth=truth),
        Contender("scipy.spatial", lambda: float(scipy.spatial.distance.jensenshannon(p, q) ** 2),
                  truth, DOUBLE)])


def total_variation(setting: Setting) -> Field:
    p, q = masses(setting.size(SIZE), 4), masses(setting.size(SIZE), 5)
    truth = Truth(float(np.abs(p - q).sum() / 2))
    ours = Contender(VALUE, lambda: setting.library.divergence("total_variation", p, q), truth)
    return Field([ours], [
        *peer_jax.measure(peer_jax.total_variation, p, q, truth=truth),
        Contender("NumPy", lambda: float(np.abs(p - q).sum() / 2), truth, DOUBLE)])


def hellinger(setting: Setting) -> Field:
    p, q = masses(setting.size(SIZE), 4), masses(setting.size(SIZE), 5)

    def numpy_distance() -> float:
        return float(np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) / 2))

    truth = Truth(numpy_distance())
    ours = Contender(VALUE, lambda: setting.library.divergence("hellinger_distance", p, q), truth)
    return Field([ours], [
        *peer_jax.measure(peer_jax.hellinger, p, q, truth=truth),
        Contender("NumPy", numpy_distance, truth, DOUBLE)])


def rows_of_masses(classes: int, setting: Setting, seed: int) -> np.ndarray:
    rows = random_numbers(seed).random((setting.size(SIZE) // classes, classes))
    return rows / rows.sum(axis=1, keepdims=True)


def entropies(classes: int, setting: Setting) -> Field:
    """The mean of the entropies of rows."""
    rows = rows_of_masses(classes, setting, 8)
    truth = Truth(float(-np.mean(np.sum(rows * np.log(rows), axis=1))))
    return Field([Contender(VALUE, lambda: setting.library.entropies(rows), truth)], [
        *peer_jax.measure(peer_jax.entropies, rows, truth=truth),
        Contender("scipy.special", lambda: float(scipy.special.entr(rows).sum(axis=1).mean()),
                  truth, DOUBLE),
        Contender("scipy.stats", lambda: float(scipy.stats.entropy(rows, axis=1).mean()),
                  truth, DOUBLE)])


def kl_divergences(classes: int, setting: Setting) -> Field:
    """The mean of the divergences of rows."""
    p, q = rows_of_masses(classes, setting, 8), rows_of_masses(classes, setting, 9)
    truth = Truth(float(np.mean(np.sum(p * np.log(p / q), axis=1))))
    return Field([Contender(VALUE, lambda: setting.library.kl_divergences(p, q), truth)], [
        *peer_jax.measure(peer_jax.kl_divergences, p, q, truth=truth),
        Contender("scipy.special", lambda: float(scipy.special.rel_entr(p, q).sum(axis=1).mean()),
                  truth, DOUBLE),
        Contender("scipy.stats", lambda: float(scipy.stats.entropy(p, q, axis=1).mean()),
                  truth, DOUBLE)])


def bincount_mutual_information(x: np.ndarray, y: np.ndarray) -> float:
    rows, columns = int(x.max()) + 1, int(y.max()) + 1
    joint = np.bincount(x * columns + y, minlength=rows * columns).reshape(rows, columns)
    p = joint / joint.sum()
    independent = p.sum(axis=1, keepdims=True) * p.sum(axis=0, keepdims=True)
    filled = p > 0
    return float(np.sum(p[filled] * np.log(p[filled] / independent[filled])))


def mutual_information(alphabet: int, setting: Setting) -> Field:
    """Of labels of which the second repeats the first half of the time."""
    random, size = random_numbers(7), setting.size(SIZE)
    x = random.integers(0, alphabet, size)
    y = np.where(random.random(size) < 0.5, x, random.integers(0, alphabet, size))
    truth = Truth(bincount_mutual_information(x, y))
    return Field([Contender(VALUE, lambda: setting.library.mutual_information(x, y), truth)], [
        Contender("NumPy", lambda: bincount_mutual_information(x, y), truth, DOUBLE),
        Contender("scikit-learn", lambda: float(sklearn.metrics.mutual_info_score(x, y)), truth,
                  DOUBLE)])


BENCHMARKS = [
    Benchmark(SECTION, "entropy, 1e7 outcomes", entropy,
              traffic=lambda setting: setting.size(SIZE) * 8,
              goals=goals({"jax": 2, "torch": 10, "scipy.special": 9, "scipy.stats": 9})),
    Benchmark(SECTION, "KL divergence, 1e7 outcomes", kl_divergence,
              traffic=lambda setting: setting.size(SIZE) * 16,
              goals=goals({"jax": 1.6, "torch": 10, "scipy.special": 15, "scipy.stats": 15})),
    *(Benchmark(SECTION, name + ", 1e7 outcomes", contestants,
                traffic=lambda setting: setting.size(SIZE) * 16)
      for name, contestants in (("Jensen–Shannon divergence", jensen_shannon),
                                ("total variation", total_variation),
                                ("Hellinger distance", hellinger))),
    *(Benchmark(SECTION, f"entropies of rows of {classes}, 1e7 masses",
                partial(entropies, classes), traffic=lambda setting: setting.size(SIZE) * 8)
      for classes in (10, 1000)),
    *(Benchmark(SECTION, f"KL divergences of rows of {classes}, 1e7 masses",
                partial(kl_divergences, classes), traffic=lambda setting: setting.size(SIZE) * 16)
      for classes in (10, 1000)),
    *(Benchmark(SECTION, f"mutual information, 1e7 pairs of {alphabet} labels",
                partial(mutual_information, alphabet),
                traffic=lambda setting: setting.size(SIZE) * 16,
                goals=goals({"NumPy": 3, "scikit-learn": 300}))
      for alphabet in (10, 100, 1000)),
]
