/// A number of a comparison: an amount of information, or a bare number.
public enum ComparedQuantity: Hashable, Sendable {
  /// An amount that has a unit.
  case information(Information)
  /// A number without a unit, or in the unit of the positions.
  case number(Double)

  /// The value, an amount of information in the given unit.
  ///
  /// - Parameter unit: The unit for amounts of information.
  /// - Returns: The number, or ±∞.
  public func value(in unit: InformationUnit = .nats) -> Double {
    switch self {
    case .information(let amount): amount.number(in: unit)
    case .number(let number): number
    }
  }
}

extension ComparedQuantity: Codable {
  /// Writes an amount as an object with its unit, a number as a number, and an
  /// infinite one as the text `"inf"`.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .information(let amount):
      try amount.encode(to: encoder)
    case .number(let number):
      var container = encoder.singleValueContainer()
      if number.isFinite {
        try container.encode(number)
      } else {
        try container.encode(number > 0 ? "inf" : "-inf")
      }
    }
  }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    if let amount = try? Information(from: decoder) {
      self = .information(amount)
      return
    }
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
      return
    }
    switch try container.decode(String.self) {
    case "inf": self = .number(.infinity)
    case "-inf": self = .number(-.infinity)
    case let text:
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is not a number")
    }
  }
}
