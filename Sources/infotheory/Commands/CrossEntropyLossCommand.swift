import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the cross-entropy of logits with labels.
struct CrossEntropyLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross-entropy",
    abstract: "Print the softmax cross-entropy of logits with labels.",
    discussion: """
      The options change the loss. The scores below it are of the predictions, with
      all rows weighing the same. Where there are targets in place of labels, the
      scores take the likeliest for the label.

      EXAMPLES
        infotheory loss cross-entropy --logits z.csv --labels y.csv
        infotheory loss cross-entropy --logits z.npy --labels y.csv \\
          --class-weights 1,2,5 --reduction weighted-mean --label-smoothing 0.1
        infotheory loss cross-entropy --logits z.npy --labels y.npy --preset keras
        infotheory loss cross-entropy --logits z.npy --targets q.npy --unit bits
        make-logits | infotheory loss cross-entropy --logits - --labels y.csv --json
      """)

  @OptionGroup(title: "Input options") var input: ClassInput

  @Option(
    help: ArgumentHelp(
      "A weight for each class, separated by commas.", valueName: "numbers"))
  var classWeights: NumberList?

  @Option(
    help: ArgumentHelp(
      "The share of each label that is spread over all classes.", valueName: "share"))
  var labelSmoothing: Double = 0

  @Option(
    help: ArgumentHelp(
      "The scale of the squared logarithm of the normaliser.", valueName: "number"))
  var zLossScale: Double = 0

  @Option(
    help: ArgumentHelp(
      "The bound c of c·tanh(x/c), which is applied to the logits first.", valueName: "number"))
  var logitSoftcap: Double?

  @OptionGroup var reducing: ReductionOptions

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    try reducing.check()
    switch try input.truth() {
    case .labels(let path): try run(labels: path)
    case .targets(let path): try run(targets: path)
    }
  }

  private func run(labels: String) throws {
    let framework = reducing.framework.conventions
    let ignoreIndex = input.label.ignoreIndex ?? framework?.ignoreIndex
    let pass = try LabelledPass(
      (input.logits, labels), input.label, input.calibration, numbers, ignoreIndex: ignoreIndex,
      logitSoftcap: logitSoftcap,
      reduction: framework?.classIndexReduction ?? reducing.reduction.library,
      empty: framework?.empty ?? .throwing)
    try pass.demandOne(each: classWeights, "--class-weights")
    let weights = classWeights?.values
    try pass.run {
      (logits, labels, classCount, reduction, rowLosses) throws(InformationError) in
      try softmaxCrossEntropy(
        logits: logits, classIndices: labels, classCount: classCount, classWeights: weights,
        ignoreIndex: ignoreIndex, labelSmoothing: labelSmoothing, zLossScale: zLossScale,
        logitSoftcap: logitSoftcap, reduction: reduction, empty: .zero, rowLosses: rowLosses)
    }
    try pass.print(title: Self.title, key: Self.key, framework)
  }

  private func run(targets: String) throws {
    let framework = reducing.framework.conventions
    try input.calibration.check()
    let pass = TargetPass(
      try NumberTable.pair(input.logits, targets, numbers.format, targets: .any),
      reduction: framework?.classProbabilityReduction ?? reducing.reduction.library,
      empty: framework?.empty ?? .throwing)
    try classWeights?.demandOneForEachClass(of: pass.predictions, "--class-weights")
    let validation = input.validation.library(framework)
    var scores = PredictionScores(
      classCount: pass.columnCount, binCount: input.calibration.calibrationBins)
    try pass.run(isByElement: false) { logits, targets, losses throws(InformationError) in
      let result = try softmaxCrossEntropy(
        logits: logits, classProbabilities: targets, classCount: scores.classCount,
        classWeights: classWeights?.values, labelSmoothing: labelSmoothing,
        zLossScale: zLossScale, logitSoftcap: logitSoftcap, validation: validation,
        convention: framework?.softTargets ?? .derivative, reduction: pass.result.reduction,
        empty: .zero, rowLosses: losses.mutableSpan)
      try scores.add(logits: logits, likeliestOf: targets, logitSoftcap: logitSoftcap)
      return result
    }
    try LossReport(
      title: Self.title, key: Self.key, predictions: pass.predictions.name,
      targets: pass.targets.name, columnNames: pass.predictions.columnNames, preset: framework,
      unit: numbers.unit.unit, result: pass.result, rowLosses: pass.rowLosses,
      scores: .likeliest(scores)
    ).print(numbers)
  }

  private static let title = "Softmax cross-entropy"
  private static let key = "softmax_cross_entropy"
}
