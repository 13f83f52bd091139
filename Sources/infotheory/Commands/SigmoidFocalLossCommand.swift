import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the focal loss of logits with targets of yes and no.
struct SigmoidFocalLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sigmoid-focal",
    abstract: "Print the focal loss of logits with targets of yes and no.",
    discussion: """
      Both files have the same shape; each number is one prediction.

      EXAMPLES
        infotheory loss sigmoid-focal --logits x.csv --targets t.csv
        infotheory loss sigmoid-focal --logits x.csv --targets t.csv --alpha none \\
          --gamma 5
        infotheory loss sigmoid-focal --logits x.npy --targets t.npy --preset optax
      """)

  @OptionGroup(title: "Input options") var input: TargetInput

  @OptionGroup(title: "Input options") var calibration: CalibrationOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The exponent of 1 − p of the target.", valueName: "number"))
  var gamma: Double = 2

  @Option(
    help: ArgumentHelp(
      "The weight of positives, in 0 … 1, or none; 0.25 without a preset.", valueName: "number"))
  var alpha: FocalAlpha?

  @Option(
    help: ArgumentHelp(
      "What is made of targets between 0 and 1: mixture (the default) or termwise.",
      valueName: "name"))
  var softTargets: FocalConvention = .mixture

  @OptionGroup var framework: PresetOption

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    let preset = framework.conventions
    let weight =
      switch alpha {
      case nil: preset.map(\.focalAlpha) ?? 0.25
      case .absent: Double?.none
      case .weight(let weight): weight
      }
    let convention: FocalTargetConvention = softTargets == .mixture ? .mixture : .termwise
    let pass = try BinaryPass(
      input.logits, input.targets, areProbabilities: false, calibration, numbers, preset)
    try pass.run(BinaryScores.self) { x, targets, losses throws(InformationError) in
      try sigmoidFocalLoss(
        logits: x, targets: targets, alpha: weight, gamma: gamma, softTargets: convention,
        empty: .zero, rowLosses: losses.mutableSpan)
    }
    try pass.print(title: "Sigmoid focal loss", key: "sigmoid_focal_loss")
  }
}

/// The weight of positives on the command line.
enum FocalAlpha: ExpressibleByArgument {
  case absent
  case weight(Double)

  init?(argument: String) {
    if argument == "none" {
      self = .absent
    } else if let number = Double(argument) {
      self = .weight(number)
    } else {
      return nil
    }
  }
}

/// What the focal loss makes of targets between 0 and 1.
enum FocalConvention: String, ExpressibleByArgument, CaseIterable {
  case mixture
  case termwise
}
