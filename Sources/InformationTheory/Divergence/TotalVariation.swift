/// ½ Σ |p − q|.
struct TotalVariation: TermwiseDivergence {
  func term(_ pair: MassPair) -> Term { Term(pair.d.magnitude * 0.5) }
}

extension Categorical {
  /// Returns the total variation distance of this distribution and another.
  ///
  /// `TV(p, q) = ½ Σᵢ |pᵢ − qᵢ|`, the largest difference in the probability of any event;
  /// a metric.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … 1; exactly 0 where p = q, 1 where the supports are
  ///   disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`total-variation.json`).
  /// - Source: Levin and Peres, *Markov Chains and Mixing Times*, 2nd ed., proposition
  ///   4.2.
  public func totalVariation(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try TotalVariation().value(of: self, from: q, support: support).high
  }
}

/// Returns the total variation distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/totalVariation(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … 1; exactly 0 where p = q, 1 where the supports are
///   disjoint.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func totalVariation<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try TotalVariation().value(ofNormalized: p, from: q, support: support).high
}
