import InformationTheory
import TestSupport
import Testing

/// Divergences against sums of GSL's functions, far apart and 2⁻⁴⁰ apart.
@Suite("GSL's opinion of divergences")
struct DivergenceSecondOpinionTests {
  private static let sizes = [2, 3, 10, 100, 1000]

  /// p·log(p/q) − p + q, with log(1 + u) − u, u = (q − p)/p, where q > p/16; the
  /// difference of multiples of 2⁻⁴¹ is exact.
  private func term(_ p: Double, _ q: Double) throws -> Double {
    guard q < p / 16 else { return try -p * GSLLibrary.log1pmx((q - p) / p) }
    return try p * GSLLibrary.log(p / q) - (p - q)
  }

  /// The error of a sum of terms, relative to it.
  ///
  /// 5.1e-16 of log(1 + u) − u, and the rounding of u, magnified by at most 8 for
  /// u > −15/16; of the other form, less. Then the product and the sum.
  private func bound(_ count: Int) -> Double { 5.1e-16 + Double(count + 10) * 0x1p-53 }

  private func pairs(_ count: Int, _ random: inout SplitMix64) -> [([Double], [Double])] {
    (0..<(500 / count + 5)).flatMap { _ in
      let p = random.dyadicMasses(count)
      return [(p, random.dyadicMasses(count)), (p, random.neighbour(of: p))]
    }
  }

  @Test("Kullback–Leibler: −Σ p·(log(1 + u) − u)", arguments: sizes)
  func kullbackLeibler(_ count: Int) throws {
    var random = SplitMix64(state: 109)
    for (p, q) in pairs(count, &random) {
      let value = try zip(p, q).reduce(0) { try $0 + term($1.0, $1.1) }
      let divergence = try Categorical(p).klDivergence(from: Categorical(q)).nats
      expect(divergence, near: value, relative: bound(count))
      // The same without a distribution.
      let generalized = try generalizedKLDivergence(of: p.span, from: q.span).nats
      expect(generalized, near: value, relative: bound(count))
    }
  }

  @Test("Jensen–Shannon and Jeffreys from the same terms", arguments: sizes)
  func symmetric(_ count: Int) throws {
    var random = SplitMix64(state: 113)
    for (p, q) in pairs(count, &random) {
      let (a, b) = (try Categorical(p), try Categorical(q))
      let shannon = try zip(p, q).reduce(0) { sum, pair in
        let middle = (pair.0 + pair.1) / 2
        return try sum + (term(pair.0, middle) + term(pair.1, middle)) / 2
      }
      expect(
        try a.jensenShannonDivergence(from: b).nats, near: shannon, relative: bound(count + 1))
      let jeffreys = try zip(p, q).reduce(0) { try $0 + term($1.0, $1.1) + term($1.1, $1.0) }
      expect(try a.jeffreysDivergence(from: b).nats, near: jeffreys, relative: bound(count + 1))
    }
  }

  @Test("Rényi's divergence: log Σ p·exp((α − 1)·log(p/q))/(α − 1)", arguments: [0.5, 2, 4.5])
  func renyi(_ order: Double) throws {
    var random = SplitMix64(state: 127)
    for count in Self.sizes {
      let (p, q) = (random.dyadicMasses(count), random.dyadicMasses(count))
      let sum = try zip(p, q).reduce(0) { sum, pair in
        try sum + pair.0 * GSLLibrary.exp((order - 1) * GSLLibrary.log(pair.0 / pair.1))
      }
      let value = try GSLLibrary.log(sum) / (order - 1)
      // The rounding of an exponent, up to 28·|α − 1|, which the logarithm makes absolute.
      let bound =
        (28 * (order - 1).magnitude * 3 + Double(count) + 6) * 0x1p-53 / (order - 1).magnitude
      expect(
        try Categorical(p).renyiDivergence(from: Categorical(q), order: order).nats, near: value,
        relative: 4e-16, absolute: bound)
    }
  }
}
