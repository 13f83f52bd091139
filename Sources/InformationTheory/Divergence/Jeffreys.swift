/// D(p‖q) + D(q‖p) as Σ (a − b) log(a/b), whose terms are never negative.
struct Jeffreys: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Term(Self.term(pair)) }

  @inline(__always)
  static func term(_ pair: MassPair) -> DoubleDouble {
    guard pair.a.high > 0 && pair.b.high > 0 else { return .infinity }
    return pair.d * pair.logRatio
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let log = Term(pair.logRatio)
    return (log - pair.reversed.excess, -(log + pair.excess))
  }
}

extension Categorical {
  /// Returns the Jeffreys divergence of this distribution and another.
  ///
  /// `J(p, q) = D(p‖q) + D(q‖p) = Σᵢ (pᵢ − qᵢ) log(pᵢ/qᵢ)`, symmetric: the sum of both
  /// Kullback–Leibler divergences, not their mean.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … +∞; exactly 0 where p = q, and +∞ where the supports
  ///   differ.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`, or what
  ///   the support policy throws.
  /// - Accuracy: within 1 ulp (`jeffreys-divergence.json`).
  /// - Source: Jeffreys (1946), doi:10.1098/rspa.1946.0056.
  public func jeffreysDivergence(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try Jeffreys().value(of: self, from: q, support: support))
  }
}

/// Returns the Jeffreys divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/jeffreysDivergence(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A value in 0 … +∞; exactly 0 where p = q, and +∞ where the supports differ.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func jeffreysDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try Jeffreys().value(ofNormalized: p, from: q, support: support))
}
