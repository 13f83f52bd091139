import InformationTheory

/// Returns the x at which the regularised incomplete beta function is p.
///
/// The quantile of a beta variable: `Iₓ(a, b) = p`.
///
/// - Parameters:
///   - p: The probability below x, in 0 … 1.
///   - a: The exponent of t, positive and finite.
///   - b: The exponent of 1 − t, positive and finite.
/// - Returns: A value in 0 … 1: 0 at p = 0, 1 at p = 1; also 0 or 1 where no double is
///   nearer.
/// - Throws: ``SpecialFunctionError`` with the code `domain` (also where both parameters are
///   below 1e-12: there p is next to b/(a + b) for nearly every x), `notFinite` or, should
///   the iteration not settle, `notConverged`.
/// - Accuracy: Relative error below 1.2e-16 (`inverse-regularized-beta.json`).
/// - Source: DLMF 8.17, by Halley's iteration on the logarithm of the smaller tail.
public func inverseRegularizedBeta(
  _ p: Double, _ a: Double, _ b: Double
) throws(SpecialFunctionError) -> Double {
  try betaQuantile(("p", p), a, b, isUpper: false, in: "inverseRegularizedBeta")
}

/// Returns the x at which the complement of the regularised incomplete beta function is q.
///
/// `1 − Iₓ(a, b) = q`, for probabilities q next to 0 whose complement is not a double.
///
/// - Parameters:
///   - q: The probability above x, in 0 … 1.
///   - a: The exponent of t, positive and finite.
///   - b: The exponent of 1 − t, positive and finite.
/// - Returns: A value in 0 … 1: 1 at q = 0, 0 at q = 1; also 0 or 1 where no double is
///   nearer.
/// - Throws: ``SpecialFunctionError`` with the code `domain` (also where both parameters are
///   below 1e-12), `notFinite` or, should the iteration not settle, `notConverged`.
/// - Accuracy: Relative error below 1.2e-16 (`inverse-complementary-regularized-beta.json`).
/// - Source: DLMF 8.17, by Halley's iteration on the logarithm of the smaller tail.
public func inverseComplementaryRegularizedBeta(
  _ q: Double, _ a: Double, _ b: Double
) throws(SpecialFunctionError) -> Double {
  try betaQuantile(("q", q), a, b, isUpper: true, in: "inverseComplementaryRegularizedBeta")
}

private func betaQuantile(
  _ probability: (name: String, value: Double), _ a: Double, _ b: Double, isUpper: Bool,
  in function: String
) throws(SpecialFunctionError) -> Double {
  let (name, value) = probability
  try checkProbability(name, value, in: function)
  try checkShape("a", a, in: function)
  try checkShape("b", b, in: function)
  guard Swift.max(a, b) >= 1e-12 else {
    throw .domain("a", a, in: function, "at least 1e-12, or b must")
  }
  if value == 0 || value == 1 { return (value == 0) == isUpper ? 1 : 0 }
  if Swift.max(a, b) > Tail.largestParameter {
    return try hugeBetaQuantile(value, a, b, isUpper: isUpper)
  }

  let goal = TailRoot(probability: value, isUpper: isUpper)
  // The lower tail is below eᵃᵛ/(a·B(a, b)), v = log(x/(1 − x)), and is that for small x;
  // from the other end the upper tail is below e⁻ᵇᵛ/(b·B(a, b)).
  let low = betaBound(goal.logarithm(ofUpper: false), a, b)
  if low.high < -45 - DoubleDouble.log(Swift.max(b, 1)).high {
    return DoubleDouble.rounded(exponential: low)
  }
  let high = -betaBound(goal.logarithm(ofUpper: true), b, a)
  if high.high > 45 + DoubleDouble.log(Swift.max(a, 1)).high { return 1 }

  let start = betaStart(a, b, goal) ?? betaStart(a, b, goal, between: (low, high))
  if Swift.min(a, b) >= TailRoot.narrow { return unitPair(logOdds: start).x.high }
  let root = goal.solve(from: start) { v in
    let (x, y) = unitPair(logOdds: v)
    return (Tail.beta(a, b, x, y), (y * a - x * b).high)
  }
  guard let root else {
    throw SpecialFunctionError(
      .notConverged, in: function, argument: name, value: value,
      "no x found for a = \(a), b = \(b), \(name) = \(value); please report it")
  }
  return unitPair(logOdds: root).x.high
}

