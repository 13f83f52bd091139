import Foundation

@testable import infotheory

/// A line for `infotheory evaluate`, asked without and with proof.
enum EvaluateTarget {
  static func check(_ bytes: [UInt8]) throws {
    if isLongWork(bytes) { return }
    let plain = try answer(bytes, certified: false)
    let certified = try answer(bytes, certified: true)
    guard let plain, let certified else {
      return try demand(plain == nil && certified == nil, "one of two answers is missing")
    }
    try certified.checkEnclosures()
    switch (plain.error, certified.error) {
    case (nil, let code?):
      try demand(code == "not_certified", "answered, but \(code) when certified")
    case (let code?, nil):
      throw Finding("\(code), but certified")
    case (nil, nil):
      // In single precision the two differ by more, and overflow apart.
      guard !plain.isFloat(bytes) else { return }
      for name in ["value", "gradient"] {
        try demand(
          Self.agree(plain.fields[name], certified.fields[name]),
          "\(name) is \(plain.fields[name] ?? .null), certified \(certified.fields[name] ?? .null)")
      }
    default: break
    }
  }

  /// Whether the work grows with the numbers of a question, and not with its length: the
  /// adjustment for chance takes about √N steps, which of 2⁵³ observations is half a minute.
  private static func isLongWork(_ bytes: [UInt8]) -> Bool {
    func largest(_ value: JSONInput?) -> Double {
      if let number = FuzzedAnswer.number(value) { return number.magnitude }
      return value?.elements?.map { largest($0) }.max() ?? 0
    }
    let fields = try? JSONDecoder().decode([String: JSONInput].self, from: Data(bytes))
    return fields?["measure"] == .text("adjusted_mutual_information")
      && largest(fields?["joint"]) > 1e9
  }

  /// The answer to a line, once it is in order; nil for a blank line.
  private static func answer(_ bytes: [UInt8], certified: Bool) throws -> FuzzedAnswer? {
    guard let answer = Evaluator.answer(bytes[...], line: 1, certified: certified) else {
      try demand(bytes.allSatisfy { $0 <= 0x20 }, "a line without an answer")
      return nil
    }
    return try FuzzedAnswer(answer.json, question: bytes)
  }

  /// Whether a plain answer is near a certified one, which has an object for a number.
  private static func agree(_ plain: JSONInput?, _ certified: JSONInput?) -> Bool {
    if let plain = FuzzedAnswer.number(plain) {
      var certified = certified
      if case .object(let parts) = certified { certified = parts["value"] }
      guard let truth = FuzzedAnswer.number(certified) else { return false }
      // Far above all documented bounds: what is looked for is another number.
      let slack = 1e-9 * max(plain.magnitude, truth.magnitude) + 1e-12
      return plain == truth || (plain - truth).magnitude <= slack
    }
    guard let plain = plain?.elements, let certified = certified?.elements else {
      return plain == nil && certified == nil
    }
    return plain.count == certified.count && zip(plain, certified).allSatisfy { agree($0, $1) }
  }
}

/// A line that came back.
struct FuzzedAnswer {
  let fields: [String: JSONInput]

  /// Checks that a line is an answer: with the question's id, and a value or an error.
  init(_ json: String, question: [UInt8]) throws {
    let decoder = JSONDecoder()
    guard let fields = try? decoder.decode([String: JSONInput].self, from: Data(json.utf8)) else {
      throw Finding("the answer is no JSON object: \(json)")
    }
    self.fields = fields
    let asked = try? decoder.decode([String: JSONInput].self, from: Data(question))
    try demand(fields["id"] == asked?["id"] ?? .null, "the answer has another id: \(json)")
    try demand((fields["value"] == nil) != (fields["error"] == nil), "value or error: \(json)")
    try demand(error != "internal", "an internal error: \(json)")
    for (name, value) in fields where name != "id" && name != "error" {
      try demand(!Self.holdsNaN(value), "\(name) is NaN: \(json)")
    }
  }

  /// The code of an error.
  var error: String? {
    guard case .object(let error) = fields["error"] else { return nil }
    guard case .text(let code) = error["code"] else { return "none" }
    return code
  }

  /// Whether a question is in single precision.
  func isFloat(_ question: [UInt8]) -> Bool {
    let fields = try? JSONDecoder().decode([String: JSONInput].self, from: Data(question))
    return fields?["dtype"] == .text("float32")
  }

  /// Checks that every certified number lies within its bounds.
  func checkEnclosures() throws {
    for name in ["value", "gradient"] { try Self.checkEnclosures(fields[name]) }
    if fields["lower"] != nil { try Self.checkEnclosure(fields) }
  }

  private static func checkEnclosures(_ value: JSONInput?) throws {
    if case .object(let parts) = value { return try checkEnclosure(parts) }
    for element in value?.elements ?? [] { try checkEnclosures(element) }
  }

  private static func checkEnclosure(_ parts: [String: JSONInput]) throws {
    guard case .text(let lower) = parts["lower"], case .text(let upper) = parts["upper"],
      let value = number(parts["value"]), let low = Double(lower), let high = Double(upper)
    else { throw Finding("a certified number without bounds: \(parts)") }
    try demand(low <= value && value <= high, "\(value) is not in \(lower) … \(upper)")
  }

  /// The number that a value is, infinite ones included.
  static func number(_ value: JSONInput?) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    case .text("inf"): .infinity
    case .text("-inf"): -.infinity
    default: nil
    }
  }

  private static func holdsNaN(_ value: JSONInput) -> Bool {
    switch value {
    case .text(let text): text == "nan"
    case .object(let fields): fields.values.contains { holdsNaN($0) }
    case .numbers: false
    default: value.elements?.contains { holdsNaN($0) } ?? false
    }
  }
}
