import CInformationKernels

/// A sum of the kernels: an integer times 2 to the power `exponent`, exactly.
struct IntegerSum: Sendable {
  private(set) var value: Int128 = 0
  let exponent: Int

  init(exponent: Int) { self.exponent = exponent }

  @inline(__always)
  init(_ sum: FixedPointSum, exponent: Int) {
    self.exponent = exponent
    add(sum)
  }

  @inline(__always)
  mutating func add(_ sum: FixedPointSum) {
    value += Int128(_low: sum.low, _high: sum.high)
  }

  /// The difference of two sums with the same exponent.
  @inline(__always)
  static func - (x: IntegerSum, y: IntegerSum) -> IntegerSum {
    var difference = x
    difference.value -= y.value
    return difference
  }

  /// The value as doubles of which each is exact: their sum loses nothing.
  @inline(__always)
  var parts: (high: Double, middle: Double, low: Double) {
    let scale = Double.powerOfTwo(exponent)
    let bits = UInt64(truncatingIfNeeded: value)
    return (
      Double(Int64(truncatingIfNeeded: value >> 64)) * (0x1p64 * scale),
      Double(bits >> 32) * (0x1p32 * scale), Double(bits & 0xFFFF_FFFF) * scale
    )
  }

  /// The value, right to 106 bits.
  @inline(__always)
  var pair: DoubleDouble {
    let (high, middle, low) = parts
    return DoubleDouble.sum(high, middle) + low
  }
}

extension ExactSum {
  /// Adds what a kernel has summed, or its opposite.
  mutating func add(_ sum: IntegerSum, negated: Bool = false) {
    let (high, middle, low) = sum.parts
    let sign = negated ? -1.0 : 1
    add(sign * high)
    add(sign * middle)
    add(sign * low)
  }
}
