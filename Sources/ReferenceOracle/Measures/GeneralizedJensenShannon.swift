public import InformationTheory

/// `Σₖ wₖ D(pₖ‖m)/W` of the mixture m = Σ wₖpₖ/W, whose terms t(pₖᵢ, mᵢ), with
/// t(a, b) = a·log(a/b) − a + b, are never negative.
struct GeneralizedJensenShannonEvaluation: ScalarEvaluation {
  let rows: [[Double]]
  let weights: [Double]
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let kept = rows.indices.filter { weights[$0] > 0 }
    let masses = kept.map { Masses(rows[$0], a) }
    if kept.allSatisfy({ MassPairs(rows[$0], rows[kept[0]], a).areSame }) {
      return .number(a.zero)
    }
    let shares = kept.map { a.number(weights[$0]) }
    let whole = a.sum(shares)
    var sum = a.sum()
    for i in rows[0].indices {
      let parts = masses.map { $0.values[i] > 0 ? $0.probability(i) : nil }
      let mixed = a.sum(zip(shares, parts).lazy.compactMap { w, p in p.map { w * $0 } }) / whole
      if mixed.isZero { continue }
      for (share, part) in zip(shares, parts) {
        sum.add(share * (part.map { .divergence($0, mixed) } ?? mixed))
      }
    }
    return .number(a.convert(sum.total / whole, to: unit))
  }
}

extension Certified {
  /// Returns the weighted mean divergence of distributions from their mixture, certified.
  ///
  /// `Σₖ wₖ D(pₖ‖m)/Σ w`, m = Σ wₖpₖ/Σ w.
  ///
  /// - Parameters:
  ///   - distributions: The distributions, of the same outcomes matched by label where they have labels.
  ///   - weights: A weight for each; nil for equal ones.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … log n of n distributions.
  /// - Throws: `InformationError`, as the function of that name.
  public static func generalizedJensenShannonDivergence(
    of distributions: [Categorical], weights: [Double]? = nil, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try InformationTheory.generalizedJensenShannonDivergence(
      of: distributions, weights: weights)
    return GeneralizedJensenShannonEvaluation(
      rows: try Categorical.aligned(distributions).map(\.masses),
      weights: weights ?? [Double](repeating: 1, count: distributions.count), unit: unit
    ).certified
  }
}
