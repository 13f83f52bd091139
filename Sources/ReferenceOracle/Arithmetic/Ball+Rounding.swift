import BigInt

/// Which of the neighbours of a real is taken for it.
enum Rounding: Sendable {
  case down, up, nearest
}

extension Ball {
  /// The double nearest to the centre.
  var nearestDouble: Double { Self.double(mantissa, exponent: exponent, .nearest) }
  /// The largest double that is not above the ball.
  var lowerDouble: Double { Self.double(lower, exponent: exponent, .down) }
  /// The least double that is not below the ball.
  var upperDouble: Double { Self.double(upper, exponent: exponent, .up) }

  /// The double nearest to every real in the ball, nil where they have several.
  var onlyNearestDouble: Double? {
    guard !isUnbounded else { return nil }
    let low = Self.double(lower, exponent: exponent, .nearest)
    if isExact { return low }
    return low == Self.double(upper, exponent: exponent, .nearest) ? low : nil
  }

  /// m·2ᵉ rounded to a double; a nearest one has an even significand at ties.
  static func double(_ m: BigInt, exponent: Int, _ rounding: Rounding) -> Double {
    guard m.sign == .plus else {
      return 0 - double(-m, exponent: exponent, rounding.mirrored)
    }
    guard !m.isZero else { return 0 }
    let magnitude = m.magnitude
    let top = exponent + magnitude.bitWidth - 1
    if top > 1023 { return rounding == .down ? .greatestFiniteMagnitude : .infinity }
    if top < -1076 { return rounding == .up ? .leastNonzeroMagnitude : 0 }
    let last = max(top - 52, -1074)
    let shift = last - exponent
    guard shift > 0 else { return scaled(UInt64(magnitude << -shift), last, rounding) }
    var significand = UInt64(magnitude >> shift)
    let zeros = magnitude.trailingZeroBitCount
    if zeros < shift {
      switch rounding {
      case .down: break
      case .up: significand += 1
      case .nearest:
        let isHalfOrMore = (magnitude >> (shift - 1)) & 1 == 1
        if isHalfOrMore && (zeros < shift - 1 || significand & 1 == 1) { significand += 1 }
      }
    }
    return scaled(significand, last, rounding)
  }

  /// At most 2⁵³ times 2ᵏ; above the largest double a bound from below is that.
  private static func scaled(_ significand: UInt64, _ k: Int, _ rounding: Rounding) -> Double {
    let value = Double(sign: .plus, exponent: k, significand: Double(significand))
    return rounding == .down ? min(value, .greatestFiniteMagnitude) : value
  }
}

extension Rounding {
  /// What it is for the negative of a real.
  fileprivate var mirrored: Rounding {
    switch self {
    case .down: .up
    case .up: .down
    case .nearest: .nearest
    }
  }
}
