import InformationTheory

/// Returns the regularised incomplete beta function.
///
/// `Iₓ(a, b) = 1/B(a, b) · ∫₀ˣ tᵃ⁻¹(1 − t)ᵇ⁻¹ dt`: the probability that a beta variable is
/// at most x.
///
/// ```swift
/// try regularizedBeta(0.5, 2, 3)  // 0.6875
/// ```
///
/// - Parameters:
///   - x: The upper limit, in 0 … 1.
///   - a: The exponent of t, positive and finite.
///   - b: The exponent of 1 − t, positive and finite.
/// - Returns: A value in 0 … 1: 0 at x = 0, 1 at x = 1.
/// - Throws: ``SpecialFunctionError`` with the code `domain` or `notFinite`.
/// - Accuracy: Relative error below 1.2e-16 (`regularized-beta.json`).
/// - Source: DLMF 8.17; methods in `SmallShape` and `TailIntegral`.
public func regularizedBeta(
  _ x: Double, _ a: Double, _ b: Double
) throws(SpecialFunctionError) -> Double {
  try betaProbability(x, a, b, ofUpper: false, in: "regularizedBeta")
}

/// Returns the complement of the regularised incomplete beta function.
///
/// `1 − Iₓ(a, b) = I₁₋ₓ(b, a)`, with its own relative accuracy where Iₓ is next to 1, and
/// with 1 − x exact.
///
/// - Parameters:
///   - x: The lower limit, in 0 … 1.
///   - a: The exponent of t, positive and finite.
///   - b: The exponent of 1 − t, positive and finite.
/// - Returns: A value in 0 … 1: 1 at x = 0, 0 at x = 1.
/// - Throws: ``SpecialFunctionError`` with the code `domain` or `notFinite`.
/// - Accuracy: Relative error below 1.2e-16 (`complementary-regularized-beta.json`).
/// - Source: DLMF 8.17; methods in `SmallShape` and `TailIntegral`.
public func complementaryRegularizedBeta(
  _ x: Double, _ a: Double, _ b: Double
) throws(SpecialFunctionError) -> Double {
  try betaProbability(x, a, b, ofUpper: true, in: "complementaryRegularizedBeta")
}

private func betaProbability(
  _ x: Double, _ a: Double, _ b: Double, ofUpper wantsUpper: Bool, in function: String
) throws(SpecialFunctionError) -> Double {
  try checkProbability("x", x, in: function)
  try checkShape("a", a, in: function)
  try checkShape("b", b, in: function)
  if x == 0 || x == 1 { return (x == 0) == wantsUpper ? 1 : 0 }
  guard Swift.max(a, b) <= Tail.largestParameter else {
    return hugeBetaProbability(x, a, b, ofUpper: wantsUpper)
  }
  // Near (0, 0) only the ratio of the parameters counts; this keeps it in range.
  let largest = Swift.max(a, b).binaryParts.exponent
  let k = largest < -200 ? -200 - largest : 0
  return Tail.beta(
    a.scaled(byPowerOfTwo: k), b.scaled(byPowerOfTwo: k), DoubleDouble(x),
    DoubleDouble.difference(1, x)
  ).probability(ofUpper: wantsUpper)
}

/// A probability of a beta distribution of which a parameter is above 2⁹⁰⁰.
private func hugeBetaProbability(
  _ x: Double, _ a: Double, _ b: Double, ofUpper wantsUpper: Bool
) -> Double {
  if Swift.min(a, b) >= 0x1p400 {
    // Narrower than the distance of doubles, also after scaling: only the mean counts.
    return Tail.beta(
      a.scaled(byPowerOfTwo: -200), b.scaled(byPowerOfTwo: -200), DoubleDouble(x),
      DoubleDouble.difference(1, x)
    ).probability(ofUpper: wantsUpper)
  }
  // bX, or a(1 − X), is a gamma variable but for a part in 2¹⁰⁰.
  let (shape, size, distance) = a > b ? (b, a, 1 - x) : (a, b, x)
  return Tail.gammaProbability(
    shape: shape, .product(distance, size), ofUpper: wantsUpper == (a <= b))
}
