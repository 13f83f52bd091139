import InformationTheory

extension DoubleDouble {
  static let pi = DoubleDouble(high: 0x1.921fb54442d18p+1, low: 0x1.1a62633145c07p-53)
  /// log(2π)/2.
  static let halfLogTwoPi = DoubleDouble(
    high: 0x1.d67f1c864beb5p-1, low: -0x1.65b5a1b7ff5dfp-55)
  static let logPi = DoubleDouble(high: 0x1.250d048e7a1bdp+0, low: 0x1.7abf2ad8d5088p-57)
  /// π²/6.
  static let piSquaredOverSix = DoubleDouble(
    high: 0x1.a51a6625307d3p+0, low: 0x1.1873d8912200cp-55)
  /// Euler's constant.
  static let eulerGamma = DoubleDouble(
    high: 0x1.2788cfc6fb619p-1, low: -0x1.6cb90701fbfabp-58)
  static let e = DoubleDouble(high: 0x1.5bf0a8b145769p+1, low: 0x1.4d57ee2b1013ap-53)
  static let squareRootOfPi = DoubleDouble(
    high: 0x1.c5bf891b4ef6bp+0, low: -0x1.618f13eb7ca89p-54)

  /// Returns the value of a polynomial, by Horner's scheme.
  ///
  /// - Parameters:
  ///   - coefficients: The coefficients, the constant one first.
  ///   - x: The variable.
  /// - Returns: The value; 0 without coefficients.
  static func polynomial(_ coefficients: [DoubleDouble], _ x: DoubleDouble) -> DoubleDouble {
    guard var value = coefficients.last else { return .zero }
    for coefficient in coefficients.dropLast().reversed() { value = value * x + coefficient }
    return value
  }

  /// The integer power of a value, by squaring.
  ///
  /// - Precondition: Nothing on the way leaves the range.
  func power(_ exponent: Int) -> DoubleDouble {
    var (result, square, rest) = (DoubleDouble.one, self, exponent.magnitude)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return exponent < 0 ? .one / result : result
  }
}
