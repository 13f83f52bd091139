public import InformationTheory

/// How far two models are apart that gave logits for the same rows.
///
/// ```swift
/// var comparison = LogitComparison(classCount: 10)
/// try comparison.add(logits: a.span, otherLogits: b.span, classIndices: labels.span)
/// comparison.klDivergence.mean           // of D(p‖q), row by row
/// comparison.klQuantile(0.99)
/// comparison.mostDifferent.first?.index
/// ```
///
/// The first model's softmax is p, the other's q. Divergences are in nats; next to equal
/// logits they keep their relative accuracy. A divergence is infinite only where one
/// model has a logit of −∞ and the other has not.
///
/// - Accuracy: divergences and losses of a row are within 1 ulp
///   (`softmax-divergences.json`).
public struct LogitComparison: Sendable {
  /// A row and how far both models are apart there.
  public struct Row: Sendable, Equatable, Codable {
    /// The number of the row, counted from 0.
    public let index: Int
    /// D(p‖q) in nats.
    public let klDivergence: Double
    /// D(q‖p) in nats.
    public let reverseKLDivergence: Double
    /// The likeliest class of the first model, the first of several.
    public let topClass: Int
    /// The likeliest class of the other model.
    public let otherTopClass: Int
    /// The label, where labels are given.
    public let label: Int?
  }

  /// The losses of both models on labelled rows, −log p of the label in nats.
  public struct Losses: Sendable, Equatable, Codable {
    /// The first model's.
    public fileprivate(set) var first = SampleMean()
    /// The other model's.
    public fileprivate(set) var other = SampleMean()
    /// The other's less the first's, row by row.
    ///
    /// The standard error is that of the pairs. Rows on which a loss is infinite are left
    /// out.
    public fileprivate(set) var difference = SampleMean()
    /// How many rows the first model gets right.
    public fileprivate(set) var firstHitCount = 0
    /// How many rows the other model gets right.
    public fileprivate(set) var otherHitCount = 0
  }

  /// The number of classes.
  public let classCount: Int
  /// How many of the rows that differ most are kept.
  public let keptRowCount: Int
  /// The number of rows.
  public private(set) var rowCount = 0
  /// D(p‖q) of the rows that are not ignored.
  public private(set) var klDivergence = SampleMean()
  /// D(q‖p) of them.
  public private(set) var reverseKLDivergence = SampleMean()
  /// The Jensen–Shannon divergence of them, at most log 2.
  public private(set) var jensenShannonDivergence = SampleMean()
  /// |max p − max q|, the difference of confidences.
  public private(set) var confidenceDifference = SampleMean()
  /// The losses, nil without labels.
  public private(set) var losses: Losses?
  /// The rows with the largest D(p‖q), largest first; of equal ones the earlier first.
  public private(set) var mostDifferent: [Row] = []
  private var sameTopCount = 0
  private var sharedTopFiveCount = 0
  private var rowDivergences: [Double] = []

  /// Creates a comparison without rows.
  ///
  /// - Parameters:
  ///   - classCount: The number of classes, at least 1.
  ///   - keptRowCount: How many of the rows that differ most to keep.
  /// - Precondition: `classCount` is at least 1 and `keptRowCount` not negative.
  public init(classCount: Int, keptRowCount: Int = 10) {
    precondition(classCount >= 1, "LogitComparison: at least one class")
    precondition(keptRowCount >= 0, "LogitComparison: keptRowCount is negative")
    self.classCount = classCount
    self.keptRowCount = keptRowCount
  }

