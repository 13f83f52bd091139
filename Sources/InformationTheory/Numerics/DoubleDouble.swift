/// An unevaluated sum of two doubles, about 106 bits of significand.
///
/// Every measure computes its terms in this type, so that the one rounding a
/// user sees is the last one. The operations are those of Joldes, Muller and
/// Popescu, "Tight and rigorous error bounds for basic building blocks of
/// double-word arithmetic" (2017, doi:10.1145/3121432), with relative errors
/// below 2⁻¹⁰⁰. They hold for finite operands whose products neither overflow
/// nor underflow; callers scale by powers of two first where that can happen.
package struct DoubleDouble: Equatable, Sendable {
  package var high: Double
  package var low: Double

  /// Creates a pair that is already normalised: `high` is `high + low` rounded.
  @inline(__always)
  package init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  @inline(__always)
  package init(_ value: Double) {
    self.init(high: value, low: 0)
  }

  package static let zero = DoubleDouble(0)
  package static let one = DoubleDouble(1)
  package static let infinity = DoubleDouble(.infinity)

  package static let ln2 = DoubleDouble(
    high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56)
  package static let ln10 = DoubleDouble(
    high: 0x1.26bb1bbb55516p+1, low: -0x1.f48ad494ea3e9p-53)
  package static let third = DoubleDouble(
    high: 0x1.5555555555555p-2, low: 0x1.5555555555555p-56)
}

// MARK: - Error-free transformations

extension DoubleDouble {
  /// The exact sum of two doubles.
  @inline(__always)
  package static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    let t = s - a
    return DoubleDouble(high: s, low: (a - (s - t)) + (b - t))
  }

  /// The exact difference of two doubles.
  @inline(__always)
  package static func difference(_ a: Double, _ b: Double) -> DoubleDouble {
    sum(a, -b)
  }

  /// The exact sum of two doubles of which the first is the larger, or zero.
  @inline(__always)
  package static func orderedSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    return DoubleDouble(high: s, low: b - (s - a))
  }

  /// The exact product of two doubles.
  @inline(__always)
  package static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let p = a * b
    return DoubleDouble(high: p, low: (-p).addingProduct(a, b))
  }

  /// The quotient of two doubles.
  @inline(__always)
  package static func quotient(_ a: Double, _ b: Double) -> DoubleDouble {
    let q = a / b
    return orderedSum(q, a.addingProduct(-q, b) / b)
  }
}

// MARK: - Arithmetic

extension DoubleDouble {
  @inline(__always)
  package static prefix func - (x: DoubleDouble) -> DoubleDouble {
    DoubleDouble(high: -x.high, low: -x.low)
  }

  @inline(__always)
  package static func + (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let s = sum(x.high, y.high)
    let t = sum(x.low, y.low)
    let v = orderedSum(s.high, s.low + t.high)
    return orderedSum(v.high, t.low + v.low)
  }

  @inline(__always)
  package static func - (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    x + (-y)
  }

  @inline(__always)
  package static func + (x: DoubleDouble, y: Double) -> DoubleDouble {
    let s = sum(x.high, y)
    return orderedSum(s.high, x.low + s.low)
  }

  @inline(__always)
  package static func * (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let p = product(x.high, y.high)
    let cross = (x.high * y.low).addingProduct(x.low, y.high)
    return orderedSum(p.high, p.low + cross)
  }

  @inline(__always)
  package static func * (x: DoubleDouble, y: Double) -> DoubleDouble {
    let p = product(x.high, y)
    return orderedSum(p.high, p.low.addingProduct(x.low, y))
  }

  @inline(__always)
  package static func / (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let q = x.high / y.high
    let remainder = x - y * q
    return orderedSum(q, remainder.high / y.high)
  }

  /// The square root of a value that is not negative.
  @inline(__always)
  package func squareRoot() -> DoubleDouble {
    guard high > 0 else { return .zero }
    let root = high.squareRoot()
    let remainder = self - DoubleDouble.product(root, root)
    return DoubleDouble.orderedSum(root, remainder.high / (2 * root))
  }

  package var magnitude: DoubleDouble { high < 0 ? -self : self }
}

extension DoubleDouble: Comparable {
  @inline(__always)
  package static func < (x: DoubleDouble, y: DoubleDouble) -> Bool {
    x.high < y.high || (x.high == y.high && x.low < y.low)
  }
}

// MARK: - Powers of two

extension DoubleDouble {
  /// The value times 2ᵏ, for any k: exact unless the result leaves the range.
  @inline(__always)
  package func scaled(byPowerOfTwo k: Int) -> DoubleDouble {
    if k == 0 { return self }
    return DoubleDouble(high: high.scaled(byPowerOfTwo: k), low: low.scaled(byPowerOfTwo: k))
  }
}

extension Double {
  /// The value times 2ᵏ, rounded once.
  ///
  /// Three factors reach every exponent; only the last can be inexact.
  @inline(__always)
  package func scaled(byPowerOfTwo k: Int) -> Double {
    if k >= -1022 && k <= 1023 { return self * Double.powerOfTwo(k) }
    if k > 0 {
      let rest = Swift.min(k - 1023, 1023)
      return self * Double.powerOfTwo(1023) * Double.powerOfTwo(rest)
        * Double.powerOfTwo(Swift.min(k - 1023 - rest, 1023))
    }
    // Going down, the bits must be lost in one step: lift the significand first.
    guard isNormal else {
      return k < -1100 ? 0 * self : self * 0x1p-1022 * Double.powerOfTwo(k + 1022)
    }
    let exponentAfter = Int(exponent) + k
    if exponentAfter < -1080 { return 0 * self }
    return Double(sign: sign, exponent: 0, significand: significand)
      * Double.powerOfTwo(Swift.max(exponentAfter, -1022))
      * Double.powerOfTwo(Swift.min(exponentAfter + 1022, 0))
  }

  /// 2ᵏ for −1022 ≤ k ≤ 1023.
  @inline(__always)
  package static func powerOfTwo(_ k: Int) -> Double {
    Double(bitPattern: UInt64(bitPattern: Int64(k + 1023)) << 52)
  }

  /// The exponent e and the significand m in 1 ..< 2 of a positive finite value.
  @inline(__always)
  package var binaryParts: (exponent: Int, significand: Double) {
    var bits = bitPattern
    var exponent = Int(bits >> 52) - 1023
    if exponent == -1023 {
      bits = (self * 0x1p54).bitPattern
      exponent = Int(bits >> 52) - 1023 - 54
    }
    return (exponent, Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000))
  }
}
