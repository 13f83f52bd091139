import InformationTheory

/// The Taylor series of a function about one of its zeros.
///
/// Next to a zero that is no double, the terms of every other formula cancel to nothing;
/// the distance to the zero, which is known in three doubles, keeps all its digits.
struct ZeroExpansion {
  /// The zero is the sum of both parts.
  let zero: Double
  let rest: DoubleDouble
  /// How far from the zero the series is good.
  let radius: Double
  /// The coefficients of the series divided by the distance.
  let coefficients: [DoubleDouble]

  /// Returns the value at x, or nothing where x is too far away.
  func value(_ x: Double) -> DoubleDouble? {
    let difference = DoubleDouble.difference(x, zero)
    guard difference.high.magnitude <= radius else { return nil }
    let distance = difference - rest
    return distance * DoubleDouble.polynomial(coefficients, distance)
  }
}
