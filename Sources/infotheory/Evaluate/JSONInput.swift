import Foundation

/// A JSON value that came in, or goes back as it came.
enum JSONInput: Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  /// An array of numbers only, which is what most of a question is.
  case numbers([Double])
  case array([JSONInput])
  case object([String: JSONInput])

  /// The kind of a value, as messages name it.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .text: "text"
    case .numbers, .array: "an array"
    case .object: "an object"
    }
  }

  /// The elements of an array, nil for any other value.
  var elements: [JSONInput]? {
    switch self {
    case .numbers(let numbers): numbers.map { .number($0) }
    case .array(let elements): elements
    default: nil
    }
  }
}

extension JSONInput: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Numbers first, as one array, because there may be millions of them.
    if let numbers = try? container.decode([Double].self) {
      self = .numbers(numbers)
    } else if container.decodeNil() {
      self = .null
    } else if let integer = try? container.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let object = try? container.decode([String: JSONInput].self) {
      self = .object(object)
    } else {
      do {
        self = .array(try container.decode([JSONInput].self))
      } catch DecodingError.typeMismatch(_, let context)
        where context.codingPath.count == decoder.codingPath.count
      {
        // Nothing else is left that JSON can be.
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath, debugDescription: "a number that no double holds"))
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .integer(let integer): try container.encode(integer)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .numbers(let numbers): try container.encode(numbers)
    case .array(let elements): try container.encode(elements)
    case .object(let fields): try container.encode(fields)
    }
  }
}
