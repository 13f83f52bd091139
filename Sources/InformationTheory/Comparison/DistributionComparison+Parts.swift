extension DistributionComparison {
  /// The outcomes that add most to D(p‖q).
  static func contributions(_ p: Categorical, _ q: Categorical, count: Int) -> [Contribution] {
    let totals = PairTotals(p.totals, q.totals)
    var terms: [(index: Int, term: DoubleDouble)] = []
    var sum = ExactSum()
    var isFinite = true
    for i in 0..<p.count where p.masses[i] > 0 || q.masses[i] > 0 {
      let pair = MassPair(p.masses[i], q.masses[i], totals)
      let term = KullbackLeibler.term(pair)
      guard term.high.isFinite else {
        isFinite = false
        terms.append((i, .infinity))
        continue
      }
      let scaled = (term / totals.weight).scaled(byPowerOfTwo: -pair.lift)
      sum.add(scaled)
      terms.append((i, scaled))
    }
    let total = sum.doubleDouble
    let largest = terms.filter { $0.term.high > 0 }
      .sorted { ($0.term, $1.index) > ($1.term, $0.index) }
      .prefix(count)
    return largest.map { index, term in
      Contribution(
        outcome: p.name(ofOutcome: index), p: p[index], q: q[index], term: Information(term),
        share: isFinite ? (term / total).high : nil)
    }
  }
}

extension DistributionComparison.SupportDifference {
  /// How the supports of two distributions of the same outcomes differ.
  init(_ p: Categorical, _ q: Categorical) {
    func names(_ a: Categorical, _ b: Categorical) -> ([String], Double) {
      let indices = a.support.filter { b.masses[$0] == 0 }
      let mass = ExactSum(indices.map { a.masses[$0] }).doubleDouble
      return (indices.map { a.name(ofOutcome: $0) }, (mass / a.totals.total).high)
    }
    (onlyInP, massOnlyInP) = names(p, q)
    (onlyInQ, massOnlyInQ) = names(q, p)
    shared = p.support.count { q.masses[$0] > 0 }
  }
}
