import InformationTheory

/// The real branches of Lambert's W.
public enum LambertBranch: Hashable, Sendable {
  /// W₀, with values ≥ −1.
  case principal
  /// W₋₁, with values ≤ −1.
  case minusOne
}

/// Returns Lambert's W, the inverse of w eʷ.
///
/// Next to the branch point −1/e the value is −1 ± √(2(ex + 1)) + …, where ex + 1 cancels;
/// it is computed with e in two doubles. The double nearest to −1/e lies below it,
/// outside the domain.
///
/// - Parameters:
///   - x: A number ≥ −1/e, and below 0 on the branch `minusOne`.
///   - branch: Which of the two real branches to take.
/// - Returns: The value w with `w eʷ = x`: on the principal branch ≥ −1, with 0 at 0 and
///   +∞ at +∞; on the other ≤ −1.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `domain` outside
///   the domain, or `pole` at 0 on the branch `minusOne`.
/// - Accuracy: relative error below 1.2e-16 (`lambert-w0.json`, `lambert-wm1.json`).
/// - Source: Corless et al. (1996), doi:10.1007/BF02124750; DLMF 4.13.
public func lambertW(
  _ x: Double, branch: LambertBranch = .principal
) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "lambertW") }
  if branch == .minusOne {
    guard x <= 0 else { throw .domain("x", x, in: "lambertW", "in -1/e ..< 0") }
    guard x < 0 else { throw .pole("x", x, in: "lambertW", "0 on the branch minusOne") }
  }
  if x == .infinity { return x }
  guard x >= 0 || LambertW.squaredDistance(x).high > 0 else {
    throw .domain("x", x, in: "lambertW", "at least -1/e")
  }
  // W₀ = x − x² + …
  if branch == .principal && x.magnitude < 0x1p-60 { return 0 + x }
  return LambertW.refine(LambertW.start(x, branch), x).high
}

private enum LambertW {
  /// 2(ex + 1), the square of the variable p in which W has a series at −1/e.
  static func squaredDistance(_ x: Double) -> DoubleDouble {
    (DoubleDouble.e * x + 1.0) * 2.0
  }

  /// A first value, with an error that is small beside w and beside w + 1.
  static func start(_ x: Double, _ branch: LambertBranch) -> DoubleDouble {
    if x < -0.26 {
      let root = squaredDistance(x).squareRoot()
      let p = branch == .principal ? root : -root
      return p * DoubleDouble.polynomial(branchSeries, p) + -1.0
    }
    if branch == .principal {
      // Winitzki's approximation, within 5 % from −0.26 to the largest double.
      let a = DoubleDouble.log1p(DoubleDouble(x)).high
      let b = DoubleDouble.log1p(DoubleDouble(a)).high
      return DoubleDouble(a * (1 - b / (2 + a)))
    }
    // The expansion at 0⁻ in log(−x) and the logarithm of its negative.
    let a = DoubleDouble.log(-x).high
    let b = DoubleDouble.log(-a).high
    return DoubleDouble(a - b + b / a + b * (b - 2) / (2 * a * a))
  }

  /// Halley's iteration for w eʷ − x, divided by eʷ so that nothing over- or underflows;
  /// the quotient is x e⁻ʷ.
  static func refine(_ start: DoubleDouble, _ x: Double) -> DoubleDouble {
    var w = start
    let (exponent, significand) = x.magnitude.binaryParts
    // Each step cubes the error; three suffice everywhere.
    for _ in 0..<4 {
      let power = DoubleDouble.wideScaledExp(-w)
      let quotient = (power.value * (x < 0 ? -significand : significand))
        .scaled(byPowerOfTwo: power.exponent + exponent)
      let residual = w - quotient
      let next = w + 1.0
      let step = residual / (next - residual * (w + 2.0) / (next * 2.0))
      w = w - step
      if step.high.magnitude <= 0x1p-35 * w.high.magnitude { break }
    }
    return w
  }

  /// W = −1 + p·(1 − p/3 + 11p²/72 − …).
  private static let branchSeries = [
    (1.0, 1.0), (-1, 3), (11, 72), (-43, 540), (769, 17280), (-221, 8505),
  ].map { DoubleDouble($0.0) / DoubleDouble($0.1) }
}
