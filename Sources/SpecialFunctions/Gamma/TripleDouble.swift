import InformationTheory

/// An unevaluated sum of three doubles, about 159 bits, for the few results that
/// 106 bits do not reach: next to a curve of zeros that passes between the doubles.
///
/// The operations are those of Hida, Li and Bailey's quad-double arithmetic (2001,
/// doi:10.1109/ARITH.2001.930115), cut after the third word; the errors measured are
/// below 2⁻¹⁴⁸ of the larger operand. They hold for finite operands away from overflow and underflow.
struct TripleDouble {
  let high: Double
  let middle: Double
  let low: Double

  init(_ value: Double) { (high, middle, low) = (value, 0, 0) }

  init(_ value: DoubleDouble) { (high, middle, low) = (value.high, value.low, 0) }

  /// The exact sum of two doubles.
  init(_ a: Double, plus b: Double) { self.init(.sum(a, b)) }

  /// Creates a value from words of falling size that may overlap.
  private init(_ a: Double, _ b: Double, _ c: Double) {
    let tail = DoubleDouble.sum(b, c)
    let head = DoubleDouble.sum(a, tail.high)
    let rest = DoubleDouble.sum(head.low, tail.low)
    let first = DoubleDouble.sum(head.high, rest.high)
    (high, middle, low) = (first.high, first.low, rest.low)
  }

  /// The value rounded to two words.
  var pair: DoubleDouble { DoubleDouble.sum(high, middle) + low }

  static func + (a: TripleDouble, b: TripleDouble) -> TripleDouble {
    let first = DoubleDouble.sum(a.high, b.high)
    let second = DoubleDouble.sum(a.middle, b.middle)
    let third = DoubleDouble.sum(second.high, first.low)
    return TripleDouble(first.high, third.high, third.low + second.low + (a.low + b.low))
  }

  static prefix func - (a: TripleDouble) -> TripleDouble {
    TripleDouble(-a.high, -a.middle, -a.low)
  }

  static func - (a: TripleDouble, b: TripleDouble) -> TripleDouble { a + (-b) }

  static func * (a: TripleDouble, b: TripleDouble) -> TripleDouble {
    let first = DoubleDouble.product(a.high, b.high)
    let cross = DoubleDouble.product(a.high, b.middle)
    let other = DoubleDouble.product(a.middle, b.high)
    // Three words of the second order, exactly; then all of the third.
    let sum = DoubleDouble.sum(cross.high, other.high)
    let second = DoubleDouble.sum(first.low, sum.high)
    let outer = a.high * b.low + a.low * b.high
    let third = second.low + sum.low + cross.low + other.low + (outer + a.middle * b.middle)
    return TripleDouble(first.high, second.high, third)
  }

  static func * (a: TripleDouble, b: Double) -> TripleDouble {
    let first = DoubleDouble.product(a.high, b)
    let second = DoubleDouble.product(a.middle, b)
    let sum = DoubleDouble.sum(first.low, second.high)
    return TripleDouble(first.high, sum.high, sum.low + second.low + a.low * b)
  }

  static func / (a: TripleDouble, b: TripleDouble) -> TripleDouble {
    let first = a.high / b.high
    var rest = a - b * first
    let second = rest.high / b.high
    rest = rest - b * second
    return TripleDouble(first, second, rest.high / b.high)
  }
}

// MARK: - Logarithm

extension TripleDouble {
  /// log 2.
  private static let ln2 = TripleDouble(
    0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111)

  /// 1/3, 1/5, … 1/81.
  private static let oddReciprocals = stride(from: 3.0, through: 81, by: 2).map {
    TripleDouble(1) / TripleDouble($0)
  }

  /// Returns log(1 + x) for −0.3 < x < 0.5, with full relative accuracy near 0.
  static func log1p(_ x: TripleDouble) -> TripleDouble {
    // 2 atanh s = 2s(1 + z/3 + z²/5 + …), s = x/(2 + x), z = s² < 1/25.
    let s = x / (x + TripleDouble(2))
    let z = s * s
    var (power, sum) = (TripleDouble(1), TripleDouble(1))
    for reciprocal in oddReciprocals {
      power = power * z
      let term = power * reciprocal
      sum = sum + term
      if term.high < 0x1p-160 { break }
    }
    return s * sum * 2
  }

  /// Returns the logarithm of a positive value; absolute error below 2⁻¹⁴⁸ of the
  /// larger of it and 1.
  static func log(_ x: TripleDouble) -> TripleDouble {
    let (below, significand) = x.high.binaryParts
    let exponent = significand > 1.45 ? below + 1 : below
    let m = x * Double.powerOfTwo(-exponent)
    return log1p(m - TripleDouble(1)) + ln2 * Double(exponent)
  }
}
