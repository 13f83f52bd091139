"""Writes the tables behind the library's own logarithm and exponential.

Run:  python Scripts/elementary_tables.py
It rewrites Sources/InformationTheory/Numerics/LogarithmTable.swift and
ExponentialTable.swift. The values are computed in ball arithmetic at 300 bits
and split into two doubles, high + low, so that each pair is right to 2^-105.
"""

from fractions import Fraction
from pathlib import Path

from flint import arb, ctx

FOLDER = Path(__file__).parent.parent / "Sources/InformationTheory/Numerics"
LOG_INTERVALS = 128
EXP_INTERVALS = 64


def exact(ball):
    """The midpoint of a ball as a fraction (the ball is far thinner than needed)."""
    mantissa, exponent = ball.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def pair(ball):
    """A ball as high + low, two doubles."""
    high = float(exact(ball))
    return high, float(exact(ball) - Fraction(high))


def balls_of(value):
    return arb(value.numerator) / arb(value.denominator)


def log_rows():
    """Reciprocal c of each interval's centre, and -log c.

    Mantissas from sqrt(2) up are halved first, so the two intervals that touch
    1 have c = 1 exactly and the logarithm keeps its relative accuracy there.
    """
    for i in range(LOG_INTERVALS):
        halved = i >= 53
        centre = (1 + Fraction(2 * i + 1, 2 * LOG_INTERVALS)) / (2 if halved else 1)
        touches_one = i in (0, LOG_INTERVALS - 1)
        reciprocal = 1.0 if touches_one else float(1 / centre)
        yield reciprocal, *pair(-balls_of(Fraction(reciprocal)).log())


def exp_rows():
    for j in range(EXP_INTERVALS):
        yield pair((arb(j) / EXP_INTERVALS * arb(2).log()).exp())


def write(name, summary, symbol, rows, note):
    body = ",\n".join("  " + ", ".join(value.hex() for value in row) for row in rows)
    columns = note
    text = f"""// Written by Scripts/elementary_tables.py; do not edit.

/// {summary}
///
/// {columns}
package let {symbol}: [Double] = [
{body},
]
"""
    (FOLDER / name).write_text(text)


def main():
    ctx.prec = 300
    write("LogarithmTable.swift", "The table of the logarithm, three numbers an interval of 1/128.",
          "logarithmTable", log_rows(), "Reciprocal c of the interval's centre, then -log c as high and low.")
    write("ExponentialTable.swift", "The table of the exponential, two numbers for each 2^(j/64).",
          "exponentialTable", exp_rows(), "High and low.")


if __name__ == "__main__":
    main()
