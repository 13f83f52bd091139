/// A JSON value whose objects keep the order of their members.
enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSON])
  case object([(name: String, value: JSON)])

  /// An object without the members that are nil.
  static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { name, value in value.map { (name: name, value: $0) } })
  }

  /// An object with the members of another after its own; other values stay as they are.
  func adding(_ other: JSON) -> JSON {
    guard case .object(let mine) = self, case .object(let more) = other else { return self }
    return .object(mine + more)
  }

  /// The value as text on one line.
  var rendered: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += Self.text(of: value)
    case .text(let value): Self.quote(value, to: &text)
    case .array(let elements):
      Self.list(elements, between: ("[", "]"), to: &text) { $0.write(to: &$1) }
    case .object(let members):
      Self.list(members, between: ("{", "}"), to: &text) { member, text in
        Self.quote(member.name, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], between ends: (String, String), to text: inout String,
    write: (Element, inout String) -> Void
  ) {
    text += ends.0
    for (i, element) in elements.enumerated() {
      if i > 0 { text += "," }
      write(element, &text)
    }
    text += ends.1
  }

  /// The shortest digits that give the same double again.
  private static func text(of value: Double) -> String {
    // JSON has no word for an infinity or for NaN, and −0 is never an answer.
    guard value.isFinite else { return "null" }
    let digits = (value == 0 ? 0 : value).description
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      // Pictures cannot hold control characters, and Vega fails over line breaks in
      // titles: Unicode has symbols for them.
      case "\u{0}"..."\u{1F}": text.unicodeScalars.append(symbol(ofControl: scalar.value))
      case "\u{7F}": text += "\u{2421}"
      case "\u{2028}", "\u{2029}": text += "\u{2424}"
      case "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func symbol(ofControl code: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(0x2400 + code) ?? "\u{FFFD}"
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { (name: $0, value: $1) })
  }
}
