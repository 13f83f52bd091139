import InformationTheory

// What is left of the logarithm of the gamma function beyond its value and its slope,
// and of the digamma function beyond its value, as sums of terms of one sign:
//   R(a, h) = log Γ(a + h) − log Γ(a) − h ψ(a) = φ(h/a) + R(a + 1, h),
//   Δ(a, h) = ψ(a + h) − ψ(a) = h/(a(a + h)) + Δ(a + 1, h),
// with φ(v) = v − log(1 + v) ≥ 0. From a, a + h ≥ 20 on, Stirling's series.

extension DoubleDouble {
  /// A point p, a step h and where it leads, q = p + h, with p and q of one sign.
  private struct Step {
    let p: DoubleDouble
    let q: DoubleDouble
    /// h/p.
    let v: DoubleDouble
    /// h/(p + q), so that log(q/p) = 2 atanh s.
    let s: DoubleDouble

    init(from p: DoubleDouble, by h: DoubleDouble) {
      self.p = p
      q = p + h
      // The quotient's rounded product with p must not pass the largest double.
      v = h.high > 0x1p1000 ? (h.scaled(byPowerOfTwo: -60) / p).scaled(byPowerOfTwo: 60) : h / p
      // As v/(2 + v), since p + q may overflow.
      s = v.high < 0x1p100 ? v / (v + 2.0) : .one
    }

    /// Whether the series in s², of fourteen terms, is the way.
    var isShort: Bool { s.high.magnitude < 0.0625 }

    /// q/p.
    var ratio: DoubleDouble {
      // The sum q may overflow, where it is not the difference of near values.
      v.high < -0.5 ? q / p : v + 1.0
    }

    /// log(q/p).
    var logarithm: DoubleDouble { isShort ? wideLog1p(v) : wideLog(ratio) }

    /// v − log(1 + v) ≥ 0.
    var logarithmRemainder: DoubleDouble {
      guard isShort else { return v - wideLog(ratio) }
      // v·s·(1 + (s² − s)·(1/3 + s²/5 + s⁴/7 + …)).
      let z = s * s
      return v * s * ((z - s) * atanhTail(z) + 1.0)
    }

    /// (1 + v) log(1 + v) − v ≥ 0.
    var entropyRemainder: DoubleDouble {
      guard isShort else { return ratio * wideLog(ratio) - v }
      let z = s * s
      return v * s * ((z + s) * atanhTail(z) + 1.0)
    }
  }

  /// 1/3 + z/5 + z²/7 + … for 0 ≤ z < 2⁻⁸.
  private static func atanhTail(_ z: DoubleDouble) -> DoubleDouble {
    polynomial(atanhCoefficients, z)
  }

  private static let atanhCoefficients = (0..<14).map { one / DoubleDouble(Double(2 * $0 + 3)) }

  // MARK: - The logarithm's remainder

  /// Returns φ(h/a).
  static func logarithmRemainder(_ a: DoubleDouble, _ h: Double) -> Double {
    Step(from: a, by: DoubleDouble(h)).logarithmRemainder.high
  }

  /// Returns R(a, h) for a, a + h > 0, or both below 0 and between the same poles.
  ///
  /// - Precondition: 2⁻²⁰⁰ < |h/a|, so that its square does not underflow, and
  ///   a > 2⁻⁵⁰⁰; `logGammaRemainder` has the others.
  static func wideLogGammaRemainder(at a: DoubleDouble, step h: DoubleDouble) -> DoubleDouble {
    // Long steps share one logarithm, of their ratios' product.
    var (point, sum, product) = (a, zero, one)
    while min(point.high, (point + h).high) < stirlingStart {
      let step = Step(from: point, by: h)
      if step.isShort || step.ratio.high > 0x1p300 {
        sum = sum + step.logarithmRemainder
      } else {
        sum = sum + step.v
        product = product * step.ratio
        if product.high.binaryParts.exponent.magnitude > 300 {
          sum = sum - wideLog(product)
          product = one
        }
      }
      point = point + 1.0
    }
    if product != one { sum = sum - wideLog(product) }
    let step = Step(from: point, by: h)
    let main = point * step.entropyRemainder
    let half = step.logarithmRemainder.scaled(byPowerOfTwo: -1)
    return sum + main + half + stirlingRemainderRemainder(step, h)
  }

