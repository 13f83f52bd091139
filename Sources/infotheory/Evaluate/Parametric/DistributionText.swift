import InformationTheory
import ReferenceOracle

/// A parametric distribution as text, such as `"gamma(shape=2,scale=3)"` or `"normal(0,1)"`.
///
/// A name, and in parentheses the parameters in order, or by name after those; a list of
/// numbers stands in brackets. Numbers are decimal or hexadecimal.
struct DistributionText {
  let text: String
  let distribution: ParametricDistribution
  private let field: String

  /// Reads a text, which messages call by the name of its field.
  init(_ text: String, field: String) throws(AnswerError) {
    (self.text, self.field) = (text, field)
    let (name, arguments) = try Self.parts(of: text, field)
    guard let family = ParametricDistribution.Family.allCases.first(where: { $0.text == name })
    else {
      let names = ParametricDistribution.Family.allCases.map(\.text)
      throw AnswerError(
        "unknown_family", argument: field,
        """
        \(field) is \(quoted(text)): there is no family \(quoted(name))\
        \(nearestHint(for: name, among: names)); `infotheory distributions` lists them
        """)
    }
    var reading = Reading(family, field)
    for argument in arguments { try reading.take(argument) }
    distribution = try reading.distribution()
    do {
      try distribution.validate()
    } catch {
      throw AnswerError(
        error.code.description, argument: field, index: error.index,
        "\(field): " + family.spelled(error.message))
    }
  }

  /// A message of the oracle with the distribution as it was written.
  func spelled(_ message: String) -> String {
    message.replacing(distribution.description, with: text)
  }

  /// The name before the parentheses, and the arguments between them.
  private static func parts(
    of text: String, _ field: String
  ) throws(AnswerError) -> (name: String, arguments: [Substring]) {
    let trimmed = text.trimmed
    guard let open = trimmed.firstIndex(of: "("), trimmed.last == ")" else {
      throw AnswerError(
        "bad_distribution", argument: field,
        "\(field) is \(quoted(text)): a distribution is written like normal(0,1)")
    }
    let inside = trimmed[trimmed.index(after: open)..<trimmed.index(before: trimmed.endIndex)]
    guard !inside.trimmed.isEmpty else { return (trimmed[..<open].trimmed, []) }
    return (trimmed[..<open].trimmed, inside.splitOutsideBrackets(at: ","))
  }
}

/// The parameters of a family, as far as they are read.
private struct Reading {
  private let family: ParametricDistribution.Family
  private let field: String
  private var values: [[Double]?]
  private var hasNames = false

  init(_ family: ParametricDistribution.Family, _ field: String) {
    (self.family, self.field) = (family, field)
    values = family.parameters.map { $0.isList ? nil : $0.standard.map { [$0] } }
    taken = [Bool](repeating: false, count: values.count)
  }

  private var taken: [Bool]

  private func failure(_ message: String) -> AnswerError {
    AnswerError("bad_distribution", argument: field, "\(field): \(message)")
  }

  /// Reads one argument: a value, or a name and a value.
  mutating func take(_ argument: Substring) throws(AnswerError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let index: Int
    if parts.count == 2 {
      index = try position(named: parts[0].trimmed)
      hasNames = true
    } else {
      guard !hasNames else {
        throw failure("\(quoted(argument.trimmed)) has no name, and stands after one that has")
      }
      index = taken.count { $0 }
      guard index < taken.count else {
        throw failure(
          "\(family.text) takes \(counted(taken.count, "parameter")): \(family.signature)")
      }
    }
    let parameter = family.parameters[index]
    guard !taken[index] else { throw failure("\(parameter.text) is given twice") }
    taken[index] = true
    values[index] = try numbers((parts.last ?? argument).trimmed, parameter)
  }

  private func position(named name: String) throws(AnswerError) -> Int {
    let names = family.parameters.map(\.text)
    guard let index = names.firstIndex(of: name) else {
      throw failure(
        """
        \(family.text) has no parameter \(quoted(name))\(nearestHint(for: name, among: names)); \
        it is \(family.signature)
        """)
    }
    return index
  }

  /// One number, or the numbers between brackets.
  private func numbers(
    _ text: String, _ parameter: ParametricDistribution.Parameter
  ) throws(AnswerError) -> [Double] {
    guard parameter.isList else { return [try number(text, parameter.text)] }
    guard text.first == "[", text.last == "]" else {
      throw failure("\(parameter.text) is \(quoted(text)): it must be a list such as [1,2,3]")
    }
    let inside = text.dropFirst().dropLast()
    if inside.trimmed.isEmpty { return [] }
    var numbers = [Double]()
    for (i, part) in inside.splitOutsideBrackets(at: ",").enumerated() {
      numbers.append(try number(part.trimmed, "\(parameter.text)[\(i)]"))
    }
    return numbers
  }

  private func number(_ text: String, _ label: String) throws(AnswerError) -> Double {
    guard let number = Double(text), !number.isNaN else {
      throw failure("\(label) is \(quoted(text)), which spells no number")
    }
    return number
  }

  /// The distribution, if nothing is missing.
  func distribution() throws(AnswerError) -> ParametricDistribution {
    for (parameter, value) in zip(family.parameters, values) where value == nil {
      throw failure("\(parameter.text) is missing; it is \(family.signature)")
    }
    let numbers = values.map { $0 ?? [] }
    guard let distribution = family.distribution(numbers) else {
      // All parameters are there, so that a count is not whole.
      let wrong = zip(family.parameters, numbers).first { $0.0.domain == .count }
      throw failure(
        "\(wrong?.0.text ?? "") is \(wrong?.1.first ?? 0); it must be a whole number")
    }
    return distribution
  }
}

extension ParametricDistribution.Family {
  /// The name in text.
  var text: String { snakeCase(rawValue) }

  /// How the family is written, with its parameters in order.
  var signature: String {
    let parts = parameters.map { parameter in
      parameter.text + (parameter.isList ? "[]" : parameter.standard.map { "=\($0)" } ?? "")
    }
    return "\(text)(\(parts.joined(separator: ", ")))"
  }

  /// A message of the oracle with the names that text has.
  fileprivate func spelled(_ message: String) -> String {
    (parameters.map(\.name) + [rawValue]).reduce(message) { $0.replacing($1, with: snakeCase($1)) }
  }
}

extension ParametricDistribution.Parameter {
  /// The name in text.
  var text: String { snakeCase(name) }
}

extension StringProtocol {
  /// The text without spaces around it.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The parts between separators that stand in no bracket.
  fileprivate func splitOutsideBrackets(at separator: Character) -> [Substring] {
    var (parts, depth, start) = ([Substring](), 0, startIndex)
    for i in indices {
      switch self[i] {
      case "[": depth += 1
      case "]": depth -= 1
      case separator where depth == 0:
        parts.append(Substring(self[start..<i]))
        start = index(after: i)
      default: break
      }
    }
    return parts + [Substring(self[start...])]
  }
}
