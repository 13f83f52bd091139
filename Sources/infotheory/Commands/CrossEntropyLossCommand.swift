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
      all rows weighing the same.

      EXAMPLES
        infotheory loss cross-entropy --logits z.csv --labels y.csv
        infotheory loss cross-entropy --logits z.npy --labels y.csv \\
          --class-weights 1,2,5 --reduction weighted-mean --label-smoothing 0.1
        infotheory loss cross-entropy --logits z.npy --labels y.npy --preset keras
        make-logits | infotheory loss cross-entropy --logits - --labels y.csv --json
      """)

  @OptionGroup(title: "Input options") var input: LabelledInput

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

  @Option(
    help: ArgumentHelp(
      """
      What the sum is divided by: mean (the default: the rows that are not ignored), \
      weighted-mean (what they weigh), batch-mean (all rows) or sum (nothing).
      """,
      valueName: "name"))
  var reduction: ReductionName?

  @Option(
    help: ArgumentHelp(
      """
      A framework whose mean to print: pytorch, keras, mlx, optax, tensorflow or onnx.
      """,
      valueName: "name"))
  var preset: PresetName?

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    if preset != nil && reduction != nil {
      throw ValidationError("--preset has a mean of its own: give it or --reduction, not both.")
    }
    let framework = preset?.preset
    let ignoreIndex = input.label.ignoreIndex ?? framework?.ignoreIndex
    let pass = try LabelledPass(
      input, numbers, ignoreIndex: ignoreIndex, logitSoftcap: logitSoftcap,
      reduction: framework?.classIndexReduction ?? reduction.library,
      empty: framework?.empty ?? .throwing)
    try pass.demandOne(each: classWeights, "--class-weights")
    let (weights, smoothing) = (classWeights?.values, labelSmoothing)
    let (scale, softcap) = (zLossScale, logitSoftcap)
    try pass.run {
      (logits, labels, classCount, reduction, rowLosses) throws(InformationError) in
      try softmaxCrossEntropy(
        logits: logits, classIndices: labels, classCount: classCount, classWeights: weights,
        ignoreIndex: ignoreIndex, labelSmoothing: smoothing, zLossScale: scale,
        logitSoftcap: softcap, reduction: reduction, empty: .zero, rowLosses: rowLosses)
    }
    try pass.print(title: "Softmax cross-entropy", key: "softmax_cross_entropy", framework)
  }
}

/// The frameworks whose conventions are known.
enum PresetName: String, ExpressibleByArgument, CaseIterable {
  case pytorch
  case keras
  case mlx
  case optax
  case tensorflow
  case onnx

  var preset: LossPreset {
    switch self {
    case .pytorch: .pytorch
    case .keras: .keras
    case .mlx: .mlx
    case .optax: .optax
    case .tensorflow: .tensorFlow
    case .onnx: .onnx
    }
  }
}