  /// Returns μ(q) − μ(p) − h μ′(p) ≥ 0, μ being Stirling's remainder.
  private static func stirlingRemainderRemainder(_ step: Step, _ h: DoubleDouble) -> DoubleDouble {
    if step.p.high > 0x1p120 { return zero }
    let r = one / step.p
    guard step.isShort else {
      // A part below 2⁻¹⁰ of the whole, so that what cancels within it does not count.
      let z = r * r
      let slope = -(z * polynomial(slopeCoefficients, z))
      return stirlingRemainder(step.q) - stirlingRemainder(step.p) - h * slope
    }
    // (1 + v)⁻ᵐ − 1 + m v = v² Σᵢ₌₁ᵐ Σₗ₌₁ⁱ (1 + v)⁻ˡ, for each of the odd powers.
    let t = step.p / step.q
    let z = r * r
    var (power, inner, outer) = (t, t, t)
    var (weight, sum) = (r, r * t * stirlingCoefficients[0])
    for coefficient in stirlingCoefficients.dropFirst() {
      for _ in 0..<2 {
        power = power * t
        inner = inner + power
        outer = outer + inner
      }
      weight = weight * z
      let term = weight * outer * coefficient
      sum = sum + term
      if term.high.magnitude < 0x1p-108 * sum.high { break }
    }
    return step.v * step.v * sum
  }

  /// B₂ₖ/2k for k = 1 … 22, of −μ′(x) and of ψ(x).
  private static let slopeCoefficients = bernoulliNumbers.enumerated().map { i, b in
    b / DoubleDouble(Double(2 * i + 2))
  }

  // MARK: - Digamma

  /// Returns ψ(x) for x > 2⁻⁵⁰⁰; absolute error below 2⁻¹⁰⁰ of the larger of it and 1.
  static func wideDigamma(_ x: DoubleDouble) -> DoubleDouble {
    var (base, sum) = (x, zero)
    while base.high < stirlingStart {
      sum = sum + one / base
      base = base + 1.0
    }
    return wideLog(base) - digammaTail(base) - sum
  }

  /// Returns log x − ψ(x) = 1/(2x) + Σₖ B₂ₖ/(2k x²ᵏ) for x ≥ 20.
  private static func digammaTail(_ x: DoubleDouble) -> DoubleDouble {
    let r = one / x
    let half = r.scaled(byPowerOfTwo: -1)
    if x.high > 0x1p120 { return half }
    let z = r * r
    return half + z * polynomial(slopeCoefficients, z)
  }

  /// Returns Δ(a, h) for a, a + h > 0, or both below 0 and between the same poles.
  ///
  /// - Precondition: 2⁻²⁰⁰ < |h/a| and a > 2⁻⁵⁰⁰, as above.
  static func wideDigammaDifference(at a: DoubleDouble, step h: DoubleDouble) -> DoubleDouble {
    var (point, sum) = (a, zero)
    while min(point.high, (point + h).high) < stirlingStart {
      sum = sum + h / (point + h) / point
      point = point + 1.0
    }
    let step = Step(from: point, by: h)
    return sum + step.logarithm + digammaTailDifference(step)
  }

  /// Returns T(p) − T(q), where T(x) = log x − ψ(x); it has the sign of the step.
  private static func digammaTailDifference(_ step: Step) -> DoubleDouble {
    if step.p.high > 0x1p120 { return zero }
    guard step.isShort else { return digammaTail(step.p) - digammaTail(step.q) }
    // 1 − (1 + v)⁻ᵐ = v Σₗ₌₁ᵐ (1 + v)⁻ˡ, for the first and for each of the even powers.
    let (t, r) = (step.p / step.q, one / step.p)
    let z = r * r
    var (power, inner) = (t, t)
    var (weight, sum) = (one, (r * t).scaled(byPowerOfTwo: -1))
    for (k, coefficient) in slopeCoefficients.enumerated() {
      for _ in 0..<(k == 0 ? 1 : 2) {
        power = power * t
        inner = inner + power
      }
      weight = weight * z
      let term = weight * inner * coefficient
      sum = sum + term
      if term.high.magnitude < 0x1p-110 * sum.high { break }
    }
    return step.v * sum
  }
}
