/// A seeded generator, so that every failure can be replayed.
///
/// Source: Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195.
package struct SplitMix64: RandomNumberGenerator {
  package var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< 1.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in a range.
  package mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// A number between two positive ones, evenly spread by its logarithm's integer part.
  package mutating func magnitude(_ exponents: ClosedRange<Int>) -> Double {
    Double(sign: .plus, exponent: integer(exponents), significand: 1 + unit())
  }
}
