import ClassificationLosses
import InformationTheory

/// How a question wants its losses put together.
struct LossOptions {
  /// The framework whose conventions hold, if one is named.
  let preset: LossPreset?
  /// What a mean over nothing is.
  let empty: EmptyPolicy
  let wantsGradient: Bool
  private let name: String

  init(_ question: Question) throws {
    if question.has("preset") {
      preset = try question.choice(
        "preset",
        [
          "pytorch": .pytorch, "keras": .keras, "mlx": .mlx, "optax": .optax,
          "tensorflow": .tensorFlow, "onnx": .onnx,
        ])
    } else {
      preset = nil
    }
    name =
      question.has("reduction")
      ? try question.choice(
        "reduction",
        [
          "none": "none", "sum": "sum", "mean": "mean", "weighted_mean": "weighted_mean",
          "batch_mean": "batch_mean",
        ]) : "mean"
    empty =
      question.has("empty")
      ? try question.choice("empty", ["throwing": .throwing, "zero": .zero])
      : preset?.empty ?? .throwing
    wantsGradient = try question.flag("gradient")
  }

  /// Whether the losses are asked for one by one.
  var isUnreduced: Bool { name == "none" }

  /// Whether the Kullback–Leibler loss is of elements, not of rows.
  var isKLOfElements: Bool {
    preset?.dividesKLByElements == true && (name == "none" || name == "mean")
  }

  /// What the sum and the gradient are divided by.
  ///
  /// - Parameter mean: What the framework divides by where it says "mean".
  /// - Returns: The reduction; the sum where the losses are asked for one by one, because
  ///   the gradient is then that of each.
  func reduction(mean: KeyPath<LossPreset, LossReduction>? = nil) -> LossReduction {
    switch name {
    case "mean":
      guard let mean, let preset else { return .mean }
      return preset[keyPath: mean]
    case "weighted_mean": return .weightedMean
    case "batch_mean": return .batchMean
    default: return .sum
    }
  }

  /// The label of rows to skip.
  func ignoreIndex(_ question: Question) throws -> Int? {
    question.has("ignore_index") ? try question.integer("ignore_index") : preset?.ignoreIndex
  }

  /// What is refused of class probabilities; frameworks demand no sum.
  func validation(_ question: Question) throws -> TargetValidation {
    guard question.has("validation") else {
      return preset == nil ? .probabilities : .nonNegative
    }
    return try question.choice(
      "validation", ["probabilities": .probabilities, "non_negative": .nonNegative])
  }
}
