import InformationTheory

/// Gauss's quadrature on the unit interval, with about 100 bits.
enum GaussLegendre {
  /// The 32 nodes in 0 ..< 1 and their weights, which sum to 1.
  static let rule: [(node: DoubleDouble, weight: DoubleDouble)] = (1...count).map { i in
    var x = DoubleDouble.sineAndCosine(
      ofPiTimes: DoubleDouble((Double(i) - 0.25) / (Double(count) + 0.5))
    ).cosine
    // Newton's iteration from four digits: the second step has 16, the third 64.
    for _ in 0..<4 {
      let (value, slope) = legendre(x)
      x = x - value / slope
    }
    let slope = legendre(x).slope
    return ((x + 1.0) * 0.5, .one / ((.one - x * x) * slope * slope))
  }

  private static let count = 32

  /// The Legendre polynomial of degree `count` and its derivative inside (−1, 1).
  private static func legendre(
    _ x: DoubleDouble
  ) -> (value: DoubleDouble, slope: DoubleDouble) {
    var (previous, value) = (DoubleDouble.one, x)
    for k in 2...count {
      let next =
        (x * value * Double(2 * k - 1) - previous * Double(k - 1)) / DoubleDouble(Double(k))
      (previous, value) = (value, next)
    }
    return (value, (x * value - previous) * Double(count) / (x * x + -1.0))
  }
}
