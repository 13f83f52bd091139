import ArgumentParser
import ClassificationLosses
import InformationTheory

/// A walk over logits with their labels, block by block, which gathers a loss and scores.
final class LabelledPass {
  /// A loss of some rows, whose row losses go into the span.
  typealias Loss = (
    _ logits: Span<Double>, _ labels: Span<Int>, _ classCount: Int, _ reduction: LossReduction,
    _ rowLosses: consuming MutableSpan<Double>
  ) throws(InformationError) -> LossResult

  private let logits: NumberTable
  private let labels: LabelReader
  private let ignoreIndex: Int?
  private let logitSoftcap: Double?
  private let isJSON: Bool
  private var result: LossResult
  private var rowLosses = SampleMean()
  private var scores: PredictionScores

  /// Opens the files.
  init(
    _ input: LabelledInput, _ numbers: NumberOptions, ignoreIndex: Int?, logitSoftcap: Double?,
    reduction: LossReduction, empty: EmptyPolicy
  ) throws {
    guard input.logits != "-" || input.labels != "-" else {
      throw ValidationError("Standard input (-) can be only one of the files.")
    }
    guard (1...100_000).contains(input.calibrationBins) else {
      throw ValidationError(
        "--calibration-bins is \(input.calibrationBins): it must be in 1 ... 100000.")
    }
    logits = try NumberTable(path: input.logits, format: numbers.format, kind: .real)
    labels = try LabelReader(
      NumberTable(
        path: input.labels, format: numbers.format, column: input.label.labelColumn, kind: .any),
      classCount: logits.columnCount, ignoreIndex: ignoreIndex)
    self.ignoreIndex = ignoreIndex
    self.logitSoftcap = logitSoftcap
    isJSON = numbers.json
    result = LossResult(reduction: reduction, empty: empty)
    scores = PredictionScores(classCount: logits.columnCount, binCount: input.calibrationBins)
  }

  /// Refuses an option that has not a number for each class.
  func demandOne(each list: NumberList?, _ option: String) throws {
    guard let list, list.values.count != logits.columnCount else { return }
    throw ValidationError(
      """
      \(option) has \(counted(list.values.count, "number")), but \(logits.name) has \
      \(counted(logits.columnCount, "class", "classes")).
      """)
  }

  /// Goes through all rows.
  func run(_ loss: Loss) throws {
    try NumberTable.forEachBlock([logits, labels.table]) { count in
      let classes = try labels.labels(rows: count)
      let values = logits.values
      let range = logits.range(rows: count)
      var losses = [Double](repeating: 0, count: count)
      let part = try RowFaults.placed(["logits": logits]) { () throws(InformationError) in
        let span = values.span.extracting(range)
        try scores.add(
          logits: span, classIndices: classes.span, ignoreIndex: ignoreIndex,
          logitSoftcap: logitSoftcap)
        return try loss(
          span, classes.span, logits.columnCount, result.reduction, losses.mutableSpan)
      }
      result.merge(part)
      for row in losses.indices where classes[row] != ignoreIndex { rowLosses.add(losses[row]) }
    }
    if result.empty == .throwing && result.denominator == 0 {
      throw Fault(
        .data,
        result.validCount == 0
          ? "\(labels.table.name): all \(result.rowCount) rows are ignored, which leaves no mean"
          : """
          \(labels.table.name): the \(result.validCount) rows weigh 0 in total, which leaves \
          no weighted mean
          """)
    }
  }

  /// Prints the report.
  func print(title: String, key: String, _ preset: LossPreset?) throws {
    let report = LossReport(
      title: title, key: key, logits: logits.name, targets: labels.table.name,
      classNames: logits.columnNames, preset: preset, result: result, rowLosses: rowLosses,
      scores: .classes(scores))
    try Terminal.print(isJSON ? report.json() : report.text())
  }
}