/// A quantile of a beta distribution of which a parameter is above 2⁹⁰⁰.
private func hugeBetaQuantile(
  _ value: Double, _ a: Double, _ b: Double, isUpper: Bool
) throws(SpecialFunctionError) -> Double {
  guard Swift.min(a, b) < TailRoot.narrow else {
    // Only the mean counts; the scale keeps its denominator in range.
    let (c, d) = (a.scaled(byPowerOfTwo: -60), b.scaled(byPowerOfTwo: -60))
    return (DoubleDouble(c) / DoubleDouble.sum(c, d)).high
  }
  // 1 − X is below every double's distance from 1, or bX is a gamma variable.
  if a > b { return 1 }
  return isUpper
    ? try inverseRegularizedGammaQ(shape: a, value) / b
    : try inverseRegularizedGammaP(shape: a, value) / b
}

/// x and 1 − x, each with its relative accuracy, for log(x/(1 − x)).
private func unitPair(logOdds v: DoubleDouble) -> (x: DoubleDouble, y: DoubleDouble) {
  let small = DoubleDouble.wideExp(-v.magnitude)
  let (smaller, larger) = (small / (small + 1.0), .one / (small + 1.0))
  return v.high < 0 ? (smaller, larger) : (larger, smaller)
}

/// The v at which eᵃᵛ/(a·B(a, b)) is a probability given by its logarithm.
private func betaBound(_ logarithm: DoubleDouble, _ a: Double, _ b: Double) -> DoubleDouble {
  let (c, d) = (Swift.min(a, b), Swift.max(a, b))
  let gammas =
    DoubleDouble.logGammaSlope(at: 1, step: c) - DoubleDouble.logGammaSlope(at: d, step: c)
  // 1/B(c, d) = c·exp(−c·gammas).
  if a <= b { return TailRoot.quotient(logarithm, by: a) + gammas }
  let ((i, m), (j, n)) = (a.binaryParts, b.binaryParts)
  let ratio = DoubleDouble.wideLog(.quotient(m, n)) + DoubleDouble.ln2 * Double(i - j)
  return TailRoot.quotient(logarithm + ratio + gammas * b, by: a)
}

/// A first v for parameters above 1.
///
/// - Source: Abramowitz and Stegun (1964), 26.5.22.
private func betaStart(_ a: Double, _ b: Double, _ goal: TailRoot) -> DoubleDouble? {
  guard a > 1, b > 1 else { return nil }
  let z = -goal.deviation
  let (r, s) = (1 / (2 * a - 1), 1 / (2 * b - 1))
  let level = (z * z - 3) / 6
  let h = 2 / (r + s)
  guard h + level > 0 else { return nil }
  let w = z * (h + level).squareRoot() / h - (s - r) * (level + 5.0 / 6 - 2 / (3 * h))
  return DoubleDouble.logOfQuotient(DoubleDouble(a), DoubleDouble(b)) + (-2 * w)
}

/// A first v where a parameter is at most 1, beyond the root on the side of the tail.
///
/// Beside the bounds for any parameters, the upper tail is below (1 − x)ᵇ for a ≤ 1, and
/// the lower one below xᵃ for b ≤ 1.
private func betaStart(
  _ a: Double, _ b: Double, _ goal: TailRoot,
  between bounds: (low: DoubleDouble, high: DoubleDouble)
) -> DoubleDouble {
  let logarithm = goal.logarithm(ofUpper: goal.isUpper)
  let (near, far) = goal.isUpper ? (a, b) : (b, a)
  let power = -TailRoot.quotient(logarithm, by: far)
  guard near <= 1, power.high < 700 else { return goal.isUpper ? bounds.high : bounds.low }
  let v = DoubleDouble.log(DoubleDouble.expm1(power))
  return goal.isUpper ? Swift.min(bounds.high, v) : Swift.max(bounds.low, -v)
}
