"""Random questions about parametric distributions, with their certified answers."""

import math

from balls import Truth, certify
from distribution_cases import Model, between, canonical, fits, is_closed
from distribution_divergences import cross_entropy, divergence, entropy
from distribution_families import FAMILIES
from random_masses import SplitMix64
from tables import number_text

MEASURES = {"kl_divergence": divergence, "cross_entropy": cross_entropy}
SUMMED = {"binomial", "negativeBinomial", "poisson"}

REAL = {"normal", "laplace", "logistic", "cauchy", "gumbel", "logNormal"}
"""Whose first parameter may be any number."""

MAGNITUDES = (-40, 40)
"""Powers of two that positive parameters are between."""


def snake_case(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def text(model: Model) -> str:
    def one(value) -> str:
        if isinstance(value, tuple):
            return f"[{','.join(map(number_text, value))}]"
        return number_text(float(value))
    return f"{snake_case(model[0])}({','.join(map(one, model[1]))})"


class Author:
    """Draws distributions; every second one of a pair is near the first."""

    def __init__(self, seed: int):
        self.random = SplitMix64(seed)

    def positive(self, low: int = MAGNITUDES[0], high: int = MAGNITUDES[1]) -> float:
        return math.ldexp(1 + self.random.uniform(), low + self.random.below(high - low))

    def model(self, family: str) -> Model:
        draw = self.random
        match family:
            case "bernoulli" | "geometric": x = (min(self.positive(-60, 0), 1.0),)
            case "binomial": x = (1 + draw.below(30), draw.uniform())
            case "negativeBinomial": x = (self.positive(-3, 4), 0.3 + 0.7 * draw.uniform())
            case "poisson": x = (self.positive(-40, 6),)
            case "uniform":
                low = self.positive() * draw.signed()
                x = (low, low + self.positive())
            case "studentT": x = (self.positive(), draw.signed(), self.positive())
            case "dirichlet": x = (tuple(self.positive(-10, 30) for _ in range(3)),)
            case "diagonalNormal":
                x = (tuple(draw.signed() for _ in range(3)),
                     tuple(self.positive() for _ in range(3)))
            case "exponential" | "rayleigh" | "halfNormal" | "chiSquared": x = (self.positive(),)
            case "weibull": x = (self.positive(-5, 6), self.positive(-9, 9))
            case _ if family in REAL: x = (8 * draw.signed(), self.positive(-6, 9))
            case _: x = (self.positive(), self.positive())
        return family, x

    def neighbour(self, model: Model) -> Model:
        """Parameters that differ in a digit, or in none."""
        family, x = model
        step = 10.0 ** -self.random.below(16)

        def near(value):
            if isinstance(value, tuple):
                return tuple(map(near, value))
            if isinstance(value, int) or self.random.below(3) == 0:
                return value
            return value + abs(value) * step * self.random.uniform() * 0.5

        result = tuple(map(near, x))
        if family in ("bernoulli", "geometric", "binomial", "negativeBinomial"):
            result = (*result[:-1], min(result[-1], 1.0))
        return family, result

    def pair(self) -> tuple[Model, Model]:
        names = list(FAMILIES)
        while True:
            p = self.model(self.random.choice(names))
            if p[0] == "uniform" and p[1][0] >= p[1][1]:
                continue
            q = (self.neighbour(p) if self.random.below(2)
                 else self.model(self.random.choice(names)))
            if q[0] == "uniform" and q[1][0] >= q[1][1]:
                continue
            if fits(p, q) and is_closed(p, q):
                return p, q


def questions(count: int, seed: int) -> list[tuple[dict, list[Truth]]]:
    author, result = Author(seed), []
    for _ in range(count):
        p, q = author.pair()
        measure = author.random.choice(["entropy", *MEASURES])
        if measure == "cross_entropy" and p[0] in SUMMED:
            measure = "kl_divergence"
        fields = {"measure": measure, "p": text(p)}
        if measure != "entropy":
            fields["q"] = text(q)
        result.append((fields, [truth(measure, p, q)]))
    return result


def truth(measure: str, p: Model, q: Model) -> Truth:
    if measure == "entropy":
        return certify(lambda: entropy(*canonical(p)))
    return certify(lambda: between(MEASURES[measure], p, q))
