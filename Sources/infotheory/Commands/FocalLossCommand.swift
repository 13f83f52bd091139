import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the focal loss of logits with labels.
struct FocalLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "focal",
    abstract: "Print the softmax focal loss of logits with labels.",
    discussion: """
      EXAMPLES
        infotheory loss focal --logits z.csv --labels y.csv
        infotheory loss focal --logits z.csv --labels y.csv --gamma 5 --alpha 1,2,5
      """)

  @OptionGroup(title: "Input options") var input: LabelledInput

  @Option(
    help: ArgumentHelp("The exponent of 1 − p of the label.", valueName: "number"))
  var gamma: Double = 2

  @Option(
    help: ArgumentHelp(
      "A weight for each class, separated by commas.", valueName: "numbers"))
  var alpha: NumberList?

  @Option(
    help: ArgumentHelp(
      "What the sum is divided by: mean, weighted-mean, batch-mean or sum.", valueName: "name"))
  var reduction: ReductionName?

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    let ignoreIndex = input.label.ignoreIndex
    let pass = try LabelledPass(
      input, numbers, ignoreIndex: ignoreIndex, logitSoftcap: nil, reduction: reduction.library,
      empty: .throwing)
    try pass.demandOne(each: alpha, "--alpha")
    let (weights, gamma) = (alpha?.values, gamma)
    try pass.run {
      (logits, labels, classCount, reduction, rowLosses) throws(InformationError) in
      try softmaxFocalLoss(
        logits: logits, classIndices: labels, classCount: classCount, alpha: weights,
        gamma: gamma, ignoreIndex: ignoreIndex, reduction: reduction, empty: .zero,
        rowLosses: rowLosses)
    }
    try pass.print(title: "Softmax focal loss", key: "softmax_focal_loss", nil)
  }
}
