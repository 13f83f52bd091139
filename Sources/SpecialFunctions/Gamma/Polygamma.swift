import InformationTheory

/// Returns the trigamma function, the derivative of the digamma function.
///
/// `ψ′(x) = Σₖ 1/(x + k)²`, over all k ≥ 0
///
/// - Parameter x: Any number but the poles 0, −1, −2, …
/// - Returns: A value ≥ 0; 0 at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `pole`, `notFinite` for NaN and −∞,
///   or `overflow` where |x| is below about 7.5e-155.
/// - Accuracy: relative error below 1.2e-16 (`trigamma.json`).
/// - Source: DLMF 5.15.1.
public func trigamma(_ x: Double) throws(SpecialFunctionError) -> Double {
  try polygamma(1, x, in: "trigamma")
}

/// Returns a derivative of the digamma function.
///
/// `ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! Σₖ 1/(x + k)ⁿ⁺¹` for n ≥ 1, and ψ(x) for n = 0
///
/// - Parameters:
///   - order: The number n of derivatives, from 0 to 1000.
///   - x: Any number but the poles 0, −1, −2, …
/// - Returns: Any number; for n ≥ 1, 0 at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `badParameter` for the order, `pole`,
///   `notFinite` for NaN and −∞, or `overflow`.
/// - Accuracy: relative error below 1.2e-16, and below 7e-16 next to the zeros that
///   even orders have between the poles (`polygamma.json`).
/// - Source: DLMF 5.15 and 25.11.12.
public func polygamma(order: Int, _ x: Double) throws(SpecialFunctionError) -> Double {
  guard (0...1000).contains(order) else {
    throw SpecialFunctionError(
      .badParameter, in: "polygamma", argument: "order", value: Double(order),
      "order is \(order): it must be from 0 to 1000")
  }
  return order == 0
    ? try digamma(x, in: "polygamma") : try polygamma(order, x, in: "polygamma")
}

private func polygamma(
  _ order: Int, _ x: Double, in name: String
) throws(SpecialFunctionError) -> Double {
  try checkGammaArgument(x, in: name)
  if x == .infinity { return 0 }
  var value = DoubleDouble.hurwitzZeta(.integer(order + 1), ofAny: x)
  for k in stride(from: 2.0, through: Double(order), by: 1) { value = value * DoubleDouble(k) }
  let result = order.isMultiple(of: 2) ? -value : value
  guard result.rounded.isFinite else { throw .overflow("x", x, in: name) }
  return result.rounded
}

extension DoubleDouble {
  /// Returns Σₖ (x + k)⁻ˢ for an integer s ≥ 2 and any x but the poles.
  fileprivate static func hurwitzZeta(_ exponent: ZetaExponent, ofAny x: Double) -> ScaledWide {
    guard x < 0 else { return hurwitzZeta(exponent, DoubleDouble(x)) }
    // The terms above 0 start at c; those below, 1 − c to |x|, are a finite sum. In
    // this order the first two cancel exactly where they do, half-way between poles.
    let c = DoubleDouble.difference(x, x.rounded(.down))
    let (above, below) = (hurwitzZeta(exponent, c), hurwitzZeta(exponent, one - c))
    let beyond = hurwitzZeta(exponent, .difference(1, x))
    let isEven = exponent.value.high.remainder(dividingBy: 2) == 0
    return isEven ? above + below - beyond : above - below + beyond
  }
}
