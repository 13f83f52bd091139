// The library's own exponential, for the reason given in Logarithm.swift.

extension DoubleDouble {
  /// Returns eʸ as a value near 1 and a power of two, for |y| < 10⁸.
  ///
  /// `y = (64 e + j)·ln 2/64 + r`, `eʸ = 2ᵉ · 2^(j/64) · eʳ` with |r| ≤ 0.0055.
  ///
  /// Accuracy: relative error below 2⁻⁷⁴ (`kernel-exp.json`) while |y| < 2000.
  package static func scaledExp(_ y: DoubleDouble) -> (value: DoubleDouble, exponent: Int) {
    let k = (y.high * 0x1.71547652b82fep+6).rounded(.toNearestOrEven)
    let index = Int(k)
    // ln 2/64 in three parts; k has few enough bits for the first two products
    // to be exact.
    let r =
      (y + -k * 0x1.62e42fefa0000p-7) + DoubleDouble(-k * 0x1.cf79abc9e0000p-46)
      + -k * 0x1.d9cc01f97b57ap-85
    let j = index & 63
    let power = DoubleDouble(
      high: exponentialTable[2 * j], low: exponentialTable[2 * j + 1])
    return (power + power * expm1Series(r), (index - j) / 64)
  }

  /// Returns eʸ; below 2⁻¹⁰⁷⁴ it is 0, above the largest double it is +∞.
  package static func exp(_ y: DoubleDouble) -> DoubleDouble {
    if y.high < -800 { return .zero }
    if y.high > 710 { return .infinity }
    let (value, exponent) = scaledExp(y)
    let result = value.scaled(byPowerOfTwo: exponent)
    return result.high.isFinite ? result : .infinity
  }

  /// Returns eʸ − 1, with full relative accuracy near 0.
  ///
  /// Accuracy: relative error below 2⁻⁶⁵.
  package static func expm1(_ y: DoubleDouble) -> DoubleDouble {
    if y.high.magnitude < 0x1p-8 { return expm1Series(y) }
    if y.high < -120 { return DoubleDouble(-1) }
    let power = exp(y)
    return power.high.isFinite ? power + -1.0 : .infinity
  }

  /// Returns (eʸ − 1)/y, which is 1 at 0, for |y| < 700.
  ///
  /// For factors that must not meet y itself, which may have underflowed.
  package static func expm1Quotient(_ y: DoubleDouble) -> DoubleDouble {
    y.high.magnitude < 0x1p-110 ? .one : expm1(y) / y
  }

  /// Returns ψ(y) = eʸ − 1 − y, which is never negative, without cancellation.
  ///
  /// Accuracy: relative error below 2⁻⁶¹ (`kernel-exponential-remainder.json`).
  package static func exponentialRemainder(_ y: DoubleDouble) -> DoubleDouble {
    if y.high == 0 { return .zero }
    guard y.high.magnitude < 0x1p-4 else {
      let power = expm1(y)
      return power.high.isFinite ? power - y : .infinity
    }
    // y²/2·(1 + y/3 + y²/12 + …), the bracket's last part below 2⁻¹¹.
    let x = y.high
    var tail = 2.0 / 3_628_800
    tail = tail * x + 2.0 / 362_880
    tail = tail * x + 2.0 / 40320
    tail = tail * x + 2.0 / 5040
    tail = tail * x + 2.0 / 720
    tail = tail * x + 2.0 / 120
    tail = tail * x + 2.0 / 24
    let bracket = DoubleDouble.one + (y * third + x * x * tail)
    return y * y * bracket * 0.5
  }

  /// eʳ − 1 for |r| ≤ 2⁻⁷: r + r²/2 as a pair, the cubic tail as a double.
  @inline(__always)
  private static func expm1Series(_ r: DoubleDouble) -> DoubleDouble {
    let x = r.high
    var tail = 1.0 / 3_628_800
    tail = tail * x + 1.0 / 362_880
    tail = tail * x + 1.0 / 40320
    tail = tail * x + 1.0 / 5040
    tail = tail * x + 1.0 / 720
    tail = tail * x + 1.0 / 120
    tail = tail * x + 1.0 / 24
    tail = tail * x + 1.0 / 6
    let square = r * r
    return r
      + (DoubleDouble(high: 0.5 * square.high, low: 0.5 * square.low)
        + x * square.high * tail)
  }
}
