"""Parametric families in balls: entropies, and means of functions of an outcome.

Everything is the textbook form of the family itself (Johnson, Kotz and Balakrishnan), at a
precision where cancellation does not matter; distribution_integrals.py checks the forms by
quadrature of the densities alone.  The parameters are those of ParametricDistribution.
"""

from dataclasses import dataclass

from flint import arb

GAMMA = arb.const_euler
ONE = arb(1)


def log2pi() -> arb:
    return (2 * arb.pi()).log()


@dataclass(frozen=True)
class Family:
    """A distribution: what it does not define has no closed form here."""

    x: tuple

    @property
    def a(self) -> arb:
        return arb(self.x[0])

    @property
    def b(self) -> arb:
        return arb(self.x[1])


class Normal(Family):
    def entropy(self): return (log2pi() + 1) / 2 + self.b.log()
    def mean(self): return self.a
    def second(self): return self.a**2 + self.b**2
    def fall(self, t): return (-t * self.a + (t * self.b) ** 2 / 2).exp()

    def distance(self, m):
        gap, root = abs(self.a - m), arb(2).sqrt() * self.b
        return root / arb.pi().sqrt() * (-(gap / root) ** 2).exp() + gap * (gap / root).erf()


class LogNormal(Family):
    def entropy(self): return self.a + (log2pi() + 1) / 2 + self.b.log()
    def power(self, s): return (s * self.a + (s * self.b) ** 2 / 2).exp()
    def log(self): return self.a
    def log_squared(self): return self.a**2 + self.b**2


class Laplace(Family):
    def entropy(self): return 1 + (2 * self.b).log()
    def mean(self): return self.a
    def second(self): return self.a**2 + 2 * self.b**2
    def fall(self, t): return (-t * self.a).exp() / (1 - (t * self.b) ** 2)
    def distance(self, m): return abs(self.a - m) + self.b * (-abs(self.a - m) / self.b).exp()


class Logistic(Family):
    def entropy(self): return self.b.log() + 2
    def mean(self): return self.a
    def second(self): return self.a**2 + (arb.pi() * self.b) ** 2 / 3


class Cauchy(Family):
    def entropy(self): return (4 * arb.pi() * self.b).log()


class Gumbel(Family):
    def entropy(self): return self.b.log() + GAMMA() + 1
    def mean(self): return self.a + GAMMA() * self.b
    def second(self): return self.mean() ** 2 + (arb.pi() * self.b) ** 2 / 6
    def fall(self, t): return (-t * self.a).exp() * (1 + t * self.b).gamma()


class StudentT(Family):
    def entropy(self):
        n, scale = self.a, arb(self.x[2])
        beta = (n / 2).lgamma() + arb("0.5").lgamma() - ((n + 1) / 2).lgamma()
        return ((n + 1) / 2 * (((n + 1) / 2).digamma() - (n / 2).digamma())
                + n.sqrt().log() + beta + scale.log())

    def mean(self): return self.b
    def second(self): return self.b**2 + arb(self.x[2]) ** 2 * self.a / (self.a - 2)


class Uniform(Family):
    def entropy(self): return (self.b - self.a).log()
    def mean(self): return (self.a + self.b) / 2
    def second(self): return (self.a**2 + self.a * self.b + self.b**2) / 3
    def fall(self, t): return ((-t * self.a).exp() - (-t * self.b).exp()) / (t * (self.b - self.a))

    def log(self):
        low = self.a * self.a.log() if self.x[0] else arb(0)
        return (self.b * self.b.log() - low) / (self.b - self.a) - 1

    def log_complement(self):
        return Uniform((1 - arb(self.x[1]) if self.x[1] != 1 else 0, 1 - self.a)).log()

    def power(self, s):
        if s == -1:
            return (self.b / self.a).log() / (self.b - self.a)
        low = self.a ** (s + 1) if self.x[0] else arb(0)
        return (self.b ** (s + 1) - low) / ((s + 1) * (self.b - self.a))

    def distance(self, m):
        if self.x[0] < m < self.x[1]:
            return ((m - self.a) ** 2 + (self.b - m) ** 2) / (2 * (self.b - self.a))
        return abs(self.mean() - m)


