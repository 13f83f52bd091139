import InformationTheory

/// Returns the zeta function of Riemann.
///
/// `ζ(s) = Σₖ k⁻ˢ` over k ≥ 1 for s > 1, and its continuation to the others
///
/// - Parameter s: Any number but the pole 1.
/// - Returns: Any number; 0 at −2, −4, … and 1 at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `pole`, `notFinite` for NaN and −∞,
///   or `overflow`, below about −260 but for the zeros.
/// - Accuracy: relative error below 1.2e-16, also next to the zeros (`zeta.json`).
/// - Source: DLMF 25.2.1 and 25.4.2.
public func zeta(_ s: Double) throws(SpecialFunctionError) -> Double {
  try checkZetaArgument(s, in: "zeta")
  if s == .infinity { return 1 }
  let value = DoubleDouble.wideZeta(s).rounded
  guard value.isFinite else { throw .overflow("s", s, in: "zeta") }
  return value
}

/// Returns what the zeta function of Riemann has beyond its first term.
///
/// `ζ(s) − 1 = Σₖ k⁻ˢ` over k ≥ 2 for s > 1, and its continuation to the others
///
/// - Parameter s: Any number but the pole 1.
/// - Returns: Any number; 0 at +∞ and from 1075 on, where it underflows.
/// - Throws: ``SpecialFunctionError`` with the code `pole`, `notFinite` for NaN and −∞,
///   or `overflow`, below about −260 but for the zeros of ζ.
/// - Accuracy: relative error below 1.2e-16 (`zeta-minus-one.json`).
/// - Source: DLMF 25.2.1 and 25.4.2.
public func zetaMinusOne(_ s: Double) throws(SpecialFunctionError) -> Double {
  try checkZetaArgument(s, in: "zetaMinusOne")
  if s == .infinity { return 0 }
  let value =
    s > -0.5
    ? DoubleDouble.hurwitzZeta(ZetaExponent(s), DoubleDouble(2))
    : DoubleDouble.wideZeta(s) - ScaledWide(1)
  guard value.rounded.isFinite else { throw .overflow("s", s, in: "zetaMinusOne") }
  return value.rounded
}

/// Returns the zeta function of Hurwitz.
///
/// `ζ(s, a) = Σₖ (a + k)⁻ˢ`, over all k ≥ 0
///
/// - Parameters:
///   - s: The exponent, above 1.
///   - a: The first base, positive.
/// - Returns: A value ≥ 0.
/// - Throws: ``SpecialFunctionError`` with the code `pole` for s = 1 and a = 0, `domain`
///   below, `notFinite` for NaN and infinities, or `overflow`.
/// - Accuracy: relative error below 1.2e-16 (`hurwitz-zeta.json`).
/// - Source: DLMF 25.11.1.
public func hurwitzZeta(_ s: Double, _ a: Double) throws(SpecialFunctionError) -> Double {
  let name = "hurwitzZeta"
  guard s.isFinite else { throw .notFinite("s", s, in: name) }
  guard a.isFinite else { throw .notFinite("a", a, in: name) }
  if s == 1 { throw .pole("s", s, in: name, "s = 1 and a = 0, −1, −2, …") }
  if a == 0 { throw .pole("a", a, in: name, "s = 1 and a = 0, −1, −2, …") }
  guard s > 1 else { throw .domain("s", s, in: name, "above 1") }
  guard a > 0 else { throw .domain("a", a, in: name, "positive") }
  let value = DoubleDouble.hurwitzZeta(ZetaExponent(s), DoubleDouble(a)).rounded
  guard value.isFinite else { throw .overflow("a", a, in: name) }
  return value
}

private func checkZetaArgument(_ s: Double, in name: String) throws(SpecialFunctionError) {
  guard !s.isNaN && s > -.infinity else { throw .notFinite("s", s, in: name) }
  if s == 1 { throw .pole("s", s, in: name, "1 alone") }
}

extension DoubleDouble {
  /// Returns ζ(s) for any s but 1.
  fileprivate static func wideZeta(_ s: Double) -> ScaledWide {
    if s > -0.5 { return hurwitzZeta(ZetaExponent(s), one) }
    // ζ(s) = 2 (2π)ˢ⁻¹ sin(πs/2) Γ(1 − s) ζ(1 − s), DLMF 25.4.2.
    let sine = sineAndCosine(ofPiTimes: DoubleDouble(s / 2)).sine
    if sine == .zero { return ScaledWide(0) }
    // There the product overflows also next to the zeros.
    if s < -400 { return ScaledWide(sine, timesPowerOfTwo: 1_000_000) }
    let mirror = difference(1, s)
    let logarithm = wideLogGamma(mirror) - mirror * (logPi + ln2)
    return ScaledWide(sine, timesPowerOfTwo: 1)
      * anyExp(logarithm, times: one) * hurwitzZeta(.real(mirror), one)
  }
}
