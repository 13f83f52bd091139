import InformationTheory

/// A double-double times a power of two, for products that leave the range of a
/// double on the way to a result that does not.
struct ScaledWide {
  /// The value without its power of two, 0 or of magnitude 1 ..< 2.
  private(set) var value: DoubleDouble
  private(set) var exponent: Int

  /// Creates value · 2ᵏ from a finite value.
  ///
  /// The pair must have been exact to its last bit, so it must not be next to the
  /// underflow unless its low part is 0.
  init(_ value: DoubleDouble, timesPowerOfTwo k: Int = 0) {
    guard value.high != 0 else {
      (self.value, exponent) = (.zero, 0)
      return
    }
    let shift = value.high.magnitude.binaryParts.exponent
    self.value = value.scaled(byPowerOfTwo: -shift)
    exponent = shift + k
  }

  init(_ value: Double) { self.init(DoubleDouble(value)) }

  static func * (a: ScaledWide, b: ScaledWide) -> ScaledWide {
    ScaledWide(a.value * b.value, timesPowerOfTwo: a.exponent + b.exponent)
  }

  static func * (a: ScaledWide, b: DoubleDouble) -> ScaledWide { a * ScaledWide(b) }

  static func / (a: ScaledWide, b: ScaledWide) -> ScaledWide {
    ScaledWide(a.value / b.value, timesPowerOfTwo: a.exponent - b.exponent)
  }

  static func + (a: ScaledWide, b: ScaledWide) -> ScaledWide {
    if a.value == .zero { return b }
    if b.value == .zero { return a }
    let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
    // What is 300 bits below does not count, and does not fit below either.
    let shift = large.exponent - small.exponent
    if shift > 300 { return large }
    return ScaledWide(
      large.value + small.value.scaled(byPowerOfTwo: -shift), timesPowerOfTwo: large.exponent)
  }

  static prefix func - (a: ScaledWide) -> ScaledWide {
    ScaledWide(-a.value, timesPowerOfTwo: a.exponent)
  }

  static func - (a: ScaledWide, b: ScaledWide) -> ScaledWide { a + (-b) }

  /// The integer power of a value that is not 0, for an exponent below 1020.
  func power(_ n: Int) -> ScaledWide {
    // The significand is below 2, so that 2ⁿ bounds its power.
    ScaledWide(value.power(n), timesPowerOfTwo: exponent * n)
  }

  /// The nearest double: ±∞ above the largest, 0 (never −0) below the smallest.
  var rounded: Double { value.high.scaled(byPowerOfTwo: exponent) + 0 }
}

extension DoubleDouble {
  /// Returns e^(s·t) for any s and t: beyond e^±10⁶ a power of two that leaves every range.
  static func anyExp(_ s: DoubleDouble, times t: DoubleDouble) -> ScaledWide {
    let size = s.high * t.high
    guard size.magnitude < 1e6 else {
      return ScaledWide(one, timesPowerOfTwo: size < 0 ? -1_000_000 : 1_000_000)
    }
    let (value, exponent) = wideScaledExp(s * t)
    return ScaledWide(value, timesPowerOfTwo: exponent)
  }
}
