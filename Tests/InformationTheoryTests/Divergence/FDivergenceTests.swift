import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("f-divergence")
struct FDivergenceTests {
  /// A generator with its slope at infinity, and the named divergence that it gives.
  struct Example: Sendable {
    let name: String
    let slope: Double
    let generator: @Sendable (Double) -> Double
    let named: @Sendable (Categorical, Categorical) throws -> Double
    /// What rounding the generator leaves of its terms' sizes, in ulps of 1.
    let rounding: Double

    static let all = [
      // a log a − a + 1 has no term that cancels another.
      Example(
        name: "KL", slope: .infinity, generator: { $0 == 0 ? 1 : $0 * log($0) - $0 + 1 },
        named: { try $0.klDivergence(from: $1).nats }, rounding: 64),
      Example(
        name: "total variation", slope: 0.5, generator: { ($0 - 1).magnitude / 2 },
        named: { try $0.totalVariation(from: $1) }, rounding: 4),
      Example(
        name: "Pearson", slope: .infinity, generator: { ($0 - 1) * ($0 - 1) },
        named: { try $0.pearsonChiSquared(from: $1) }, rounding: 64),
      Example(
        name: "triangular", slope: 1, generator: { ($0 - 1) * ($0 - 1) / ($0 + 1) },
        named: { try $0.triangularDiscrimination(from: $1) }, rounding: 16),
      Example(
        name: "squared Hellinger", slope: 0.5,
        generator: { 0.5 * ($0.squareRoot() - 1) * ($0.squareRoot() - 1) },
        named: { try pow($0.hellingerDistance(from: $1), 2) }, rounding: 16),
    ]
  }

  /// The generators' rounding, relative to 1 or to the divergence where that is more.
  @Test(arguments: Example.all.indices)
  func reproducesTheNamedOnes(index: Int) throws {
    let example = Example.all[index]
    try forEachDraw(from: 0xFD0) { random, seed in
      let n = random.integer(1...10)
      let (p, q) = (try random.categorical(n), try random.positive(n))
      let value = try p.fDivergence(
        from: q, slopeAtInfinity: example.slope, generator: example.generator)
      let named = try example.named(p, q)
      let allowed = example.rounding * 0x1p-53 * max(1, named)
      #expect((value - named).magnitude <= allowed, "\(example.name), \(seed) \(value), \(named)")
    }
  }

  /// An outcome that only p has adds its probability times the slope at infinity.
  @Test func slopeAtInfinity() throws {
    let (p, q) = (try Categorical([0.25, 0.75]), try Categorical([0, 1.0]))
    let half = try p.fDivergence(from: q, slopeAtInfinity: 0.5) { ($0 - 1).magnitude / 2 }
    #expect(half == 0.25)
    let infinite = try p.fDivergence(from: q) { $0 * log($0) }
    #expect(infinite == .infinity)
    // f(0) where only q has mass.
    let reversed = try q.fDivergence(from: p, slopeAtInfinity: 0.5) { ($0 - 1).magnitude / 2 }
    expect(reversed, near: 0.25, ulps: 2)  // 4/3 is rounded
    let infiniteAtZero = try q.fDivergence(from: p, slopeAtInfinity: 0) { -log($0) }
    #expect(infiniteAtZero == .infinity)
  }

  @Test func supportPolicies() throws {
    let (p, q) = (try Categorical([0.5, 0.5, 0]), try Categorical([0.5, 0, 0.5]))
    let generator: @Sendable (Double) -> Double = { $0 == 0 ? 1 : $0 * log($0) - $0 + 1 }
    expectError(.support, argument: "q", index: 1, says: "1 (not in q)") {
      try p.fDivergence(from: q, support: .throwing, generator: generator)
    }
    #expect(try p.fDivergence(from: q, support: .restricted, generator: generator) == 0)
  }

