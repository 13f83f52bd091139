/// Σ Δx |F − G|.
struct Wasserstein1: DivergenceDefinition {
  let positions: Positions

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    var sum = ExactSum()
    CumulativeGap.forEach(p, q, totals) { i, gap in
      let term = gap.term
      sum.add(term.value.magnitude * positions.step(i), timesPowerOfTwo: term.exponent)
    }
    return sum.doubleDouble / totals.weight
  }
}

extension Categorical {
  /// Returns the Wasserstein-1 distance of this distribution and another.
  ///
  /// `W₁(p, q) = Σᵢ (xᵢ₊₁ − xᵢ)·|F(xᵢ) − G(xᵢ)|`, the earth mover's distance on a line,
  /// of the distribution functions F and G.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes in the same order.
  ///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
  /// - Returns: A number ≥ 0 in the unit of the positions; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `badLabels` where the
  ///   labels differ, or `badPositions`.
  /// - Accuracy: within 1 ulp (`wasserstein-1.json`).
  /// - Source: Vallender (1974), doi:10.1137/1118101.
  public func wasserstein1Distance(
    from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Double {
    let definition = Wasserstein1(positions: try Positions(positions, count: count))
    return try definition.value(ofOrdered: self, from: q).high
  }
}

/// Returns the Wasserstein-1 distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/wasserstein1Distance(from:positions:)``.
///
/// - Parameters:
///   - p: Probabilities in the order of the outcomes, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
/// - Returns: A number ≥ 0 in the unit of the positions; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func wasserstein1Distance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, positions: [Double]? = nil
) throws(InformationError) -> Double {
  let definition = Wasserstein1(positions: try Positions(positions, count: p.count))
  return try definition.value(ofNormalized: p, from: q, support: .infinite).high
}
