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
  private let numbers: NumberOptions
  private var result: LossResult
  private var rowLosses = SampleMean()
  private var scores: PredictionScores

  /// Opens the files.
  init(
    _ files: (logits: String, labels: String), _ label: LabelOptions,
    _ calibration: CalibrationOptions, _ numbers: NumberOptions, ignoreIndex: Int?,
    logitSoftcap: Double?, reduction: LossReduction, empty: EmptyPolicy
  ) throws {
    try NumberTable.demandOneStandardInput([files.logits, files.labels])
    try calibration.check()
    logits = try NumberTable(path: files.logits, format: numbers.format, kind: .real)
    labels = try LabelReader(
      NumberTable(
        path: files.labels, format: numbers.format, column: label.labelColumn, kind: .any),
      classCount: logits.columnCount, ignoreIndex: ignoreIndex)
    self.ignoreIndex = ignoreIndex
    self.logitSoftcap = logitSoftcap
    self.numbers = numbers
    result = LossResult(reduction: reduction, empty: empty)
    scores = PredictionScores(classCount: logits.columnCount, binCount: calibration.calibrationBins)
  }

  /// Refuses an option that has not a number for each class.
  func demandOne(each list: NumberList?, _ option: String) throws {
    try list?.demandOneForEachClass(of: logits, option)
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
    try result.demandMean(of: labels.table.name)
  }

  /// Prints the report.
  func print(title: String, key: String, _ preset: LossPreset?) throws {
    let report = LossReport(
      title: title, key: key, predictions: logits.name, targets: labels.table.name,
      columnNames: logits.columnNames, preset: preset, unit: numbers.unit.unit, result: result,
      rowLosses: rowLosses, scores: .classes(scores))
    try report.print(numbers)
  }
}
