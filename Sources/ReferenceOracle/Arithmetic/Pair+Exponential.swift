import InformationTheory

// Exponential and logarithm of pairs with proven bounds, in u = 2⁻⁵³. Nothing here calls the
// platform's functions; the derivations are in the article on the bounds.

extension Pair {
  /// e^(y ± r) is within eʸ(eʳ − 1) ≤ 1.01·r·eʸ of eʸ, for r < 0.01.
  func exp() -> Pair {
    if isZero { return Pair(.one, radius: 0) }
    guard radius < 0.01 else { return .unbounded }
    if value.high < -745 {
      // Below 2⁻¹⁰⁷⁴: the bound is all that is known.
      return Pair(.zero, radius: 0x1p-1060)
    }
    guard value.high < 709 else { return .unbounded }
    let power = Self.exp(value)
    return Pair(rounded: power, inherited: power.high * radius * 1.02)
  }

  func expm1() -> Pair {
    if isZero { return self }
    guard value.high.magnitude < 0x1p-8, radius < 0.01 else {
      return exp() - Pair(.one, radius: 0)
    }
    let result = value + value * value * Self.exponentialTail(value)
    return Pair(rounded: result, inherited: radius * 1.02)
  }

  /// `y = k·log 2/64 + r`, `eʸ = 2^(k/64)·eʳ` with |r| < 0.0055, for −745 ≤ y < 709.
  ///
  /// log 2/64 has three parts, of 36, 36 and 53 bits: k has 17, so that the first two
  /// products are exact and r is off by less than 2⁻¹¹⁰. The series is off by less than 2⁻¹¹²
  /// (``exponentialTail(_:)``), the table by 2⁻¹⁰⁶, the product with a number below 2⁻⁷ by
  /// 2⁻¹¹⁰, the last sum by 3u² = 2⁻¹⁰⁴·⁴: together less than 2⁻¹⁰³, relative to eʸ.
  private static func exp(_ y: DoubleDouble) -> DoubleDouble {
    let k = (y.high * 0x1.71547652b82fep+6).rounded()
    let index = Int(k)
    let first = y + -k * 0x1.62e42fefa0000p-7
    let r = (first + -k * 0x1.cf79abc9e0000p-46) + -k * 0x1.d9cc01f97b57ap-85
    let j = index & 63
    let power = DoubleDouble(high: exponentialTable[2 * j], low: exponentialTable[2 * j + 1])
    let series = r + r * r * exponentialTail(r)
    return (power + power * series).scaled(byPowerOfTwo: (index - j) / 64)
  }

  /// (eʳ − 1 − r)/r² for |r| < 2⁻⁷, off by less than 2⁻⁹⁸.
  ///
  /// ½ + r/6 + … + r⁴/6! in pairs, whose last operations are off by 10u² of less than 1, and
  /// from r⁵/7! on in doubles, off by 2⁻³⁵·2⁻¹²·4u < 2⁻⁹⁸; the rest from r¹²/14! on is
  /// below 2⁻¹²⁰. In eʳ this is times r² < 2⁻¹⁴.
  private static func exponentialTail(_ r: DoubleDouble) -> DoubleDouble {
    let x = r.high
    var tail = 1 / 6_227_020_800.0
    tail = tail * x + 1 / 479_001_600.0
    tail = tail * x + 1 / 39_916_800.0
    tail = tail * x + 1 / 3_628_800.0
    tail = tail * x + 1 / 362_880.0
    tail = tail * x + 1 / 40_320.0
    tail = tail * x + 1 / 5_040.0
    var sum = DoubleDouble(tail)
    for coefficient in inverseFactorials { sum = sum * r + coefficient }
    return sum
  }

  /// 1/6!, 1/5!, …, 1/2!, each rounded to 106 bits.
  private static let inverseFactorials: [DoubleDouble] = [720, 120, 24, 6, 2].map {
    DoubleDouble.quotient(1, $0)
  }
}

