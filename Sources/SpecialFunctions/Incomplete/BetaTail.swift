import InformationTheory

extension Tail {
  /// A tail of the beta distribution at x, where y = 1 − x and neither is 0.
  ///
  /// It is the smaller one, or one of the size of the other, so that the other is 1
  /// less it.
  static func beta(_ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble) -> Tail {
    let s = crossDifference(b, x, a, y)
    let large = DoubleDouble.stirlingStart
    // The other way round is the same distribution's reflection.
    let isReflected: Bool
    if a >= large && b >= large {
      isReflected = s.high < 0
    } else if a < large && b < large {
      isReflected = x.high > 0.5
    } else {
      isReflected = b < large
    }
    if isReflected { return beta(b, a, y, x, -s).reflected }
    return beta(a, b, x, y, s)
  }

  private static func beta(
    _ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble, _ s: DoubleDouble
  ) -> Tail {
    let isGrowing = x.high <= 0.5
    let share = isGrowing ? x : y
    let integral = TailIntegral(
      slope: s, scale: share * a + share * b, share: share, isGrowing: isGrowing)
    let scale = x * a + x * b
    guard a < DoubleDouble.stirlingStart else {
      let value = integral.value()
      let (exponent, factor) = saddle(a, b, s, scale, y * a + y * b)
      return Tail(
        isUpper: true, exponent: exponent, factor: factor * value, hazard: 1 / value.high)
    }
    // xᵃ(1 − x)ᵇ/B(a, b) by the form of the smaller parameter, c/B(c, d)·….
    // The larger of x and y is 1 less the smaller, of which it may not hold every digit.
    let logX = isGrowing ? DoubleDouble.wideLog(x) : .wideLog1p(-y)
    let logY = isGrowing ? DoubleDouble.wideLog1p(-x) : .wideLog(y)
    let gammas =
      DoubleDouble.logGammaSlope(at: Swift.max(a, b), step: Swift.min(a, b))
      - DoubleDouble.logGammaSlope(at: 1, step: Swift.min(a, b))
    return SmallShape(
      a: a, b: b, slope: s, scale: scale, product: x * b, share: x,
      logLeading: a <= b ? logX + gammas : logX,
      logDecay: a <= b ? logY * b : (logY + gammas) * b
    ).tail(integral: integral.value)
  }

  /// xᵃyᵇ/B(a, b) for large parameters, as e^exponent·factor.
  ///
  /// With x = a/(a + b)·(1 + u), y = b/(a + b)·(1 + v), so a·u + b·v = 0, it is
  /// `√(ab/(2π(a + b)))·exp(−a(u − log(1 + u)) − b(v − log(1 + v)) − μ(a) − μ(b) + μ(a + b))`.
  private static func saddle(
    _ a: Double, _ b: Double, _ s: DoubleDouble, _ scaledX: DoubleDouble,
    _ scaledY: DoubleDouble
  ) -> (exponent: DoubleDouble, factor: DoubleDouble) {
    let (wideA, wideB) = (DoubleDouble(a), DoubleDouble(b))
    let left = DoubleDouble.logRemainder(s / wideA, onePlus: scaledX / wideA)
    let right = DoubleDouble.logRemainder(-s / wideB, onePlus: scaledY / wideB)
    // The sum may overflow, where none of these is more than nothing.
    let stirling =
      a + b > 0x1p1000
      ? .zero
      : DoubleDouble.stirlingRemainder(wideA) + .stirlingRemainder(wideB)
        - .stirlingRemainder(.sum(a, b))
    let (c, d) = a < b ? (wideA, wideB) : (wideB, wideA)
    let variance = c / (c / d + 1.0)
    return (
      -(left * a + right * b + stirling), (variance / (DoubleDouble.pi * 2.0)).squareRoot()
    )
  }

  /// b·x − a·y with its relative accuracy also where it cancels.
  ///
  /// The products are exact, and a sum of two pairs is accurate relative to itself; the
  /// leading difference is no larger than a double's spacing when it matters.
  private static func crossDifference(
    _ b: Double, _ x: DoubleDouble, _ a: Double, _ y: DoubleDouble
  ) -> DoubleDouble {
    let leading = DoubleDouble.product(b, x.high) - DoubleDouble.product(a, y.high)
    return leading + (DoubleDouble.product(b, x.low) - DoubleDouble.product(a, y.low))
  }
}
