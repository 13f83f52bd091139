"""Exact partial derivatives of the measures with respect to the stored masses.

A measure normalises, so it is a function D(p_hat, q_hat) of p_hat = p / P and
q_hat = q / Q.  With g_i and h_i the plain partial derivatives of D in p_hat_i
and q_hat_i, the chain rule through the normalisation gives

    dD/dp_i = (g_i - sum_j p_hat_j g_j) / P
    dD/dq_i = (h_i - sum_j q_hat_j h_j) / Q

A constant added to all g (or all h) drops out, so each formula below is shifted
to vanish where p_hat = q_hat: then the size of its parts is the honest scale of
the rounding errors to expect.  r stands for p_hat_i / q_hat_i.
"""

import math
from typing import Callable

from flint import arb

from balls import Truth, at_precision, certify
from masses import Masses
from measures import FUNCTIONS

Vector = list[arb]
Partials = tuple[Vector, Vector]


def from_ratios(p: Vector, q: Vector, of_p: Callable, of_q: Callable) -> Partials:
    ratios = [a / b for a, b in zip(p, q)]
    return [of_p(r) for r in ratios], [of_q(r) for r in ratios]


def kl(p: Vector, q: Vector) -> Partials:
    """D = sum p log(p/q): g = log r + 1, h = -r."""
    return from_ratios(p, q, lambda r: r.log(), lambda r: 1 - r)


def reverse_kl(p: Vector, q: Vector) -> Partials:
    return kl(q, p)[::-1]


def jeffreys(p: Vector, q: Vector) -> Partials:
    """The sum of the two directions."""
    return from_ratios(p, q, lambda r: r.log() + 1 - 1 / r, lambda r: 1 - r - r.log())


def jensen_shannon(p: Vector, q: Vector) -> Partials:
    """The derivatives through the mixture m cancel: g = log(p/m) / 2."""
    return from_ratios(p, q, lambda r: (2 * r / (1 + r)).log() / 2,
                       lambda r: (2 / (1 + r)).log() / 2)


def skew(p: Vector, q: Vector, order: float) -> Partials:
    """m = (1-w) p + w q: g = log(p/m) + 1 - (1-w) p/m, h = -w p/m; s is p/m."""
    w = arb(order)

    def share(r: arb) -> arb:
        return r / ((1 - w) * r + w)

    return from_ratios(p, q, lambda r: share(r).log() + (1 - w) * (1 - share(r)),
                       lambda r: w * (1 - share(r)))


def tsallis(p: Vector, q: Vector, order: float) -> Partials:
    """D = (sum p^a q^(1-a) - 1) / (a-1): g = a r^(a-1) / (a-1), h = -r^a."""
    a = arb(order)
    return from_ratios(p, q, lambda r: a * (r ** (a - 1) - 1) / (a - 1), lambda r: 1 - r ** a)


def divided(partials: Partials, divisor: arb) -> Partials:
    return [g / divisor for g in partials[0]], [h / divisor for h in partials[1]]


def renyi(p: Vector, q: Vector, order: float) -> Partials:
    """D = log(S) / (a-1), S = sum p^a q^(1-a): Tsallis divided by S."""
    a = arb(order)
    power_sum = sum((b * (x / b) ** a for x, b in zip(p, q)), arb(0))
    return divided(tsallis(p, q, order), power_sum)


def alpha(p: Vector, q: Vector, order: float) -> Partials:
    """Tsallis divided by a."""
    return divided(tsallis(p, q, order), arb(order))


def cressie_read(p: Vector, q: Vector, order: float) -> Partials:
    return alpha(p, q, arb(order) + 1)


def coefficient(p: Vector, q: Vector) -> Partials:
    """D = sum sqrt(p q): g = sqrt(q/p) / 2."""
    return from_ratios(p, q, lambda r: ((1 / r).sqrt() - 1) / 2, lambda r: (r.sqrt() - 1) / 2)


def coefficient_value(p: Vector, q: Vector) -> arb:
    return sum(((a * b).sqrt() for a, b in zip(p, q)), arb(0))


def bhattacharyya(p: Vector, q: Vector) -> Partials:
    """D = -log BC."""
    return divided(coefficient(p, q), -coefficient_value(p, q))


def hellinger(p: Vector, q: Vector) -> Partials:
    """D^2 = sum (sqrt p - sqrt q)^2 / 2, so 2 D g = (1 - sqrt(q/p)) / 2."""
    squared = sum(((a.sqrt() - b.sqrt()) ** 2 for a, b in zip(p, q)), arb(0)) / 2
    return divided(coefficient(p, q), -2 * squared.sqrt())


def pearson(p: Vector, q: Vector) -> Partials:
    """D = sum p^2/q - 2p + q: g = 2r - 2, h = 1 - r^2."""
    return from_ratios(p, q, lambda r: 2 * (r - 1), lambda r: 1 - r * r)


def neyman(p: Vector, q: Vector) -> Partials:
    return pearson(q, p)[::-1]


def triangular(p: Vector, q: Vector) -> Partials:
    """With z = (p-q)/(p+q): g = 2z - z^2, h = -2z - z^2."""
    def z(r: arb) -> arb:
        return (r - 1) / (r + 1)

    return from_ratios(p, q, lambda r: z(r) * (2 - z(r)), lambda r: -z(r) * (2 + z(r)))


