import InformationTheory
import Testing

struct TsallisDivergenceForms: DivergenceForms {
  let table = "tsallis-divergence"
  let samples = [0, 0.5, 1 - 0x1p-30, 1, 1 + 0x1p-30, 2, 30].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.tsallisDivergence(from: q, order: arguments.order, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try tsallisDivergence(of: p, from: q, order: arguments.order, support: arguments.support)
  }
}

@Suite("Tsallis divergence")
struct TsallisDivergenceTests {
  let forms = TsallisDivergenceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    for (order, value) in [
      (0, 0), (0.5, 0.0857864376269049511983112757903), (1, 0.17328679513998632735), (2, 0.375),
      (3, 0.65625),
    ] {
      expect(try p.tsallisDivergence(from: q, order: order), near: value, "order \(order):")
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(order: 0, onlyInP: 0, onlyInQ: 0.5, disjoint: 1),
      Edges(
        order: 0.5, onlyInP: 0.585786437626904951198311,
        onlyInQ: 0.585786437626904951198311, disjoint: 2),
      Edges(order: 1, onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(order: 2, onlyInP: .infinity, onlyInQ: 1, disjoint: .infinity))
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [-1, -0x1p-1074, .infinity, .nan])
  }
}
