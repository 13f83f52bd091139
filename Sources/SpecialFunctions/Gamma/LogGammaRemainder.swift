import InformationTheory

/// Returns what the logarithm of the gamma function has beyond its tangent.
///
/// `R(a, h) = log Γ(a + h) − log Γ(a) − h ψ(a)`, which for |h| < a is
/// `Σₖ (−h)ᵏ ζ(k, a)/k` over k ≥ 2; by terms that are all positive.
///
/// - Parameters:
///   - a: Where the tangent touches, positive.
///   - h: The step, above −a. The sum a + h is that of real numbers, not rounded.
/// - Returns: A value ≥ 0, 0 for h = 0.
/// - Throws: ``SpecialFunctionError`` with the code `pole` for a = 0 and a + h = 0, `domain`
///   below, `notFinite` for NaN and infinities, or `overflow`.
/// - Accuracy: relative error below 1.2e-16 (`log-gamma-remainder.json`).
/// - Source: the recurrence and the series of DLMF 5.5.1 and 5.11.1.
public func logGammaRemainder(
  at a: Double, step h: Double
) throws(SpecialFunctionError) -> Double {
  let name = "logGammaRemainder"
  try checkStep(at: a, step: h, in: name)
  if h == 0 { return 0 }
  // Next to a pole the value is nearly the ratio, and else this is no infinity.
  guard (h / a).isFinite else { throw .overflow("h", h, in: name) }
  let value: Double
  if h.magnitude < 0x1p-110 * a {
    // The square of the step by half the trigamma function.
    let slope = DoubleDouble.hurwitzZeta(.integer(2), DoubleDouble(a))
    let square = ScaledWide(h) * ScaledWide(h)
    value = (square * slope * DoubleDouble(0.5)).rounded
  } else if a < 0x1p-500 {
    // All is next to the pole: φ(h/a), by the numbers lifted until a is below 1.
    let lift = -1 - Int(a.exponent)
    value =
      DoubleDouble.logarithmRemainder(
        DoubleDouble(a.scaled(byPowerOfTwo: lift)), h.scaled(byPowerOfTwo: lift))
  } else {
    value =
      DoubleDouble.wideLogGammaRemainder(at: DoubleDouble(a), step: DoubleDouble(h)).high
  }
  // Where a sum overflowed it may be NaN.
  guard value.isFinite else { throw .overflow("h", h, in: name) }
  return value
}

/// Throws unless a and a + h are positive real numbers.
func checkStep(
  at a: Double, step h: Double, in name: String
) throws(SpecialFunctionError) {
  guard a.isFinite else { throw .notFinite("a", a, in: name) }
  guard h.isFinite else { throw .notFinite("h", h, in: name) }
  if a == 0 { throw .pole("a", a, in: name, "0 and the negative integers") }
  guard a > 0 else { throw .domain("a", a, in: name, "positive") }
  if h == -a { throw .pole("h", h, in: name, "where a + h is 0 or a negative integer") }
  guard h > -a else { throw .domain("h", h, in: name, "above -a = \(-a)") }
}
