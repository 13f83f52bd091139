import InformationTheory

extension DoubleDouble {
  /// Returns (log Γ(z + h) − log Γ(z))/h for z, h > 0, without cancellation.
  ///
  /// The argument is raised to 20 by Γ(z + 1) = z Γ(z); from there the logarithms are
  /// those of Stirling's series (DLMF 5.11.1), with its terms' differences divided by h.
  ///
  /// Accuracy: error below 2⁻⁹⁴ of the larger of the result's magnitude and 1.
  static func logGammaSlope(at z: Double, step h: Double) -> DoubleDouble {
    if z < stirlingStart && h >= stirlingStart { return longLogGammaSlope(at: z, step: h) }
    var base = DoubleDouble(z)
    // The product of the factors 1 + h/(z + k) is 1 + h·excess.
    var excess = zero
    while base.high < stirlingStart {
      excess = excess + (one + excess * h) / base
      base = base + 1.0
    }
    let end = base + h
    let (r, t) = (one / base, one / end)
    let main =
      wideLog(end) + (one - r * 0.5) * logOnePlusQuotient(r * h) + -1.0
      + stirlingSlope(r, t)
    return excess == zero ? main : main - excess * logOnePlusQuotient(excess * h)
  }

  /// The same from below 20 to far above it, where nothing cancels but the product of the
  /// factors would overflow; divided by h before it is summed, for h next to 2¹⁰²⁴.
  private static func longLogGammaSlope(at z: Double, step h: Double) -> DoubleDouble {
    let end = sum(h, z)
    let ratio = end / DoubleDouble(h)
    let rest =
      halfLogTwoPi + stirlingRemainder(end) - wideLog(end) * 0.5
      - wideLogGamma(DoubleDouble(z))
    return ratio * (wideLog(end) + -1.0) + rest / DoubleDouble(h)
  }

  /// (μ(1/t) − μ(1/r))/(1/t − 1/r), with μ the sum of cₖ r²ᵏ⁺¹.
  private static func stirlingSlope(_ r: DoubleDouble, _ t: DoubleDouble) -> DoubleDouble {
    var difference = -(r * t)
    let step = (r + t) * difference
    let square = r * r
    var (power, sum) = (r, zero)
    for coefficient in stirlingCoefficients {
      let term = difference * coefficient
      sum = sum + term
      if !(term.high.magnitude > 0x1p-115) { break }
      difference = t * t * difference + step * power
      power = power * square
    }
    return sum
  }

  /// log(1 + x)/x, which is 1 at 0.
  private static func logOnePlusQuotient(_ x: DoubleDouble) -> DoubleDouble {
    x.high < 0x1p-110 ? one : wideLog1p(x) / x
  }
}
