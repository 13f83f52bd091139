/// ½D(p‖m) + ½D(q‖m), m = (p+q)/2, as one sum of terms that are never negative.
struct JensenShannon: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Term(Self.term(pair)) }

  /// ½a log(2a/(a+b)) + ½b log(2b/(a+b)).
  ///
  /// Near a = b, with s = (a−b)/(a+b) and z = s², it is
  /// (a−b)·s/4·(1 + z/6 + z²/15 + z³/28 + …): coefficients 1/(k(2k−1)).
  @inline(__always)
  static func term(_ pair: MassPair) -> DoubleDouble {
    let s = pair.relativeDifference
    guard s.high.magnitude <= 0.125 else { return separated(pair) }
    let z = s * s
    let x = z.high
    var tail = 1.0 / 190
    tail = tail * x + 1.0 / 153
    tail = tail * x + 1.0 / 120
    tail = tail * x + 1.0 / 91
    tail = tail * x + 1.0 / 66
    tail = tail * x + 1.0 / 45
    tail = tail * x + 1.0 / 28
    tail = tail * x + 1.0 / 15
    let bracket = DoubleDouble.one + (z * (.third * 0.5) + x * x * tail)
    return pair.d * s * bracket * 0.25
  }

  private static func separated(_ pair: MassPair) -> DoubleDouble {
    let middle = (pair.a + pair.b) * 0.5
    var sum = DoubleDouble.zero
    if pair.a.high > 0 { sum = sum + pair.a * .logOfQuotient(pair.a, middle) }
    if pair.b.high > 0 { sum = sum + pair.b * .logOfQuotient(pair.b, middle) }
    return sum * 0.5
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let s = pair.relativeDifference
    if s.high.magnitude <= 0.125 {
      return (Term(.log1p(s) * 0.5), Term(.log1p(-s) * 0.5))
    }
    if pair.isFar {
      // The middle is half of the larger.
      let log = pair.logRatio
      return (
        Term((min(log, .zero) + .ln2) * 0.5), Term((min(-log, .zero) + .ln2) * 0.5)
      )
    }
    let middle = (pair.a + pair.b) * 0.5
    return (
      Term(.logOfQuotient(pair.a, middle) * 0.5), Term(.logOfQuotient(pair.b, middle) * 0.5)
    )
  }
}

extension JensenShannon: VectorizedDivergence {
  /// Two passes, as the divergence of masses whose totals differ is another in first order:
  /// the totals, and then the terms of p and q·(P/Q).
  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    let stopsEarly = tolerance != nil
    guard let totals = try PairTally(p, q, .totals, stopsEarly: stopsEarly),
      totals.isNormalized(within: tolerance)
    else { return nil }
    let drift = totals.totalsGap / totals.qTotal
    guard drift.high.magnitude < 0x1p-20 else { return nil }
    let sums = try PairTally.scaled(
      p, q, .jensenShannon, drift: drift.high, stopsEarly: stopsEarly)
    guard let (tally, scale) = sums else { return nil }
    let sum = tally.sum(scale: scale) { Self.term($0.withSecond(scaledBy: drift)) }
    // The kernel has differences to 2⁻¹⁰⁵ of the masses, and the drift to 53 bits.
    let least = drift.high == 0 ? 0 : max(0x1p-90, 0x1p12 * drift.high * drift.high)
    return sum.high >= least ? sum / totals.pTotal : nil
  }
}

/// The square root of the Jensen–Shannon divergence in some unit.
struct JensenShannonDistance: TermwiseDivergence {
  let unit: InformationUnit

  func term(_ pair: MassPair) -> Term { Term(JensenShannon.term(pair)) }
}

extension JensenShannonDistance: VectorizedDivergence {
  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    let sum = totals.sum(p, q, liftedBy: 1020) { term($0) }
    return (sum / unit.nats).squareRoot().scaled(byPowerOfTwo: -510)
  }

  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    let divergence = try JensenShannon().fromKernels(p, q, tolerance: tolerance)
    return divergence.map { ($0 / unit.nats).squareRoot() }
  }
}

extension Categorical {
  /// Returns the Jensen–Shannon divergence of this distribution and another.
  ///
  /// `JS(p, q) = ½ D(p‖m) + ½ D(q‖m), m = (p + q)/2`, symmetric, and finite whatever the
  /// supports.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … log 2; exactly 0 where p = q, log 2 where the supports are
  ///   disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`jensen-shannon-divergence.json`).
  /// - Source: Lin (1991), doi:10.1109/18.61115.
  public func jensenShannonDivergence(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try JensenShannon().value(of: self, from: q, support: support))
  }
}

/// Returns the Jensen–Shannon divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/jensenShannonDivergence(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A value in 0 … log 2; exactly 0 where p = q, log 2 where the supports are
///   disjoint.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func jensenShannonDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try JensenShannon().value(ofNormalized: p, from: q, support: support))
}

extension Categorical {
  /// Returns the Jensen–Shannon distance of this distribution and another.
  ///
  /// `√JS(p, q)`, a metric. Its size depends on the unit of the divergence under the
  /// root.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - unit: The unit of the divergence under the root.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … √(log 2): 0.8326 in nats, 1 in bits.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`jensen-shannon-distance.json`).
  /// - Source: Endres and Schindelin (2003), doi:10.1109/TIT.2003.813506.
  public func jensenShannonDistance(
    from q: Categorical, in unit: InformationUnit = .nats, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try JensenShannonDistance(unit: unit).value(of: self, from: q, support: support).high
  }
}

/// Returns the Jensen–Shannon distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/jensenShannonDistance(from:in:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - unit: The unit of the divergence under the root.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … √(log 2): 0.8326 in nats, 1 in bits.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func jensenShannonDistance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, in unit: InformationUnit = .nats,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try JensenShannonDistance(unit: unit).value(ofNormalized: p, from: q, support: support).high
}
