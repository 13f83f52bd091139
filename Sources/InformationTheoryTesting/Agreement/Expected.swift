import ReferenceOracle

/// What a number has to be: between bounds, which are mostly one and the same double.
struct Expected: Sendable {
  let lower: Double
  let upper: Double
  /// The truth for people.
  let decimal: String

  /// Exactly zero.
  static let zero = Self(lower: 0, upper: 0, decimal: "0")

  private init(lower: Double, upper: Double, decimal: String) {
    self.lower = lower
    self.upper = upper
    self.decimal = decimal
  }

  /// The nearest double, or the proven bounds where even the oracle does not know it.
  init(_ truth: Certified) {
    let isKnown = truth.isCorrectlyRounded
    self.init(
      lower: isKnown ? truth.value : truth.lowerBound,
      upper: isKnown ? truth.value : truth.upperBound, decimal: truth.decimal)
  }

  /// How many steps of a type lie between an answer and the truth, as far as it is known:
  /// an answer is wrong only where that is proven.
  func distance(from got: Double, _ precision: TestPrecision) -> UInt64 {
    let (low, high) = (precision.rounded(lower), precision.rounded(upper))
    if low <= got && got <= high { return 0 }
    return min(precision.distance(got, low), precision.distance(got, high))
  }
}
