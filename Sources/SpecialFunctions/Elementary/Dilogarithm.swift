import InformationTheory

/// Returns the dilogarithm, its real part where it is complex.
///
/// `Re Li₂(x) = −Re ∫₀ˣ log(1 − t)/t dt`, for x ≤ 1 also `Σ xᵏ/k²`.
///
/// - Parameter x: Any number; from 1 on the function is complex.
/// - Returns: The real part, of the sign of x up to 12.595…; 0 at 0, π²/6 at 1, and −∞
///   at ±∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16, also next to its zeros (`dilogarithm.json`).
/// - Source: DLMF 25.12.1, 25.12.2.
public func dilogarithm(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "dilogarithm") }
  if x.isInfinite { return -.infinity }
  // Li₂ = x + x²/4 + …
  if x.magnitude < 0x1p-60 { return 0 + x }
  return (Dilogarithm.nextToZero.value(x) ?? Dilogarithm.value(x)).high
}

private enum Dilogarithm {
  /// Inversion and reflection bring every argument into −1 … ½.
  static func value(_ x: Double) -> DoubleDouble {
    let wide = DoubleDouble(x)
    switch x {
    case ..<(-1):
      let logarithm = DoubleDouble.wideLog(-wide)
      return -(.piSquaredOverSix + logarithm * logarithm * 0.5 + series(.one / wide))
    case ...0.5:
      return series(wide)
    case ..<1:
      let rest = wide + -1.0
      let logarithms = DoubleDouble.wideLog(wide) * DoubleDouble.wideLog(-rest)
      return .piSquaredOverSix - logarithms - series(-rest)
    case 1:
      return .piSquaredOverSix
    case ..<2:
      let rest = wide + -1.0
      let logarithm = DoubleDouble.wideLog(wide)
      let other = logarithm * 0.5 - DoubleDouble.wideLog(rest)
      return .piSquaredOverSix + logarithm * other + series(rest / wide)
    default:
      let logarithm = DoubleDouble.wideLog(wide)
      return .piSquaredOverSix * 2.0 - logarithm * logarithm * 0.5 - series(.one / wide)
    }
  }

  /// Li₂(x) for −1 ≤ x ≤ ½, from u = −log(1 − x): u − u²/4 + Σ B₂ₖ u²ᵏ⁺¹/(2k + 1)!.
  private static func series(_ x: DoubleDouble) -> DoubleDouble {
    let u = -DoubleDouble.wideLog1p(-x)
    let square = u * u
    return u * (square * DoubleDouble.polynomial(coefficients, square) + u * -0.25 + 1.0)
  }

  /// B₂ₖ/(2k + 1)! for k = 1 … 18; |u| ≤ log 2 makes the last term 2⁻¹¹⁵.
  private static let coefficients: [DoubleDouble] = {
    var reciprocal = DoubleDouble.one
    return (1...18).map { k in
      reciprocal = reciprocal / DoubleDouble(Double(2 * k * (2 * k + 1)))
      return DoubleDouble.bernoulliNumbers[k - 1] * reciprocal
    }
  }()

  /// The series about the zero r = 12.595…: x·Li₂′ = −log(x − 1), whose coefficients
  /// about r give those of the derivative one by one.
  static let nextToZero: ZeroExpansion = {
    let (zero, rest) = (
      0x1.930ba2bb410adp+3, DoubleDouble(high: -0x1.12eb427f8bb95p-52, low: -0x1.46154f4579319p-107)
    )
    let root = DoubleDouble(zero) + rest
    let base = root + -1.0
    var derivative = -DoubleDouble.wideLog(base) / root
    var coefficients = [derivative]
    for k in 1..<14 {
      // The coefficient of −log(r − 1 + d) at dᵏ is (−1)ᵏ/(k (r − 1)ᵏ).
      let logarithm = DoubleDouble(k % 2 == 0 ? 1 : -1) / (base.power(k) * Double(k))
      derivative = (logarithm - derivative) / root
      coefficients.append(derivative / DoubleDouble(Double(k + 1)))
    }
    return ZeroExpansion(zero: zero, rest: rest, radius: 0x1p-4, coefficients: coefficients)
  }()
}
