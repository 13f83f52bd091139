import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the binary cross-entropy of logits with targets.
struct BinaryLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "binary-cross-entropy",
    abstract: "Print the binary cross-entropy of logits or probabilities with targets.",
    discussion: """
      Both files have the same shape; each number is one prediction. Targets are
      probabilities of yes, 0 and 1 above all. Logits tell apart what probabilities
      near 1 cannot: give them if you have them.

      EXAMPLES
        infotheory loss binary-cross-entropy --logits x.csv --targets t.csv
        infotheory loss binary-cross-entropy --logits x.npy --targets t.npy \\
          --positive-weights 3,0.5
        infotheory loss binary-cross-entropy --probabilities p.csv --targets t.csv \\
          --log-floor -100
        infotheory loss binary-cross-entropy --probabilities p.csv --targets t.csv \\
          --preset keras
      """)

  @OptionGroup(title: "Input options") var input: BinaryInput

  @OptionGroup(title: "Input options") var calibration: CalibrationOptions

  @Option(
    help: ArgumentHelp(
      "Of logits: the weight of positives, one for all or one for each column.",
      valueName: "numbers"))
  var positiveWeights: NumberList?

  @Option(
    help: ArgumentHelp(
      "Of logits: the share by which targets move to one half.", valueName: "share"))
  var labelSmoothing: Double?

  @OptionGroup var floors: LogFloorOptions

  @OptionGroup var framework: PresetOption

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    let (path, areProbabilities) = try input.predictions()
    let preset = framework.conventions
    if areProbabilities {
      guard positiveWeights == nil && labelSmoothing == nil else {
        throw ValidationError("--positive-weights and --label-smoothing go with --logits.")
      }
    } else if floors.isGiven {
      throw ValidationError("--log-floor and --epsilon go with --probabilities.")
    }
    let floor = try floors.library(preset)
    let pass = try BinaryPass(
      path, input.targets, areProbabilities: areProbabilities, calibration, numbers, preset)
    if areProbabilities {
      try pass.run(ProbabilityScores.self) { x, targets, losses throws(InformationError) in
        try binaryCrossEntropy(
          probabilities: x, targets: targets, logFloor: floor, empty: .zero,
          rowLosses: losses.mutableSpan)
      }
    } else {
      let weights = try weights(columnCount: pass.columnCount)
      try pass.run(BinaryScores.self) { x, targets, losses throws(InformationError) in
        try binaryCrossEntropy(
          logits: x, targets: targets, positiveWeights: weights,
          labelSmoothing: labelSmoothing ?? 0, empty: .zero, rowLosses: losses.mutableSpan)
      }
    }
    try pass.print(title: "Binary cross-entropy", key: "binary_cross_entropy")
  }

  private func weights(columnCount: Int) throws -> [Double]? {
    guard let weights = positiveWeights?.values else { return nil }
    guard weights.count == 1 || weights.count == columnCount else {
      throw ValidationError(
        """
        --positive-weights must be one number, or one for each of the \(columnCount) \
        columns.
        """)
    }
    return weights
  }
}
