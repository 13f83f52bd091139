import Foundation
import InformationTheory
import SpecialFunctions

/// Answers one question at a time.
enum Evaluator {
  /// What a line was answered with.
  struct Answer {
    /// A line of JSON, without its line feed.
    let json: String
    /// What went wrong, if something did.
    let failure: String?

    fileprivate init(
      id: JSONInput, line: Int? = nil, result: [(String, JSONTree)] = [],
      error: AnswerError? = nil
    ) {
      var fields: [(String, JSONTree)] = [("id", .input(id))]
      if let line { fields.append(("line", .integer(line))) }
      fields += result
      if let error { fields.append(("error", error.json)) }
      json = JSONTree.object(fields).rendered(pretty: false)
      failure = error?.message
    }
  }

  /// Answers the question on a line, with proof if asked for; nil if the line is blank.
  static func answer(
    _ bytes: ArraySlice<UInt8>, line: Int, certified: Bool = false
  ) -> Answer? {
    // Spaces, tabs and the carriage return of a line from Windows.
    guard bytes.contains(where: { $0 > 0x20 }) else { return nil }
    let fields: [String: JSONInput]
    do {
      fields = try JSONDecoder().decode([String: JSONInput].self, from: Data(bytes))
    } catch {
      return unreadable(
        AnswerError("not_json", "line \(line): \(meaning(of: error))"), line: line)
    }
    let id = fields["id"] ?? .null
    do {
      let question = try Question(fields)
      return Answer(id: id, result: try result(of: question, certified: certified))
    } catch let error as AnswerError {
      return Answer(id: id, error: error)
    } catch {
      return Answer(id: id, error: AnswerError("internal", "internal error: \(error)"))
    }
  }

  /// The answer to a line that is no question.
  static func unreadable(_ error: AnswerError, line: Int) -> Answer {
    Answer(id: .null, line: line, error: error)
  }

  /// What a decoder's complaint says to whoever wrote the line.
  private static func meaning(of error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch: return "a question is an object, such as {\"measure\":…}"
    case DecodingError.dataCorrupted(let context):
      let place = context.codingPath.reduce(into: "") { path, key in
        path += key.intValue.map { "[\($0)]" } ?? (path.isEmpty ? "" : ".") + key.stringValue
      }
      if !place.isEmpty { return "\(place) is \(context.debugDescription)" }
      return "this is not JSON; infinity is the text \"inf\", and NaN is refused"
    default: return "this is not JSON: \(error)"
    }
  }

  // MARK: - Values

  /// What questions call the library's arguments, where the names differ.
  private static let fieldNames = [
    "lambda": "order", "weight": "order", "probability": "p", "variables": "x", "target": "x",
    "split": "y", "condition": "given",
  ]

  /// The fields of a good answer.
  private static func result(
    of question: Question, certified: Bool
  ) throws -> [(String, JSONTree)] {
    let unit = try question.unit()
    let quantity: Quantity
    do {
      if certified { return try CertifiedAnswer(question, unit: unit).fields }
      quantity = try Quantity(question, unit: unit)
    } catch let error as InformationError {
      throw AnswerError(error, renaming: Self.fieldNames)
    } catch let error as SpecialFunctionError {
      throw AnswerError(error.code.description, argument: error.argument, error.message)
    }
    switch quantity {
    case .amount(let amount): return inUnit(amount.number(in: unit))
    case .inUnit(let value): return inUnit(value)
    case .number(let value): return [("value", .number(value))]
    case .loss(let answer): return answer.fields
    }

    func inUnit(_ value: Double) -> [(String, JSONTree)] {
      [("value", .number(value)), ("unit", .text(unit.rawValue))]
    }
  }
}

extension Question {
  /// The unit of the answer.
  func unit() throws -> InformationUnit {
    guard has("unit") else { return .nats }
    return try choice("unit", ["nats": .nats, "bits": .bits, "hartleys": .hartleys])
  }

  /// The support policy.
  func support() throws -> SupportPolicy {
    let name =
      has("support")
      ? try choice(
        "support",
        [
          "infinite": "infinite", "throwing": "throwing", "smoothed": "smoothed",
          "restricted": "restricted",
        ]) : "infinite"
    if has("pseudocount") && name != "smoothed" {
      throw AnswerError(
        "unexpected_field", argument: "pseudocount",
        "a pseudocount goes with \"support\":\"smoothed\" only")
    }
    switch name {
    case "throwing": return .throwing
    case "restricted": return .restricted
    case "smoothed": return .smoothed(pseudocount: try number("pseudocount"))
    default: return .infinite
    }
  }

  /// The distribution that a field lists.
  func distribution(_ name: String) throws -> Categorical {
    try Self.distribution(
      try numbers(name), normalizing: try flag("normalize"), argument: name)
  }

  /// A distribution of masses, with errors that name the field they came from.
  static func distribution(
    _ masses: [Double], normalizing: Bool, argument: String, index: Int? = nil
  ) throws -> Categorical {
    let label = index.map { "\(argument)[\($0)]" } ?? argument
    do throws(InformationError) {
      return normalizing ? try Categorical(normalizing: masses) : try Categorical(masses)
    } catch {
      if error.code == .notNormalized, let total = try? Categorical(normalizing: masses).total {
        throw AnswerError(
          error.code.description, argument: argument, index: index,
          "\(label) sums to \(total), not to 1; to divide by the sum, add \"normalize\":true")
      }
      let renamed = AnswerError(error, renaming: ["masses": label])
      throw AnswerError(
        renamed.code, argument: argument, index: index ?? renamed.index, renamed.message)
    }
  }
}