class Exponential(Family):
    def entropy(self): return 1 - self.a.log()
    def power(self, s): return (1 + arb(s)).gamma() / self.a**s
    def log(self): return -GAMMA() - self.a.log()
    def log_squared(self): return self.log() ** 2 + arb.pi() ** 2 / 6
    def fall(self, t): return self.a / (self.a + t)

    def distance(self, m):
        return 1 / self.a - m if m <= 0 else m + (2 * (-self.a * m).exp() - 1) / self.a


class Gamma(Family):
    def entropy(self):
        return self.a + self.b.log() + self.a.lgamma() + (1 - self.a) * self.a.digamma()

    def power(self, s): return self.b**s * ((self.a + s).lgamma() - self.a.lgamma()).exp()
    def log(self): return self.a.digamma() + self.b.log()
    def log_squared(self): return self.log() ** 2 + arb(2).zeta(self.a)
    def fall(self, t): return (1 + t * self.b) ** -self.a


class InverseGamma(Family):
    def entropy(self):
        return self.a + self.b.log() + self.a.lgamma() - (1 + self.a) * self.a.digamma()

    def power(self, s): return self.b**s * ((self.a - s).lgamma() - self.a.lgamma()).exp()
    def log(self): return self.b.log() - self.a.digamma()
    def log_squared(self): return self.log() ** 2 + arb(2).zeta(self.a)


class Weibull(Family):
    def entropy(self): return GAMMA() * (1 - 1 / self.a) + (self.b / self.a).log() + 1
    def power(self, s): return self.b**s * (1 + arb(s) / self.a).gamma()
    def log(self): return self.b.log() - GAMMA() / self.a
    def log_squared(self): return self.log() ** 2 + arb.pi() ** 2 / (6 * self.a**2)


class Rayleigh(Family):
    def entropy(self): return 1 + (self.a / arb(2).sqrt()).log() + GAMMA() / 2
    def power(self, s): return (self.a * arb(2).sqrt()) ** s * (1 + arb(s) / 2).gamma()
    def log(self): return self.a.log() + (arb(2).log() - GAMMA()) / 2
    def log_squared(self): return self.log() ** 2 + arb.pi() ** 2 / 24


class HalfNormal(Family):
    def entropy(self): return (arb.pi() * self.a**2 / 2).log() / 2 + ONE / 2

    def power(self, s):
        return (self.a * arb(2).sqrt()) ** s * ((arb(s) + 1) / 2).gamma() / arb.pi().sqrt()

    def log(self): return self.a.log() - (GAMMA() + arb(2).log()) / 2
    def log_squared(self): return self.log() ** 2 + arb.pi() ** 2 / 8


class ChiSquared(Family):
    def same(self) -> Gamma: return Gamma((arb(self.x[0]) / 2, 2))
    def entropy(self):
        k = self.a / 2
        return k + arb(2).log() + k.lgamma() + (1 - k) * k.digamma()
    def power(self, s): return self.same().power(s)
    def log(self): return self.same().log()
    def log_squared(self): return self.same().log_squared()
    def fall(self, t): return self.same().fall(t)


class Pareto(Family):
    def entropy(self): return (self.b / self.a).log() + 1 / self.a + 1
    def power(self, s): return self.a * self.b**s / (self.a - s)
    def log(self): return self.b.log() + 1 / self.a
    def log_squared(self): return self.log() ** 2 + 1 / self.a**2


class Beta(Family):
    def entropy(self):
        a, b = self.a, self.b
        return (a.lgamma() + b.lgamma() - (a + b).lgamma() - (a - 1) * a.digamma()
                - (b - 1) * b.digamma() + (a + b - 2) * (a + b).digamma())

    def power(self, s):
        a, n = self.a, self.a + self.b
        return ((a + s).lgamma() + n.lgamma() - a.lgamma() - (n + s).lgamma()).exp()

    def log(self): return self.a.digamma() - (self.a + self.b).digamma()
    def log_complement(self): return self.b.digamma() - (self.a + self.b).digamma()

    def log_squared(self):
        return self.log() ** 2 + arb(2).zeta(self.a) - arb(2).zeta(self.a + self.b)


