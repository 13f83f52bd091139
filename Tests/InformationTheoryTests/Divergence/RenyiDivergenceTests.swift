import InformationTheory
import Testing

struct RenyiDivergenceForms: DivergenceForms {
  let table = "renyi-divergence"
  let samples = [0, 0.5, 1 - 0x1p-30, 1, 1 + 0x1p-30, 2, 30, .infinity].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.renyiDivergence(from: q, order: arguments.order, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try renyiDivergence(of: p, from: q, order: arguments.order, support: arguments.support).nats
  }
}

@Suite("Rényi divergence")
struct RenyiDivergenceTests {
  let forms = RenyiDivergenceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    for (order, nats) in [
      (0, 0), (0.5, 0.087680629332729304104), (1, 0.17328679513998632735),
      (2, 0.31845373111853461581), (3, 0.41916459520222160335),
      (.infinity, 0.693147180559945309417),
    ] {
      expect(try p.renyiDivergence(from: q, order: order).nats, near: nats, "order \(order):")
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(order: 0, onlyInP: 0, onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(
        order: 0.5, onlyInP: 0.693147180559945309417,
        onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(order: 1, onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(order: 2, onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(
        order: .infinity, onlyInP: .infinity,
        onlyInQ: 0.693147180559945309417, disjoint: .infinity))
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [-1, -0x1p-1074, -.infinity, .nan])
  }
}
