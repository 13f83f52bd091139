import Foundation

/// A number, a text with a number, or a list of such.
enum GoldenValue: Decodable, Sendable {
  case number(Double)
  case list([GoldenValue])

  init(from decoder: any Decoder) throws {
    if let list = try? [GoldenValue](from: decoder) {
      self = .list(list)
      return
    }
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
      return
    }
    let text = try container.decode(String.self)
    guard let number = Double(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
    }
    self = .number(number)
  }

  /// The numbers in their order, whatever the nesting.
  var numbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .list(let list): list.flatMap(\.numbers)
    }
  }

  var isNested: Bool {
    if case .list(let list) = self, case .list = list.first { return true }
    return false
  }

  /// The length of the innermost lists.
  var width: Int {
    guard case .list(let list) = self else { return 1 }
    if case .list = list.first { return list[0].width }
    return list.count
  }
}

/// A case with its loss and gradient, from 60-digit arithmetic.
struct GoldenCase: Decodable, Sendable {
  let name: String
  let logits: GoldenValue?
  let inputLogits: GoldenValue?
  let targets: GoldenValue
  let weight: GoldenValue?
  let posWeight: GoldenValue?
  let labelSmoothing: GoldenValue?
  let ignoreIndex: Int?
  let loss: GoldenValue
  let grad: GoldenValue

  enum CodingKeys: String, CodingKey {
    case name, logits, targets, weight, posWeight, labelSmoothing, ignoreIndex, loss, grad
    case inputLogits = "logits_for_input"
  }

  static func all() throws -> [GoldenCase] {
    let data = try Data(contentsOf: oracleFolder.appendingPathComponent("losses-golden.json"))
    return try JSONDecoder().decode([GoldenCase].self, from: data)
  }

  /// What follows a mark in the name, up to the next full stop that ends a field.
  func field(_ mark: String) -> String? {
    guard let range = name.range(of: "." + mark + "=") else { return nil }
    let rest = name[range.upperBound...]
    if rest.hasPrefix("[") { return rest.prefix { $0 != "]" } + "]" }
    var text = String(rest.prefix { $0 != "/" })
    for next in [".g=", ".x=", ".t=", ".saturated"] {
      if let end = text.range(of: next) { text = String(text[..<end.lowerBound]) }
    }
    return text
  }
}
