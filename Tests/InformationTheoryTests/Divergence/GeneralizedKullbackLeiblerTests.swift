import InformationTheory
import TestSupport
import Testing

@Suite("Generalized Kullback–Leibler divergence")
struct GeneralizedKullbackLeiblerTests {
  @Test func everyOracleValue() throws {
    try checkOracle("generalized-kl-divergence") { _, p, q, _ in
      try generalizedKLDivergence(of: p.span, from: q.span).nats
    }
  }

  @Test func goldenValue() throws {
    let (p, q) = ([1.0, 2, 3], [2.0, 2, 1])
    expect(
      try generalizedKLDivergence(of: p.span, from: q.span).nats, near: 1.602689685444383764769)
    expectSameBits(try generalizedKLDivergence(of: p.span, from: p.span).nats, 0)
    let (narrowP, narrowQ) = (p.map { Float($0) }, q.map { Float($0) })
    expect(
      try generalizedKLDivergence(of: narrowP.span, from: narrowQ.span).nats,
      near: 1.602689685444383764769)
  }

  @Test func edges() throws {
    func value(_ p: [Double], _ q: [Double]) throws -> Double {
      try generalizedKLDivergence(of: p.span, from: q.span).nats
    }
    #expect(try value([0, 0], [3, 4]) == 7)
    #expect(try value([1, 0], [0, 4]) == .infinity)
    expectSameBits(try value([0, 0], [0, 0]), 0)
    expectSameBits(try value([-0.0], [0]), 0)
    // Nothing is normalised, and the range is that of the doubles.
    let smallest = 0x1p-1074
    expect(try value([2024 * smallest], [4048 * smallest]), near: 621 * smallest)
    #expect(try value([1e308, 1e308], [1, 1]) == .infinity)
  }

  /// Where totals agree and are 1, it is the normalised divergence.
  @Test func isKLOfProbabilities() throws {
    try forEachDraw(from: 0x6E1) { random, seed in
      let n = random.integer(1...10)
      let (p, q) = (random.dyadic(n), random.dyadic(n))
      let value = try generalizedKLDivergence(of: p.span, from: q.span).nats
      expectSameBits(value, try klDivergence(of: p.span, from: q.span).nats, seed)
    }
  }
}
