import BigInt

/// A real number that is known with proof: the double nearest to it, and bounds.
///
/// ```swift
/// let divergence = try Certified.klDivergence(of: p, from: q)
/// divergence.value               // the double nearest to the truth
/// divergence.decimal             // the truth, rounded to 25 digits
/// divergence.lower               // a decimal number that is not above the truth
/// divergence.isCorrectlyRounded  // true, unless even 3072 bits could not decide it
/// ```
///
/// The truth is that of the doubles given, which stand for themselves: 0.1 is
/// 0.1000000000000000055511151231257827. Nothing depends on the order of outcomes, where
/// the quantity itself does not.
public struct Certified: Sendable, Hashable {
  /// The double nearest to the truth, or to the middle of the bounds where
  /// ``isCorrectlyRounded`` is false; ±∞ where the truth is, or lies beyond all doubles.
  public let value: Double
  /// The largest double that is proven not to be above the truth.
  public let lowerBound: Double
  /// The least double that is proven not to be below the truth.
  public let upperBound: Double
  /// The truth rounded to 25 significant digits, or as many as are proven; "inf" and "-inf".
  ///
  /// Truths closer to 0 than 10⁻⁸⁰⁰ are 0 here.
  public let decimal: String
  /// A decimal number of 28 digits that is proven not to be above the truth.
  public let lower: String
  /// A decimal number of 28 digits that is proven not to be below the truth.
  public let upper: String
  /// Whether ``value`` is proven to be the double nearest to the truth, and ``decimal`` the
  /// decimal number of 25 digits.
  public let isCorrectlyRounded: Bool

  /// Whether the truth is ``value`` itself.
  public var isExact: Bool { lowerBound == upperBound }

  /// Whether a number is within the bounds.
  ///
  /// - Parameter number: Any number.
  /// - Returns: Whether it is proven neither too low nor too high.
  public func contains(_ number: Double) -> Bool {
    lowerBound <= number && number <= upperBound
  }
}

extension Certified: CustomStringConvertible {
  /// The digits of the truth.
  public var description: String { decimal }
}

extension Certified {
  /// A truth that is known without arithmetic, ±∞ among them.
  init(exactly value: Double) {
    guard value.isFinite else {
      self.init(
        value: value, lowerBound: value, upperBound: value, decimal: "\(value)",
        lower: "\(value)", upper: "\(value)", isCorrectlyRounded: true)
      return
    }
    self.init(Ball(value, precision: 64))
  }

  /// What a ball says.
  init(_ ball: Ball) {
    guard !ball.isUnbounded else {
      self.init(
        value: 0, lowerBound: -.infinity, upperBound: .infinity, decimal: "0", lower: "-inf",
        upper: "inf", isCorrectlyRounded: false)
      return
    }
    let nearest = ball.onlyNearestDouble
    let decimal = Self.digits(of: ball)
    self.init(
      value: nearest ?? ball.nearestDouble,
      lowerBound: ball.lowerDouble, upperBound: ball.upperDouble,
      decimal: decimal.text,
      lower: "\(Self.bound(ball.lower, ball.exponent, .down))",
      upper: "\(Self.bound(ball.upper, ball.exponent, .up))",
      isCorrectlyRounded: nearest != nil && decimal.isProven)
  }

  private static func bound(_ m: BigInt, _ exponent: Int, _ rounding: Rounding) -> Decimal {
    Decimal(m, exponent: exponent, digits: Decimal.boundDigits, rounding)
  }

  /// The digits that both ends of a ball round to: 25, or fewer where they differ.
  private static func digits(of ball: Ball) -> (text: String, isProven: Bool) {
    for count in stride(from: Decimal.valueDigits, through: 1, by: -1) {
      let low = Decimal(ball.lower, exponent: ball.exponent, digits: count, .nearest)
      if ball.isExact
        || low == Decimal(ball.upper, exponent: ball.exponent, digits: count, .nearest)
      {
        return ("\(low)", count == Decimal.valueDigits)
      }
    }
    return ("0", ball.reach < -Decimal.farthestPowerOfTwo)
  }
}

extension Certified: Codable {
  private enum CodingKeys: String, CodingKey {
    case value, lowerBound, upperBound, decimal, lower, upper, isCorrectlyRounded
  }

  /// Writes doubles as text, because JSON has no infinities.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("\(value)", forKey: .value)
    try container.encode("\(lowerBound)", forKey: .lowerBound)
    try container.encode("\(upperBound)", forKey: .upperBound)
    try container.encode(decimal, forKey: .decimal)
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    try container.encode(isCorrectlyRounded, forKey: .isCorrectlyRounded)
  }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func double(_ key: CodingKeys) throws -> Double {
      let text = try container.decode(String.self, forKey: key)
      guard let number = Double(text), !number.isNaN else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "\(text) is no number")
      }
      return number
    }
    self.init(
      value: try double(.value), lowerBound: try double(.lowerBound),
      upperBound: try double(.upperBound),
      decimal: try container.decode(String.self, forKey: .decimal),
      lower: try container.decode(String.self, forKey: .lower),
      upper: try container.decode(String.self, forKey: .upper),
      isCorrectlyRounded: try container.decode(Bool.self, forKey: .isCorrectlyRounded))
  }
}
