import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Logits or probabilities of yes, and targets in the same shape.
struct BinaryInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Logits, a row for each sample; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var logits: String?

  @Option(
    help: ArgumentHelp("In place of logits: the probabilities of yes.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var probabilities: String?

  @Option(
    help: ArgumentHelp("Targets, in the shape of the predictions.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var targets: String

  /// The file with the predictions, and what they are.
  func predictions() throws -> (path: String, areProbabilities: Bool) {
    switch (logits, probabilities) {
    case (let logits?, nil): return (logits, false)
    case (nil, let probabilities?): return (probabilities, true)
    case (nil, nil): throw ValidationError("Give --logits or --probabilities.")
    default: throw ValidationError("Give --logits or --probabilities, not both.")
    }
  }
}

/// What becomes of probabilities near 0 and 1.
struct LogFloorOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of probabilities: the least logarithm, negative, or none (the default without a preset).",
      valueName: "number"))
  var logFloor: LogFloorValue?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Bring probabilities into ε … 1 − ε first, ε in 0 ..< 0.5.", valueName: "ε"))
  var epsilon: Double?

  /// Refuses what makes no floor.
  func library(_ preset: LossPreset?) throws -> LogFloor {
    if let epsilon {
      guard logFloor == nil else {
        throw ValidationError("Give --log-floor or --epsilon, not both.")
      }
      guard epsilon >= 0 && epsilon < 0.5 else {
        throw ValidationError("--epsilon is \(epsilon): it must be in 0 ..< 0.5.")
      }
      return .epsilon(epsilon)
    }
    switch logFloor {
    case nil: return preset?.logFloor ?? .none
    case .absent: return .none
    case .least(let least):
      guard least < 0 && least > -.infinity else {
        throw ValidationError("--log-floor is \(least): it must be negative and finite, or none.")
      }
      return .logarithm(least)
    }
  }

  /// Whether a floor is asked for, or that there shall be none.
  var isGiven: Bool { logFloor != nil || epsilon != nil }
}

/// A floor on the command line.
enum LogFloorValue: ExpressibleByArgument, Equatable {
  case absent
  case least(Double)

  init?(argument: String) {
    if argument == "none" {
      self = .absent
    } else if let number = Double(argument) {
      self = .least(number)
    } else {
      return nil
    }
  }
}
