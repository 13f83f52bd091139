import InformationTheory

extension Tail {
  /// The smaller tail, or nearly so, of the gamma distribution with shape a at x > 0.
  static func gamma(shape a: Double, _ x: DoubleDouble) -> Tail {
    let s = x + -a
    let isUpper = s.high >= 0
    let integral = TailIntegral(
      slope: s.magnitude, scale: x, share: .zero, isGrowing: isUpper)
    guard a < DoubleDouble.stirlingStart else {
      // xᵃe⁻ˣ/Γ(a) = √(a/2π)·exp(−a·(u − log(1 + u)) − μ(a)), x = a·(1 + u).
      let shape = DoubleDouble(a)
      let distance = DoubleDouble.logRemainder(s / shape, onePlus: x / shape)
      let value = integral.value()
      return Tail(
        isUpper: isUpper,
        exponent: -(distance * a) - DoubleDouble.stirlingRemainder(shape),
        factor: (shape / (DoubleDouble.pi * 2.0)).squareRoot() * value,
        hazard: 1 / value.high)
    }
    return SmallShape(
      a: a, b: .infinity, slope: s, scale: x, product: x, share: .zero,
      logLeading: DoubleDouble.wideLog(x) - DoubleDouble.logGammaSlope(at: 1, step: a),
      logDecay: -x
    ).tail(integral: integral.value)
  }
}
