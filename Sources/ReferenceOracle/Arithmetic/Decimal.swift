import BigInt

/// A decimal number of a few digits: ±digits·10ᵏ.
struct Decimal: Equatable, Sendable {
  let isNegative: Bool
  let digits: BigUInt
  let exponent: Int

  /// Digits of a value, which is rounded to nearest.
  static let valueDigits = 25
  /// Digits of a bound, which is rounded outward.
  static let boundDigits = 28

  /// Beyond these powers of ten a number is as good as 0, or as infinite.
  static let farthest = 800
  /// 2 to this is more than 10⁸⁰⁰.
  static let farthestPowerOfTwo = 2660

  /// m·2ᵉ in so many digits.
  init(_ m: BigInt, exponent: Int, digits count: Int, _ rounding: Rounding) {
    isNegative = m.sign == .minus && !m.isZero
    guard !m.isZero else {
      (digits, self.exponent) = (0, 0)
      return
    }
    let awayFromZero = (rounding == .up) != isNegative
    let magnitude = m.magnitude
    let top = exponent + magnitude.bitWidth
    if top.magnitude > Self.farthestPowerOfTwo {
      let isUp = rounding != .nearest && awayFromZero
      let isTiny = top < 0
      digits = isTiny ? (isUp ? 1 : 0) : 1
      self.exponent =
        isTiny ? -Self.farthest : (isUp || rounding == .nearest ? .max : Self.farthest)
      return
    }
    // log₁₀ of the number is within one of this, and the loop sees to that one.
    var leading = Int((Double(top - 1) * 0.30102999566398120).rounded(.down))
    let (low, high) = (Self.power(count - 1), Self.power(count))
    while true {
      let scale = count - 1 - leading
      var top = magnitude
      var bottom = BigUInt(1)
      if scale >= 0 { top *= Self.power(scale) } else { bottom = Self.power(-scale) }
      if exponent >= 0 { top <<= exponent } else { bottom <<= -exponent }
      let (quotient, rest) =
        scale >= 0
        ? Self.split(top, -exponent) : top.quotientAndRemainder(dividingBy: bottom)
      if quotient >= high {
        leading += 1
        continue
      }
      if quotient < low {
        leading -= 1
        continue
      }
      let isUp: Bool
      switch rounding {
      case .nearest: isUp = rest << 1 >= bottom
      default: isUp = awayFromZero && !rest.isZero
      }
      let rounded = isUp ? quotient + 1 : quotient
      (digits, self.exponent) =
        rounded == high ? (low, leading + 1 - count + 1) : (rounded, leading - count + 1)
      return
    }
  }

  /// Quotient and remainder by a power of two; of a negative power there is no remainder.
  private static func split(_ x: BigUInt, _ k: Int) -> (BigUInt, BigUInt) {
    guard k > 0 else { return (x, 0) }
    let quotient = x >> k
    return (quotient, x - (quotient << k))
  }

  /// Powers of ten up to those of doubles.
  private static let powers: [BigUInt] = {
    var powers = [BigUInt(1)]
    for _ in 0..<840 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  private static func power(_ k: Int) -> BigUInt {
    k < powers.count ? powers[k] : BigUInt(10).power(k)
  }
}

extension Decimal: CustomStringConvertible {
  /// Digits with a point between them for numbers of everyday size, else with an exponent.
  ///
  /// Zeros at the end go where the number is exact to so many digits, which is no harm.
  var description: String {
    if exponent == .max { return isNegative ? "-inf" : "inf" }
    guard !digits.isZero else { return "0" }
    let text = String(digits)
    let leading = exponent + text.count - 1
    let sign = isNegative ? "-" : ""
    if leading < -5 || leading > 20 {
      let rest = text.dropFirst()
      return sign + text.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e\(leading)"
    }
    if leading < 0 { return sign + "0." + String(repeating: "0", count: -leading - 1) + text }
    let whole = text.prefix(leading + 1)
    let missing = leading + 1 - whole.count
    if missing > 0 { return sign + whole + String(repeating: "0", count: missing) }
    let rest = text.dropFirst(leading + 1)
    return sign + whole + (rest.isEmpty ? "" : "." + rest)
  }
}
