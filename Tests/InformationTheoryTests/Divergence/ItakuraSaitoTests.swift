import InformationTheory
import TestSupport
import Testing

@Suite("Itakura–Saito divergence")
struct ItakuraSaitoTests {
  private func value(_ p: [Double], _ q: [Double]) throws -> Double {
    try itakuraSaitoDivergence(of: p.span, from: q.span)
  }

  @Test func everyOracleValue() throws {
    try checkOracle("itakura-saito-divergence") { _, p, q, _ in try value(p, q) }
  }

  @Test func goldenValue() throws {
    expect(try value([1, 2, 3], [2, 2, 1]), near: 1.094534891891835618022)
    let (p, q): ([Float], [Float]) = ([1, 2, 3], [2, 2, 1])
    expect(try itakuraSaitoDivergence(of: p.span, from: q.span), near: 1.094534891891835618022)
  }

  @Test func edges() throws {
    #expect(try value([0, 1], [1, 1]) == .infinity)
    #expect(try value([1, 1], [0, 1]) == .infinity)
    expectSameBits(try value([0, 3], [0, 3]), 0)
    expectSameBits(try value([7], [7]), 0)
    // A ratio beyond every double.
    #expect(try value([1e300], [1e-300]) == .infinity)
    expect(try value([1e-150], [1e150]), near: 689.775527898213705205)  // 300·log 10 − 1
    expect(try value([1e-300], [1e300]), near: 1380.551055796427410411)  // 600·log 10 − 1
  }

  /// Only ratios count.
  @Test func scaleDoesNotMatter() throws {
    try forEachDraw(from: 0x15A) { random, seed in
      let n = random.integer(1...10)
      let (p, q) = ((0..<n).map { _ in 1 + random.unit() }, (0..<n).map { _ in 1 + random.unit() })
      let scale = Double(sign: .plus, exponent: random.integer(-500...500), significand: 1)
      let scaled = try value(p.map { $0 * scale }, q.map { $0 * scale })
      expectSameBits(scaled, try value(p, q), seed)
    }
  }
}