def cross_entropy(p: Vector, q: Vector) -> Partials:
    """D = -sum p log q: g = -log q, h = -r (shifted)."""
    return [-b.log() for b in q], [1 - a / b for a, b in zip(p, q)]


PARTIALS: list[tuple[str, float | None, Callable]] = [
    ("kl_divergence", None, kl),
    ("reverse_kl_divergence", None, reverse_kl),
    ("jeffreys_divergence", None, jeffreys),
    ("jensen_shannon_divergence", None, jensen_shannon),
    ("skew_divergence", 0.5, skew),
    ("skew_divergence", 0.1, skew),
    ("renyi_divergence", 0.5, renyi),
    ("renyi_divergence", 2.0, renyi),
    ("tsallis_divergence", 0.5, tsallis),
    ("tsallis_divergence", 2.0, tsallis),
    ("alpha_divergence", 0.5, alpha),
    ("alpha_divergence", 2.0, alpha),
    ("alpha_divergence", -1.0, alpha),
    ("cressie_read_divergence", 2.0 / 3.0, cressie_read),
    ("hellinger_distance", None, hellinger),
    ("bhattacharyya_distance", None, bhattacharyya),
    ("bhattacharyya_coefficient", None, coefficient),
    ("pearson_chi_squared", None, pearson),
    ("neyman_chi_squared", None, neyman),
    ("triangular_discrimination", None, triangular),
    ("cross_entropy", None, cross_entropy),
]

GREAT_ORDERS: list[tuple[str, float | None, Callable]] = [
    ("renyi_divergence", 40.0, renyi),
    ("renyi_divergence", 1030.0, renyi),
    ("renyi_divergence", 1e5, renyi),
    ("tsallis_divergence", 300.0, tsallis),
    ("tsallis_divergence", 1030.0, tsallis),
    ("alpha_divergence", -300.0, alpha),
    ("alpha_divergence", -1030.0, alpha),
    ("cressie_read_divergence", 1e5, cressie_read),
]
"""Orders whose powers leave the doubles."""


def through_normalisation(partials: Vector, probabilities: Vector, total: arb) -> Vector:
    mean = sum((g * x for g, x in zip(partials, probabilities)), arb(0))
    return [(g - mean) / total for g in partials]


def stored_total(masses: Masses) -> arb:
    return sum(map(arb, masses.values), arb(0))


def exponent(x: arb) -> int:
    """The whole part of the binary logarithm of an exact positive number."""
    mantissa, power = x.man_exp()
    return int(mantissa).bit_length() - 1 + int(power)


class Gradient:
    """The certified derivative vectors of one measure at one pair."""

    def __init__(self, p: Masses, q: Masses, order: float | None, rule: Callable):
        self.p, self.q, self.rule = p, q, rule
        self.order = () if order is None else (order,)

    def sides(self) -> list[tuple[Vector, Masses, Vector]]:
        hats = [[m.probability(i) for i in range(len(m))] for m in (self.p, self.q)]
        partials = self.rule(*hats, *self.order)
        return list(zip(partials, (self.p, self.q), hats))

    def entry(self, side: int, index: int) -> arb:
        partials, masses, hats = self.sides()[side]
        return through_normalisation(partials, hats, stored_total(masses))[index]

    def vector(self, side: int) -> list[Truth]:
        count = len((self.p, self.q)[side])
        return [certify(lambda i=i: self.entry(side, i)) for i in range(count)]

    def scale(self, side: int) -> arb:
        """The largest |g_i| / P: the size of the parts before the mean is taken off."""
        def largest() -> arb:
            partials, masses, _ = self.sides()[side]
            total = stored_total(masses)
            sizes = [abs(g / total).mid() for g in partials]
            return max(sizes, key=lambda size: exponent(size) if size != 0 else -math.inf)
        return at_precision(8192, largest)

    def unit(self, side: int) -> float:
        """The last place of a double as large as the scale, which may itself be larger
        than all doubles."""
        scale = self.scale(side)
        if scale == 0:
            return 2.0**-1074
        try:
            return math.ldexp(1.0, max(exponent(scale) - 52, -1074))
        except OverflowError:
            return math.inf


REFINEMENT = 400
"""The finite differences move a mass by 2^-400 of itself."""


def difference_quotient(name: str, gradient: Gradient, side: int, index: int) -> arb:
    """A central difference of the measure itself, at 2400 bits."""
    pair = [gradient.p, gradient.q]
    masses = pair[side]
    mass = masses.integers[index]

    def value_at(direction: int) -> arb:
        integers = [other << REFINEMENT for other in masses.integers]
        integers[index] += direction * mass
        moved = list(pair)
        moved[side] = Masses.from_integers(integers)
        return arb(FUNCTIONS[name](*moved, *gradient.order))

    step = arb(masses.values[index]) / (arb(2) ** REFINEMENT)
    return at_precision(2400, lambda: (value_at(1) - value_at(-1)) / (2 * step))


def verify(name: str, gradient: Gradient) -> None:
    """Raise unless the formulas agree with finite differences to 2^-100 of the scale."""
    for side in (0, 1):
        scale = gradient.scale(side)
        for index, truth in enumerate(gradient.vector(side)):
            quotient = difference_quotient(name, gradient, side, index)
            error = at_precision(512, lambda: quotient - arb(truth.value))
            bound = scale * arb(2) ** -100 if isinstance(truth.value, arb) else 0
            if not abs(error) < bound:
                raise AssertionError(f"{name} {gradient.order}: wrong derivative [{side}][{index}]")
