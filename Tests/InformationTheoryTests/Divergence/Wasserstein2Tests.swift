import InformationTheory
import Testing

struct Wasserstein2Forms: DivergenceForms {
  let table = "wasserstein-2"
  let isSymmetric = true
  let isOrdered = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.wasserstein2Distance(from: q, positions: arguments.positions)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try wasserstein2Distance(of: p, from: q, positions: arguments.positions)
  }
}

@Suite("Wasserstein-2 distance")
struct Wasserstein2Tests {
  let forms = Wasserstein2Forms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.wasserstein2Distance(from: q), near: 0.790569415042094832999723386)
    let squares = [0.0, 1, 4, 9]
    expect(
      try p.wasserstein2Distance(from: q, positions: squares), near: 2.37170824512628449899917015832
    )
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.707106781186547524400844, onlyInQ: 0.707106781186547524400844, disjoint: 1))
  }

  @Test func badPositions() throws { try checkBadPositions(forms) }
}
