import ClassificationLosses
import InformationTheory

/// A walk over predictions of yes or no with their targets, which gathers a loss and scores.
final class BinaryPass {
  private let pass: TargetPass
  private let areProbabilities: Bool
  private let binCount: Int
  private let numbers: NumberOptions
  private let preset: LossPreset?
  private var panel: BinaryPanel?

  /// Opens the files.
  init(
    _ predictions: String, _ targets: String, areProbabilities: Bool,
    _ calibration: CalibrationOptions, _ numbers: NumberOptions, _ preset: LossPreset?
  ) throws {
    try calibration.check()
    pass = TargetPass(
      try NumberTable.pair(predictions, targets, numbers.format, targets: .any),
      reduction: .mean, empty: preset?.empty ?? .throwing)
    self.areProbabilities = areProbabilities
    binCount = calibration.calibrationBins
    self.numbers = numbers
    self.preset = preset
  }

  var columnCount: Int { pass.columnCount }

  /// Goes through all rows, and scores them too.
  func run<Scores: BinaryScoring>(_: Scores.Type, _ loss: TargetPass.Loss) throws {
    var tally = BinaryTally<Scores>(binCount: binCount, columnCount: columnCount)
    try pass.run(isByElement: true) { x, targets, losses throws(InformationError) in
      // It finds what is wrong, and where, before the columns are taken apart.
      let result = try loss(x, targets, &losses)
      try tally.add(x, targets, losses: losses)
      return result
    }
    panel = tally.panel
  }

  /// Prints the report.
  func print(title: String, key: String) throws {
    guard let panel else { return }
    try LossReport(
      title: title, key: key, predictions: pass.predictions.name,
      arePredictionsProbabilities: areProbabilities, targets: pass.targets.name,
      columnNames: pass.predictions.columnNames, preset: preset, unit: numbers.unit.unit,
      result: pass.result, rowLosses: pass.rowLosses, scores: .binary(panel)
    ).print(numbers)
  }
}
