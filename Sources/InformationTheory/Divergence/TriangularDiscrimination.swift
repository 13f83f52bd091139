/// Σ (p−q)²/(p+q).
struct TriangularDiscrimination: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Term(pair.d * pair.relativeDifference) }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let s = pair.relativeDifference
    return (Term(s * (DoubleDouble(2) - s)), Term(-(s * (s + 2))))
  }
}

extension Categorical {
  /// Returns the triangular discrimination of this distribution and another.
  ///
  /// `Δ(p, q) = Σᵢ (pᵢ − qᵢ)²/(pᵢ + qᵢ)`, the Vincze–Le Cam distance squared, symmetric.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … 2; exactly 0 where p = q, 2 where the supports are
  ///   disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`triangular-discrimination.json`).
  /// - Source: Topsøe (2000), doi:10.1109/18.850703.
  public func triangularDiscrimination(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try TriangularDiscrimination().value(of: self, from: q, support: support).high
  }
}

/// Returns the triangular discrimination of two lists of probabilities.
///
/// The contract is that of ``Categorical/triangularDiscrimination(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … 2; exactly 0 where p = q, 2 where the supports are
///   disjoint.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func triangularDiscrimination<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try TriangularDiscrimination().value(ofNormalized: p, from: q, support: support).high
}
