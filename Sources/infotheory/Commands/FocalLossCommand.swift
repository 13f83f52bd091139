import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the focal loss of logits with labels.
struct FocalLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "focal",
    abstract: "Print the softmax focal loss of logits with labels.",
    discussion: """
      For losses of yes and no see sigmoid-focal.

      EXAMPLES
        infotheory loss focal --logits z.csv --labels y.csv
        infotheory loss focal --logits z.csv --labels y.csv --gamma 5 --alpha 1,2,5
        infotheory loss focal --logits z.npy --labels y.npy --preset pytorch
      """)

  @OptionGroup(title: "Input options") var input: LabelledInput

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The exponent of 1 − p of the label.", valueName: "number"))
  var gamma: Double = 2

  @Option(
    help: ArgumentHelp(
      "A weight for each class, separated by commas.", valueName: "numbers"))
  var alpha: NumberList?

  @OptionGroup var reducing: ReductionOptions

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    try reducing.check()
    let framework = reducing.framework.conventions
    let ignoreIndex = input.label.ignoreIndex ?? framework?.ignoreIndex
    let pass = try LabelledPass(
      (input.logits, input.labels), input.label, input.calibration, numbers,
      ignoreIndex: ignoreIndex, logitSoftcap: nil,
      reduction: framework?.classIndexReduction ?? reducing.reduction.library,
      empty: framework?.empty ?? .throwing)
    try pass.demandOne(each: alpha, "--alpha")
    let (weights, gamma) = (alpha?.values, gamma)
    try pass.run {
      (logits, labels, classCount, reduction, rowLosses) throws(InformationError) in
      try softmaxFocalLoss(
        logits: logits, classIndices: labels, classCount: classCount, alpha: weights,
        gamma: gamma, ignoreIndex: ignoreIndex, reduction: reduction, empty: .zero,
        rowLosses: rowLosses)
    }
    try pass.print(title: "Softmax focal loss", key: "softmax_focal_loss", framework)
  }
}
