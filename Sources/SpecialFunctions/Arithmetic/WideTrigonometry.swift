import InformationTheory

extension DoubleDouble {
  /// Returns sin πx and cos πx.
  ///
  /// x is reduced exactly to |r| ≤ ¼, so that both keep their relative accuracy next
  /// to their zeros, at the integers and the halves.
  ///
  /// Accuracy: relative error below 2⁻⁹⁸ of each.
  static func sineAndCosine(ofPiTimes x: DoubleDouble) -> (sine: DoubleDouble, cosine: DoubleDouble)
  {
    // The nearest half: twice x rounded, first of the high part, then of what is left.
    let first = (2 * x.high).rounded(.toNearestOrEven)
    let left = DoubleDouble.sum(x.high, -first / 2) + x.low
    let second = (2 * left.high).rounded(.toNearestOrEven)
    let r = left + (-second / 2)
    let quadrant =
      Int(first.truncatingRemainder(dividingBy: 4))
      + Int(second.truncatingRemainder(dividingBy: 4))
    let (sine, cosine) = shortSineAndCosine(r * pi)
    switch quadrant & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// sin t and cos t for |t| ≤ π/4, by their series.
  private static func shortSineAndCosine(
    _ t: DoubleDouble
  ) -> (sine: DoubleDouble, cosine: DoubleDouble) {
    let z = -(t * t)
    var (sine, cosine) = (reciprocalFactorials[27], reciprocalFactorials[26])
    for k in stride(from: 12, through: 0, by: -1) {
      sine = sine * z + reciprocalFactorials[2 * k + 1]
      cosine = cosine * z + reciprocalFactorials[2 * k]
    }
    return (sine * t, cosine)
  }
}