class Bernoulli(Family):
    def entropy(self):
        if self.x[0] in (0, 1):
            return 0
        return -self.a * self.a.log() - (1 - self.a) * (1 - self.a).log()


class Geometric(Family):
    def entropy(self):
        return 0 if self.x[0] == 1 else Bernoulli(self.x).entropy() / self.a


class Binomial(Family):
    def entropy(self):
        """The sum of -P log P itself, over all outcomes."""
        n, p = int(self.x[0]), self.b
        if self.x[1] in (0, 1):
            return 0
        total, mass = arb(0), (1 - p) ** n
        for k in range(n + 1):
            total -= mass * mass.log()
            mass = mass * (n - k) / (k + 1) * p / (1 - p)
        return total


class Poisson(Family):
    def entropy(self):
        """The sum of -P log P itself, up to where the rest is nothing.

        Beyond k > 2x + 100 each mass P is below 1/2 of the one before, and -log P is below
        L = x + k (k + |log x|), which grows by less than 1.05 a step: the rest is below 2 P L.
        """
        x = self.a
        total, mass, k = arb(0), (-x).exp(), 0
        while True:
            total -= mass * mass.log()
            rest = 2 * mass * (x + k * (k + abs(x.log())))
            if k > 2 * self.x[0] + 100 and rest < abs(total) * arb(2) ** -300:
                return total + arb(0, rest.upper())
            k += 1
            mass = mass * x / k


class NegativeBinomial(Family):
    def entropy(self):
        """Likewise: the next mass P is below max(1 - p, (1 - p)(k + r)/(k + 1)) of P, and -log P
        is below L = r |log p| + (k + 1)(|log (1 - p)| + |log r|).
        """
        r, p = self.a, self.b
        if self.x[1] == 1:
            return 0
        total, mass, k = arb(0), p**r, 0
        slope = abs((1 - p).log()) + abs(r.log())
        while True:
            total -= mass * mass.log()
            growth = (1 - p) * ((k + r) / (k + 1)).max(ONE) * (k + 2) / (k + 1)
            rest = mass * (r * abs(p.log()) + (k + 1) * slope)
            if growth < 1 and rest < (1 - growth) * abs(total) * arb(2) ** -300:
                return total + arb(0, (rest * growth / (1 - growth)).upper())
            k += 1
            mass = mass * (1 - p) * (k - 1 + r) / k


class Dirichlet(Family):
    def entropy(self):
        alpha = [arb(x) for x in self.x[0]]
        n = sum(alpha, arb(0))
        return (sum((x.lgamma() for x in alpha), arb(0)) - n.lgamma()
                + (n - len(alpha)) * n.digamma()
                - sum(((x - 1) * x.digamma() for x in alpha), arb(0)))


class DiagonalNormal(Family):
    def entropy(self):
        return sum((Normal((0.0, s)).entropy() for s in self.x[1]), arb(0))


FAMILIES = {
    "normal": Normal, "logNormal": LogNormal, "laplace": Laplace, "logistic": Logistic,
    "cauchy": Cauchy, "gumbel": Gumbel, "studentT": StudentT, "uniform": Uniform,
    "exponential": Exponential, "gamma": Gamma, "inverseGamma": InverseGamma,
    "weibull": Weibull, "rayleigh": Rayleigh, "halfNormal": HalfNormal,
    "chiSquared": ChiSquared, "pareto": Pareto, "beta": Beta, "bernoulli": Bernoulli,
    "binomial": Binomial, "geometric": Geometric, "negativeBinomial": NegativeBinomial,
    "poisson": Poisson, "dirichlet": Dirichlet, "diagonalNormal": DiagonalNormal,
}