  @Test func badGenerators() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
    expectError(.undefined, argument: "generator", says: "nan") {
      try p.fDivergence(from: q) { _ in .nan }
    }
    expectError(.undefined, argument: "generator", says: "-inf") {
      try p.fDivergence(from: q) { _ in -.infinity }
    }
    // +∞ and −∞ together.
    expectError(.undefined, argument: "generator", says: "nan") {
      try p.fDivergence(from: q) { $0 > 1 ? .infinity : -.infinity }
    }
    expectError(.sizeMismatch, argument: "q", says: "2", "1") {
      try p.fDivergence(from: Categorical([1.0])) { $0 - 1 }
    }
  }

  @Test func zeroHasNoSign() throws {
    let p = try Categorical([0.5, 0.5])
    expectSameBits(try p.fDivergence(from: p) { _ in -0.0 }, 0)
  }
}

@Suite("Bregman divergence")
struct BregmanDivergenceTests {
  /// x² gives the squared Euclidean distance; the three terms cancel, at sizes up to 1.
  @Test func squares() throws {
    try forEachDraw(from: 0xB2E) { random, seed in
      let n = random.integer(1...10)
      // Exact probabilities and differences.
      let (x, y) = (random.dyadic(n), random.dyadic(n))
      let distance = ExactSum(zip(x, y).map { ($0 - $1) * ($0 - $1) }).value
      let value = try Categorical(x).bregmanDivergence(
        from: Categorical(y), generator: { $0 * $0 }, derivative: { 2 * $0 })
      #expect((value - distance).magnitude <= 4 * 0x1p-53, "\(seed) \(value), not \(distance)")
    }
  }

  @Test func negativeEntropy() throws {
    try forEachDraw(from: 0xB2F) { random, seed in
      let n = random.integer(1...10)
      let (p, q) = (try random.categorical(n), try random.positive(n))
      let value = try p.bregmanDivergence(
        from: q, generator: { $0 == 0 ? 0 : $0 * log($0) }, derivative: { log($0) + 1 })
      let named = try p.klDivergence(from: q).nats
      #expect((value - named).magnitude <= 64 * 0x1p-53 * max(1, named), "\(seed) \(value)")
    }
  }

  /// Burg's −log x, of probabilities: Itakura and Saito's.
  @Test func burg() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
    let value = try p.bregmanDivergence(
      from: q, generator: { -log($0) }, derivative: { -1 / $0 })
    let (x, y) = (p.masses, q.masses)
    let named = try itakuraSaitoDivergence(of: x.span, from: y.span)
    #expect((value - named).magnitude <= 16 * 0x1p-53)
  }

  @Test func edges() throws {
    let p = try Categorical([0.5, 0.5])
    // Equal probabilities add nothing, whatever the generator says.
    expectSameBits(
      try p.bregmanDivergence(from: p, generator: { _ in .nan }, derivative: { _ in .nan }), 0)
    // F(0) = −log 0 on the left side.
    let infinite = try Categorical([0, 1]).bregmanDivergence(
      from: p, generator: { -log($0) }, derivative: { -1 / $0 })
    #expect(infinite == .infinity)
  }

  @Test func errors() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
    expectError(.undefined, argument: "generator", says: "nan") {
      try p.bregmanDivergence(from: q, generator: { _ in .nan }, derivative: { _ in 0 })
    }
    expectError(.undefined, argument: "generator", says: "-inf") {
      try p.bregmanDivergence(
        from: q, generator: { $0 == 0.5 ? -.infinity : 0 }, derivative: { _ in 0 })
    }
    expectError(.sizeMismatch, argument: "q", says: "2", "1") {
      try p.bregmanDivergence(
        from: Categorical([1.0]), generator: { $0 * $0 }, derivative: { 2 * $0 })
    }
    expectError(.unlabelled, argument: "p", says: "p") {
      try p.bregmanDivergence(
        from: Categorical([1, 0], labels: ["a", "b"]), generator: { $0 }, derivative: { _ in 1 })
    }
  }
}
