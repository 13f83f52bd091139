import Foundation
import Plots
import Testing

/// A specification read by another parser than the one that wrote it.
struct Parsed {
  let value: Any?

  init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  init(_ chart: any Chart) throws { try self.init(chart.vegaLite) }

  private init(value: Any?) { self.value = value }

  /// The member of an object.
  subscript(name: String) -> Parsed { Parsed(value: (value as? [String: Any])?[name]) }

  /// The element of an array.
  subscript(index: Int) -> Parsed {
    let array = array
    return index < array.count ? array[index] : Parsed(value: nil)
  }

  var array: [Parsed] { (value as? [Any] ?? []).map { Parsed(value: $0) } }
  var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
  var text: String? { value as? String }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var isNull: Bool { value is NSNull }
  var texts: [String?] { array.map(\.text) }
  var numbers: [Double?] { array.map(\.number) }

  /// A column of the data.
  func column(_ field: String) -> [Parsed] { self["data"]["values"].array.map { $0[field] } }
}
