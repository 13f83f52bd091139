/// Returns the generalised Jensen–Shannon divergence of several distributions.
///
/// `Σᵢ wᵢ D(pᵢ‖m)` with `m = Σⱼ wⱼ pⱼ`: how much an outcome tells about which of the
/// distributions it came from. For two with equal weights it is the
/// Jensen–Shannon divergence.
///
/// - Parameters:
///   - distributions: At least one; of the same outcomes, or matched by label.
///   - weights: One weight for each: finite, not negative, normalised by their exact
///     sum; nil means equal weights.
/// - Returns: A value from 0 to the entropy of the weights; exactly 0 where all
///   distributions with weight are equal.
/// - Throws: ``InformationError`` with the code `empty`, `sizeMismatch`, `unlabelled`,
///   or what is wrong with the weights.
/// - Accuracy: within 1 ulp (`generalized-jensen-shannon-divergence.json`).
/// - Source: Lin (1991), doi:10.1109/18.61115.
public func generalizedJensenShannonDivergence(
  of distributions: [Categorical], weights: [Double]? = nil
) throws(InformationError) -> Information {
  guard !distributions.isEmpty else {
    throw InformationError(
      .empty, argument: "distributions", "there are no distributions: give at least one")
  }
  let weights = weights ?? [Double](repeating: 1, count: distributions.count)
  guard weights.count == distributions.count else {
    throw InformationError(
      .sizeMismatch, argument: "weights",
      "there are \(weights.count) weights for \(distributions.count) distributions")
  }
  let totals = try MassTotals(weights.span, argument: "weights")
  let rows = try Categorical.aligned(distributions)
  let shares = weights.map { DoubleDouble($0) / totals.total }

  var sum = ExactSum()
  for outcome in 0..<rows[0].count {
    // Lifted together, so that subnormal masses lose nothing.
    let largest = rows.map { $0.masses[outcome] }.max() ?? 0
    guard largest > 0 else { continue }
    let lift = Term.lift(largest)
    let probabilities = rows.map { row in
      DoubleDouble(row.masses[outcome].scaled(byPowerOfTwo: lift)) / row.totals.total
    }
    for (i, p) in probabilities.enumerated() where weights[i] > 0 {
      // p − m = Σ w(p − pⱼ) and m: without cancellation.
      var (difference, mean) = (DoubleDouble.zero, DoubleDouble.zero)
      for (j, other) in probabilities.enumerated() where weights[j] > 0 {
        difference = difference + (p - other) * shares[j]
        mean = mean + other * shares[j]
      }
      guard mean.high > 0 else { continue }
      let pair = MassPair(a: p, b: mean, d: difference)
      sum.add(KullbackLeibler.term(pair) * shares[i], timesPowerOfTwo: -lift)
    }
  }
  return Information(sum.doubleDouble)
}

extension Categorical {
  /// Several distributions over the same outcomes in the same order.
  package static func aligned(_ distributions: [Categorical]) throws(InformationError)
    -> [Categorical]
  {
    var rows = distributions
    // Each pass adds to the first row the outcomes that the next one knows; a
    // second pass brings the earlier ones up to it.
    for _ in 0..<2 {
      for i in rows.indices.dropFirst() { (rows[0], rows[i]) = try aligned(rows[0], rows[i]) }
    }
    return rows
  }
}
