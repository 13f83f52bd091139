/// Returns the threshold that parts values into two sides that say most of a label.
///
/// Candidates lie halfway between neighbouring different values. All are judged; of
/// those that are equally good the lowest is returned.
///
/// ```swift
/// let split = try bestThreshold(of: [1, 2, 3, 10, 11], for: ["a", "a", "a", "b", "b"])
/// split?.threshold    // 6.5
/// ```
///
/// - Parameters:
///   - values: The values to part: finite numbers, in any order.
///   - labels: The class of each value.
///   - criterion: By what a split is judged.
/// - Returns: The best split; nil where all values are the same, so that there is none.
/// - Throws: ``InformationError`` with the code `empty`, `sizeMismatch` or `notFinite`.
/// - Accuracy: the choice is exact: candidates whose rounded values could be confused
///   are compared with twice the digits.
/// - Complexity: O(n log n + n·K) for n values of K classes.
/// - Source: Breiman, Friedman, Olshen and Stone, *Classification and Regression
///   Trees* (1984), chapter 2.
public func bestThreshold<Label: Hashable>(
  of values: [Double], for labels: [Label], by criterion: SplitCriterion = .informationGain
) throws(InformationError) -> ThresholdSplit? {
  guard values.count == labels.count else {
    throw InformationError(
      .sizeMismatch, argument: "labels",
      "there are \(values.count) values and \(labels.count) labels: give a label for each value")
  }
  guard !values.isEmpty else {
    throw InformationError(.empty, argument: "values", "values is empty: give at least one value")
  }
  if let i = values.firstIndex(where: { !$0.isFinite }) {
    throw InformationError(
      .notFinite, argument: "values", index: i,
      "values[\(i)] is \(values[i]): leave out what is missing, and its label")
  }
  var codes: [Label: Int] = [:]
  let classes = labels.map { label in
    if let code = codes[label] { return code }
    let code = codes.count
    codes[label] = code
    return code
  }
  return ThresholdScan(values: values, classes: classes, classCount: codes.count)
    .best(by: criterion)
}

/// The values in order, and how to walk through their thresholds.
private struct ThresholdScan {
  private let sorted: [(value: Double, code: Int)]
  private let totals: [Int]
  /// x log x of every count there can be.
  private let entropic: [Double]

  init(values: [Double], classes: [Int], classCount: Int) {
    sorted = zip(values, classes).map { (value: $0, code: $1) }.sorted { $0.value < $1.value }
    var totals = [Int](repeating: 0, count: classCount)
    for code in classes { totals[code] += 1 }
    self.totals = totals
    entropic = [0] + (1...values.count).map { Double($0) * DoubleDouble.log(Double($0)).high }
  }

  /// The best split: by a score in doubles first, and among those whose scores are
  /// too near to the best to tell by the exact value.
  func best(by criterion: SplitCriterion) -> ThresholdSplit? {
    var largest = -Double.infinity
    visit { left, _, leftTotal in
      largest = max(largest, score(left, leftTotal, criterion))
    }
    guard largest > -.infinity else { return nil }
    // Scores are sums of 2K terms of at most n log n, each right to a few ulp; the
    // gain ratio divides by at least log n.
    let slack = Double(4 * totals.count + 16) * entropic[sorted.count] * 0x1p-50
    let floor = largest - max(slack, 0x1p-50)
    var (best, bestValue) = (ThresholdSplit?.none, DoubleDouble.zero)
    visit { left, end, leftTotal in
      guard score(left, leftTotal, criterion) >= floor else { return }
      let split = split(left, after: end)
      let value = split.value(by: criterion)
      if best == nil || value > bestValue { (best, bestValue) = (split, value) }
    }
    return best
  }

  /// Calls `body` with the counts on the left of every threshold, from the lowest.
  private func visit(_ body: (_ left: [Int], _ end: Int, _ leftTotal: Int) -> Void) {
    var left = [Int](repeating: 0, count: totals.count)
    for i in 0..<(sorted.count - 1) {
      left[sorted[i].code] += 1
      if sorted[i].value < sorted[i + 1].value { body(left, i, i + 1) }
    }
  }

  private func split(_ left: [Int], after end: Int) -> ThresholdSplit {
    let (below, above) = (sorted[end].value, sorted[end + 1].value)
    let middle = below / 2 + above / 2
    return ThresholdSplit(
      threshold: middle < above && middle >= below ? middle : below,
      leftCounts: left, rightCounts: zip(totals, left).map { $0 - $1 })
  }

  /// What grows with the criterion's value, up to a constant and a positive factor.
  private func score(_ left: [Int], _ leftTotal: Int, _ criterion: SplitCriterion) -> Double {
    let rightTotal = sorted.count - leftTotal
    if criterion == .giniGain {
      var sum = 0.0
      for (a, total) in zip(left, totals) {
        let (l, r) = (Double(a), Double(total - a))
        sum += l * l / Double(leftTotal) + r * r / Double(rightTotal)
      }
      return sum
    }
    let ofSides = entropic[sorted.count] - entropic[leftTotal] - entropic[rightTotal]
    var sum = ofSides
    for (a, total) in zip(left, totals) {
      sum += entropic[a] + entropic[total - a] - entropic[total]
    }
    return criterion == .gainRatio ? sum / ofSides : sum
  }
}

/// Returns the feature, and the threshold on it, that says most of a label.
///
/// This is the first split of a decision tree: the best of the features' best
/// thresholds, as ``bestThreshold(of:for:by:)`` finds them, and the first feature of
/// those that are equally good.
///
/// - Parameters:
///   - features: The values of each feature, one for each label.
///   - labels: The class of each row.
///   - criterion: By what a split is judged.
/// - Returns: The index of the feature and its split; nil where no feature has two
///   different values.
/// - Throws: ``InformationError``, as ``bestThreshold(of:for:by:)``; `index` is the row.
public func bestSplit<Label: Hashable>(
  of features: [[Double]], for labels: [Label], by criterion: SplitCriterion = .informationGain
) throws(InformationError) -> (feature: Int, split: ThresholdSplit)? {
  var best: (feature: Int, split: ThresholdSplit)?
  for (i, values) in features.enumerated() {
    guard let split = try bestThreshold(of: values, for: labels, by: criterion) else { continue }
    if let known = best, split.value(by: criterion) <= known.split.value(by: criterion) { continue }
    best = (i, split)
  }
  return best
}
