import InformationTheory

/// Returns the digamma function, the derivative of the logarithm of the gamma function.
///
/// `ψ(x) = Γ′(x)/Γ(x)`
///
/// - Parameter x: Any number but the poles 0, −1, −2, …
/// - Returns: Any number; +∞ at +∞. At no double it is 0.
/// - Throws: ``SpecialFunctionError`` with the code `pole`, `notFinite` for NaN and −∞,
///   or `overflow` where |x| is below about 5.6e-309.
/// - Accuracy: relative error below 1.7e-16, also next to the zeros (`digamma.json`).
/// - Source: DLMF 5.2.2, 5.5.2, 5.5.4 and 5.11.2.
public func digamma(_ x: Double) throws(SpecialFunctionError) -> Double {
  try digamma(x, in: "digamma")
}

/// Returns the digamma function for a function whose name is to stand in errors.
func digamma(_ x: Double, in name: String) throws(SpecialFunctionError) -> Double {
  try checkGammaArgument(x, in: name)
  if x == .infinity { return x }
  if x.magnitude < 0x1p-200 {
    let value = -1 / x
    guard value.isFinite else { throw .overflow("x", x, in: name) }
    return value
  }
  return DoubleDouble.wideDigamma(ofAny: x).high
}

/// Returns how much the digamma function grows over a step.
///
/// `ψ(a + h) − ψ(a)`, by terms of one sign instead of this difference.
///
/// - Parameters:
///   - a: Where the step starts, positive.
///   - h: The step, above −a. The sum a + h is that of real numbers, not rounded.
/// - Returns: A value of the sign of h, 0 for h = 0.
/// - Throws: ``SpecialFunctionError`` with the code `pole` for a = 0 and a + h = 0, `domain`
///   below, `notFinite` for NaN and infinities, or `overflow`.
/// - Accuracy: relative error below 1.2e-16 (`digamma-difference.json`).
/// - Source: the recurrence and the series of DLMF 5.5.2 and 5.11.2.
public func digammaDifference(
  at a: Double, step h: Double
) throws(SpecialFunctionError) -> Double {
  let name = "digammaDifference"
  try checkStep(at: a, step: h, in: name)
  if h == 0 { return 0 }
  let value: Double
  if h.magnitude < 0x1p-110 * a {
    value = (ScaledWide(h) * DoubleDouble.hurwitzZeta(.integer(2), DoubleDouble(a))).rounded
  } else if a < 0x1p-500 {
    // All is next to the pole: h/(a(a + h)).
    let end = ScaledWide(DoubleDouble.sum(a, h))
    value = (ScaledWide(h) / ScaledWide(a) / end).rounded
  } else {
    value =
      DoubleDouble.wideDigammaDifference(at: DoubleDouble(a), step: DoubleDouble(h)).high
  }
  guard value.isFinite else { throw .overflow("a", a, in: name) }
  return value
}

/// Throws at the poles of the gamma function, NaN and −∞.
func checkGammaArgument(_ x: Double, in name: String) throws(SpecialFunctionError) {
  guard !x.isNaN && x > -.infinity else { throw .notFinite("x", x, in: name) }
  if x <= 0 && x == x.rounded() {
    throw .pole("x", x, in: name, "0 and the negative integers")
  }
}

extension DoubleDouble {
  /// Returns ψ(x) for any x but the poles and |x| < 2⁻²⁰⁰.
  static func wideDigamma(ofAny x: Double) -> DoubleDouble {
    guard x < 0 else { return wideDigammaNearZero(DoubleDouble(x)) }
    let (sine, cosine) = sineAndCosine(ofPiTimes: DoubleDouble(x))
    return wideDigammaNearZero(.difference(1, x)) - pi * cosine / sine
  }

  /// Returns ψ(x) for x > 0, with full relative accuracy next to its zero.
  private static func wideDigammaNearZero(_ x: DoubleDouble) -> DoubleDouble {
    let distance = (x + -digammaZero.0 + -digammaZero.1) + -digammaZero.2
    guard distance.high.magnitude < 0.0625 else { return wideDigamma(x) }
    return wideDigammaDifference(
      at: DoubleDouble(high: digammaZero.0, low: digammaZero.1), step: distance)
  }

  /// The positive zero of the digamma function, with 159 bits.
  private static let digammaZero = (
    0x1.762d86356be3fp+0, 0x1.b86a722197829p-54, 0x1.e0d62a6be90c7p-109
  )
}
