/// D(p ‖ (1−w)p + wq).
struct SkewDivergence: SmoothDivergence {
  let weight: Double

  func term(_ pair: MassPair) -> Term {
    if weight == 0 { return Term(.zero) }
    return Term(KullbackLeibler.term(mixed(pair)))
  }

  /// p beside its mixture with q.
  ///
  /// Their difference is w(p − q), which keeps the digits that subtracting would lose.
  private func mixed(_ pair: MassPair) -> MassPair {
    let rest = DoubleDouble.difference(1, weight)
    let mixed = MassPair(a: pair.a, b: pair.a * rest + pair.b * weight, d: pair.d * weight)
    // A small a stays as far from w·b; a small b is not seen but where it is all.
    guard pair.isFar && (pair.logRatio.high < 0 || weight == 1) else { return mixed }
    return mixed.withFarLogRatio(pair.logRatio - .log(weight))
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let mixed = mixed(pair)
    let slope = -mixed.excess.normalized
    return (
      Term(mixed.logRatio) + slope * Term(.difference(1, weight)),
      slope * Term(DoubleDouble(weight))
    )
  }

  static func check(_ weight: Double) throws(InformationError) {
    guard weight >= 0 && weight <= 1 else {
      throw InformationError(
        .badParameter, argument: "weight", "the weight is \(weight): it must be in 0 ... 1")
    }
  }
}

extension Categorical {
  /// Returns the skew divergence of this distribution from another.
  ///
  /// `D(p ‖ (1−w)p + wq)`, Lee's skew divergence; with w = ½ it is Lin's K-divergence. It
  /// is finite for w < 1 whatever the supports, and the Kullback–Leibler divergence for w
  /// = 1.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - weight: The share w of q in the mixture, in 0 … 1.
  ///   - support: What to do where one distribution has mass and the other has none.
  /// - Returns: A value in 0 … −log(1 − w).
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   `badParameter`, or what the support policy throws.
  /// - Accuracy: within 1 ulp (`skew-divergence.json`).
  /// - Source: Lin (1991), doi:10.1109/18.61115; Lee (1999),
  ///   doi:10.3115/1034678.1034693.
  public func skewDivergence(
    from q: Categorical, weight: Double = 0.5, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    try SkewDivergence.check(weight)
    return Information(
      try SkewDivergence(weight: weight).value(of: self, from: q, support: support))
  }
}

/// Returns the skew divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/skewDivergence(from:weight:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - weight: The share w of q in the mixture, in 0 … 1.
///   - support: What to do where one has mass and the other has none.
/// - Returns: A value in 0 … −log(1 − w).
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func skewDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, weight: Double = 0.5,
  support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  try SkewDivergence.check(weight)
  return Information(
    try SkewDivergence(weight: weight).value(ofNormalized: p, from: q, support: support))
}
