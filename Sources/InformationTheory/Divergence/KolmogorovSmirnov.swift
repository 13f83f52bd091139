/// max |F − G|.
struct KolmogorovSmirnov: DivergenceDefinition {
  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    var largest = DoubleDouble.zero
    CumulativeGap.forEach(p, q, totals) { _, gap in
      let term = gap.term
      largest = max(largest, term.value.magnitude.scaled(byPowerOfTwo: term.exponent))
    }
    return largest / totals.weight
  }
}

extension Categorical {
  /// Returns the Kolmogorov–Smirnov distance of this distribution and another.
  ///
  /// `max |F(xᵢ) − G(xᵢ)|`, of the distribution functions of outcomes in their order.
  ///
  /// - Parameter q: The other distribution, of the same outcomes in the same order.
  /// - Returns: A number in 0 … 1; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `badLabels` where the
  ///   labels differ.
  /// - Accuracy: within 1 ulp (`kolmogorov-smirnov.json`).
  /// - Source: Smirnov (1939); Conover, *Practical Nonparametric Statistics*, 3rd ed.,
  ///   section 6.3.
  public func kolmogorovSmirnovDistance(
    from q: Categorical
  ) throws(InformationError) -> Double {
    let definition = KolmogorovSmirnov()
    return try definition.value(ofOrdered: self, from: q).high
  }
}

/// Returns the Kolmogorov–Smirnov distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/kolmogorovSmirnovDistance(from:)``.
///
/// - Parameters:
///   - p: Probabilities in the order of the outcomes, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
/// - Returns: A number in 0 … 1; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func kolmogorovSmirnovDistance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>
) throws(InformationError) -> Double {
  let definition = KolmogorovSmirnov()
  return try definition.value(ofNormalized: p, from: q, support: .infinite).high
}
