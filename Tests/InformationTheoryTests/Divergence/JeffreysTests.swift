import InformationTheory
import Testing

struct JeffreysForms: DivergenceForms {
  let table = "jeffreys-divergence"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.jeffreysDivergence(from: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try jeffreysDivergence(of: p, from: q, support: arguments.support).nats
  }
}

@Suite("Jeffreys divergence")
struct JeffreysTests {
  let forms = JeffreysForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    #expect(try p.jeffreysDivergence(from: q).bits == 0.5)
    let (fair, bent) = (try Categorical([0.5, 0.5]), try Categorical([0.75, 0.25]))
    // ¼·log₂3: the sum of both directions, not their mean.
    expect(try fair.jeffreysDivergence(from: bent).bits, near: 0.396240625180289045363434735986954)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: .infinity, onlyInQ: .infinity, disjoint: .infinity))
  }
}
