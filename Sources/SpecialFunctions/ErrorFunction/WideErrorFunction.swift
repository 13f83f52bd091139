import InformationTheory

// The error function and its complement with about 100 bits, for the public functions
// and for what is built on them.

extension DoubleDouble {
  /// Below this argument erf comes from its series, from here on erfc from its integral.
  static let errorFunctionSeam = 0.5

  static let twoOverSquareRootOfPi = DoubleDouble(2) / squareRootOfPi

  /// Returns erf x.
  ///
  /// Accuracy: relative error below 2⁻¹⁰², where x² does not underflow.
  static func wideErf(_ x: DoubleDouble) -> DoubleDouble {
    if x.high.magnitude < errorFunctionSeam { return x * erfQuotient(x * x) }
    return x.high > 0 ? one - wideErfc(x) : wideErfc(-x) - one
  }

  /// Returns erfc x = 1 − erf x; below 2⁻¹⁰⁷⁴ it is 0.
  ///
  /// Accuracy: relative error below 2⁻¹⁰⁰·(1 + x²/4), while its low word is normal.
  static func wideErfc(_ x: DoubleDouble) -> DoubleDouble {
    if x.high.magnitude < errorFunctionSeam { return one - wideErf(x) }
    if x.high < 0 { return -wideErfc(-x) + 2.0 }
    if x.high > 28 { return .zero }
    let power = wideScaledExp(-(x * x))
    return (wideScaledErfc(x) * power.value).scaled(byPowerOfTwo: power.exponent)
  }

  /// Returns e^(x²) erfc x for x ≥ 0.
  ///
  /// From the seam on it is the integral (x/π) ∫ e^(−t²)/(t² + x²) dt by the trapezoidal
  /// rule with step h. The rule's error is e^(−π²/h²), after the pole at t = ix has been
  /// accounted for where x < π/h.
  ///
  /// Accuracy: relative error below 2⁻¹⁰².
  ///
  /// Source: Matta and Reichel (1971), doi:10.1090/S0025-5718-1971-0295538-4.
  static func wideScaledErfc(_ x: DoubleDouble) -> DoubleDouble {
    if x.high < errorFunctionSeam { return wideExp(x * x) * wideErfc(x) }
    // 1/(x√π)·(1 − 1/(2x²) + …), before the square overflows.
    if x.high > 0x1p60 { return one / squareRootOfPi / x }
    let square = x * x
    var sum = zero
    for node in trapezoidalNodes.reversed() { sum = sum + node.weight / (square + node.square) }
    let integral = (one / x + x * sum * 2.0) * stepOverPi
    if x.high > trapezoidalPole { return integral }
    let turns = x / stepOverPi * 2.0
    return integral - wideExp(square) * 2.0 / wideExpm1(turns)
  }

  /// Returns erf(x)/x from x², for x² ≤ ¼: (2/√π) Σ (−x²)ᵏ/(k!(2k + 1)).
  static func erfQuotient(_ square: DoubleDouble) -> DoubleDouble {
    twoOverSquareRootOfPi * polynomial(erfCoefficients, -square)
  }

  private static let erfCoefficients = (0...20).map { k in
    reciprocalFactorials[k] / DoubleDouble(Double(2 * k + 1))
  }

  /// The step h of the rule: π²/h² is 76.4, and e^(−76.4) is 2⁻¹¹⁰.
  private static let trapezoidalStep = 0x1.7p-2
  private static let stepOverPi = DoubleDouble(trapezoidalStep) / pi
  private static let trapezoidalPole = 1 / stepOverPi.high

  /// (kh)² and e^(−(kh)²), until they no longer count; kh is exact.
  private static let trapezoidalNodes = (1...24).map { k in
    let node = Double(k) * trapezoidalStep
    return (square: DoubleDouble(node * node), weight: wideExp(DoubleDouble(-node * node)))
  }
}