extension Pair {
  /// log(x ± r) is within r/(x − r) of log x.
  func log() -> Pair {
    guard value.high > 0, radius < value.high * 0.5, !isUnbounded else { return .unbounded }
    if value.high == 1 && value.low == 0 && radius == 0 { return Pair(.zero, radius: 0) }
    let inherited = radius / (value.high * (1 - 0x1p-50) - radius)
    // x = 2ᵉ·m with m from √½ to √2: of e·log 2 + log m neither part cancels the other.
    var exponent = value.high.binaryParts.exponent
    if value.high.binaryParts.significand > 0x1.6a09e667f3bcdp0 { exponent += 1 }
    let m = value.scaled(byPowerOfTwo: -exponent)
    let (logarithm, error) = Self.logOfSignificand(m)
    guard exponent != 0 else {
      return Pair(rounded: logarithm, inherited: inherited + error, relative: 0)
    }
    let power = DoubleDouble.ln2 * Double(exponent)
    return Pair(rounded: power + logarithm, inherited: inherited + error)
  }

  func log1p() -> Pair {
    if isZero { return self }
    guard value.high.magnitude < 0x1p-4 else { return (Pair(.one, radius: 0) + self).log() }
    return Pair(rounded: Self.log1pSeries(value), inherited: radius * 1.1)
  }

  /// log m for m in √½ … √2, with a bound of the error.
  ///
  /// Away from 1, log m = y + log(1 + v) with v = m·e⁻ʸ − 1 for a double y near log m,
  /// however good: v is tested. e⁻ʸ is off by 2⁻¹⁰³, the product by 7u² < 2⁻¹⁰³, the rest of
  /// v − v²/2 is below 2⁻¹²¹, and the sums are off by 6u² of less than ½: less than 2⁻¹⁰¹.
  private static func logOfSignificand(
    _ m: DoubleDouble
  ) -> (value: DoubleDouble, error: Double) {
    let f = m + -1.0
    if f.high.magnitude < 0x1p-4 {
      let series = log1pSeries(f)
      return (series, series.high.magnitude * Self.relative)
    }
    let y = DoubleDouble.log(DoubleDouble(m.high)).high
    let v = m * exp(DoubleDouble(-y)) + -1.0
    guard v.high.magnitude < 0x1p-40 else { return (.zero, .infinity) }
    return (v + -0.5 * v.high * v.high + y, 0x1p-100)
  }

  /// log(1 + f) for |f| ≤ 2⁻⁴, off by less than 64 u², relatively.
  ///
  /// 2 artanh s with s = f/(2 + f), |s| ≤ 1/31: s + s³/3 + … + s¹¹/11 in pairs, the rest from
  /// s¹³/13 to s²¹/21 in doubles. s is off by 18u², its product with the bracket by 7u², the
  /// bracket, 1 + z·(…) with z = s² < 2⁻⁹·⁹, by 4u²; the doubles by z⁶/13·4u < 2⁻¹¹⁴, and
  /// what is left out is below z¹¹/23 < 2⁻¹¹³.
  private static func log1pSeries(_ f: DoubleDouble) -> DoubleDouble {
    let s = f / (f + 2.0)
    let z = s * s
    let x = z.high
    var tail = 1 / 21.0
    tail = tail * x + 1 / 19.0
    tail = tail * x + 1 / 17.0
    tail = tail * x + 1 / 15.0
    tail = tail * x + 1 / 13.0
    var sum = DoubleDouble(tail)
    for i in stride(from: 5, through: 1, by: -1) { sum = sum * z + inverseOdds[i] }
    let bracket = sum * z + 1.0
    return (s * bracket).scaled(byPowerOfTwo: 1)
  }

  /// 1/(2j + 1), each rounded to 106 bits.
  private static let inverseOdds: [DoubleDouble] = (0..<20).map {
    DoubleDouble.quotient(1, Double(2 * $0 + 1))
  }

