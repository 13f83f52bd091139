"""The losses in torch: as one writes them, compiled, and compiled with a gradient buffer."""

from functools import partial
from typing import Callable

import numpy as np
import torch
import torch.nn.functional as F

from timing import SINGLE, Contender, Truth

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def cross_entropy(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(logits, labels)


def binary_cross_entropy(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return F.binary_cross_entropy_with_logits(logits, targets)


def focal(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """With α = 1/4 and γ = 2."""
    p = torch.sigmoid(logits)
    surprisal = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    missed = p + targets - 2 * p * targets
    return ((0.75 - 0.5 * targets) * missed * missed * surprisal).mean()


def softmax_focal(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """With γ = 2."""
    surprisal = F.cross_entropy(logits, labels, reduction="none")
    return ((1 - torch.exp(-surprisal)) ** 2 * surprisal).mean()


def by_autograd(name: str, loss: Loss, logits: np.ndarray, targets: np.ndarray,
                truth: Truth) -> Contender:
    """Backward from the loss. The gradient of the last run is given up first, as
    optimisers do: torch would add to it otherwise, which takes longer."""
    x, t = torch.from_numpy(logits.copy()).requires_grad_(), torch.from_numpy(targets)

    def run() -> float:
        x.grad = None
        value = loss(x, t)
        value.backward()
        return value.item()

    return Contender(name, run, truth, SINGLE, gradient=lambda: x.grad.numpy())


def in_one_graph(loss: Loss, logits: np.ndarray, targets: np.ndarray, truth: Truth) -> Contender:
    """Value and gradient compiled together, the gradient into a buffer that is kept."""
    x, t = torch.from_numpy(logits), torch.from_numpy(targets)
    kept = torch.empty_like(x)

    def value_and_gradient(x: torch.Tensor, t: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
        gradient, value = torch.func.grad_and_value(loss)(x, t)
        kept.copy_(gradient)
        return value

    compiled = torch.compile(value_and_gradient, dynamic=False)
    return Contender("torch.compile, kept buffer", lambda: compiled(x, t, kept).item(), truth,
                     SINGLE, gradient=kept.numpy)


def with_gradient(loss: Loss, logits: np.ndarray, targets: np.ndarray,
                  truth: Truth) -> list[Contender]:
    return [by_autograd("torch", loss, logits, targets, truth),
            by_autograd("torch.compile", torch.compile(loss, dynamic=False), logits, targets,
                        truth),
            in_one_graph(loss, logits, targets, truth)]


def linear(hidden: np.ndarray, weight: np.ndarray, labels: np.ndarray,
           truth: Truth) -> Contender:
    """A linear layer and the loss of its logits, and both gradients."""
    h, w = (torch.from_numpy(array.copy()).requires_grad_() for array in (hidden, weight))
    y = torch.from_numpy(labels)

    def run() -> float:
        h.grad = w.grad = None
        value = F.cross_entropy(F.linear(h, w), y)
        value.backward()
        return value.item()

    return Contender("torch", run, truth, SINGLE, gradient=lambda: h.grad.numpy())


def value_only(loss: Loss, logits: np.ndarray, targets: np.ndarray,
               truth: Truth) -> list[Contender]:
    x, t = torch.from_numpy(logits), torch.from_numpy(targets)

    def run(loss: Loss) -> float:
        with torch.no_grad():
            return loss(x, t).item()

    return [Contender(name, partial(run, form), truth, SINGLE)
            for name, form in (("torch", loss),
                               ("torch.compile", torch.compile(loss, dynamic=False)))]
