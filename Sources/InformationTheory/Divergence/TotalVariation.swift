import CInformationKernels

/// ½ Σ |p − q|.
struct TotalVariation: VectorizedDivergence {
  func term(_ pair: MassPair) -> Term { Term(pair.d.magnitude * 0.5) }

  var errorOfFew: Double? { 0x1p-80 }

  /// S/P − T/Q of totals P and Q, and of those of the outcomes that are likelier in p, S and T.
  ///
  /// Both totals are exact, and so is S − T, which is P without what p and q have in common.
  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    let stopsEarly = tolerance != nil
    guard let tally = try PairTally(p, q, .common, stopsEarly: stopsEarly),
      tally.isNormalized(within: tolerance)
    else { return nil }
    let drift = (tally.totalsGap / tally.qTotal).high
    let share = tally.pair(tally.second) { $0.p > $0.q ? [$0.q] : [] }
    let value = Self.value(tally, difference: tally.excess, otherShare: share)
    // Of masses as they come, other outcomes may be the likelier ones. The share's unit matters
    // where the distributions are close and many outcomes share them.
    let unit = Double(p.count) * 0x1p-52 * drift.magnitude
    let isClear = !tally.isNear && drift.magnitude < 0x1p-31 && unit <= value.high * 0x1p-58
    if drift == 0 || isClear { return Self.isCertain(value, drift) ? value : nil }
    return try afterDrift(p, q, drift, stopsEarly: stopsEarly)
  }

  /// The same, with the outcomes told apart by their probabilities.
  private func afterDrift<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ drift: Double, stopsEarly: Bool
  ) throws(InformationError) -> DoubleDouble? {
    let scale = PairScale(unit: 1, drift: drift)
    guard let tally = try PairTally(p, q, .variation, scale, stopsEarly: stopsEarly) else {
      return nil
    }
    func isLikelier(_ outcome: PairTally.Outcome) -> Bool {
      outcome.p - outcome.q > outcome.q * drift
    }
    let share = tally.pair(tally.second) { isLikelier($0) ? [$0.q] : [] }
    let difference = tally.pair(tally.first - tally.second) { isLikelier($0) ? [$0.p, -$0.q] : [] }
    let value = Self.value(tally, difference: difference, otherShare: share)
    return Self.isCertain(value, drift) ? value : nil
  }

  /// ((S − T)·Q − T·(P − Q))/(P·Q).
  private static func value(
    _ tally: PairTally, difference: DoubleDouble, otherShare: DoubleDouble
  ) -> DoubleDouble {
    let (total, otherTotal) = (tally.pTotal, tally.qTotal)
    return (difference * otherTotal - otherShare * tally.totalsGap)
      / (total * otherTotal)
  }

  /// An outcome at the border, on the wrong side by rounding, adds less than 2⁻⁵³·q·drift.
  private static func isCertain(_ value: DoubleDouble, _ drift: Double) -> Bool {
    value.high >= 0x1p6 * drift.magnitude
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
