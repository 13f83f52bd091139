import InformationTheory
import TestSupport

extension SplitMix64 {
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
