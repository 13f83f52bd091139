import InformationTheory
import TestSupport
import Testing

struct SkewDivergenceForms: DivergenceForms {
  let table = "skew-divergence"
  let samples = [0.5, 0.1, 0.99].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.skewDivergence(from: q, weight: arguments.order, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try skewDivergence(of: p, from: q, weight: arguments.order, support: arguments.support).nats
  }
}

@Suite("Skew divergence")
struct SkewDivergenceTests {
  let forms = SkewDivergenceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.skewDivergence(from: q).nats, near: 0.0424747591988493682251)
    expect(try p.skewDivergence(from: q, weight: 0.5).nats, near: 0.0424747591988493682251)
    // Of the double next to 0.9.
    expect(try p.skewDivergence(from: q, weight: 0.9).nats, near: 0.138455028834711537860178)
  }

  @Test func ends() throws {
    try forEachDraw(100, from: 0x5E3) { random, seed in
      let (p, q) = try random.pair()
      expectSameBits(try p.skewDivergence(from: q, weight: 0).nats, 0, seed)
      let whole = try p.skewDivergence(from: q, weight: 1).nats
      expect(whole, near: try p.klDivergence(from: q).nats, seed)
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        order: 0.5, onlyInP: 0.14384103622589046371960950,
        onlyInQ: 0.287682072451780927439219, disjoint: 0.693147180559945309417),
      Edges(order: 0, onlyInP: 0, onlyInQ: 0, disjoint: 0),
      Edges(order: 1, onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity))
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [-0x1p-1074, 1 + 0x1p-52, .infinity, .nan], argument: "weight")
  }
}
