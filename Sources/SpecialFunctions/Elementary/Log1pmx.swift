import InformationTheory

/// Returns log(1 + u) − u, without the cancellation that u next to 0 brings.
///
/// Its negative is the divergence of scale families: with u = σ²/τ² − 1 it is twice
/// the Kullback-Leibler divergence of two centred normal distributions.
///
/// - Parameter u: A number above −1.
/// - Returns: A value ≤ 0; 0 at 0 and −∞ at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `pole` at −1, or
///   `domain` below.
/// - Accuracy: relative error below 1.2e-16 (`log1pmx.json`).
public func log1pmx(_ u: Double) throws(SpecialFunctionError) -> Double {
  guard !u.isNaN else { throw .notFinite("u", u, in: "log1pmx") }
  guard u >= -1 else { throw .domain("u", u, in: "log1pmx", "above -1") }
  guard u > -1 else { throw .pole("u", u, in: "log1pmx", "-1") }
  if u == .infinity { return -.infinity }
  if u.magnitude < DoubleDouble.log1pmxSeam {
    return (DoubleDouble.log1pmxQuotient(u) * u).rounded(times: u)
  }
  return (DoubleDouble.wideLog1p(DoubleDouble(u)) + -u).high
}

/// Returns x log x − x + 1, the generator of the Kullback-Leibler divergence.
///
/// `Σ q·φ(p/q) = Σ [p log(p/q) − p + q]`, with each term ≥ 0.
///
/// - Parameter x: A number ≥ 0.
/// - Returns: A value ≥ 0; 1 at 0, 0 at 1 and +∞ at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `domain` below 0,
///   or `overflow` from about 2.56e305 on.
/// - Accuracy: relative error below 1.2e-16 (`kl-generator.json`).
/// - Source: Kullback and Leibler (1951), doi:10.1214/aoms/1177729694.
public func klGenerator(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "klGenerator") }
  guard x >= 0 else { throw .domain("x", x, in: "klGenerator", "0 or more") }
  if x == 0 { return 1 }
  if x == .infinity { return x }
  let distance = x - 1
  if distance.magnitude < DoubleDouble.log1pmxSeam {
    // (1 + u) log(1 + u) − u = u²·((1 + u)·q + 1), with q = (log(1 + u) − u)/u² near −½.
    let bracket = DoubleDouble.log1pmxQuotient(distance) * x + 1.0
    return (bracket * distance * distance).high
  }
  let logarithm = DoubleDouble.wideLog(DoubleDouble(x))
  // Where the product could overflow, 1 does not count.
  if x > 0x1p200 {
    let value = ((logarithm + -1.0) * (x * 0x1p-20)).rounded(timesPowerOfTwo: 20)
    guard value.isFinite else { throw .overflow("x", x, in: "klGenerator") }
    return value
  }
  return ((logarithm + -1.0) * x + 1.0).high
}

extension DoubleDouble {
  /// From here on log(1 + u) − u loses no more than five of its hundred bits.
  fileprivate static let log1pmxSeam = 0.0625

  /// Returns (log(1 + u) − u)/u² for |u| below the seam.
  ///
  /// With s = u/(2 + u) it is log(1 + u) = 2s + 2s³/3 + …, of which 2s − u is −us.
  fileprivate static func log1pmxQuotient(_ u: Double) -> DoubleDouble {
    let reciprocal = one / sum(2, u)
    let s = reciprocal * u
    // −us/u² + 2s³/u²·(1/3 + s²/5 + …), with s/u the reciprocal.
    let series = s * reciprocal * reciprocal * polynomial(oddReciprocals, s * s) * 2.0
    return series - reciprocal
  }

  /// 1/3, 1/5, … for |s| < 1/31.
  private static let oddReciprocals = (1...11).map { one / DoubleDouble(Double(2 * $0 + 1)) }
}
