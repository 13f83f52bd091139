"""The losses and measures in jax, compiled."""

from typing import Callable

import jax
import jax.numpy as jnp
import numpy as np

from timing import DOUBLE, SINGLE, Contender, Tolerance, Truth

jax.config.update("jax_enable_x64", True)

Loss = Callable[[jax.Array, jax.Array], jax.Array]


def surprisals(logits: jax.Array, labels: jax.Array) -> jax.Array:
    chosen = jnp.take_along_axis(logits, labels[:, None], axis=1)[:, 0]
    return jax.nn.logsumexp(logits, axis=1) - chosen


def cross_entropy(logits: jax.Array, labels: jax.Array) -> jax.Array:
    return jnp.mean(surprisals(logits, labels))


def softmax_focal(logits: jax.Array, labels: jax.Array) -> jax.Array:
    """With γ = 2."""
    surprisal = surprisals(logits, labels)
    return jnp.mean((1 - jnp.exp(-surprisal)) ** 2 * surprisal)


def cross_entropy_by_log_softmax(logits: jax.Array, labels: jax.Array) -> jax.Array:
    """As the formula is often written, which takes jax some three times as long."""
    log_p = jax.nn.log_softmax(logits, axis=1)
    return -jnp.mean(jnp.take_along_axis(log_p, labels[:, None], axis=1))


def target_entropy(logits: jax.Array, targets: jax.Array) -> jax.Array:
    log_p = jax.nn.log_softmax(logits, axis=1)
    return -jnp.mean(jnp.sum(targets * log_p, axis=1))


def binary_surprisals(logits: jax.Array, targets: jax.Array) -> jax.Array:
    # With max(x, 0) and |x| instead, the gradient at x = 0 is wrong.
    return targets * jax.nn.softplus(-logits) + (1 - targets) * jax.nn.softplus(logits)


def binary_cross_entropy(logits: jax.Array, targets: jax.Array) -> jax.Array:
    return jnp.mean(binary_surprisals(logits, targets))


def focal(logits: jax.Array, targets: jax.Array) -> jax.Array:
    """With α = 1/4 and γ = 2."""
    p = jax.nn.sigmoid(logits)
    missed = p + targets - 2 * p * targets
    weights = (0.75 - 0.5 * targets) * missed * missed
    return jnp.mean(weights * binary_surprisals(logits, targets))


def kl_rows(logits: jax.Array, other_logits: jax.Array) -> jax.Array:
    log_p, log_q = jax.nn.log_softmax(logits, axis=1), jax.nn.log_softmax(other_logits, axis=1)
    return jnp.mean(jnp.sum(jnp.exp(log_p) * (log_p - log_q), axis=1))


def entropy(p: jax.Array) -> jax.Array:
    return jnp.sum(jax.scipy.special.entr(p))


def kl_divergence(p: jax.Array, q: jax.Array) -> jax.Array:
    return jnp.sum(jax.scipy.special.rel_entr(p, q))


def jensen_shannon(p: jax.Array, q: jax.Array) -> jax.Array:
    m = (p + q) / 2
    return jnp.sum(jax.scipy.special.rel_entr(p, m) + jax.scipy.special.rel_entr(q, m)) / 2


def total_variation(p: jax.Array, q: jax.Array) -> jax.Array:
    return jnp.sum(jnp.abs(p - q)) / 2


def hellinger(p: jax.Array, q: jax.Array) -> jax.Array:
    return jnp.sqrt(jnp.sum((jnp.sqrt(p) - jnp.sqrt(q)) ** 2) / 2)


def entropies(rows: jax.Array) -> jax.Array:
    return jnp.mean(jnp.sum(jax.scipy.special.entr(rows), axis=1))


def kl_divergences(rows: jax.Array, others: jax.Array) -> jax.Array:
    return jnp.mean(jnp.sum(jax.scipy.special.rel_entr(rows, others), axis=1))


def of_numpy(array: np.ndarray) -> jax.Array:
    """Whole numbers in 32 bits, which jax is faster with."""
    return jnp.asarray(array.astype(np.int32) if array.dtype == np.int64 else array)


def with_gradient(loss: Loss, logits: np.ndarray, targets: np.ndarray,
                  truth: Truth, name: str = "jax") -> list[Contender]:
    """Value and gradient: in a new array, and in that of the run before."""
    x, t = of_numpy(logits), of_numpy(targets)
    fresh = jax.jit(jax.value_and_grad(loss))
    donated = jax.jit(lambda x, t, _: jax.value_and_grad(loss)(x, t),
                      donate_argnums=2, keep_unused=True)
    last: dict[str, jax.Array] = {"donated": jnp.zeros_like(x)}

    def run_fresh() -> float:
        value, last["fresh"] = fresh(x, t)
        last["fresh"].block_until_ready()
        return float(value)

    def run_donated() -> float:
        value, last["donated"] = donated(x, t, last["donated"])
        last["donated"].block_until_ready()
        return float(value)

    return [Contender(name, run_fresh, truth, SINGLE, lambda: np.asarray(last["fresh"])),
            Contender(f"{name}, donated buffer", run_donated, truth, SINGLE,
                      lambda: np.asarray(last["donated"]))]


def value_only(function: Callable[..., jax.Array], *arrays: np.ndarray, truth: Truth,
               tolerance: Tolerance = SINGLE) -> list[Contender]:
    compiled, arguments = jax.jit(function), [of_numpy(array) for array in arrays]
    return [Contender("jax", lambda: float(compiled(*arguments)), truth, tolerance)]


def measure(function: Callable[..., jax.Array], *arrays: np.ndarray,
            truth: Truth) -> list[Contender]:
    return value_only(function, *arrays, truth=truth, tolerance=DOUBLE)
