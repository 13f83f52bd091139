/// How many bins there shall be.
enum BinChoice: Equatable {
  case count(Int)
  case rule(BinRule)
  /// Scott's rule, or Sturges's where that has no answer.
  case automatic
}

/// How numbers became outcomes.
struct ChosenBins {
  let binning: Binning
  /// Why there are as many bins as there are: `"scott"` or `"as asked"`.
  let reason: String
}

extension BinChoice {
  /// The bins for numbers.
  ///
  /// - Parameters:
  ///   - summary: What the numbers are like.
  ///   - quartiles: Their first and third quartile, which few rules ask for.
  /// - Returns: The bins, and why there are so many.
  /// - Throws: A ``Fault`` where there can be no such bins.
  func bins(
    for summary: NumericSummary, quartiles: () throws -> (Double, Double)
  ) throws -> ChosenBins {
    if case .count(let count) = self { return try Self.bins(for: summary, asked: count) }
    let (rule, isChosen) = if case .rule(let rule) = self { (rule, true) } else { (.scott, false) }
    var (used, count) = (rule, try rule.binCount(for: summary, quartiles: quartiles))
    if count == nil {
      guard !isChosen else {
        throw Fault(
          .data,
          """
          the rule \(rule.rawValue) has no answer: the bins would have no width, or no end; \
          give another --bin-rule, or --bins
          """)
      }
      used = .sturges
      count = used.binCount(for: summary) { (0, 0) }
    }
    return Self.bins(for: summary, count: count ?? 1, rule: used)
  }

  private static func bins(for summary: NumericSummary, asked count: Int) throws -> ChosenBins {
    guard summary.minimum < summary.maximum || count == 1 else {
      throw Fault(
        .data, "all values are \(summary.minimum), which one bin holds; leave out --bins \(count)")
    }
    guard let binning = Binning(from: summary.minimum, to: summary.maximum, count: count) else {
      throw Fault(
        .data,
        """
        \(count) bins are too many: there are too few doubles from \(summary.minimum) to \
        \(summary.maximum) to part them
        """)
    }
    return ChosenBins(binning: binning, reason: "as asked")
  }

  private static func bins(
    for summary: NumericSummary, count: Int, rule: BinRule
  ) -> ChosenBins {
    var reason = summary.minimum == summary.maximum ? "all values are equal" : rule.rawValue
    if count == BinRule.mostBins { reason += ", which asks for more" }
    // Where a range holds fewer doubles than the rule wants bins, take what there is.
    var count = count
    while true {
      if let binning = Binning(from: summary.minimum, to: summary.maximum, count: count) {
        return ChosenBins(binning: binning, reason: reason)
      }
      count = max(1, count / 2)
    }
  }
}
