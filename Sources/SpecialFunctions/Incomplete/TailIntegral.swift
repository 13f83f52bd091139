import InformationTheory

/// The smaller tail of a gamma or beta distribution, divided by its density.
///
/// On the scale v of the logarithm (gamma) or the log-odds (beta) of the variable the
/// densities are log-concave, eᴸ⁽ᵛ⁾. The tail beyond v, on the side where the density
/// falls, is the density at v times
///
/// `J = ∫₀^∞ exp(−G(w)) dw`, `G(w) = s·w + q·H(w)`,
///
/// with G convex and s ≥ 0. For beta, with x the smaller of the variable and its
/// complement and ω = ±w,
///
/// `H = eʷ − 1 − ω − (eʷ − 1)·(z − log(1 + z))/z`, `z = x·(eʷ − 1)`, `q = (a + b)·x`,
///
/// and gamma is the case x = 0. The integrand is smooth on the scale of its own width
/// whatever the parameters are, as long as q ≥ 1 and, with ω = −w, the exponent of its
/// decay is at least 20: Gauss's rule with 32 nodes then has an error below 2·10⁻¹⁹,
/// in the transition as in the tails, with no series to choose.
struct TailIntegral {
  /// The slope of G at 0, which is not negative.
  let slope: DoubleDouble
  let scale: DoubleDouble
  /// The smaller of x and 1 − x for beta, 0 for gamma.
  let share: DoubleDouble
  /// Whether the smaller of the two, or gamma's variable, grows with w.
  let isGrowing: Bool

  /// J.
  ///
  /// Accuracy: relative error below 2⁻⁶⁰.
  func value() -> DoubleDouble {
    let width = self.width()
    var sum = DoubleDouble.zero
    for (node, weight) in GaussLegendre.rule {
      let w = node * width
      sum = sum + weight * DoubleDouble.exp(-(slope * w + scale * curvature(w)))
    }
    return sum * width
  }

  /// A w beyond which less than e⁻⁴³ of J is left: G(w) = 43, by Newton's iteration.
  ///
  /// Any w near it serves, so plain doubles do.
  private func width() -> Double {
    let level = 43.0
    let (s, q, x) = (slope.high, scale.high, share.high)
    var w = 1 / (s / level + (q * (1 - x) / (2 * level)).squareRoot())
    for _ in 0..<100 {
      let growth = DoubleDouble.expm1(DoubleDouble(isGrowing ? w : -w)).high
      let rise = q * (1 - x) * growth / (1 + x * growth)
      let excess = s * w + q * curvature(DoubleDouble(w)).high - level
      if excess > -0.5 && excess < 2 { break }
      w -= excess / (s + (isGrowing ? rise : -rise))
    }
    return w
  }

  /// H(w).
  private func curvature(_ w: DoubleDouble) -> DoubleDouble {
    let signed = isGrowing ? w : -w
    let remainder = DoubleDouble.exponentialRemainder(signed)
    if share.high == 0 { return remainder }
    let growth = DoubleDouble.expm1(signed)
    let z = share * growth
    if z.high.magnitude < 0.0625 {
      return remainder - growth * DoubleDouble.logRemainderQuotient(z)
    }
    // The same, with the parts that cancel at larger z left out.
    return (DoubleDouble.log1p(z) - share * signed) / share
  }
}

extension DoubleDouble {
  /// Returns (z − log(1 + z))/z for |z| ≤ 1/16, which is z/2 to first order.
  ///
  /// Accuracy: relative error below 2⁻⁶⁵.
  static func logRemainderQuotient(_ z: DoubleDouble) -> DoubleDouble {
    // log(1 + z) = 2 atanh s, s = z/(2 + z): z − log(1 + z) = z·s − 2s³(⅓ + s²/5 + …).
    let base = z + 2.0
    let s = z / base
    let square = s.high * s.high
    var tail = 1.0 / 17
    for k in stride(from: 15, through: 5, by: -2) { tail = tail * square + 1 / Double(k) }
    return s * (one - s / base * 2.0 * (third + square * tail))
  }

  /// Returns u − log(1 + u), where λ = 1 + u > 0 is given as well, with about 95 bits.
  static func logRemainder(_ u: DoubleDouble, onePlus lambda: DoubleDouble) -> DoubleDouble {
    guard u.high.magnitude < 0.0625 else { return u - wideLog(lambda) }
    let s = u / (u + 2.0)
    let square = s * s
    var tail = one / DoubleDouble(27)
    for k in stride(from: 25, through: 3, by: -2) {
      tail = tail * square + one / DoubleDouble(Double(k))
    }
    return s * (u - square * tail * 2.0)
  }
}
