/// (Σ p^α q^(1−α) − 1)/(α − 1) for α ≥ 0.
struct TsallisDivergence: DivergenceDefinition {
  let order: Double

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    if order == 0 {
      return totals.sum(p, q) { Term($0.a.high == 0 ? $0.b : .zero) }
    }
    return ScaledPowerDivergence(order: order).value(of: p, from: q, totals)
  }
}

extension Categorical {
  /// Returns the Tsallis divergence of this distribution from another.
  ///
  /// `(Σᵢ pᵢ^α qᵢ^(1−α) − 1)/(α − 1)`, also called Tsallis relative entropy; at α = 1 its
  /// limit, the Kullback–Leibler divergence in nats. There is no window around 1.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - order: The order α ≥ 0, finite.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … +∞; exactly 0 where p = q. For α ≥ 1 it is +∞ where p has
  ///   mass and q has none.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   `badParameter`, or what the support policy throws.
  /// - Accuracy: within 1 ulp (`tsallis-divergence.json`).
  /// - Source: Tsallis (1998), doi:10.1103/PhysRevE.58.1442.
  public func tsallisDivergence(
    from q: Categorical, order: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try InformationError.demandOrder(order, finite: true)
    return try TsallisDivergence(order: order).value(of: self, from: q, support: support).high
  }
}

/// Returns the Tsallis divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/tsallisDivergence(from:order:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - order: The order α ≥ 0, finite.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … +∞; exactly 0 where p = q. For α ≥ 1 it is +∞ where p has
///   mass and q has none.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func tsallisDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, order: Double,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try InformationError.demandOrder(order, finite: true)
  return try TsallisDivergence(order: order).value(ofNormalized: p, from: q, support: support).high
}
