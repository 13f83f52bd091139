public import InformationTheory

/// Returns how many numbers of their type one has to step over to get from one to the other.
///
/// Neighbours are 1 apart, subnormal ones too, and so are the two on either side of a power
/// of two. Both zeros are one number. An infinity is 0 from itself and `UInt64.max` from
/// anything else: a finite answer is never close to an infinite truth. NaN is `UInt64.max`
/// from everything, NaN included, because it is nobody's answer.
///
/// - Parameters:
///   - a: A double, or a float.
///   - b: Another.
/// - Returns: The number of steps, 0 where both are the same number.
public func ulpDistance<Scalar: InformationScalar>(_ a: Scalar, _ b: Scalar) -> UInt64 {
  TestPrecision(of: Scalar.self).distance(Double(a), Double(b))
}

extension TestPrecision {
  init<Scalar: InformationScalar>(of type: Scalar.Type) {
    self = type == Float.self ? .single : .double
  }

  /// The distance of two numbers of the type.
  func distance(_ a: Double, _ b: Double) -> UInt64 {
    guard a.isFinite && b.isFinite else { return a == b ? 0 : .max }
    let (a, b) = (ordinal(a), ordinal(b))
    // Below 2⁶⁴, because either is below 2⁶³ − 2⁵² in magnitude.
    return a < b ? UInt64(bitPattern: b &- a) : UInt64(bitPattern: a &- b)
  }

  /// The place of a number among all of its type, 0 at zero: magnitudes are in the order of
  /// their bits.
  private func ordinal(_ x: Double) -> Int64 {
    let bits =
      self == .double ? x.magnitude.bitPattern : UInt64(Float(x).magnitude.bitPattern)
    return x.sign == .plus ? Int64(bitPattern: bits) : -Int64(bitPattern: bits)
  }
}
