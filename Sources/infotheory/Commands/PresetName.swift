import ArgumentParser
import ClassificationLosses

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

/// A framework whose conventions hold.
struct PresetOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A framework whose mean to print: pytorch, keras, mlx, optax, tensorflow or onnx.
      """,
      valueName: "name"))
  var preset: PresetName?

  /// The framework's conventions, if one is named.
  var conventions: LossPreset? { preset?.preset }
}

/// What a sum of losses of classes is divided by.
struct ReductionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What the sum is divided by: mean (the default: the rows that are not ignored), \
      weighted-mean (what they weigh), batch-mean (all rows) or sum (nothing).
      """,
      valueName: "name"))
  var reduction: ReductionName?

  @OptionGroup var framework: PresetOption

  /// Refuses a framework's mean beside another.
  func check() throws {
    if framework.preset != nil && reduction != nil {
      throw ValidationError("--preset has a mean of its own: give it or --reduction, not both.")
    }
  }
}

/// What is demanded of rows of targets.
struct ValidationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What rows of targets must be: probabilities (the default without a preset), which \
      sum to 1, or non-negative.
      """,
      valueName: "name"))
  var validation: ValidationName?

  /// What is refused; frameworks demand no sum.
  func library(_ preset: LossPreset?) -> TargetValidation {
    switch validation {
    case .probabilities: .probabilities
    case .nonNegative: .nonNegative
    case nil: preset == nil ? .probabilities : .nonNegative
    }
  }
}

/// The name of what is demanded of targets.
enum ValidationName: String, ExpressibleByArgument, CaseIterable {
  case probabilities
  case nonNegative = "non-negative"
}
