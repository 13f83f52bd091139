import BigInt
import InformationTheory
import Synchronization

extension Ball {
  /// log x: the value at the centre, within r over the least x.
  func log() -> Ball {
    guard isPositive else { return .unbounded(precision) }
    let value = Self.log(ofCentre: centre)
    return isExact ? value : value.widened(by: spread / least)
  }

  /// log(1 + x), whose relative accuracy near 0 is that of x.
  func log1p() -> Ball {
    if isUnbounded || isZero { return self }
    let one = Ball(exactly: 1, exponent: 0, precision: precision)
    guard reach <= -2 else { return (one + self).log() }
    let value = mantissa.isZero ? centre : Self.log1p(ofCentre: centre)
    return isExact ? value : value.widened(by: spread / (one + least))
  }

  /// x = 2ᵏ(1 + u) with 1 + u from 11/16 to 11/8, so that k·log 2 never cancels log(1 + u).
  private static func log(ofCentre x: Ball) -> Ball {
    let bits = x.mantissa.magnitude.bitWidth
    let leading =
      bits >= 4 ? Int(x.mantissa.magnitude >> (bits - 4)) : Int(x.mantissa.magnitude << (4 - bits))
    // Sixteenths of the interval 8 ..< 16.
    let k = x.exponent + bits - (leading >= 11 ? 0 : 1)
    let shift = x.exponent - k
    // 1 + u is mantissa·2^shift with shift < 0 here, unless x is a power of two.
    let u =
      shift < 0
      ? Ball(
        exactly: x.mantissa - (BigInt(1) << -shift), exponent: shift, precision: x.precision)
      : Ball(exactly: (x.mantissa << shift) - 1, exponent: 0, precision: x.precision)
    if k == 0 { return log1p(ofCentre: u) }
    let scale = Ball(
      logarithmOf2(bits: x.precision + 8), radius: 2, exponent: -(x.precision + 8),
      precision: x.precision)
    let power = Ball(exactly: BigInt(k), exponent: 0, precision: x.precision) * scale
    return u.isZero ? power : power + log1p(ofCentre: u)
  }

  /// log(1 + u) of an exact |u| < ½, u ≠ 0.
  ///
  /// For a double y near it, log(1 + u) = y + log(1 + v) with v = (1 + u)e⁻ʸ − 1, whatever
  /// y is; a good y makes v small and the series short. A u that is small already is v.
  private static func log1p(ofCentre u: Ball) -> Ball {
    if u.isZero { return u }
    let depth = -u.reach
    if depth >= 24 { return series(u) }
    let wide = u.precision + depth + 16
    let one = Ball(exactly: 1, exponent: 0, precision: wide)
    let sum = one + u.with(precision: max(wide, u.mantissa.magnitude.bitWidth + 2))
    let estimate = DoubleDouble.log(sum.nearestDouble).high
    let y = Ball(estimate, precision: wide)
    let v = sum * (-y).exp() - one
    return (y + series(v)).with(precision: u.precision)
  }

  /// v − v²/2 + v³/3 − …, for |v| < 2⁻²⁰; the rest is below |v| to the next power.
  private static func series(_ v: Ball) -> Ball {
    if v.isZero { return v }
    let count = max(v.precision / max(-v.reach, 1) + 2, 2)
    guard v.reach < -20 else { return .unbounded(v.precision) }
    var sum = Ball(exactly: 0, exponent: 0, precision: v.precision)
    for i in stride(from: count, through: 1, by: -1) {
      let coefficient =
        Ball(exactly: i % 2 == 1 ? 1 : -1, exponent: 0, precision: v.precision)
        / Ball(exactly: BigInt(i), exponent: 0, precision: v.precision)
      sum = coefficient + v * sum
    }
    return (v * sum).widened(by: .within(powerOfTwo: v.reach * (count + 1) + 1, precision: 64))
  }

  /// log 2 in units of 2⁻ᵇ, within two units.
  ///
  /// `log 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749)`, Machin's way. Of n at
  /// least 26 there are w/9 terms, each off by 2 units of 2⁻ʷ and times at most 18: less than
  /// 2²⁰ units for w < 2¹⁷. Cutting those bits off loses one unit more.
  /// Source: Brent and Zimmermann, "Modern Computer Arithmetic" (2010), section 4.8.
  static func logarithmOf2(bits: Int) -> BigInt {
    let stored = storedLogarithm.withLock { $0 }
    if stored.bits >= bits { return stored.value >> (stored.bits - bits) }
    let w = bits + 24
    let sum =
      BigInt(18) * artanhOfInverse(26, w) - BigInt(2) * artanhOfInverse(4801, w)
      + BigInt(8) * artanhOfInverse(8749, w)
    storedLogarithm.withLock { if $0.bits < w - 20 { $0 = (w - 20, sum >> 20) } }
    return sum >> 24
  }

  private static let storedLogarithm = Mutex<(bits: Int, value: BigInt)>((0, 0))

  /// artanh(1/n) in units of 2⁻ʷ.
  private static func artanhOfInverse(_ n: Int, _ w: Int) -> BigInt {
    let square = BigInt(n * n)
    var power = (BigInt(1) << w) / BigInt(n)
    var (sum, i) = (power, 1)
    while !power.isZero {
      power /= square
      i += 2
      sum += power / BigInt(i)
    }
    return sum
  }
}
