import InformationTheory

/// Returns the logarithm of the beta function.
///
/// `log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b)`, without the cancellation of these.
///
/// - Parameters:
///   - a: The one argument, positive.
///   - b: The other argument, positive.
/// - Returns: Any number; 0 at B(1, 1) = 1.
/// - Throws: ``SpecialFunctionError`` with the code `pole` at 0, `domain` below,
///   `notFinite` for NaN and infinities, or `overflow`.
/// - Accuracy: relative error below 1.2e-16, also next to the curve B = 1
///   (`log-beta.json`).
/// - Source: DLMF 5.12.1 and 5.11.1.
public func logBeta(_ a: Double, _ b: Double) throws(SpecialFunctionError) -> Double {
  let name = "logBeta"
  for (argument, value) in [("a", a), ("b", b)] {
    guard value.isFinite else { throw .notFinite(argument, value, in: name) }
    if value == 0 { throw .pole(argument, value, in: name, "0 and the negative integers") }
    guard value > 0 else { throw .domain(argument, value, in: name, "positive") }
  }
  let value = DoubleDouble.wideLogBeta(min(a, b), max(a, b)).rounded
  guard value.isFinite else { throw .overflow("a", a, in: name) }
  return value
}

extension DoubleDouble {
  /// Returns log B(a, b) for 0 < a ≤ b.
  static func wideLogBeta(_ a: Double, _ b: Double) -> ScaledWide {
    if a == 1 { return ScaledWide(-wideLog(DoubleDouble(b))) }
    if b == 1 { return ScaledWide(-wideLog(DoubleDouble(a))) }
    let (main, binomial) = logBetaParts(a, b)
    let difference = main - binomial
    // Where fewer than 60 bits are left, start with 50 more.
    if difference.exponent < binomial.exponent - 40 {
      return ScaledWide(TripleDouble.logBetaNearOne(a, b).pair)
    }
    return difference
  }

  /// Two values whose difference is log B(a, b).
  private static func logBetaParts(_ a: Double, _ b: Double) -> (ScaledWide, ScaledWide) {
    if a >= 0.5 && b <= 2.5 && a + b >= 1.5 {
      // Around B(1, 1) = 1 both parts vanish: with a = 1 + k, b = 1 + m,
      // B = Γ(1 + k) Γ(1 + m)/(Γ(1 + k + m) (1 + k + m)).
      let (k, m) = (difference(a, 1), difference(b, 1))
      return (ScaledWide(-wideLog1p(k + m)), wideLogBinomial(k, m))
    }
    // B = (a + b)/(a·b) · Γ(1 + a) Γ(1 + b)/Γ(1 + a + b).
    let ratio = a / b < 0x1p-200 ? zero : quotient(a, b)
    return (
      ScaledWide(wideLog1p(ratio) - wideLog(DoubleDouble(a))),
      wideLogBinomial(DoubleDouble(a), DoubleDouble(b))
    )
  }
}
