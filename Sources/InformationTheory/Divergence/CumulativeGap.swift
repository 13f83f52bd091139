/// The gap F − G of the distribution functions of two distributions on a line, at a
/// place that moves on; times the weight of their totals.
struct CumulativeGap {
  private let totals: PairTotals
  /// Σp − Σq of the masses as they are, and Σq, where the totals are close.
  private var plain = ExactSum()
  private var massOfQ = ExactSum()
  /// Σ p·Q − Σ q·P, where they are not.
  private var scaled = ExactSum()

  init(_ totals: PairTotals) { self.totals = totals }

  /// Moves F past an outcome.
  mutating func advance(p mass: Double) {
    if totals.kind == .apart {
      scaled.addProduct(mass, totals.pFactor)
    } else {
      plain.add(mass)
    }
  }

  /// Moves G past an outcome.
  mutating func advance(q mass: Double) {
    if totals.kind == .apart {
      scaled.addProduct(-mass, totals.qFactor)
    } else {
      plain.add(-mass)
      massOfQ.add(mass)
    }
  }

  /// The gap, lifted where it would otherwise lose digits.
  var term: Term {
    switch totals.kind {
    case .equal: return plain.term
    case .apart: return scaled.term
    case .close:
      // (F − G)·Q − G·(P − Q).
      let (gap, drift) = (plain.term, totals.drift)
      let (x, y) = (gap.value * totals.pFactor, drift.value * massOfQ.doubleDouble)
      if gap.exponent == drift.exponent { return Term(x - y, exponent: gap.exponent) }
      return Term(
        x.scaled(byPowerOfTwo: gap.exponent) - y.scaled(byPowerOfTwo: drift.exponent))
    }
  }

  /// Calls a closure for each step between neighbouring outcomes with the gap there.
  static func forEach<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals,
    _ body: (_ step: Int, _ gap: CumulativeGap) -> Void
  ) {
    var gap = CumulativeGap(totals)
    for i in 0..<(p.count - 1) {
      gap.advance(p: Double(p[i]))
      gap.advance(q: Double(q[i]))
      body(i, gap)
    }
  }
}

extension DivergenceDefinition {
  /// The quantity of two distributions whose outcomes have an order of their own:
  /// matched by place, and by label only where both have the same.
  func value(
    ofOrdered p: Categorical, from q: Categorical
  ) throws(InformationError) -> DoubleDouble {
    guard p.labels == q.labels || p.labels == nil || q.labels == nil else {
      throw InformationError(
        .badLabels, argument: "q",
        "p and q have different labels: an ordered distance needs the same outcomes in one order")
    }
    try InformationError.demandSameCount(p.count, q.count)
    return value(of: p.masses.span, from: q.masses.span, PairTotals(p.totals, q.totals))
  }
}
