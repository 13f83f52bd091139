/// Σ √(pq).
struct BhattacharyyaCoefficient: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Self.term(pair) }

  @inline(__always)
  static func term(_ pair: MassPair) -> Term {
    guard pair.isFar else { return Term(pair.a.squareRoot() * pair.b.squareRoot()) }
    let log = pair.logRatio
    return log.high > 0 ? Term(pair.a) * .exp(log * -0.5) : Term(pair.b) * .exp(log * 0.5)
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    // Σ√(pq) = 1 − Σ½(√p − √q)².
    let (x, y) = Hellinger.partials(pair)
    return (-x, -y)
  }
}

extension BhattacharyyaCoefficient: VectorizedDivergence {
  var errorOfFew: Double? { 0x1p-68 }

  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    let overlap = try Overlap.coefficient(p, q, tolerance: tolerance)
    return overlap.flatMap { $0.isFine ? $0.value : nil }
  }
}

/// −log Σ √(pq).
struct BhattacharyyaDistance: SmoothDivergence {
  /// The squared Hellinger distance, from which a coefficient next to 1 is 1 − H².
  func term(_ pair: MassPair) -> Term { Term(Hellinger.term(pair)) }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    Hellinger.partials(pair)
  }

  func outerDerivative<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> Term? {
    Term(DoubleDouble.one / (DoubleDouble.one - totals.sum(p, q) { term($0) }))
  }

  /// Half of Rényi's of order ½ where the coefficient is at most ½.
  func farGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> PowerSumGradient? {
    guard totals.sum(p, q, { term($0) }).high >= 0.5 else { return nil }
    return PowerSumGradient(
      PowerDivergence(order: 0.5), p, q, totals, factor: .number(DoubleDouble(0.5)))
  }
}

extension BhattacharyyaDistance: VectorizedDivergence {
  var errorOfFew: Double? { 0x1p-62 }

  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    let gap = totals.sum(p, q) { Term(Hellinger.term($0)) }
    if gap.high < 0.5 { return -DoubleDouble.log1p(-gap) }
    return -totals.logOfSum(p, q) { BhattacharyyaCoefficient.term($0) }
  }

  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    guard let (coefficient, isFine) = try Overlap.coefficient(p, q, tolerance: tolerance) else {
      return nil
    }
    if coefficient.high < 0x1.fp-1 { return isFine ? -DoubleDouble.log(coefficient) : nil }
    return try Overlap.squaredDistance(p, q, coefficient: coefficient, tolerance: tolerance)
      .map { -DoubleDouble.log1p(-$0) }
  }
}

extension Categorical {
  /// Returns the Bhattacharyya coefficient of this distribution and another.
  ///
  /// `BC(p, q) = Σᵢ √(pᵢ qᵢ)`, the overlap of two distributions; a similarity, not a
  /// distance.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … 1; 1 where p = q, 0 where the supports are disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`bhattacharyya-coefficient.json`).
  /// - Source: Kailath (1967), doi:10.1109/TCOM.1967.1089532.
  public func bhattacharyyaCoefficient(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try BhattacharyyaCoefficient().value(of: self, from: q, support: support).high
  }
}

/// Returns the Bhattacharyya coefficient of two lists of probabilities.
///
/// The contract is that of ``Categorical/bhattacharyyaCoefficient(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … 1; 1 where p = q, 0 where the supports are disjoint.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func bhattacharyyaCoefficient<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try BhattacharyyaCoefficient().value(ofNormalized: p, from: q, support: support).high
}

extension Categorical {
  /// Returns the Bhattacharyya distance of this distribution and another.
  ///
  /// `−log Σᵢ √(pᵢ qᵢ)`, half the Rényi divergence of order ½; not a metric.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … +∞; exactly 0 where p = q, +∞ where the supports are
  ///   disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`bhattacharyya-distance.json`).
  /// - Source: Kailath (1967), doi:10.1109/TCOM.1967.1089532.
  public func bhattacharyyaDistance(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try BhattacharyyaDistance().value(of: self, from: q, support: support))
  }
}

/// Returns the Bhattacharyya distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/bhattacharyyaDistance(from:support:)``.
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
public func bhattacharyyaDistance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try BhattacharyyaDistance().value(ofNormalized: p, from: q, support: support))
}
