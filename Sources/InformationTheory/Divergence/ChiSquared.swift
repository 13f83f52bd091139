/// Σ (p−q)²/q.
struct PearsonChiSquared: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Self.term(pair) }

  @inline(__always)
  static func term(_ pair: MassPair) -> Term {
    guard pair.b.high > 0 else { return Term(.infinity) }
    guard pair.a.high > 0x1p400 * pair.b.high else { return Term(pair.d * (pair.d / pair.b)) }
    // The quotient alone could overflow where the term does not.
    let excess = pair.excess.normalized
    return Term(pair.d * excess.value, exponent: excess.exponent)
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let slope = pair.excess.normalized
    let two = Term(DoubleDouble(2))
    return (slope * two, -(slope * (slope + two)))
  }
}

/// Σ (p−q)²/p.
struct NeymanChiSquared: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { PearsonChiSquared.term(pair.reversed) }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let (b, a) = PearsonChiSquared().partials(pair.reversed)
    return (a, b)
  }
}

extension Categorical {
  /// Returns the Pearson χ² divergence of this distribution from another.
  ///
  /// `χ²(p‖q) = Σᵢ (pᵢ − qᵢ)²/qᵢ`, of probabilities: n times it is Pearson's statistic
  /// for n observations.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … +∞; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`pearson-chi-squared.json`).
  /// - Source: Tsybakov, *Introduction to Nonparametric Estimation* (2009), section 2.4.
  public func pearsonChiSquared(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try PearsonChiSquared().value(of: self, from: q, support: support).high
  }
}

/// Returns the Pearson χ² divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/pearsonChiSquared(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func pearsonChiSquared<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try PearsonChiSquared().value(ofNormalized: p, from: q, support: support).high
}

extension Categorical {
  /// Returns the Neyman χ² divergence of this distribution from another.
  ///
  /// `χ²(q‖p) = Σᵢ (pᵢ − qᵢ)²/pᵢ`, Pearson's with the roles of p and q exchanged.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A number in 0 … +∞; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`neyman-chi-squared.json`).
  /// - Source: Cressie and Read (1984), doi:10.1111/j.2517-6161.1984.tb01318.x.
  public func neymanChiSquared(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Double {
    try NeymanChiSquared().value(of: self, from: q, support: support).high
  }
}

/// Returns the Neyman χ² divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/neymanChiSquared(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A number in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func neymanChiSquared<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Double {
  try NeymanChiSquared().value(ofNormalized: p, from: q, support: support).high
}
