// The α- and the Cressie–Read divergences are the power divergence of
// PowerDivergence.swift with two conventions for its order.

extension Categorical {
  /// Returns the α-divergence of this distribution from another.
  ///
  /// `A_α(p‖q) = (Σᵢ pᵢ^α qᵢ^(1−α) − 1)/(α(α − 1))`, in the convention of Cichocki and
  /// Amari: D(p‖q) at α = 1, D(q‖p) at 0, half of Pearson's χ² at 2, half of Neyman's at
  /// −1. Amari's own parameter is 1 − 2α.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - order: The order α, any finite number.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … +∞; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   `badParameter`, or what the support policy throws.
  /// - Accuracy: within 1 ulp (`alpha-divergence.json`).
  /// - Source: Cichocki and Amari (2010), doi:10.3390/e12061532.
  public func alphaDivergence(
    from q: Categorical, order: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try PowerDivergence.check(order)
    return try PowerDivergence(order: order).value(of: self, from: q, support: support).high
  }
}

/// Returns the α-divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/alphaDivergence(from:order:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - order: The order α, any finite number.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func alphaDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, order: Double,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try PowerDivergence.check(order)
  return try PowerDivergence(order: order).value(ofNormalized: p, from: q, support: support).high
}

extension Categorical {
  /// Returns the Cressie–Read power divergence of this distribution from another.
  ///
  /// `I_λ(p‖q) = Σᵢ pᵢ ((pᵢ/qᵢ)^λ − 1)/(λ(λ + 1))`, the α-divergence of order λ + 1; 2n
  /// times it is the power-divergence statistic of n observations. λ = 1 is half of
  /// Pearson's χ², ⅔ their recommendation, 0 the likelihood ratio, −½ Freeman and
  /// Tukey's, −2 half of Neyman's.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - lambda: The order λ, any finite number.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … +∞; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   `badParameter`, or what the support policy throws.
  /// - Accuracy: within 1 ulp (`cressie-read-divergence.json`).
  /// - Source: Cressie and Read (1984), doi:10.1111/j.2517-6161.1984.tb01318.x.
  public func cressieReadDivergence(
    from q: Categorical, lambda: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try PowerDivergence.check(lambda, argument: "lambda")
    return try PowerDivergence(lambda: lambda).value(of: self, from: q, support: support).high
  }
}

/// Returns the Cressie–Read power divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/cressieReadDivergence(from:lambda:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - lambda: The order λ, any finite number.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func cressieReadDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, lambda: Double,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try PowerDivergence.check(lambda, argument: "lambda")
  return try PowerDivergence(lambda: lambda).value(ofNormalized: p, from: q, support: support).high
}
