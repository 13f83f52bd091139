/// The type of numbers in which an implementation computes.
///
/// Inputs are numbers of that type, and its ulps are what errors are counted in.
public enum TestPrecision: String, Sendable, Codable, CaseIterable {
  /// Double precision, `Double`.
  case double = "float64"
  /// Single precision, `Float`.
  case single = "float32"
}

extension TestPrecision {
  /// The number of the type nearest to a double.
  func rounded(_ x: Double) -> Double { self == .double ? x : Double(Float(x)) }

  /// The bits of the significand, the hidden one included.
  var significandBits: Int { self == .double ? 53 : 24 }

  /// Above it, e⁻ˣ is subnormal.
  var largestExponent: Double { self == .double ? 700 : 85 }

  /// From it on, 1 + e⁻ˣ is 1.
  var smallestLostExponent: Double { self == .double ? 37 : 17 }
}
