/// A double that JSON can hold: infinities and NaN are the texts "inf", "-inf" and "nan".
struct JSONNumber: Sendable, Codable {
  let value: Double

  init(_ value: Double) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
    } else if let number = Double(try container.decode(String.self)) {
      // "Infinity" and "-Infinity" are numbers to `Double` too.
      value = number
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a number nor a text such as \"inf\"")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite {
      try container.encode(value)
    } else {
      try container.encode("\(value)")
    }
  }
}

extension [Double] {
  var json: [JSONNumber] { map { JSONNumber($0) } }
}

extension [JSONNumber] {
  var numbers: [Double] { map(\.value) }
}