  /// p·log(p/q) − p + q.
  ///
  /// Where |s| < 1/8 for s = (p − q)/(p + q), z = s², it is (p − q)·s·(1 + (s + z)·B) with
  /// B = 1/3 + z/5 + z²/7 + …, from p = m(1 + s), q = m(1 − s): no part cancels another, and
  /// the error is below 64 u². For doubles p and q, p − q is off by nothing; s by 18u²; B,
  /// of which the terms from z⁹/21 on are doubles, by 13u²; the bracket by 5u²; the rest by
  /// 17u² more. Elsewhere the parts are at most ten times the whole, as the radius says.
  static func divergence(_ p: Pair, _ q: Pair) -> Pair {
    let difference = p - q
    let whole = p.value + q.value
    guard difference.value.high.magnitude < 0.12 * whole.high, whole.high < .infinity else {
      return p * logOfQuotient(p, q) - difference
    }
    guard isModerate(p.value.high) else {
      // Of degree 1: brought near 1, exactly, where nothing underflows.
      let k = p.value.high.binaryParts.exponent
      return divergence(p.scaled(byPowerOfTwo: -k), q.scaled(byPowerOfTwo: -k))
        .scaled(byPowerOfTwo: k)
    }
    // The slopes log(p/q) and 1 − p/q are below 0.29 here.
    let inherited = p.radius == 0 && q.radius == 0 ? 0 : 0.35 * (p.radius + q.radius)
    return Pair(rounded: nearDivergence(difference.value, whole), inherited: inherited)
  }

  /// The same by d = p − q and w = p + q alone, where these are known better.
  ///
  /// It is d²/w times the bracket, whose logarithm has a slope below 0.5 in s = d/w, |s| <
  /// 0.12: where d is off by ε and w by η, relatively, the whole is off by at most
  /// 2.06·ε + 1.06·η and what is of second order.
  static func divergence(_ p: Pair, _ q: Pair, difference: Pair) -> Pair {
    if difference.isZero { return difference }
    let whole = p.value + q.value
    let size = difference.value.high.magnitude
    guard size < 0.12 * whole.high, isModerate(size), isModerate(whole.high),
      difference.radius < size * 0x1p-40, p.radius + q.radius < whole.high * 0x1p-40
    else { return divergence(p, q) }
    let result = nearDivergence(difference.value, whole)
    let inherited =
      result.high * (2.2 * (difference.radius / size) + 1.2 * ((p.radius + q.radius) / whole.high))
    return Pair(rounded: result, inherited: inherited)
  }

  /// log(p/q), also where the quotient is too small or too large for a double.
  private static func logOfQuotient(_ p: Pair, _ q: Pair) -> Pair {
    if isModerate(p.value.high) && isModerate(q.value.high) { return (p / q).log() }
    guard p.value.high > 0, q.value.high > 0, !p.isUnbounded, !q.isUnbounded else {
      return .unbounded
    }
    let (i, j) = (p.value.high.binaryParts.exponent, q.value.high.binaryParts.exponent)
    let significands = p.scaled(byPowerOfTwo: -i) / q.scaled(byPowerOfTwo: -j)
    return significands.log() + Pair(rounded: DoubleDouble.ln2 * Double(i - j), inherited: 0)
  }

  /// d·s·(1 + (s + z)·B) with s = d/w, z = s².
  private static func nearDivergence(_ d: DoubleDouble, _ w: DoubleDouble) -> DoubleDouble {
    let s = d / w
    let z = s * s
    let x = z.high
    var tail = 1 / 37.0
    for i in stride(from: 17, through: 10, by: -1) { tail = tail * x + 1 / Double(2 * i + 1) }
    var sum = DoubleDouble(tail)
    for i in stride(from: 9, through: 1, by: -1) { sum = sum * z + inverseOdds[i] }
    return d * s * ((s + z) * sum + 1.0)
  }
}
