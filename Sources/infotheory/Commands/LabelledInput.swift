import ArgumentParser

/// Logits, and labels for them.
struct LabelledInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Logits, a row for each sample and a column for each class; - is standard input.",
      valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var logits: String

  @Option(
    help: ArgumentHelp(
      "The class of each row, counted from 0.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var labels: String

  @OptionGroup(title: "Input options") var label: LabelOptions

  @OptionGroup(title: "Input options") var calibration: CalibrationOptions
}

/// Logits, and for them labels or distributions over the classes.
struct ClassInput: ParsableArguments {
  /// What the logits are held against.
  enum Truth {
    case labels(String)
    case targets(String)
  }

  @Option(
    help: ArgumentHelp(
      "Logits, a row for each sample and a column for each class; - is standard input.",
      valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var logits: String

  @Option(
    help: ArgumentHelp(
      "The class of each row, counted from 0.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "In place of labels: the probability of each class, in the shape of the logits.",
      valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var targets: String?

  @OptionGroup(title: "Input options") var label: LabelOptions

  @OptionGroup(title: "Input options") var validation: ValidationOptions

  @OptionGroup(title: "Input options") var calibration: CalibrationOptions
}

extension ClassInput {
  /// What the logits are held against; refuses options that go with the other.
  func truth() throws -> Truth {
    switch (labels, targets) {
    case (let labels?, nil):
      guard validation.validation == nil else {
        throw ValidationError("--validation goes with --targets.")
      }
      return .labels(labels)
    case (nil, let targets?):
      guard label.labelColumn == nil && label.ignoreIndex == nil else {
        throw ValidationError("--label-column and --ignore-index go with --labels.")
      }
      return .targets(targets)
    case (nil, nil): throw ValidationError("Give --labels, or --targets with probabilities.")
    default: throw ValidationError("Give --labels or --targets, not both.")
    }
  }
}

/// Which file holds the labels, and what they mean.
struct LabelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column with the labels, where their file has several.", valueName: "name"))
  var labelColumn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The label of rows to leave out.", valueName: "label"))
  var ignoreIndex: Int?
}

/// How finely the calibration is looked at.
struct CalibrationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The number of bins of equal width for the calibration.", valueName: "n"))
  var calibrationBins: Int = 15

  /// Refuses a number of bins that makes no table.
  func check() throws {
    guard (1...100_000).contains(calibrationBins) else {
      throw ValidationError(
        "--calibration-bins is \(calibrationBins): it must be in 1 ... 100000.")
    }
  }
}
