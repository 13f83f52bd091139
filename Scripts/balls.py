"""Certified real numbers: Arb balls, refined until they prove enough bits.

A reference value computed at one fixed precision can be wrong without any
sign of it (60-digit arithmetic gives KL(Bern(1e-100) || Bern(2e-100)) the
wrong sign).  A ball carries its own error bound, so the only decision left is
when to stop: here, when the ball proves `GOOD_BITS` relative bits *and* both
of its ends round to the same double.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Callable, Sequence

from flint import arb, ctx

PROMISED_BITS = 80
"""What the oracle files promise."""

GOOD_BITS = 112
"""What is asked of every ball: enough for 30 decimal digits, more than promised."""

START_PRECISION = 256
LIMIT_PRECISION = 1 << 17

INFINITY = math.inf

Value = arb | int | float
"""What a measure returns: a ball, or an exact 0 or +inf decided on rationals."""


@dataclass(frozen=True)
class Truth:
    """A proved value: a ball with at least `GOOD_BITS` bits, or exactly 0 or +inf."""

    value: Value

    @property
    def is_exact_zero(self) -> bool:
        return not isinstance(self.value, arb) and self.value == 0

    @property
    def is_infinite(self) -> bool:
        return not isinstance(self.value, arb) and math.isinf(self.value)

    def double(self) -> float:
        """The double nearest to the true value."""
        if not isinstance(self.value, arb):
            return float(self.value)
        return nearest_double(self.value.mid())

    def fraction(self) -> Fraction:
        """The centre of the ball, for error measurements in ulps."""
        if not isinstance(self.value, arb):
            return Fraction(self.value)
        return exact_fraction(self.value.mid())

    def decimal(self, digits: int = 30) -> str:
        """The true value in decimal; every digit shown is proved."""
        if not isinstance(self.value, arb):
            return "inf" if self.is_infinite else "0"
        return self.value.str(digits, radius=False)


def exact_fraction(x: arb) -> Fraction:
    """The rational number a ball of radius zero stands for."""
    mantissa, exponent = (int(part) for part in x.man_exp())
    if exponent >= 0:
        return Fraction(mantissa << exponent)
    return Fraction(mantissa, 1 << -exponent)


def nearest_double(x: arb) -> float:
    """Round an exact ball to the nearest double, ties to even, overflow to inf.

    Python's division of two integers is correctly rounded over the whole
    range, subnormal results included.
    """
    fraction = exact_fraction(x)
    try:
        return fraction.numerator / fraction.denominator
    except OverflowError:
        return math.inf if fraction > 0 else -math.inf


def rounds_uniquely(ball: arb) -> bool:
    """Whether every real number in the ball rounds to one and the same double."""
    if ball.is_exact():
        return True
    low, high = nearest_double(ball.lower()), nearest_double(ball.upper())
    return low == high and math.copysign(1, low) == math.copysign(1, high)


def is_good(value: Value, bits: int) -> bool:
    """Whether a value is decided: exact, or a tight ball with a unique rounding."""
    if not isinstance(value, arb):
        return True
    if not value.is_finite():
        return False
    if value.is_exact():
        return True
    return value.rel_accuracy_bits() >= bits and rounds_uniquely(value)


def certify(evaluate: Callable[[], Value], bits: int = GOOD_BITS) -> Truth:
    """Evaluate with doubled precision until the ball proves `bits` good bits."""
    saved = ctx.prec
    try:
        precision = START_PRECISION
        while precision <= LIMIT_PRECISION:
            ctx.prec = precision
            value = evaluate()
            if is_good(value, bits):
                return Truth(value)
            precision *= 2
    finally:
        ctx.prec = saved
    raise ArithmeticError("no certified value: an exact 0 or a tie between doubles?")


def at_precision(precision: int, evaluate: Callable[[], Value]) -> Value:
    """Evaluate once with a working precision of `precision` bits."""
    saved = ctx.prec
    ctx.prec = precision
    try:
        return evaluate()
    finally:
        ctx.prec = saved


def to_integers(values: Sequence[float]) -> tuple[list[int], int]:
    """Write doubles exactly as integers over one common power of two."""
    ratios = [float(value).as_integer_ratio() for value in values]
    denominator = max((bottom for _, bottom in ratios), default=1)
    bits = denominator.bit_length()
    return [top << (bits - bottom.bit_length()) for top, bottom in ratios], denominator


def double_pair(evaluate: Callable[[], Value]) -> tuple[float, float]:
    """The true value as hi + lo: hi the nearest double, lo the rest of 192 bits.

    hi + lo is the truth to about 2^-106 unless lo falls below the normal doubles.
    """
    truth = certify(evaluate, bits=192)
    if not isinstance(truth.value, arb):
        return truth.double(), 0.0
    high = truth.double()
    if math.isinf(high) or truth.fraction() == Fraction(high):
        return high, 0.0
    rest = truth.fraction() - Fraction(high)
    return high, rest.numerator / rest.denominator + 0.0
