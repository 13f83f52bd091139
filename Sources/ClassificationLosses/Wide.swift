import InformationTheory

/// A pair of doubles times a power of two of its own: what a loss is computed in,
/// so that nothing on the way leaves the range of a double.
///
/// Zero times infinity is zero, as everywhere in this package: what has no weight
/// adds nothing. No operation makes a NaN of operands that are none.
struct Wide: Sendable {
  var value: DoubleDouble
  var exponent: Int

  static let zero = Wide(DoubleDouble.zero)
  static let one = Wide(DoubleDouble.one)
  static let infinity = Wide(DoubleDouble.infinity)

  @inline(__always)
  init(_ value: DoubleDouble, exponent: Int = 0) {
    self.value = value
    self.exponent = exponent
  }

  /// Creates a value with a significand in 1 ..< 2.
  @inline(__always)
  init(_ value: Double) {
    let magnitude = value.magnitude
    guard magnitude > 0 && magnitude < .infinity else {
      self.init(DoubleDouble(value))
      return
    }
    let parts = magnitude.binaryParts
    self.init(
      DoubleDouble(value < 0 ? -parts.significand : parts.significand), exponent: parts.exponent)
  }

  var isZero: Bool { value.high == 0 }
  var isInfinite: Bool { value.high.magnitude == .infinity }

  /// The same value with a significand in 1 ..< 2.
  @inline(__always)
  var normalized: Wide {
    if isZero || isInfinite { return self }
    let shift = value.high.magnitude.binaryParts.exponent
    return Wide(value.scaled(byPowerOfTwo: -shift), exponent: exponent + shift)
  }

  /// The value as a pair of doubles; infinite where it is out of range.
  var doubleDouble: DoubleDouble {
    if isZero || isInfinite { return value }
    if Int(value.high.exponent) + exponent > 1023 {
      return DoubleDouble(value.high < 0 ? -.infinity : .infinity)
    }
    let scaled = value.scaled(byPowerOfTwo: exponent)
    return scaled.high.magnitude < .infinity ? scaled : DoubleDouble(scaled.high)
  }

  /// The value rounded to a double, with +0 for either zero.
  var rounded: Double { doubleDouble.high + 0.0 }
}

// MARK: - Arithmetic

extension Wide {
  @inline(__always)
  static prefix func - (x: Wide) -> Wide { Wide(-x.value, exponent: x.exponent) }

  @inline(__always)
  static func * (x: Wide, y: Wide) -> Wide {
    if x.isZero || y.isZero { return .zero }
    if x.isInfinite || y.isInfinite {
      return (x.value.high < 0) == (y.value.high < 0) ? .infinity : -.infinity
    }
    return Wide(x.value * y.value, exponent: x.exponent + y.exponent)
  }

  /// Returns x/y for a finite y that is not zero.
  @inline(__always)
  static func / (x: Wide, y: Wide) -> Wide {
    if x.isZero || x.isInfinite { return x }
    return Wide(x.value / y.value, exponent: x.exponent - y.exponent)
  }

  /// Returns x + y, of which at most one is infinite or both have one sign.
  @inline(__always)
  static func + (x: Wide, y: Wide) -> Wide {
    if x.isZero || y.isInfinite { return y }
    if y.isZero || x.isInfinite { return x }
    let (a, b) = (x.normalized, y.normalized)
    return a.exponent >= b.exponent
      ? Wide(
        a.value + b.value.scaled(byPowerOfTwo: b.exponent - a.exponent), exponent: a.exponent)
      : Wide(
        a.value.scaled(byPowerOfTwo: a.exponent - b.exponent) + b.value, exponent: b.exponent)
  }

  @inline(__always)
  static func - (x: Wide, y: Wide) -> Wide { x + -y }

  @inline(__always)
  func scaled(byPowerOfTwo k: Int) -> Wide { Wide(value, exponent: exponent + k) }
}

// MARK: - Functions

extension Wide {
  /// Returns eʸ; 0 where not even the smallest double times 2³⁰⁰⁰ reaches it.
  static func exp(_ y: DoubleDouble) -> Wide {
    if y.high == .infinity { return .infinity }
    if y.high < -3000 { return .zero }
    if y.high > 3000 { return .infinity }
    let power = DoubleDouble.scaledExp(y)
    return Wide(power.value, exponent: power.exponent)
  }

  /// Returns log(1 + x) for x ≥ 0.
  static func log1p(_ x: Wide) -> Wide {
    if x.isZero || x.isInfinite { return x }
    if Int(x.value.high.exponent) + x.exponent < -110 { return x }
    return Wide(DoubleDouble.log1p(x.doubleDouble))
  }

  /// Returns log x of a positive value.
  static func log(_ x: Wide) -> Wide {
    Wide(DoubleDouble.log(x.value, timesPowerOfTwo: x.exponent))
  }
}

extension InformationScalar {
  /// The value rounded, with +0 for either zero.
  @inline(__always)
  init(rounding value: Wide) {
    self = Self(value.rounded) + 0
  }
}
