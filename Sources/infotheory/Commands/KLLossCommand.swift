import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the Kullback–Leibler loss of logits with target probabilities.
struct KLLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kl",
    abstract: "Print the Kullback–Leibler loss of logits with target probabilities.",
    discussion: """
      Each row of targets is a distribution over the classes, and the loss is its
      divergence from the softmax of the logits. To compare logits with logits, use
      compare-logits.

      EXAMPLES
        infotheory loss kl --logits student.npy --targets teacher.npy
        infotheory loss kl --logits student.npy --targets teacher.npy --unit bits
        infotheory loss kl --logits z.csv --targets q.csv --preset pytorch
      """)

  @OptionGroup(title: "Input options") var input: TargetInput

  @OptionGroup(title: "Input options") var validation: ValidationOptions

  @OptionGroup(title: "Input options") var calibration: CalibrationOptions

  @OptionGroup var framework: PresetOption

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    let preset = framework.conventions
    try calibration.check()
    let pass = TargetPass(
      try NumberTable.pair(input.logits, input.targets, numbers.format, targets: .real),
      reduction: .mean, empty: preset?.empty ?? .throwing)
    let validation = validation.library(preset)
    var scores = PredictionScores(
      classCount: pass.columnCount, binCount: calibration.calibrationBins)
    try pass.run(isByElement: false) { logits, targets, losses throws(InformationError) in
      let result = try klLoss(
        logits: logits, targets: targets, classCount: scores.classCount, validation: validation,
        empty: .zero, rowLosses: losses.mutableSpan)
      try scores.add(logits: logits, likeliestOf: targets)
      return result
    }
    let report = LossReport(
      title: "Kullback–Leibler loss", key: "kl_loss", predictions: pass.predictions.name,
      targets: pass.targets.name, columnNames: pass.predictions.columnNames, preset: preset,
      unit: numbers.unit.unit, result: pass.result, rowLosses: pass.rowLosses,
      elementsPerRow: preset?.dividesKLByElements == true ? pass.columnCount : 1,
      scores: .likeliest(scores))
    try report.print(numbers)
  }
}
