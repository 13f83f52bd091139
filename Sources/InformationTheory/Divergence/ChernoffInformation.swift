/// −min over α in [0, 1] of log Σ p^α q^(1−α).
struct ChernoffInformation: DivergenceDefinition {
  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    let slopes = PowerSumSlope(p, q, totals)
    guard !slopes.pairs.isEmpty else { return .infinity }
    switch slopes.root() {
    case 0: return Self.boundary(p, q, totals) { $0.b }
    case 1: return Self.boundary(p, q, totals) { $0.a }
    case let order: return -RenyiDivergence.logPowerSum(p, q, totals, order: order)
    }
  }

  /// −log of one side's share of the outcomes that both sides have: the limit of
  /// the sum at an end of the interval.
  private static func boundary<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals,
    _ side: (MassPair) -> DoubleDouble
  ) -> DoubleDouble {
    let lost = totals.sum(p, q) { Term($0.a.high > 0 && $0.b.high > 0 ? .zero : side($0)) }
    if lost.high < 0.5 { return -DoubleDouble.log1p(-lost) }
    let shared = totals.sum(p, q) { Term($0.a.high > 0 && $0.b.high > 0 ? side($0) : .zero) }
    return -DoubleDouble.log(shared)
  }
}

extension Categorical {
  /// Returns the Chernoff information of this distribution and another.
  ///
  /// `C(p, q) = −min_{0≤α≤1} log Σᵢ pᵢ^α qᵢ^(1−α)`, symmetric: the best exponent at which
  /// the error of a test between p and q falls with the number of observations.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … +∞; exactly 0 where p = q, +∞ where the supports are
  ///   disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`chernoff-information.json`).
  /// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 11.239.
  public func chernoffInformation(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try ChernoffInformation().value(of: self, from: q, support: support))
  }
}

/// Returns the Chernoff information of two lists of probabilities.
///
/// The contract is that of ``Categorical/chernoffInformation(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A value in 0 … +∞; exactly 0 where p = q, +∞ where the supports are
///   disjoint.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func chernoffInformation<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try ChernoffInformation().value(ofNormalized: p, from: q, support: support))
}

/// The derivative of S(α) = Σ p^α q^(1−α), a convex function, whose root is the
/// exponent of Chernoff's bound.
struct PowerSumSlope {
  /// The outcomes with mass on both sides, and the logarithms of their ratios.
  let pairs: [(pair: MassPair, log: DoubleDouble)]
  /// Σ (a − b) over those outcomes: 0 where the supports agree.
  let drift: DoubleDouble

  init<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals
  ) {
    var pairs: [(MassPair, DoubleDouble)] = []
    var drift = ExactSum()
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      guard x > 0 || y > 0 else { continue }
      let pair = MassPair(x, y, totals)
      if x > 0 && y > 0 {
        pairs.append((pair, pair.logRatio))
      } else {
        // Both sum to the same, so what one side lacks is what the shared
        // outcomes have too much.
        drift.add(-pair.d, timesPowerOfTwo: -pair.lift)
      }
    }
    self.pairs = pairs
    self.drift = drift.doubleDouble
  }

  /// Finds the α in [0, 1] at which S is least, by Newton's method in a bracket.
  func root() -> Double {
    if slope(at: 0).slope >= 0 { return 0 }
    if slope(at: 1).slope <= 0 { return 1 }
    var (low, high) = (0.0, 1.0)
    var order = 0.5
    for _ in 0..<100 {
      let (slope, curvature) = slope(at: order)
      if slope == 0 { break }
      if slope < 0 { low = order } else { high = order }
      let newton = order - slope / curvature
      let next = newton > low && newton < high ? newton : 0.5 * (low + high)
      // The value is flat here: an error of 2⁻³⁶ moves it by 2⁻⁷⁰ of itself.
      if (next - order).magnitude < 0x1p-36 * min(order, 1 - order) { return next }
      order = next
    }
    return order
  }

  /// S′ and S″ at an α in [0, 1].
  ///
  /// S′ = Σ p^α q^(1−α)·log(p/q). Near p = q its terms cancel to second order, so
  /// a − b, whose sum is known exactly, is taken off each before it is added.
  func slope(at order: Double) -> (slope: Double, curvature: Double) {
    let alpha = DoubleDouble(order)
    let beta = DoubleDouble.difference(order, 1)
    var sum = ExactSum()
    sum.add(drift)
    var curvature = 0.0
    for (pair, log) in pairs {
      let power = PowerDivergence.power(pair, log, alpha: alpha, beta: beta)
      let term: DoubleDouble
      if log.high.magnitude < 0.5 {
        let remainder = DoubleDouble.exponentialRemainder(log * alpha)
        term = pair.b * (log * (log * alpha + remainder) - .exponentialRemainder(log))
      } else {
        term = power * log - pair.d
      }
      sum.add(term, timesPowerOfTwo: -pair.lift)
      curvature += (power.high * log.high * log.high).scaled(byPowerOfTwo: -pair.lift)
    }
    return (sum.value, curvature)
  }
}
