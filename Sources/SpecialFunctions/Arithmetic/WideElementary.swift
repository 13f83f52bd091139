import InformationTheory

// Logarithm and exponential with about 100 bits. The library's own stop at 2⁻⁶⁶,
// which is enough for terms that are never subtracted; next to the zero of a special
// function the digits that cancel must have been there.

extension DoubleDouble {
  /// Returns eʸ as a value near 1 and a power of two, for |y| < 10⁸.
  ///
  /// As `scaledExp`, `y = (64 e + j)·ln 2/64 + r`, with the series of eʳ in pairs.
  ///
  /// Accuracy: relative error below 2⁻¹⁰⁰·(1 + |y|/4).
  static func wideScaledExp(_ y: DoubleDouble) -> (value: DoubleDouble, exponent: Int) {
    let k = (y.high * 0x1.71547652b82fep+6).rounded()
    let index = Int(k)
    let r =
      (y + -k * 0x1.62e42fefa0000p-7) + DoubleDouble.product(-k, 0x1.cf79abc9e3b3ap-46)
      + k * 0x1.ff0342542fc33p-100
    let j = index & 63
    return (powerOfRoot(j) * (one + wideExpm1Series(r)), (index - j) / 64)
  }

  /// Returns eʸ; below 2⁻¹⁰⁷⁴ it is 0, above the largest double +∞.
  static func wideExp(_ y: DoubleDouble) -> DoubleDouble {
    if y.high < -800 { return .zero }
    if y.high > 710 { return .infinity }
    let (value, exponent) = wideScaledExp(y)
    let result = value.scaled(byPowerOfTwo: exponent)
    return result.high.isFinite ? result : .infinity
  }

  /// Returns eʸ − 1, with full relative accuracy near 0.
  static func wideExpm1(_ y: DoubleDouble) -> DoubleDouble {
    guard y.high.magnitude >= 0.35 else {
      // (e^(y/64) − 1) by its series, then six times (1 + v)² − 1 = v(2 + v).
      var value = wideExpm1Series(y.scaled(byPowerOfTwo: -6))
      for _ in 0..<6 { value = value * (value + 2.0) }
      return value
    }
    let power = wideExp(y)
    return power.high.isFinite ? power + -1.0 : .infinity
  }

  /// Returns the logarithm of a positive value, with full relative accuracy near 1.
  ///
  /// Accuracy: relative error below 2⁻⁹⁸.
  static func wideLog(_ x: DoubleDouble) -> DoubleDouble {
    let distance = x + -1.0
    if distance.high.magnitude < 0.0625 { return wideLog1p(distance) }
    // One step of Newton's iteration from 66 bits: y + (x·e⁻ʸ − 1), error v²/2.
    let y = log(x)
    let (value, exponent) = wideScaledExp(-y)
    let (e, m) = (x.high.binaryParts.exponent, exponent)
    let v = x.scaled(byPowerOfTwo: -e) * value.scaled(byPowerOfTwo: e + m) + -1.0
    return y + v
  }

  /// Returns log(1 + x) for x > −1, with full relative accuracy near 0.
  static func wideLog1p(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high.magnitude < 0.0625 else { return wideLog(x + 1.0) }
    // 2 atanh s = 2s(1 + z/3 + z²/5 + …), s = x/(2 + x), z = s² < 2⁻⁹.
    let s = x / (x + 2.0)
    let z = s * s
    var series = oddReciprocals[12]
    for k in stride(from: 11, through: 0, by: -1) { series = series * z + oddReciprocals[k] }
    return s * series * 2.0
  }

  /// 2^(j/64) for 0 ≤ j < 64.
  private static func powerOfRoot(_ j: Int) -> DoubleDouble {
    DoubleDouble(high: exponentialTable[2 * j], low: exponentialTable[2 * j + 1])
  }

  /// eʳ − 1 for |r| ≤ 2⁻⁷, from r + r²/2 + … + r¹³/13!.
  private static func wideExpm1Series(_ r: DoubleDouble) -> DoubleDouble {
    var series = reciprocalFactorials[13]
    for k in stride(from: 12, through: 1, by: -1) {
      series = series * r + reciprocalFactorials[k]
    }
    return series * r
  }

  /// 1/(2k + 1).
  private static let oddReciprocals = (0...12).map { one / DoubleDouble(Double(2 * $0 + 1)) }

  /// 1/k!, for every k of which k! is exact in two doubles.
  static let reciprocalFactorials = (0...27).map { k in
    one / (1...max(k, 1)).reduce(one) { $0 * Double($1) }
  }
}
