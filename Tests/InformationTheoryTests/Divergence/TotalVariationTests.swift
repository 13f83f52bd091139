import InformationTheory
import Testing

struct TotalVariationForms: DivergenceForms {
  let table = "total-variation"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.totalVariation(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try totalVariation(of: p, from: q, support: arguments.support)
  }
}

@Suite("Total variation")
struct TotalVariationTests {
  let forms = TotalVariationForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    #expect(try p.totalVariation(from: q) == 0.25)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.5, onlyInQ: 0.5, disjoint: 1))
  }
}