  /// Adds rows; eight bytes of each are kept for the quantiles.
  ///
  /// - Parameters:
  ///   - logits: The first model's, rows × classes. −∞ is allowed, NaN not.
  ///   - otherLogits: The other model's, in the same layout.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`; or nil.
  ///   - ignoreIndex: The label of rows to skip.
  /// - Throws: `InformationError` with the code `labelOutOfRange`, `notFinite` for a NaN
  ///   logit, `undefined` where every logit of a row is −∞ or several are +∞, `cancelled`;
  ///   some rows have then been added. Its argument is `logits` or `otherLogits`.
  /// - Precondition: The lengths agree, and all rows have labels or none.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add<Scalar: InformationScalar>(
    logits: Span<Scalar>, otherLogits: Span<Scalar>, classIndices: Span<Int>? = nil,
    ignoreIndex: Int? = nil
  ) throws(InformationError) {
    let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: 1)
    layout.demandLogits(otherLogits.count, "otherLogits")
    layout.demandRows(classIndices?.count, "classIndices")
    precondition(
      rowCount == 0 || (losses == nil) == (classIndices == nil),
      "LogitComparison.add: all rows have labels, or none")
    if classIndices != nil && losses == nil { losses = Losses() }
    for start in stride(from: 0, to: layout.rowCount, by: Self.batchRowCount) {
      let rows = start..<min(start + Self.batchRowCount, layout.rowCount)
      let parts = try layout.summaries(of: rows, logits, otherLogits, classIndices, ignoreIndex)
      for summary in parts.joined() {
        if let summary { add(summary) }
        rowCount += 1
      }
    }
  }

  /// The rows of which summaries are held at a time.
  private static let batchRowCount = 1 << 14

  private mutating func add(_ summary: SoftmaxPair.Summary) {
    klDivergence.add(summary.forward)
    reverseKLDivergence.add(summary.backward)
    jensenShannonDivergence.add(summary.jensenShannon)
    confidenceDifference.add(summary.confidenceDifference)
    if summary.top == summary.otherTop { sameTopCount += 1 }
    sharedTopFiveCount += summary.sharedTopFiveCount
    rowDivergences.append(summary.forward)
    keep(
      Row(
        index: rowCount, klDivergence: summary.forward, reverseKLDivergence: summary.backward,
        topClass: summary.top, otherTopClass: summary.otherTop, label: summary.labelled?.label))
    losses?.add(summary)
  }

  private mutating func keep(_ row: Row) {
    guard
      mostDifferent.count < keptRowCount
        || (mostDifferent.last.map { $0.klDivergence < row.klDivergence } ?? false)
    else { return }
    let place =
      mostDifferent.firstIndex { $0.klDivergence < row.klDivergence } ?? mostDifferent.count
    mostDifferent.insert(row, at: place)
    if mostDifferent.count > keptRowCount { mostDifferent.removeLast() }
  }
}

// MARK: - What it amounts to

extension LogitComparison {
  /// The number of rows that were not ignored.
  public var validCount: Int { klDivergence.count }

  /// The share of rows on which both models have the same likeliest class.
  public var topAgreement: Double? {
    validCount > 0 ? Double(sameTopCount) / Double(validCount) : nil
  }

  /// How many of one model's five likeliest classes are among the other's, as a mean
  /// share of five, or of all where there are fewer.
  public var topFiveAgreement: Double? {
    let each = min(5, classCount)
    return validCount > 0
      ? Double(sharedTopFiveCount) / (Double(validCount) * Double(each)) : nil
  }

  /// Quantiles of the rows' D(p‖q), exact: between the two nearest rows by straight lines.
  ///
  /// - Parameter levels: Shares of rows, in 0 … 1; one half is the median.
  /// - Returns: A quantile for each level; nil where there are no rows.
  /// - Precondition: Every level is in 0 … 1.
  public func klQuantiles(_ levels: [Double]) -> [Double]? {
    precondition(levels.allSatisfy { $0 >= 0 && $0 <= 1 }, "klQuantiles: levels in 0 ... 1")
    guard !rowDivergences.isEmpty else { return nil }
    let sorted = rowDivergences.sorted()
    return levels.map { level in
      let place = level * Double(sorted.count - 1)
      let below = Int(place)
      let share = place - Double(below)
      let low = sorted[below]
      if share == 0 { return low }
      let high = sorted[below + 1]
      return high < .infinity ? low + share * (high - low) : .infinity
    }
  }
}

extension LogitComparison.Losses {
  fileprivate mutating func add(_ summary: SoftmaxPair.Summary) {
    guard let labelled = summary.labelled else { return }
    first.add(labelled.loss)
    other.add(labelled.otherLoss)
    if labelled.loss < .infinity && labelled.otherLoss < .infinity {
      difference.add(-labelled.logRatio)
    }
    if summary.top == labelled.label { firstHitCount += 1 }
    if summary.otherTop == labelled.label { otherHitCount += 1 }
  }
}

// MARK: - One row

