/// √(½ Σ (√p − √q)²).
struct Hellinger: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Term(Self.term(pair)) }

  /// ½(√a − √b)², from the difference that keeps its digits.
  @inline(__always)
  static func term(_ pair: MassPair) -> DoubleDouble {
    let gap = pair.d / (pair.a.squareRoot() + pair.b.squareRoot())
    return gap * gap * 0.5
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) { Self.partials(pair) }

  static func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    if pair.isFar {
      let (x, y) = (Term.expm1(pair.logRatio * -0.5), Term.expm1(pair.logRatio * 0.5))
      let half = Term(DoubleDouble(0.5))
      return (-(half * x), -(half * y))
    }
    let (x, y) = (pair.a.squareRoot(), pair.b.squareRoot())
    let half = pair.d * 0.5 / (x + y)
    return (Term(half / x), Term(-(half / y)))
  }

  func outerDerivative<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> Term? {
    let sum = totals.sum(p, q, liftedBy: 1020) { term($0) }
    return sum.high > 0 ? Term(DoubleDouble(0.5) / sum.squareRoot(), exponent: 510) : nil
  }
}

extension Hellinger: VectorizedDivergence {
  var errorOfFew: Double? { 0x1p-64 }

  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    totals.sum(p, q, liftedBy: 1020) { term($0) }.squareRoot().scaled(byPowerOfTwo: -510)
  }

  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    guard let (coefficient, _) = try Overlap.coefficient(p, q, tolerance: tolerance) else {
      return nil
    }
    return try Overlap.squaredDistance(p, q, coefficient: coefficient, tolerance: tolerance)?
      .squareRoot()
  }
}

extension Categorical {
  /// Returns the Hellinger distance of this distribution and another.
  ///
  /// `H(p, q) = √(½ Σᵢ (√pᵢ − √qᵢ)²) = √(1 − BC(p, q))`, a metric.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … 1; exactly 0 where p = q, 1 where the supports are
  ///   disjoint.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`hellinger-distance.json`).
  /// - Source: Tsybakov, *Introduction to Nonparametric Estimation* (2009), definition
  ///   2.3, which leaves out the factor ½.
  public func hellingerDistance(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try Hellinger().value(of: self, from: q, support: support).high
  }
}

/// Returns the Hellinger distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/hellingerDistance(from:support:)``.
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
public func hellingerDistance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try Hellinger().value(ofNormalized: p, from: q, support: support).high
}
