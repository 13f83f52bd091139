import BigInt

extension Ball {
  /// eˣ: the value at the centre, times 1 ± 2r while r ≤ ½, because eʳ − 1 ≤ 2r there.
  func exp() -> Ball {
    if isUnbounded { return self }
    if isZero { return Ball(exactly: 1, exponent: 0, precision: precision) }
    guard reach <= Self.largestExponent else {
      // e^x < 2^x for x < −2²⁰, which is nothing to anything near a double.
      return upper < 0
        ? .within(powerOfTwo: -(1 << 20), precision: precision) : .unbounded(precision)
    }
    guard spread.reach <= -1 else { return .unbounded(precision) }
    let value = Self.exp(ofCentre: centre, precision: precision)
    return value.widened(by: value * spread.scaled(byPowerOfTwo: 1))
  }

  /// Where |x| stays below 2 to this, eˣ has an exponent of its own.
  private static let largestExponent = 20

  /// eˣ − 1: near 0 the 1 cancels as many bits as the argument has zeros.
  func expm1() -> Ball {
    if isUnbounded || isZero { return self }
    guard !mantissa.isZero, reach < 1 else {
      return exp() - Ball(exactly: 1, exponent: 0, precision: precision)
    }
    guard spread.reach <= -1 else { return .unbounded(precision) }
    let wide = precision + 8 - reach
    let value = Self.exp(ofCentre: centre, precision: wide)
    let result = value - Ball(exactly: 1, exponent: 0, precision: wide)
    return result.with(precision: precision).widened(by: value * spread.scaled(byPowerOfTwo: 1))
  }

  /// eˣ of an exact x with |x| < 2²⁰, in fixed point with w bits after the point.
  ///
  /// x = k·log 2 + r with |r| < 0.36; eˣ = 2ᵏ·(e^(r/2ˢ))^(2ˢ). The errors, in units of 2⁻ʷ:
  /// r is off by 2 (x cut, and 2⁻³¹·|k| < 1 of log 2), r/2ˢ, cut again, by 3; each of N terms of the
  /// series, cut twice, by 2, and the rest of the series by 1, so that the sum is off by
  /// 2N + 3·2 + 1; squaring v < 1.45 with error e gives 2ve + e²/2ʷ + 1 < 3e + 2.
  private static func exp(ofCentre x: Ball, precision: Int) -> Ball {
    let squarings = min(4 + precision / 64, 24)
    let w = precision + 2 * squarings + 24
    let log2 = logarithmOf2(bits: w + 32)
    let wide = fixed(x.mantissa, exponent: x.exponent, bits: w)
    let k = Int(roundedQuotient(wide << 32, log2))
    let r = ((wide << 32) - BigInt(k) * log2) >> (32 + squarings)

    var (term, sum, count) = (BigInt(1) << w, BigInt(1) << w, 0)
    while !term.isZero {
      count += 1
      term = cut(term * r, w) / BigInt(count)
      sum += term
    }
    var error = 2 * count + 9
    for _ in 0..<squarings {
      sum = (sum * sum) >> w
      error = 3 * error + 2
    }
    return Ball(sum, radius: BigUInt(error), exponent: k - w, precision: precision)
  }

  /// Integer division by a power of two, towards 0.
  private static func cut(_ x: BigInt, _ bits: Int) -> BigInt {
    BigInt(sign: x.sign, magnitude: x.magnitude >> bits)
  }

  /// The quotient rounded to a nearest integer.
  private static func roundedQuotient(_ a: BigInt, _ b: BigInt) -> BigInt {
    let half = b.magnitude >> 1
    let quotient = (a.magnitude + half) / b.magnitude
    return BigInt(sign: a.sign, magnitude: quotient)
  }

  /// m·2ᵉ in units of 2⁻ᵇ, cut towards 0.
  private static func fixed(_ m: BigInt, exponent: Int, bits: Int) -> BigInt {
    let shift = exponent + bits
    if shift >= 0 { return m << shift }
    return -shift > m.magnitude.bitWidth ? 0 : cut(m, -shift)
  }
}
