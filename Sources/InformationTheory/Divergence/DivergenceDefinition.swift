/// What a quantity of two distributions is, apart from where its numbers come
/// from: from spans or from values, with which support policy.
protocol DivergenceDefinition {
  /// The quantity, in nats where it has a unit.
  ///
  /// - Parameters:
  ///   - p: The masses of the first distribution.
  ///   - q: The masses of the second, of the same outcomes.
  ///   - totals: What their totals are.
  /// - Returns: The quantity, right to more digits than a double has; +∞ where it is.
  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble
}

/// A quantity that is one sum over outcomes, or computed from one.
protocol TermwiseDivergence: DivergenceDefinition {
  /// What an outcome with mass adds; homogeneous of degree 1 in the masses.
  func term(_ pair: MassPair) -> Term
}

extension TermwiseDivergence {
  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    totals.sum(p, q) { term($0) }
  }
}

// MARK: - Support policies

extension DivergenceDefinition {
  /// The quantity of two lists of probabilities.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>, from q: Span<Scalar>, support: SupportPolicy
  ) throws(InformationError) -> DoubleDouble {
    try definition(ofNormalized: p, from: q, support: support)
  }

  /// The quantity of two lists of probabilities, by what it is of their totals.
  func definition<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>, from q: Span<Scalar>, support: SupportPolicy
  ) throws(InformationError) -> DoubleDouble {
    let totals = try PairTotals(normalized: p, q)
    switch support {
    case .infinite, .throwing:
      let result = value(of: p, from: q, totals)
      if support == .throwing && result.high == .infinity {
        try Categorical.demandSharedSupport(p, q, labels: nil)
      }
      return result
    case .smoothed, .restricted:
      return try value(
        of: Categorical(masses: p.widened, labels: nil, totals: totals.p),
        from: Categorical(masses: q.widened, labels: nil, totals: totals.q), support: support)
    }
  }

  /// The quantity of two distributions, matched by label where they have labels.
  func value(
    of p: Categorical, from q: Categorical, support: SupportPolicy
  ) throws(InformationError) -> DoubleDouble {
    let (p, q) = try Categorical.prepared(p, q, support: support)
    let result = value(of: p.masses.span, from: q.masses.span, PairTotals(p.totals, q.totals))
    if support == .throwing && result.high == .infinity {
      try Categorical.demandSharedSupport(p.masses.span, q.masses.span, labels: p.labels)
    }
    return result
  }
}

extension Span where Element: InformationScalar {
  /// The elements as doubles.
  var widened: [Double] { indices.map { Double(self[$0]) } }
}

extension Categorical {
  /// Two distributions of the same outcomes, as a support policy wants them.
  package static func prepared(
    _ p: Categorical, _ q: Categorical, support: SupportPolicy
  ) throws(InformationError) -> (Categorical, Categorical) {
    let (p, q) = try aligned(p, q)
    switch support {
    case .infinite, .throwing: return (p, q)
    case .smoothed(let pseudocount):
      return (try p.smoothed(pseudocount), try q.smoothed(pseudocount))
    case .restricted: return try restricted(p, q)
    }
  }

  /// The distribution with a pseudocount added to each mass.
  fileprivate func smoothed(_ pseudocount: Double) throws(InformationError) -> Categorical {
    guard pseudocount > 0 && pseudocount < .infinity else {
      throw InformationError(
        .badParameter, argument: "pseudocount",
        "the pseudocount is \(pseudocount): it must be positive and finite")
    }
    return try Categorical(
      weights: masses.map { $0 + pseudocount }, labels: labels, argument: "masses")
  }

  /// The outcomes to which both give mass, of distributions of the same outcomes.
  static func shared(_ p: Categorical, _ q: Categorical) -> [Int] {
    p.masses.indices.filter { p.masses[$0] > 0 && q.masses[$0] > 0 }
  }

  /// Two distributions on the outcomes to which both give mass.
  fileprivate static func restricted(
    _ p: Categorical, _ q: Categorical
  ) throws(InformationError) -> (Categorical, Categorical) {
    let shared = shared(p, q)
    guard !shared.isEmpty else {
      throw InformationError(
        .support, "no outcome has mass in both distributions: nothing is left to compare")
    }
    let labels = p.labels.map { labels in shared.map { labels[$0] } }
    return (
      try Categorical(weights: shared.map { p.masses[$0] }, labels: labels, argument: "p"),
      try Categorical(weights: shared.map { q.masses[$0] }, labels: labels, argument: "q")
    )
  }

  /// Throws an error that names the outcomes with mass in one distribution only.
  package static func demandSharedSupport<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, labels: [String]?
  ) throws(InformationError) {
    let lonely = p.indices.filter { (p[$0] == 0) != (q[$0] == 0) }
    guard let first = lonely.first else { return }
    let named = lonely.prefix(10).map { i in
      (labels.map { "\"\($0[i])\"" } ?? "\(i)") + (q[i] == 0 ? " (not in q)" : " (not in p)")
    }
    let others = lonely.count > 10 ? " and \(lonely.count - 10) more" : ""
    throw InformationError(
      .support, argument: q[first] == 0 ? "q" : "p", index: first,
      """
      the supports differ, so the result is infinite; outcomes with mass in one only: \
      \(named.joined(separator: ", "))\(others)
      """)
  }
}
