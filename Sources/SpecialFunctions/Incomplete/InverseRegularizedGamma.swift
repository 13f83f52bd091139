import InformationTheory

/// Returns the x at which the regularised lower incomplete gamma function is p.
///
/// The quantile of a gamma variable: `P(a, x) = p`.
///
/// - Parameters:
///   - a: The shape, positive and finite.
///   - p: The probability below x, in 0 … 1.
/// - Returns: A value of at least 0: 0 at p = 0, +∞ at p = 1; 0 too where x is below the
///   least double, as for small shapes it soon is.
/// - Throws: ``SpecialFunctionError`` with the code `domain`, `notFinite` or, should the
///   iteration not settle, `notConverged`.
/// - Accuracy: Relative error below 1.2e-16 (`inverse-regularized-gamma-p.json`).
/// - Source: DLMF 8.2, by Halley's iteration on the logarithm of the smaller tail.
public func inverseRegularizedGammaP(
  shape a: Double, _ p: Double
) throws(SpecialFunctionError) -> Double {
  try gammaQuantile(a, ("p", p), isUpper: false, in: "inverseRegularizedGammaP")
}

/// Returns the x at which the regularised upper incomplete gamma function is q.
///
/// `Q(a, x) = q`, for probabilities q next to 0 whose complement is not a double.
///
/// - Parameters:
///   - a: The shape, positive and finite.
///   - q: The probability above x, in 0 … 1.
/// - Returns: A value of at least 0: +∞ at q = 0, 0 at q = 1; 0 too where x is below the
///   least double.
/// - Throws: ``SpecialFunctionError`` with the code `domain`, `notFinite` or, should the
///   iteration not settle, `notConverged`.
/// - Accuracy: Relative error below 1.2e-16 (`inverse-regularized-gamma-q.json`).
/// - Source: DLMF 8.2, by Halley's iteration on the logarithm of the smaller tail.
public func inverseRegularizedGammaQ(
  shape a: Double, _ q: Double
) throws(SpecialFunctionError) -> Double {
  try gammaQuantile(a, ("q", q), isUpper: true, in: "inverseRegularizedGammaQ")
}

private func gammaQuantile(
  _ a: Double, _ probability: (name: String, value: Double), isUpper: Bool,
  in function: String
) throws(SpecialFunctionError) -> Double {
  try checkShape("a", a, in: function)
  let (name, value) = probability
  try checkProbability(name, value, in: function)
  if value == 0 || value == 1 { return (value == 0) == isUpper ? .infinity : 0 }

  let goal = TailRoot(probability: value, isUpper: isUpper)
  // No double lies within 39 deviations but the shape itself.
  if a >= TailRoot.narrow { return a }
  // P is below xᵃ/Γ(a + 1), so that this is a lower bound, and all there is for small x.
  let bound =
    TailRoot.quotient(goal.logarithm(ofUpper: false), by: a)
    + DoubleDouble.logGammaSlope(at: 1, step: a)
  if bound.high < -45 { return DoubleDouble.rounded(exponential: bound) }

  let start = gammaStart(a, goal, bound: bound)
  let root = goal.solve(from: start) { v in
    let x = DoubleDouble.wideExp(v)
    return (Tail.gamma(shape: a, x), -(x + -a).high)
  }
  guard let root else {
    throw SpecialFunctionError(
      .notConverged, in: function, argument: name, value: value,
      "no x found for a = \(a), \(name) = \(value); please report it")
  }
  return DoubleDouble.rounded(exponential: root)
}

/// The logarithm of a first x.
///
/// - Source: Wilson and Hilferty (1931), doi:10.1073/pnas.17.12.684, for a > 1.
private func gammaStart(_ a: Double, _ goal: TailRoot, bound: DoubleDouble) -> DoubleDouble {
  if a > 1 {
    let root = 1 - 1 / (9 * a) + goal.deviation / (3 * a.squareRoot())
    guard root > 0.1 else { return bound }
    return DoubleDouble.log(a) + DoubleDouble.log(root) * 3.0
  }
  // For a ≤ 1 the upper tail is below e⁻ˣ.
  return goal.isUpper ? DoubleDouble.log(-goal.logarithm(ofUpper: true)) : bound
}
