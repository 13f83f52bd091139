/// An amount of information, which knows its unit.
///
/// ```swift
/// let h = try Categorical([0.5, 0.25, 0.125, 0.125]).entropy()
/// h.bits                // 1.75
/// h.nats                // 1.2130075659799042
/// h == .bits(1.75)      // true
/// print(h)              // 1.2130075659799042 nats
/// ```
///
/// Amounts add to amounts and scale by numbers; an amount and a bare number do
/// not add, compare or convert. The value is kept in nats with twice the digits
/// of a double, so that bits and hartleys come out as well rounded as nats: the
/// entropy of a dyadic pmf is exact in bits.
///
/// Amounts compare, and are equal, as their values in nats rounded to a double.
public struct Information: Sendable {
  /// The value in nats, high and low part.
  let value: DoubleDouble

  init(_ value: DoubleDouble) {
    // −0 is never an answer.
    self.value = value.high == 0 ? .zero : value
  }

  /// Creates an amount from a number and its unit.
  ///
  /// - Parameters:
  ///   - number: How many of the unit; ±∞ is allowed.
  ///   - unit: The unit.
  /// - Precondition: `number` is not NaN.
  public init(_ number: Double, in unit: InformationUnit) {
    precondition(!number.isNaN, "Information: an amount cannot be NaN")
    let nats = unit.nats * number
    self.init(nats.high.isFinite ? nats : DoubleDouble(number * unit.nats.high))
  }

  /// An amount in nats.
  public static func nats(_ number: Double) -> Information { Information(number, in: .nats) }

  /// An amount in bits.
  public static func bits(_ number: Double) -> Information { Information(number, in: .bits) }

  /// An amount in hartleys.
  public static func hartleys(_ number: Double) -> Information {
    Information(number, in: .hartleys)
  }

  /// No bound at all: what a divergence is where supports exclude each other.
  public static let infinity = Information(.infinity)

  /// The amount in nats.
  public var nats: Double { value.high }

  /// The amount in bits.
  public var bits: Double { number(in: .bits) }

  /// The amount in hartleys.
  public var hartleys: Double { number(in: .hartleys) }

  /// The amount as a number of the given unit.
  ///
  /// - Parameter unit: The unit to count in.
  /// - Returns: The number, or ±∞.
  public func number(in unit: InformationUnit) -> Double {
    let rounded = value.high / unit.nats.high
    guard unit != .nats, rounded.isFinite else { return rounded }
    return (value / unit.nats).high
  }

  /// Whether the amount is neither +∞ nor −∞.
  public var isFinite: Bool { value.high.isFinite }
}

// MARK: - Order and arithmetic

extension Information: Hashable, Comparable {
  /// Whether two amounts are the same double in nats.
  public static func == (a: Information, b: Information) -> Bool { a.nats == b.nats }

  /// Whether one amount is less than another, in nats.
  public static func < (a: Information, b: Information) -> Bool { a.nats < b.nats }

  /// Hashes the value in nats.
  public func hash(into hasher: inout Hasher) { hasher.combine(nats) }
}

extension Information: AdditiveArithmetic {
  /// No information.
  public static let zero = Information(.zero)

  /// The sum of two amounts.
  ///
  /// - Precondition: Not +∞ plus −∞.
  public static func + (a: Information, b: Information) -> Information {
    guard (a.nats + b.nats).isFinite else {
      precondition(
        !(a.nats - (-b.nats)).isNaN, "Information: the sum of +infinity and -infinity is undefined")
      return Information(DoubleDouble(a.nats + b.nats))
    }
    return Information(a.value + b.value)
  }

  /// The difference of two amounts.
  ///
  /// - Precondition: Not +∞ minus +∞.
  public static func - (a: Information, b: Information) -> Information { a + (-b) }

  /// The amount with the opposite sign.
  public static prefix func - (a: Information) -> Information { Information(-a.value) }

  /// An amount scaled by a number.
  ///
  /// - Precondition: The product is defined: not 0 times ∞, not NaN.
  public static func * (factor: Double, a: Information) -> Information {
    let rounded = factor * a.nats
    precondition(!rounded.isNaN, "Information: the product is undefined")
    guard rounded.isFinite, rounded.magnitude > 0x1p-900 else {
      return Information(DoubleDouble(rounded))
    }
    return Information(a.value * factor)
  }

  /// An amount divided by a number.
  ///
  /// - Precondition: The quotient is defined: not 0/0, not ∞/∞, not NaN.
  public static func / (a: Information, divisor: Double) -> Information {
    let rounded = a.nats / divisor
    precondition(!rounded.isNaN, "Information: the quotient is undefined")
    guard rounded.isFinite, rounded.magnitude > 0x1p-900 else {
      return Information(DoubleDouble(rounded))
    }
    return Information(a.value / DoubleDouble(divisor))
  }

  /// The ratio of two amounts, a bare number.
  public static func / (a: Information, b: Information) -> Double { a.nats / b.nats }
}

// MARK: - Text and coding

extension Information: CustomStringConvertible {
  /// The value in nats with its unit, the same in every locale: `"0.5 nats"`.
  public var description: String { description(in: .nats) }

  /// The value with its unit, the same in every locale: `"1.75 bits"`.
  ///
  /// - Parameter unit: The unit to print in.
  /// - Returns: The number in its shortest form and the unit's name.
  public func description(in unit: InformationUnit) -> String {
    "\(number(in: unit)) \(unit.rawValue)"
  }
}

extension Information: Codable {
  private enum CodingKeys: String, CodingKey {
    case nats
    case residual
  }

  /// Writes the value in nats, and what its rounding left over: `"inf"` as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if isFinite {
      try container.encode(value.high, forKey: .nats)
      if value.low != 0 { try container.encode(value.low, forKey: .residual) }
    } else {
      try container.encode(value.high > 0 ? "inf" : "-inf", forKey: .nats)
    }
  }

  /// Reads what `encode(to:)` wrote; the residual may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let number = try? container.decode(Double.self, forKey: .nats) {
      let residual = try container.decodeIfPresent(Double.self, forKey: .residual) ?? 0
      self.init(DoubleDouble.sum(number, residual))
      return
    }
    switch try container.decode(String.self, forKey: .nats) {
    case "inf": self.init(.infinity)
    case "-inf": self.init(DoubleDouble(-.infinity))
    case let text:
      throw DecodingError.dataCorruptedError(
        forKey: .nats, in: container, debugDescription: "\(text) is not an amount of information")
    }
  }
}
