import InformationTheory
import TestSupport
import Testing

/// Entropies against sums of GSL's functions.
///
/// The sum of n terms of one sign, added one after the other, is off by n·2⁻⁵³ of
/// itself; to that come the errors of a term.
@Suite("GSL's opinion of entropies")
struct EntropySecondOpinionTests {
  private static let sizes = [2, 3, 10, 100, 1000]

  @Test("Shannon's entropy and cross-entropy: −Σ p·log q", arguments: sizes)
  func shannon(_ count: Int) throws {
    var random = SplitMix64(state: 101)
    // log 1.7e-16, the product and the sum.
    let bound = 1.7e-16 + Double(count + 2) * 0x1p-53
    for _ in 0..<(2000 / count + 5) {
      let (p, q) = (random.dyadicMasses(count), random.dyadicMasses(count))
      let entropy = try p.reduce(0) { try $0 - $1 * GSLLibrary.log($1) }
      let (a, b) = (try Categorical(p), try Categorical(q))
      expect(a.entropy().nats, near: entropy, relative: bound)
      let cross = try zip(p, q).reduce(0) { try $0 - $1.0 * GSLLibrary.log($1.1) }
      expect(try a.crossEntropy(relativeTo: b).nats, near: cross, relative: bound)
    }
  }

  @Test("Rényi's entropy: log Σ exp(α·log p)/(1 − α)", arguments: [0.25, 0.5, 2, 3, 7.5])
  func renyi(_ order: Double) throws {
    var random = SplitMix64(state: 103)
    for count in Self.sizes {
      let p = random.dyadicMasses(count)
      let logs = try p.map { try order * GSLLibrary.log($0) }
      let sum = try logs.reduce(0) { try $0 + GSLLibrary.exp($1) }
      let value = try GSLLibrary.log(sum) / (1 - order)
      // Each term by the rounding of its exponent, of at most 40·log 2 = 28 times the
      // order; in the logarithm that error is absolute.
      let bound = (28 * order * 3 + Double(count) + 4) * 0x1p-53 / (1 - order).magnitude
      expect(
        try Categorical(p).renyiEntropy(order: order).nats, near: value, relative: 4e-16,
        absolute: bound)
    }
  }

  @Test(
    "Tsallis' entropy: −Σ p·log p·exprel((α − 1)·log p), also next to order 1",
    arguments: [0, 0.25, 0.5, 1 - 1e-6, 1 - 1e-12, 1 + 1e-12, 1 + 1e-6, 2, 3, 7.5])
  func tsallis(_ order: Double) throws {
    var random = SplitMix64(state: 107)
    for count in Self.sizes {
      let p = random.dyadicMasses(count)
      let value = try p.reduce(0) { sum, mass in
        let log = try GSLLibrary.log(mass)
        return try sum - mass * log * GSLLibrary.exprel((order - 1) * log)
      }
      // exprel 5e-15, and the rounding of its argument, up to 28·|α − 1|.
      let bound = 5e-15 + (28 * (order - 1).magnitude * 2 + Double(count) + 4) * 0x1p-53
      expect(try Categorical(p).tsallisEntropy(order: order), near: value, relative: bound)
    }
  }
}
