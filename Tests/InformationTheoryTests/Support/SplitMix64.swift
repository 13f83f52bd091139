import InformationTheory

/// A seeded generator, so that every failure can be replayed.
///
/// Source: Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Weights of very different sizes, some of them zero.
  mutating func weights(_ count: Int) -> [Double] {
    let spread = 1 + 40 * unit()
    var weights = (0..<count).map { _ in
      unit() < 0.1
        ? 0 : Double(sign: .plus, exponent: -Int(spread * unit()), significand: 1 + unit())
    }
    weights[Int(next() % UInt64(count))] = 1
    return weights
  }

  /// A distribution with zeros and a wide range of masses.
  mutating func categorical(_ count: Int) throws -> Categorical {
    try Categorical(normalizing: weights(count))
  }

  /// A distribution that differs from another by up to a relative amount.
  mutating func neighbour(of p: Categorical, separation: Double) throws -> Categorical {
    try Categorical(normalizing: p.masses.map { $0 * (1 + separation * (2 * unit() - 1)) })
  }
}
