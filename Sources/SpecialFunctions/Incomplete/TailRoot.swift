import InformationTheory

/// The point at which a tail of a log-concave distribution takes a given value.
struct TailRoot {
  /// The smaller of the probability and its complement, which is exact.
  let tail: Double
  /// Whether `tail` is the probability above the point.
  let isUpper: Bool

  /// - Parameters:
  ///   - probability: In 0 ..< 1.
  ///   - isUpper: Whether it lies above the point.
  init(probability: Double, isUpper: Bool) {
    let isSmaller = probability <= 0.5
    tail = isSmaller ? probability : 1 - probability
    self.isUpper = isSmaller == isUpper
  }

  /// The logarithm of the probability of one side.
  func logarithm(ofUpper wantsUpper: Bool) -> DoubleDouble {
    if wantsUpper == isUpper { return .wideLog(DoubleDouble(tail)) }
    // To first order where the halves that the series takes would not be doubles.
    return tail < 0x1p-200 ? DoubleDouble(-tail) : .wideLog1p(DoubleDouble(-tail))
  }

  /// The normal quantile of the lower side, to two digits.
  ///
  /// - Source: Abramowitz and Stegun (1964), 26.2.22.
  var deviation: Double {
    let t = (-2 * DoubleDouble.log(tail).high).squareRoot()
    let z = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t))
    return isUpper ? z : -z
  }

  /// Returns the root v, on the scale of the logarithm or the log-odds, or nil if the
  /// iteration does not settle.
  ///
  /// The logarithm of a tail is concave there, so that Newton's steps, once beyond the
  /// root on the side of the smaller tail, approach it from that side alone. Where the
  /// steps are short the second derivative makes them of third order (Halley).
  ///
  /// - Parameters:
  ///   - start: Where to begin.
  ///   - evaluate: The tail at v, and the derivative of the log-density there.
  /// - Returns: The root, or nil.
  func solve(
    from start: DoubleDouble, _ evaluate: (DoubleDouble) -> (tail: Tail, slope: Double)
  ) -> DoubleDouble? {
    let goal = logarithm(ofUpper: isUpper)
    var v = start
    for _ in 0..<200 {
      let (point, slope) = evaluate(v)
      let hazard = point.hazard(ofUpper: isUpper)
      let excess = (point.logarithm(ofUpper: isUpper) - goal).high
      var step = isUpper ? excess / hazard : -excess / hazard
      let bend = step * (isUpper ? slope + hazard : slope - hazard) / 2
      if bend.magnitude < 0.5 { step /= 1 + bend }
      // A tail that is 1 as a double says only on which side the root lies.
      if !(step.magnitude <= 2) { step = (excess > 0) == isUpper ? 2 : -2 }
      v = v + step
      if step.magnitude * Swift.max(hazard, 1) < 0x1p-20 { return v }
    }
    return nil
  }
}

extension TailRoot {
  /// From this shape on, the distribution and the error of a first guess are narrower
  /// than half a double's spacing: 39/√10³⁶ < 2⁻⁵⁴.
  static let narrow = 1e36

  /// The quotient of a logarithm and a parameter, either of which may be tiny.
  ///
  /// Beyond −10²⁹⁰ it is that, for what is added to it to leave it finite.
  static func quotient(_ logarithm: DoubleDouble, by a: Double) -> DoubleDouble {
    if logarithm.high / a < -1e290 { return DoubleDouble(-1e290) }
    let k = -a.binaryParts.exponent
    return logarithm.scaled(byPowerOfTwo: k) / DoubleDouble(a.scaled(byPowerOfTwo: k))
  }
}

extension DoubleDouble {
  /// eᵛ as the nearest double, or one next to it where it is subnormal.
  static func rounded(exponential v: DoubleDouble) -> Double {
    if v.high < -800 { return 0 }
    let (value, exponent) = wideScaledExp(v)
    return value.high.scaled(byPowerOfTwo: exponent)
  }
}
