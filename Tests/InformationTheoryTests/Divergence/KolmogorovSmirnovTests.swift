import InformationTheory
import Testing

struct KolmogorovSmirnovForms: DivergenceForms {
  let table = "kolmogorov-smirnov"
  let isSymmetric = true
  let isOrdered = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.kolmogorovSmirnovDistance(from: q)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try kolmogorovSmirnovDistance(of: p, from: q)
  }
}

@Suite("Kolmogorov–Smirnov distance")
struct KolmogorovSmirnovTests {
  let forms = KolmogorovSmirnovForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.kolmogorovSmirnovDistance(from: q), near: 0.25)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.5, onlyInQ: 0.5, disjoint: 1))
  }
}
