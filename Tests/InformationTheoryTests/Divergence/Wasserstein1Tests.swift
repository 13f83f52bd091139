import InformationTheory
import Testing

struct Wasserstein1Forms: DivergenceForms {
  let table = "wasserstein-1"
  let isSymmetric = true
  let isOrdered = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.wasserstein1Distance(from: q, positions: arguments.positions)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try wasserstein1Distance(of: p, from: q, positions: arguments.positions)
  }
}

@Suite("Wasserstein-1 distance")
struct Wasserstein1Tests {
  let forms = Wasserstein1Forms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.wasserstein1Distance(from: q), near: 0.625)
    let squares = [0.0, 1, 4, 9]
    expect(try p.wasserstein1Distance(from: q, positions: squares), near: 1.625)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.5, onlyInQ: 0.5, disjoint: 1))
  }

  @Test func badPositions() throws { try checkBadPositions(forms) }
}
