/// A term of a sum, times a power of two that keeps it inside the range of a
/// double, so that subnormal masses lose nothing.
struct Term {
  var value: DoubleDouble
  var exponent = 0

  @inline(__always)
  init(_ value: DoubleDouble, exponent: Int = 0) {
    self.value = value
    self.exponent = exponent
  }

  /// Whether the value times 2ᵏ is beyond every double, and what an exact sum holds.
  @inline(__always)
  func overflows(timesPowerOfTwo k: Int) -> Bool {
    k > 100 && value.high > 0 && Int(value.high.exponent) + k > 1200
  }

  /// By which power of two to lift a mass before computing with it.
  @inline(__always)
  static func lift(_ mass: Double) -> Int { mass < 0x1p-800 ? 600 : 0 }
}

// MARK: - Arithmetic

extension Term {
  /// The same number with a value in 1 ..< 2, but for its sign; 0 as it is.
  var normalized: Term {
    if value.high == 0 { return self }
    let shift = value.high.magnitude.binaryParts.exponent
    return Term(value.scaled(byPowerOfTwo: -shift), exponent: exponent + shift)
  }

  /// The number rounded to a double, with +0 for either zero; infinite where it is out of range.
  var rounded: Double { value.high.scaled(byPowerOfTwo: exponent) + 0.0 }

  static prefix func - (x: Term) -> Term { Term(-x.value, exponent: x.exponent) }

  static func + (x: Term, y: Term) -> Term {
    if x.value.high == 0 { return y }
    if y.value.high == 0 { return x }
    let (a, b) = (x.normalized, y.normalized)
    let exponent = max(a.exponent, b.exponent)
    return Term(
      a.value.scaled(byPowerOfTwo: a.exponent - exponent)
        + b.value.scaled(byPowerOfTwo: b.exponent - exponent), exponent: exponent)
  }

  static func - (x: Term, y: Term) -> Term { x + -y }

  /// The product of two terms that are near 1 but for their powers of two.
  static func * (x: Term, y: Term) -> Term {
    Term(x.value * y.value, exponent: x.exponent + y.exponent)
  }

  /// The quotient of two terms that are near 1 but for their powers of two.
  static func / (x: Term, y: Term) -> Term {
    Term(x.value / y.value, exponent: x.exponent - y.exponent)
  }

  /// eʸ, or for y above 10⁶ a number beyond all doubles; for y above −10⁶.
  static func exp(_ y: DoubleDouble) -> Term {
    let (value, exponent) = DoubleDouble.scaledExp(min(y, DoubleDouble(1e6)))
    return Term(value, exponent: exponent)
  }

  /// eʸ − 1, of which the 1 is lost in a large power.
  static func expm1(_ y: DoubleDouble) -> Term {
    y.high > 600 ? exp(y) : Term(DoubleDouble.expm1(y))
  }
}
