import ClassificationLosses
import InformationTheory

/// A walk over predictions with targets in the same shape, block by block, which gathers
/// a loss.
final class TargetPass {
  /// A loss of some rows, whose losses go into the array.
  typealias Loss = (
    _ predictions: Span<Double>, _ targets: Span<Double>, _ losses: inout [Double]
  ) throws(InformationError) -> LossResult

  let predictions: NumberTable
  let targets: NumberTable
  private(set) var result: LossResult
  private(set) var rowLosses = SampleMean()

  init(
    _ tables: (predictions: NumberTable, targets: NumberTable), reduction: LossReduction,
    empty: EmptyPolicy
  ) {
    (predictions, targets) = tables
    result = LossResult(reduction: reduction, empty: empty)
  }

  /// The number of columns, which both tables have.
  var columnCount: Int { predictions.columnCount }

  /// Goes through all rows.
  ///
  /// - Parameters:
  ///   - isByElement: Whether each number has a loss, not each row.
  ///   - loss: The loss, to be reduced as the pass is.
  /// - Throws: A ``Fault`` with the place of what is wrong.
  func run(isByElement: Bool, _ loss: Loss) throws {
    let arguments = [
      "logits": predictions, "probabilities": predictions, "targets": targets,
      "classProbabilities": targets,
    ]
    try NumberTable.forEachBlock([predictions, targets]) { count in
      let (x, t) = (predictions.values, targets.values)
      let ranges = (predictions.range(rows: count), targets.range(rows: count))
      var losses = [Double](repeating: 0, count: isByElement ? ranges.0.count : count)
      let part = try RowFaults.placed(arguments, isByElement: isByElement) {
        () throws(InformationError) in
        try loss(x.span.extracting(ranges.0), t.span.extracting(ranges.1), &losses)
      }
      result.merge(part)
      for loss in losses { rowLosses.add(loss) }
    }
    try result.demandMean(of: targets.name)
  }
}

extension LossResult {
  /// Refuses a mean of nothing, where the policy does.
  func demandMean(of file: String) throws {
    guard empty == .throwing && denominator == 0 else { return }
    throw Fault(
      .data,
      validCount == 0
        ? "\(file): all \(rowCount) rows are ignored, which leaves no mean"
        : """
        \(file): the \(validCount) rows weigh 0 in total, which leaves no weighted mean
        """)
  }
}

extension PredictionScores {
  /// Adds rows with the likeliest of their targets for a label, but for rows with several.
  mutating func add(
    logits: Span<Double>, likeliestOf targets: Span<Double>, logitSoftcap: Double? = nil
  ) throws(InformationError) {
    let labels = LikeliestTargets.labels(targets, classCount: classCount)
    try add(
      logits: logits, classIndices: labels.span, ignoreIndex: LikeliestTargets.none,
      logitSoftcap: logitSoftcap)
  }
}

/// The likeliest classes of rows of targets.
enum LikeliestTargets {
  /// What stands for a row with several.
  static let none = -1

  /// The likeliest class of each row, ``none`` where there are several.
  static func labels(_ targets: Span<Double>, classCount: Int) -> [Int] {
    (0..<(targets.count / classCount)).map { row in
      var (label, most, isAlone) = (0, -Double.infinity, true)
      for c in 0..<classCount {
        let target = targets[row * classCount + c]
        if target == most { isAlone = false }
        if target > most { (label, most, isAlone) = (c, target, true) }
      }
      return isAlone ? label : none
    }
  }
}
