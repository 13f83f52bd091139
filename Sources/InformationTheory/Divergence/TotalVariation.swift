import CInformationKernels

/// ½ Σ |p − q|.
struct TotalVariation: VectorizedDivergence {
  func term(_ pair: MassPair) -> Term { Term(pair.d.magnitude * 0.5) }

  /// S/P − T/Q of totals P and Q, and of those of the outcomes that are likelier in p, S and T.
  ///
  /// All four are exact.
  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    let stopsEarly = tolerance != nil
    guard var tally = try PairTally(p, q, .variation, stopsEarly: stopsEarly),
      tally.isNormalized(within: tolerance)
    else { return nil }
    let (total, otherTotal, gap) = (tally.pTotal, tally.qTotal, tally.totalsGap)
    let drift = (gap / otherTotal).high
    if drift != 0 && (tally.isNear || drift.magnitude >= 0x1p-31) {
      // Of masses as they come, other outcomes may be the likelier ones.
      let scale = PairScale(unit: 1, drift: drift)
      guard let again = try PairTally(p, q, .variation, scale, stopsEarly: stopsEarly) else {
        return nil
      }
      tally = again
    }
    let likelier = tally.others.filter { $0.p - $0.q > $0.q * drift }
    let otherShare = PairTally.exactly(tally.second, likelier.map(\.q))
    var difference = PairTally.exactly(tally.first, likelier.flatMap { [$0.p, -$0.q] })
    difference.add(tally.second, negated: true)
    let value =
      (difference.doubleDouble * otherTotal - otherShare.doubleDouble * gap)
      / (total * otherTotal)
    // An outcome at the border, on the wrong side by rounding, adds less than 2⁻⁵³·q·drift.
    return value.high >= 0x1p6 * drift.magnitude ? value : nil
  }
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
