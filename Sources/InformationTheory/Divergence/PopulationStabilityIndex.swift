// The population stability index is Jeffreys's divergence under the name that
// credit scoring and drift monitoring know it by.

extension Categorical {
  /// Returns the population stability index of this distribution and another.
  ///
  /// `PSI(p, q) = Σᵢ (pᵢ − qᵢ) log(pᵢ/qᵢ)`, in nats and as a bare number, as it is
  /// reported. Bins that one side leaves empty make it infinite; nothing is put in their
  /// place unless a support policy says so.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … +∞; by common use, below 0.1 means stable and above 0.25
  ///   changed.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`population-stability-index.json`).
  /// - Source: Siddiqi, *Credit Risk Scorecards* (2006), chapter 8.
  public func populationStabilityIndex(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try Jeffreys().value(of: self, from: q, support: support).high
  }
}

/// Returns the population stability index of two lists of probabilities.
///
/// The contract is that of ``Categorical/populationStabilityIndex(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A value in 0 … +∞; by common use, below 0.1 means stable and above 0.25
///   changed.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func populationStabilityIndex<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try Jeffreys().value(ofNormalized: p, from: q, support: support).high
}
