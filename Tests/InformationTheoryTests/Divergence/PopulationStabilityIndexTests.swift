import InformationTheory
import TestSupport
import Testing

struct PopulationStabilityIndexForms: DivergenceForms {
  let table = "population-stability-index"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.populationStabilityIndex(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try populationStabilityIndex(of: p, from: q, support: arguments.support)
  }
}

@Suite("Population stability index")
struct PopulationStabilityIndexTests {
  let forms = PopulationStabilityIndexForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.populationStabilityIndex(from: q), near: 0.346573590279972654708616060729)
  }

  @Test func isJeffreysInNats() throws {
    try forEachDraw(100, from: 0x951) { random, seed in
      let (p, q) = try random.pair()
      let index = try p.populationStabilityIndex(from: q)
      expectSameBits(index, try p.jeffreysDivergence(from: q).nats, seed)
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: .infinity, onlyInQ: .infinity, disjoint: .infinity))
  }
}
