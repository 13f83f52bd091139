import Foundation
import InformationTheory

extension LossQuestion {
  /// Calls the library, with errors that name the question's fields.
  ///
  /// - Parameters:
  ///   - input: What the library gets flattened.
  ///   - call: The call.
  /// - Returns: What the call returns.
  /// - Throws: ``AnswerError`` where the library throws.
  func refusing<Value>(
    _ input: NestedNumbers<Scalar>, _ call: () throws(InformationError) -> Value
  ) throws -> Value {
    do throws(InformationError) {
      return try call()
    } catch {
      throw AnswerError(error, of: input)
    }
  }
}

extension AnswerError {
  /// What the library says about a loss, in the words of questions.
  fileprivate init<Scalar>(_ error: InformationError, of input: NestedNumbers<Scalar>) {
    var (message, index) = (error.message, error.index)
    let argument = error.argument.map(snakeCase)
    if let old = error.argument, let argument {
      message = message.replacingOccurrences(of: old, with: argument)
      let place = "\(argument)[\(index ?? -1)]"
      if let flat = index, message.hasPrefix(place), !Self.ofClasses.contains(argument) {
        message = argument + input.path(of: flat) + message.dropFirst(place.count)
        index = input.firstIndex(of: flat)
      }
    }
    for (swift, field) in Self.phrases {
      message = message.replacingOccurrences(of: swift, with: field)
    }
    self.init(error.code.description, argument: argument, index: index, message)
  }

  /// Fields whose indices are not those of the input.
  private static let ofClasses: Set = [
    "class_weights", "alpha", "positive_weights", "sample_weights",
  ]

  /// What the library's messages advise, and how a question says it.
  private static let phrases: KeyValuePairs = [
    "ignoreIndex": "ignore_index", "positive_weights": "positive_weight",
    "empty: .zero or .sum": #""empty":"zero" or "reduction":"sum""#,
    "empty: .zero or .mean": #""empty":"zero" or "reduction":"mean""#,
    "validation: .nonNegative": #""validation":"non_negative""#,
  ]
}

/// A Swift name as a field's: `classWeights` as `class_weights`.
func snakeCase(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
