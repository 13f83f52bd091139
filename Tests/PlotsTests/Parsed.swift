import Foundation
import Plots

/// A specification read by another parser than the one that wrote it.
struct Parsed {
  let value: Value?

  /// A value of JSON.
  ///
  /// `JSONSerialization` would not do: it gets the last digit of some numbers wrong.
  indirect enum Value: Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case array([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .text(value)
      } else if let value = try? container.decode([Value].self) {
        self = .array(value)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  init(_ text: String) throws {
    value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }

  init(_ chart: any Chart) throws { try self.init(chart.vegaLite) }

  private init(value: Value?) { self.value = value }

  private var members: [String: Value] {
    if case .object(let members) = value { members } else { [:] }
  }

  /// The member of an object.
  subscript(name: String) -> Parsed { Parsed(value: members[name]) }

  /// The element of an array.
  subscript(index: Int) -> Parsed {
    let array = array
    return index < array.count ? array[index] : Parsed(value: nil)
  }

  var array: [Parsed] {
    if case .array(let elements) = value { elements.map { Parsed(value: $0) } } else { [] }
  }

  var names: Set<String> { Set(members.keys) }
  var text: String? { if case .text(let text) = value { text } else { nil } }
  var number: Double? { if case .number(let number) = value { number } else { nil } }
  var isTrue: Bool { if case .bool(let bool) = value { bool } else { false } }
  var isNull: Bool { if case .null = value { true } else { false } }
  var texts: [String?] { array.map(\.text) }
  var numbers: [Double?] { array.map(\.number) }

  /// A column of the data.
  func column(_ field: String) -> [Parsed] { self["data"]["values"].array.map { $0[field] } }
}