extension SoftmaxPair {
  /// What a comparison takes from a row.
  fileprivate struct Summary: Sendable {
    let forward, backward, jensenShannon: Double
    let confidenceDifference: Double
    let top, otherTop: Int
    let sharedTopFiveCount: Int
    let labelled: Labelled?
  }

  /// The losses of a row with a label, and log(q/p) of it.
  fileprivate struct Labelled: Sendable {
    let label: Int
    let loss, otherLoss, logRatio: Double
  }

  /// The summary of the rows that were taken in last.
  fileprivate func summary(label: Int?, sharedTopFiveCount: Int) -> Summary {
    let divergences = divergences
    let confidence = first.probability(first.top) - second.probability(second.top)
    return Summary(
      forward: divergences.forward.rounded, backward: divergences.backward.rounded,
      jensenShannon: divergences.jensenShannon.rounded,
      confidenceDifference: confidence.rounded.magnitude, top: first.top, otherTop: second.top,
      sharedTopFiveCount: sharedTopFiveCount,
      labelled: label.map {
        Labelled(
          label: $0, loss: first.surprisal($0).rounded, otherLoss: second.surprisal($0).rounded,
          logRatio: logRatio($0))
      })
  }
}

extension ClassLayout {
  /// The summaries of some rows, in pieces that threads share; nil for ignored rows.
  @inline(__always)
  fileprivate func summaries<Scalar: InformationScalar>(
    of rows: Range<Int>, _ logits: Span<Scalar>, _ others: Span<Scalar>, _ labels: Span<Int>?,
    _ ignored: Int?
  ) throws(InformationError) -> [[SoftmaxPair.Summary?]] {
    // A span that a function was given lives until the function returns.
    let (first, other, labels) = unsafe (
      logits.withUnsafeBufferPointer { unsafe $0 }, others.withUnsafeBufferPointer { unsafe $0 },
      labels?.withUnsafeBufferPointer { unsafe $0 }
    )
    // About a millisecond of work each.
    let length = max(1, 1024 / classCount)
    let parts = try concurrently(
      (rows.count + length - 1) / length, nanoseconds: 500 * rows.count * classCount
    ) { piece -> Result<[SoftmaxPair.Summary?], InformationError> in
      let start = rows.lowerBound + piece * length
      let range = start..<min(start + length, rows.upperBound)
      do throws(InformationError) {
        return .success(
          try unsafe summaries(first.span, other.span, labels?.span, ignored, range))
      } catch {
        return .failure(error)
      }
    }
    return try parts.map { part throws(InformationError) in try part.get() }
  }

  @inline(__always)
  private func summaries<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ others: Span<Scalar>, _ labels: Span<Int>?, _ ignored: Int?,
    _ rows: Range<Int>
  ) throws(InformationError) -> [SoftmaxPair.Summary?] {
    var pair = SoftmaxPair(classCount: classCount)
    var summaries: [SoftmaxPair.Summary?] = []
    summaries.reserveCapacity(rows.count)
    for row in rows {
      if let ignored, labels?[row] == ignored {
        summaries.append(nil)
        continue
      }
      if let label = labels?[row], label < 0 || label >= classCount {
        throw .labelOutOfRange(row: row, label, classCount: classCount)
      }
      try pair.load(logits, others, row: row, self)
      let shared = sharedTops(logits, others, row: row, count: min(5, classCount))
      summaries.append(pair.summary(label: labels?[row], sharedTopFiveCount: shared))
    }
    return summaries
  }
}

extension ClassLayout {
  /// How many of the likeliest classes of two rows are the same.
  func sharedTops<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ others: Span<Scalar>, row: Int, count: Int
  ) -> Int {
    let first = tops(logits, row: row, count: count)
    return tops(others, row: row, count: count).count { first.contains($0) }
  }

  /// The likeliest classes of a row; of equal ones the first.
  private func tops<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, row: Int, count: Int
  ) -> [Int] {
    let start = offset(row)
    var classes: [Int] = []
    var least = -Scalar.infinity
    for c in 0..<classCount {
      let x = logits[start + c * stride]
      if classes.count == count && x <= least { continue }
      var place = classes.count
      while place > 0 {
        let y = logits[start + classes[place - 1] * stride]
        if y >= x { break }
        place -= 1
      }
      classes.insert(c, at: place)
      if classes.count > count { classes.removeLast() }
      let last = classes[classes.count - 1]
      least = logits[start + last * stride]
    }
    return classes
  }
}
