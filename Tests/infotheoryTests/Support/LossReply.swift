import Foundation
import Testing

@testable import infotheory

/// What a question about a loss is answered with, decoded.
enum LossReply {
  /// The fields of the answer to a question.
  static func of(_ question: String) throws -> [String: JSONInput] {
    let line = Evaluator.answer(Array(question.utf8)[...], line: 1)?.json ?? "{}"
    return try JSONDecoder().decode([String: JSONInput].self, from: Data(line.utf8))
  }

  /// The numbers of a field, from any depth.
  static func numbers(_ value: JSONInput?) -> [Double] {
    switch value {
    case .numbers(let numbers): numbers
    case .array(let elements): elements.flatMap { numbers($0) }
    case .text(let text): [Double(text) ?? .nan]
    case .integer(let number): [Double(number)]
    case .number(let number): [number]
    default: []
    }
  }

  /// Expects numbers within 1 ulp, and zeros without a sign.
  static func expect(_ got: [Double], _ wanted: [Double], _ question: String) {
    #expect(got.count == wanted.count, "\(question): \(got)")
    for (a, b) in zip(got, wanted) {
      #expect(a == b || abs(a - b) <= b.ulp, "\(question): \(got)")
      #expect(a != 0 || a.sign == .plus, "\(question): \(got)")
    }
  }
}
