import ClassificationLosses
import InformationTheory

/// How a question wants its losses put together.
struct LossOptions {
  /// The framework whose conventions hold, if one is named.
  let preset: LossPreset?
  /// What a mean over nothing is.
  let empty: EmptyPolicy
  /// The derivatives asked for.
  let wanted: Set<LossDerivative>
  private let name: String
  /// What to divide by, where the question says it in so many words.
  private let divisor: Double?

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
          "batch_mean": "batch_mean", "divided_by": "divided_by",
        ]) : "mean"
    divisor = try question.divisor(isWanted: name == "divided_by")
    empty =
      question.has("empty")
      ? try question.choice(
        "empty",
        ["throwing": .throwing, "zero": .zero, "zero_unless_no_rows": .zeroUnlessNoRows])
      : preset?.empty ?? .throwing
    wanted = Set(try LossDerivative.allCases.filter { try question.flag($0.rawValue) })
  }

  /// Whether the losses are asked for one by one.
  var isUnreduced: Bool { name == "none" }

  /// Whether the Kullback–Leibler loss is of elements, not of rows.
  var isKLOfElements: Bool {
    preset?.dividesKLByElements == true && (name == "none" || name == "mean")
  }

  /// Whether it is their mean.
  var isMeanOfKLElements: Bool { isKLOfElements && name == "mean" }

  /// What the sum and the gradient are divided by.
  ///
  /// - Parameter mean: What the framework divides by where it says "mean".
  /// - Returns: The reduction; the sum where the losses are asked for one by one, because
  ///   the gradient is then that of each.
  func reduction(mean: KeyPath<LossPreset, LossReduction>? = nil) -> LossReduction {
    if let divisor { return .divided(by: divisor) }
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

  /// What probabilities of classes are not taken below.
  func leastProbability(_ question: Question) throws -> Double {
    if question.has("least_probability") { return try question.number("least_probability") }
    // Of the frameworks one brings them into a range, by the ε of its other floor.
    return preset?.logFloor == LossPreset.keras.logFloor ? 1e-7 : 0
  }

  /// What is refused of class probabilities; frameworks demand no sum.
  func validation(_ question: Question) throws -> TargetValidation {
    guard question.has("validation") else {
      return preset == nil ? .probabilities : .finite
    }
    return try question.choice(
      "validation",
      ["probabilities": .probabilities, "non_negative": .nonNegative, "finite": .finite])
  }
}

extension Question {
  /// The number that a sum is divided by; nil where none is to be given.
  fileprivate func divisor(isWanted: Bool) throws -> Double? {
    guard isWanted else {
      guard !has("divisor") else {
        throw AnswerError(
          "unexpected_field", argument: "divisor",
          "a divisor goes with \"reduction\":\"divided_by\" only")
      }
      return nil
    }
    let divisor = try number("divisor")
    guard divisor > 0 && divisor < .infinity else {
      throw AnswerError(
        "bad_parameter", argument: "divisor",
        "divisor is \(divisor): it must be positive and finite")
    }
    return divisor
  }
}
