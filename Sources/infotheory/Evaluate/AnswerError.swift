import Foundation
import InformationTheory

/// Why a question has no answer.
struct AnswerError: Error, Equatable {
  let code: String
  let message: String
  let argument: String?
  let index: Int?

  init(_ code: String, argument: String? = nil, index: Int? = nil, _ message: String) {
    self.code = code
    self.message = message
    self.argument = argument
    self.index = index
  }

  /// What the library says, with the question's name for the argument.
  ///
  /// - Parameters:
  ///   - error: The library's error.
  ///   - names: The question's names for the library's arguments.
  init(_ error: InformationError, renaming names: [String: String] = [:]) {
    var message = error.message
    var argument = error.argument
    if let old = error.argument, let new = names[old] {
      if message.hasPrefix(old) { message = new + message.dropFirst(old.count) }
      if message.hasPrefix("all ") {
        message = message.replacingOccurrences(of: " of \(old) ", with: " of \(new) ")
      }
      argument = new
    }
    self.init(error.code.description, argument: argument, index: error.index, message)
  }

  /// The error as a JSON object.
  var json: JSONTree {
    var fields: [(String, JSONTree)] = [("code", .text(code)), ("message", .text(message))]
    if let argument { fields.append(("argument", .text(argument))) }
    if let index { fields.append(("index", .integer(index))) }
    return .object(fields)
  }
}
