import InformationTheory
import Testing

struct TriangularDiscriminationForms: DivergenceForms {
  let table = "triangular-discrimination"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.triangularDiscrimination(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try triangularDiscrimination(of: p, from: q, support: arguments.support)
  }
}

@Suite("Triangular discrimination")
struct TriangularDiscriminationTests {
  let forms = TriangularDiscriminationForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.triangularDiscrimination(from: q), near: 0.166666666666666666667)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.66666666666666666667, onlyInQ: 0.66666666666666666667, disjoint: 2))
  }
}
