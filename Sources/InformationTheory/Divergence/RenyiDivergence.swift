/// log(Σ p^α q^(1−α))/(α − 1).
struct RenyiDivergence: DivergenceDefinition {
  let order: Double

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    if order == 1 { return KullbackLeibler().value(of: p, from: q, totals) }
    // The two differ by less than 2⁻⁵⁰⁰ of themselves, where either is not 0.
    if order > PowerDivergence.largestOrder { return largestLogRatio(p, q, totals) }
    if order == 0.5 {
      let half = BhattacharyyaDistance().value(of: p, from: q, totals)
      return half.high.isFinite ? half * 2 : half
    }
    let beta = DoubleDouble.difference(order, 1)
    if order > 0 {
      // log(1 + α·β·A)/β, written so that the product may underflow.
      let scaled = ScaledPowerDivergence(order: order).value(of: p, from: q, totals)
      let excess = scaled * beta
      if Self.isNearOne(excess) { return scaled * .log1pQuotient(excess) }
    }
    let log = Self.logPowerSum(p, q, totals, order: order)
    return log.high.isFinite ? log / beta : .infinity
  }

  /// Whether 1 + excess is near enough to 1 for log1p to be the better form.
  ///
  /// An overflow, which makes the excess infinite or NaN, is not.
  static func isNearOne(_ excess: DoubleDouble) -> Bool {
    excess.high > -0.5 && excess.high < 1
  }

  /// log max p/q.
  private func largestLogRatio<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    var largest = -DoubleDouble.infinity
    for i in p.indices where p[i] > 0 {
      guard q[i] > 0 else { return .infinity }
      largest = max(largest, MassPair(Double(p[i]), Double(q[i]), totals).logRatio)
    }
    return largest
  }

  /// log Σ p^α q^(1−α) for finite α ≥ 0, ±∞ where the sum is 0 or +∞.
  ///
  /// While the sum is near 1 it is 1 + α(α−1)·A_α, which keeps its digits however
  /// close p and q are; elsewhere it is summed as it stands.
  static func logPowerSum<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals, order: Double
  ) -> DoubleDouble {
    if order == 0 {
      // At order 0 the outcomes without p drop out of Σ q.
      let dropped = totals.sum(p, q) { Term($0.a.high == 0 ? $0.b : .zero) }
      if dropped.high < 0.5 { return .log1p(-dropped) }
      return totals.logOfSum(p, q) { $0.a.high == 0 ? Term(.zero) : $0.masses.b }
    }
    let beta = DoubleDouble.difference(order, 1)
    let divergence = PowerDivergence(order: order).value(of: p, from: q, totals)
    let excess = divergence * order * beta
    if isNearOne(excess) { return .log1p(excess) }
    return logPowerSum(p, q, totals, alpha: DoubleDouble(order), beta: beta)
  }

  /// The logarithm of a sum far from 1: the largest factor is taken out.
  static func logPowerSum<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals,
    alpha: DoubleDouble, beta: DoubleDouble
  ) -> DoubleDouble {
    var logs: [DoubleDouble] = []
    var largest = -DoubleDouble.infinity
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      if x == 0 || y == 0 {
        if beta.high > 0 && x > 0 { return .infinity }
        continue
      }
      let pair = MassPair(x, y, totals)
      // log(a^α b^(1−α)) = log a + β·log(a/b).
      let log = pair.logOfFirst + pair.logRatio * beta
      logs.append(log)
      largest = max(largest, log)
    }
    guard !logs.isEmpty else { return -.infinity }
    var sum = ExactSum()
    for log in logs { sum.add(DoubleDouble.exp(log - largest)) }
    return largest + .log(sum.doubleDouble) - .log(totals.weight)
  }
}

extension Categorical {
  /// Returns the Rényi divergence of this distribution from another.
  ///
  /// `D_α(p‖q) = log(Σᵢ pᵢ^α qᵢ^(1−α))/(α − 1)`; at α = 0, 1 and ∞ its limits
  /// −log Σ_{p>0} q, Kullback–Leibler and log max p/q. There is no window around 1.
  ///
  /// - Parameters:
  ///   - q: The reference distribution, of the same outcomes.
  ///   - order: The order α, in 0 … +∞.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … +∞ that grows with the order; exactly 0 where p = q.
  ///   For α ≥ 1 it is +∞ where p has mass and q has none.
  /// - Throws: ``InformationError`` with the code `badParameter`, `sizeMismatch`,
  ///   `unlabelled`, or what the support policy throws.
  /// - Accuracy: within 1 ulp (`renyi-divergence.json`).
  /// - Source: van Erven and Harremoës (2014), doi:10.1109/TIT.2014.2320500.
  public func renyiDivergence(
    from q: Categorical, order: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    try InformationError.demandOrder(order)
    return Information(
      try RenyiDivergence(order: order).value(of: self, from: q, support: support))
  }
}

/// Returns the Rényi divergence of one list of probabilities from another.
///
/// The contract is that of ``Categorical/renyiDivergence(from:order:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - order: The order α, in 0 … +∞.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A value in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func renyiDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, order: Double,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  try InformationError.demandOrder(order)
  return Information(
    try RenyiDivergence(order: order).value(ofNormalized: p, from: q, support: support))
}
