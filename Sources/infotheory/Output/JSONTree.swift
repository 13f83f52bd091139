import Foundation

/// A JSON value to be printed.
enum JSONTree {
  case object([(String, JSONTree)])
  case array([JSONTree])
  case number(Double)
  case integer(Int)
  case text(String)
  case input(JSONInput)
  case null

  static func numbers(_ values: [Double]) -> JSONTree { .array(values.map { .number($0) }) }

  static func texts(_ values: [String]) -> JSONTree { .array(values.map { .text($0) }) }

  /// A number, or null where there is none.
  static func optional(_ value: Double?) -> JSONTree { value.map { .number($0) } ?? .null }

  /// The value as text: on lines of its own, or all on one.
  func rendered(pretty: Bool = true) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    // Cannot fail: no number is infinite or NaN when it gets to the encoder.
    let data = (try? encoder.encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}

extension JSONTree: Encodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    if case .object(let fields) = self {
      var container = encoder.container(keyedBy: Name.self)
      for (name, value) in fields {
        try container.encode(value, forKey: Name(stringValue: name))
      }
      return
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .object: break
    case .array(let elements): try container.encode(elements)
    case .number(let value):
      if value.isFinite {
        // −0 is never an answer.
        try container.encode(value == 0 ? 0 : value)
      } else {
        // NaN is never an answer either; if it were, it must not pass for a number.
        try container.encode(value.isNaN ? "nan" : value > 0 ? "inf" : "-inf")
      }
    case .integer(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .input(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}
