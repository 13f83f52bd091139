import InformationTheory

/// Returns the logarithm of the gamma function's magnitude.
///
/// `log |Γ(x)|`; the sign is ``signOfGamma(_:)``.
///
/// - Parameter x: Any number but the poles 0, −1, −2, …
/// - Returns: Any number; 0 at 1 and 2, and +∞ at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `pole`, `notFinite` for NaN and −∞,
///   or `overflow` above about 2.55998e305.
/// - Accuracy: relative error below 1.2e-16, also next to the zeros (`log-gamma.json`).
/// - Source: DLMF 5.2.1, 5.5.3 and 5.11.1.
public func logGamma(_ x: Double) throws(SpecialFunctionError) -> Double {
  try checkGammaArgument(x, in: "logGamma")
  if x == .infinity { return x }
  let value = DoubleDouble.wideLogGamma(ofAny: x).rounded
  guard value.isFinite else { throw .overflow("x", x, in: "logGamma") }
  return value
}

/// Returns the sign of the gamma function.
///
/// `Γ(x)/|Γ(x)|`, which alternates between the poles.
///
/// - Parameter x: Any number but the poles 0, −1, −2, …
/// - Returns: 1 or −1.
/// - Throws: ``SpecialFunctionError`` with the code `pole`, or `notFinite` for NaN and −∞.
public func signOfGamma(_ x: Double) throws(SpecialFunctionError) -> Double {
  try checkGammaArgument(x, in: "signOfGamma")
  return x > 0 || x.rounded(.down).remainder(dividingBy: 2) == 0 ? 1 : -1
}

extension DoubleDouble {
  /// Returns log |Γ(x)| for any x but the poles.
  fileprivate static func wideLogGamma(ofAny x: Double) -> ScaledWide {
    if x.magnitude < 0x1p-200 { return ScaledWide(-wideLog(DoubleDouble(x.magnitude))) }
    if x > 0x1p500 {
      // x (log x − 1); the rest is below x·2⁻⁵⁰⁰.
      return ScaledWide(x) * (wideLog(DoubleDouble(x)) + -1.0)
    }
    return ScaledWide(
      wideLogGammaNearZero(x)
        ?? (x > 0 ? wideLogGamma(DoubleDouble(x)) : reflectedLogGamma(x)))
  }

  /// Returns log |Γ(x)| for x < 0, from log(π/|sin πx|) − log Γ(1 − x).
  private static func reflectedLogGamma(_ x: Double) -> DoubleDouble {
    let sine = sineAndCosine(ofPiTimes: DoubleDouble(x)).sine.magnitude
    return logPi - wideLog(sine) - wideLogGamma(.difference(1, x))
  }

  /// Returns log |Γ(x)| next to a zero z, as (x − z) ψ(z) + R(z, x − z).
  ///
  /// The zeros not listed are so near to a pole that the doubles next to them are too
  /// far for their values to be lost among 100 bits.
  private static func wideLogGammaNearZero(_ x: Double) -> DoubleDouble? {
    for zero in logGammaZeros where (x - zero.point.high).magnitude < zero.reach {
      let distance = sum(x, -zero.point.high) + -zero.point.low + -zero.rest
      if distance == .zero { return distance }
      return distance * zero.slope + wideLogGammaRemainder(at: zero.point, step: distance)
    }
    return nil
  }

  /// A zero of log |Γ(x)|: 159 bits in three words, ψ there, and how far to go from it.
  private struct Zero {
    let point: DoubleDouble
    let rest: Double
    let slope: DoubleDouble
    let reach: Double
  }

  private static let logGammaZeros = [
    Zero(point: one, rest: 0, slope: -eulerGamma, reach: 0.0625),
    Zero(point: one + one, rest: 0, slope: one - eulerGamma, reach: 0.0625),
    Zero(
      point: DoubleDouble(high: -0x1.3a7fc9600f86cp+1, low: -0x1.55f64f98af8d0p-55),
      rest: -0x1.c4b0cd201366ap-110,
      slope: DoubleDouble(high: 0x1.83fe966af535fp+0, low: -0x1.775909a36a6a4p-55), reach: 0.01),
    Zero(
      point: DoubleDouble(high: -0x1.5fb410a1bd901p+1, low: 0x1.a19a96d2e6f85p-54),
      rest: 0x1.140b4ff4b7d60p-108,
      slope: DoubleDouble(high: -0x1.ea12da904b18cp+0, low: -0x1.220130f99b2cfp-54), reach: 0.005),
    Zero(
      point: DoubleDouble(high: -0x1.9260dbc9e59afp+1, low: -0x1.f717cd335a7b3p-53),
      rest: -0x1.d32a2a65bfd63p-107,
      slope: DoubleDouble(high: 0x1.f20a65f2fac55p+2, low: -0x1.1d258e4b0be84p-53), reach: 0.002),
    Zero(
      point: DoubleDouble(high: -0x1.fa471547c2fe5p+1, low: -0x1.70d4561291237p-56),
      rest: 0x1.9e6fadbbc171ap-111,
      slope: DoubleDouble(high: -0x1.4b99d966c5647p+4, low: 0x1.9cba2450afff3p-50), reach: 0.0005),
    Zero(
      point: DoubleDouble(high: -0x1.0284e78599581p+2, low: 0x1.e78c1e9e43cfep-53),
      rest: -0x1.2ac17bfd6be92p-108,
      slope: DoubleDouble(high: 0x1.aca5cf4921642p+4, low: 0x1.a46a2e0d8fe10p-51), reach: 0.0005),
  ]
}
