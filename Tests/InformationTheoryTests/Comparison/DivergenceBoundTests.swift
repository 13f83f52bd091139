import InformationTheory
import TestSupport
import Testing

@Suite("DivergenceBound")
struct DivergenceBoundTests {
  /// Equal distributions apart, each side is the rounding of a true inequality's.
  @Test func holdForEveryDraw() throws {
    for seed in UInt64(0)..<1000 {
      var random = SplitMix64(state: seed)
      let p = try random.categorical(6)
      let q =
        seed.isMultiple(of: 2)
        ? try random.categorical(6) : try random.neighbour(of: p, separation: 1e-6)
      for bound in try p.compared(to: q).bounds {
        let (lower, upper) = (bound.lower.value(), bound.upper.value())
        #expect(lower <= upper * (1 + 4 * Double.ulpOfOne), "\(bound.name), seed \(seed)")
      }
    }
  }

  @Test func informativeMeansWithinAFactorOfTwo() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.5, 0.25, 0.25]))
    #expect(throws: InformationError.self) { try p.compared(to: q) }
    let near = try Categorical([0.5, 0.5]).compared(to: Categorical([0.51, 0.49]))
    // 2·TV² = 2e-4 and D = 2.0004e-4; H² = 5e-5 says nothing of TV = 0.01.
    let byName = Dictionary(uniqueKeysWithValues: near.bounds.map { ($0.name, $0) })
    #expect(byName["Pinsker"]?.isInformative == true)
    #expect(byName["Pinsker"]?.lower.value().ulps(from: 2e-4) ?? 99 < 64)
    #expect(byName["Le Cam, lower"]?.isInformative == false)
    // Where D is infinite, TV ≤ 1 is no news.
    let apart = try Categorical([1, 0]).compared(to: Categorical([0.25, 0.75]))
    let reverse = try Categorical([0.25, 0.75]).compared(to: Categorical([1, 0]))
    #expect(apart.bounds.contains { $0.isInformative })
    #expect(
      reverse.bounds.first { $0.name == "Bretagnolle–Huber" }?.isInformative == false)
  }

  @Test func equalDistributionsHaveNoInformativeBound() throws {
    let p = try Categorical([0.25, 0.75])
    #expect(try p.compared(to: p).bounds.allSatisfy { !$0.isInformative })
  }
}
